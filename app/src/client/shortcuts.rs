//! Keyboard shortcuts. Single letters act only where nobody writes, and not when the reader switched them off;
//! what each does is in `text::shortcuts`.

use std::cell::Cell;

use leptos::prelude::document;
use leptos::task::spawn_local;
use leptos::wasm_bindgen::JsCast;
use leptos::web_sys::{
    Element, Event, HtmlDialogElement, HtmlInputElement, KeyboardEvent, MouseEvent, UrlSearchParams,
};

use super::{cell_verbs, dom, fetching, flyout_keys, grid_keys, navigation, places, posting};

/// The field that searches what the page lists: none of a list that is opened.
const SEARCH: &str = "main [type=search]:not([popover] *)";
/// How long the first of two keys waits for the second, in milliseconds.
const WAITS_MS: f64 = 1_500.0;

thread_local! {
    /// When `g` was pressed, if that was the last key.
    static LEADING: Cell<Option<f64>> = const { Cell::new(None) };
}

/// Listens for keys, for the help button and for the switch.
pub fn install() {
    dom::on("keydown", pressed);
    dom::on("click", |event: MouseEvent| {
        let is_plain = !(event.ctrl_key() || event.meta_key() || event.shift_key());
        if is_plain && dom::around(&event, "[data-opens-shortcuts]").is_some() {
            event.prevent_default();
            help();
        }
    });
    dom::on("change", |event: Event| {
        if let Some(form) = dom::around(&event, "[data-shortcut-switch]")
            && let Some(switch) =
                dom::target(&event).and_then(|switch| switch.dyn_into::<HtmlInputElement>().ok())
        {
            switched(&form, switch.checked());
        }
    });
}

fn pressed(event: KeyboardEvent) {
    let key = event.key();
    if (event.ctrl_key() || event.meta_key()) && !event.alt_key() && key.eq_ignore_ascii_case("k") {
        event.prevent_default();
        find();
        return;
    }
    let is_other =
        event.ctrl_key() || event.meta_key() || event.alt_key() || event.default_prevented();
    if is_other || dom::is_writing(&event) || !is_on() || is_covered() {
        LEADING.set(None);
        return;
    }
    let now = event.time_stamp();
    let is_second = LEADING.take().is_some_and(|before| now - before < WAITS_MS);
    let is_done = match (is_second, key.as_str()) {
        (true, "/") => find(),
        (_, "g") => {
            LEADING.set(Some(now));
            false
        }
        (true, ",") => commands(),
        (true, ".") => frame(),
        (_, "/") => focus(SEARCH),
        (_, "j") => row(false),
        (_, "k") => row(true),
        (_, "o") => click_in_row("a[data-noscroll]") || click_in_row("a[href]"),
        (_, "f") => click("[data-adds] .pill button") || click(".filters .pill button"),
        (_, "x") => cell_verbs::press("only"),
        (_, "w") => cell_verbs::press("without"),
        (_, "c") => click("[data-opens-columns]"),
        (_, "r") => click("[data-refreshes]"),
        (_, "?") => {
            help();
            true
        }
        _ => false,
    };
    if is_done {
        event.prevent_default();
    }
}

/// Whether letters are shortcuts for this reader.
fn is_on() -> bool {
    let root = document().document_element();
    root.is_none_or(|root| root.get_attribute("data-shortcuts").as_deref() != Some("off"))
}

/// Whether something lies over the page that has keys of its own.
fn is_covered() -> bool {
    dom::find(":popover-open, dialog[open]").is_some()
}

fn find() -> bool {
    focus("#find")
}

fn focus(selector: &str) -> bool {
    let Some(element) = dom::find(selector) else {
        return false;
    };
    dom::focus(&element);
    if let Some(field) = element.dyn_ref::<HtmlInputElement>() {
        field.select();
    }
    true
}

/// To the commands of the page: the one that is their Tab stop.
fn commands() -> bool {
    focus("main [data-toolbar] .cmd[tabindex=\"0\"]")
}

/// To the top bar, and from there to the navigation.
fn frame() -> bool {
    match around_focus(".topbar") {
        Some(_) => focus(".sidenav a[aria-current]") || focus(".sidenav a"),
        None => focus(".topbar .brand"),
    }
}

fn click(selector: &str) -> bool {
    clicked(dom::find(selector))
}

fn clicked(element: Option<Element>) -> bool {
    let Some(element) = element.and_then(dom::html) else {
        return false;
    };
    element.click();
    true
}

fn around_focus(selector: &str) -> Option<Element> {
    document().active_element()?.closest(selector).ok()?
}

fn click_in_row(selector: &str) -> bool {
    clicked(around_focus("tbody tr").and_then(|row| dom::find_in(&row, selector)))
}

/// To the row above or below: with a pane open that of the row, else the focus.
fn row(is_up: bool) -> bool {
    if let Some(address) = flyout_keys::neighbour(is_up) {
        navigation::go(&address);
        return true;
    }
    let next = match around_focus("tbody tr") {
        Some(row) => flyout_keys::next_row(&row, is_up),
        None => dom::find("table.grid tbody tr"),
    };
    let Some(next) = next else { return false };
    if grid_keys::grid().is_some_and(|grid| grid.contains(Some(&next))) {
        // The first one is that behind the box.
        let column = around_focus("td").map_or(1, |cell| grid_keys::column_of(&cell));
        if let Some(cell) = grid_keys::cell_of(&next, column) {
            grid_keys::focus_cell(&cell);
        }
    } else if let Some(link) = dom::find_in(&next, "a[href]") {
        dom::focus(&link);
    }
    true
}

/// Opens the list of shortcuts.
fn help() {
    if let Some(open) = dom::find("#shortcuts") {
        open.remove();
    }
    spawn_local(async move {
        let Ok(fetched) = fetching::part("shortcuts", &navigation::present(), "", None).await
        else {
            return navigation::go("/shortcuts");
        };
        let Some(dialog) = places::read(&fetched.markup) else {
            return;
        };
        let body = document().body();
        if let Some(body) = body
            && body.append_child(&dialog).is_ok()
            && let Some(dialog) = dialog.dyn_ref::<HtmlDialogElement>()
        {
            // It fails only for a dialog that is open.
            drop(dialog.show_modal());
        }
    });
}

/// Takes the choice at once, and has it kept.
fn switched(form: &Element, is_on: bool) {
    if let Some(root) = document().document_element() {
        drop(match is_on {
            true => root.remove_attribute("data-shortcuts"),
            false => root.set_attribute("data-shortcuts", "off"),
        });
    }
    let to = form.get_attribute("action").unwrap_or_default();
    let Ok(fields) = UrlSearchParams::new() else {
        return;
    };
    if is_on {
        fields.append("on", "yes");
    }
    spawn_local(async move {
        posting::send(&to, &fields).await;
    });
}
