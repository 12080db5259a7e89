//! The calendar of the date range. The server writes its months, so that it alone knows days and zones; here
//! they are walked through, and the chosen days put into the two fields.

use std::cell::RefCell;

use leptos::task::spawn_local;
use leptos::wasm_bindgen::JsCast;
use leptos::web_sys::{
    AbortController, Element, Event, HtmlInputElement, KeyboardEvent, MouseEvent,
};

use super::fetching::{self, FetchError};
use super::{dom, navigation, places, saying};

/// Length of `2026-11-20`.
const DAY_LENGTH: usize = 10;

thread_local! {
    /// The month that is on its way. A later one takes its place, whichever comes first.
    static UNDER_WAY: RefCell<Option<AbortController>> = const { RefCell::new(None) };
}

/// Listens for the editor and its calendar.
pub fn install() {
    dom::on("toggle", |event: Event| {
        let Some(editor) = dom::target(&event) else {
            return;
        };
        if dom::find_in(&editor, "[data-calendar]").is_some() && dom::is_open(&editor) {
            if let Some(field) = field("from").filter(|_| !dom::has_focus(&editor)) {
                dom::focus(&field);
                field.select();
            }
            let (from, to) = chosen();
            let day = if to.is_empty() { from } else { to };
            load(&day, "", false);
        }
    });
    dom::on("input", |event: Event| {
        if dom::around(&event, "[data-date] .pair").is_some() {
            shade();
        }
    });
    dom::on("click", |event: MouseEvent| {
        if let Some(step) = dom::around(&event, "[data-month]") {
            let by = step.get_attribute("data-month").unwrap_or_default();
            load(&focused_day(), &by, false);
        } else if let Some(day) = dom::around(&event, "[data-day]") {
            pick(&day_of(&day), event.shift_key());
        }
    });
    dom::on("keydown", |event: KeyboardEvent| {
        let Some(day) = dom::around(&event, "[data-day]") else {
            return;
        };
        let by = match event.key().as_str() {
            "ArrowLeft" => "-1d",
            "ArrowRight" => "1d",
            "ArrowUp" => "-7d",
            "ArrowDown" => "7d",
            "PageUp" => "-1mo",
            "PageDown" => "1mo",
            _ => return,
        };
        event.prevent_default();
        walk(&day, by, event.shift_key());
    });
}

fn field(name: &str) -> Option<HtmlInputElement> {
    dom::find(&format!("#range-{name}"))?.dyn_into().ok()
}

/// The days in the two fields, as far as they are days.
fn chosen() -> (String, String) {
    let day = |name| {
        let value = field(name).map(|field| field.value()).unwrap_or_default();
        let day = value.get(..DAY_LENGTH).unwrap_or_default().to_owned();
        let is_day = day.starts_with("2") && day.matches('-').count() == 2;
        if is_day { day } else { String::new() }
    };
    (day("from"), day("to"))
}

fn day_of(button: &Element) -> String {
    button.get_attribute("data-day").unwrap_or_default()
}

fn focused_day() -> String {
    dom::find("[data-day][tabindex='0']").map_or_else(String::new, |day| day_of(&day))
}

/// From one day to another: within the month here, to another one by way of the server.
fn walk(from: &Element, by: &str, extends: bool) {
    let days = dom::find("[data-calendar]")
        .map_or_else(Vec::new, |calendar| dom::all_in(&calendar, "[data-day]"));
    let at = days.iter().position(|day| day == from);
    let step: Option<isize> = by.strip_suffix('d').and_then(|by| by.parse().ok());
    let to = at
        .zip(step)
        .and_then(|(at, step)| days.get(at.checked_add_signed(step)?))
        .filter(|day| !day.closest(".out").is_ok_and(|out| out.is_some()));
    if extends {
        begin(&day_of(from));
    }
    match to {
        Some(to) => {
            drop(from.set_attribute("tabindex", "-1"));
            drop(to.set_attribute("tabindex", "0"));
            dom::focus(to);
            if extends {
                extend(&day_of(to));
            }
        }
        None => load_extending(&day_of(from), by, extends),
    }
}

/// Sets both ends by clicks: the first day, then the last one.
fn pick(day: &str, extends: bool) {
    let (from, to) = chosen();
    let is_second = !from.is_empty() && to.is_empty() && day >= from.as_str();
    match extends || is_second {
        true => extend(day),
        false => {
            put("from", day);
            put("to", "");
            shade();
        }
    }
}

/// Begins a stretch at a day, unless one is being extended.
fn begin(day: &str) {
    let (from, to) = chosen();
    let is_end = day == from || day == to;
    if !is_end {
        put("from", day);
        put("to", day);
    }
}

/// Moves the end of the stretch to a day, or its beginning when that is later.
fn extend(day: &str) {
    let (from, _) = chosen();
    match day < from.as_str() || from.is_empty() {
        true => put("from", day),
        false => put("to", day),
    }
    shade();
}

fn put(name: &str, value: &str) {
    if let Some(field) = field(name) {
        field.set_value(value);
    }
}

/// Marks the days between the two fields. Days compare as texts.
fn shade() {
    let (from, to) = chosen();
    let Some(calendar) = dom::find("[data-calendar]") else {
        return;
    };
    for button in dom::all_in(&calendar, "[data-day]") {
        let day = day_of(&button);
        let is_edge = day == from || day == to;
        let is_within = !from.is_empty() && !to.is_empty() && from < day && day < to;
        drop(button.set_attribute(
            "aria-pressed",
            if is_edge || is_within {
                "true"
            } else {
                "false"
            },
        ));
        if let Some(cell) = button.parent_element() {
            let list = cell.class_list();
            drop(list.toggle_with_force("edge", is_edge));
            drop(list.toggle_with_force("in-range", is_within));
        }
    }
}

fn load(day: &str, by: &str, takes_focus: bool) {
    fetch(day, by, takes_focus, false);
}

fn load_extending(day: &str, by: &str, extends: bool) {
    fetch(day, by, true, extends);
}

fn fetch(day: &str, by: &str, takes_focus: bool, extends: bool) {
    let parameters = format!("day={day}&by={by}");
    let Ok(controller) = AbortController::new() else {
        return;
    };
    if let Some(before) = UNDER_WAY.replace(Some(controller.clone())) {
        before.abort();
    }
    spawn_local(async move {
        let present = navigation::present();
        let answer = fetching::part("calendar", &present, &parameters, Some(&controller)).await;
        // What has come whole cannot be abandoned any more.
        if controller.signal().aborted() {
            return;
        }
        let Some(calendar) = dom::find("[data-calendar]") else {
            return;
        };
        match answer {
            Ok(fetched) => {
                // The button that was pressed goes with the month, and the next one is where it was.
                let pressed = dom::find("[data-month]:focus")
                    .and_then(|button| button.get_attribute("data-month"));
                if let Some(month) = places::read(&fetched.markup) {
                    calendar.set_inner_html("");
                    drop(calendar.append_child(&month));
                    dom::set_hidden(&calendar, false);
                }
                let selector = match pressed {
                    Some(by) => Some(format!("[data-month='{by}']")),
                    None => takes_focus.then(|| "[data-day][tabindex='0']".to_owned()),
                };
                if let Some(element) = selector.and_then(|selector| dom::find(&selector)) {
                    dom::focus(&element);
                }
                if extends {
                    extend(&focused_day());
                }
                shade();
            }
            Err(FetchError::Failed(words)) => saying::problem(&words),
            Err(FetchError::Abandoned) => {}
        }
    });
}
