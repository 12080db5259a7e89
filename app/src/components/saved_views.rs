//! The saved views beside the title: the list, and what can be done with one's own.

use leptos::prelude::*;

use super::icon::Icon;
use super::popover::hidden_fields;
use super::save_view::{LONGEST_NAME, VIEWS_AT};
use super::symbol::{small_symbol, symbol};
use crate::text::views as text;
use crate::view::saved::{Saved, ViewLink};

/// The button with the list, and what happened to the view that is open.
#[component]
pub fn SavedViews(saved: Saved) -> AnyView {
    let edited = saved
        .present
        .as_ref()
        .is_some_and(|present| present.is_edited);
    let name = saved
        .present
        .map_or_else(|| text::VIEWS.to_owned(), |present| present.name);
    let here = saved.here;
    let undo = saved
        .deleted
        .map(|(id, name)| undo(id, &name, here.clone()));
    let groups = [
        (text::OWN, saved.own, true),
        (text::SHARED, saved.shared, false),
    ];
    let is_empty = groups.iter().all(|(_, views, _)| views.is_empty());
    let groups = groups
        .into_iter()
        .filter(|(_, views, _)| !views.is_empty())
        .map(|(heading, views, is_own)| {
            let views = views.into_iter().map(|view| view_line(view, is_own, &here));
            view! { <section><h4>{heading}</h4><ul>{views.collect_view()}</ul></section> }
        })
        .collect_view();
    let nothing = match (saved.is_unreadable, is_empty) {
        (true, _) => Some(text::UNREADABLE),
        (false, true) => Some(text::NO_VIEWS),
        (false, false) => None,
    };
    view! {
        <div class="anchor view">
            <button class="btn small" type="button" popovertarget="views" aria-haspopup="dialog">
                {symbol(Icon::Bookmark)}<span class="t">{name}</span>{small_symbol(Icon::Down)}
            </button>
            <div class="popover viewlist" id="views" popover="auto" role="dialog" aria-labelledby="views-title">
                <header><h3 id="views-title">{text::SAVED_VIEWS}</h3></header>
                {groups}
                {nothing.map(|words| view! { <p class="in hint">{words}</p> })}
            </div>
        </div>
        {edited.then(|| view! { <span class="hint">{text::EDITED}</span> })}
        {undo}
    }
    .into_any()
}

fn view_line(view: ViewLink, is_own: bool, here: &str) -> AnyView {
    let present = view.is_present.then_some("true");
    let shared =
        (is_own && view.is_shared).then(|| view! { <span class="n">{text::IS_SHARED}</span> });
    let manage = is_own.then(|| manage(&view, here));
    view! {
        <li>
            <a href=view.address aria-current=present data-hides-popover="true"><span class="t" title=view.name.clone()>{view.name.clone()}</span>{shared}</a>
            {manage}
        </li>
    }
    .into_any()
}

fn manage(view: &ViewLink, here: &str) -> AnyView {
    let hidden = vec![
        ("query".to_owned(), here.to_owned()),
        ("id".to_owned(), view.id.clone()),
    ];
    view! {
        <details>
            <summary class="iconbtn s" aria-label=text::manage(&view.name)>{symbol(Icon::More)}</summary>
            <form method="post" action=VIEWS_AT data-posts="true">
                {hidden_fields(hidden)}
                <label class="field">
                    <span>{text::NAME}</span>
                    <input class="input" type="text" name="name" value=view.name.clone() required=true maxlength=LONGEST_NAME autocomplete="off"/>
                </label>
                <label class="check"><input type="checkbox" name="shared" value="yes" checked=view.is_shared/>{text::SHARE_WITH_ALL}</label>
                <div class="row">
                    <button class="btn small" name="do" value="rename">{text::RENAME}</button>
                    <button class="btn small" name="do" value="delete">{text::DELETE}</button>
                </div>
            </form>
        </details>
    }
    .into_any()
}

fn undo(id: String, name: &str, here: String) -> AnyView {
    let hidden = vec![("query".to_owned(), here), ("id".to_owned(), id)];
    view! {
        <form class="undo" method="post" action=VIEWS_AT data-posts="true">
            {hidden_fields(hidden)}
            <span class="hint" role="status">{text::deleted(name)}</span>
            <button class="linkbtn" name="do" value="restore">{text::UNDO}</button>
        </form>
    }
    .into_any()
}
