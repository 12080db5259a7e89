//! The choice of the height of rows: a form that the server answers with a cookie and the same page.

use leptos::prelude::*;

use crate::context::{DEFAULT_DENSITY, page_facts};
use crate::text::grid as text;

/// Three buttons, one of them the present height.
#[component]
pub fn DensityChoice() -> AnyView {
    let chosen = page_facts()
        .density
        .unwrap_or_else(|| DEFAULT_DENSITY.to_owned());
    let choices = text::DENSITIES.map(|(value, words)| {
        let is_chosen = if value == chosen { "true" } else { "false" };
        view! { <button name="density" value=value aria-pressed=is_chosen>{words}</button> }
    });
    view! {
        <form class="seg density" method="post" action="/preferences/density" role="group" aria-label=text::DENSITY>
            {choices.into_iter().collect_view()}
        </form>
    }
    .into_any()
}
