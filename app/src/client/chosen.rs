//! Choosing rows: boxes, Space, Shift; and the commands for what is chosen.
//!
//! A row that was chosen may be out of the document by now: what the commands need of it is kept.

use std::cell::RefCell;

use leptos::prelude::window;
use leptos::task::spawn_local;
use leptos::wasm_bindgen::JsCast;
use leptos::web_sys::{Element, Event, HtmlElement, HtmlInputElement, MouseEvent};

use super::fetching::{self, FetchError};
use super::{copying, dom, grid_keys, navigation, saying};
use crate::text::grid as text;
use crate::view::pasted;

/// Most records that are read to be copied.
const MOST_RECORDS: usize = 200;

/// What is kept of a chosen row.
#[derive(Clone)]
struct Chosen {
    id: String,
    /// Its number in the grid when it was chosen.
    number: usize,
    /// Its cells, for a table.
    line: String,
    /// Where it is open.
    address: String,
}

#[derive(Default)]
struct State {
    /// In the order of their numbers.
    chosen: Vec<Chosen>,
    /// Labels of the columns of the lines.
    heading: String,
    /// The list that the rows are of.
    list: String,
    /// Where Shift goes on from: a number in the grid.
    anchor: Option<usize>,
}

thread_local! {
    static STATE: RefCell<State> = RefCell::default();
}

/// Listens for clicks.
pub fn install() {
    dom::on("click", |event: MouseEvent| clicked(&event));
    dom::on("change", |event: Event| {
        let Some(element) = dom::around(&event, "table.grid .sel input") else {
            return;
        };
        let is_on = element
            .dyn_ref::<HtmlInputElement>()
            .is_some_and(HtmlInputElement::checked);
        if element.has_attribute("data-chooses-shown") {
            choose_shown(is_on);
        } else if let Ok(Some(row)) = element.closest(grid_keys::SIGN_INS) {
            set(&row, is_on);
            told();
        }
    });
}

/// Marks what is chosen in a page that was exchanged, and forgets it when the list is another one.
pub fn refreshed() {
    let list = navigation::rows_of(&navigation::present());
    STATE.with_borrow_mut(|state| {
        if state.list != list {
            *state = State {
                list,
                ..State::default()
            };
        }
    });
    if let Some(table) = grid_keys::grid() {
        mark(&table);
    }
    show();
}

/// Says how many are chosen, and whether those in view are, once all rows are there.
pub fn settled() {
    show();
}

/// Marks the chosen ones of some rows.
pub fn mark(within: &Element) {
    if STATE.with_borrow(|state| state.chosen.is_empty()) {
        return;
    }
    for row in dom::all_in(within, "tr:is([id], [data-id])") {
        if is_chosen(&row) {
            tick(&row, true);
        }
    }
}

/// Chooses a row, or not any more.
pub fn toggle(row: &Element) {
    set(row, !is_chosen(row));
    told();
}

fn is_chosen(row: &Element) -> bool {
    let id = id_of(row).unwrap_or_default();
    STATE.with_borrow(|state| state.chosen.iter().any(|chosen| chosen.id == id))
}

/// Chooses the rows in view, or leaves them out.
pub fn choose_shown(is_on: bool) -> bool {
    for row in rows_in_view() {
        set(&row, is_on);
    }
    told();
    true
}

/// The rows that are seen, be it in part.
pub fn rows_in_view() -> Vec<Element> {
    let find = || {
        let table = grid_keys::grid()?;
        let scroller = table.closest(".gridscroll").ok()??;
        // The cells of the header stick; the header itself scrolls away.
        let header = dom::find_in(&table, "thead th")?;
        let (top, bottom) = (
            header.get_bounding_client_rect().bottom() + 1.0,
            scroller.get_bounding_client_rect().bottom() - 1.0,
        );
        let mut rows = dom::all_in(&table, grid_keys::SIGN_INS);
        rows.retain(|row| {
            let place = row.get_bounding_client_rect();
            place.bottom() > top && place.top() < bottom
        });
        Some(rows)
    };
    find().unwrap_or_default()
}

/// Goes on with choosing from one row to another, by their numbers in the grid.
pub fn extend(from: usize, to: usize) {
    let anchor = STATE.with_borrow_mut(|state| *state.anchor.get_or_insert(from));
    let (before, now) = (stretch(anchor, from), stretch(anchor, to));
    let Some(table) = grid_keys::grid() else {
        return;
    };
    let mut missing = now.end() - now.start() + 1;
    // The stretch may be far longer than what is in the document.
    for (number, row) in grid_keys::numbered_rows(&table) {
        let is_on = now.contains(&number);
        missing -= usize::from(is_on);
        if is_on || before.contains(&number) {
            set(&row, is_on);
        }
    }
    STATE.with_borrow_mut(|state| state.anchor = Some(anchor));
    if missing > 0 {
        saying::note(text::NOT_ALL_CHOSEN);
    }
    told();
}

/// Chooses nothing any more; false when nothing was chosen.
pub fn clear() -> bool {
    let chosen = STATE.with_borrow_mut(|state| {
        state.anchor = None;
        std::mem::take(&mut state.chosen)
    });
    if let Some(table) = grid_keys::grid().filter(|_| !chosen.is_empty()) {
        for row in dom::all_in(&table, grid_keys::SIGN_INS) {
            if id_of(&row).is_some_and(|id| chosen.iter().any(|one| one.id == id)) {
                tick(&row, false);
            }
        }
    }
    if !chosen.is_empty() {
        show();
        saying::aloud(text::CLEARED);
    }
    !chosen.is_empty()
}

/// Copies a cell; in the column of boxes the rows that are chosen, or else the row.
pub fn copy_cell(cell: &Element) {
    let row = cell.closest(grid_keys::SIGN_INS).ok().flatten();
    match row.filter(|_| cell.class_list().contains("sel")) {
        Some(_) if STATE.with_borrow(|state| !state.chosen.is_empty()) => copy_rows(),
        Some(row) => copy_row(&row),
        None => copying::copy(&words_of(cell), crate::text::frame::COPIED),
    }
}

/// Copies the cells of a row under the labels of their columns.
pub fn copy_row(row: &Element) {
    let words = format!("{}\n{}", heading_of(row), line_of(row));
    copying::copy(&words, &text::copied_rows(1));
}

/// Copies records as they came, by their request IDs.
pub fn copy_records(ids: Vec<String>) {
    if ids.len() > MOST_RECORDS {
        saying::note(text::TOO_MANY_RECORDS);
        return;
    }
    saying::aloud(text::READING_RECORDS);
    spawn_local(async move {
        let mut records = Vec::with_capacity(ids.len());
        for id in &ids {
            let path = format!("/api/v1/signins/{}", fetching::escaped(id));
            match fetching::text(&path).await {
                Ok(answer) => records.extend(record_in(&answer)),
                Err(FetchError::Failed(words)) => return saying::problem(&words),
                Err(FetchError::Abandoned) => return,
            }
        }
        let words = match records.as_slice() {
            [one] => one.clone(),
            many => format!("[\n{}\n]", many.join(",\n")),
        };
        copying::copy(&words, &text::copied_rows(records.len()));
    });
}

/// The record in an answer of the API, letter by letter as it came: it is the last field.
fn record_in(answer: &str) -> Option<String> {
    let (_, record) = answer.split_once("\"record\":")?;
    let record = record.trim_end().strip_suffix('}')?;
    Some(record.trim().to_owned())
}

fn clicked(event: &MouseEvent) {
    let is_at = |selector: &str| dom::around(event, selector);
    if let Some(input) = is_at("table.grid tbody .sel") {
        // The whole cell is the target. With Shift the stretch from the last one on is chosen.
        let row = input.closest(grid_keys::SIGN_INS).ok().flatten();
        let Some(row) = row else { return };
        let anchor = STATE.with_borrow(|state| state.anchor);
        match (anchor, grid_keys::number_of(&row)) {
            (Some(anchor), Some(number)) if event.shift_key() => {
                event.prevent_default();
                // The browser puts a box back whose click is prevented.
                dom::later(0, move || extend(anchor, number));
            }
            _ if dom::target(event).is_some_and(|target| target.tag_name() != "INPUT") => {
                toggle(&row)
            }
            _ => {}
        }
    } else if let Some(command) = is_at("[data-compares-chosen], [data-opens-copying]")
        && command.get_attribute("aria-disabled").as_deref() == Some("true")
    {
        event.prevent_default();
        saying::aloud(&command.get_attribute("title").unwrap_or_default());
    } else if is_at("[data-compares-chosen]").is_some() {
        compare();
    } else if let Some(way) = is_at("[data-copies-chosen]") {
        match way.get_attribute("data-copies-chosen").as_deref() {
            Some("json") => copy_records(all().into_iter().map(|chosen| chosen.id).collect()),
            Some("links") => copy_links(),
            _ => copy_rows(),
        }
        hide_popover_around(&way);
    } else if is_at("[data-clears-chosen]").is_some() {
        clear();
        if let Some(stop) = dom::find("table.grid [tabindex=\"0\"]") {
            grid_keys::focus_cell(&stop);
        }
    }
}

/// Closes the menu that something stands in.
pub fn hide_popover_around(element: &Element) {
    let popover = element.closest("[popover]").ok().flatten();
    if let Some(popover) = popover.and_then(|popover| popover.dyn_into::<HtmlElement>().ok()) {
        // It fails only when the popover is closed already.
        drop(popover.hide_popover());
    }
}

fn all() -> Vec<Chosen> {
    STATE.with_borrow(|state| state.chosen.clone())
}

fn copy_rows() {
    let chosen = all();
    let mut words = STATE.with_borrow(|state| state.heading.clone());
    for one in &chosen {
        words.push('\n');
        words.push_str(&one.line);
    }
    copying::copy(&words, &text::copied_rows(chosen.len()));
}

fn copy_links() {
    let origin = window().location().origin().unwrap_or_default();
    let links: Vec<String> = all()
        .iter()
        .map(|chosen| format!("{origin}{}", chosen.address))
        .collect();
    copying::copy(&links.join("\n"), &text::copied_rows(links.len()));
}

fn compare() {
    if let [one, other] = all().as_slice() {
        let other = fetching::escaped(&other.id);
        navigation::go(&format!("{}&compare={other}", one.address));
    }
}

fn stretch(one: usize, other: usize) -> std::ops::RangeInclusive<usize> {
    one.min(other)..=one.max(other)
}

/// Request ID of a row: of a line that of its newest sign-in, open or not.
pub fn id_of(row: &Element) -> Option<String> {
    let id = row.get_attribute("data-id").unwrap_or_else(|| row.id());
    id.strip_prefix("row-").map(str::to_owned)
}

/// An open line stands for its newest sign-in, which is the first row below it: the other one of such two.
fn twin(row: &Element) -> Option<Element> {
    let beside = match row.has_attribute("data-id") {
        true => row.next_element_sibling(),
        false => row.previous_element_sibling(),
    };
    beside.filter(|beside| id_of(beside).is_some() && id_of(beside) == id_of(row))
}

/// Shift begins anew: rows have other numbers.
pub fn forget_anchor() {
    STATE.with_borrow_mut(|state| state.anchor = None);
}

fn set(row: &Element, is_on: bool) {
    let Some(id) = id_of(row) else { return };
    let number = grid_keys::number_of(row).unwrap_or_default();
    STATE.with_borrow_mut(|state| {
        state.chosen.retain(|chosen| chosen.id != id);
        if is_on {
            let link = dom::find_in(row, "a[data-noscroll]");
            let chosen = Chosen {
                id,
                number,
                line: line_of(row),
                address: link
                    .and_then(|link| link.get_attribute("href"))
                    .unwrap_or_default(),
            };
            let before = state.chosen.iter().filter(|one| one.number < number);
            let place = before.count();
            state.chosen.insert(place, chosen);
            state.heading = heading_of(row);
        }
        state.anchor = Some(number);
    });
    tick(row, is_on);
    if let Some(twin) = twin(row) {
        tick(&twin, is_on);
    }
}

/// Shows in a row whether it is chosen. The open row is marked in any case.
fn tick(row: &Element, is_on: bool) {
    let input =
        dom::find_in(row, ".sel input").and_then(|input| input.dyn_into::<HtmlInputElement>().ok());
    if let Some(input) = input {
        input.set_checked(is_on);
    }
    let is_open = dom::find(".flyout[data-row]")
        .and_then(|flyout| flyout.get_attribute("data-row"))
        .is_some_and(|open| Some(open) == id_of(row));
    match is_on || is_open {
        true => drop(row.set_attribute("aria-selected", "true")),
        false => drop(row.remove_attribute("aria-selected")),
    }
}

/// Says how many are chosen, and shows it.
fn told() {
    let number = STATE.with_borrow(|state| state.chosen.len());
    saying::aloud(&match number {
        0 => text::CLEARED.to_owned(),
        number => text::chosen(number),
    });
    show();
}

/// Shows in the commands what is chosen.
fn show() {
    let number = STATE.with_borrow(|state| state.chosen.len());
    if let Some(words) = dom::find("[data-chosen-number]") {
        words.set_text_content(Some(&match number {
            0 => String::new(),
            number => text::chosen(number),
        }));
    }
    if let Some(clear) = dom::find("[data-clears-chosen]") {
        drop(match number {
            0 => clear.set_attribute("hidden", ""),
            _ => clear.remove_attribute("hidden"),
        });
    }
    turn("[data-compares-chosen]", number == 2, text::COMPARE_NEEDS);
    turn("[data-opens-copying]", number > 0, text::COPY_NEEDS);
    let all = dom::find("[data-chooses-shown]")
        .and_then(|input| input.dyn_into::<HtmlInputElement>().ok());
    if let Some(all) = all {
        let rows = if number > 0 {
            rows_in_view()
        } else {
            Vec::new()
        };
        let is_all = !rows.is_empty() && rows.iter().all(is_chosen);
        all.set_checked(is_all);
        all.set_indeterminate(number > 0 && !is_all);
    }
}

/// Turns a command on, or off with the reason.
fn turn(command: &str, is_on: bool, needs: &str) {
    let Some(command) = dom::find(command) else {
        return;
    };
    if is_on {
        drop(command.remove_attribute("aria-disabled"));
        drop(command.remove_attribute("title"));
    } else {
        drop(command.set_attribute("aria-disabled", "true"));
        drop(command.set_attribute("title", needs));
    }
}

fn heading_of(row: &Element) -> String {
    let table = row.closest("table").ok().flatten();
    let cells = table
        .map(|table| dom::all_in(&table, "thead th"))
        .unwrap_or_default();
    joined(&cells)
}

fn line_of(row: &Element) -> String {
    joined(&dom::all_in(row, ":scope > td:not(.sel, .act)"))
}

fn joined(cells: &[Element]) -> String {
    let words: Vec<String> = cells.iter().map(words_of).collect();
    pasted::line(&words)
}

/// The words of a cell on one line; of a moment all of it, with the year and the zone.
fn words_of(cell: &Element) -> String {
    let moment = dom::find_in(cell, "time").and_then(|time| time.get_attribute("datetime"));
    let words = moment.unwrap_or_else(|| cell.text_content().unwrap_or_default());
    words.split_whitespace().collect::<Vec<_>>().join(" ")
}
