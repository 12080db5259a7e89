//! Short ways to the document.

use std::cell::{Cell, RefCell};

use leptos::prelude::{document, window};
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

/// All elements of the document that meet a selector, in its order.
pub fn all_in_document(selector: &str) -> Vec<Element> {
    let root = document().document_element();
    root.map_or_else(Vec::new, |root| all_in(&root, selector))
}

/// The element as one that can be focused and the like.
pub fn html(element: Element) -> Option<HtmlElement> {
    element.dyn_into().ok()
}

/// Gives the focus to an element, be it of the page or of a drawing.
pub fn focus(element: &Element) {
    // They fail only when the element is gone.
    if let Some(element) = element.dyn_ref::<HtmlElement>() {
        drop(element.focus());
    } else if let Some(element) = element.dyn_ref::<web_sys::SvgElement>() {
        drop(element.focus());
    }
}

/// Gives the focus to an element without scrolling to it.
pub fn focus_unmoved(element: &Element) {
    if let Some(element) = element.dyn_ref::<HtmlElement>() {
        let options = web_sys::FocusOptions::new();
        options.set_prevent_scroll(true);
        drop(element.focus_with_options(&options));
    }
}

/// Whether the focus is on an element or on something in it.
pub fn has_focus(element: &Element) -> bool {
    let focused = document().active_element();
    focused.is_some_and(|focused| element.contains(Some(&focused)))
}

/// Whether a popover is open.
pub fn is_open(popover: &Element) -> bool {
    popover.matches(":popover-open").unwrap_or(false)
}

/// What is written in a field.
pub fn value(field: &Element) -> String {
    field
        .dyn_ref::<web_sys::HtmlInputElement>()
        .map(web_sys::HtmlInputElement::value)
        .unwrap_or_default()
}

/// A text in lower case. The browser has the tables for it.
pub fn lower(text: &str) -> String {
    web_sys::js_sys::JsString::from(text).to_lower_case().into()
}

/// Hides an element or shows it.
pub fn set_hidden(element: &Element, is_hidden: bool) {
    if let Some(element) = element.dyn_ref::<HtmlElement>() {
        element.set_hidden(is_hidden);
    }
}

/// Clicks on an element; whether there was something to click on.
pub fn click(element: &Element) -> bool {
    element
        .dyn_ref::<HtmlElement>()
        .inspect(|element| element.click())
        .is_some()
}

/// Clicks on the first element within another one that meets a selector.
pub fn click_in(within: &Element, selector: &str) -> bool {
    find_in(within, selector).is_some_and(|element| click(&element))
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

/// A length in whole pixels: writing fractions takes much code.
pub fn whole_px(length_px: f64) -> i32 {
    #[expect(
        clippy::cast_possible_truncation,
        reason = "lengths of a page are far below the limit"
    )]
    let whole_px = length_px.round() as i32;
    whole_px
}

/// What runs later, with its number.
type Waiting = (i32, Box<dyn FnOnce()>);

thread_local! {
    /// What waits for its time. One function of the browser's serves all: one for each would stay for as long as the
    /// page when it is never called.
    static WAITING: RefCell<Vec<Waiting>> = const { RefCell::new(Vec::new()) };
    static LAST_TIMER: Cell<i32> = const { Cell::new(0) };
    static RING: Closure<dyn FnMut(i32)> = Closure::new(ring);
}

/// Runs something a little later, in milliseconds; [`cancel`] takes the number that comes back.
pub fn later(delay_ms: i32, run: impl FnOnce() + 'static) -> i32 {
    let timer = LAST_TIMER.get() + 1;
    LAST_TIMER.set(timer);
    WAITING.with_borrow_mut(|waiting| waiting.push((timer, Box::new(run))));
    RING.with(|ring| {
        // It fails for what is no function only.
        drop(
            window().set_timeout_with_callback_and_timeout_and_arguments_1(
                ring.as_ref().unchecked_ref(),
                delay_ms,
                &timer.into(),
            ),
        );
    });
    timer
}

/// Runs something once what stands in the document now has been painted. Nobody sees a document that is hidden, and
/// its browser paints nothing.
pub fn after_paint(run: impl FnOnce() + 'static) {
    if document().hidden() {
        later(0, run);
        return;
    }
    // It runs before the paint, and what it plans runs behind that.
    let before_paint = Closure::once_into_js(move || {
        later(0, run);
    });
    // It fails for what is no function only.
    drop(window().request_animation_frame(before_paint.unchecked_ref()));
}

/// Takes back what [`later`] would run, and lets go of all that it holds.
pub fn cancel(timer: i32) {
    drop(taken(timer));
}

fn ring(timer: i32) {
    if let Some(run) = taken(timer) {
        run();
    }
}

fn taken(timer: i32) -> Option<Box<dyn FnOnce()>> {
    WAITING.with_borrow_mut(|waiting| {
        let at = waiting.iter().position(|(other, _)| *other == timer)?;
        Some(waiting.swap_remove(at).1)
    })
}
