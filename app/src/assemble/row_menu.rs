//! The menu of a row.

use model::query::{Filter, Operator, Query};
use model::{Column, Value, present};

use super::sign_ins::PATH;
use crate::backend::{Backend, BackendError};
use crate::view::row_menu::RowMenu;
use crate::view::safe_text::shown;

/// Most characters of a value in a menu.
const MOST_IN_MENU: usize = 60;

/// The menu of a row, opened at the cell of a column.
///
/// # Errors
/// Those of the backend.
pub async fn row_menu(
    backend: &dyn Backend,
    query: &Query,
    request_id: &str,
    column: Option<&'static Column>,
) -> Result<RowMenu, BackendError> {
    let list = Query {
        after: None,
        ..query.without_row()
    };
    let value = match column.filter(|column| column.is_filterable()) {
        Some(column) => value_of(backend, request_id, column)
            .await?
            .map(|value| (column, value)),
        None => None,
    };
    let filtered = |operator| {
        let (column, value) = value.as_ref()?;
        Some((
            with_value(&list, column, value, operator)?.to_address(PATH),
            words(query, column, value),
        ))
    };
    Ok(RowMenu {
        open: list.with_row(request_id).to_address(PATH),
        compare: Query {
            compare: Some(Query::LAST_SUCCESS.to_owned()),
            ..list.with_row(request_id)
        }
        .to_address(PATH),
        only: filtered([Operator::Equal, Operator::Empty]),
        without: filtered([Operator::NotEqual, Operator::NotEmpty]),
    })
}

async fn value_of(
    backend: &dyn Backend,
    request_id: &str,
    column: &'static Column,
) -> Result<Option<Value>, BackendError> {
    let detail = backend.detail(request_id).await?;
    let found = detail.and_then(|detail| {
        let mut values = detail.values.into_iter();
        values.find(|(held, _)| *held == column)
    });
    Ok(found.map(|(_, value)| value))
}

/// The query with the value alone, or without it: by the first operator, by the second where there is none.
/// What else was asked of the column gives way.
fn with_value(
    query: &Query,
    column: &'static Column,
    value: &Value,
    [of_value, of_none]: [Operator; 2],
) -> Option<Query> {
    let filter = if value.is_empty() {
        Filter::new(column, of_none, Vec::<String>::new())
    } else {
        Filter::new(column, of_value, [value.to_text()])
    };
    let mut query = query.clone();
    if matches!(of_value, Operator::Equal) {
        query.filters.retain(|filter| filter.column != column);
    }
    column
        .takes(filter.operator)
        .then(|| query.with_filter(filter))
}

fn words(query: &Query, column: &Column, value: &Value) -> String {
    let words = match value.is_empty() {
        true => crate::text::flyout::NONE.to_owned(),
        false => shown(&present::value(column, value), MOST_IN_MENU),
    };
    format!("{}: {words}", column.label_in(query.tabs()))
}
