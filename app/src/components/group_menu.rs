//! The command that groups: a list of columns, each a link.

use leptos::prelude::*;

use super::icon::Icon;
use super::symbol::{small_symbol, symbol};
use crate::text::explore as text;
use crate::view::groups::{GroupChoice, GroupMenu};

/// Id of the list in the page.
const ID: &str = "group-menu";
/// The part of its content.
const PART: &str = "group_menu";

/// The command and its list.
#[component]
pub fn GroupCommand(menu: GroupMenu) -> AnyView {
    let is_on = menu.present.is_some();
    let present = menu
        .present
        .clone()
        .map(|words| view! { ": "<b>{words}</b> });
    let part = menu.is_fetched.then_some(PART);
    let content = (!menu.is_fetched).then(|| group_choices(menu));
    view! {
        <div class="anchor">
            <button
                class="cmd"
                type="button"
                popovertarget=ID
                aria-haspopup="dialog"
                aria-pressed=is_on.then_some("true")
            >
                {symbol(Icon::Story)}{text::GROUP}{present}{small_symbol(Icon::Down)}
            </button>
            <div class="popover grouping" id=ID popover="auto" role="dialog" aria-label=text::GROUP_BY data-fetches=part>{content}</div>
        </div>
    }
    .into_any()
}

/// What the list holds.
pub fn group_choices(menu: GroupMenu) -> AnyView {
    let off = menu.off.map(|address| {
        view! { <a class="groupoff" href=address>{symbol(Icon::Close)}{text::NO_GROUPS}</a> }
    });
    view! {
        <header><h3>{text::GROUP_BY}</h3></header>
        <div class="in script-only">
            <label class="input">
                <span class="sr">{text::FIND_COLUMN}</span>
                {symbol(Icon::Search)}
                <input type="search" placeholder=text::FIND_COLUMN autocomplete="off" data-begins data-finds=".groupchoices"/>
            </label>
        </div>
        {off}
        <ul class="opts groupchoices">{menu.choices.into_iter().map(choice).collect_view()}</ul>
    }
    .into_any()
}

fn choice(choice: GroupChoice) -> AnyView {
    let then = choice.then.map(|address| {
        let words = text::then_by(choice.label);
        view! { <a class="iconbtn s" href=address aria-label=words.clone() title=words>{symbol(Icon::Plus)}</a> }
    });
    view! {
        <li data-found-by=choice.label>
            <a class="t" href=choice.address aria-current=choice.is_present.then_some("true")>{choice.label}</a>
            {then}
        </li>
    }
    .into_any()
}
