//! Charts: marks for the eye, links for pointer and keys, the same numbers as a table for everybody.

pub mod donut;
pub mod heat_map;
pub mod menu;
pub mod time;

use leptos::prelude::*;
use model::present::count;

use crate::view::chart::Entry;

/// What colours stand for. Each leads to its sign-ins.
pub fn legend(entries: Vec<Entry>) -> AnyView {
    let entries = entries.into_iter().map(|entry| {
        let words = view! { {entry.words}" "<b>{count(entry.count)}</b> };
        let words = match entry.address.filter(|_| entry.count > 0) {
            Some(address) => view! { <a href=address>{words}</a> }.into_any(),
            None => words.into_any(),
        };
        view! { <li class="legend">{swatch(entry.class)}{words}</li> }
    });
    view! { <ul class="legendrow">{entries.collect_view()}</ul> }.into_any()
}

/// A patch of a colour.
pub fn swatch(class: &'static str) -> AnyView {
    view! {
        <svg class="sw" width="10" height="10" aria-hidden="true"><rect class=class width="10" height="10" rx="2"></rect></svg>
    }
    .into_any()
}
