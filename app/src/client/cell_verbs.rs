//! The two verbs on the value of a cell, for the cell that is pointed at or has the focus.
//!
//! The cell may show less than its value, so the server says what the verbs are.

use std::cell::RefCell;

use leptos::prelude::document;
use leptos::task::spawn_local;
use leptos::web_sys::js_sys::JsString;
use leptos::web_sys::{Element, FocusEvent, PointerEvent};

use super::fetching;
use super::{chosen, dom, navigation, row_menu};

/// How long one has to stay on a cell, in milliseconds: who passes by wants nothing.
const STAY_MS: i32 = 150;
/// Cells with a value.
const CELL: &str = "table.grid > tbody > tr:is([id^=row-], [data-id]) > td:not(.sel, .act)";

thread_local! {
    /// The cell that is pointed at, and what waits for it.
    static AT: RefCell<Option<(Element, i32)>> = const { RefCell::new(None) };
}

/// Listens for pointers and the focus.
pub fn install() {
    dom::on("pointerover", |event: PointerEvent| {
        if event.pointer_type() == "mouse" {
            at(dom::around(&event, CELL), STAY_MS);
        }
    });
    dom::on("focusin", |event: FocusEvent| {
        let cell = dom::around(&event, CELL);
        if cell.is_some() {
            at(cell, STAY_MS);
        }
    });
}

fn at(cell: Option<Element>, stay_ms: i32) {
    let is_same = AT.with_borrow(|at| at.as_ref().map(|(cell, _)| cell) == cell.as_ref());
    if is_same {
        return;
    }
    let timer = cell
        .clone()
        .map(|cell| dom::later(stay_ms, move || ask(cell, None)));
    if let Some((_, before)) = AT.replace(cell.zip(timer)) {
        dom::cancel(before);
    }
}

fn is_still(cell: &Element) -> bool {
    AT.with_borrow(|at| at.as_ref().is_some_and(|(at, _)| at == cell))
}

/// Does what a verb of the cell with the focus does; false when the focus is on none.
pub fn press(verb: &'static str) -> bool {
    let cell = document()
        .active_element()
        .and_then(|focused| focused.closest(CELL).ok()?);
    let Some(cell) = cell else { return false };
    if dom::find_in(&cell, ".verbs").is_some() {
        click(&cell, verb);
    } else {
        // Who presses a key at once does not wait for the verbs to show.
        ask(cell, Some(verb));
    }
    true
}

fn click(cell: &Element, verb: &str) {
    dom::click_in(cell, &format!("[data-verb={verb}]"));
}

/// Asks for the verbs of a cell, unless it has them or no value; and does one of them, if that is wanted.
fn ask(cell: Element, wanted: Option<&'static str>) {
    let row = cell.parent_element().and_then(|row| chosen::id_of(&row));
    let column = row_menu::column_of(&cell);
    let is_without = column.is_empty() || dom::find_in(&cell, ".verbs").is_some();
    let Some(row) = row.filter(|_| !is_without) else {
        return;
    };
    let parameters = format!("row={}&column={column}", fetching::escaped(&row));
    spawn_local(async move {
        let answer = fetching::part("verbs", &navigation::present(), &parameters, None).await;
        let Ok(fetched) = answer else { return };
        let has_some = dom::find_in(&cell, ".verbs").is_some();
        if !has_some && (wanted.is_some() || is_still(&cell)) {
            put(&cell, &fetched.markup);
        }
        if let Some(verb) = wanted {
            click(&cell, verb);
        }
    });
}

/// Puts the verbs into the cell, and takes away those of others.
fn put(cell: &Element, markup: &JsString) {
    let focused = document().active_element();
    if let Some(grid) = dom::find("table.grid") {
        for verbs in dom::all_in(&grid, "td > .verbs") {
            if !focused
                .as_ref()
                .is_some_and(|focused| verbs.contains(Some(focused)))
            {
                verbs.remove();
            }
        }
    }
    // It fails only for a cell that is gone.
    drop(cell.insert_adjacent_html("beforeend", &String::from(markup)));
}
