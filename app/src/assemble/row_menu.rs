//! The menu of a row.

use model::query::Query;
use model::{Column, Value, present};

use super::cell::{self, held_by, values_of};
use super::entity::address::identifier_of;
use super::entity::window::Window;
use super::sign_ins::PATH;
use crate::backend::{Backend, BackendError};
use crate::view::row_menu::RowMenu;
use crate::view::safe_text::shown;

/// Most characters of a value in a menu.
const MOST_IN_MENU: usize = 60;
/// Columns that name what a row is about: who, to what, from where. Of those of who, the first with a value
/// counts.
const WHO: [&str; 3] = ["user", "username", "service_principal_name"];
const WHAT: &str = "application";
const WHERE: &str = "ip_address";

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
    let held = column.map(held_by).unwrap_or_default();
    let values = values_of(backend, request_id, &wanted(held)).await?;
    let at = column.and_then(|column| cell::about(column, &values));
    let verb = |narrowed: fn(&Query, &'static Column, &Value) -> Option<Query>| {
        let (column, value) = at?;
        let words = format!(
            "{}: {}",
            column.label_in(query.tabs()),
            words(column, value)
        );
        Some((narrowed(&list, column, value)?.to_address(PATH), words))
    };
    Ok(RowMenu {
        open: list.with_row(request_id).to_address(PATH),
        compare: Query {
            compare: Some(Query::LAST_SUCCESS.to_owned()),
            ..list.with_row(request_id)
        }
        .to_address(PATH),
        about: about(query, at, &values),
        only: verb(Query::with_only),
        without: verb(Query::with_none_of),
    })
}

/// The columns whose values the menu needs, each once.
fn wanted(held: Vec<&'static Column>) -> Vec<&'static Column> {
    let named = WHO.into_iter().chain([WHAT, WHERE]).map(Column::named);
    let mut wanted: Vec<&'static Column> = Vec::new();
    for column in held.into_iter().chain(named) {
        for column in [Some(column), identifier_of(column)].into_iter().flatten() {
            if !wanted.contains(&column) {
                wanted.push(column);
            }
        }
    }
    wanted
}

fn value<'a>(values: &'a [(&'static Column, Value)], column: &Column) -> Option<&'a Value> {
    let mut held = values.iter();
    held.find(|(held, _)| *held == column)
        .map(|(_, value)| value)
}

/// The page about the cell's value where it has one, or else those about whom and what the row names: words
/// and address.
fn about(
    query: &Query,
    at: Option<(&'static Column, &Value)>,
    values: &[(&'static Column, Value)],
) -> Vec<(String, String)> {
    let page = |column: &'static Column, held: &Value| {
        let identifier = identifier_of(column).and_then(|column| value(values, column));
        let page = Window::around(query).page_beside(column, held, identifier)?;
        Some((words(column, held), page))
    };
    let of_column = |id: &'static str| {
        let column = Column::named(id);
        page(column, value(values, column)?)
    };
    match at.and_then(|(column, value)| page(column, value)) {
        Some(page) => vec![page],
        None => [
            WHO.into_iter().find_map(of_column),
            of_column(WHAT),
            of_column(WHERE),
        ]
        .into_iter()
        .flatten()
        .collect(),
    }
}

fn words(column: &Column, value: &Value) -> String {
    match value.is_empty() {
        true => crate::text::flyout::NONE.to_owned(),
        false => shown(&present::value(column, value), MOST_IN_MENU),
    }
}
