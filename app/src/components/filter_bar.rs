//! The filter bar. Its forms work without the client; with it, they are answered without a page load.

use leptos::prelude::*;

use super::add_filter::AddFilter;
use super::date_range::DateRange;
use super::pill::FilterPill;
use super::search_line::{LineEditor, SearchLine};
use crate::text::filters as text;
use crate::view::filters::FilterBar;

/// Search, date, filters, one more, and the way back to none.
#[component]
pub fn Filters(bar: FilterBar) -> AnyView {
    let reset = bar
        .reset
        .map(|address| view! { <a class="linkbtn" href=address>{text::RESET}</a> });
    view! {
        <div class="filters" role="search" aria-label=text::FILTERS>
            <SearchLine search=bar.search hidden=bar.search_hidden/>
            <DateRange pill=bar.date/>
            {bar.pills.into_iter().map(|pill| view! { <FilterPill pill=pill/> }).collect_view()}
            <AddFilter groups=bar.addable hidden=bar.add_hidden/>
            <LineEditor line=bar.line hidden=bar.line_hidden/>
            {reset}
        </div>
    }
    .into_any()
}
