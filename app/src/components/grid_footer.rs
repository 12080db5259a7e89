//! The line under the grid with the numbers.

use leptos::prelude::*;
use model::Outcome;
use model::present::count;

use super::noise_dial::hidden_rows;
use crate::text::sign_ins as text;
use crate::view::sign_ins::{SignIns, Totals};

/// How many sign-ins there are, how they ended, and the clock of their times.
#[component]
pub fn GridFooter<'a>(
    /// The page.
    page: &'a SignIns,
) -> AnyView {
    let totals = page.totals;
    let hidden = page
        .dial
        .as_ref()
        .and_then(|dial| dial.hidden.clone())
        .map(hidden_rows);
    // Groups say themselves which of them are shown.
    let shown = match &page.groups {
        Some(groups) => format!(", {}", groups.summary),
        None => text::shown(page.first_page.is_none(), page.rows.rows.len()),
    };
    let back = page
        .first_page
        .clone()
        .map(|address| view! { <a href=address>{text::NEWEST}</a> });
    view! {
        <div class="gridfoot">
            <span>
                <b>{count(totals.all)}</b>" "{text::sign_ins(totals.all)}
                <span data-shown-rows="true">{shown}</span>
            </span>
            <span>{outcome_words(totals)}</span>
            {hidden}
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
