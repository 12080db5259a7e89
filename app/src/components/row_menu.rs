//! The menu of a row: one place in the page, filled when it is opened.

use leptos::prelude::*;

use super::icon::Icon;
use super::symbol::symbol;
use crate::text::grid as text;
use crate::view::row_menu::RowMenu;

/// Id of the popover of the menu.
pub const MENU_ID: &str = "row-menu";

/// The empty menu, as it stands in the page.
pub fn row_menu_place() -> AnyView {
    view! {
        <div class="popover menu" id=MENU_ID popover="auto" role="menu" aria-label=text::ROW_MENU></div>
    }
    .into_any()
}

/// What stands in it.
pub fn row_menu_items(menu: RowMenu, request_id: String) -> AnyView {
    let verbs = [
        (menu.only, Icon::Filter, text::only as fn(&str) -> String),
        (menu.without, Icon::Minus, text::without),
    ];
    let verbs: Vec<AnyView> = verbs
        .into_iter()
        .filter_map(|(verb, icon, words)| {
            let (address, value) = verb?;
            Some(link(address, icon, words(&value)))
        })
        .collect();
    let about: Vec<AnyView> = menu
        .about
        .into_iter()
        .map(|(value, address)| link(address, Icon::Info, text::about(&value)))
        .collect();
    let rule = (!verbs.is_empty()).then(|| view! { <hr/> });
    view! {
        <div>
            {link(menu.open.clone(), Icon::Right, text::OPEN.to_owned())}
            {link(menu.compare, Icon::Compare, text::COMPARE_LAST.to_owned())}
            {about}
            <hr/>
            <button type="button" role="menuitem" tabindex="-1" data-copies-address=menu.open>
                {symbol(Icon::Link)}<span class="t">{text::COPY_LINK}</span>
            </button>
            <button type="button" role="menuitem" tabindex="-1" data-copies-row=request_id.clone()>
                {symbol(Icon::Copy)}<span class="t">{text::COPY_ROW}</span>
            </button>
            <button type="button" role="menuitem" tabindex="-1" data-copies-record=request_id>
                {symbol(Icon::Json)}<span class="t">{text::COPY_JSON}</span>
            </button>
            {rule}
            {verbs}
        </div>
    }
    .into_any()
}

fn link(address: String, icon: Icon, words: String) -> AnyView {
    let title = words.clone();
    view! {
        <a role="menuitem" tabindex="-1" href=address title=title>{symbol(icon)}<span class="t">{words}</span></a>
    }
    .into_any()
}
