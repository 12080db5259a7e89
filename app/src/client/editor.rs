//! Editors of filters: the values of the column with their numbers, fetched when the editor opens and when
//! something is looked for in them. What the page came with is there before, and stays when nothing comes.

use std::cell::Cell;

use leptos::prelude::document;
use leptos::task::spawn_local;
use leptos::wasm_bindgen::JsCast;
use leptos::web_sys::js_sys::JsString;
use leptos::web_sys::{Element, Event, HtmlInputElement, HtmlSelectElement, KeyboardEvent};

use super::fetching::{self, FetchError};
use super::{dom, navigation, places, saying, value_list};

/// How long nobody types before what is looked for is asked, in milliseconds.
const PAUSE_MS: i32 = 150;
/// Marks an editor that opens for its actions rather than its values.
pub const TO_ACTIONS: &str = "data-to-actions";

thread_local! {
    static TIMER: Cell<i32> = const { Cell::new(0) };
}

/// Listens for editors that open and close, and for what is entered.
pub fn install() {
    dom::on("toggle", |event: Event| {
        let Some(editor) = dom::target(&event) else {
            return;
        };
        if let Some(form) = dom::find_in(&editor, "form[data-edits]") {
            match dom::is_open(&editor) {
                true => opened(&editor, form),
                false => closed(&form),
            }
        }
    });
    dom::on("input", |event: Event| {
        if let (Some(field), Some(form)) = (dom::around(&event, "[data-finds]"), form_of(&event)) {
            dom::cancel(TIMER.get());
            TIMER.set(dom::later(PAUSE_MS, move || {
                load(form, dom::value(&field));
            }));
        }
    });
    dom::on("change", |event: Event| {
        if let (Some(_), Some(form)) = (dom::around(&event, "[name=fop]"), form_of(&event)) {
            sync(&form);
        }
    });
    dom::on("keydown", |event: KeyboardEvent| {
        let popover = dom::around(&event, "[popover]");
        if event.key() == "Enter"
            && (event.ctrl_key() || event.meta_key())
            && let Some(popover) = popover
        {
            event.prevent_default();
            dom::click_in(&popover, "footer .primary");
        }
    });
}

fn form_of(event: &Event) -> Option<Element> {
    dom::around(event, "form[data-edits]")
}

fn opened(editor: &Element, form: Element) {
    let place = match editor.has_attribute(TO_ACTIONS) {
        true => ".acts a",
        false => "[data-ticks] input, [data-texts] input",
    };
    drop(editor.remove_attribute(TO_ACTIONS));
    // It is opened again with what was written when a page came meanwhile.
    if let Some(first) = dom::find_in(&form, place).filter(|_| !dom::has_focus(editor)) {
        dom::focus(&first);
    }
    sync(&form);
    if form.has_attribute("data-listed") {
        let looked_for = dom::find_in(&form, "[data-finds]").map(|field| dom::value(&field));
        load(form, looked_for.unwrap_or_default());
    }
}

/// What was looked for and ticked is given up; the page says what is set.
fn closed(form: &Element) {
    drop(form.remove_attribute("data-asked"));
    show_list(form, false);
    if let Some(slot) = dom::find_in(form, "[data-options]") {
        slot.set_inner_html("");
    }
    for field in dom::all_in(form, "[data-texts] input") {
        set_disabled(&field, false);
    }
}

fn load(form: Element, looked_for: String) {
    drop(form.set_attribute("data-asked", &looked_for));
    let attribute = |name| form.get_attribute(name).unwrap_or_default();
    let parameters = format!(
        "column={}&index={}&text={}",
        attribute("data-edits"),
        attribute("data-index"),
        fetching::escaped(&looked_for)
    );
    spawn_local(async move {
        let answer = fetching::part("editor", &navigation::present(), &parameters, None).await;
        // Something else may have been looked for meanwhile, or the editor closed.
        if form.get_attribute("data-asked") != Some(looked_for) {
            return;
        }
        match answer {
            Ok(fetched) => put(&form, &fetched.markup),
            Err(FetchError::Failed(words)) => saying::problem(&words),
            Err(FetchError::Abandoned) => {}
        }
    });
}

fn put(form: &Element, markup: &JsString) {
    let (Some(came), Some(slot)) = (places::read(markup), dom::find_in(form, "[data-options]"))
    else {
        return;
    };
    let is_first = slot.child_element_count() == 0;
    let hint = came.get_attribute("data-hint").unwrap_or_default();
    let focused = document().active_element();
    value_list::exchange(form, &slot, &came);
    if let Some(line) = dom::find_in(form, "footer [data-hint]") {
        line.set_text_content(Some(&hint));
    }
    if !is_first {
        return;
    }
    show_list(form, true);
    begin_with_list(form);
    sync(form);
    // What had the focus may be hidden now.
    let was_in = focused.is_some_and(|element| {
        element
            .closest("[data-ticks], [data-texts]")
            .is_ok_and(|found| found.is_some())
    });
    let is_listing = dom::find_in(form, "option[data-takes=values]:checked").is_some();
    if let Some(field) = dom::find_in(form, "[data-finds]").filter(|_| was_in && is_listing) {
        dom::focus(&field);
    }
}

/// A new filter begins with the list, unless something was chosen or written already.
fn begin_with_list(form: &Element) {
    let is_new = !form.has_attribute("data-index");
    let is_blank = dom::all_in(form, "[data-texts] input")
        .iter()
        .all(|field| dom::value(field).is_empty());
    let (Some(select), Some(listed)) = (operators(form), form.get_attribute("data-listed")) else {
        return;
    };
    let is_untouched = dom::find_in(form, "option[selected]:checked").is_some();
    if is_new && is_blank && is_untouched {
        select.set_value(&listed);
    }
}

/// Makes a text what is filtered by: as something that values contain, or as the value where they are no
/// texts.
pub fn take_text(form: &Element, text: &str) {
    let Some(field) = dom::find_in(form, "[data-texts] input").filter(|_| !text.is_empty()) else {
        return;
    };
    let is_turned = dom::find_in(form, "option[value=nin]:checked").is_some();
    let operator = if is_turned { "ncontains" } else { "contains" };
    if let Some(select) = operators(form)
        && dom::find_in(form, &format!("option[value={operator}]")).is_some()
    {
        select.set_value(operator);
    }
    if let Some(field) = field.dyn_ref::<HtmlInputElement>() {
        field.set_value(text);
        field.set_disabled(false);
    }
}

fn operators(form: &Element) -> Option<HtmlSelectElement> {
    dom::find_in(form, "[name=fop]")?.dyn_into().ok()
}

fn show_list(form: &Element, is_shown: bool) {
    if let Some(list) = dom::find_in(form, "[data-list]") {
        dom::set_hidden(&list, !is_shown);
    }
    if let Some(ticks) = dom::find_in(form, "[data-ticks]") {
        dom::set_hidden(&ticks, is_shown);
        for field in dom::all_in(&ticks, "input") {
            set_disabled(&field, is_shown);
        }
    }
}

/// Fields that the operator does not take are not sent.
fn sync(form: &Element) {
    let takes = dom::find_in(form, "[name=fop] option:checked")
        .and_then(|option| option.get_attribute("data-takes"));
    let has_list = dom::find_in(form, "[data-list]:not([hidden]), [data-ticks] fieldset").is_some();
    let is_off = match takes.as_deref() {
        Some("text") => false,
        Some("values") => has_list,
        _ => true,
    };
    for field in dom::all_in(form, "[data-texts] input") {
        set_disabled(&field, is_off);
    }
}

fn set_disabled(field: &Element, is_disabled: bool) {
    if let Some(field) = field.dyn_ref::<HtmlInputElement>() {
        field.set_disabled(is_disabled);
    }
}
