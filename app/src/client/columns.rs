//! The pane with the choice of columns: opening it beside the list, narrowing what it offers, and moving columns
//! by buttons, by keys and by dragging.

use std::cell::RefCell;

use leptos::prelude::document;
use leptos::task::spawn_local;
use leptos::wasm_bindgen::JsCast;
use leptos::web_sys::{Element, Event, HtmlInputElement, KeyboardEvent, MouseEvent, PointerEvent};

use super::fetching::{self, FetchError};
use super::{dom, navigation, saying};
use crate::text::columns as text;

/// Where the pane is put.
const PLACE: &str = "[data-place=columns]";
/// The pane.
const PANE: &str = "[data-place=columns] .pane";
/// The list of the chosen columns.
const SHOWN: &str = "form.columns .shown";

thread_local! {
    /// The line that is being dragged.
    static DRAGGED: RefCell<Option<Element>> = const { RefCell::new(None) };
}

/// Listens for the command and for what happens in the pane.
pub fn install() {
    dom::on("click", clicked);
    dom::on("input", |event: Event| {
        if let Some(field) = dom::around(&event, "[data-finds-column]") {
            narrow(&field);
        }
    });
    dom::on("change", |event: Event| {
        if let Some(line) = dom::around(&event, "form.columns li") {
            ticked(&line);
        }
    });
    dom::on("keydown", |event: KeyboardEvent| {
        if dom::find(PANE).is_some() && dom::around(&event, PANE).is_some() {
            key(&event);
        }
    });
    dom::on("pointerdown", |event: PointerEvent| {
        if let Some(line) = dom::around(&event, "form.columns .handle").and_then(line_of)
            && let Some(handle) = dom::target(&event)
        {
            event.prevent_default();
            // It fails when the pointer is gone already.
            drop(handle.set_pointer_capture(event.pointer_id()));
            drop(line.class_list().add_1("moving"));
            DRAGGED.set(Some(line));
        }
    });
    dom::on("pointermove", |event: PointerEvent| {
        if let Some(line) = DRAGGED.with_borrow(Clone::clone) {
            drag(&line, &event);
        }
    });
    for end in ["pointerup", "pointercancel"] {
        dom::on(end, |_: PointerEvent| {
            if let Some(line) = DRAGGED.take() {
                drop(line.class_list().remove_1("moving"));
                say_place(&line);
            }
        });
    }
}

/// Closes the pane when the page shows another kind of sign-in than it was opened for.
pub fn refreshed() {
    let opened_for = dom::find(PANE)
        .and_then(|pane| pane.query_selector("[name=query]").ok().flatten())
        .and_then(|field| field.get_attribute("value"));
    if let Some(opened_for) = opened_for
        && kind(&opened_for) != kind(&navigation::present())
    {
        close(false);
    }
}

/// The parts of an address that say which kinds of sign-in there are.
fn kind(address: &str) -> Vec<String> {
    let parts = address.split(['?', '&']);
    let parts = parts.filter(|part| part.starts_with("tab=") || part.starts_with("noise="));
    parts.map(str::to_owned).collect()
}

/// Closes the pane; the focus goes back to the command if that is wanted.
pub fn close(focuses: bool) {
    let Some(pane) = dom::find(PANE) else { return };
    pane.remove();
    super::toolbar::fit_to_width();
    if let Some(command) = dom::find("[data-opens-columns]") {
        drop(command.remove_attribute("aria-expanded"));
        if focuses {
            dom::focus(&command);
        }
    }
}

fn clicked(event: MouseEvent) {
    if let Some(command) = dom::around(&event, "[data-opens-columns]") {
        // Another window is asked for with these.
        if event.ctrl_key() || event.meta_key() || event.shift_key() {
            return;
        }
        event.prevent_default();
        if dom::find(PANE).is_some() {
            close(true);
        } else {
            open(command);
        }
    } else if dom::find(PANE).is_none() {
        // The page of the choice: its links lead on by themselves.
        move_by_button(&event);
    } else if dom::around(&event, "[data-closes-columns]").is_some() {
        event.prevent_default();
        close(true);
    } else if dom::around(&event, "[data-default-columns]").is_some() {
        event.prevent_default();
        defaults();
    } else {
        move_by_button(&event);
    }
}

fn open(command: Element) {
    spawn_local(async move {
        match fetching::part("columns", &navigation::present(), "", None).await {
            Ok(fetched) => {
                if let Some(place) = dom::find(PLACE) {
                    super::places::set_markup(&place, &fetched.markup);
                    drop(command.set_attribute("aria-expanded", "true"));
                    super::toolbar::fit_to_width();
                    if let Some(field) = dom::find("[data-finds-column]") {
                        dom::focus(&field);
                    }
                }
            }
            Err(FetchError::Failed(words)) => saying::problem(&words),
            Err(FetchError::Abandoned) => {}
        }
    });
}

fn key(event: &KeyboardEvent) {
    match event.key().as_str() {
        "Escape" => {
            event.prevent_default();
            event.stop_propagation();
            close(true);
        }
        "Enter" if dom::around(event, "[data-finds-column]").is_some() => event.prevent_default(),
        "ArrowUp" | "ArrowDown" if event.alt_key() => {
            if let Some(line) = dom::around(event, ".shown li") {
                event.prevent_default();
                step(&line, event.key() == "ArrowUp");
            }
        }
        _ => {}
    }
}

fn move_by_button(event: &MouseEvent) {
    let button = dom::around(event, "form.columns .shown .move button");
    if let Some(button) = button
        && let Some(line) = line_of(button.clone())
    {
        event.prevent_default();
        step(&line, button.get_attribute("name").as_deref() == Some("up"));
    }
}

/// Moves a line by one; the focus stays where it was.
fn step(line: &Element, is_up: bool) {
    let focused = document().active_element();
    let moved = match is_up {
        true => line
            .previous_element_sibling()
            .map(|other| other.before_with_node_1(line)),
        false => line
            .next_element_sibling()
            .map(|other| other.after_with_node_1(line)),
    };
    if moved.is_none() {
        return;
    }
    if let Some(focused) = focused {
        dom::focus(&focused);
    }
    say_place(line);
}

/// Puts the dragged line where the pointer is: after a line that it came down to, before one that it came up to.
fn drag(line: &Element, event: &PointerEvent) {
    /// What `compareDocumentPosition` says of a node that comes later.
    const FOLLOWS: u16 = 4;
    let at = document().element_from_point(event.client_x() as f32, event.client_y() as f32);
    let other = at.and_then(|at| at.closest(&format!("{SHOWN} li")).ok()?);
    let Some(other) = other.filter(|other| !other.is_same_node(Some(line))) else {
        return;
    };
    // They fail only for elements that hold each other.
    drop(match line.compare_document_position(&other) & FOLLOWS {
        0 => other.before_with_node_1(line),
        _ => other.after_with_node_1(line),
    });
}

fn say_place(line: &Element) {
    let Some(list) = line.parent_element() else {
        return;
    };
    let lines = dom::all_in(&list, "li");
    let at = lines
        .iter()
        .position(|other| other.is_same_node(Some(line)));
    saying::aloud(&text::moved(
        &label(line),
        at.map_or(0, |at| at + 1),
        lines.len(),
    ));
}

/// A column that was ticked joins the chosen ones; one that no longer is stays where it stands.
fn ticked(line: &Element) {
    if let Some(list) = dom::find(SHOWN)
        && let Some(tick) = tick(line)
        && tick.checked()
        && !list.contains(Some(line))
    {
        drop(list.append_child(line));
        dom::focus(&tick);
        say_place(line);
    }
    let is_any = chosen().next().is_some();
    if let Some(button) = dom::find("form.columns footer .primary") {
        // It fails for names of attributes that are no names only.
        drop(button.toggle_attribute_with_force("disabled", !is_any));
    }
    if !is_any {
        saying::note(text::ONE_STAYS);
    }
}

fn chosen() -> impl Iterator<Item = Element> {
    let form = dom::find("form.columns");
    let lines = form
        .map(|form| dom::all_in(&form, "li"))
        .unwrap_or_default();
    lines
        .into_iter()
        .filter(|line| tick(line).is_some_and(|tick| tick.checked()))
}

/// Ticks those columns that the view shows by itself, in their order, before the others.
fn defaults() {
    let (Some(form), Some(list)) = (dom::find("form.columns"), dom::find(SHOWN)) else {
        return;
    };
    let lines = dom::all_in(&form, "li");
    for line in &lines {
        if let Some(tick) = tick(line) {
            tick.set_checked(line.has_attribute("data-default"));
        }
    }
    for at in (0..lines.len()).rev() {
        if let Some(line) = dom::find_in(&form, &format!("[data-default=\"{at}\"]")) {
            // It fails only for elements that hold each other.
            drop(list.prepend_with_node_1(&line));
        }
    }
    saying::aloud(text::DEFAULTS);
}

/// Hides what has not the looked-for text in its label.
fn narrow(field: &Element) {
    let (Some(form), Some(field)) = (
        dom::find("form.columns"),
        field.dyn_ref::<HtmlInputElement>(),
    ) else {
        return;
    };
    let wanted = field.value().trim().to_lowercase();
    let hide = |element: &Element, is_hidden: bool| {
        drop(element.toggle_attribute_with_force("hidden", is_hidden));
    };
    let mut is_any = false;
    for section in dom::all_in(&form, "section") {
        let mut is_any_here = false;
        for line in dom::all_in(&section, "li") {
            let is_found = label(&line).to_lowercase().contains(&wanted);
            is_any_here |= is_found;
            hide(&line, !is_found);
        }
        hide(&section, !is_any_here);
        is_any |= is_any_here;
    }
    if let Some(words) = dom::find("[data-no-column]") {
        hide(&words, is_any);
    }
}

fn line_of(element: Element) -> Option<Element> {
    element.closest("li").ok()?
}

fn tick(line: &Element) -> Option<HtmlInputElement> {
    dom::find_in(line, "input")?.dyn_into().ok()
}

fn label(line: &Element) -> String {
    let label = dom::find_in(line, ".t").and_then(|label| label.text_content());
    label.unwrap_or_default()
}
