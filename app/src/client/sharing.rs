//! The share command: links to the page as it is now, and a short one.

use leptos::prelude::window;
use leptos::task::spawn_local;
use leptos::wasm_bindgen::JsCast;
use leptos::web_sys::{Element, Event, HtmlInputElement, MouseEvent, UrlSearchParams};

use super::{dom, fetching, navigation, posting};

/// Listens for the popover and for the button in it.
pub fn install() {
    dom::on("toggle", |event: Event| {
        let Some(popover) = dom::target(&event).filter(|popover| popover.id() == "share") else {
            return;
        };
        if popover.matches(":popover-open").unwrap_or(false) {
            renew(popover);
        }
    });
    dom::on("click", |event: MouseEvent| {
        if let Some(line) = dom::around(&event, "[data-short-link]")
            && let Some(button) = dom::around(&event, "[data-short-link] > button")
        {
            shorten(line, button);
        }
    });
}

/// A row may have been opened since the page was written.
fn renew(popover: Element) {
    spawn_local(async move {
        if let Ok(fetched) = fetching::part("share", &navigation::present(), "", None).await
            && let Some(content) = super::places::read(&fetched.markup)
            && let Some(present) = dom::find_in(&popover, "[data-part=share]")
        {
            super::places::fill(&present, &content);
        }
    });
}

fn shorten(line: Element, button: Element) {
    let Ok(fields) = UrlSearchParams::new() else {
        return;
    };
    fields.append(
        "query",
        &line.get_attribute("data-short-link").unwrap_or_default(),
    );
    spawn_local(async move {
        let Some(path) = posting::send("/v", &fields).await else {
            return;
        };
        let address = format!("{}{path}", window().location().origin().unwrap_or_default());
        let field = dom::find_in(&line, "input")
            .and_then(|field| field.dyn_into::<HtmlInputElement>().ok());
        let (Some(field), Some(shown)) = (field, button.next_element_sibling()) else {
            return;
        };
        field.set_value(&address);
        if let Some(copy) = dom::find_in(&shown, "[data-copies]") {
            drop(copy.set_attribute("data-copies", &address));
        }
        drop(shown.remove_attribute("hidden"));
        drop(button.set_attribute("hidden", ""));
        dom::focus(&field);
        field.select();
    });
}
