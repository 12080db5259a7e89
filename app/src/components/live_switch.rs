//! Whether new sign-ins are told of, and the button behind which they wait.

use leptos::prelude::*;

use super::icon::Icon;
use super::symbol::symbol;
use crate::text::grid as text;

/// The switch of the command bar.
#[component]
pub fn LiveSwitch() -> AnyView {
    view! {
        <button class="cmd script-only" type="button" data-switches-live="true" aria-pressed="false">
            {symbol(Icon::Play)}{text::LIVE}
        </button>
    }
    .into_any()
}

/// The button over the grid; it stands in no place, so that it outlives what is exchanged.
pub fn new_rows_button() -> AnyView {
    view! { <button class="newpill" type="button" data-shows-new="true" hidden="true"></button> }
        .into_any()
}
