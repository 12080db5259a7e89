//! The height of rows: changed at once, and kept by the cookie that the form's answer would set.

use leptos::prelude::document;
use leptos::wasm_bindgen::JsCast;
use leptos::web_sys::{HtmlDocument, SubmitEvent};

use super::{dom, paging};
use crate::context::DENSITY_COOKIE;

/// A year, in seconds.
const KEPT_SECONDS: u32 = 31_536_000;

/// Listens for the form.
pub fn install() {
    dom::on("submit", |event: SubmitEvent| {
        let Some(form) = dom::around(&event, "form.density") else {
            return;
        };
        let Some(density) = event
            .submitter()
            .and_then(|button| button.get_attribute("value"))
        else {
            return;
        };
        event.prevent_default();
        if let Ok(document) = document().dyn_into::<HtmlDocument>() {
            let cookie =
                format!("{DENSITY_COOKIE}={density}; Path=/; Max-Age={KEPT_SECONDS}; SameSite=Lax");
            // Where cookies are off, the choice lasts as long as the page.
            drop(document.set_cookie(&cookie));
        }
        if let Some(app) = dom::find(".app") {
            drop(app.set_attribute("data-density", &density));
        }
        for button in dom::all_in(&form, "button") {
            let is_chosen = button.get_attribute("value").as_ref() == Some(&density);
            drop(button.set_attribute("aria-pressed", if is_chosen { "true" } else { "false" }));
        }
        paging::measure_again();
    });
}
