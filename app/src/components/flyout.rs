//! The pane that reads one sign-in, beside the grid.

use leptos::prelude::*;

use super::icon::Icon;
use super::outcome::{status, time};
use super::symbol::{small_symbol, symbol};
use crate::error::UiError;
use crate::text::sign_ins as text;
use crate::view::flyout::{Field, FieldGroup, FieldValue, Flyout};

/// The pane with a sign-in, or with why there is none.
#[component]
pub fn FlyoutPane(
    /// What was found.
    answer: Result<Option<Flyout>, UiError>,
    /// Address of the page without the pane.
    close: String,
    /// Request ID of the row.
    request_id: String,
) -> AnyView {
    let (title, outcome, body) = match answer {
        Ok(Some(flyout)) => {
            let outcome = outcome(&flyout).into_any();
            (flyout.title.clone(), outcome, sign_in(flyout).into_any())
        }
        Ok(None) => {
            let help = view! { <div class="in"><p>{text::UNKNOWN_ROW_HELP}</p></div> };
            (text::UNKNOWN_ROW.to_owned(), ().into_any(), help.into_any())
        }
        Err(error) => (
            text::ROW_FAILED.to_owned(),
            ().into_any(),
            failed(error).into_any(),
        ),
    };
    let close_address = close.clone();
    view! {
        <div class="flyout" role="dialog" aria-modal="false" aria-labelledby="flyout-title" data-row=request_id data-close=close_address>
            <header>
                <div class="tools">
                    <span class="pos"></span>
                    <button class="iconbtn script-only" type="button" aria-label=text::COPY_LINK data-copies-link="true">{symbol(Icon::Link)}</button>
                    <a class="iconbtn" href=close aria-label=text::CLOSE data-noscroll="true">{symbol(Icon::Close)}</a>
                </div>
                <h2 id="flyout-title" tabindex="-1">{title}</h2>
                {outcome}
            </header>
            {body}
        </div>
    }
    .into_any()
}

fn failed(error: UiError) -> AnyView {
    let trace = (!error.trace.is_empty())
        .then(|| view! { " "{crate::text::frame::TRACE}" "<code>{error.trace.clone()}</code>"." });
    view! { <div class="in" role="alert"><p>{error.message}{trace}</p></div> }.into_any()
}

/// How it ended, when, and why in a few words.
fn outcome(flyout: &Flyout) -> AnyView {
    let reason = flyout.reason.clone().map(|(words, code)| {
        let code = code.map(|code| view! { " "<code>{code}</code> });
        view! { <p class="sub"><span>{words}{code}</span></p> }
    });
    view! {
        <p class="sub">{status(flyout.tone, flyout.status.clone())}{time(flyout.date.clone())}</p>
        {reason}
    }
    .into_any()
}

fn sign_in(flyout: Flyout) -> AnyView {
    let groups = flyout.sections.into_iter().map(field_group).collect_view();
    let left_out = (flyout.record_left_out > 0)
        .then(|| view! { <p class="hint">{text::left_out(flyout.record_left_out)}</p> });
    view! {
        <nav class="tabs" aria-label=text::DETAILS>
            <a href="#flyout-title" rel="external" aria-current="true">{text::BASIC_INFO}</a>
        </nav>
        <div class="in" tabindex="0" role="region" aria-label=text::BASIC_INFO>
            {groups}
            <section class="deflist">
                <h3>{text::ORIGIN}</h3>
                <dl>
                    <dt>{text::ORIGIN_FILE}</dt><dd>{flyout.origin}</dd>
                    <dt>{text::ORIGIN_SHAPE}</dt><dd>{flyout.shape}</dd>
                    <dt>{text::ORIGIN_VERSIONS}</dt><dd>{flyout.earlier_versions.to_string()}</dd>
                </dl>
            </section>
            <details class="fold section">
                <summary>{small_symbol(Icon::Right)}{text::RECORD}</summary>
                <div class="in"><pre tabindex="0">{flyout.record}</pre>{left_out}</div>
            </details>
        </div>
    }
    .into_any()
}

fn field_group(group: FieldGroup) -> AnyView {
    let fields = group.fields.into_iter().map(field).collect_view();
    view! { <section class="deflist"><h3>{group.label}</h3><dl>{fields}</dl></section> }.into_any()
}

fn field(field: Field) -> AnyView {
    let value = match field.value {
        FieldValue::None => view! { <dd class="none">{text::NONE}</dd> }.into_any(),
        FieldValue::Text(words) => view! { <dd>{words}</dd> }.into_any(),
        FieldValue::Code(code) => view! { <dd><code>{code}</code></dd> }.into_any(),
        FieldValue::Moment(moment) => view! { <dd>{time(moment)}</dd> }.into_any(),
        FieldValue::Status(tone, words) => view! { <dd>{status(tone, words)}</dd> }.into_any(),
    };
    view! { <dt>{field.label}</dt>{value} }.into_any()
}
