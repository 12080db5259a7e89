//! The commands that act on the whole list.

use leptos::prelude::*;

use super::download_menu::DownloadCommand;
use super::frame::command_link;
use super::icon::Icon;
use super::symbol::symbol;
use crate::text::sign_ins as text;
use crate::view::download::DownloadMenu;

/// The toolbar over the list.
#[component]
pub fn CommandBar(
    /// Address of what is shown.
    refresh: String,
    /// What can be downloaded of it.
    downloads: DownloadMenu,
) -> AnyView {
    view! {
        <div class="cmdbar" role="toolbar" aria-label=text::COMMANDS>
            <a class="cmd" href=refresh data-refreshes="true">{symbol(Icon::Refresh)}{text::REFRESH}</a>
            <DownloadCommand menu=downloads/>
            {command_link("/import".to_owned(), Icon::Import, text::IMPORT)}
        </div>
    }
    .into_any()
}
