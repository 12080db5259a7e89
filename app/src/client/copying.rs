//! Buttons that copy something: what `data-copies` says, the text of the element that `data-copies-of` selects,
//! or the address of the page.

use leptos::prelude::window;
use leptos::task::spawn_local;
use leptos::web_sys::{MouseEvent, js_sys};
use wasm_bindgen_futures::JsFuture;

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

/// Copies a text and says so, or that the browser did not let it.
pub fn copy(words: &str, said: &str) {
    let navigator = window().navigator();
    // Browsers have it for pages from this machine and for encrypted ones alone.
    let has_clipboard = js_sys::Reflect::get(&navigator, &"clipboard".into())
        .is_ok_and(|clipboard| clipboard.is_object());
    if !has_clipboard {
        saying::problem(text::NOT_COPIED);
        return;
    }
    let copied = navigator.clipboard().write_text(words);
    let said = said.to_owned();
    spawn_local(async move {
        match JsFuture::from(copied).await {
            Ok(_) => saying::note(&said),
            Err(_) => saying::problem(text::NOT_COPIED),
        }
    });
}
