//! The command that opens the choice of columns: a link to a page of its own, which the client opens as a pane.

use leptos::prelude::*;

use crate::components::icon::Icon;
use crate::components::symbol::symbol;
use crate::text::columns as text;

/// The command. `address` is that of the page with the choice.
pub fn columns_command(address: String) -> AnyView {
    view! {
        <a class="cmd" id="columns-command" href=address data-opens-columns="true">{symbol(Icon::Columns)}{text::COLUMNS}</a>
    }
    .into_any()
}
