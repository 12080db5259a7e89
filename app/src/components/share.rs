//! The command that gives links to the page as it is.

use leptos::prelude::*;

use super::commands::opening_command;
use super::icon::Icon;
use super::symbol::symbol;
use crate::text::commands as text;
use crate::view::saved::ShareLinks;

/// The command with the links in it. The client asks for them anew when it opens.
pub fn share_command(links: ShareLinks) -> AnyView {
    let content = view! {
        <header><h3 id="share-title">{text::SHARE_TITLE}</h3></header>
        <div class="in" data-part="share">{share_links(links)}</div>
    };
    opening_command("share", Icon::Link, text::SHARE, content.into_any())
}

/// The links.
pub fn share_links(links: ShareLinks) -> AnyView {
    let moves = links
        .exact
        .is_some()
        .then(|| view! { <p class="hint">{text::LINK_MOVES}</p> });
    let exact = links
        .exact
        .map(|address| link_field("share-exact", text::EXACT_LINK, address));
    view! {
        {link_field("share-link", text::LINK, links.link)}
        {moves}
        {exact}
        <div class="script-only" data-short-link=links.query>
            <button class="btn small" type="button">{text::SHORTEN}</button>
            <div hidden=true>{link_field("share-short", text::SHORT_LINK, String::new())}</div>
        </div>
        <p class="hint">{text::LINK_RESTORES}</p>
    }
    .into_any()
}

fn link_field(id: &'static str, label: &'static str, address: String) -> AnyView {
    view! {
        <div class="field">
            <label for=id>{label}</label>
            <div class="row">
                <input class="input grow" id=id type="text" readonly=true value=address.clone()/>
                <button class="btn script-only" type="button" aria-label=format!("{} {label}", text::COPY) data-copies=address>{symbol(Icon::Copy)}{text::COPY}</button>
            </div>
        </div>
    }
    .into_any()
}
