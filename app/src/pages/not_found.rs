//! What unknown addresses show.

use leptos::attr::custom::custom_attribute;
use leptos::prelude::*;
use leptos_meta::Title;

use crate::components::empty_state::{Mark, doorway};
use crate::text::frame as text;

/// Says that there is nothing, with status 404.
#[component]
pub fn NotFoundPage() -> AnyView {
    #[cfg(feature = "ssr")]
    if let Some(response) = use_context::<leptos_axum::ResponseOptions>() {
        response.set_status(http::StatusCode::NOT_FOUND);
    }
    view! {
        <Title text=text::NOT_FOUND/>
        <main class="sheet" id="main" tabindex="-1">
            <div class="empty">
                {doorway(Mark::Cross)}
                <h3 {..custom_attribute("aria-level", "1")}>{text::NOT_FOUND}</h3>
                <p>{text::NOT_FOUND_HELP}</p>
                <div class="row"><a class="btn primary" href="/sign-ins">{text::TO_SIGN_INS}</a></div>
            </div>
        </main>
    }
    .into_any()
}
