//! The line under the grid with the numbers.

use leptos::prelude::*;
use model::Outcome;
use model::present::count;
use model::query::Every;

use crate::text::folded as text_folded;
use crate::text::sign_ins as text;
use crate::view::sign_ins::{SignIns, Totals};

/// How many sign-ins there are, how they ended, and the clock of their times.
#[component]
pub fn GridFooter<'a>(
    /// The page.
    page: &'a SignIns,
) -> AnyView {
    let totals = page.totals;
    let back = page
        .first_page
        .clone()
        .map(|address| view! { <a href=address>{text::NEWEST}</a> });
    let folded = page
        .folding
        .as_ref()
        .filter(|folding| folding.every != Every::Off)
        .map(|folding| text_folded::lines(folding.lines, folding.every));
    view! {
        <div class="gridfoot">
            <span>
                <b>{count(totals.all)}</b>" "{text::sign_ins(totals.all)}{folded}
                <span data-shown-rows="true">{text::shown(page.first_page.is_none(), page.rows.rows.len())}</span>
            </span>
            <span>{outcome_words(totals)}</span>
            {back}
            <span class="spacer"></span>
            {page.is_from_lake.then_some(view! { <span>{text::FROM_LAKE}</span> })}
            <span>{text::times_in(&page.zone)}</span>
        </div>
    }
    .into_any()
}

fn outcome_words(totals: Totals) -> String {
    [
        (Outcome::Success, totals.success),
        (Outcome::Interrupted, totals.interrupted),
        (Outcome::Failure, totals.failure),
    ]
    .map(|(outcome, number)| format!("{} {}", outcome.label(), count(number)))
    .join(", ")
}
