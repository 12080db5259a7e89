//! Popovers whose content is not there yet when they are opened: it waits for the rows (see [`places`]), or it is fetched,
//! `data-fetches` naming the part.

use leptos::task::spawn_local;
use leptos::web_sys::{Element, Event};

use super::fetching::{self, FetchError};
use super::{dom, navigation, places, saying};

/// Listens for popovers that open.
pub fn install() {
    dom::on("beforetoggle", |event: Event| {
        if let Some(popover) = dom::target(&event) {
            places::opens(&popover);
        }
    });
    dom::on("toggle", |event: Event| {
        let popover =
            dom::target(&event).filter(|target| target.matches(":popover-open").unwrap_or(false));
        if let Some(popover) = &popover {
            begin(popover);
        }
        if let Some(popover) = popover.filter(|popover| popover.child_element_count() == 0)
            && let Some(part) = popover.get_attribute("data-fetches")
        {
            fill(popover, part);
        }
    });
}

/// Somebody who opens something to write in can write at once.
fn begin(popover: &Element) {
    if let Some(field) = dom::find_in(popover, "[data-begins]").filter(|_| !dom::has_focus(popover))
    {
        dom::focus(&field);
    }
}

fn fill(popover: Element, part: String) {
    drop(popover.set_attribute("aria-busy", "true"));
    spawn_local(async move {
        let answer = fetching::part(&part, &navigation::present(), "", None).await;
        drop(popover.remove_attribute("aria-busy"));
        match answer {
            Ok(fetched) => {
                places::set_markup(&popover, &fetched.markup);
                if dom::is_open(&popover) {
                    begin(&popover);
                }
            }
            Err(FetchError::Failed(words)) => saying::problem(&words),
            Err(FetchError::Abandoned) => {}
        }
    });
}
