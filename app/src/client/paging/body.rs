//! The bodies of the table: one for each page of rows, and room for those that are not there.

use leptos::prelude::document;
use leptos::web_sys::Element;

use super::range::Range;
use crate::client::{dom, grid_keys};

/// Says which page a body is.
const PAGE: &str = "data-page";
/// Marks a body of a page whose rows have not come yet.
const EMPTY: &str = "data-empty";
/// Marks a body that keeps room for several pages.
const ROOM: &str = "data-room";

/// Puts the bodies of these pages, and no others, into the table, each at its place.
pub fn lay_out(table: &Element, pages: &[usize], total: usize, page_rows: usize, range: &Range) {
    for body in dom::all_in(table, "tbody[data-page]") {
        if page_of(&body).is_none_or(|page| !pages.contains(&page)) {
            body.remove();
        }
    }
    let mut cursor = dom::find_in(table, "tbody");
    let mut at_px = 0.0;
    for page in pages {
        let first = page * page_rows;
        let rows = page_rows.min(total - first);
        let height_px = rows_px(rows, range);
        // The page of the focus may be further away than what is scrolled through.
        let place_px = range.place_px(first);
        let place_px = place_px.min(range.scrolled_px() - height_px).max(at_px);
        keep_room(table, &mut cursor, place_px - at_px);
        keep_page(table, &mut cursor, *page, height_px);
        at_px = place_px + height_px;
    }
    keep_room(table, &mut cursor, range.scrolled_px() - at_px);
    while let Some(body) = cursor {
        cursor = body.next_element_sibling();
        body.remove();
    }
}

fn rows_px(rows: usize, range: &Range) -> f64 {
    range.place_px(rows) - range.place_px(0)
}

/// The page that an element stands in.
pub fn page_around(table: &Element, element: &Element) -> Option<usize> {
    let body = element.closest("tbody[data-page]").ok()??;
    page_of(&body).filter(|_| table.contains(Some(&body)))
}

/// The pages whose rows have not come yet.
pub fn empty_pages(table: &Element) -> Vec<usize> {
    let empty = dom::all_in(table, "tbody[data-empty]");
    empty.iter().filter_map(page_of).collect()
}

/// Puts the rows that came for a page into the document, where they are still wanted; and gives their body.
pub fn put_rows(table: &Element, page: usize, came: &Element) -> Option<Element> {
    let waiting = dom::find_in(table, &format!("tbody[data-page=\"{page}\"][data-empty]"))?;
    let body = dom::find_in(came, "tbody")?;
    drop(body.set_attribute(PAGE, &page.to_string()));
    grid_keys::take_from_tab_order(&body);
    // It fails for elements that are in no document only.
    drop(waiting.replace_with_with_node_1(&body));
    Some(body)
}

fn page_of(body: &Element) -> Option<usize> {
    body.get_attribute(PAGE)?.parse().ok()
}

/// Sees to it that room stands at the cursor, or none.
fn keep_room(table: &Element, cursor: &mut Option<Element>, height_px: f64) {
    if height_px < 0.5 {
        return;
    }
    let room = cursor.clone().filter(|body| body.has_attribute(ROOM));
    match room {
        Some(room) => {
            *cursor = room.next_element_sibling();
            set_height(&room, height_px);
        }
        None => {
            if let Some(room) = empty_body(ROOM, height_px) {
                insert(table, &room, cursor.as_ref());
            }
        }
    }
}

/// Sees to it that the body of a page stands at the cursor.
fn keep_page(table: &Element, cursor: &mut Option<Element>, page: usize, height_px: f64) {
    while let Some(room) = cursor.clone().filter(|body| body.has_attribute(ROOM)) {
        *cursor = room.next_element_sibling();
        room.remove();
    }
    let present = cursor.clone().filter(|body| page_of(body) == Some(page));
    match present {
        Some(body) => {
            *cursor = body.next_element_sibling();
            if body.has_attribute(EMPTY) {
                set_height(&body, height_px);
            }
        }
        None => {
            if let Some(body) = empty_body(EMPTY, height_px) {
                drop(body.set_attribute(PAGE, &page.to_string()));
                insert(table, &body, cursor.as_ref());
            }
        }
    }
}

fn insert(table: &Element, body: &Element, before: Option<&Element>) {
    // It fails only for elements that hold what is put into them.
    drop(table.insert_before(body, before.map(AsRef::as_ref)));
}

/// A body with one empty row of this height, which nobody reads.
fn empty_body(mark: &str, height_px: f64) -> Option<Element> {
    let body = document().create_element("tbody").ok()?;
    drop(body.set_attribute(mark, ""));
    drop(body.set_attribute("aria-hidden", "true"));
    body.set_inner_html("<tr><td colspan=\"1000\"></td></tr>");
    set_height(&body, height_px);
    Some(body)
}

fn set_height(body: &Element, height_px: f64) {
    let cell = dom::find_in(body, "td").and_then(dom::html);
    if let Some(cell) = cell {
        let height = format!("{}px", dom::whole_px(height_px));
        let style = cell.style();
        if style.get_property_value("height").ok().as_deref() != Some(&height) {
            // It fails for names of properties that are no names only.
            drop(style.set_property("height", &height));
        }
    }
}
