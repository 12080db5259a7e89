//! Links to files: while the browser saves one, a note says how far it is.
//!
//! The browser says nothing of a download that it has begun. So each gets a name, and the server is asked how
//! many rows it has sent under that name.

use leptos::prelude::document;
use leptos::task::spawn_local;
use leptos::web_sys::{Element, MouseEvent, js_sys};

use super::saying::{self, TOASTS_ID};
use super::{dom, fetching, navigation};
use crate::text::download as text;

/// How often the server is asked, in milliseconds.
const EVERY_MS: i32 = 1_000;
/// How long the note stays once the download has ended, in milliseconds.
const SHOWN_MS: i32 = 8_000;
/// After so many answers that say nothing of the download, no more are asked for.
const MOST_UNKNOWN: u32 = 20;

/// Listens for clicks on the links.
pub fn install() {
    dom::on("click", |event: MouseEvent| {
        let Some(link) = dom::around(&event, "a[data-downloads]") else {
            return;
        };
        let Some(address) = link.get_attribute("data-downloads") else {
            return;
        };
        let id = fresh_id();
        // The browser follows the link as it is after this.
        drop(link.set_attribute("href", &format!("{address}&id={id}")));
        let file = link.get_attribute("download").unwrap_or_default();
        saying::aloud(&format!("{}{file}", text::BEGINS));
        if let Some(note) = note() {
            ask(note, id, 0);
        }
    });
}

/// A name that no other download has.
fn fresh_id() -> String {
    let moment = js_sys::Date::now();
    let chance = (js_sys::Math::random() * 1e9).floor();
    format!("d{moment}{chance}")
}

/// An empty note. It changes too often to be read aloud.
fn note() -> Option<Element> {
    let toasts = document().get_element_by_id(TOASTS_ID)?;
    let note = document().create_element("div").ok()?;
    note.set_class_name("toast download");
    // Neither fails for such names and elements.
    drop(note.set_attribute("aria-live", "off"));
    drop(toasts.append_child(&note));
    Some(note)
}

/// Shows how far the download is, until it has ended or the note was taken away.
fn ask(note: Element, id: String, unknown: u32) {
    spawn_local(async move {
        let parameters = format!("id={id}");
        let address = navigation::present();
        let asked = fetching::part("download", &address, &parameters, None).await;
        let is_known = match asked {
            Ok(fetched) => {
                super::places::set_markup(&note, &fetched.markup);
                dom::find_in(&note, "[data-ended], .grow").is_some()
            }
            Err(_) => false,
        };
        if dom::find_in(&note, "[data-ended]").is_some() {
            saying::aloud(&note.text_content().unwrap_or_default());
            dom::later(SHOWN_MS, move || note.remove());
            return;
        }
        let unknown = if is_known { 0 } else { unknown + 1 };
        if unknown > MOST_UNKNOWN {
            note.remove();
            return;
        }
        dom::later(EVERY_MS, move || ask(note, id, unknown));
    });
}
