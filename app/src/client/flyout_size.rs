//! The size of the flyout: wide when asked for, and alone where it covers the whole page.

use leptos::prelude::{document, window};
use leptos::web_sys::{Element, Event, MouseEvent};

use super::dom;

/// Where it is remembered, and the attribute of the document.
const KEY: &str = "vestibule-flyout";
const ATTRIBUTE: &str = "data-flyout";
const WIDE: &str = "wide";
/// Up to this width of the window the flyout covers the whole page, in pixels; the same as in the style.
const COVERS_PX: f64 = 720.0;
/// What lies under it then.
const UNDER: &str = ".topbar, .sidenav, .skip, #main > [data-place]:not([data-place=flyout]), #main > :not([data-place])";

/// Listens for the button and for windows that change their size.
pub fn install() {
    let remembered = storage().and_then(|storage| storage.get_item(KEY).ok()?);
    if remembered.as_deref() == Some(WIDE) {
        set_wide(true);
    }
    dom::on("click", |event: MouseEvent| {
        if dom::around(&event, ".flyout [data-widens]").is_some() {
            set_wide(!is_wide());
            refreshed();
        }
    });
    dom::listen(window().as_ref(), "resize", |_: Event| refreshed());
}

/// Says on a new flyout what size it has.
pub fn refreshed() {
    if let Some(button) = dom::find(".flyout [data-widens]") {
        set(
            &button,
            "aria-pressed",
            if is_wide() { "true" } else { "false" },
        );
    }
    let flyout = dom::find(".flyout[data-row]");
    let width_px = window().inner_width().ok().and_then(|width| width.as_f64());
    let covers = flyout.is_some() && width_px.is_some_and(|width_px| width_px <= COVERS_PX);
    if let Some(flyout) = flyout {
        set(&flyout, "aria-modal", if covers { "true" } else { "false" });
    }
    if let Some(page) = document().document_element() {
        for under in dom::all_in(&page, UNDER) {
            match covers {
                true => set(&under, "inert", ""),
                false => drop(under.remove_attribute("inert")),
            }
        }
    }
}

fn set(element: &Element, name: &str, value: &str) {
    // It fails for names of attributes that are no names only.
    drop(element.set_attribute(name, value));
}

fn is_wide() -> bool {
    document()
        .document_element()
        .is_some_and(|page| page.has_attribute(ATTRIBUTE))
}

fn set_wide(is_wide: bool) {
    let Some(page) = document().document_element() else {
        return;
    };
    if is_wide {
        set(&page, ATTRIBUTE, WIDE);
    } else {
        drop(page.remove_attribute(ATTRIBUTE));
    }
    if let Some(storage) = storage() {
        // A browser that remembers nothing shows it all the same.
        drop(match is_wide {
            true => storage.set_item(KEY, WIDE),
            false => storage.remove_item(KEY),
        });
    }
}

fn storage() -> Option<leptos::web_sys::Storage> {
    window().local_storage().ok()?
}
