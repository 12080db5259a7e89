//! Values of one row: the cells of the grid may show less than what they hold.

use model::ask::{Ask, PageAsk};
use model::query::{Filter, Operator, Range};
use model::tab::Tabs;
use model::{Column, Query, Value};

use crate::backend::{Backend, BackendError};

/// The column in whose place the reason is shown: it is worked out from it.
const OF_REASON: &str = "error_code";

/// The column that a cell of this column is about: what is worked out when it is shown has no values of its own.
pub fn held_by(column: &'static Column) -> &'static Column {
    match column.is_stored() {
        true => column,
        false => Column::named(OF_REASON),
    }
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
