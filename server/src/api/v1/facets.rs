//! `GET /api/v1/signins/facets`: the most frequent values of columns.

use std::sync::Arc;

use axum::Extension;
use axum::Json;
use axum::extract::{RawQuery, State};
use model::answer::Facet;
use model::ask::FacetAsk;
use serde::Serialize;
use serde_json::{Value, json};

use super::parameters::{self, Asked, Meta};
use super::{Result, openapi};
use crate::backend::LakeBackend;
use crate::sight::Sighted;

/// Most columns of one answer.
const MOST_COLUMNS: usize = 20;
/// Values of a column, without `limit`.
const VALUES: usize = 10;
/// Most values of a column.
const MOST_VALUES: usize = 1_000;

/// Facets, in the order in which they were asked for.
#[derive(Serialize)]
pub struct Facets {
    facets: Vec<Counted>,
    meta: Meta,
}

#[derive(Serialize)]
struct Counted {
    column: &'static str,
    values: Vec<CountedValue>,
    /// Values in all.
    distinct: u64,
    /// Rows without a value.
    empty: u64,
}

#[derive(Serialize)]
struct CountedValue {
    value: Value,
    rows: u64,
}

/// Counts sign-ins by the values of columns.
pub async fn count(
    State(backend): State<Arc<LakeBackend>>,
    Extension(sighted): Extension<Sighted>,
    RawQuery(text): RawQuery,
) -> Result<Json<Facets>> {
    let asked = Asked::read(
        &backend,
        &sighted,
        text.as_deref(),
        &["columns", "limit", "own_filters"],
    )
    .await?;
    let mut ask = asked.ask();
    ask.facets = Some(FacetAsk {
        columns: asked.columns("columns", MOST_COLUMNS)?,
        limit: asked.limit(VALUES, MOST_VALUES)?,
        own_filters: asked.flag("own_filters")?,
    });
    let wanted = sighted.wanting(&mut ask);
    let mut answered = backend.asking().answer(ask).await?;
    sighted.answer(&mut answered.answer, &wanted);
    Ok(Json(Facets {
        facets: answered.answer.facets.iter().map(written).collect(),
        meta: asked.meta(answered.source, answered.engine_ms),
    }))
}

fn written(facet: &Facet) -> Counted {
    let values = facet.values.iter().map(|(value, rows)| CountedValue {
        value: parameters::counted(facet.column, value),
        rows: *rows,
    });
    Counted {
        column: facet.column.id,
        values: values.collect(),
        distinct: facet.distinct,
        empty: facet.empty,
    }
}

/// The endpoint as the OpenAPI document has it.
pub fn described() -> Value {
    openapi::Operation {
        id: "countSignInsByValue",
        summary: "the most frequent values of columns",
        description: "Of values that are equally frequent the lesser comes first. A sign-in that lists several \
                      values counts once for each.",
        parameters: vec![
            openapi::required(openapi::parameter(
                "columns",
                "columns to count by, joined by commas",
                openapi::columns(MOST_COLUMNS),
            )),
            openapi::limit(VALUES, MOST_VALUES, "most values of a column"),
            openapi::parameter(
                "own_filters",
                "whether a filter on a column counts for its own facet; without, the facet also shows what \
                 could be chosen beside",
                json!({ "type": "boolean", "default": false }),
            ),
        ],
        answer: openapi::object(&[
            (
                "facets",
                openapi::list(openapi::object(&[
                    ("column", openapi::text()),
                    (
                        "values",
                        openapi::list(openapi::object(&[
                            ("value", openapi::value()),
                            ("rows", openapi::count()),
                        ])),
                    ),
                    ("distinct", openapi::count()),
                    ("empty", openapi::count()),
                ])),
            ),
            ("meta", openapi::meta(&[])),
        ]),
    }
    .written()
}
