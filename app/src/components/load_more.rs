//! What stands under the rows: the link to the next page. The client pages by itself and hides it.

use leptos::prelude::*;
use model::present::count;
use model::query::Every;

use crate::text::folded as text_folded;
use crate::text::sign_ins as text;
use crate::view::sign_ins::SignIns;

/// The link to the rows of a query string.
pub fn next_link(query: String) -> AnyView {
    let address = format!("/sign-ins?{query}");
    view! { <a class="btn small" rel="next" href=address>{text::MORE}</a> }.into_any()
}

/// The link to more rows, or the words that there are none.
#[component]
pub fn LoadMore<'a>(
    /// The page.
    page: &'a SignIns,
) -> AnyView {
    let all = page.totals.all;
    let folding = page
        .folding
        .as_ref()
        .filter(|folding| folding.every != Every::Off);
    let number = page.rows.rows.len();
    let shown = match folding {
        Some(folding) => text_folded::shown_of(number, folding.lines),
        None => text::shown_of(number, all),
    };
    let every = folding.map_or(Every::Off, |folding| folding.every);
    let found = text_folded::found(all, every);
    let is_first = page.first_page.is_none();
    match &page.rows.next {
        Some(query) => view! {
            <nav class="loadmore" aria-label=text::MORE_NAVIGATION>
                {next_link(query.clone())}
                <span class="hint">{shown}</span>
            </nav>
        }
        .into_any(),
        None if is_first => {
            view! { <p class="loadmore end-of-list">{text::all_shown(all, found)}</p> }.into_any()
        }
        None => {
            let words = format!("{} {found}", count(all));
            view! { <p class="loadmore end-of-list">{words}</p> }.into_any()
        }
    }
}
