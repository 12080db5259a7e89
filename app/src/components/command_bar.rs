//! The commands that act on the whole list.

use leptos::prelude::*;

use super::field_rail::fields_command;
use super::chosen_commands::ChosenCommands;
use super::download_menu::DownloadCommand;
use super::frame::command_link;
use super::group_menu::GroupCommand;
use super::icon::Icon;
use super::live_switch::LiveSwitch;
use super::symbol::symbol;
use crate::text::sign_ins as text;
use crate::view::groups::GroupMenu;
use crate::view::download::DownloadMenu;

/// The toolbar over the list.
#[component]
pub fn CommandBar(
    /// Address of what is shown.
    refresh: String,
    /// The command that groups.
    group: GroupMenu,
    /// Whether the fields are closed.
    is_rail_closed: bool,
    /// What can be downloaded of it.
    downloads: DownloadMenu,
) -> AnyView {
    view! {
        <div class="cmdbar" role="toolbar" aria-label=text::COMMANDS>
            <a class="cmd" href=refresh data-refreshes="true">{symbol(Icon::Refresh)}{text::REFRESH}</a>
            <DownloadCommand menu=downloads/>
            <LiveSwitch/>
            {command_link("/import".to_owned(), Icon::Import, text::IMPORT)}
            <GroupCommand menu=group/>
            <ChosenCommands/>
            <span class="spacer"></span>
            {fields_command(is_rail_closed)}
        </div>
    }
    .into_any()
}
