//! Buttons that copy something: what `data-copies` says, the text of the element that `data-copies-of` selects,
//! or the address of the page.

use leptos::prelude::window;
use leptos::web_sys::MouseEvent;

use super::{dom, saying};
use crate::text::frame as text;

/// Listens for clicks on them.
pub fn install() {
    dom::on("click", |event: MouseEvent| {
        if dom::around(&event, "[data-copies-link]").is_some() {
            if let Ok(address) = window().location().href() {
                copy(&address, text::LINK_COPIED);
            }
        } else if let Some(button) = dom::around(&event, "[data-copies-of]") {
            let selector = button.get_attribute("data-copies-of").unwrap_or_default();
            let copied = dom::find(&selector).and_then(|element| element.text_content());
            copy(&copied.unwrap_or_default(), text::COPIED);
        } else if let Some(button) = dom::around(&event, "[data-copies]") {
            copy(
                &button.get_attribute("data-copies").unwrap_or_default(),
                text::COPIED,
            );
        }
    });
}

/// Copies a text and says so.
pub fn copy(words: &str, said: &str) {
    // Browsers refuse only without a click, and this is one.
    drop(window().navigator().clipboard().write_text(words));
    saying::note(said);
}
