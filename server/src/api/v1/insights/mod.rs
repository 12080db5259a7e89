//! `GET /api/v1/insights/<report>`: the reports of *Usage & insights*, as JSON or as CSV.

mod policies;
mod report;
mod summary;

use std::sync::Arc;

use app::assemble::insights::{REPORTS, Report, overview, policies as of_policies, usage};
use app::backend::SharedBackend;
use axum::Extension;
use axum::extract::{Path, RawQuery, State};
use axum::response::Response;
use model::Column;
use model::sight::Sight;
use serde_json::{Value, json};
use url::form_urlencoded;

use super::parameters::Asked;
use super::{ApiError, Result, openapi};
use crate::backend::LakeBackend;
use crate::backend::limited::Limited;
use crate::sight::Sighted;

/// Parameters beside the query.
const OWN: [&str; 5] = ["find", "order", "format", "day", "zone"];

/// Parts of the query language that would ask for something else than the report.
const NOT_TAKEN: [&str; 5] = ["tab", "tabs", "q", "line", "noise"];

fn has(query: Option<&str>, name: &str) -> bool {
    let mut parts = form_urlencoded::parse(query.unwrap_or_default().as_bytes());
    parts.any(|(part, _)| part == name)
}

/// Answers with a report.
pub async fn answer(
    State(backend): State<Arc<LakeBackend>>,
    Extension(sighted): Extension<Sighted>,
    Path(id): Path<String>,
    RawQuery(text): RawQuery,
) -> Result<Response> {
    let asked = Asked::read(&backend, &sighted, text.as_deref(), &OWN).await?;
    asked.require_whole()?;
    if let Some(name) = NOT_TAKEN.iter().find(|name| has(text.as_deref(), name)) {
        let words =
            format!("a report takes no {name}: it says itself which sign-ins it counts; use f");
        return Err(ApiError::BadRequest(words));
    }
    if id == of_policies::ID {
        sighted.shown(std::iter::once(Column::named("conditional_access_results")))?;
    }
    let shows_policies = sighted.sight.policies;
    let shared: SharedBackend = match sighted.sight == Sight::ALL {
        true => backend,
        false => Arc::new(Limited::new(backend, sighted)),
    };
    match id.as_str() {
        usage::ID => summary::usage(&*shared, &asked, shows_policies).await,
        overview::ID => summary::overview(&*shared, &asked).await,
        of_policies::ID => policies::answer(&*shared, &asked).await,
        id => {
            let report = Report::of_id(id).ok_or(ApiError::NotFound("report"))?;
            report::answer(&*shared, report, &asked).await
        }
    }
}

/// A failure of the backend as an answer.
fn busy(error: app::backend::BackendError) -> ApiError {
    if error.trace.is_empty() {
        // Nothing failed: the question is too large, or asks for what is masked.
        return ApiError::BadRequest(error.message);
    }
    tracing::warn!(trace = %error.trace, "a report could not be counted");
    ApiError::Busy(error.message)
}

/// The endpoint as the OpenAPI document has it.
pub fn described() -> Value {
    let ids: Vec<&str> = REPORTS.iter().map(|report| report.id).collect();
    let ids: Vec<&str> = ids
        .into_iter()
        .chain([usage::ID, overview::ID, of_policies::ID])
        .collect();
    let mut described = openapi::Operation {
        id: "report",
        summary: "a report of usage and insights",
        description: "Each of rows has the identifier and the name of what it is of, and what the report says of it: \
                      sign_ins, successful, failed, interrupted, success_rate (of successes and failures), users, \
                      first and last. A number that is not known exactly is null. Those of AD FS have a \
                      migration_status, where an imported list says it; credentials have kind, expires and \
                      last_use_listed, likewise, and new_networks. Without filters, lines that only a list \
                      knows have no sign-ins. The reports \
                      authentication-methods and overview have figures and tables instead: single numbers and lists \
                      of them, each with the query that finds its sign-ins.",
        parameters: vec![
            openapi::parameter(
                "find",
                "leaves the rows whose name or identifier has this in it",
                openapi::text(),
            ),
            openapi::parameter(
                "order",
                "name, or what rows are in the order of, with - in front for the most first",
                json!({ "type": "string", "default": "-sign_ins" }),
            ),
            openapi::parameter(
                "day",
                "of the overview: which day, as 2026-11-24; without it the last whole one that has sign-ins",
                json!({ "type": "string", "format": "date" }),
            ),
            openapi::parameter(
                "zone",
                "of the overview: IANA name of the time zone of that day; with tz it does not count",
                json!({ "type": "string", "default": "UTC", "examples": ["Europe/Oslo"] }),
            ),
            openapi::format(),
        ],
        answer: openapi::with_optional(
            openapi::object(&[
                ("report", json!({ "type": "string", "enum": ids })),
                ("source", json!({ "type": "string", "enum": ["memory", "lake"] })),
            ]),
            &[
                ("rows", openapi::list(json!({ "type": "object" }))),
                ("nameless", openapi::count()),
                ("day", openapi::text()),
                ("figures", openapi::list(summary::figure_schema())),
                ("tables", openapi::list(summary::table_schema())),
            ],
        ),
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
