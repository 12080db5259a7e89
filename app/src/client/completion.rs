//! The search line as a combo box: what could be written next, while one writes.

use std::cell::Cell;

use leptos::task::spawn_local;
use leptos::wasm_bindgen::JsCast;
use leptos::web_sys::js_sys::JsString;
use leptos::web_sys::{
    Element, Event, FocusEvent, HtmlElement, HtmlInputElement, KeyboardEvent, MouseEvent,
};

use super::{dom, fetching, navigation, places};

const FIELD: &str = "[data-completes]";
/// How long nobody types before it is asked, in milliseconds.
const PAUSE_MS: i32 = 120;
const ACTIVE: &str = "[aria-selected=true]";

thread_local! {
    static TIMER: Cell<i32> = const { Cell::new(0) };
}

/// Listens for the field and its list.
pub fn install() {
    dom::on("input", |event: Event| {
        if let Some(field) = field_of(&event) {
            ask_soon(field);
        }
    });
    dom::on("keydown", |event: KeyboardEvent| {
        if let Some(field) = field_of(&event)
            && is_taken(&field, &event.key())
        {
            event.prevent_default();
            event.stop_propagation();
        }
    });
    dom::on("focusin", |event: FocusEvent| {
        if let Some(field) = field_of(&event) {
            set_up(&field);
        } else {
            close();
        }
    });
    // The field keeps the focus.
    dom::on("mousedown", |event: MouseEvent| {
        if dom::around(&event, "[data-puts]").is_some() {
            event.prevent_default();
        }
    });
    dom::on("click", |event: MouseEvent| {
        if let (Some(option), Some(field)) = (dom::around(&event, "[data-puts]"), field()) {
            accept(&field, &option);
        }
    });
    dom::on("submit", |_: Event| close());
}

fn field_of(event: &Event) -> Option<HtmlInputElement> {
    dom::around(event, FIELD)?.dyn_into().ok()
}

fn field() -> Option<HtmlInputElement> {
    dom::find(FIELD)?.dyn_into().ok()
}

fn list() -> Option<Element> {
    dom::find("#completions")
}

/// The roles are true only where this runs.
fn set_up(field: &HtmlInputElement) {
    let attributes = [
        ("role", "combobox"),
        ("aria-autocomplete", "list"),
        ("aria-expanded", "false"),
        ("aria-controls", "completions"),
    ];
    for (name, value) in attributes {
        if !field.has_attribute(name) {
            drop(field.set_attribute(name, value));
        }
    }
}

/// What stands before the caret.
fn before_caret(field: &HtmlInputElement) -> String {
    let units: Vec<u16> = field.value().encode_utf16().collect();
    let caret = caret(field).min(units.len());
    String::from_utf16_lossy(units.get(..caret).unwrap_or_default())
}

fn caret(field: &HtmlInputElement) -> usize {
    let at = field.selection_start().ok().flatten();
    at.map_or(usize::MAX, |at| at as usize)
}

fn ask_soon(field: HtmlInputElement) {
    dom::cancel(TIMER.get());
    TIMER.set(dom::later(PAUSE_MS, move || {
        let text = before_caret(&field);
        spawn_local(async move {
            let parameters = format!("text={}", fetching::escaped(&text));
            let answer =
                fetching::part("complete", &navigation::present(), &parameters, None).await;
            let is_focused = field.matches(":focus").unwrap_or(false);
            // Suggestions are a help; what fails here fails again when the line is sent.
            if let (Ok(fetched), true) = (answer, is_focused && before_caret(&field) == text) {
                show(&field, &fetched.markup);
            }
        });
    }));
}

fn show(field: &HtmlInputElement, markup: &JsString) {
    let (Some(came), Some(list)) = (places::read(markup), list()) else {
        return;
    };
    if came.child_element_count() == 0 {
        close();
        return;
    }
    let kept = came.get_attribute("data-kept").unwrap_or_default();
    drop(list.set_attribute("data-kept", &kept));
    places::fill(&list, &came);
    if let Some(list) = list
        .dyn_ref::<HtmlElement>()
        .filter(|_| !dom::is_open(&list))
    {
        drop(list.show_popover());
    }
    drop(field.set_attribute("aria-expanded", "true"));
    drop(field.remove_attribute("aria-activedescendant"));
}

fn close() {
    dom::cancel(TIMER.get());
    let Some(list) = list().filter(dom::is_open) else {
        return;
    };
    if let Some(list) = list.dyn_ref::<HtmlElement>() {
        drop(list.hide_popover());
    }
    if let Some(field) = field() {
        drop(field.set_attribute("aria-expanded", "false"));
        drop(field.remove_attribute("aria-activedescendant"));
    }
}

fn is_taken(field: &HtmlInputElement, key: &str) -> bool {
    let Some(list) = list().filter(dom::is_open) else {
        if key == "ArrowDown" {
            ask_soon(field.clone());
        }
        return key == "ArrowDown";
    };
    let options = dom::all_in(&list, "[role=option]");
    let at = options
        .iter()
        .position(|option| option.matches(ACTIVE).unwrap_or(false));
    let number = options.len();
    let next = match (key, at) {
        ("Escape", _) => {
            close();
            return true;
        }
        ("Enter" | "Tab", Some(at)) => {
            return options
                .get(at)
                .inspect(|option| accept(field, option))
                .is_some();
        }
        ("ArrowDown", at) => at.map_or(0, |at| (at + 1) % number),
        ("ArrowUp", at) => at.map_or(number - 1, |at| (at + number - 1) % number),
        _ => return false,
    };
    for (index, option) in options.iter().enumerate() {
        let is_active = index == next;
        drop(option.set_attribute("aria-selected", if is_active { "true" } else { "false" }));
        if is_active {
            drop(field.set_attribute("aria-activedescendant", &option.id()));
            option.scroll_into_view_with_bool(false);
        }
    }
    true
}

/// Writes an option in the place of the word that it completes.
fn accept(field: &HtmlInputElement, option: &Element) {
    let kept: usize = list()
        .and_then(|list| list.get_attribute("data-kept")?.parse().ok())
        .unwrap_or_default();
    let puts = option.get_attribute("data-puts").unwrap_or_default();
    let units: Vec<u16> = field.value().encode_utf16().collect();
    let part = |range: Option<&[u16]>| String::from_utf16_lossy(range.unwrap_or_default());
    let start = format!("{}{puts}", part(units.get(..kept)));
    let end = part(units.get(caret(field).min(units.len())..));
    let place = u32::try_from(start.encode_utf16().count()).unwrap_or_default();
    field.set_value(&format!("{start}{}", end.trim_start()));
    drop(field.set_selection_range(place, place));
    close();
    dom::focus(field);
    // After a column comes a value.
    if !puts.ends_with(' ') {
        ask_soon(field.clone());
    }
}
