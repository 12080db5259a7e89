//! A report that is one list.

use std::sync::Arc;

use app::assemble::insights::migration::{self, Migration};
use app::assemble::insights::page::order_of;
use app::assemble::insights::rows::{Order, ReportRow, keep_found, put_in_order, rows};
use app::assemble::insights::{Measure, Report};
use app::backend::Backend;
use axum::Json;
use axum::response::{IntoResponse, Response};
use model::{Outcome, time};
use serde_json::{Map, Value, json};

use super::super::parameters::Asked;
use super::super::report_file::ReportFile;
use super::{ApiError, Result, busy};

/// What imported lists say of relying parties of AD FS.
const STATUS: &str = "migration_status";

/// Answers with a report.
pub async fn answer(backend: &dyn Backend, report: &Report, asked: &Asked) -> Result<Response> {
    let order = match asked.word("order") {
        None => Order {
            by: Some(Measure::All),
            descending: true,
        },
        Some(word) => order_of(report, word).ok_or_else(|| {
            ApiError::BadRequest(format!(
                "{word} is no order of this report; take the name of a measure"
            ))
        })?,
    };
    let is_file = asked.is_file()?;
    let query = report.of(asked.query.clone());
    let mut found = rows(backend, report, &query).await.map_err(busy)?;
    if found.is_too_many {
        let words =
            "there are too many lines to put together: ask for a shorter time, or add a filter";
        return Err(ApiError::BadRequest(words.to_owned()));
    }
    let kept = match report.id == migration::REPORT {
        true => backend.registrations().await.map_err(busy)?,
        false => Arc::default(),
    };
    let migration = Migration::of(report, &kept);
    found.rows.extend(migration.others(report, &found.rows));
    keep_found(&mut found.rows, asked.word("find").unwrap_or_default());
    put_in_order(&mut found.rows, order);
    if is_file {
        return Ok(file(report, &found.rows, &migration));
    }
    let object = |row| Value::Object(Map::from_iter(line(report, row, &migration)));
    let lines: Vec<Value> = found.rows.iter().map(object).collect();
    let answer = json!({
        "report": report.id,
        "rows": lines,
        "nameless": found.nameless,
        "source": if found.is_from_lake { "lake" } else { "memory" },
    });
    Ok(Json(answer).into_response())
}

/// A line: identifier and name under the names of their columns, then what is said of it.
fn line(report: &Report, row: &ReportRow, migration: &Migration<'_>) -> Vec<(String, Value)> {
    let [id, name] = report.by;
    let is_identified = row.column.id == id;
    let (key, called) = match is_identified {
        true => (Some(row.key.as_str()), row.name.as_deref()),
        false => (None, Some(row.key.as_str())),
    };
    let of = [(id, json!(key)), (name, json!(called))];
    let said = report.measures.iter().filter(|measure| measure.is_told());
    let said = said.map(|measure| (measure.id(), value(*measure, row)));
    let status = || {
        let party = migration.of_row(row);
        json!(party.and_then(|party| party.migration_status.as_ref()))
    };
    let of_lists = (report.id == migration::REPORT).then(|| (STATUS, status()));
    of.into_iter()
        .chain(said)
        .chain(of_lists)
        .map(|(name, value)| (name.to_owned(), value))
        .collect()
}

fn value(measure: Measure, row: &ReportRow) -> Value {
    match measure {
        Measure::All => json!(row.all()),
        Measure::Successful => json!(row.of(Outcome::Success)),
        Measure::Failed => json!(row.of(Outcome::Failure)),
        Measure::Interrupted => json!(row.of(Outcome::Interrupted)),
        Measure::Rate => match row.rate() {
            (_, 0) => Value::Null,
            (good, of) => json!(share(good, of)),
        },
        Measure::Users => json!(row.users),
        Measure::Trend => Value::Null,
        Measure::First => json!(row.span.map(|span| time::write(span.0))),
        Measure::Last => json!(row.span.map(|span| time::write(span.1))),
    }
}

#[expect(clippy::cast_precision_loss, reason = "a share is not counted")]
fn share(good: u64, of: u64) -> f64 {
    // Four digits say it, and are the same however they are read.
    (good as f64 / of as f64 * 10_000.0).round() / 10_000.0
}

/// The report as a file.
fn file(report: &Report, rows: &[ReportRow], migration: &Migration<'_>) -> Response {
    let mut file = ReportFile::new();
    let measures = report.measures.iter().filter(|measure| measure.is_told());
    let measures = measures.map(|measure| measure.id());
    let of_lists = (report.id == migration::REPORT).then_some(STATUS);
    file.push(report.by.iter().copied().chain(measures).chain(of_lists));
    for row in rows {
        file.push(
            line(report, row, migration)
                .into_iter()
                .map(|(_, value)| match value {
                    Value::Null => String::new(),
                    Value::String(text) => text,
                    other => other.to_string(),
                }),
        );
    }
    file.answer(report.id)
}
