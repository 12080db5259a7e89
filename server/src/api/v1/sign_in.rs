//! `GET /api/v1/signins/{request_id}`: one record as it came.

use std::sync::Arc;

use app::text::access::NO_RECORDS;
use axum::extract::{Path, State};
use axum::{Extension, Json};
use model::Tab;
use model::sight::Sight;
use serde::Serialize;
use serde_json::value::RawValue;
use serde_json::{Value, json};

use super::{ApiError, Result, openapi};
use crate::backend::LakeBackend;
use crate::sight::{Sighted, without_policies};

/// One sign-in.
#[derive(Serialize)]
pub struct SignIn {
    /// Which tab it belongs to.
    kind: &'static str,
    /// Shape in which the record came.
    shape: String,
    /// File or feed that it came from.
    origin: String,
    /// The record as it came, to the letter; without what whoever asks may not see.
    record: Box<RawValue>,
}

/// The record of one sign-in, as it came.
pub async fn one(
    State(backend): State<Arc<LakeBackend>>,
    Extension(sighted): Extension<Sighted>,
    Path(request_id): Path<String>,
) -> Result<Json<SignIn>> {
    let asking = backend.asking();
    let lake = backend.lake().await?;
    let record = asking
        .read(lake.record(&request_id))
        .await?
        .ok_or(ApiError::NotFound("sign-in"))?;
    let raw = match sighted.sight {
        Sight { people: false, .. } => return Err(ApiError::NotSeen(NO_RECORDS.to_owned())),
        Sight { policies: true, .. } => record.raw,
        Sight { .. } => without_policies(&record.raw),
    };
    Ok(Json(SignIn {
        kind: record.kind.as_str(),
        shape: record.shape,
        origin: record.origin,
        record: RawValue::from_string(raw).map_err(|_| ApiError::NotFound("readable record"))?,
    }))
}

/// The endpoint as the OpenAPI document has it.
pub fn described() -> Value {
    let kinds = Tab::ALL.map(Tab::as_str);
    let shapes = ["graph", "diagnostic", "loganalytics", "portalcsv"];
    let answer = openapi::object(&[
        ("kind", json!({ "type": "string", "enum": kinds })),
        ("shape", json!({ "type": "string", "enum": shapes })),
        ("origin", openapi::text()),
        (
            "record",
            json!({ "type": "object", "description": "the record, to the letter" }),
        ),
    ]);
    json!({
        "operationId": "getSignIn",
        "summary": "one record as it came",
        "description": "Of a row of a portal CSV the record is an object of header and cell. Whoever may not see what \
                        Conditional Access decided gets it without the policies.",
        "parameters": [{
            "name": "request_id",
            "in": "path",
            "required": true,
            "description": "request ID of the sign-in",
            "schema": openapi::text(),
        }],
        "responses": openapi::responses(openapi::JSON, &answer, &["404", "500", "503"]),
    })
}
