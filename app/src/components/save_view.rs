//! The command that saves a view: under a new name, or what was changed in the one that is open.

use leptos::prelude::*;

use super::commands::opening_command;
use super::icon::Icon;
use super::popover::hidden_fields;
use crate::text::views as text;
use crate::view::saved::Saved;

/// Where views are sent to.
pub const VIEWS_AT: &str = "/views";
/// Most characters of a name.
pub const LONGEST_NAME: &str = "80";

/// The command with its form.
pub fn save_view_command(saved: &Saved) -> AnyView {
    let hidden = vec![("query".to_owned(), saved.query.clone())];
    let changes = saved
        .present
        .as_ref()
        .filter(|present| present.is_own && present.is_edited)
        .map(|present| {
            let mut hidden = hidden.clone();
            hidden.push(("id".to_owned(), present.id.clone()));
            view! {
                <form class="in" method="post" action=VIEWS_AT data-posts="true">
                    {hidden_fields(hidden)}
                    <button class="btn" name="do" value="overwrite">{text::save_changes(&present.name)}</button>
                </form>
            }
        });
    let content = view! {
        <header><h3 id="save-view-title">{text::SAVE_VIEW}</h3></header>
        {changes}
        <form method="post" action=VIEWS_AT data-posts="true">
            {hidden_fields(hidden)}
            <div class="in">
                <label class="field">
                    <span>{text::NAME}</span>
                    <input class="input" type="text" name="name" required=true maxlength=LONGEST_NAME autocomplete="off" autofocus=true/>
                </label>
                <label class="check"><input type="checkbox" name="shared" value="yes"/>{text::SHARE_WITH_ALL}</label>
            </div>
            <footer><button class="btn small primary" name="do" value="save">{text::SAVE}</button></footer>
        </form>
    };
    opening_command(
        "save-view",
        Icon::Bookmark,
        text::SAVE_VIEW,
        content.into_any(),
    )
}
