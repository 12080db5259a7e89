//! The tab of what a record said before.

use leptos::prelude::*;

use super::compare::{difference_table, same_fold};
use super::record::record_fold;
use crate::components::outcome::time;
use crate::text::flyout as text;
use crate::view::flyout::versions::{Chosen, Version, Versions};

/// The tab.
pub(super) fn versions(versions: Versions) -> AnyView {
    if let Some(why) = versions.failure {
        return view! { <p class="mt-s" role="alert">{why}</p> }.into_any();
    }
    let all = versions.list.len();
    let list = versions
        .list
        .into_iter()
        .map(|each| version(each, all))
        .collect_view();
    view! {
        <p class="ink2 mt-s">{text::VERSIONS_ABOUT}</p>
        <ol class="versions" reversed=true aria-label=text::VERSIONS>{list}</ol>
        {versions.chosen.map(chosen)}
    }
    .into_any()
}

fn version(version: Version, all: usize) -> AnyView {
    let present = version
        .is_present
        .then(|| view! { " "<span class="tag">{text::PRESENT_VERSION}</span> });
    let moments = [
        (text::ORIGIN_EMITTED, version.emitted),
        (text::ORIGIN_STORED, version.stored),
    ];
    let moments = moments.into_iter().filter_map(|(label, moment)| {
        let moment = moment?;
        Some(view! { <span>{label}" "{time(moment)}</span> })
    });
    view! {
        <li aria-current=version.is_chosen.then_some("true")>
            <h4>
                <a id=format!("version-{}", version.number) href=version.address data-noscroll="true">
                    {text::version_of(version.number, all)}
                </a>
                {present}
            </h4>
            <p>{version.changes}</p>
            <p class="meta">{moments.collect_view()}<span>{version.origin}</span></p>
        </li>
    }
    .into_any()
}

fn chosen(chosen: Chosen) -> AnyView {
    let changes = match chosen.changes {
        None => view! { <p class="ink2">{text::FIRST_VERSION}</p> }.into_any(),
        Some(changes) if changes.is_empty() => {
            view! { <p class="ink2">{text::UNCHANGED_NOTE}</p> }.into_any()
        }
        Some(changes) => difference_table(
            Some(text::CHANGED.to_owned()),
            &text::CHANGE_COLUMNS,
            changes,
        ),
    };
    view! {
        <section class="deflist" aria-labelledby="version-title">
            <h3 id="version-title">{chosen.title}</h3>
            {changes}
            {same_fold(chosen.same)}
            {record_fold("version-record", text::RECORD, chosen.record)}
        </section>
    }
    .into_any()
}
