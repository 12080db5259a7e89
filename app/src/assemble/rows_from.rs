//! Rows from a number on, for a grid that holds only those near the view.

use chrono::{DateTime, Utc};
use model::ask::{Ask, PageAsk};
use model::query::{Query, Range};
use model::reason;

use super::moments::Clock;
use super::{grid, kinds};
use crate::backend::{Backend, BackendError, Rows};
use crate::view::grid::{GridRow, ROWS_PER_BODY};

/// The rows that were asked for, and how many there are in all by now.
pub struct RowsFrom {
    /// The rows in order.
    pub rows: Vec<GridRow>,
    /// How many there are in all.
    pub total: u64,
}

/// When the list was read whose rows have these numbers.
#[derive(Debug, Clone, Copy, Default)]
pub struct FirstRead {
    /// The moment; a range that goes back from now goes back from it.
    pub as_of: Option<DateTime<Utc>>,
    /// The first moment behind its newest row.
    pub until: Option<DateTime<Utc>>,
}

/// The page of rows that begins behind so many others of a list that was read before. What is newer than its
/// newest row has come in since and does not count, so that numbers stay those of the same rows. What came in
/// since and is older does count: the total then differs from that of the list, which says so.
///
/// # Errors
/// Those of the backend.
pub async fn rows_from(
    backend: &dyn Backend,
    query: &Query,
    from_row: usize,
    read: FirstRead,
    clock: &Clock,
) -> Result<RowsFrom, BackendError> {
    let shown = query.shown_columns();
    let mut query = Query {
        after: None,
        ..query.without_row()
    };
    query.range = read.fixed(query.range, clock);
    let mut ask = Ask::of(query.clone());
    ask.page = Some(PageAsk {
        columns: reason::with_its_columns(&shown),
        limit: ROWS_PER_BODY,
        skip: from_row,
    });
    let page = backend.ask(ask).await?.answer.page.unwrap_or_default();
    // Asked by itself: numbers alone are known without a look at the rows.
    let mut ask = Ask::of(query.clone());
    ask.counts = true;
    let counted = backend.ask(ask).await?;
    let counts = counted.answer.counts;
    Ok(RowsFrom {
        rows: Rows::of(page, false)
            .rows
            .iter()
            .map(|row| grid::row(&shown, row, clock))
            .collect(),
        total: kinds::totals(&query, counts.as_ref(), counted.is_looked_up).all,
    })
}

impl FirstRead {
    /// The range with the ends that it had then.
    fn fixed(self, range: Range, clock: &Clock) -> Range {
        let (from, to) = range.bounds(self.as_of.unwrap_or(clock.now));
        let until = self.until.or(self.as_of);
        Range::Between {
            from,
            to: to.into_iter().chain(until).min(),
        }
    }
}
