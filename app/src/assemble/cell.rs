//! Values of one row: the cells of the grid may show less than what they hold.

use model::ask::{Ask, PageAsk};
use model::query::{Filter, Operator, Range};
use model::tab::Tabs;
use model::{Column, Query, Value};

use crate::backend::{Backend, BackendError};

/// The columns in whose place the reason is shown: it is worked out from the first of them that says something.
const OF_REASON: [&str; 2] = ["verdict", "error_code"];

/// The columns that a cell of this column is about, of which the first with a value counts: what is worked out when it is
/// shown has no values of its own.
pub fn held_by(column: &'static Column) -> Vec<&'static Column> {
    match column.is_stored() {
        true => vec![column],
        false => OF_REASON.map(Column::named).to_vec(),
    }
}

/// What the cell of a column is about, among values of its row: the column and its value.
pub fn about<'a>(
    column: &'static Column,
    values: &'a [(&'static Column, Value)],
) -> Option<(&'static Column, &'a Value)> {
    let value_in = |column: &'static Column| {
        let held = values.iter().find(|(held, _)| *held == column)?;
        Some((column, &held.1))
    };
    let held: Vec<_> = held_by(column).into_iter().filter_map(value_in).collect();
    let full = held.iter().find(|(_, value)| !value.is_empty());
    full.or(held.last()).copied()
}

/// The values of these columns in the row of this request ID, each with its column; nothing when there is no
/// such row.
///
/// # Errors
/// Those of the backend.
pub async fn values_of(
    backend: &dyn Backend,
    request_id: &str,
    columns: &[&'static Column],
) -> Result<Vec<(&'static Column, Value)>, BackendError> {
    let mut ask = Ask::of(Query {
        range: Range::ALL,
        filters: vec![Filter::new(
            Column::named("request_id"),
            Operator::Equal,
            [request_id],
        )],
        ..Query::default()
    });
    ask.tabs = Tabs::ALL;
    ask.page = Some(PageAsk {
        columns: columns.to_vec(),
        limit: 1,
        skip: 0,
    });
    let page = backend.ask(ask).await?.answer.page.unwrap_or_default();
    let row = page.rows.into_iter().next();
    Ok(row.map_or_else(Vec::new, |row| {
        columns.iter().copied().zip(row.values).collect()
    }))
}
