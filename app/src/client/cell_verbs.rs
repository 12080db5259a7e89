//! The two verbs on the value of a cell, for the cell that is pointed at or has the focus.
//!
//! The cell may show less than its value, so the server says what the verbs are.

use std::cell::RefCell;

use leptos::prelude::document;
use leptos::task::spawn_local;
use leptos::web_sys::js_sys::JsString;
use leptos::web_sys::{Element, FocusEvent, PointerEvent};

use super::fetching;
use super::{dom, navigation};

/// How long one has to stay on a cell, in milliseconds: who passes by wants nothing.
const STAY_MS: i32 = 150;
/// Cells with a value.
const CELL: &str = "table.grid > tbody > tr[id^=row-] > td:not(.sel, .act)";

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
        .map(|cell| dom::later(stay_ms, move || ask(cell)));
    if let Some((_, before)) = AT.replace(cell.zip(timer)) {
        dom::cancel(before);
    }
}

fn is_still(cell: &Element) -> bool {
    AT.with_borrow(|at| at.as_ref().is_some_and(|(at, _)| at == cell))
}

/// Asks for the verbs of a cell, unless it has them or shows nothing.
fn ask(cell: Element) {
    let row = cell
        .parent_element()
        .and_then(|row| row.id().strip_prefix("row-").map(str::to_owned));
    let Some(row) = row.filter(|_| dom::find_in(&cell, ".verbs").is_none()) else {
        return;
    };
    let parameters = format!("row={}&cell={}", fetching::escaped(&row), position(&cell));
    spawn_local(async move {
        let answer = fetching::part("verbs", &navigation::present(), &parameters, None).await;
        if let Ok(fetched) = answer
            && is_still(&cell)
        {
            put(&cell, &fetched.markup);
        }
    });
}

/// Position of a cell among those with a value.
fn position(cell: &Element) -> usize {
    let mut before = 0;
    let mut at = cell.previous_element_sibling();
    while let Some(element) = at {
        before += usize::from(element.matches("td:not(.sel, .act)").unwrap_or(false));
        at = element.previous_element_sibling();
    }
    before
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
