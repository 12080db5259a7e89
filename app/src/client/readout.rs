//! What a chart says of the place that one points at or that has the focus.
//!
//! Columns are links of which one is a stop of Tab; arrow keys go on from it. The cells of a field are no elements:
//! their numbers are in its table, from which they are read.

use leptos::wasm_bindgen::JsCast;
use leptos::web_sys::{
    Element, Event, FocusEvent, HtmlElement, KeyboardEvent, MouseEvent, PointerEvent,
};

use super::{dom, navigation};

/// Columns and days that an arrow passes with Shift.
const LARGE_STEP: i32 = 10;
/// Hours of a day.
const HOURS: i32 = 24;

/// Listens for pointers and keys.
pub fn install() {
    dom::on("pointerover", |event: PointerEvent| {
        if let Some(link) = dom::around(&event, "[data-stops] a") {
            say(&link, link.get_attribute("aria-label"));
        }
    });
    dom::on("pointermove", |event: PointerEvent| {
        if let Some(field) = dom::around(&event, "[data-hours]")
            && let Some((day, hour)) = place(&field, &event)
        {
            point(&field, day, hour);
        }
    });
    dom::on("focusin", |event: FocusEvent| {
        if let Some(link) = dom::around(&event, "[data-stops] a") {
            say(&link, link.get_attribute("aria-label"));
        }
    });
    dom::on("click", |event: MouseEvent| {
        if let Some(field) = dom::around(&event, "[data-hours]")
            && let Some((day, hour)) = place(&field, &event)
        {
            point(&field, day, hour);
            go(&field);
        }
    });
    dom::on("keydown", |event: KeyboardEvent| {
        if event.ctrl_key() || event.alt_key() || event.meta_key() {
            return;
        }
        let used = match (
            dom::around(&event, "[data-stops] a"),
            dom::around(&event, "[data-hours]"),
        ) {
            (Some(link), _) => walk(&link, &event),
            (None, Some(field)) => walk_field(&field, &event),
            (None, None) => false,
        };
        if used {
            event.prevent_default();
            event.stop_propagation();
        }
    });
}

/// Makes fields a stop of Tab: without a script there is nothing to do in them.
pub fn refreshed() {
    for field in dom::all_in_document("[data-hours]") {
        // They fail for names of attributes that are no names only.
        drop(field.set_attribute("role", "application"));
        drop(field.set_attribute("tabindex", "0"));
    }
}

/// Writes under the chart what is said of a place in it.
fn say(part: &Element, words: Option<String>) {
    let chart = part.closest("[data-chart]").ok().flatten();
    let readout = chart.and_then(|chart| dom::find_in(&chart, "[data-readout]"));
    if let Some((readout, words)) = readout.zip(words) {
        readout.set_text_content(Some(&words));
    }
}

fn step(event: &KeyboardEvent) -> i32 {
    if event.shift_key() { LARGE_STEP } else { 1 }
}

/// From one column to another.
fn walk(link: &Element, event: &KeyboardEvent) -> bool {
    let Ok(Some(group)) = link.closest("[data-stops]") else {
        return false;
    };
    let links = dom::all_in(&group, "a");
    let last = i32::try_from(links.len()).unwrap_or(1) - 1;
    let here = links.iter().position(|other| other == link);
    let here = here.and_then(|here| i32::try_from(here).ok()).unwrap_or(0);
    let to = match event.key().as_str() {
        "ArrowRight" => here + step(event),
        "ArrowLeft" => here - step(event),
        "Home" => 0,
        "End" => last,
        "Enter" => {
            if let Some(address) = link.get_attribute("href") {
                navigation::go(&address);
            }
            return true;
        }
        _ => return false,
    };
    let to = usize::try_from(to.clamp(0, last)).unwrap_or_default();
    if let Some(next) = links.get(to) {
        // They fail for names of attributes that are no names only.
        drop(link.set_attribute("tabindex", "-1"));
        drop(next.set_attribute("tabindex", "0"));
        dom::focus(next);
    }
    true
}

fn number(field: &Element, name: &str) -> i32 {
    let text = field.get_attribute(name);
    text.and_then(|text| text.parse().ok()).unwrap_or_default()
}

/// Day and hour under the pointer; `None` beside the cells.
fn place(field: &Element, event: &Event) -> Option<(i32, i32)> {
    let event: &MouseEvent = event.dyn_ref()?;
    let area = dom::find_in(field, ".cursor")?.get_bounding_client_rect();
    let part = |at: i32, begin: f64, length: f64, of: i32| {
        let share = (f64::from(at) - begin) / length.max(1.0);
        #[expect(clippy::cast_possible_truncation, reason = "a share of a small number")]
        let part = (share * f64::from(of)).floor() as i32;
        (0..of).contains(&part).then_some(part)
    };
    let days = number(field, "data-days");
    Some((
        part(event.client_x(), area.left(), area.width(), days)?,
        part(event.client_y(), area.top(), area.height(), HOURS)?,
    ))
}

/// From one cell of a field to another: days across, hours down.
fn walk_field(field: &Element, event: &KeyboardEvent) -> bool {
    let days = number(field, "data-days");
    let (day, hour) = match field.get_attribute("data-day") {
        Some(_) => (number(field, "data-day"), number(field, "data-hour")),
        None => (days - 1, 0),
    };
    let (day, hour) = match event.key().as_str() {
        "ArrowRight" => (day + step(event), hour),
        "ArrowLeft" => (day - step(event), hour),
        "ArrowDown" => (day, hour + 1),
        "ArrowUp" => (day, hour - 1),
        "Home" => (0, hour),
        "End" => (days - 1, hour),
        "Enter" => {
            go(field);
            return true;
        }
        _ => return false,
    };
    point(field, day.clamp(0, days - 1), hour.clamp(0, HOURS - 1));
    true
}

/// The cell of the table that a day and an hour have, the head of its day, and that of its hour.
fn cell(field: &Element, day: i32, hour: i32) -> Option<(Element, String, String)> {
    let chart = field.closest("[data-chart]").ok()??;
    let table = dom::find_in(&chart, "[data-cells]")?;
    let rows = dom::all_in(&table, "tbody tr");
    // The newest day is the first row.
    let row = usize::try_from(number(field, "data-days") - 1 - day).ok()?;
    let row = rows.get(row)?;
    let cells = row.children();
    let at = u32::try_from(hour + 1).ok()?;
    let named = cells.item(0)?.text_content().unwrap_or_default();
    Some((cells.item(at)?, named, format!("{hour:02}:00")))
}

/// Marks a cell and says what is in it.
fn point(field: &Element, day: i32, hour: i32) {
    let marked = (number(field, "data-day"), number(field, "data-hour"));
    if field.has_attribute("data-day") && marked == (day, hour) {
        return;
    }
    let set = |element: &Element, name: &str, value: i32| {
        drop(element.set_attribute(name, &value.to_string()));
    };
    set(field, "data-day", day);
    set(field, "data-hour", hour);
    if let Some(cursor) = dom::find_in(field, "[data-cursor]") {
        set(&cursor, "x", day);
        set(&cursor, "y", hour);
        set(&cursor, "width", 1);
    }
    if let Some((cell, day, hour)) = cell(field, day, hour) {
        let words = cell.text_content().unwrap_or_default();
        say(field, Some(format!("{day} {hour}: {words}")));
    }
}

/// Opens the sign-ins of the marked cell.
fn go(field: &Element) {
    let marked = (number(field, "data-day"), number(field, "data-hour"));
    let edges =
        cell(field, marked.0, marked.1).and_then(|(cell, ..)| cell.get_attribute("data-edges"));
    let address = field.get_attribute("data-address");
    if let Some((address, edges)) = address.zip(edges)
        && let Some((from, to)) = edges.split_once(' ')
    {
        navigation::go(&address.replacen("{from}", from, 1).replacen("{to}", to, 1));
    }
    if let Some(field) = field.dyn_ref::<HtmlElement>() {
        // It fails only when it is gone.
        drop(field.focus());
    }
}
