//! More rows: the link under the rows is followed by itself when it comes into view.

use std::cell::RefCell;

use leptos::task::spawn_local;
use leptos::wasm_bindgen::JsCast;
use leptos::wasm_bindgen::closure::Closure;
use leptos::web_sys::{Element, IntersectionObserver, IntersectionObserverEntry, js_sys::Array};

use super::fetching::{self, FetchError};
use super::{dom, places, saying};
use crate::text::sign_ins as text;

/// Most rows that the page holds. Beyond them the link leads to a page of its own.
const MOST_ROWS: usize = 600;
const NAVIGATION: &str = "nav.loadmore";

thread_local! {
    static OBSERVER: RefCell<Option<IntersectionObserver>> = const { RefCell::new(None) };
}

/// Makes the one observer.
pub fn install() {
    let on_change = Closure::<dyn FnMut(Array)>::new(|entries: Array| {
        let is_near = entries
            .iter()
            .filter_map(|entry| entry.dyn_into::<IntersectionObserverEntry>().ok())
            .any(|entry| entry.is_intersecting());
        if is_near {
            load();
        }
    });
    if let Ok(observer) = IntersectionObserver::new(on_change.as_ref().unchecked_ref()) {
        OBSERVER.set(Some(observer));
        on_change.forget();
    }
}

/// Watches the link of the present rows.
pub fn refreshed() {
    OBSERVER.with_borrow(|observer| {
        if let Some(observer) = observer {
            // Observed anew: an element that stayed in view gives no new notice.
            observer.disconnect();
            if let Some(navigation) = dom::find(NAVIGATION) {
                observer.observe(&navigation);
            }
        }
    });
}

fn load() {
    let Some(navigation) = dom::find(NAVIGATION) else {
        return;
    };
    let Some(link) = dom::find_in(&navigation, "a") else {
        return;
    };
    let is_loading = navigation.has_attribute("aria-busy");
    if is_loading || row_count() >= MOST_ROWS {
        return;
    }
    drop(navigation.set_attribute("aria-busy", "true"));
    saying::aloud(text::LOADING_MORE);
    spawn_local(async move {
        let address = link.get_attribute("href").unwrap_or_default();
        let answer = fetching::part("rows", &address, "", None).await;
        // The page may have been left meanwhile; then nobody waits for the rows.
        if !navigation.is_connected() {
            return;
        }
        drop(navigation.remove_attribute("aria-busy"));
        match answer {
            Ok(fetched) => append(&navigation, &link, &fetched.markup),
            Err(FetchError::Failed(words)) => saying::problem(&words),
            Err(FetchError::Abandoned) => {}
        }
    });
}

fn append(navigation: &Element, link: &Element, markup: &str) {
    let Some(came) = places::read(markup) else {
        return;
    };
    let (Some(body), Some(table)) = (dom::find_in(&came, "tbody"), dom::find("table.grid")) else {
        return;
    };
    let number = body.child_element_count() as usize;
    // They fail only for elements that hold what is put into them.
    drop(table.append_child(&body));
    match dom::find_in(&came, "a[rel=next]") {
        Some(next) => drop(link.replace_with_with_node_1(&next)),
        None => navigation.remove(),
    }
    let is_folded = table.get_attribute("role").as_deref() == Some("treegrid");
    saying::aloud(&match is_folded {
        true => crate::text::folded::added(number),
        false => text::added(number),
    });
    say_how_many();
    super::refreshed();
}

fn say_how_many() {
    if let Some(shown) = dom::find("[data-shown-rows]") {
        shown.set_text_content(Some(&text::shown(true, row_count())));
    }
}

fn row_count() -> usize {
    dom::find("table.grid").map_or(0, |table| {
        dom::all_in(&table, "tbody > tr:not([aria-level=\"2\"])").len()
    })
}
