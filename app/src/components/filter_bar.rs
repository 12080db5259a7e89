//! The filter bar. Its forms work without the client; with it, they are answered without a page load.

use leptos::prelude::*;

use super::pill::{DateFilter, FilterPill, SearchField};
use crate::text::sign_ins as text;
use crate::view::filters::FilterBar;

/// Search, date, filters, and the way back to none.
#[component]
pub fn Filters(bar: FilterBar) -> AnyView {
    let reset = bar
        .reset
        .map(|address| view! { <a class="linkbtn" href=address>{text::RESET}</a> });
    view! {
        <div class="filters" role="search" aria-label=text::FILTERS>
            <SearchField search=bar.search hidden=bar.search_hidden/>
            <DateFilter pill=bar.date/>
            {bar.pills.into_iter().map(|pill| view! { <FilterPill pill=pill/> }).collect_view()}
            {reset}
        </div>
    }
    .into_any()
}
