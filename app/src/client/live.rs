//! Asking again for what the page shows.

use leptos::web_sys::MouseEvent;

use super::{dom, navigation};

/// Listens for clicks on the command.
pub fn install() {
    dom::on("click", |event: MouseEvent| {
        if dom::around(&event, "[data-refreshes]").is_some() {
            event.prevent_default();
            navigation::refresh();
        }
    });
}
