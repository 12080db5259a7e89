//! Short ways to the document.

use leptos::prelude::document;
use leptos::wasm_bindgen::JsCast;
use leptos::wasm_bindgen::closure::Closure;
use leptos::wasm_bindgen::convert::FromWasmAbi;
use leptos::web_sys::{self, Element, Event, HtmlElement};

/// Listens on the document for as long as it lives. Events that do not bubble are seen on their way down.
pub fn on<Kind>(event: &str, handler: impl FnMut(Kind) + 'static)
where
    Kind: FromWasmAbi + 'static,
{
    listen(document().as_ref(), event, handler);
}

/// Listens on some target for as long as it lives.
pub fn listen<Kind>(target: &web_sys::EventTarget, event: &str, handler: impl FnMut(Kind) + 'static)
where
    Kind: FromWasmAbi + 'static,
{
    let handler = Closure::<dyn FnMut(Kind)>::new(handler);
    let does_not_bubble = matches!(
        event,
        "focus" | "blur" | "toggle" | "beforetoggle" | "scroll"
    );
    // It fails for names of events that are no text only.
    drop(target.add_event_listener_with_callback_and_bool(
        event,
        handler.as_ref().unchecked_ref(),
        does_not_bubble,
    ));
    handler.forget();
}

/// The element that an event happened to.
pub fn target(event: &Event) -> Option<Element> {
    event.target()?.dyn_into().ok()
}

/// The nearest element that meets a selector, from where an event happened outwards.
pub fn around(event: &Event, selector: &str) -> Option<Element> {
    target(event)?.closest(selector).ok()?
}

/// The first element that meets a selector.
pub fn find(selector: &str) -> Option<Element> {
    document().query_selector(selector).ok()?
}

/// The first element within another one that meets a selector.
pub fn find_in(within: &Element, selector: &str) -> Option<Element> {
    within.query_selector(selector).ok()?
}

/// All elements within another one that meet a selector, in the order of the document.
pub fn all_in(within: &Element, selector: &str) -> Vec<Element> {
    let Ok(found) = within.query_selector_all(selector) else {
        return Vec::new();
    };
    (0..found.length())
        .filter_map(|index| found.item(index)?.dyn_into().ok())
        .collect()
}

/// Gives the focus to an element.
pub fn focus(element: &Element) {
    if let Some(element) = element.dyn_ref::<HtmlElement>() {
        // It fails only when the element is gone.
        drop(element.focus());
    }
}

/// Whether an event comes from a field that is being written in, where letters are letters.
pub fn is_writing(event: &Event) -> bool {
    target(event).is_some_and(|element| {
        matches!(element.tag_name().as_str(), "INPUT" | "SELECT" | "TEXTAREA")
            || element
                .dyn_ref::<HtmlElement>()
                .is_some_and(HtmlElement::is_content_editable)
    })
}

/// Runs something a little later, in milliseconds.
pub fn later(delay_ms: i32, run: impl FnOnce() + 'static) {
    let run = Closure::once_into_js(run);
    if let Some(window) = web_sys::window() {
        // It fails only for what is no function.
        drop(
            window.set_timeout_with_callback_and_timeout_and_arguments_0(
                run.unchecked_ref(),
                delay_ms,
            ),
        );
    }
}
