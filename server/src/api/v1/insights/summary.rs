//! Reports that are more than one list: single numbers and lists of them, each with the query that finds its sign-ins.

use app::assemble::insights::day::named;
use app::assemble::insights::overview::{self, overview as overview_of};
use app::assemble::insights::overview_page::day_of;
use app::assemble::insights::summary::{Summary, Table};
use app::assemble::insights::usage::{self, Edges, scope, usage as usage_of};
use app::assemble::moments::Clock;
use app::backend::Backend;
use axum::Json;
use axum::response::{IntoResponse, Response};
use model::answer::Counted;
use model::{Outcome, Query};
use serde_json::{Value, json};

use super::super::histogram::zone;
use super::super::parameters::{Asked, refused};
use super::super::report_file::ReportFile;
use super::{Result, busy, openapi};

/// How people proved who they are.
pub async fn usage(backend: &dyn Backend, asked: &Asked, shows_policies: bool) -> Result<Response> {
    let scope = scope(asked.query.clone());
    let found = usage_of(backend, &scope, Edges::default(), shows_policies);
    let found = found.await.map_err(busy)?;
    answer(usage::ID, &found.summary, asked, None)
}

/// A day against what is usual.
pub async fn overview(backend: &dyn Backend, asked: &Asked) -> Result<Response> {
    let named = match asked.word("day") {
        None => None,
        Some(word) => {
            Some(named(word).ok_or_else(|| refused("day", "a date such as 2026-11-24", word))?)
        }
    };
    let zone = zone(asked)?;
    let clock = Clock {
        now: backend.now(),
        zone,
        own_zone: zone,
    };
    let day = day_of(backend, named, &clock);
    let day = day.await.map_err(busy)?;
    let found = overview_of(backend, &asked.query, day, &[]);
    let found = found.await.map_err(busy)?;
    answer(
        overview::ID,
        &found.summary,
        asked,
        Some(day.date.to_string()),
    )
}

fn answer(
    id: &'static str,
    summary: &Summary,
    asked: &Asked,
    day: Option<String>,
) -> Result<Response> {
    if asked.is_file()? {
        return Ok(file(id, summary));
    }
    let figures = summary.figures.iter().map(|figure| {
        json!({
            "id": figure.id,
            "count": figure.count,
            "query": figure.query.as_ref().map(Query::to_text),
        })
    });
    let mut written = json!({
        "report": id,
        "figures": figures.collect::<Vec<Value>>(),
        "tables": summary.tables.iter().map(table).collect::<Vec<Value>>(),
        "source": if summary.is_from_lake { "lake" } else { "memory" },
    });
    if let Some(day) = day {
        written["day"] = day.into();
    }
    Ok(Json(written).into_response())
}

fn table(table: &Table) -> Value {
    let lines = table.lines.iter().map(|line| {
        let [successful, failed, interrupted] = outcomes(&line.counted);
        json!({
            "value": line.value.to_text(),
            "sign_ins": line.counted.rows,
            "successful": successful,
            "failed": failed,
            "interrupted": interrupted,
            "people": line.people,
            "query": line.query.to_text(),
        })
    });
    json!({
        "id": table.id,
        "lines": lines.collect::<Vec<Value>>(),
        "more": table.more,
    })
}

fn outcomes(counted: &Counted) -> [u64; 3] {
    [Outcome::Success, Outcome::Failure, Outcome::Interrupted].map(|outcome| {
        let count = counted.by_outcome.get(outcome.index());
        count.copied().unwrap_or_default()
    })
}

/// All numbers as one file: a line for each.
fn file(id: &str, summary: &Summary) -> Response {
    let mut file = ReportFile::new();
    file.push([
        "part",
        "value",
        "sign_ins",
        "successful",
        "failed",
        "interrupted",
        "people",
        "query",
    ]);
    for figure in &summary.figures {
        let query = figure
            .query
            .as_ref()
            .map(Query::to_text)
            .unwrap_or_default();
        let count = figure.count.to_string();
        file.push([figure.id, "", &count, "", "", "", "", &query]);
    }
    for table in &summary.tables {
        for line in &table.lines {
            let numbers = outcomes(&line.counted).map(|number| number.to_string());
            let [successful, failed, interrupted] = numbers;
            file.push([
                table.id.to_owned(),
                line.value.to_text(),
                line.counted.rows.to_string(),
                successful,
                failed,
                interrupted,
                line.people
                    .map(|people| people.to_string())
                    .unwrap_or_default(),
                line.query.to_text(),
            ]);
        }
    }
    file.answer(id)
}

/// A single number as the OpenAPI document has it.
pub fn figure_schema() -> Value {
    openapi::object(&[
        ("id", openapi::text()),
        ("count", openapi::count()),
        ("query", json!({ "type": ["string", "null"] })),
    ])
}

/// A list of numbers as the OpenAPI document has it.
pub fn table_schema() -> Value {
    let line = openapi::object(&[
        ("value", openapi::text()),
        ("sign_ins", openapi::count()),
        ("successful", openapi::count()),
        ("failed", openapi::count()),
        ("interrupted", openapi::count()),
        ("people", json!({ "type": ["integer", "null"] })),
        ("query", openapi::text()),
    ]);
    openapi::object(&[
        ("id", openapi::text()),
        ("lines", openapi::list(line)),
        ("more", openapi::count()),
    ])
}
