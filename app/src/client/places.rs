//! Exchanging parts of the page.
//!
//! An element that the server marks with `data-place="<name>"` is exchanged when its markup differs from what
//! came before, and left alone otherwise, with its focus, scroll and open editors. A place never stands within
//! another one, and all that changes between two addresses of a page stands within places.

use std::cell::RefCell;
use std::collections::HashMap;

use leptos::prelude::document;
use leptos::wasm_bindgen::{JsCast, JsValue};
use leptos::web_sys::js_sys::{self, JsString};
use leptos::web_sys::{Element, HtmlTemplateElement};

use super::dom;

const INNER: &str = "innerHTML";
/// What can have the focus.
const STOPS: &str = "a[href], button, input, select, summary, [tabindex]";

thread_local! {
    /// Markup of each place as it came, as a text of the browser. The page's own may have been changed by behaviours
    /// since.
    static CAME: RefCell<HashMap<String, JsValue>> = RefCell::default();
}

/// The element that markup begins with.
pub fn read(markup: &JsString) -> Option<Element> {
    let template = document().create_element("template").ok()?;
    let template: HtmlTemplateElement = template.dyn_into().ok()?;
    set_markup(&template, markup);
    template.content().first_element_child()
}

/// Makes markup the content of an element.
pub fn set_markup(element: &Element, markup: &JsString) {
    // It fails for what is no element only.
    drop(js_sys::Reflect::set(element, &INNER.into(), markup));
}

/// Gives an element the content of another one, which loses it.
pub fn fill(element: &Element, from: &Element) {
    let content = document().create_document_fragment();
    while let Some(child) = from.first_child() {
        drop(content.append_child(&child));
    }
    element.set_text_content(None);
    drop(element.append_child(&content));
}

/// Puts what came into the page's `<main>`: place by place where the page has them all, else as a whole.
pub fn put(main: &Element, came: &Element) {
    let active = document().active_element();
    let position = active.as_ref().and_then(position_of);
    let focused = active.map(|element| element.id());
    let places = dom::all_in(came, "[data-place]");
    let known: Option<Vec<_>> = places
        .iter()
        .map(|place| Some((element_of(main, &name_of(place))?, place)))
        .collect();
    match known.filter(|known| !known.is_empty()) {
        Some(known) => {
            for (present, place) in known {
                exchange(&present, place);
            }
        }
        None => {
            forget();
            fill(main, came);
            main.set_class_name(&came.class_name());
            main.set_scroll_top(0);
        }
    }
    // What was replaced took the focus with it.
    if let Some(id) = focused.filter(|id| is_focus_lost() && !id.is_empty())
        && let Some(element) = document().get_element_by_id(&id)
    {
        dom::focus(&element);
    }
    super::refreshed();
    if let Some((name, index)) = position.filter(|_| is_focus_lost())
        && let Some(place) = element_of(main, &name)
    {
        // What is shown for the pointer or the focus alone takes none: then the one before it does.
        for stop in dom::all_in(&place, STOPS).iter().take(index + 1).rev() {
            if is_focus_lost() {
                dom::focus(stop);
            }
        }
    }
}

/// Forgets what came: the page's markup was put there by somebody else.
pub fn forget() {
    CAME.with_borrow_mut(HashMap::clear);
}

/// Takes all that stands in a place out of it; whatever comes for it next is put there.
pub fn cleared(main: &Element, name: &str) -> Option<Element> {
    let place = forgotten(main, name)?;
    place.set_text_content(None);
    Some(place)
}

/// A place that is changed by hand: whatever comes for it next is put there.
pub fn forgotten(main: &Element, name: &str) -> Option<Element> {
    CAME.with_borrow_mut(|came| came.remove(name));
    element_of(main, name)
}

/// The place around an element is changed by hand: see [`forgotten`].
pub fn changed_around(element: &Element) {
    if let Ok(Some(place)) = element.closest("[data-place]") {
        CAME.with_borrow_mut(|came| came.remove(&name_of(&place)));
    }
}

/// Whether nothing has the focus.
pub fn is_focus_lost() -> bool {
    document()
        .active_element()
        .is_none_or(|element| element.tag_name() == "BODY")
}

/// The place that an element stands in, and its number among those there that can have the focus.
fn position_of(element: &Element) -> Option<(String, usize)> {
    let place = element.closest("[data-place]").ok()??;
    let stops = dom::all_in(&place, STOPS);
    let index = stops.iter().position(|stop| stop == element)?;
    Some((name_of(&place), index))
}

fn element_of(within: &Element, name: &str) -> Option<Element> {
    dom::find_in(within, &format!("[data-place=\"{name}\"]"))
}

fn name_of(place: &Element) -> String {
    place.get_attribute("data-place").unwrap_or_default()
}

fn exchange(present: &Element, came: &Element) {
    let name = name_of(came);
    let markup = markup_of(came);
    let is_same = CAME.with_borrow(|before| match before.get(&name) {
        Some(before) => *before == markup,
        None => markup_of(present) == markup,
    });
    if !is_same {
        fill(present, came);
    }
    CAME.with_borrow_mut(|before| before.insert(name, markup));
}

/// The content of an element as a text that stays the browser's.
fn markup_of(element: &Element) -> JsValue {
    js_sys::Reflect::get(element, &INNER.into()).unwrap_or_default()
}
