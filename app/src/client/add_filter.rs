//! The list of columns that can get a filter: searched while one types, and the pill of the chosen column comes
//! with its editor open.

use leptos::task::spawn_local;
use leptos::wasm_bindgen::JsCast;
use leptos::web_sys::{Element, Event, HtmlElement, KeyboardEvent, MouseEvent};

use super::fetching::{self, FetchError};
use super::{dom, navigation, pills, places, saying};

const FIELD: &str = "[data-finds-field]";
const CHOICES: &str = "[data-fields] button:not([hidden])";

/// Listens for the list.
pub fn install() {
    dom::on("toggle", |event: Event| {
        let Some(editor) = dom::target(&event) else {
            return;
        };
        if let Some(field) = dom::find_in(&editor, FIELD) {
            match dom::is_open(&editor) {
                true if dom::has_focus(&editor) => {}
                true => dom::focus(&field),
                false => find(&editor, ""),
            }
        }
    });
    dom::on("input", |event: Event| {
        if let (Some(field), Some(editor)) =
            (dom::around(&event, FIELD), dom::around(&event, "[popover]"))
        {
            find(&editor, &dom::value(&field));
        }
    });
    dom::on("click", |event: MouseEvent| {
        if let Some(choice) = dom::around(&event, "[data-adds] button[name=edit]") {
            event.prevent_default();
            add(&choice);
        }
    });
    dom::on("keydown", |event: KeyboardEvent| {
        let Some(editor) = dom::around(&event, "[data-adds] [popover]") else {
            return;
        };
        if is_taken(&event, &editor) {
            event.prevent_default();
        }
    });
}

fn is_taken(event: &KeyboardEvent, editor: &Element) -> bool {
    let choices = dom::all_in(editor, CHOICES);
    let target = dom::target(event);
    let at = choices
        .iter()
        .position(|choice| Some(choice) == target.as_ref());
    let to = match (event.key().as_str(), at) {
        ("ArrowDown", None) => Some(0),
        ("ArrowDown", Some(at)) => Some(at + 1),
        ("ArrowUp", Some(0)) => {
            return dom::find_in(editor, FIELD).inspect(dom::focus).is_some();
        }
        ("ArrowUp", Some(at)) => Some(at - 1),
        ("Enter", None) => return choices.first().is_some_and(dom::click),
        _ => None,
    };
    match to.map(|to| choices.get(to)) {
        Some(choice) => {
            choice.inspect(|choice| dom::focus(choice));
            true
        }
        None => false,
    }
}

/// Shows the columns whose label has the text.
fn find(editor: &Element, looked_for: &str) {
    let looked_for = dom::lower(looked_for.trim());
    let mut is_any = false;
    for group in dom::all_in(editor, "fieldset") {
        let mut is_in_group = false;
        for choice in dom::all_in(&group, "button") {
            let words = dom::lower(&choice.text_content().unwrap_or_default());
            let is_found = words.contains(&looked_for);
            dom::set_hidden(&choice, !is_found);
            is_in_group |= is_found;
        }
        dom::set_hidden(&group, !is_in_group);
        is_any |= is_in_group;
    }
    if let Some(words) = dom::find_in(editor, "[data-no-field]") {
        let is_empty = dom::find_in(editor, "fieldset").is_none();
        dom::set_hidden(&words, is_any || is_empty);
    }
}

/// Puts the pill of a column in front of the button, and opens its editor.
fn add(choice: &Element) {
    let column = choice.get_attribute("value").unwrap_or_default();
    if let Ok(Some(list)) = choice.closest("[popover]")
        && let Some(list) = list.dyn_ref::<HtmlElement>()
    {
        drop(list.hide_popover());
    }
    // It may have been added before, and given up.
    if open(&column) {
        return;
    }
    spawn_local(async move {
        let parameters = format!("column={column}");
        let answer = fetching::part("pill", &navigation::present(), &parameters, None).await;
        match answer {
            Ok(fetched) => {
                if let (Some(pill), Some(adder)) =
                    (places::read(&fetched.markup), dom::find("[data-adds]"))
                {
                    drop(adder.before_with_node_1(&pill));
                    open(&column);
                }
            }
            Err(FetchError::Failed(words)) => saying::problem(&words),
            Err(FetchError::Abandoned) => {}
        }
    });
}

fn open(column: &str) -> bool {
    let editor = dom::find(&format!(
        "[data-pill='{column}']:has(.unset) > .popover[popover]"
    ));
    editor.inspect(pills::show).is_some()
}
