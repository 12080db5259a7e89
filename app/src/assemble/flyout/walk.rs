//! The rows above and below the open one, and where it stands.

use chrono::{DateTime, Utc};
use model::answer::Page;
use model::ask::{Ask, PageAsk};
use model::query::{Cursor, Every, Filter, Operator, Sort};
use model::{Column, Query};

use super::panes::kept;
use crate::assemble::sign_ins::{PATH, row_address};
use crate::backend::Backend;
use crate::text::flyout as text;
use crate::view::flyout::Walk;
use crate::view::safe_text::escaped;

/// Most sign-ins of one moment that are looked through.
const MOST_AT_ONCE: usize = 200;

/// What is known about the rows around a row. Where memory does not hold them, where the rows are not in
/// the order of time, or are put together, nothing is: the client then goes by the rows of the grid.
pub(super) async fn walk(
    backend: &dyn Backend,
    query: &Query,
    request_id: &str,
    date: DateTime<Utc>,
) -> Walk {
    found(backend, query, request_id, date)
        .await
        .unwrap_or_default()
}

async fn found(
    backend: &dyn Backend,
    query: &Query,
    request_id: &str,
    date: DateTime<Utc>,
) -> Option<Walk> {
    let is_plain = query.sort == Sort::default()
        && query.folds() == Every::Off
        && query.group.is_empty()
        && query.looked_up().is_none();
    if !is_plain {
        return None;
    }
    let rows = Query {
        after: None,
        ..query.without_row()
    };
    let moment = model::time::write(date);
    let at = |operator| Filter::new(Column::named("date"), operator, [moment.as_str()]);
    // A filter on the date may be there already, so these stand beside it.
    let with = |filters: &[Filter]| {
        let mut query = rows.clone();
        query.filters.extend_from_slice(filters);
        query
    };
    let same = with(&[at(Operator::GreaterOrEqual), at(Operator::LessOrEqual)]);
    let (same, _) = page(backend, same, MOST_AT_ONCE, false).await?;
    let index = same
        .rows
        .iter()
        .position(|row| row.request_id == request_id)?;

    let mut newer = with(&[at(Operator::Greater)]);
    newer.sort.descending = false;
    let (newer, number_newer) = page(backend, newer, MOST_AT_ONCE, true).await?;
    let cursor = Cursor {
        sort_value: None,
        date_micros: date.timestamp_micros(),
        request_id: request_id.to_owned(),
    };
    let older = Query {
        after: Some(cursor),
        ..rows.clone()
    };
    let (older, all) = page(backend, older, 1, true).await?;

    let address = |id: &str| format!("{}{}{}", row_address(&rows), escaped(id), kept(query));
    let previous = match index.checked_sub(1).and_then(|index| same.rows.get(index)) {
        Some(row) => Some(row.request_id.as_str()),
        None => nearest(&newer),
    };
    let next = older.rows.first().map(|row| row.request_id.as_str());
    Some(Walk {
        position: Some(text::position(number_newer + index as u64 + 1, all)),
        previous: previous.map(address),
        next: next.map(address),
    })
}

/// Of sign-ins from the oldest to the newest: the last one of the first moment, which stands right above.
fn nearest(newer: &Page) -> Option<&str> {
    let first = newer.rows.first()?;
    let of_moment = newer.rows.iter().take_while(|row| row.date == first.date);
    // With that many at once it may not be among them.
    let is_whole = newer.next.is_none()
        || newer
            .rows
            .last()
            .is_some_and(|last| last.date != first.date);
    of_moment
        .last()
        .filter(|_| is_whole)
        .map(|row| row.request_id.as_str())
}

/// Rows of a query, and how many there are in all; `None` when memory does not hold them.
async fn page(
    backend: &dyn Backend,
    query: Query,
    limit: usize,
    counts: bool,
) -> Option<(Page, u64)> {
    let tabs = query.tabs();
    let mut ask = Ask::of(query);
    ask.counts = counts;
    ask.page = Some(PageAsk {
        columns: Vec::new(),
        limit,
        skip: 0,
    });
    let answered = backend.ask_memory(ask).await.ok()??;
    let of_tabs = answered.answer.counts.map(|counts| counts.of_tabs(tabs));
    Some((
        answered.answer.page.unwrap_or_default(),
        of_tabs.unwrap_or_default(),
    ))
}

/// Address of the page without the pane.
pub(super) fn close(query: &Query) -> String {
    query.without_row().to_address(PATH)
}
