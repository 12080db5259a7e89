//! `rows`: the rows of an address that stand behind `from_row` others, as of the moment `as_of`, up to the moment
//! `until` (excluded), both in microseconds since 1970.

use chrono::DateTime;
use leptos::prelude::*;

use crate::asked::Asked;
use crate::assemble::moments::Clock;
use crate::assemble::rows_from::{FirstRead, rows_from};
use crate::components::grid_rows::{RowPlace, rows_markup};
use crate::error::UiError;

/// A table with the rows in a `tbody`. It says how many there are in all by now.
pub async fn written(asked: &Asked) -> Result<String, UiError> {
    let query = asked.parsed();
    let clock = Clock::of_request(&query);
    let number = |name| asked.parameter(name).and_then(|text| text.parse().ok());
    let from_row: u32 = number("from_row").unwrap_or_default();
    let moment = |name| {
        let micros = asked.parameter(name).and_then(|text| text.parse().ok());
        micros.and_then(DateTime::from_timestamp_micros)
    };
    let read = FirstRead {
        as_of: moment("as_of"),
        until: moment("until"),
    };
    let found = rows_from(&*asked.backend, &query, from_row as usize, read, &clock).await?;
    let place = RowPlace::of(&query, u64::from(from_row));
    let body = rows_markup(&found.rows, &place, query.row.as_deref());
    let table = view! {
        <table data-total=found.total>
            <tbody inner_html=body></tbody>
        </table>
    };
    Ok(table.to_html())
}
