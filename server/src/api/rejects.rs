//! `/api/rejects`: records that were set aside.

use std::sync::Arc;

use axum::Json;
use axum::body::Body;
use axum::extract::{Path, State};
use axum::http::header;
use axum::response::{IntoResponse, Response};
use futures::{TryStreamExt, stream};
use lake::{LakeError, StoredReject};
use serde_json::{Value, json};

use super::error::{ApiError, Result};
use crate::backend::LakeBackend;

/// Most rejects of one answer.
const REJECTS: usize = 10_000;

/// The newest rejects, without their bytes.
pub async fn list(State(backend): State<Arc<LakeBackend>>) -> Result<Json<Value>> {
    let asking = backend.asking();
    let lake = backend.lake().await?;
    let rejects = asking.read(lake.rejects(REJECTS)).await?;
    let rejects: Vec<_> = rejects.iter().map(described).collect();
    let total = asking.read(lake.reject_count()).await?;
    Ok(Json(
        json!({ "rejects": rejects, "meta": { "total": total } }),
    ))
}

/// The bytes of one reject, exactly as they were.
pub async fn download(
    State(backend): State<Arc<LakeBackend>>,
    Path(key): Path<i64>,
) -> Result<Response> {
    let asking = backend.asking();
    let lake = backend.lake().await?;
    let reject = asking
        .read(lake.reject(key))
        .await?
        .ok_or(ApiError::NotFound("reject"))?;
    let name = format!(
        "attachment; filename=\"reject-{}.txt\"",
        key.cast_unsigned()
    );
    Ok((
        [
            (header::CONTENT_TYPE, "application/octet-stream".to_owned()),
            (header::CONTENT_DISPOSITION, name),
        ],
        reject.reject.bytes,
    )
        .into_response())
}

/// All rejects, one JSON object a line: place, reason, and the record as text.
pub async fn download_all(State(backend): State<Arc<LakeBackend>>) -> Result<Response> {
    let rejects = backend.lake().await?.all_rejects().await?;
    let lines = rejects
        .inspect_err(|error| tracing::error!(kind = error.kind(), "a download broke off"))
        .map_ok(|rejects| {
            stream::iter(
                rejects
                    .into_iter()
                    .map(|stored| Ok::<_, LakeError>(line(&stored))),
            )
        })
        .try_flatten();
    let headers = [
        (header::CONTENT_TYPE, "application/x-ndjson"),
        (
            header::CONTENT_DISPOSITION,
            "attachment; filename=\"rejects.ndjson\"",
        ),
    ];
    Ok((headers, Body::from_stream(lines)).into_response())
}

fn line(stored: &StoredReject) -> String {
    let mut line = described(stored);
    line["record"] = String::from_utf8_lossy(&stored.reject.bytes).into();
    format!("{line}\n")
}

fn described(stored: &StoredReject) -> Value {
    let reject = &stored.reject;
    json!({
        "key": stored.key.to_string(),
        "stored": model::time::write(stored.stored),
        "origin": reject.origin,
        "line": reject.line,
        "offset_bytes": reject.offset_bytes,
        "reason": reject.reason,
        "detail": reject.detail,
        "size_bytes": reject.size_bytes,
    })
}
