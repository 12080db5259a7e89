//! The page of the sign-ins.

use model::query::{Problem, Query};
use model::{Column, Tab, present};

use super::moments::Clock;
use super::{empty, filters, grid, saved};
use crate::backend::{Backend, BackendError, Counts};
use crate::context;
use crate::error::UiError;
use crate::view::grid::Rows;
use crate::view::safe_text::shown;
use crate::view::saved::Saved;
use crate::view::sign_ins::{Empty, ProblemLine, SignIns, TabLink, Totals};

/// Address of the page.
pub const PATH: &str = "/sign-ins";

/// Everything that the page shows. Where the backend fails, the page says so and stays usable.
pub async fn page(
    backend: &dyn Backend,
    query: &Query,
    problems: &[Problem],
    clock: &Clock,
) -> SignIns {
    let query = &query.without_row();
    let columns = query.shown_columns();
    let answer = answer(backend, query, &columns, clock).await;
    let (answer, failure) = match answer {
        Ok(answer) => (answer, None),
        Err(error) => (Answer::default(), Some(UiError::from(error))),
    };
    SignIns {
        tabs: tabs(query, answer.counts.as_ref()),
        address: query.to_address(PATH),
        row_address: row_address(query),
        filters: filters::filter_bar(query, clock, PATH),
        problems: problems.iter().map(problem_line).collect(),
        headers: grid::headers(query, &columns, PATH),
        link_column: link_column(&columns),
        rows: answer.rows,
        first_page: query.after.is_some().then(|| {
            Query {
                after: None,
                ..query.clone()
            }
            .to_address(PATH)
        }),
        totals: totals(query, answer.counts.as_ref()),
        zone: clock.zone.name().to_owned(),
        is_from_lake: answer.is_from_lake,
        empty: answer.empty,
        failure,
        saved: Saved::default(),
        links: saved::share_links(query, clock, &context::origin(), PATH),
        columns_address: query.to_address(crate::components::columns_pane::PAGE),
    }
}

/// What the address of an open row begins with; the escaped request ID follows.
pub fn row_address(query: &Query) -> String {
    match query.without_row().to_address(PATH) {
        address if address.contains('?') => format!("{address}&row="),
        address => format!("{address}?row="),
    }
}

/// Position of the column whose cell links to the row.
pub fn link_column(columns: &[&'static Column]) -> usize {
    let date = columns.iter().position(|column| column.id == "date");
    date.unwrap_or_default()
}

/// The rows that follow those of a page.
///
/// # Errors
/// Those of the backend.
pub async fn more(
    backend: &dyn Backend,
    query: &Query,
    clock: &Clock,
) -> Result<Rows, BackendError> {
    let query = &query.without_row();
    let columns = query.shown_columns();
    let found = backend.rows(query, &columns, grid::ROWS_PER_PAGE).await?;
    Ok(grid::rows(query, &columns, found, clock))
}

#[derive(Default)]
struct Answer {
    rows: Rows,
    counts: Option<Counts>,
    is_from_lake: bool,
    empty: Option<Empty>,
}

async fn answer(
    backend: &dyn Backend,
    query: &Query,
    columns: &[&'static Column],
    clock: &Clock,
) -> Result<Answer, BackendError> {
    let (found, counts) = backend
        .rows_and_counts(query, columns, grid::ROWS_PER_PAGE)
        .await?;
    let empty = if found.rows.is_empty() && query.after.is_none() {
        Some(empty::why_empty(backend, query, clock, PATH).await?)
    } else {
        None
    };
    Ok(Answer {
        is_from_lake: found.is_from_lake,
        rows: grid::rows(query, columns, found, clock),
        counts: Some(counts),
        empty,
    })
}

fn tabs(query: &Query, counts: Option<&Counts>) -> Vec<TabLink> {
    Tab::ALL
        .into_iter()
        .map(|tab| {
            let number = counts.and_then(|counts| counts.by_tab.get(tab.index()).copied());
            TabLink {
                label: tab.label().to_owned(),
                address: query.with_tab(tab).to_address(PATH),
                count: number.map(short_count),
                exact: number.map(present::count),
                current: tab == query.tab,
            }
        })
        .collect()
}

/// Exact up to 100,000, then `123.4K` and `1.1M`, cut rather than rounded.
fn short_count(number: u64) -> String {
    match number {
        0..=100_000 => present::count(number),
        100_001..=999_999 => format!("{}.{}K", number / 1_000, number % 1_000 / 100),
        _ => format!(
            "{}.{}M",
            present::count(number / 1_000_000),
            number % 1_000_000 / 100_000
        ),
    }
}

fn totals(query: &Query, counts: Option<&Counts>) -> Totals {
    let Some(counts) = counts else {
        return Totals::default();
    };
    let [success, failure, interrupted] = counts.by_outcome;
    Totals {
        all: counts
            .by_tab
            .get(query.tab.index())
            .copied()
            .unwrap_or_default(),
        success,
        failure,
        interrupted,
    }
}

fn problem_line(problem: &Problem) -> ProblemLine {
    ProblemLine {
        part: shown(&problem.part, 200),
        message: shown(&problem.message, 400),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn large_counts_are_shortened() {
        assert_eq!(short_count(4_812), "4,812");
        assert_eq!(short_count(100_000), "100,000");
        assert_eq!(short_count(123_456), "123.4K");
        assert_eq!(short_count(1_153_604), "1.1M");
    }
}
