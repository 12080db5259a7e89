//! How much of the log the view of all kinds shows.

use leptos::prelude::*;

use crate::text::explore as text;
use crate::view::sign_ins::{HiddenRows, NoiseDial};

/// The steps, as links.
#[component]
pub fn Dial(dial: NoiseDial) -> AnyView {
    let steps = dial.steps.into_iter().map(|(words, address, is_present)| {
        view! { <a href=address aria-current=is_present.then_some("true")>{words}</a> }
    });
    view! { <nav class="seg" aria-label=text::NOISE>{steps.collect_view()}</nav> }.into_any()
}

/// What the present step hides, for the footer.
pub fn hidden_rows(hidden: HiddenRows) -> AnyView {
    view! {
        <span>
            {text::hidden_rows(hidden.number, hidden.kinds)}<b>{hidden.by}</b>" "
            <a href=hidden.address>{text::SHOW_HIDDEN}</a>
        </span>
    }
    .into_any()
}
