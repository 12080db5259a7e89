//! A report that is one list.

use std::sync::Arc;

use app::assemble::insights::beside::{Beside, needs_lists};
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

/// Answers with a report.
pub async fn answer(
    backend: &dyn Backend,
    report: &'static Report,
    asked: &Asked,
) -> Result<Response> {
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
    let kept = match needs_lists(report) {
        true => backend.registrations().await.map_err(busy)?,
        false => Arc::default(),
    };
    let beside = Beside::of(backend, report, &query, (&found.rows, &kept));
    let beside = beside.await.map_err(busy)?;
    found.rows.extend(beside.others(&found.rows));
    keep_found(&mut found.rows, asked.word("find").unwrap_or_default());
    put_in_order(&mut found.rows, order);
    if is_file {
        return Ok(file(report, &found.rows, &beside));
    }
    let object = |row| Value::Object(Map::from_iter(line(report, row, &beside)));
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
fn line(report: &Report, row: &ReportRow, beside: &Beside<'_>) -> Vec<(String, Value)> {
    let [id, name] = report.by;
    let is_identified = row.column.id == id;
    let (key, called) = match is_identified {
        true => (Some(row.key.as_str()), row.name.as_deref()),
        false => (None, Some(row.key.as_str())),
    };
    let of = [(id, json!(key)), (name, json!(called))];
    let said = report.measures.iter().filter(|measure| measure.is_told());
    let said = said.map(|measure| (measure.id(), value(*measure, row)));
    let beside = beside.names().iter().copied().zip(beside.values(row));
    let beside = beside.map(|(name, value)| (name, json_of(&value)));
    of.into_iter()
        .chain(said)
        .chain(beside)
        .map(|(name, value)| (name.to_owned(), value))
        .collect()
}

fn json_of(value: &model::Value) -> Value {
    match value {
        model::Value::Integer(number) => json!(number),
        model::Value::Empty => Value::Null,
        other => json!(other.to_text()),
    }
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
fn file(report: &Report, rows: &[ReportRow], beside: &Beside<'_>) -> Response {
    let mut file = ReportFile::new();
    let measures = report.measures.iter().filter(|measure| measure.is_told());
    let measures = measures.map(|measure| measure.id());
    let beside_names = beside.names().iter().copied();
    file.push(
        report
            .by
            .iter()
            .copied()
            .chain(measures)
            .chain(beside_names),
    );
    for row in rows {
        file.push(
            line(report, row, beside)
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
