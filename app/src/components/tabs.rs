//! The tabs of a page: links with counts.

use leptos::prelude::*;

use crate::text::sign_ins as text;
use crate::view::sign_ins::TabLink;

/// The kinds of sign-in, each with how many there are.
#[component]
pub fn Tabs(tabs: Vec<TabLink>) -> AnyView {
    let links = tabs.into_iter().map(|tab| {
        let count = tab
            .count
            .map(|count| view! { <span class="n" title=tab.exact>{count}</span> });
        view! {
            <a href=tab.address aria-current=tab.current.then_some("page")>{tab.label}{count}</a>
        }
    });
    view! { <nav class="tabs" aria-label=text::TABS>{links.collect_view()}</nav> }.into_any()
}
