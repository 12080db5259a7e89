//! The line under the grid with the numbers.

use leptos::prelude::*;
use model::Outcome;
use model::present::count;
use model::query::Every;

use super::density_choice::DensityChoice;
use super::noise_dial::hidden_rows;
use crate::text::folded as text_folded;
use crate::text::grid as grid_text;
use crate::text::sign_ins as text;
use crate::view::sign_ins::{Effort, SignIns, Totals};

/// How many sign-ins there are, how they ended, where that was found, and the clock of their times. It stays
/// where nothing could be read, without numbers.
#[component]
pub fn GridFooter<'a>(
    /// The page.
    page: &'a SignIns,
) -> AnyView {
    let is_read = page.failure.is_none();
    let hidden = page
        .dial
        .as_ref()
        .and_then(|dial| dial.hidden.clone())
        .map(hidden_rows);
    let back = page
        .first_page
        .clone()
        .map(|address| view! { <a href=address>{text::NEWEST}</a> });
    let source = match (is_read, page.is_from_lake) {
        (false, _) => None,
        (true, true) => Some(text::FROM_LAKE),
        (true, false) => Some(grid_text::FROM_MEMORY),
    };
    view! {
        <div class="gridfoot">
            {is_read.then(|| numbers(page))}
            {(!is_read).then_some(view! { <span>{grid_text::NOT_READ}</span> })}
            {hidden}
            {back}
            <span class="spacer"></span>
            {source.map(|words| source_words(words, page.effort))}
            <span>{text::times_in(&page.zone)}</span>
            <DensityChoice/>
        </div>
    }
    .into_any()
}

/// Where the answer was found, and what that took. A number that is another each time says nothing to who has
/// the page read out.
fn source_words(words: &'static str, effort: Effort) -> AnyView {
    let took = format!(" {}", text::took(effort.engine));
    let among = effort.held.map(text::among);
    view! { <span title=among>{words}<span aria-hidden="true">{took}</span></span> }.into_any()
}

fn numbers(page: &SignIns) -> AnyView {
    let totals = page.totals;
    let folding = page
        .folding
        .as_ref()
        .filter(|folding| folding.every != Every::Off);
    let every = folding.map_or(Every::Off, |folding| folding.every);
    let folded = folding.map(|folding| text_folded::lines(folding.lines, folding.every));
    // Groups say themselves which of them are shown.
    let shown = match &page.groups {
        Some(groups) => format!(", {}", groups.summary),
        None => text::shown(page.first_page.is_none(), page.rows.rows.len()),
    };
    let place = if page.first_page.is_none() {
        "first"
    } else {
        ""
    };
    view! {
        <span>
            <b>{count(totals.all)}</b>" "{text_folded::found(totals.all, every)}{folded}
            <span data-shown-rows=place>{shown}</span>
        </span>
        <span class="outcomes">{outcome_words(totals)}</span>
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
