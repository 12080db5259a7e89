//! What stands in the place of something that could not be read.

use leptos::attr::custom::custom_attribute;
use leptos::prelude::*;

use crate::error::UiError;
use crate::text::frame as text;

/// Says what did not work, with the number under which the log has more, and a link that asks again.
#[component]
pub fn Failure(
    /// What could not be read.
    title: &'static str,
    /// Why.
    error: UiError,
    /// Where it is asked again.
    #[prop(into)]
    retry: String,
) -> AnyView {
    let trace = (!error.trace.is_empty()).then(|| {
        view! { " "{text::TRACE}" "<code>{error.trace.clone()}</code>"." }
    });
    view! {
        <div class="empty" role="alert">
            {super::empty_state::doorway(super::empty_state::Mark::Cross)}
            <h3 {..custom_attribute("aria-level", "2")}>{title}</h3>
            <p>{error.message}{trace}</p>
            <div class="row"><a class="btn primary" href=retry rel="external">{text::TRY_AGAIN}</a></div>
        </div>
    }
    .into_any()
}
