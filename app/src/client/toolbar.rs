//! The command bar: one stop of the Tab key, arrows from command to command, and a menu for what has no room.

use leptos::prelude::{document, window};
use leptos::web_sys::{Element, Event, FocusEvent, KeyboardEvent};

use super::dom;

/// The bar.
const BAR: &str = "[data-toolbar]";
/// What marks the width that the commands were laid out for.
const FITTED: &str = "data-fitted";
/// What keeps the order of a command.
const AT: &str = "data-at";

/// Listens for arrows, and for windows that change their width.
pub fn install() {
    dom::on("keydown", |event: KeyboardEvent| {
        let Some(bar) = dom::around(&event, BAR) else {
            return;
        };
        let commands = commands(&bar);
        let here = document().active_element();
        let Some(at) = commands
            .iter()
            .position(|command| here.as_ref() == Some(command))
        else {
            return;
        };
        let last = commands.len().saturating_sub(1);
        let to = match event.key().as_str() {
            _ if event.alt_key() || event.ctrl_key() || event.meta_key() => return,
            "ArrowRight" => {
                if at == last {
                    0
                } else {
                    at + 1
                }
            }
            "ArrowLeft" => at.checked_sub(1).unwrap_or(last),
            "Home" => 0,
            "End" => last,
            _ => return,
        };
        event.prevent_default();
        if let Some(command) = commands.get(to) {
            dom::focus(command);
        }
    });
    dom::on("focusin", |event: FocusEvent| {
        let command = dom::around(&event, ".cmd");
        if let Some(command) = command
            && let Some(bar) = command.closest(BAR).ok().flatten()
            && command.closest("[popover]").ok().flatten().is_none()
        {
            rove(&bar, Some(&command));
        }
    });
    dom::listen(window().as_ref(), "resize", |_: Event| fit_to_width());
}

/// Lays the commands out anew where they or the width are others.
pub fn refreshed() {
    let Some(bar) = dom::find(BAR) else { return };
    if bar.has_attribute(FITTED) {
        // What came may have changed the width; measuring it now would keep the paint waiting.
        dom::after_paint(fit_to_width);
    } else {
        fit_to_width();
    }
    rove(&bar, document().active_element().as_ref());
}

/// Lays the commands out anew where the width is another one, at once.
pub fn fit_to_width() {
    let Some(bar) = dom::find(BAR) else { return };
    let width = bar.client_width().to_string();
    if bar.get_attribute(FITTED).as_deref() != Some(width.as_str()) {
        fit(&bar);
        drop(bar.set_attribute(FITTED, &width));
        rove(&bar, document().active_element().as_ref());
    }
}

/// The commands of the bar that are to be seen, not those of its menu.
fn commands(bar: &Element) -> Vec<Element> {
    let mut commands = dom::all_in(bar, ".cmd");
    commands.retain(|command| {
        command
            .closest("[popover], [hidden]")
            .ok()
            .flatten()
            .is_none()
    });
    commands
}

/// Makes one command the stop of the Tab key: this one if it is of the bar, or the one that was.
fn rove(bar: &Element, wanted: Option<&Element>) {
    let commands = commands(bar);
    let is_stop = |command: &Element| command.get_attribute("tabindex").as_deref() == Some("0");
    let is_wanted = |command: &Element| wanted.is_some_and(|wanted| wanted == command);
    let at = commands.iter().position(is_wanted);
    let at = at
        .or_else(|| commands.iter().position(is_stop))
        .unwrap_or_default();
    for (index, command) in commands.iter().enumerate() {
        let stop = if index == at { "0" } else { "-1" };
        drop(command.set_attribute("tabindex", stop));
    }
}

/// Puts what does not fit into the menu, from the right.
fn fit(bar: &Element) {
    let (Some(more), Some(menu)) = (
        dom::find_in(bar, ".more"),
        dom::find_in(bar, ".more [popover]"),
    ) else {
        return;
    };
    put_back(bar, &more, &menu);
    drop(more.set_attribute("hidden", ""));
    if !is_too_wide(bar) {
        return;
    }
    drop(more.remove_attribute("hidden"));
    let mut movable = children(bar);
    movable.retain(|child| {
        !child.is_same_node(Some(&more))
            && (child.matches(".cmd").unwrap_or(false) || child.matches(".anchor").unwrap_or(false))
    });
    while is_too_wide(bar) {
        let Some(last) = movable.pop() else { return };
        drop(menu.prepend_with_node_1(&last));
        for command in std::iter::once(last.clone()).chain(dom::all_in(&last, ".cmd")) {
            drop(command.remove_attribute("tabindex"));
        }
    }
}

fn is_too_wide(bar: &Element) -> bool {
    bar.scroll_width() > bar.client_width()
}

fn children(of: &Element) -> Vec<Element> {
    let children = of.children();
    (0..children.length())
        .filter_map(|index| children.item(index))
        .collect()
}

/// All commands in the bar, in the order in which the server wrote them.
fn put_back(bar: &Element, more: &Element, menu: &Element) {
    let here = children(bar);
    for (at, child) in here.iter().enumerate() {
        if !child.has_attribute(AT) {
            drop(child.set_attribute(AT, &at.to_string()));
        }
    }
    let moved = children(menu);
    if moved.is_empty() {
        return;
    }
    let at = |child: &Element| {
        let at = child
            .get_attribute(AT)
            .and_then(|at| at.parse::<usize>().ok());
        at.unwrap_or(usize::MAX)
    };
    for command in moved {
        let next = children(bar)
            .into_iter()
            .find(|child| at(child) > at(&command));
        let next = next.unwrap_or_else(|| more.clone());
        // It fails only for elements that hold each other.
        drop(next.before_with_node_1(&command));
    }
}
