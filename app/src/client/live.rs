//! Asking again for what the page shows, by hand; and being told when there is more to see. What is new waits behind
//! a button: rows never move under the pointer.

use std::cell::RefCell;

use leptos::wasm_bindgen::JsCast;
use leptos::wasm_bindgen::closure::Closure;
use leptos::web_sys::{Element, Event, EventSource, MessageEvent, MouseEvent};

use super::{dom, navigation, saying};
use crate::text::grid as text;

const SWITCH: &str = "[data-switches-live]";
const BUTTON: &str = "[data-shows-new]";
const STREAM_PATH: &str = "/api/v1/signins/stream";

#[derive(Default)]
struct Live {
    is_on: bool,
    /// The stream, with the list that it is about.
    source: Option<(String, EventSource)>,
    /// The table that the button is about.
    table: Option<Element>,
    /// Told before the stream was opened again.
    earlier: u64,
    /// Told by the stream that is open.
    told: u64,
    /// Request IDs of the first rows before they were asked for again.
    seen: Option<Vec<String>>,
}

thread_local! {
    static LIVE: RefCell<Live> = RefCell::default();
    /// What streams call. All have the same, as nobody could tell when one of its own is not needed any more.
    static ON_NEW: Closure<dyn FnMut(MessageEvent)> = Closure::new(told);
    static ON_ERROR: Closure<dyn FnMut(Event)> = Closure::new(failed);
}

/// Whether new rows are told of.
pub fn is_on() -> bool {
    LIVE.with_borrow(|live| live.is_on)
}

/// Listens for clicks on the commands.
pub fn install() {
    dom::on("click", |event: MouseEvent| {
        if dom::around(&event, "[data-refreshes]").is_some() {
            event.prevent_default();
            show_anew();
        } else if dom::around(&event, BUTTON).is_some() {
            LIVE.with_borrow_mut(|live| live.seen = Some(first_rows()));
            show_anew();
        } else if dom::around(&event, SWITCH).is_some() {
            let is_on = LIVE.with_borrow_mut(|live| {
                live.is_on = !live.is_on;
                live.is_on
            });
            saying::aloud(if is_on { text::LIVE_ON } else { text::LIVE_OFF });
            refreshed();
        }
    });
}

/// Follows the page: the stream is about what it shows, and the switch says whether there is one.
pub fn refreshed() {
    let list = list().unwrap_or_default();
    LIVE.with_borrow_mut(|live| {
        let is_same = live.source.as_ref().is_some_and(|(of, _)| *of == list);
        if !live.is_on || !is_same {
            live.close();
        }
        let table = dom::find("table.grid");
        if live.table != table {
            // It shows what was new.
            hide();
            live.table = table;
        }
        if live.is_on && live.source.is_none() && !list.is_empty() {
            live.source = open(&list).map(|source| (list, source));
        }
        if let Some(switch) = dom::find(SWITCH) {
            let words = if live.is_on { "true" } else { "false" };
            drop(switch.set_attribute("aria-pressed", words));
        }
    });
}

/// Marks the rows that are new, once all of them are there.
pub fn settled() {
    let seen = LIVE.with_borrow_mut(|live| live.seen.take());
    if let Some(seen) = seen {
        mark_new(&seen);
    }
}

/// Offers to show the list anew.
pub fn changed(words: &str) {
    if let Some(button) = dom::find(BUTTON) {
        button.set_text_content(Some(words));
        drop(button.remove_attribute("hidden"));
        saying::aloud(words);
    }
}

impl Live {
    fn close(&mut self) {
        if let Some((_, source)) = self.source.take() {
            source.close();
            // What it told goes with it. Without one, it was the rows themselves that told.
            hide();
        }
        (self.earlier, self.told) = (0, 0);
    }
}

fn hide() {
    if let Some(button) = dom::find(BUTTON) {
        drop(button.set_attribute("hidden", ""));
    }
}

fn show_anew() {
    // What comes from now on is counted from what will be shown.
    LIVE.with_borrow_mut(Live::close);
    hide();
    navigation::refresh();
}

/// The query string of the list that the page shows.
fn list() -> Option<String> {
    let table = dom::find("table.grid")?;
    let address = table
        .get_attribute("data-address")
        .unwrap_or_else(|| navigation::without_beside(&navigation::present()));
    Some(
        address
            .split_once('?')
            .map_or(String::from("?"), |(_, query)| query.to_owned()),
    )
}

fn open(list: &str) -> Option<EventSource> {
    let source =
        EventSource::new(&format!("{STREAM_PATH}?{}", list.trim_start_matches('?'))).ok()?;
    ON_NEW.with(|on_new| {
        // It fails for names of events that are no text only.
        drop(source.add_event_listener_with_callback("new", on_new.as_ref().unchecked_ref()));
    });
    ON_ERROR.with(|on_error| source.set_onerror(Some(on_error.as_ref().unchecked_ref())));
    Some(source)
}

fn told(event: MessageEvent) {
    let Some(rows) = event.data().as_string().and_then(|data| number_in(&data)) else {
        return;
    };
    let number = LIVE.with_borrow_mut(|live| {
        live.told = rows;
        live.earlier + live.told
    });
    match number {
        0 => hide(),
        number => changed(&text::new(number)),
    }
}

fn failed(event: Event) {
    let closed = event
        .target()
        .and_then(|target| target.dyn_into::<EventSource>().ok())
        .is_some_and(|source| source.ready_state() == EventSource::CLOSED);
    LIVE.with_borrow_mut(|live| {
        // A stream that the browser opens again counts anew.
        live.earlier += std::mem::take(&mut live.told);
        if closed {
            live.is_on = false;
        }
    });
    if closed {
        saying::problem(text::LIVE_ENDED);
        refreshed();
    }
}

/// The number in `{"rows":12}`.
fn number_in(data: &str) -> Option<u64> {
    let digits: String = data.chars().filter(char::is_ascii_digit).collect();
    digits.parse().ok()
}

fn first_rows() -> Vec<String> {
    let rows = dom::all_in_document("table.grid tbody[data-page] > tr[id]");
    rows.iter().map(leptos::web_sys::Element::id).collect()
}

/// Marks the rows that were not there before: they fade in once.
fn mark_new(seen: &[String]) {
    for row in dom::all_in_document("table.grid tbody[data-page] > tr[id]") {
        if !seen.contains(&row.id()) {
            drop(row.class_list().add_1("new"));
        }
    }
}
