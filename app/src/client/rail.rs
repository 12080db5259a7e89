//! The fields: counted when they are opened, found by their names, and what is kept in cookies.

use leptos::prelude::document;
use leptos::task::spawn_local;
use leptos::wasm_bindgen::JsCast;
use leptos::web_sys::js_sys::JsString;
use leptos::web_sys::{
    Element, Event, HtmlDocument, HtmlElement, HtmlFormElement, HtmlInputElement, SubmitEvent,
};

use super::fetching::{self, FetchError};
use super::{dom, navigation, places, saying};

/// What stands on a value of a field.
const VALUE: &str = "a[href]";
/// A year.
const KEPT_SECONDS: u32 = 31_536_000;

/// Listens for fields that open, for what is written into searches over names, and for choices.
pub fn install() {
    dom::on("toggle", |event: Event| {
        if let Some(field) = dom::target(&event).filter(|field| field.has_attribute("data-field")) {
            keep_open_fields();
            if field.has_attribute("open") && dom::find_in(&field, "[data-not-counted]").is_some() {
                count(field, false);
            }
        }
    });
    dom::on("input", |event: Event| {
        if let Some(search) =
            dom::target(&event).filter(|search| search.has_attribute("data-finds"))
        {
            find(&search);
        }
    });
    dom::on("submit", |event: SubmitEvent| {
        let Some(form) = dom::target(&event).filter(|form| form.has_attribute("data-keeps")) else {
            return;
        };
        event.prevent_default();
        let button = event.submitter();
        let button = button.filter(|button| button.has_attribute("data-more-values"));
        let field = button.and_then(|button| button.closest("[data-field]").ok()?);
        if let Some(field) = field {
            set_long(&field);
            keep_open_fields();
            count(field, true);
        } else if let Some((name, value)) = said(&form) {
            keep(&name, &value);
            // What is hidden then cannot have the focus; the command that brings it back can.
            if let Some(command) = dom::find(&format!("#keep-{name}")) {
                dom::focus(&command);
            }
            navigation::refresh();
        }
    });
}

/// Names that were searched for stay so when the list comes anew.
pub fn refreshed() {
    let Some(body) = document().body() else {
        return;
    };
    for search in dom::all_in(&body, "[data-finds]") {
        find(&search);
    }
}

/// Shows only what has the written words in its name.
fn find(search: &Element) {
    let list = search.get_attribute("data-finds");
    let Some((list, search)) = list
        .and_then(|list| dom::find(&list))
        .zip(search.dyn_ref::<HtmlInputElement>())
    else {
        return;
    };
    let wanted = search.value().trim().to_ascii_lowercase();
    if let Some(others) =
        dom::find_in(&list, "[data-opens-when-finding]").filter(|_| !wanted.is_empty())
    {
        drop(others.set_attribute("open", ""));
    }
    for found in dom::all_in(&list, "[data-found-by]") {
        let name = found.get_attribute("data-found-by").unwrap_or_default();
        if let Ok(found) = found.dyn_into::<HtmlElement>() {
            found.set_hidden(!name.to_ascii_lowercase().contains(&wanted));
        }
    }
}

/// Name and value of a choice.
fn said(form: &Element) -> Option<(String, String)> {
    let form: &HtmlFormElement = form.dyn_ref()?;
    let field = |name: &str| {
        let input = dom::find_in(form, &format!("input[name={name}]"))?;
        Some(input.dyn_into::<HtmlInputElement>().ok()?.value())
    };
    Some((field("name")?, field("value")?))
}

/// Keeps a choice as the server would.
fn keep(name: &str, value: &str) {
    if let Ok(document) = document().dyn_into::<HtmlDocument>() {
        let cookie =
            format!("vestibule_{name}={value}; Path=/; Max-Age={KEPT_SECONDS}; SameSite=Lax");
        // Without cookies the choice lasts as long as the page.
        drop(document.set_cookie(&cookie));
    }
}

fn set_long(field: &Element) {
    drop(field.set_attribute("data-is-long", "true"));
}

/// Keeps which fields are open.
fn keep_open_fields() {
    let Some(list) = dom::find(".railfields") else {
        return;
    };
    let open = dom::all_in(&list, "details[data-field][open]");
    let ids = open.iter().map(|field| {
        let id = field.get_attribute("data-field").unwrap_or_default();
        match field.has_attribute("data-is-long") {
            true => format!("{id}-"),
            false => id,
        }
    });
    // Other kinds of sign-in have other fields.
    let elsewhere = dom::find_in(&list, "[data-open-elsewhere]")
        .and_then(|list| list.get_attribute("data-open-elsewhere"))
        .unwrap_or_default();
    let elsewhere = (!elsewhere.is_empty()).then_some(elsewhere);
    let ids: Vec<_> = elsewhere.into_iter().chain(ids).collect();
    keep("fields", &ids.join("."));
}

/// Has a field counted and puts in what came.
fn count(field: Element, is_long: bool) {
    let id = field.get_attribute("data-field").unwrap_or_default();
    let parameters = format!("column={id}{}", if is_long { "&long=true" } else { "" });
    drop(field.set_attribute("aria-busy", "true"));
    spawn_local(async move {
        let answer = fetching::part("field", &navigation::present(), &parameters, None).await;
        drop(field.remove_attribute("aria-busy"));
        match answer {
            Ok(fetched) => put(&field, &fetched.markup),
            Err(FetchError::Failed(words)) => saying::problem(&words),
            Err(FetchError::Abandoned) => {}
        }
    });
}

fn put(field: &Element, markup: &JsString) {
    let Some(came) = places::read(markup) else {
        return;
    };
    // Numbers of these rows must not stay when the place comes as it came before.
    places::changed_around(field);
    if let Some(values) = dom::find_in(field, "[data-field-values]") {
        let had_focus = dom::has_focus(&values);
        let known = dom::all_in(&values, VALUE).len();
        places::fill(&values, &came);
        // The button that asked for more is gone: the first of them is what was asked for.
        let first = dom::all_in(&values, VALUE).into_iter().nth(known);
        if let Some(first) = first.filter(|_| had_focus) {
            dom::focus(&first);
        }
    }
    let number = came.get_attribute("data-distinct").unwrap_or_default();
    let Some(summary) = dom::find_in(field, "summary") else {
        return;
    };
    let shown = dom::find_in(&summary, ".n").or_else(|| {
        let shown = document().create_element("span").ok()?;
        shown.set_class_name("n");
        summary.append_child(&shown).ok()?;
        Some(shown)
    });
    if let Some(shown) = shown {
        shown.set_text_content(Some(&number));
    }
}
