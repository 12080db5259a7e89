//! The commands for chosen rows. Which rows these are, only the client knows.

use leptos::prelude::*;

use super::icon::Icon;
use super::symbol::{small_symbol, symbol};
use crate::text::grid as text;

/// Ways to copy: what the client knows them by, and their words.
const WAYS: [(&str, &str, Icon); 3] = [
    ("text", text::COPY_TEXT, Icon::Table),
    ("json", text::COPY_JSON, Icon::Json),
    ("links", text::COPY_LINKS, Icon::Link),
];

/// Compare and copy, off until rows are chosen; and how many are.
#[component]
pub fn ChosenCommands() -> AnyView {
    let ways = WAYS.map(|(way, words, icon)| {
        view! {
            <button type="button" role="menuitem" data-copies-chosen=way>{symbol(icon)}<span class="t">{words}</span></button>
        }
    });
    view! {
        <span class="chosen script-only" role="group" aria-label=text::CHOSEN_COMMANDS>
            <button class="cmd" type="button" data-compares-chosen="true" aria-disabled="true" title=text::COMPARE_NEEDS>
                {symbol(Icon::Compare)}{text::COMPARE}
            </button>
            <span class="anchor">
                <button class="cmd" type="button" data-opens-copying="true" aria-disabled="true" aria-haspopup="menu" popovertarget="copy-menu" title=text::COPY_NEEDS>
                    {symbol(Icon::Copy)}{text::COPY}{small_symbol(Icon::Down)}
                </button>
                <div class="popover menu" id="copy-menu" popover="auto" role="menu" aria-label=text::COPY>
                    {ways.into_iter().collect_view()}
                </div>
            </span>
            <span class="hint" data-chosen-number="true"></span>
            <button class="cmd" type="button" data-clears-chosen="true" hidden="true">{text::CLEAR}</button>
        </span>
    }
    .into_any()
}
