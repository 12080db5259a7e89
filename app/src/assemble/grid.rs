//! Cells, rows and headers from values.

use model::column::{Column, Display};
use model::gist::Gist;
use model::query::{Query, Sort};
use model::reason::CODE;
use model::{Outcome, Value, present};

use super::moments::Clock;
use crate::backend;
use crate::view::grid::{Cell, GridRow, Header, Rows, Sorted, Tone};
use crate::view::safe_text::{MOST_IN_CELL, shown};

/// Rows of a page in the browser, and of one loaded further.
pub const ROWS_PER_PAGE: usize = 100;

/// The rows with the query string of the page that follows.
pub fn rows(
    query: &Query,
    columns: &[&'static Column],
    found: backend::Rows,
    clock: &Clock,
) -> Rows {
    Rows {
        rows: found
            .rows
            .iter()
            .map(|found| row(columns, found, clock))
            .collect(),
        next: found.next.map(|cursor| query.with_after(cursor).to_text()),
    }
}

/// One row.
pub fn row(columns: &[&'static Column], row: &backend::Row, clock: &Clock) -> GridRow {
    let cells = columns
        .iter()
        .zip(&row.values)
        .map(|(column, value)| cell(column, value, row, clock))
        .collect();
    GridRow {
        id: row.request_id.clone(),
        tone: row_tone(columns, row),
        cells,
    }
}

/// How the row ended: from its status where that is shown, else from its error code.
fn row_tone(columns: &[&'static Column], row: &backend::Row) -> Tone {
    columns
        .iter()
        .zip(&row.values)
        .find(|(column, _)| column.display == Display::Status)
        .and_then(|(_, value)| value.as_text())
        .and_then(|text| text.parse().ok())
        .or_else(|| row.error_code.map(Outcome::of_error_code))
        .map_or(Tone::Interrupted, tone)
}

/// The tone of an outcome.
pub fn tone(outcome: Outcome) -> Tone {
    match outcome {
        Outcome::Success => Tone::Success,
        Outcome::Failure => Tone::Failure,
        Outcome::Interrupted => Tone::Interrupted,
    }
}

fn cell(column: &Column, value: &Value, row: &backend::Row, clock: &Clock) -> Cell {
    if column.display == Display::Reason {
        return match reason(row.error_code, row.gist, row.deciding_policy.as_deref()) {
            Some((words, code)) => Cell::Reason(words, code),
            None => Cell::Empty,
        };
    }
    if let Value::Instant(moment) = value {
        return Cell::Moment(clock.in_grid(*moment));
    }
    if value.is_empty() {
        return Cell::Empty;
    }
    let words = shown(&present::value(column, value), MOST_IN_CELL);
    match column.display {
        Display::Status => match value.as_text().and_then(|text| text.parse().ok()) {
            Some(outcome) => Cell::Status(tone(outcome), words, row.is_settling),
            None => Cell::Quiet(words),
        },
        Display::Moment | Display::Plain => Cell::Plain(words),
        Display::Code => Cell::Code(words),
        Display::Quiet | Display::Milliseconds | Display::Reason => Cell::Quiet(words),
    }
}

/// Why a sign-in went as it did, with the error code where it did not simply work. `None` where there is nothing to tell.
pub fn reason(
    error_code: Option<i64>,
    gist: Option<Gist>,
    deciding_policy: Option<&str>,
) -> Option<(String, Option<String>)> {
    let words = present::reason(error_code, gist, deciding_policy);
    let code = error_code.filter(|code| *code != 0);
    (!words.is_empty()).then(|| {
        let code = code.map(|code| code.to_string());
        (shown(&words, MOST_IN_CELL), code)
    })
}

/// The headers, each with the address of the order that a click on it makes. The reason is worked out and has no
/// order: in its place the error code orders, which says so itself where it is shown, too.
pub fn headers(query: &Query, columns: &[&'static Column], path: &str) -> Vec<Header> {
    let sorted = match query.sort.descending {
        true => Sorted::Descending,
        false => Sorted::Ascending,
    };
    columns
        .iter()
        .map(|column| {
            let by = match column.is_stored() {
                true => *column,
                false => Column::named(CODE),
            };
            let is_by_this = query.sort.column == by;
            let descending = match is_by_this {
                true => !query.sort.descending,
                // Newest first is what one wants of times, A to Z of the rest.
                false => column.display == Display::Moment,
            };
            let sort = Sort {
                column: by,
                descending,
            };
            let says_it = by == *column || !columns.contains(&by);
            Header {
                id: column.id,
                usual_px: column.width_px,
                label: column.label_in(query.tabs()).to_owned(),
                width_px: query.width_px(column),
                address: by
                    .is_filterable()
                    .then(|| query.without_row().with_sort(sort).to_address(path)),
                sorted: (is_by_this && says_it).then_some(sorted),
            }
        })
        .collect()
}
