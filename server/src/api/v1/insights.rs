//! `GET /api/v1/insights/<report>`: the reports of *Usage & insights*, as JSON or as CSV.

use std::sync::Arc;

use app::assemble::insights::migration::{self, Migration};
use app::assemble::insights::page::order_of;
use app::assemble::insights::rows::{Order, ReportRow, keep_found, put_in_order, rows};
use app::assemble::insights::{Measure, REPORTS, Report};
use app::backend::SharedBackend;
use axum::extract::{Path, RawQuery, State};
use axum::http::header;
use axum::response::{IntoResponse, Response};
use axum::{Extension, Json};
use model::sight::Sight;
use model::{Outcome, time};
use serde_json::{Map, Value, json};
use url::form_urlencoded;

use super::parameters::Asked;
use super::{ApiError, Result, openapi};
use crate::api::download::csv::{BYTE_ORDER_MARK, push_cell};
use crate::backend::LakeBackend;
use crate::backend::limited::Limited;
use crate::sight::Sighted;

/// Parameters beside the query.
const OWN: [&str; 3] = ["find", "order", "format"];

/// What imported lists say of relying parties of AD FS.
const STATUS: &str = "migration_status";

/// Parts of the query language that would ask for something else than the report.
const NOT_TAKEN: [&str; 4] = ["tab", "tabs", "q", "noise"];

fn has(query: Option<&str>, name: &str) -> bool {
    let mut parts = form_urlencoded::parse(query.unwrap_or_default().as_bytes());
    parts.any(|(part, _)| part == name)
}

/// Answers with a report.
pub async fn report(
    State(backend): State<Arc<LakeBackend>>,
    Extension(sighted): Extension<Sighted>,
    Path(id): Path<String>,
    RawQuery(text): RawQuery,
) -> Result<Response> {
    let report = Report::of_id(&id).ok_or(ApiError::NotFound("report"))?;
    let asked = Asked::read(&backend, &sighted, text.as_deref(), &OWN).await?;
    asked.require_whole()?;
    if let Some(name) = NOT_TAKEN.iter().find(|name| has(text.as_deref(), name)) {
        let words =
            format!("a report takes no {name}: it says itself which sign-ins it counts; use f");
        return Err(ApiError::BadRequest(words));
    }
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
    let is_file = match asked.word("format") {
        None | Some("json") => false,
        Some("csv") => true,
        Some(other) => {
            let words = format!("{other} is no format of a report; take json or csv");
            return Err(ApiError::BadRequest(words));
        }
    };
    let shared: SharedBackend = match sighted.sight == Sight::ALL {
        true => backend,
        false => Arc::new(Limited::new(backend, sighted)),
    };
    let query = report.of(asked.query.clone());
    let mut found = rows(&*shared, report, &query).await.map_err(|error| {
        tracing::warn!(trace = %error.trace, "a report could not be counted");
        ApiError::Busy(error.message)
    })?;
    if found.is_too_many {
        let words =
            "there are too many lines to put together: ask for a shorter time, or add a filter";
        return Err(ApiError::BadRequest(words.to_owned()));
    }
    let kept = match report.id == migration::REPORT {
        true => shared.registrations().await.map_err(|error| {
            tracing::warn!(trace = %error.trace, "the imported lists could not be read");
            ApiError::Busy(error.message)
        })?,
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
    let said = report.measures.iter();
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
        Measure::First => json!(row.span.map(|span| time::write(span.0))),
        Measure::Last => json!(row.span.map(|span| time::write(span.1))),
    }
}

#[expect(clippy::cast_precision_loss, reason = "a share is not counted")]
fn share(good: u64, of: u64) -> f64 {
    // Four digits say it, and are the same however they are read.
    (good as f64 / of as f64 * 10_000.0).round() / 10_000.0
}

/// The report as a file. Names come from the log: what a spreadsheet would run is guarded.
fn file(report: &Report, rows: &[ReportRow], migration: &Migration<'_>) -> Response {
    let mut bytes = BYTE_ORDER_MARK.to_vec();
    let names = report
        .by
        .iter()
        .copied()
        .chain(report.measures.iter().map(|measure| measure.id()))
        .chain((report.id == migration::REPORT).then_some(STATUS));
    push_line(names.map(str::to_owned), &mut bytes);
    for row in rows {
        let cells = line(report, row, migration)
            .into_iter()
            .map(|(_, value)| match value {
                Value::Null => String::new(),
                Value::String(text) => text,
                other => other.to_string(),
            });
        push_line(cells, &mut bytes);
    }
    let disposition = format!("attachment; filename=\"{}.csv\"", report.id);
    let headers = [
        (header::CONTENT_TYPE, "text/csv; charset=utf-8".to_owned()),
        (header::CONTENT_DISPOSITION, disposition),
    ];
    (headers, bytes).into_response()
}

fn push_line(cells: impl Iterator<Item = String>, bytes: &mut Vec<u8>) {
    for (index, cell) in cells.enumerate() {
        if index > 0 {
            bytes.push(b',');
        }
        push_cell(&cell, true, bytes);
    }
    bytes.extend_from_slice(b"\r\n");
}

/// The endpoint as the OpenAPI document has it.
pub fn described() -> Value {
    let ids: Vec<&str> = REPORTS.iter().map(|report| report.id).collect();
    let mut described = openapi::Operation {
        id: "report",
        summary: "a report of usage and insights",
        description: "Each line has the identifier and the name of what it is of, and what the report says of it: \
                      sign_ins, successful, failed, interrupted, success_rate (of successes and failures), users, \
                      first and last. A number that is not known exactly is null. Those of AD FS have a \
                      migration_status, where an imported list says it.",
        parameters: vec![
            openapi::parameter(
                "find",
                "leaves the lines whose name or identifier has this in it",
                openapi::text(),
            ),
            openapi::parameter(
                "order",
                "name, or what lines are in the order of, with - in front for the most first",
                json!({ "type": "string", "default": "-sign_ins" }),
            ),
            openapi::parameter(
                "format",
                "how it comes",
                json!({ "type": "string", "enum": ["json", "csv"], "default": "json" }),
            ),
        ],
        answer: openapi::object(&[
            ("report", json!({ "type": "string", "enum": ids })),
            ("rows", openapi::list(json!({ "type": "object" }))),
            ("nameless", openapi::count()),
            ("source", json!({ "type": "string", "enum": ["memory", "lake"] })),
        ]),
    }
    .written();
    let path = json!({
        "name": "report",
        "in": "path",
        "required": true,
        "description": "which report",
        "schema": { "type": "string", "enum": ids },
    });
    if let Some(responses) = described["responses"].as_object_mut() {
        responses.insert(
            "404".to_owned(),
            json!({ "$ref": "#/components/responses/404" }),
        );
    }
    if let Some(parameters) = described["parameters"].as_array_mut() {
        let is_taken = |parameter: &Value| {
            !NOT_TAKEN
                .iter()
                .any(|name| *parameter == openapi::shared(name))
        };
        parameters.retain(is_taken);
        parameters.insert(0, path);
    }
    described
}
