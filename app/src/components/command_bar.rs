//! The commands that act on the whole list.

use leptos::prelude::*;

use super::chosen_commands::ChosenCommands;
use super::frame::command_link;
use super::icon::Icon;
use super::live_switch::LiveSwitch;
use super::symbol::symbol;
use crate::text::sign_ins as text;

/// The toolbar over the list.
#[component]
pub fn CommandBar(
    /// Address of what is shown.
    refresh: String,
) -> AnyView {
    view! {
        <div class="cmdbar" role="toolbar" aria-label=text::COMMANDS>
            <a class="cmd" href=refresh data-refreshes="true">{symbol(Icon::Refresh)}{text::REFRESH}</a>
            <LiveSwitch/>
            {command_link("/import".to_owned(), Icon::Import, text::IMPORT)}
            <ChosenCommands/>
        </div>
    }
    .into_any()
}
