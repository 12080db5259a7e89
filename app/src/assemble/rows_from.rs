//! Rows from a number on, for a grid that holds only those near the view.

use chrono::DateTime;
use model::ask::{Ask, PageAsk};
use model::query::{Query, Range};
use model::{Tab, reason};

use super::grid::{self, ROWS_PER_BODY};
use super::moments::Clock;
use crate::backend::{Backend, BackendError, Rows};
use crate::view::grid::GridRow;

/// The rows that were asked for, and how many there are in all by now.
pub struct RowsFrom {
    /// The rows in order.
    pub rows: Vec<GridRow>,
    /// How many there are in all.
    pub total: u64,
}

/// The page of rows that begins behind so many others. A range that goes back from now goes back from when the
/// list was first read, so that numbers stay those of the same rows.
///
/// # Errors
/// Those of the backend.
pub async fn rows_from(
    backend: &dyn Backend,
    query: &Query,
    from_row: usize,
    as_of_micros: Option<i64>,
    clock: &Clock,
) -> Result<RowsFrom, BackendError> {
    let shown = query.shown_columns();
    let mut query = Query {
        after: None,
        ..query.without_row()
    };
    query.range = fixed(query.range, as_of_micros, clock);
    let mut ask = Ask::of(query.clone());
    ask.page = Some(PageAsk {
        columns: reason::with_its_columns(&shown),
        limit: ROWS_PER_BODY,
        skip: from_row,
    });
    let page = backend.ask(ask).await?.answer.page.unwrap_or_default();
    // Asked by itself: numbers alone are known without a look at the rows.
    let mut ask = Ask::of(query);
    ask.counts = true;
    let tabs = ask.tabs;
    let counts = backend.ask(ask).await?.answer.counts.unwrap_or_default();
    let named = Tab::ALL.into_iter().filter(|tab| tabs.has(*tab));
    Ok(RowsFrom {
        rows: Rows::of(page, false)
            .rows
            .iter()
            .map(|row| grid::row(&shown, row, clock))
            .collect(),
        total: named.map(|tab| counts.of_tab(tab)).sum(),
    })
}

fn fixed(range: Range, as_of_micros: Option<i64>, clock: &Clock) -> Range {
    let as_of = as_of_micros.and_then(DateTime::from_timestamp_micros);
    let (from, to) = range.bounds(as_of.unwrap_or(clock.now));
    Range::Between { from, to }
}
