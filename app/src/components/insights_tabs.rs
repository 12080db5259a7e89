//! The tabs of *Authentication methods activity*.

use leptos::prelude::*;

use crate::assemble::insights::registration::path_of;
use crate::text::registration as text;
use crate::view::registration::InsightsTab;

/// All tabs, with the query string of a time that they carry along.
pub fn insights_tabs(present: InsightsTab, carried: &str) -> AnyView {
    let tabs = [
        InsightsTab::Registration,
        InsightsTab::Usage,
        InsightsTab::Details,
        InsightsTab::Events,
    ];
    let links = tabs.map(|tab| {
        let path = path_of(tab);
        let address = match carried {
            "" => path,
            carried => format!("{path}?{carried}"),
        };
        view! { <a href=address aria-current=(tab == present).then_some("page")>{text::tab(tab)}</a> }
    });
    view! { <nav class="tabs" aria-label=text::TABS>{links.into_iter().collect_view()}</nav> }
        .into_any()
}
