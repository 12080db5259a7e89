//! Focus and keys of the blade, once the client has taken over: where the focus goes when a row opens
//! and closes, Escape, and Alt with the arrows.

use leptos::ev::{self, KeyboardEvent};
use leptos::prelude::*;
use leptos::wasm_bindgen::JsCast;
use leptos::web_sys;
use leptos_router::NavigateOptions;
use leptos_router::hooks::use_navigate;

use crate::components::grid_rows::row_element_id;

/// What marks the open row.
const SELECTED: &str = "aria-selected";

/// Marks the row that is open, and that rows are opened by navigation from now on; gives the focus back to
/// the link of a row that was closed.
pub fn follow_focus(open_row: Memo<Option<String>>, was_navigated: RwSignal<bool>) {
    Effect::new(move |before: Option<Option<String>>| {
        let now = open_row.get();
        if let Some(before) = before
            && before != now
        {
            was_navigated.set(true);
            mark(before.as_deref(), now.as_deref());
            if let (Some(closed), None) = (before, &now)
                && let Some(link) = link_of_row(&closed)
            {
                // It fails only when the element is gone.
                drop(link.focus());
            }
        }
        now
    });
}

/// Escape closes the open row; Alt with an arrow opens the one above or below.
pub fn follow_keys(open_row: Memo<Option<String>>, close: Memo<String>) {
    let navigate = use_navigate();
    Effect::new(move || {
        let navigate = navigate.clone();
        let listener = window_event_listener(ev::keydown, move |event| {
            let Some(open) = open_row.get_untracked() else {
                return;
            };
            let address = match event.key().as_str() {
                "Escape" if !is_elsewhere(&event) => Some(close.get_untracked()),
                "ArrowUp" if event.alt_key() => neighbour(&open, Direction::Up),
                "ArrowDown" if event.alt_key() => neighbour(&open, Direction::Down),
                _ => None,
            };
            if let Some(address) = address {
                event.prevent_default();
                navigate(
                    &address,
                    NavigateOptions {
                        scroll: false,
                        ..NavigateOptions::default()
                    },
                );
            }
        });
        on_cleanup(move || listener.remove());
    });
}

#[derive(Clone, Copy)]
enum Direction {
    Up,
    Down,
}

/// Whether Escape belongs to something else: an open editor, or a field that is being written in.
fn is_elsewhere(event: &KeyboardEvent) -> bool {
    let in_field = event
        .target()
        .and_then(|target| target.dyn_into::<web_sys::Element>().ok())
        .is_some_and(|element| {
            matches!(element.tag_name().as_str(), "INPUT" | "SELECT" | "TEXTAREA")
        });
    in_field
        || document()
            .query_selector(":popover-open")
            .ok()
            .flatten()
            .is_some()
}

/// Takes the mark of the open row from one and gives it to another. Rows come from the server with it.
fn mark(closed: Option<&str>, opened: Option<&str>) {
    if let Some(row) = closed.and_then(element_of_row) {
        drop(row.remove_attribute(SELECTED));
    }
    if let Some(row) = opened.and_then(element_of_row) {
        drop(row.set_attribute(SELECTED, "true"));
    }
}

fn element_of_row(request_id: &str) -> Option<web_sys::Element> {
    document().get_element_by_id(&row_element_id(request_id))
}

fn link_of_row(request_id: &str) -> Option<web_sys::HtmlElement> {
    let row = element_of_row(request_id)?;
    row.query_selector("a").ok().flatten()?.dyn_into().ok()
}

/// Address of the row above or below.
fn neighbour(request_id: &str, direction: Direction) -> Option<String> {
    let next = next_row(&element_of_row(request_id)?, direction)?;
    let link = next.query_selector("a").ok().flatten()?;
    // The row comes into view before its pane opens.
    next.scroll_into_view_with_bool(matches!(direction, Direction::Up));
    link.get_attribute("href")
}

/// The row above or below. Each page of rows that was loaded since has a body of its own.
fn next_row(row: &web_sys::Element, direction: Direction) -> Option<web_sys::Element> {
    let beside = |element: &web_sys::Element| match direction {
        Direction::Up => element.previous_element_sibling(),
        Direction::Down => element.next_element_sibling(),
    };
    beside(row).or_else(|| {
        let body = beside(&row.parent_element()?).filter(|body| body.tag_name() == "TBODY")?;
        match direction {
            Direction::Up => body.last_element_child(),
            Direction::Down => body.first_element_child(),
        }
    })
}
