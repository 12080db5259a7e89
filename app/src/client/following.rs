//! Lists that cannot be paged by the numbers of their rows: those of lines, whose sign-ins open in place. The page
//! that follows is added when its link comes near the view.

use std::cell::Cell;

use leptos::task::spawn_local;
use leptos::web_sys::js_sys::JsString;
use leptos::web_sys::{Element, Event};

use super::fetching::{self, FetchError};
use super::{dom, grid_keys, places, saying};
use crate::text::{folded, sign_ins};

/// The link to the next page.
const NEXT: &str = "[data-place=grid] .loadmore a[rel=next]";
/// A grid that is not paged by numbers.
const GRID: &str = "[data-place=grid] table.grid:not([data-address])";
/// Rows that are lines, not sign-ins of one.
const LINES: &str = "tbody > tr:not([aria-level=\"2\"])";
/// How near below the view the link has to be, in pixels.
const NEAR_PX: f64 = 400.0;

thread_local! {
    static IS_UNDER_WAY: Cell<bool> = const { Cell::new(false) };
}

/// Listens for scrolling.
pub fn install() {
    dom::on("scroll", |_: Event| look());
}

/// New markup may have its link in view already.
pub fn refreshed() {
    look();
}

fn look() {
    // Rows that are still to come stand before the next page.
    if IS_UNDER_WAY.get() || !places::is_settled() {
        return;
    }
    let (Some(link), Some(table)) = (dom::find(NEXT), dom::find(GRID)) else {
        return;
    };
    let view = link.closest(".gridscroll").ok().flatten();
    let is_near = view.is_some_and(|view| {
        let link = link.get_bounding_client_rect();
        link.height() > 0.0 && link.top() < view.get_bounding_client_rect().bottom() + NEAR_PX
    });
    let address = link.get_attribute("href").unwrap_or_default();
    let begun = is_near.then(|| fetching::sheet(&address, Some("grid")));
    let Some(begun) = begun.flatten() else {
        return;
    };
    IS_UNDER_WAY.set(true);
    spawn_local(async move {
        let answer = begun.fetched().await;
        IS_UNDER_WAY.set(false);
        // Another list may stand there by now, with a link of its own.
        if !link.is_connected() {
            look();
            return;
        }
        match answer {
            Ok(fetched) => add(&table, &link, &fetched.markup),
            Err(FetchError::Failed(words)) => {
                // The link stays for a click; asking again by itself would fail again.
                drop(link.remove_attribute("rel"));
                saying::problem(&words);
            }
            Err(FetchError::Abandoned) => {}
        }
    });
}

fn add(table: &Element, link: &Element, markup: &JsString) {
    let Some(came) = places::read(markup) else {
        return;
    };
    let before = rows(table);
    // The header is a row, too.
    for (number, line) in (before + 2..).zip(dom::all_in(&came, LINES)) {
        drop(line.set_attribute("aria-rowindex", &number.to_string()));
    }
    for body in dom::all_in(&came, "table.grid > tbody") {
        grid_keys::take_from_tab_order(&body);
        // It fails only for an element that holds the table.
        drop(table.append_child(&body));
    }
    let number = rows(table);
    let present = link.closest(".loadmore").ok().flatten();
    let present = present.zip(dom::find_in(&came, ".loadmore"));
    if let Some((present, following)) = present {
        if let Some(hint) = dom::find_in(&following, ".hint") {
            hint.set_text_content(Some(&folded::shown_of(number, None)));
        }
        let had_focus = dom::has_focus(&present);
        drop(present.replace_with_with_node_1(&following));
        // Where it scrolled to its link, the next page would be added, and so on.
        if let Some(link) = dom::find_in(&following, "a").filter(|_| had_focus) {
            dom::focus_unmoved(&link);
        }
    }
    if let Some(shown) = dom::find("[data-shown-rows]") {
        let is_first = shown.get_attribute("data-shown-rows").as_deref() == Some("first");
        shown.set_text_content(Some(&sign_ins::shown(is_first, number)));
    }
    saying::aloud(&folded::added(number - before));
    super::refreshed();
}

/// How many lines a grid has; their sign-ins are not counted.
fn rows(table: &Element) -> usize {
    dom::all_in(table, LINES).len()
}
