//! The commands that act on the whole list, and after a line those that act on chosen rows.

use leptos::prelude::*;

use super::icon::Icon;
use super::symbol::symbol;
use crate::text::commands as text;

/// The toolbar over the list. Every command is one element; see `components::commands`. What has no room goes
/// into a menu when the client is there, and to the next line when it is not.
#[component]
pub fn CommandBar(
    /// Commands on the whole list, at the left.
    commands: Vec<AnyView>,
    /// Commands on chosen rows, after a line.
    #[prop(optional)]
    chosen: Vec<AnyView>,
    /// Commands on the page, at the right.
    #[prop(optional)]
    beside: Vec<AnyView>,
) -> AnyView {
    let line = (!chosen.is_empty()).then(|| view! { <span class="sep"></span> });
    view! {
        <div class="cmdbar" role="toolbar" aria-label=text::COMMANDS data-toolbar="true">
            {commands.into_iter().collect_view()}
            {line}
            {chosen.into_iter().collect_view()}
            <span class="spacer"></span>
            {beside.into_iter().collect_view()}
            <div class="anchor more" hidden=true>
                <button class="cmd" type="button" popovertarget="more-commands" aria-haspopup="dialog">{symbol(Icon::More)}{text::MORE}</button>
                <div class="popover menu" id="more-commands" popover="auto" role="group" aria-label=text::MORE></div>
            </div>
        </div>
    }
    .into_any()
}
