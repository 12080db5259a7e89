//! Any number of rows: the scroll bar stands for all of them, and those near the view are in the document.
//!
//! Each page of rows is a `tbody`. One that is far from the view is taken out, and an empty `tbody` keeps room for
//! it. All positions follow from one height of rows, which the style guarantees. Where they are more than a
//! browser can scroll through, the scroll bar is shorter than the rows, and [`range`] says what it stands for.

mod body;
mod range;

use std::cell::RefCell;

use leptos::prelude::{document, window};
use leptos::task::spawn_local;
use leptos::wasm_bindgen::JsCast;
use leptos::wasm_bindgen::closure::Closure;
use leptos::web_sys::js_sys::JsString;
use leptos::web_sys::{AbortController, Element, Event};

use self::range::Range;
use super::fetching::{self, FetchError};
use super::{chosen, dom, grid_keys, live, places, saying};
use crate::text::grid as text;
use crate::view::grid::ROWS_PER_BODY as PAGE_ROWS;

/// Rows before and behind the view that are read ahead.
const AHEAD_ROWS: usize = 60;
/// Height of a row before one was measured, in pixels.
const USUAL_ROW_PX: f64 = 32.0;
/// How long the view has to rest after a leap before rows are read, in milliseconds.
const REST_MS: i32 = 80;
/// The grid that says how many rows there are.
const GRID: &str = "table.grid[data-total][data-address]";

thread_local! {
    static PAGED: RefCell<Option<Paged>> = const { RefCell::new(None) };
}

struct Paged {
    table: Element,
    scroller: Element,
    total: usize,
    range: Range,
    /// Whether the height of a row is one that a row had.
    is_measured: bool,
    /// Pages that are on their way.
    asked: Vec<(usize, AbortController)>,
    /// Whether a look at the view is planned for the next frame.
    is_planned: bool,
    /// The timer that waits for the view to rest.
    rest: Option<i32>,
    /// Row number in the grid and column that get the focus once their row is there.
    wanted_focus: Option<(usize, usize)>,
}

/// Listens for what moves the view.
pub fn install() {
    dom::on("scroll", |event: Event| {
        let is_ours = PAGED.with_borrow(|paged| {
            let scroller = paged.as_ref().map(|paged| &paged.scroller);
            scroller.is_some_and(|scroller| dom::target(&event).as_ref() == Some(scroller))
        });
        if is_ours {
            plan();
        }
    });
    dom::listen(&window(), "resize", |_: Event| measure_again());
}

/// Takes over the grid that the server wrote.
pub fn refreshed() {
    let table = dom::find(GRID);
    let is_same =
        PAGED.with_borrow(|paged| paged.as_ref().map(|paged| &paged.table) == table.as_ref());
    if is_same {
        return;
    }
    let before = PAGED.take();
    PAGED.set(table.and_then(|table| begin(table, before)));
    // What is in the document is laid out for the first paint, which further rows are not to come before.
    PAGED.with_borrow_mut(|paged| {
        if let Some(paged) = paged {
            paged.lay_out();
        }
    });
    dom::after_paint(look);
}

/// Measures the rows again: their height may be another one. Then the first row in view stays where it is.
pub fn measure_again() {
    PAGED.with_borrow_mut(|paged| {
        let Some(paged) = paged else { return };
        let Some(row_px) = row_px(&paged.table) else {
            paged.is_measured = false;
            return;
        };
        paged.is_measured = true;
        if (row_px - paged.range.row_px).abs() > 0.01 {
            let first = paged.range.position_px() / paged.range.row_px;
            let (view_px, above_px) = (paged.range.view_px, paged.range.above_px);
            paged.range = Range::new(paged.total, row_px, view_px, above_px);
            let top = paged.range.go_to(first * row_px);
            scroll(&paged.scroller, top);
        }
    });
    look();
}

/// Number of rows of the grid, the header not counted; `None` where it is not paged.
pub fn total() -> Option<usize> {
    PAGED.with_borrow(|paged| paged.as_ref().map(|paged| paged.total))
}

/// How many rows the view shows whole.
pub fn rows_in_view() -> usize {
    PAGED.with_borrow(|paged| match paged {
        Some(paged) => paged.range.rows_in_view().max(1),
        None => 10,
    })
}

/// Brings a row into view, by its number in the grid, and gives the focus to a cell of it; at once where the row is
/// there, else once it has come.
pub fn focus(number: usize, column: usize) {
    let is_paged = PAGED.with_borrow_mut(|paged| {
        let Some(paged) = paged else { return false };
        // The header is the first row.
        if let Some(index) = number.checked_sub(2) {
            if let Some(top) = paged.range.show(index) {
                scroll(&paged.scroller, top);
            }
            paged.wanted_focus = Some((number, column));
        }
        true
    });
    if is_paged {
        look();
    }
    grant_focus();
}

/// Nobody waits for a row any more.
pub fn forget_focus() {
    PAGED.with_borrow_mut(|paged| {
        if let Some(paged) = paged {
            paged.wanted_focus = None;
        }
    });
}

/// Takes over a table that came in the place of another one.
fn begin(table: Element, before: Option<Paged>) -> Option<Paged> {
    let scroller = table.closest(".gridscroll").ok()??;
    let total = table.get_attribute("data-total")?.parse().ok()?;
    if total > PAGE_ROWS {
        drop(table.set_attribute("data-paged", ""));
    }
    let is_known = |before: &Paged| before.scroller == scroller && before.is_measured;
    let mut is_measured = true;
    let range = match before.filter(is_known) {
        // Its rows are as high, and measuring these now would work out a layout that is about to change.
        Some(Paged { range, .. }) => Range::new(total, range.row_px, range.view_px, range.above_px),
        None => {
            let measured_px = row_px(&table);
            is_measured = measured_px.is_some();
            let above_px = dom::find_in(&table, "thead")
                .map_or(0.0, |head| head.get_bounding_client_rect().height());
            let view_px = f64::from(scroller.client_height()) - above_px;
            Range::new(
                total,
                measured_px.unwrap_or(USUAL_ROW_PX),
                view_px,
                above_px,
            )
        }
    };
    Some(Paged {
        range,
        is_measured,
        table,
        scroller,
        total,
        asked: Vec::new(),
        is_planned: false,
        rest: None,
        wanted_focus: None,
    })
}

/// Height of a row, in pixels, where there is one.
fn row_px(table: &Element) -> Option<f64> {
    let row = dom::find_in(table, "tbody > tr[id]")?;
    Some(row.get_bounding_client_rect().height()).filter(|height| *height > 1.0)
}

/// Looks at the view in the next frame, once.
fn plan() {
    let is_new = PAGED.with_borrow_mut(|paged| match paged {
        Some(paged) => !std::mem::replace(&mut paged.is_planned, true),
        None => false,
    });
    if is_new {
        let look = Closure::once_into_js(look);
        // It fails for what is no function only.
        drop(window().request_animation_frame(look.unchecked_ref()));
    }
}

/// Puts the pages near the view into the document and asks for those that are missing.
fn look() {
    let leapt = PAGED.with_borrow_mut(|paged| paged.as_mut().map(Paged::look));
    match leapt {
        Some(true) => PAGED.with_borrow_mut(|paged| {
            if let Some(paged) = paged {
                if let Some(timer) = paged.rest.take() {
                    dom::cancel(timer);
                }
                paged.rest = Some(dom::later(REST_MS, ask));
            }
        }),
        Some(false) => ask(),
        None => {}
    }
}

impl Paged {
    /// Says whether the view leapt.
    fn look(&mut self) -> bool {
        self.is_planned = false;
        self.range.view_px = f64::from(self.scroller.client_height()) - self.range.above_px;
        let top = f64::from(self.scroller.scroll_top());
        let (has_leapt, corrected) = self.range.moved(top);
        if let Some(top) = corrected {
            scroll(&self.scroller, top);
        }
        self.lay_out();
        has_leapt
    }

    /// Puts the pages near the view into the document.
    fn lay_out(&mut self) {
        let (first, last) = self.range.rows();
        say_which(first, last);
        let pages = self.pages(first, last);
        self.asked.retain(|(page, controller)| {
            let is_wanted = pages.contains(page);
            if !is_wanted {
                controller.abort();
            }
            is_wanted
        });
        body::lay_out(&self.table, &pages, self.total, PAGE_ROWS, &self.range);
        // What went out of the document may have had the Tab stop.
        grid_keys::keep_stop(&self.table);
        self.say_whether_busy();
    }

    /// The pages near the view, and that of the focus.
    fn pages(&self, first: usize, last: usize) -> Vec<usize> {
        if self.total == 0 {
            return Vec::new();
        }
        let from = first.saturating_sub(AHEAD_ROWS) / PAGE_ROWS;
        let to = (last + AHEAD_ROWS).min(self.total - 1) / PAGE_ROWS;
        let mut pages: Vec<usize> = (from..=to).collect();
        let focused = document()
            .active_element()
            .and_then(|element| body::page_around(&self.table, &element));
        if let Some(focused) = focused.filter(|page| !pages.contains(page)) {
            // It stands before or behind those near the view.
            let place = if focused < from { 0 } else { pages.len() };
            pages.insert(place, focused);
        }
        pages
    }

    fn say_whether_busy(&self) {
        match self.asked.is_empty() {
            true => drop(self.table.remove_attribute("aria-busy")),
            false => drop(self.table.set_attribute("aria-busy", "true")),
        }
    }
}

/// Asks for the pages in the document that have no rows yet.
fn ask() {
    let missing = PAGED.with_borrow_mut(|paged| {
        let Some(paged) = paged else {
            return Vec::new();
        };
        let mut missing = Vec::new();
        for page in body::empty_pages(&paged.table) {
            let is_asked = paged.asked.iter().any(|(asked, _)| *asked == page);
            if !is_asked && let Ok(controller) = AbortController::new() {
                paged.asked.push((page, controller.clone()));
                missing.push((page, controller, paged.table.clone()));
            }
        }
        paged.say_whether_busy();
        missing
    });
    for (page, controller, table) in missing {
        spawn_local(read(page, controller, table));
    }
}

async fn read(page: usize, controller: AbortController, table: Element) {
    let address = table.get_attribute("data-address").unwrap_or_default();
    let as_of = table.get_attribute("data-as-of").unwrap_or_default();
    let until = table.get_attribute("data-until").unwrap_or_default();
    let parameters = format!("from_row={}&as_of={as_of}&until={until}", page * PAGE_ROWS);
    let answer = fetching::part("rows", &address, &parameters, Some(&controller)).await;
    if matches!(answer, Err(FetchError::Abandoned)) {
        return;
    }
    PAGED.with_borrow_mut(|paged| {
        if let Some(paged) = paged.as_mut().filter(|paged| paged.table == table) {
            paged.asked.retain(|(asked, _)| *asked != page);
            paged.say_whether_busy();
        }
    });
    match answer {
        Ok(fetched) => arrived(&table, page, &fetched.markup),
        Err(FetchError::Failed(words)) => saying::problem(&words),
        Err(FetchError::Abandoned) => {}
    }
}

fn arrived(table: &Element, page: usize, markup: &JsString) {
    let Some(came) = places::read(markup) else {
        return;
    };
    let total = came.get_attribute("data-total");
    if total != table.get_attribute("data-total") {
        live::changed(text::CHANGED);
    }
    if let Some(rows) = body::put_rows(table, page, &came) {
        chosen::mark(&rows);
        grant_focus();
    }
}

/// Gives the focus to the cell that waits for it, once its row is there.
pub fn grant_focus() {
    let wanted = PAGED.with_borrow(|paged| paged.as_ref()?.wanted_focus);
    if let Some((number, column)) = wanted
        && grid_keys::focus_cell_at(number, column)
    {
        forget_focus();
    }
}

fn scroll(scroller: &Element, top_px: f64) {
    scroller.set_scroll_top(dom::whole_px(top_px));
}

fn say_which(first: usize, last: usize) {
    if let Some(shown) = dom::find("[data-shown-rows]") {
        let words = match first < last {
            true => text::in_view(first + 1, last),
            false => String::new(),
        };
        if shown.text_content().as_deref() != Some(&words) {
            shown.set_text_content(Some(&words));
        }
    }
}
