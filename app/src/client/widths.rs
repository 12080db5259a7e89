//! Widths of the grid's columns: by dragging the edge of a header, and by Alt with the arrows in it. They are
//! applied at once, then written into the address, and kept for this kind of sign-in.

use std::cell::{Cell, RefCell};

use leptos::task::spawn_local;
use leptos::web_sys::{Element, KeyboardEvent, MouseEvent, PointerEvent, UrlSearchParams};
use model::Query;

use super::{dom, navigation, posting, saying};
use crate::text::columns as text;

/// The edge of a header.
const GRIP: &str = "th .grip";
/// What a key changes, in pixels.
const STEP_PX: i32 = 8;
/// How long to wait for another key before the width is kept, in milliseconds.
const KEPT_AFTER_MS: i32 = 500;

/// A header whose edge is being dragged.
#[derive(Clone)]
struct Dragged {
    header: Element,
    from_x: i32,
    from_px: i32,
    is_rtl: bool,
}

thread_local! {
    static DRAGGED: RefCell<Option<Dragged>> = const { RefCell::new(None) };
    static KEEPING: Cell<i32> = const { Cell::new(0) };
}

/// Listens for the edges and for the keys.
pub fn install() {
    dom::on("pointerdown", |event: PointerEvent| {
        let header = dom::around(&event, GRIP).and_then(header_of);
        if let Some(header) = header
            && let Some(from_px) = width(&header)
        {
            event.prevent_default();
            if let Some(grip) = dom::target(&event) {
                // It fails when the pointer is gone already.
                drop(grip.set_pointer_capture(event.pointer_id()));
                drop(grip.class_list().add_1("active"));
            }
            DRAGGED.set(Some(Dragged {
                is_rtl: header.matches(":dir(rtl)").unwrap_or(false),
                header,
                from_x: event.client_x(),
                from_px,
            }));
        }
    });
    dom::on("pointermove", |event: PointerEvent| {
        if let Some(dragged) = DRAGGED.with_borrow(Clone::clone) {
            let by = event.client_x() - dragged.from_x;
            let by = if dragged.is_rtl { -by } else { by };
            set(&dragged.header, dragged.from_px + by);
        }
    });
    for end in ["pointerup", "pointercancel"] {
        dom::on(end, |_: PointerEvent| {
            if let Some(dragged) = DRAGGED.take() {
                if let Some(grip) = dom::find_in(&dragged.header, ".grip") {
                    drop(grip.class_list().remove_1("active"));
                }
                keep();
            }
        });
    }
    // The edge is no part of the link that sorts.
    dom::on("click", |event: MouseEvent| {
        if dom::around(&event, GRIP).is_some() {
            event.prevent_default();
        }
    });
    dom::on("keydown", |event: KeyboardEvent| {
        let by = match event.key().as_str() {
            "ArrowLeft" if event.alt_key() => -STEP_PX,
            "ArrowRight" if event.alt_key() => STEP_PX,
            _ => return,
        };
        if let Some(header) = dom::around(&event, "table.grid th")
            && let Some(before_px) = width(&header)
        {
            // The browser would go back a page.
            event.prevent_default();
            set(&header, before_px + by);
            saying::aloud(&text::is_wide(
                &label(&header),
                width(&header)
                    .and_then(|px| px.try_into().ok())
                    .unwrap_or_default(),
            ));
            dom::cancel(KEEPING.get());
            KEEPING.set(dom::later(KEPT_AFTER_MS, keep));
        }
    });
}

fn header_of(grip: Element) -> Option<Element> {
    grip.closest("th").ok()?
}

/// The element that gives a header's column its width.
fn column_of(header: &Element) -> Option<Element> {
    let before = std::iter::successors(
        header.previous_element_sibling(),
        Element::previous_element_sibling,
    );
    let at = u32::try_from(before.count()).ok()?;
    dom::find("table.grid colgroup")?.children().item(at)
}

fn width(header: &Element) -> Option<i32> {
    column_of(header)?.get_attribute("width")?.parse().ok()
}

fn set(header: &Element, width_px: i32) {
    let limits_px = Query::WIDTHS_PX;
    let least_px = i32::from(*limits_px.start());
    let width_px = width_px
        .clamp(least_px, i32::from(*limits_px.end()))
        .to_string();
    if let Some(column) = column_of(header) {
        // They fail for names of attributes that are no names only.
        drop(column.set_attribute("width", &width_px));
    }
    if let Some(grip) = dom::find_in(header, ".grip") {
        drop(grip.set_attribute("aria-valuenow", &width_px));
    }
}

fn label(header: &Element) -> String {
    header.get_attribute("aria-label").unwrap_or_default()
}

/// Writes the widths of columns that are not as wide as by themselves into the address, and has them kept.
fn keep() {
    let Some(head) = dom::find("table.grid thead") else {
        return;
    };
    let widths = dom::all_in(&head, "th[data-column]:not([data-column=\"\"])")
        .into_iter()
        .filter_map(|header| {
            let width_px = width(&header)?.to_string();
            let is_usual = header.get_attribute("data-width").as_deref() == Some(width_px.as_str());
            let column = header.get_attribute("data-column")?;
            (!is_usual).then(|| format!("{column}:{width_px}"))
        });
    let widths = widths.collect::<Vec<_>>().join(",");
    let present = navigation::present();
    let rows = navigation::rows_of(&present);
    let address = navigation::with_part(&present, "widths", &widths);
    let query = address.split_once('?').map_or("", |(_, query)| query);
    let Ok(fields) = UrlSearchParams::new() else {
        return;
    };
    fields.append("query", query);
    spawn_local(async move {
        let Some(address) = posting::send("/preferences/columns", &fields).await else {
            return;
        };
        // Other rows may have been asked for by now, or another one opened.
        let present = navigation::present();
        if navigation::rows_of(&present) == rows {
            navigation::say(&navigation::with_beside_of(&address, &present));
        }
    });
}
