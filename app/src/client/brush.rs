//! Marking a part of the chart, with pointer and keyboard, and zooming into it.
//!
//! What is marked stands in the two sliders: numbers of edges. Everything marked is nothing marked. Zooming
//! in goes to an address, so that Back undoes it.

use std::cell::{Cell, RefCell};

use leptos::prelude::document;
use leptos::wasm_bindgen::JsCast;
use leptos::web_sys::{Element, Event, HtmlElement, KeyboardEvent, MouseEvent, PointerEvent};

use super::{dom, navigation};
use crate::text::explore as text;

/// What the pointer does while it is down.
#[derive(Clone, Copy, PartialEq)]
enum Drag {
    /// Marks from this share of the width.
    Across(f64),
    /// Moves the beginning, or the end.
    Edge(bool),
}

/// Fewer pixels are a click.
const LEAST_PX: i32 = 4;
/// Bars that an arrow passes with Shift.
const LARGE_STEP: i32 = 10;

thread_local! {
    static DRAG: RefCell<Option<(Element, Drag, i32)>> = const { RefCell::new(None) };
    /// Whether the click that follows ends a marking.
    static WAS_DRAGGED: Cell<bool> = const { Cell::new(false) };
}

/// Listens for pointers and keys. Before others, since Escape belongs to what is marked.
pub fn install() {
    dom::on("pointerdown", |event: PointerEvent| {
        WAS_DRAGGED.set(false);
        let Some(plot) = dom::around(&event, "[data-plot]").filter(|_| event.button() == 0) else {
            return;
        };
        let drag = match dom::around(&event, "[data-edge]") {
            Some(grip) => Drag::Edge(is_start(&grip)),
            None => Drag::Across(share(&plot, event.client_x())),
        };
        DRAG.set(Some((plot, drag, event.client_x())));
    });
    dom::on("pointermove", |event: PointerEvent| {
        let Some((plot, drag, begun_px)) = DRAG.with_borrow(Clone::clone) else {
            return;
        };
        if event.buttons() == 0 {
            DRAG.set(None);
            return;
        }
        if (event.client_x() - begun_px).abs() < LEAST_PX && !WAS_DRAGGED.get() {
            return;
        }
        WAS_DRAGGED.set(true);
        drag_to(&plot, drag, share(&plot, event.client_x()));
    });
    for end in ["pointerup", "pointercancel"] {
        dom::on(end, |_: Event| DRAG.set(None));
    }
    dom::on("dragstart", |event: Event| {
        if dom::around(&event, "[data-plot]").is_some() {
            event.prevent_default();
        }
    });
    dom::on("click", |event: MouseEvent| {
        if let Some(button) = dom::around(&event, "[data-clear]")
            && let Some(chart) = chart_of(&button)
            && let Some(plot) = dom::find_in(&chart, "[data-plot]")
        {
            clear(&plot);
        }
        let is_plain = !(event.ctrl_key() || event.meta_key() || event.shift_key());
        // Links in drawings are not the router's.
        if let Some(link) = dom::around(&event, "[data-plot] a").filter(|_| is_plain) {
            event.prevent_default();
            if let Some(address) = link.get_attribute("href").filter(|_| !WAS_DRAGGED.get()) {
                navigation::go(&address);
            }
        }
    });
    dom::on("keydown", |event: KeyboardEvent| {
        if let Some(grip) = dom::around(&event, "[data-edge]")
            && has_used(&grip, &event)
        {
            event.prevent_default();
            event.stop_immediate_propagation();
        }
    });
}

/// The whole of a chart, with what is said of it.
fn chart_of(part: &Element) -> Option<Element> {
    part.closest("[data-chart]").ok()?
}

fn is_start(grip: &Element) -> bool {
    grip.get_attribute("data-edge").as_deref() == Some("from")
}

fn grip(plot: &Element, is_start: bool) -> Option<Element> {
    let edge = if is_start { "from" } else { "to" };
    dom::find_in(plot, &format!("[data-edge={edge}]"))
}

fn number(grip: &Element, name: &str) -> i32 {
    grip.get_attribute(name)
        .and_then(|text| text.parse().ok())
        .unwrap_or_default()
}

/// Number of bars, and of the edges between which is marked.
fn marked(plot: &Element) -> Option<(i32, i32, i32)> {
    let (from, to) = (grip(plot, true)?, grip(plot, false)?);
    let bars = number(&from, "aria-valuemax");
    Some((
        bars,
        number(&from, "aria-valuenow"),
        number(&to, "aria-valuenow"),
    ))
}

/// Where a pointer is, as a share of the width.
fn share(plot: &Element, x: i32) -> f64 {
    let place = plot.get_bounding_client_rect();
    ((f64::from(x) - place.left()) / place.width().max(1.0)).clamp(0.0, 1.0)
}

#[expect(
    clippy::cast_possible_truncation,
    reason = "a share of the number of bars"
)]
fn drag_to(plot: &Element, drag: Drag, at: f64) {
    let Some((bars, from, to)) = marked(plot) else {
        return;
    };
    let edges = f64::from(bars);
    let (from, to) = match drag {
        Drag::Across(begun) => (
            (begun.min(at) * edges).floor() as i32,
            (begun.max(at) * edges).ceil() as i32,
        ),
        Drag::Edge(true) => ((at * edges).round() as i32, to),
        Drag::Edge(false) => (from, (at * edges).round() as i32),
    };
    match drag {
        Drag::Edge(true) => mark(plot, from.min(to - 1), to),
        _ => mark(plot, from, to.max(from + 1)),
    }
}

/// Whether a key was one of the slider's.
fn has_used(grip: &Element, event: &KeyboardEvent) -> bool {
    let Ok(Some(plot)) = grip.closest("[data-plot]") else {
        return false;
    };
    let Some((bars, from, to)) = marked(&plot) else {
        return false;
    };
    let step = if event.shift_key() { LARGE_STEP } else { 1 };
    let is_all = (from, to) == (0, bars);
    let by = match event.key().as_str() {
        "ArrowRight" | "ArrowUp" => step,
        "ArrowLeft" | "ArrowDown" => -step,
        "Home" => -bars,
        "End" => bars,
        "Enter" if !is_all => {
            if let Some(address) = address(&plot, from, to) {
                navigation::go(&address);
            }
            return true;
        }
        "Escape" if !is_all => {
            clear(&plot);
            return true;
        }
        _ => return false,
    };
    match is_start(grip) {
        true => mark(&plot, (from + by).min(to - 1), to),
        false => mark(&plot, from, (to + by).max(from + 1)),
    }
    true
}

fn clear(plot: &Element) {
    if let Some((bars, ..)) = marked(plot) {
        mark(plot, 0, bars);
    }
}

/// Marks between two edges.
fn mark(plot: &Element, from: i32, to: i32) {
    let Some((bars, ..)) = marked(plot) else {
        return;
    };
    let (from, to) = (from.clamp(0, bars - 1), to.clamp(1, bars));
    let percent = |edge: i32| {
        // In whole numbers: writing fractions would cost the client more than all of this.
        let thousandths = i64::from(edge) * 100_000 / i64::from(bars.max(1));
        format!("{}.{:03}%", thousandths / 1_000, thousandths % 1_000)
    };
    let (first, last) = (words(plot, from), words(plot, to));
    let said = [text::mark_from(&first), text::mark_to(&last)];
    for (is_start, edge, said) in [(true, from, &said[0]), (false, to, &said[1])] {
        if let Some(grip) = grip(plot, is_start) {
            set(&grip, "x", &percent(edge));
            set(&grip, "aria-valuenow", &edge.to_string());
            set(&grip, "aria-valuetext", said);
        }
    }
    if let Some(brush) = dom::find_in(plot, ".brush") {
        let is_all = (from, to) == (0, bars);
        set(&brush, "x", &percent(from));
        set(
            &brush,
            "width",
            &percent(if is_all { 0 } else { to - from }),
        );
        set(
            plot,
            "data-is-marked",
            if is_all { "false" } else { "true" },
        );
        say(
            plot,
            is_all,
            &text::marked(&first, &last),
            address(plot, from, to),
        );
    }
}

/// Says what is marked over the chart, and leads there.
fn say(plot: &Element, is_all: bool, words: &str, address: Option<String>) {
    let marking = chart_of(plot).and_then(|chart| dom::find_in(&chart, "[data-marking]"));
    let Some(marking) = marking else {
        return;
    };
    if let Some(marked) = dom::find_in(&marking, "[data-marked]") {
        marked.set_text_content(Some(words));
    }
    if let Some((link, address)) = dom::find_in(&marking, "[data-zoom-in]").zip(address) {
        set(&link, "href", &address);
    }
    let held = document().active_element();
    let had_focus = held.is_some_and(|held| marking.contains(Some(&held)));
    if let Some(marking) = marking.dyn_ref::<HtmlElement>() {
        marking.set_hidden(is_all);
    }
    // The button that cleared is gone.
    if is_all
        && had_focus
        && let Some(grip) = grip(plot, true)
    {
        dom::focus(&grip);
    }
}

/// Words of an edge.
fn words(plot: &Element, edge: i32) -> String {
    part(plot, "data-words", '|', edge)
}

/// Address of what lies between two edges.
fn address(plot: &Element, from: i32, to: i32) -> Option<String> {
    let edge = |edge| part(plot, "data-edges", ' ', edge);
    let zoom = plot.get_attribute("data-zoom")?;
    Some(
        zoom.replacen("{from}", &edge(from), 1)
            .replacen("{to}", &edge(to), 1),
    )
}

fn part(plot: &Element, name: &str, between: char, edge: i32) -> String {
    let all = plot.get_attribute(name).unwrap_or_default();
    let part = usize::try_from(edge)
        .ok()
        .and_then(|edge| all.split(between).nth(edge));
    part.unwrap_or_default().to_owned()
}

fn set(element: &Element, name: &str, value: &str) {
    // It fails for names of attributes that are no names only.
    drop(element.set_attribute(name, value));
}
