//! The command that asks again.

use leptos::prelude::*;

use crate::components::icon::Icon;
use crate::components::symbol::symbol;
use crate::text::sign_ins as text;

/// The command. `address` is that of what is shown.
pub fn refresh_command(address: String) -> AnyView {
    view! {
        <a class="cmd" href=address data-refreshes="true">{symbol(Icon::Refresh)}{text::REFRESH}</a>
    }
    .into_any()
}
