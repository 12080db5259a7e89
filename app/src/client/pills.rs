//! Pills by keyboard: Delete takes the filter out, the menu key leads to what else can be done. And what became
//! of the filters is said aloud.

use std::cell::{Cell, RefCell};

use leptos::wasm_bindgen::JsCast;
use leptos::web_sys::{Element, HtmlElement, KeyboardEvent, MouseEvent};

use super::editor::TO_ACTIONS;
use super::{dom, places, saying};
use crate::text::filters as text;

const BUTTON: &str = ".filters .pill > button[popovertarget]";

thread_local! {
    /// Position of the pill that was taken out.
    static REMOVED: Cell<Option<usize>> = const { Cell::new(None) };
    /// What the pills said before.
    static SAID: RefCell<Option<Vec<String>>> = const { RefCell::new(None) };
}

/// Listens for the keys.
pub fn install() {
    dom::on("keydown", |event: KeyboardEvent| {
        if !matches!(event.key().as_str(), "Delete" | "Backspace") {
            return;
        }
        let button = dom::around(&event, BUTTON);
        let remove = button
            .as_ref()
            .and_then(|button| dom::find_in(&button.parent_element()?, ".x"));
        if let Some(remove) = remove {
            event.prevent_default();
            REMOVED.set(
                buttons()
                    .iter()
                    .position(|other| Some(other) == button.as_ref()),
            );
            dom::click(&remove);
        }
    });
    dom::on("contextmenu", |event: MouseEvent| {
        let editor = dom::around(&event, BUTTON)
            .and_then(|button| dom::find(&format!("#{}", button.get_attribute("popovertarget")?)));
        let editor = editor.inspect(places::opens);
        if let Some(editor) = editor.filter(|editor| dom::find_in(editor, ".acts a").is_some()) {
            event.prevent_default();
            drop(editor.set_attribute(TO_ACTIONS, ""));
            show(&editor);
        }
    });
}

/// Opens an editor.
pub fn show(editor: &Element) {
    if let Some(editor) = editor.dyn_ref::<HtmlElement>() {
        // It fails only when it is open already.
        drop(editor.show_popover());
    }
}

fn buttons() -> Vec<Element> {
    dom::find(".filters").map_or_else(Vec::new, |bar| dom::all_in(&bar, BUTTON))
}

/// Gives the focus to the pill after the one that was taken out, and says what changed.
pub fn refreshed() {
    let Some(bar) = dom::find(".filters") else {
        return;
    };
    let now: Vec<String> = dom::all_in(&bar, "[data-said]")
        .iter()
        .filter_map(|pill| pill.get_attribute("data-said"))
        .collect();
    let Some(before) = SAID.replace(Some(now.clone())) else {
        return;
    };
    if before == now {
        return;
    }
    if let Some(at) = REMOVED.take() {
        let buttons = buttons();
        if let Some(button) = buttons.get(at).or_else(|| buttons.last()) {
            dom::focus(button);
        }
    }
    let missing = |from: &[String], other: &[String]| -> Vec<String> {
        from.iter()
            .filter(|words| !other.contains(words))
            .cloned()
            .collect()
    };
    if let Some(total) = dom::find(".gridfoot b").and_then(|total| total.text_content()) {
        let words = text::said(&total, &missing(&now, &before), &missing(&before, &now));
        saying::aloud(&words);
    }
}
