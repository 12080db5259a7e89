//! Commands of the bar: one file each. What a command opens lies beside it.

mod columns;
mod import;
mod refresh;

use leptos::prelude::*;

use super::icon::Icon;
use super::symbol::symbol;

pub use columns::columns_command;
pub use import::import_command;
pub use refresh::refresh_command;

/// A command that opens a popover, with that popover behind it.
pub fn opening_command(
    id: &'static str,
    icon: Icon,
    words: &'static str,
    content: AnyView,
) -> AnyView {
    let title_id = format!("{id}-title");
    view! {
        <div class="anchor">
            <button class="cmd" type="button" popovertarget=id aria-haspopup="dialog">{symbol(icon)}{words}</button>
            <div class="popover" id=id popover="auto" role="dialog" aria-labelledby=title_id>{content}</div>
        </div>
    }
    .into_any()
}
