//! What stands about groups above and below the lists of them and of their people.

use leptos::attr::custom::custom_attribute;
use leptos::prelude::*;
use model::access::Right;

use super::heading::button;
use crate::components::empty_state::{Mark, doorway};
use crate::components::icon::Icon;
use crate::components::symbol::symbol;
use crate::context::page_facts;
use crate::text::{frame, groups as text};
use crate::view::entity::GroupFacts;

/// What is known of a group, and the way to its sign-ins.
pub fn facts(group: &GroupFacts) -> AnyView {
    let facts = group.facts.iter().cloned();
    let facts = facts.map(|fact| view! { <p class="hint" dir="auto">{fact}</p> });
    view! {
        <div class="row top">
            <span class="badge">{symbol(Icon::Group)}</span>
            <div class="grow">{facts.collect_view()}</div>
            {button(group.blade.clone(), Icon::SignIns, text::OPEN_BLADE)}
        </div>
    }
    .into_any()
}

/// Those of its people who have no sign-in, and the way to remove it.
pub fn below(group: GroupFacts) -> AnyView {
    let shown = group.silent.len() as u64;
    let first_of =
        (shown < group.silent_number).then(|| text::first_of(shown, group.silent_number));
    let silent = (group.silent_number > 0).then(|| {
        let people = group.silent.into_iter().map(|member| {
            let name = match member.page {
                Some(page) => view! { <a href=page dir="auto">{member.name}</a> }.into_any(),
                None => view! { <span dir="auto">{member.name}</span> }.into_any(),
            };
            view! { <tr><th scope="row">{name}</th><td class="ink2" dir="auto">{member.username}</td></tr> }
        });
        view! {
            <section class="mt">
                <h2 class="st">{text::silent(group.silent_number)}</h2>
                <p class="hint">{text::SILENT_HELP}" "{first_of}</p>
                <div class="panel flush mt-s">
                    <table class="table directory">
                        <thead><tr>
                            <th scope="col">{crate::text::entity::NAME}</th>
                            <th scope="col">{crate::text::entity::USERNAME}</th>
                        </tr></thead>
                        <tbody>{people.collect_view()}</tbody>
                    </table>
                </div>
            </section>
        }
    });
    let may_remove = page_facts().may(Right::Import);
    let removing = may_remove.then(|| {
        view! {
            <details class="mt">
                <summary>{text::REMOVE}</summary>
                <form method="post" action="/api/groups/remove">
                    <p class="hint">{text::REMOVE_HELP}</p>
                    <input type="hidden" name="id" value=group.id/>
                    <button class="btn small">{text::REMOVE_NOW}</button>
                </form>
            </details>
        }
    });
    view! {
        {silent}
        {removing}
    }
    .into_any()
}

/// The form that brings groups in, for those who may.
pub fn bring_in(is_open: bool) -> AnyView {
    if !page_facts().may(Right::Import) {
        return ().into_any();
    }
    view! {
        <details class="mt" open=is_open>
            <summary>{text::BRING_IN}</summary>
            <form class="stack" method="post" action="/api/groups" enctype="multipart/form-data">
                <p class="hint">{text::HELP}</p>
                <div class="field mt-s">
                    <label for="group-files">{text::FILES}</label>
                    <input type="file" id="group-files" name="files" multiple required accept=".json,.csv,.txt"/>
                </div>
                <div class="field mt-s">
                    <label for="group-name">{text::NAME_OF_LIST}</label>
                    <input class="input" type="text" id="group-name" name="name" maxlength="256"/>
                </div>
                <p class="mt-s"><button class="btn primary">{text::SEND}</button></p>
            </form>
        </details>
    }
    .into_any()
}

/// The page of an unknown group.
pub fn unknown_page(word: &str) -> AnyView {
    view! {
        <div class="empty">
            {doorway(Mark::Cross)}
            <h3 {..custom_attribute("aria-level", "1")}>{text::UNKNOWN_TITLE}</h3>
            <p dir="auto">{text::unknown_help(word)}</p>
            <div class="row"><a class="btn primary" href="/groups">{frame::GROUPS}</a></div>
        </div>
    }
    .into_any()
}
