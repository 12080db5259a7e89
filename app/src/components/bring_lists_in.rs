//! The form that brings lists in that stand beside the log.

use leptos::prelude::*;

use crate::text::bring_lists_in as text;

/// The form. The browser sends it by itself.
#[component]
pub fn BringListsIn(
    /// Whether there is a link to those that are here.
    has_link: bool,
) -> AnyView {
    let link = has_link.then(|| view! { <a href="/insights/lists">{text::LISTS}</a> });
    view! {
        <section class="panel mt" id="lists">
            <header><h2>{text::TITLE}</h2><span class="spacer"></span>{link}</header>
            <form class="stack" method="post" action="/api/registrations" enctype="multipart/form-data">
                <p class="hint">{text::HELP}</p>
                <div class="field">
                    <label for="list-files">{text::FILES}</label>
                    <input type="file" id="list-files" name="files" multiple required accept=".json,.csv,.txt,.ndjson"/>
                </div>
                <p><button class="btn">{text::SEND}</button></p>
            </form>
        </section>
    }
    .into_any()
}
