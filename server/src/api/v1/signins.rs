//! `GET /api/v1/signins`: rows of a query, a page at a time.

use std::fmt::Write;
use std::sync::Arc;

use axum::Extension;
use axum::Json;
use axum::extract::{RawQuery, State};
use model::answer::Counts;
use model::ask::PageAsk;
use model::query::Cursor;
use model::{Column, Tab};
use serde::Serialize;
use serde_json::{Map, Value, json};

use super::parameters::{Asked, Meta, Outcomes};
use super::{Result, openapi};
use crate::backend::LakeBackend;
use crate::sight::Sighted;

/// Rows of a page, without `limit`.
const ROWS: usize = 100;
/// Most rows of a page.
const MOST_ROWS: usize = 1_000;

/// One page of sign-ins.
#[derive(Serialize)]
pub struct Page {
    /// The rows, each an object of column ids and values.
    sign_ins: Vec<Map<String, Value>>,
    meta: PageMeta,
}

/// What goes with a page.
#[derive(Serialize)]
struct PageMeta {
    /// Query string of the next page; null on the last one.
    next: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    counts: Option<Counted>,
    #[serde(flatten)]
    meta: Meta,
}

/// Exact numbers of all that the query finds, on whatever page.
#[derive(Serialize)]
struct Counted {
    by_tab: Map<String, Value>,
    by_outcome: Outcomes,
}

/// Lists sign-ins.
pub async fn list(
    State(backend): State<Arc<LakeBackend>>,
    Extension(sighted): Extension<Sighted>,
    RawQuery(text): RawQuery,
) -> Result<Json<Page>> {
    let asked = Asked::read(&backend, &sighted, text.as_deref(), &["limit", "counts"]).await?;
    let limit = asked.limit(ROWS, MOST_ROWS)?;
    let columns: Vec<_> = asked
        .shown_columns()
        .into_iter()
        .filter(|column| column.is_stored())
        .collect();
    let mut ask = asked.ask();
    ask.counts = asked.flag("counts")?;
    ask.outcomes = ask.counts;
    ask.page = Some(PageAsk {
        columns: columns.clone(),
        limit,
        skip: 0,
    });
    let wanted = sighted.wanting(&mut ask);
    let mut answered = backend.asking().answer(ask).await?;
    sighted.answer(&mut answered.answer, &wanted);
    let page = answered.answer.page.unwrap_or_default();
    let sign_ins = page.rows.iter().map(|row| {
        let mut object = Map::new();
        object.insert("request_id".to_owned(), row.request_id.clone().into());
        object.extend(
            columns
                .iter()
                .zip(&row.values)
                .map(|(column, value)| (column.id.to_owned(), column.json(value))),
        );
        object
    });
    Ok(Json(Page {
        sign_ins: sign_ins.collect(),
        meta: PageMeta {
            next: page.next.map(|cursor| next(&asked, cursor, limit)),
            counts: answered.answer.counts.as_ref().map(counted),
            meta: asked.meta(answered.source, answered.engine_ms),
        },
    }))
}

/// The query string of the next page. It is as long as this one and of the same tabs; numbers stay as they
/// are from page to page, so they are not asked for again.
fn next(asked: &Asked, cursor: Cursor, limit: usize) -> String {
    let mut text = asked.query.with_after(cursor).to_text();
    if limit != ROWS {
        // Writing into a text does not fail.
        write!(text, "&limit={limit}").ok();
    }
    if let Some(tabs) = asked.tabs_text() {
        write!(text, "&tabs={tabs}").ok();
    }
    text
}

fn counted(counts: &Counts) -> Counted {
    Counted {
        by_tab: Tab::ALL
            .into_iter()
            .map(|tab| (tab.as_str().to_owned(), counts.of_tab(tab).into()))
            .collect(),
        by_outcome: counts.by_outcome.into(),
    }
}

/// The endpoint as the OpenAPI document has it.
pub fn described() -> Value {
    let by_tab = Tab::ALL.map(|tab| (tab.as_str(), openapi::count()));
    let counts = openapi::object(&[
        ("by_tab", openapi::object(&by_tab)),
        (
            "by_outcome",
            openapi::object(&[
                ("success", openapi::count()),
                ("failure", openapi::count()),
                ("interrupted", openapi::count()),
            ]),
        ),
    ]);
    let next = json!({
        "type": ["string", "null"],
        "description": "query string of the next page; null on the last one",
    });
    let row = json!({
        "type": "object",
        "description": "request_id, and the columns of cols",
        "properties": { Column::named("request_id").id: openapi::text() },
        "required": ["request_id"],
        "additionalProperties": openapi::value(),
    });
    openapi::Operation {
        id: "listSignIns",
        summary: "rows of a query, a page at a time",
        description: "Ask on with meta.next as the query string until it is null. by_tab counts in every tab, \
                      by_outcome in those asked about.",
        parameters: vec![
            openapi::shared("sort"),
            openapi::shared("cols"),
            openapi::shared("after"),
            openapi::limit(ROWS, MOST_ROWS, "most rows"),
            openapi::parameter(
                "counts",
                "whether to count all that the query finds",
                json!({ "type": "boolean", "default": false }),
            ),
        ],
        answer: openapi::object(&[
            ("sign_ins", openapi::list(row)),
            (
                "meta",
                openapi::with_optional(openapi::meta(&[("next", next)]), &[("counts", counts)]),
            ),
        ]),
    }
    .written()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_next_page_is_as_this_one() {
        let cursor = || Cursor::parse("7~a").expect("a cursor");
        let next = |text, limit| {
            let asked = Asked::parse(Some(text), &["limit", "counts"]).expect("readable");
            super::next(&asked, cursor(), limit)
        };
        assert_eq!(next("tabs=interactive&counts=true", ROWS), "after=7~a");
        assert_eq!(
            next("f=user:eq:a&limit=5&tabs=all&row=x", 5),
            "f=user:eq:a&after=7~a&limit=5&tabs=all"
        );
    }
}
