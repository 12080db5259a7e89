//! What stands above the tabs: tools, title, outcome, verdict, steps.

use leptos::prelude::*;

use crate::components::icon::Icon;
use crate::components::outcome::{status, time};
use crate::components::symbol::symbol;
use crate::text::flyout as text;
use crate::view::flyout::authentication::{StepState, StripStep};
use crate::view::flyout::{Flyout, Walk};

/// The head of a pane without a sign-in.
pub(super) fn bare(title: &'static str, close: String) -> AnyView {
    view! {
        <header>
            <div class="tools"><span class="pos"></span>{close_link(close)}</div>
            <h2 id="flyout-title" tabindex="-1">{title}</h2>
        </header>
    }
    .into_any()
}

/// The head of a pane with one.
pub(super) fn header(flyout: &Flyout, close: String) -> AnyView {
    let compare = flyout.compare.clone().map(|address| {
        view! {
            <a class="iconbtn" href=address aria-label=text::COMPARE title=text::COMPARE data-noscroll="true">
                {symbol(Icon::Compare)}
            </a>
        }
    });
    // A record that is cut is no JSON.
    let copy_json = (flyout.record.left_out == 0 && !flyout.record.text.is_empty()).then(|| {
        view! {
            <button class="iconbtn script-only" type="button" aria-label=text::COPY_JSON title=text::COPY_JSON data-copies-of="#record">
                {symbol(Icon::Json)}
            </button>
        }
    });
    view! {
        <header>
            <div class="tools">
                <span class="pos">{flyout.walk.position.clone()}</span>
                {step_button(&flyout.walk, true)}
                {step_button(&flyout.walk, false)}
                <button class="iconbtn script-only" type="button" aria-label=text::COPY_LINK title=text::COPY_LINK data-copies-link="true">
                    {symbol(Icon::Link)}
                </button>
                {copy_json}
                {compare}
                <button class="iconbtn script-only widens" type="button" aria-label=text::WIDE title=text::WIDE aria-pressed="false" data-widens="true">
                    {symbol(Icon::Panel)}
                </button>
                {close_link(close)}
            </div>
            <h2 id="flyout-title" tabindex="-1">{flyout.title.clone()}</h2>
            <p class="sub">{status(flyout.tone, flyout.status.clone())}{time(flyout.date.clone())}</p>
        </header>
        {super::verdict::verdict(flyout.verdict.clone())}
        {strip(flyout.strip.clone())}
    }
    .into_any()
}

fn close_link(close: String) -> AnyView {
    view! {
        <a class="iconbtn" href=close aria-label=text::CLOSE title=text::CLOSE data-noscroll="true">{symbol(Icon::Close)}</a>
    }
    .into_any()
}

/// To the row above or below: a link where the server knows it, else a button for the client, which knows
/// the rows of the grid.
fn step_button(walk: &Walk, is_up: bool) -> AnyView {
    let (id, name, icon, address) = match is_up {
        true => ("flyout-previous", text::PREVIOUS, Icon::Up, &walk.previous),
        false => ("flyout-next", text::NEXT, Icon::Down, &walk.next),
    };
    let keys = if is_up {
        "Alt+ArrowUp"
    } else {
        "Alt+ArrowDown"
    };
    let steps = if is_up { "previous" } else { "next" };
    match address {
        Some(address) => view! {
            <a class="iconbtn" id=id href=address.clone() aria-label=name title=name aria-keyshortcuts=keys data-noscroll="true" data-steps=steps>
                {symbol(icon)}
            </a>
        }
        .into_any(),
        None => {
            let is_last = walk.position.is_some();
            view! {
                <button
                    class="iconbtn script-only"
                    id=id
                    type="button"
                    aria-label=name
                    title=name
                    aria-keyshortcuts=keys
                    aria-disabled=is_last.then_some("true")
                    data-steps=steps
                >
                    {symbol(icon)}
                </button>
            }
            .into_any()
        }
    }
}

/// Class and icon of a state.
pub(super) fn look(state: StepState) -> (&'static str, Icon) {
    match state {
        StepState::Passed => ("s", Icon::Ok),
        StepState::Failed => ("f", Icon::Fail),
        StepState::NotReached => ("na", Icon::NotApplied),
    }
}

/// The stations on the way to a token.
fn strip(steps: Vec<StripStep>) -> AnyView {
    if steps.is_empty() {
        return ().into_any();
    }
    let steps = steps.into_iter().map(|step| {
        let (class, icon) = look(step.state);
        view! { <li class=class>{symbol(icon)}<b>{step.name}</b>" "{step.result}</li> }
    });
    view! { <ol class="steps" aria-label=text::STRIP>{steps.collect_view()}</ol> }.into_any()
}
