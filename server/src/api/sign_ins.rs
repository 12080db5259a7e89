//! `GET /api/sign-ins`, `GET /api/sign-ins/{request_id}`: sign-ins for scripts.

use std::sync::Arc;

use axum::Json;
use axum::extract::{Path, RawQuery, State};
use model::Query;
use serde::Serialize;
use serde_json::value::RawValue;
use serde_json::{Map, Value};

use super::error::{ApiError, Result};
use crate::backend::LakeBackend;

/// Rows of one answer.
const ROWS: usize = 1_000;

/// One page of sign-ins.
#[derive(Serialize)]
pub struct Page {
    /// The rows, each an object of column ids and values.
    sign_ins: Vec<Map<String, Value>>,
    meta: Meta,
}

/// What goes with a page.
#[derive(Serialize)]
struct Meta {
    /// Query string of the next page; null on the last one.
    next: Option<String>,
    /// Parts of the query that could not be read.
    problems: Vec<String>,
}

/// Lists sign-ins; takes the query string of the page.
pub async fn list(
    State(backend): State<Arc<LakeBackend>>,
    RawQuery(text): RawQuery,
) -> Result<Json<Page>> {
    let (query, problems) = Query::parse(&text.unwrap_or_default());
    let columns: Vec<_> = query
        .shown_columns()
        .into_iter()
        .filter(|column| column.is_stored())
        .collect();
    let page = backend.page(&query, &columns, ROWS).await?;
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
    let next = page
        .next
        .clone()
        .map(|cursor| query.with_after(cursor).to_text());
    let problems = problems.iter().map(ToString::to_string).collect();
    Ok(Json(Page {
        sign_ins: sign_ins.collect(),
        meta: Meta { next, problems },
    }))
}

/// One sign-in.
#[derive(Serialize)]
pub struct SignIn {
    /// Which tab it belongs to.
    kind: &'static str,
    /// Shape in which the record came.
    shape: String,
    /// File or feed that it came from.
    origin: String,
    /// The record as it came, to the letter.
    record: Box<RawValue>,
}

/// The record of one sign-in, as it came.
pub async fn one(
    State(backend): State<Arc<LakeBackend>>,
    Path(request_id): Path<String>,
) -> Result<Json<SignIn>> {
    let lake = backend.lake().await?;
    let record = backend
        .limited(lake.record(&request_id))
        .await?
        .ok_or(ApiError::NotFound("sign-in"))?;
    Ok(Json(SignIn {
        kind: record.kind.as_str(),
        shape: record.shape,
        origin: record.origin,
        record: RawValue::from_string(record.raw)
            .map_err(|_| ApiError::NotFound("readable record"))?,
    }))
}
