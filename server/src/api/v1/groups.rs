//! `GET /api/v1/signins/groups`: what became of the sign-ins of each value, or pair of values.

use std::sync::Arc;

use axum::Extension;
use axum::Json;
use axum::extract::{RawQuery, State};
use model::ask::GroupAsk;
use model::{Column, answer, time};
use serde::Serialize;
use serde_json::{Map, Value, json};

use super::parameters::{self, Asked, Meta, Outcomes};
use super::{ApiError, Result, openapi};
use crate::backend::LakeBackend;
use crate::sight::Sighted;

/// Most columns to group by.
const MOST_COLUMNS: usize = 2;
/// Groups, without `limit`.
const GROUPS: usize = 100;
/// Most groups of one answer.
const MOST_GROUPS: usize = 10_000;

/// The largest groups first.
#[derive(Serialize)]
pub struct Groups {
    groups: Vec<Group>,
    /// Groups in all.
    distinct: u64,
    meta: Meta,
}

#[derive(Serialize)]
struct Group {
    keys: Map<String, Value>,
    rows: u64,
    #[serde(flatten)]
    by_outcome: Outcomes,
    #[serde(skip_serializing_if = "Option::is_none")]
    users: Option<u64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    first: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    last: Option<String>,
}

/// Counts sign-ins by one or two columns.
pub async fn count(
    State(backend): State<Arc<LakeBackend>>,
    Extension(sighted): Extension<Sighted>,
    RawQuery(text): RawQuery,
) -> Result<Json<Groups>> {
    let asked = Asked::read(
        &backend,
        &sighted,
        text.as_deref(),
        &["by", "limit", "users", "span"],
    )
    .await?;
    let by = asked.columns("by", MOST_COLUMNS)?;
    let mut ask = asked.ask();
    ask.groups = Some(GroupAsk {
        by: by.clone(),
        limit: asked.limit(GROUPS, MOST_GROUPS)?,
        users: asked.flag("users")?,
        span: asked.flag("span")?,
    });
    let wanted = sighted.wanting(&mut ask);
    let mut answered = backend.asking().answer(ask).await?;
    sighted.answer(&mut answered.answer, &wanted);
    let groups = answered.answer.groups.unwrap_or_default();
    if groups.is_too_many {
        let columns: Vec<&str> = by.iter().map(|column| column.id).collect();
        return Err(ApiError::BadRequest(format!(
            "there are too many groups by {} to count: ask for a shorter time, add a filter, or group by fewer \
             columns",
            columns.join(" and ")
        )));
    }
    Ok(Json(Groups {
        groups: groups
            .groups
            .iter()
            .map(|group| written(&by, group))
            .collect(),
        distinct: groups.distinct,
        meta: asked.meta(answered.source, answered.engine_ms),
    }))
}

fn written(by: &[&'static Column], group: &answer::Group) -> Group {
    let keys = by
        .iter()
        .zip(&group.keys)
        .map(|(column, value)| (column.id.to_owned(), parameters::counted(column, value)));
    Group {
        keys: keys.collect(),
        rows: group.rows,
        by_outcome: group.by_outcome.into(),
        users: group.users,
        first: group.span.map(|span| time::write(span.first)),
        last: group.span.map(|span| time::write(span.last)),
    }
}

/// The endpoint as the OpenAPI document has it.
pub fn described() -> Value {
    let flag = json!({ "type": "boolean", "default": false });
    let keys = json!({ "type": "object", "additionalProperties": openapi::value() });
    let group = openapi::object(&[
        ("keys", keys),
        ("rows", openapi::count()),
        ("success", openapi::count()),
        ("failure", openapi::count()),
        ("interrupted", openapi::count()),
    ]);
    let when_asked_for = [
        ("users", openapi::count()),
        ("first", openapi::moment()),
        ("last", openapi::moment()),
    ];
    openapi::Operation {
        id: "groupSignIns",
        summary: "what became of the sign-ins of each value, or pair of values",
        description: "The largest groups first, of equal ones the lesser key, no value last. A sign-in that \
                      lists several values is in the group of each.",
        parameters: vec![
            openapi::required(openapi::parameter(
                "by",
                "one or two columns, joined by a comma",
                openapi::columns(MOST_COLUMNS),
            )),
            openapi::limit(GROUPS, MOST_GROUPS, "most groups"),
            openapi::parameter("users", "whether to count the user IDs of each group", flag.clone()),
            openapi::parameter(
                "span",
                "whether to say when the first and the last sign-in of each group was",
                flag,
            ),
        ],
        answer: openapi::object(&[
            ("groups", openapi::list(openapi::with_optional(group, &when_asked_for))),
            ("distinct", openapi::count()),
            ("meta", openapi::meta(&[])),
        ]),
    }
    .written()
}
