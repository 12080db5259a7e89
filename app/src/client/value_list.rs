//! Lists of values: arrows, Space, letters, and clicks. The box of an option is hidden and says what is sent.

use std::cell::RefCell;

use leptos::prelude::document;
use leptos::wasm_bindgen::JsCast;
use leptos::web_sys::{Element, HtmlInputElement, KeyboardEvent, MouseEvent};

use super::{dom, forms, live};

/// A value in the list.
const LINE: &str = ".opt[role]";
/// How long after a letter the next one belongs to it, in milliseconds.
const SAME_WORD_MS: f64 = 700.0;

thread_local! {
    /// The letters typed so far, and when the last one was.
    static TYPED: RefCell<(String, f64)> = const { RefCell::new((String::new(), 0.0)) };
}

/// Listens for clicks and keys.
pub fn install() {
    dom::on("click", |event: MouseEvent| {
        if let Some(line) = dom::around(&event, "[data-options] .opt[role]") {
            toggle(&line);
            enter(&line);
            ask_ahead(&line);
        }
    });
    dom::on("keydown", |event: KeyboardEvent| {
        if event.ctrl_key() || event.meta_key() || event.alt_key() {
            return;
        }
        let is_taken = match dom::around(&event, "[data-options] .opt[role]") {
            Some(line) => in_list(&line, &event.key(), event.time_stamp()),
            None => dom::around(&event, "[data-finds]")
                .is_some_and(|field| in_field(&field, &event.key())),
        };
        if is_taken {
            event.prevent_default();
        }
    });
}

/// Keys in the field over the list.
fn in_field(field: &Element, key: &str) -> bool {
    let Ok(Some(form)) = field.closest("form") else {
        return false;
    };
    match key {
        "ArrowDown" => {
            let first = dom::find_in(&form, "[data-options] .opt[role]");
            first.inspect(enter).is_some()
        }
        // Without anything ticked, the text itself is meant.
        "Enter" => {
            if !lines(&form).iter().any(is_ticked) {
                super::editor::take_text(&form, &dom::value(field));
            }
            dom::click_in(&form, "footer .primary")
        }
        _ => false,
    }
}

fn in_list(line: &Element, key: &str, now_ms: f64) -> bool {
    let Ok(Some(form)) = line.closest("form") else {
        return false;
    };
    let lines = lines(&form);
    let at = lines.iter().position(|other| other == line).unwrap_or(0);
    let last = lines.len().saturating_sub(1);
    let next = match key {
        "ArrowDown" => (at + 1).min(last),
        "ArrowUp" if at == 0 => {
            return dom::find_in(&form, "[data-finds]")
                .inspect(dom::focus)
                .is_some();
        }
        "ArrowUp" => at - 1,
        "Home" => 0,
        "End" => last,
        " " => {
            toggle(line);
            ask_ahead(line);
            return true;
        }
        "Enter" => return dom::click_in(&form, "footer .primary"),
        letter if letter.chars().count() == 1 => match found(&lines, at, letter, now_ms) {
            Some(found) => found,
            None => return true,
        },
        _ => return false,
    };
    if let Some(next) = lines.get(next) {
        enter(next);
    }
    true
}

/// The next line that begins with the letters typed.
fn found(lines: &[Element], at: usize, letter: &str, now_ms: f64) -> Option<usize> {
    let word = TYPED.with_borrow_mut(|(word, last_ms)| {
        if now_ms - *last_ms > SAME_WORD_MS {
            word.clear();
        }
        word.push_str(&dom::lower(letter));
        *last_ms = now_ms;
        word.clone()
    });
    // One letter leads on, more of them stay where they fit.
    let start = if word.len() == letter.len() {
        at + 1
    } else {
        at
    };
    let number = lines.len();
    (start..start + number)
        .map(|place| place % number)
        .find(|place| {
            let words = lines.get(*place).and_then(|line| dom::find_in(line, ".t"));
            words.is_some_and(|words| {
                let words = words.text_content().unwrap_or_default();
                dom::lower(&words).starts_with(&word)
            })
        })
}

/// Gives the focus to a line, the only one that Tab leads to.
fn enter(line: &Element) {
    if let Ok(Some(form)) = line.closest("form") {
        for other in lines(&form) {
            drop(other.set_attribute("tabindex", "-1"));
        }
    }
    drop(line.set_attribute("tabindex", "0"));
    dom::focus(line);
}

fn lines(form: &Element) -> Vec<Element> {
    dom::all_in(form, "[data-options] .opt[role]")
}

fn state_name(line: &Element) -> &'static str {
    match line.get_attribute("role").as_deref() {
        Some("treeitem") => "aria-checked",
        _ => "aria-selected",
    }
}

fn is_ticked(line: &Element) -> bool {
    line.get_attribute(state_name(line)).as_deref() == Some("true")
}

fn set(line: &Element, is_on: bool) {
    drop(line.set_attribute(state_name(line), if is_on { "true" } else { "false" }));
    if let Some(input) = input_of(line) {
        input.set_checked(is_on);
    }
}

fn input_of(line: &Element) -> Option<HtmlInputElement> {
    dom::find_in(line, "input")?.dyn_into().ok()
}

fn toggle(line: &Element) {
    let is_on = !is_ticked(line);
    set(line, is_on);
    for member in members(line) {
        set(&member, is_on);
    }
    if let Some(list) = line.parent_element() {
        count_groups(&list);
    }
}

/// Who ticks a value applies it mostly, and that may be with the next press. Not where new rows are told of: those that
/// come in between would be neither shown nor told.
fn ask_ahead(line: &Element) {
    let form = line.closest("form").ok().flatten();
    if live::is_on() {
        return;
    }
    if let Some(form) = form.and_then(|form| form.dyn_into().ok()) {
        forms::ask_ahead(&form, None);
    }
}

fn is_group(line: &Element) -> bool {
    line.get_attribute("aria-level").as_deref() == Some("1")
}

/// The values of a group.
fn members(line: &Element) -> Vec<Element> {
    let mut members = Vec::new();
    let mut next = line.next_element_sibling().filter(|_| is_group(line));
    while let Some(member) = next.filter(|member| !is_group(member)) {
        next = member.next_element_sibling();
        members.push(member);
    }
    members
}

/// Groups show whether all, some or none of their values are ticked.
fn count_groups(list: &Element) {
    for group in dom::all_in(list, "[aria-level='1']") {
        let members = members(&group);
        let ticked = members.iter().filter(|member| is_ticked(member)).count();
        let state = match ticked {
            0 => "false",
            all if all == members.len() => "true",
            _ => "mixed",
        };
        drop(group.set_attribute("aria-checked", state));
    }
}

/// Puts a list that came in the place of another one, or of the boxes that the page had. What was ticked since
/// stays so, and stays in view.
pub fn exchange(form: &Element, slot: &Element, came: &Element) {
    let before = match slot.child_element_count() {
        0 => dom::all_in(form, "[data-ticks] input"),
        _ => dom::all_in(slot, "input"),
    };
    let before: Vec<HtmlInputElement> = before
        .into_iter()
        .filter_map(|input| input.dyn_into().ok())
        .collect();
    let mut kept = Vec::new();
    let came_lines: Vec<_> = dom::all_in(came, LINE)
        .into_iter()
        .filter_map(|line| Some((input_of(&line)?.value(), line)))
        .collect();
    for input in before {
        let value = input.value();
        match came_lines.iter().find(|(other, _)| *other == value) {
            Some((_, line)) => set(line, input.checked()),
            None if input.checked() => kept.extend(input.closest(LINE).ok().flatten()),
            None => {}
        }
    }
    let list = dom::find_in(came, ".opts").or_else(|| {
        // Nothing matches: the list that was goes on with what is ticked.
        let list = dom::find_in(slot, ".opts").filter(|_| !kept.is_empty())?;
        list.set_inner_html("");
        drop(came.append_child(&list));
        Some(list)
    });
    slot.set_inner_html("");
    drop(slot.append_child(came));
    if let Some(list) = list {
        for line in kept.iter().rev() {
            drop(list.insert_before(line, list.first_child().as_ref()));
        }
        count_groups(&list);
    }
    // Whoever stood in the list that is gone stands in the field over it again.
    let is_lost = document()
        .active_element()
        .is_none_or(|element| element.tag_name() == "BODY");
    if let Some(field) = dom::find_in(form, "[data-finds]").filter(|_| is_lost) {
        dom::focus(&field);
    }
}
