//! The tabs of the flyout: links, of which one has the focus, and arrows that walk them.

use leptos::web_sys::{Element, KeyboardEvent};

use super::{dom, navigation};

const TABS: &str = ".flyout [role=tablist] [role=tab]";

/// Listens for the keys.
pub fn install() {
    dom::on("keydown", |event: KeyboardEvent| {
        let Some(focused) = dom::around(&event, TABS) else {
            return;
        };
        if event.alt_key() || event.ctrl_key() || event.meta_key() {
            return;
        }
        if let Some(next) = after(&focused, &event.key()) {
            event.prevent_default();
            dom::focus(&next);
            if let Some(address) = next.get_attribute("href") {
                // Walking the tabs is no way that Back should go.
                navigation::go_instead(&address);
            }
        }
    });
}

/// The tab that a key leads to; after the last one comes the first.
fn after(focused: &Element, key: &str) -> Option<Element> {
    let tabs = focused.closest("[role=tablist]").ok()??;
    match key {
        "ArrowRight" => focused
            .next_element_sibling()
            .or_else(|| tabs.first_element_child()),
        "ArrowLeft" => focused
            .previous_element_sibling()
            .or_else(|| tabs.last_element_child()),
        "Home" => tabs.first_element_child(),
        "End" => tabs.last_element_child(),
        _ => None,
    }
}

/// Scrolls the row of tabs, and nothing around it, until one of them is in the middle.
fn show(tabs: Element, tab: Element) {
    let (Some(row), Some(tab)) = (dom::html(tabs), dom::html(tab)) else {
        return;
    };
    let from_start_px = tab.offset_left() - row.offset_left() + tab.offset_width() / 2;
    row.set_scroll_left(from_start_px - row.offset_width() / 2);
}

/// Leaves one of them to the Tab key.
pub fn refreshed() {
    let Some(tabs) = dom::find(".flyout [role=tablist]") else {
        return;
    };
    for tab in dom::all_in(&tabs, "[role=tab]") {
        let is_selected = tab.get_attribute("aria-selected").as_deref() == Some("true");
        // It fails for names of attributes that are no names only.
        drop(tab.set_attribute("tabindex", if is_selected { "0" } else { "-1" }));
        if is_selected {
            show(tabs.clone(), tab);
        }
    }
}
