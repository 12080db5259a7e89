//! The tab of authentication details.

use leptos::attr::custom::custom_attribute;
use leptos::prelude::*;

use super::fields::{groups, verbs};
use super::header::look;
use crate::components::icon::Icon;
use crate::components::outcome::time;
use crate::components::symbol::symbol;
use crate::text::flyout as text;
use crate::view::flyout::authentication::{Authentication, Step, StepState};

/// Widths of the columns, in pixels; the last ones share what is left.
const WIDTHS_PX: [&str; 4] = ["62", "98", "98", "82"];

/// The tab.
pub(super) fn authentication(authentication: Authentication) -> AnyView {
    let steps = (!authentication.steps.is_empty()).then(|| table(authentication.steps));
    view! {
        {groups(authentication.groups)}
        {steps}
        {notes(authentication.notes)}
    }
    .into_any()
}

/// What one has to know, each in a line of its own.
pub(super) fn notes(notes: Vec<&'static str>) -> AnyView {
    let notes = notes.into_iter().map(|words| {
        view! { <p class="banner inset note">{symbol(Icon::Info)}<span>{words}</span></p> }
    });
    notes.collect_view().into_any()
}

fn table(steps: Vec<Step>) -> AnyView {
    let widths = WIDTHS_PX.map(|width| view! { <col {..custom_attribute("width", width)}/> });
    let columns = text::STEP_COLUMNS.map(|column| view! { <th scope="col">{column}</th> });
    let rows = steps.into_iter().map(row).collect_view();
    view! {
        <section class="deflist"><h3 id="steps-title">{text::STEPS}</h3></section>
        <div class="scrolls" tabindex="0" role="region" aria-labelledby="steps-title">
        <table class="catable steptable" aria-labelledby="steps-title">
            <colgroup>{widths.into_iter().collect_view()}<col/><col/></colgroup>
            <thead><tr>{columns.into_iter().collect_view()}</tr></thead>
            <tbody>{rows}</tbody>
        </table>
        </div>
    }
    .into_any()
}

fn row(step: Step) -> AnyView {
    let date = match step.date {
        Some((moment, whole)) => view! { <td title=whole>{time(moment)}</td> }.into_any(),
        None => cell(String::new()),
    };
    let (state, words) = match step.succeeded {
        Some(true) => (StepState::Passed, "Yes"),
        Some(false) => (StepState::Failed, "No"),
        None => (StepState::NotReached, text::NOT_RECORDED),
    };
    view! {
        <tr>
            {date}
            {cell_with(step.method, verbs(step.verbs))}
            {cell(step.method_detail)}
            <td>{verdict(state, words.to_owned())}</td>
            {cell(step.result)}
            {cell(step.requirement)}
        </tr>
    }
    .into_any()
}

/// A cell with a text, or the word for none.
pub(super) fn cell(words: String) -> AnyView {
    match words.is_empty() {
        true => view! { <td class="ink3">{text::NONE}</td> }.into_any(),
        false => view! { <td>{words}</td> }.into_any(),
    }
}

/// A cell with a text and what can be done with it.
pub(super) fn cell_with(words: String, verbs: AnyView) -> AnyView {
    match words.is_empty() {
        true => cell(words),
        false => view! { <td class="acts">{words}{verbs}</td> }.into_any(),
    }
}

/// Icon and word.
pub(super) fn verdict(state: StepState, words: String) -> AnyView {
    let (class, icon) = look(state);
    view! { <span class=format!("status {class}")>{symbol(icon)}<span>{words}</span></span> }
        .into_any()
}
