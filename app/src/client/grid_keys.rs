//! The grid from the keyboard: one Tab stop, arrows from cell to cell, and what keys do there.

use leptos::prelude::window;
use leptos::web_sys::{
    Element, Event, FocusEvent, KeyboardEvent, MouseEvent, ScrollIntoViewOptions,
    ScrollLogicalPosition,
};

use super::{chosen, dom, expanding, paging, row_menu};

/// The grid, which is a tree where lines stand for several sign-ins.
const GRID: &str = "table.grid[role]";
/// Rows of sign-ins and lines. An open line has lent its id to its newest sign-in.
pub const SIGN_INS: &str = "tbody > tr:is([id], [data-id])";
/// Rows that can be walked through: the header, those of sign-ins, and links to more of them. Room that a body keeps
/// is none.
const ROWS: &str = "thead tr, tbody:not([aria-hidden]) > tr";
/// What could be a Tab stop within a cell, and is none.
const INNER: &str = "a, button, input";
const CELLS: &str = ":scope > td, :scope > th";
/// The cell that is the Tab stop.
const STOP: &str = ":is(td, th)[tabindex=\"0\"]";

/// Listens for keys and for the focus.
pub fn install() {
    dom::on("keydown", pressed);
    // A cell takes the focus of a click once it can have it.
    dom::on("mousedown", |event: MouseEvent| {
        if let Some(cell) = cell_around(&event) {
            make_stop(&cell);
        }
    });
    dom::on("focusin", |event: FocusEvent| {
        if let Some(cell) = cell_around(&event) {
            make_stop(&cell);
        }
    });
}

/// Makes a new grid one Tab stop.
pub fn refreshed() {
    let Some(table) = grid() else { return };
    if !table.has_attribute("data-keys") {
        drop(table.set_attribute("data-keys", ""));
        take_from_tab_order(&table);
    }
    keep_stop(&table);
}

/// Sees to it that there is a Tab stop: the one that was may be gone with its row.
pub fn keep_stop(table: &Element) {
    if dom::find_in(table, STOP).is_some() {
        return;
    }
    let first = dom::find_in(table, "tbody > tr[id] > td:not(.sel)");
    if let Some(cell) = first.or_else(|| dom::find_in(table, "th")) {
        make_stop(&cell);
    }
}

/// Takes what stands in cells out of the order of Tab stops; the cells lead to it.
pub fn take_from_tab_order(within: &Element) {
    for inner in dom::all_in(within, INNER) {
        if inner.get_attribute("tabindex").is_none() {
            drop(inner.set_attribute("tabindex", "-1"));
        }
    }
}

/// Gives the focus to a cell by the number of its row in the grid; false when the row is not there.
pub fn focus_cell_at(number: usize, column: usize) -> bool {
    let row = grid().and_then(|table| row_at(&table, number));
    let Some(cell) = row.and_then(|row| cell_of(&row, column)) else {
        return false;
    };
    focus_cell(&cell);
    true
}

/// Gives the focus to a cell, and scrolls no further than it takes to show it.
pub fn focus_cell(cell: &Element) {
    make_stop(cell);
    dom::focus_unmoved(cell);
    let options = ScrollIntoViewOptions::new();
    options.set_block(ScrollLogicalPosition::Nearest);
    options.set_inline(ScrollLogicalPosition::Nearest);
    cell.scroll_into_view_with_scroll_into_view_options(&options);
}

/// Number of a row in the grid, from 1 for the header.
pub fn number_of(row: &Element) -> Option<usize> {
    // The number of a line says nothing of the sign-ins that stand between it and others.
    if paging::total().is_some() {
        return row.get_attribute("aria-rowindex")?.parse().ok();
    }
    let table = row.closest("table").ok()??;
    let rows = dom::all_in(&table, ROWS);
    Some(rows.iter().position(|other| other == row)? + 1)
}

/// The rows in the document with their numbers, as [`number_of`] says them.
pub fn numbered_rows(table: &Element) -> Vec<(usize, Element)> {
    let rows = dom::all_in(table, ROWS);
    match paging::total() {
        Some(_) => rows
            .into_iter()
            .filter_map(|row| Some((row.get_attribute("aria-rowindex")?.parse().ok()?, row)))
            .collect(),
        None => (1..).zip(rows).collect(),
    }
}

/// The row of a number, where it is in the document.
pub fn row_at(table: &Element, number: usize) -> Option<Element> {
    match paging::total() {
        Some(_) => dom::find_in(table, &format!("tr[aria-rowindex=\"{number}\"]")),
        None => dom::all_in(table, ROWS)
            .into_iter()
            .nth(number.checked_sub(1)?),
    }
}

/// The grid of the page.
pub fn grid() -> Option<Element> {
    dom::find(GRID)
}

/// The cell of the grid that an event happened in.
fn cell_around(event: &Event) -> Option<Element> {
    dom::around(event, "table.grid[role] :is(td, th)")
}

/// The cell of a row in a column, or its last one.
pub fn cell_of(row: &Element, column: usize) -> Option<Element> {
    let cells = dom::all_in(row, CELLS);
    let last = cells.len().checked_sub(1)?;
    cells.into_iter().nth(column.min(last))
}

/// In which column a cell stands, from 0 for that of the boxes.
pub fn column_of(cell: &Element) -> usize {
    let mut before = cell.previous_element_sibling();
    let mut column = 0;
    while let Some(element) = before {
        column += 1;
        before = element.previous_element_sibling();
    }
    column
}

/// Makes a cell the one Tab stop.
fn make_stop(cell: &Element) {
    let table = cell.closest("table").ok().flatten();
    for other in table.iter().flat_map(|table| dom::all_in(table, STOP)) {
        drop(other.set_attribute("tabindex", "-1"));
    }
    drop(cell.set_attribute("tabindex", "0"));
}

fn pressed(event: KeyboardEvent) {
    let Some(cell) = cell_around(&event) else {
        return;
    };
    if event.alt_key() || event.default_prevented() {
        return;
    }
    paging::forget_focus();
    let is_control = event.ctrl_key() || event.meta_key();
    let key = event.key();
    let is_done = match (key.as_str(), is_control) {
        ("c" | "C", true) => copies(&cell),
        ("a" | "A", true) => chosen::choose_shown(true),
        (" ", false) => does(&event, &cell, true),
        ("Enter", false) => does(&event, &cell, false),
        ("F10", false) if event.shift_key() => opens_menu(&cell),
        ("ContextMenu", _) => opens_menu(&cell),
        ("Escape", _) => dom::find(".flyout[data-row]").is_none() && chosen::clear(),
        _ => moves(&key, is_control, event.shift_key(), &cell),
    };
    if is_done {
        event.prevent_default();
    }
}

/// Moves the focus; with Shift and an arrow up or down, the rows on the way are chosen.
fn moves(key: &str, is_control: bool, is_shift: bool, cell: &Element) -> bool {
    let Some(row) = cell.parent_element() else {
        return false;
    };
    let (Some(number), column) = (number_of(&row), column_of(cell)) else {
        return false;
    };
    let last_row = match (paging::total(), grid()) {
        (Some(total), _) => total + 1,
        (None, Some(table)) => dom::all_in(&table, ROWS).len(),
        (None, None) => return false,
    };
    if let ("ArrowLeft" | "ArrowRight", false, Some(expander)) = (key, is_control, expander(cell))
        && expanding::turn(&expander, key == "ArrowRight")
    {
        return true;
    }
    let last_column = dom::all_in(&row, CELLS).len().saturating_sub(1);
    let in_view = match paging::total() {
        Some(_) => paging::rows_in_view(),
        None => chosen::rows_in_view().len().saturating_sub(1).max(1),
    };
    let (to_row, to_column) = match (key, is_control) {
        ("ArrowLeft", false) => (number, column.saturating_sub(1)),
        ("ArrowRight", false) => (number, (column + 1).min(last_column)),
        ("ArrowUp", false) => (number - 1, column),
        ("ArrowDown", false) => (number + 1, column),
        ("Home", false) => (number, 0),
        ("End", false) => (number, last_column),
        // The first row, not the header, which is one arrow further.
        ("Home", true) => (last_row.min(2), 0),
        ("End", true) => (last_row, last_column),
        ("PageUp", false) => (number.saturating_sub(in_view).max(2), column),
        ("PageDown", false) => (number + in_view, column),
        _ => return false,
    };
    let to_row = to_row.clamp(1, last_row);
    if is_shift && matches!(key, "ArrowUp" | "ArrowDown") && to_row > 1 && number > 1 {
        chosen::extend(number, to_row);
    }
    if to_row == 1 || paging::total().is_none() || to_row == number {
        focus_cell_at(to_row, to_column);
    } else {
        paging::focus(to_row, to_column);
    }
    true
}

/// What opens the line of a cell, where that cell has it.
fn expander(cell: &Element) -> Option<Element> {
    dom::find_in(cell, expanding::EXPANDER)
}

/// What Enter and Space do: open or sort; choose.
fn does(event: &KeyboardEvent, cell: &Element, is_space: bool) -> bool {
    // A link or a button that has the focus itself does what it does.
    if dom::target(event).is_some_and(|target| target != *cell) {
        return false;
    }
    if cell.class_list().contains("act") && cell.closest("tbody").ok().flatten().is_some() {
        return opens_menu(cell);
    }
    if cell.class_list().contains("sel") {
        return click(cell, "input");
    }
    let Some(row) = cell.parent_element() else {
        return false;
    };
    match (cell.tag_name().as_str(), is_space) {
        ("TH", _) => click(cell, "a, button"),
        (_, true) => {
            chosen::toggle(&row);
            true
        }
        (_, false) => {
            // The number opens the line in place; a link to more sign-ins is all that its row has.
            expander(cell).is_some_and(|expander| dom::click(&expander))
                || click(&row, "a[data-noscroll]")
                || click(&row, "a")
        }
    }
}

fn click(within: &Element, selector: &str) -> bool {
    let found = dom::find_in(within, selector).and_then(dom::html);
    if let Some(element) = &found {
        element.click();
    }
    found.is_some()
}

fn opens_menu(cell: &Element) -> bool {
    let row = cell.closest(SIGN_INS).ok().flatten();
    if let Some(row) = &row {
        row_menu::open(row, cell, cell);
    }
    row.is_some()
}

/// Copies a cell; in the column of boxes what is chosen, or the row. A selected text is left to the browser.
fn copies(cell: &Element) -> bool {
    let is_selected = window()
        .get_selection()
        .ok()
        .flatten()
        .is_some_and(|selection| !selection.is_collapsed());
    if is_selected {
        return false;
    }
    chosen::copy_cell(cell);
    true
}
