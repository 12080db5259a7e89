//! The menu of a row: from its button, from Shift with F10, and from the menu key.

use std::cell::RefCell;

use leptos::prelude::window;
use leptos::task::spawn_local;
use leptos::wasm_bindgen::JsCast;
use leptos::web_sys::{AbortController, Element, Event, HtmlElement, KeyboardEvent, MouseEvent};

use super::fetching::{self, FetchError};
use super::{chosen, copying, dom, grid_keys, navigation, saying};
use crate::text::frame as frame_text;
use crate::text::grid as text;

const MENU: &str = "#row-menu";
const ITEMS: &str = "[role=menuitem]";
/// Least distance from the edges of the window, in pixels.
const EDGE_PX: f64 = 8.0;

thread_local! {
    /// The verbs that are on their way. The menu is opened for one row at a time.
    static UNDER_WAY: RefCell<Option<AbortController>> = const { RefCell::new(None) };
}

/// Listens for clicks on the buttons, and within the menu.
pub fn install() {
    dom::on("click", |event: MouseEvent| {
        if let Some(button) = dom::around(&event, "table.grid tbody .act button") {
            let row = button.closest(grid_keys::SIGN_INS).ok().flatten();
            if let Some(row) = row {
                open(&row, &button, &button);
            }
        } else if let Some(item) = dom::around(&event, "#row-menu [role=menuitem]") {
            chose(&item);
        }
    });
    dom::on("toggle", |event: Event| {
        let menu = dom::target(&event).filter(|menu| menu.matches(MENU).unwrap_or(false));
        if menu.is_some_and(|menu| !dom::is_open(&menu)) {
            abandon(None);
        }
    });
    dom::on("contextmenu", |event: MouseEvent| {
        // The browser's own menu for the keys that opened ours.
        if dom::find("#row-menu:popover-open").is_some() {
            event.prevent_default();
        }
    });
    dom::on("keydown", |event: KeyboardEvent| {
        if let Some(menu) = dom::around(&event, "[role=menu]:popover-open") {
            moved(&event, &menu);
        }
    });
}

/// Opens the menu of a row beside an element, with the verbs for the value of a cell.
pub fn open(row: &Element, beside: &Element, cell: &Element) {
    let menu = dom::find(MENU).and_then(dom::html);
    let (Some(menu), Some(id)) = (menu, chosen::id_of(row)) else {
        return;
    };
    let Ok(controller) = AbortController::new() else {
        return;
    };
    abandon(Some(controller.clone()));
    menu.set_inner_html("");
    let wait = leptos::prelude::document().create_element("p");
    if let Ok(wait) = wait {
        wait.set_class_name("hint");
        wait.set_text_content(Some(text::READING_MENU));
        drop(menu.append_child(&wait));
    }
    // It fails only when the menu is open already.
    drop(menu.show_popover());
    put_beside(&menu, beside);
    let parameters = format!("row={}&column={}", fetching::escaped(&id), column_of(cell));
    let beside = beside.clone();
    spawn_local(async move {
        let address = navigation::present();
        let answer = fetching::part("row_menu", &address, &parameters, Some(&controller)).await;
        // What has come whole cannot be abandoned any more.
        if controller.signal().aborted() {
            return;
        }
        match answer {
            Ok(fetched) => {
                if let Some(came) = super::places::read(&fetched.markup) {
                    super::places::fill(&menu, &came);
                }
                put_beside(&menu, &beside);
                if let Some(first) = dom::find_in(&menu, ITEMS) {
                    dom::focus(&first);
                }
            }
            Err(FetchError::Failed(words)) => {
                drop(menu.hide_popover());
                saying::problem(&words);
            }
            Err(FetchError::Abandoned) => {}
        }
    });
}

/// What was on its way is not wanted any more; the next one may be.
fn abandon(next: Option<AbortController>) {
    if let Some(before) = UNDER_WAY.replace(next) {
        before.abort();
    }
}

/// The name of the column that a cell stands in; empty for those of boxes and menus.
pub fn column_of(cell: &Element) -> String {
    let name = || {
        let cell = cell.closest("td").ok()??;
        let row = cell.parent_element()?;
        let table = cell.closest("table").ok()??;
        let cells = dom::all_in(&row, ":scope > td:not(.sel, .act)");
        let place = cells.iter().position(|other| *other == cell)?;
        let names = table.get_attribute("data-columns")?;
        names.split(',').nth(place).map(str::to_owned)
    };
    name().unwrap_or_default()
}

/// Puts the menu under an element, its end under that of the element, within the window.
fn put_beside(menu: &HtmlElement, beside: &Element) {
    let place = beside.get_bounding_client_rect();
    let size = menu.get_bounding_client_rect();
    let of_window = |length: Result<leptos::wasm_bindgen::JsValue, _>| {
        length
            .ok()
            .and_then(|length| length.as_f64())
            .unwrap_or_default()
    };
    let (width, height) = (
        of_window(window().inner_width()),
        of_window(window().inner_height()),
    );
    let is_wide = place.width() > size.width();
    let left = if is_wide {
        place.left()
    } else {
        place.right() - size.width()
    };
    let left = left.min(width - size.width() - EDGE_PX).max(EDGE_PX);
    let below = place.bottom() + 2.0;
    let top = match below + size.height() + EDGE_PX > height {
        true => (place.top() - size.height() - 2.0).max(EDGE_PX),
        false => below,
    };
    for (name, length) in [("left", left), ("top", top)] {
        // It fails for names of properties that are no names only.
        drop(
            menu.style()
                .set_property(name, &format!("{}px", dom::whole_px(length))),
        );
    }
}

fn chose(item: &Element) {
    if let Some(address) = item.get_attribute("data-copies-address") {
        let origin = window().location().origin().unwrap_or_default();
        copying::copy(&format!("{origin}{address}"), frame_text::LINK_COPIED);
    } else if let Some(id) = item.get_attribute("data-copies-record") {
        chosen::copy_records(vec![id]);
    } else if let Some(id) = item.get_attribute("data-copies-row")
        && let Some(row) = leptos::prelude::document().get_element_by_id(&format!("row-{id}"))
    {
        chosen::copy_row(&row);
    }
    chosen::hide_popover_around(item);
    let is_lost = leptos::prelude::document()
        .active_element()
        .is_none_or(|element| element.tag_name() == "BODY");
    if is_lost && let Some(stop) = dom::find("table.grid [tabindex=\"0\"]") {
        grid_keys::focus_cell(&stop);
    }
}

/// Arrows within an open menu.
fn moved(event: &KeyboardEvent, menu: &Element) {
    let items = dom::all_in(menu, ITEMS);
    let focused = leptos::prelude::document().active_element();
    let present = items.iter().position(|item| focused.as_ref() == Some(item));
    let last = items.len().saturating_sub(1);
    let next = match (event.key().as_str(), present) {
        ("ArrowDown", Some(present)) if present < last => present + 1,
        ("ArrowDown" | "Home", _) => 0,
        ("ArrowUp", Some(present)) if present > 0 => present - 1,
        ("ArrowUp" | "End", _) => last,
        ("Tab", _) => {
            let menu = menu.clone().dyn_into::<HtmlElement>();
            if let Ok(menu) = menu {
                drop(menu.hide_popover());
            }
            event.prevent_default();
            return;
        }
        _ => return,
    };
    event.prevent_default();
    if let Some(item) = items.get(next) {
        dom::focus(item);
    }
}
