//! The flyout: where the focus goes when a row opens and closes, Escape, Alt with the arrows, and the buttons
//! to the row above and below.

use std::cell::RefCell;

use leptos::prelude::{document, window};
use leptos::web_sys::{Element, KeyboardEvent, MouseEvent, UrlSearchParams};

use super::{dom, navigation, places};

/// What marks the open row.
const SELECTED: &str = "aria-selected";
/// The link of a row to its own pane; a line has another one, to its sign-ins.
const LINK: &str = "a:not([data-expands])";
/// Where the rows take the focus.
const STOP: &str = "table.grid :is(td, th)[tabindex=\"0\"]";
/// The buttons to the row above and below.
const STEPS: &str = ".flyout [data-steps]";

thread_local! {
    /// Request ID of the row that was open before.
    static OPEN: RefCell<Option<String>> = const { RefCell::new(None) };
}

/// Listens for the keys.
pub fn install() {
    OPEN.set(open_row());
    dom::on("keydown", |event: KeyboardEvent| {
        let Some(flyout) = flyout() else {
            // A pane that is on its way is called off.
            if event.key() == "Escape" && asked_row().is_some() && !is_elsewhere(&event) {
                event.prevent_default();
                navigation::go(&navigation::without_beside(&navigation::present()));
            }
            return;
        };
        let address = match event.key().as_str() {
            "Escape" if !is_elsewhere(&event) => flyout.get_attribute("data-close"),
            "ArrowUp" if event.alt_key() => neighbour(true).or_else(|| known_neighbour(true)),
            "ArrowDown" if event.alt_key() => neighbour(false).or_else(|| known_neighbour(false)),
            _ => None,
        };
        if let Some(address) = address {
            event.prevent_default();
            navigation::go(&address);
        }
    });
    dom::on("click", |event: MouseEvent| {
        let Some(button) = dom::around(&event, STEPS) else {
            return;
        };
        let is_plain = !(event.ctrl_key() || event.meta_key() || event.shift_key());
        let is_up = button.get_attribute("data-steps").as_deref() == Some("previous");
        // Else it goes where it links to.
        if let Some(address) = neighbour(is_up).filter(|_| is_plain) {
            event.prevent_default();
            navigation::go(&address);
        }
    });
}

/// Marks the open row, and moves the focus: into a flyout that opened, back to the row of one that closed.
pub fn refreshed() {
    let now = open_row();
    let before = OPEN.replace(now.clone());
    if let Some(row) = before
        .as_deref()
        .and_then(row_element)
        .filter(|_| before != now)
    {
        drop(row.remove_attribute(SELECTED));
    }
    if let Some(row) = now.as_deref().and_then(row_element) {
        drop(row.set_attribute(SELECTED, "true"));
    }
    match (before, now) {
        // Who went on to something else meanwhile stays there.
        (before, Some(now)) if before.as_ref() != Some(&now) && !is_busy_elsewhere() => {
            if let Some(heading) = dom::find("#flyout-title") {
                dom::focus(&heading);
            }
        }
        (Some(closed), None) => {
            let link = row_element(&closed).and_then(|row| dom::find_in(&row, LINK));
            // A link that was shared may have opened one that the rows do not have.
            let stop = || dom::find(STOP).filter(|_| places::is_focus_lost());
            if let Some(next) = link.or_else(stop) {
                dom::focus(&next);
            }
        }
        _ => {}
    }
}

fn flyout() -> Option<Element> {
    dom::find(".flyout[data-row]")
}

fn open_row() -> Option<String> {
    flyout()?.get_attribute("data-row")
}

/// Request ID of the row that the address names: the flyout may still be on its way there.
fn asked_row() -> Option<String> {
    let search = window().location().search().ok()?;
    UrlSearchParams::new_with_str(&search).ok()?.get("row")
}

/// The element of a row.
fn row_element(request_id: &str) -> Option<Element> {
    document().get_element_by_id(&format!("row-{request_id}"))
}

/// Whether Escape belongs to something else: an open editor, or a field that is being written in.
fn is_elsewhere(event: &KeyboardEvent) -> bool {
    dom::is_writing(event)
        || event.default_prevented()
        || dom::around(event, ".pane").is_some()
        || dom::find(":popover-open, dialog[open]").is_some()
}

/// Whether somebody writes or chooses something outside of the rows and the pane.
fn is_busy_elsewhere() -> bool {
    document().active_element().is_some_and(|active| {
        active
            .closest("[popover], input:not([type=checkbox]), textarea, select, form.columns")
            .is_ok_and(|found| found.is_some())
    })
}

/// Address of the row above or below the open one.
pub fn neighbour(is_up: bool) -> Option<String> {
    let row = row_element(&asked_row()?)?;
    let mut next = next_row(&row, is_up)?;
    // An open line is shown by its sign-ins, and a link to more rows is no sign-in.
    while next.id().is_empty() {
        next = next_row(&next, is_up)?;
    }
    let link = dom::find_in(&next, LINK)?;
    // The row comes into view before its pane opens.
    next.scroll_into_view_with_bool(is_up);
    let keep_pane = flyout()?.get_attribute("data-keep-pane");
    Some(link.get_attribute("href")? + &keep_pane.unwrap_or_default())
}

/// The same as the server knows it, where the grid does not hold that row.
fn known_neighbour(is_up: bool) -> Option<String> {
    if open_row() != asked_row() {
        return None;
    }
    let name = if is_up { "previous" } else { "next" };
    dom::find(&format!("a[data-steps=\"{name}\"]"))?.get_attribute("href")
}

/// The row above or below. Each page of rows has a body of its own.
pub fn next_row(row: &Element, is_up: bool) -> Option<Element> {
    let beside = |element: &Element| match is_up {
        true => element.previous_element_sibling(),
        false => element.next_element_sibling(),
    };
    beside(row).or_else(|| {
        // A body may keep room for rows that are not there.
        let is_of_rows =
            |body: &Element| body.tag_name() == "TBODY" && !body.has_attribute("aria-hidden");
        let body = beside(&row.parent_element()?).filter(is_of_rows)?;
        match is_up {
            true => body.last_element_child(),
            false => body.first_element_child(),
        }
    })
}
