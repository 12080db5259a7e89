//! What stands on top of these pages: where one is, over which time one looks.

use leptos::prelude::*;

use crate::components::icon::Icon;
use crate::components::symbol::symbol;
use crate::text::{entity as text, frame};
use crate::view::entity::{Choice, WindowBar};

/// The line with the list that the page belongs to, and its title.
pub fn breadcrumb(list: Option<(&'static str, &'static str)>, title: String) -> AnyView {
    let whole = title.clone();
    let (address, words) = list.unzip();
    let list = match address {
        Some("") => view! { <li>{words}</li> }.into_any(),
        Some(address) => view! { <li><a href=address>{words}</a></li> }.into_any(),
        None => ().into_any(),
    };
    view! {
        <div class="crumbs">
            <nav aria-label=frame::BREADCRUMB>
                <ol>
                    {list}
                    <li class="trunc" title=whole><h1 dir="auto">{title}</h1></li>
                </ol>
            </nav>
        </div>
    }
    .into_any()
}

/// Links of which one is present.
pub fn choices(label: &'static str, id: &'static str, choices: Vec<Choice>) -> AnyView {
    let links = choices.into_iter().enumerate().map(|(index, choice)| {
        let is_present = choice.is_present.then_some("true");
        view! { <a href=choice.address id=format!("{id}-{index}") aria-current=is_present>{choice.words}</a> }
    });
    view! { <nav class="seg" aria-label=label>{links.collect_view()}</nav> }.into_any()
}

/// The choice of the range.
pub fn ranges(window: &WindowBar) -> AnyView {
    let other = window.other.clone().map(|words| view! { <b>{words}</b> });
    let problem = window
        .problem
        .map(|words| view! { <span class="hint" role="status">{words}</span> });
    view! {
        {choices(text::RANGE, "range", window.ranges.clone())}
        {other}
        {problem}
    }
    .into_any()
}

/// Under everything: the clock of its times, and the other clock.
pub fn clock(window: &WindowBar, is_from_lake: bool) -> AnyView {
    let switch = window.zone_switch.clone().map(|choice| {
        view! { <a class="linkbtn" id="zone" href=choice.address>{choice.words}</a> }
    });
    let lake = is_from_lake.then(|| view! { <span>{crate::text::sign_ins::FROM_LAKE}</span> });
    view! { <p class="hint mt row wrap"><span>{text::times_in(&window.zone)}</span>{switch}{lake}</p> }
        .into_any()
}

/// A link to the same sign-ins elsewhere.
pub fn button(address: String, icon: Icon, words: &'static str) -> AnyView {
    view! { <a class="btn small" href=address>{symbol(icon)}{words}</a> }.into_any()
}
