//! What each Conditional Access policy came to.

use app::assemble::insights::policies::{ID, Policy, policies};
use app::backend::Backend;
use axum::Json;
use axum::response::{IntoResponse, Response};
use model::Noise;
use model::Query;
use serde_json::{Map, Value, json};

use super::super::parameters::Asked;
use super::super::report_file::ReportFile;
use super::{Result, busy};

/// Answers with all policies, over sign-ins of every kind.
pub async fn answer(backend: &dyn Backend, asked: &Asked) -> Result<Response> {
    let scope = Query {
        noise: Some(Noise::Workloads),
        ..asked.query.clone()
    };
    let (found, is_from_lake) = policies(backend, &scope).await.map_err(busy)?;
    if asked.is_file()? {
        return Ok(file(&found, &scope));
    }
    let rows = found
        .iter()
        .map(|policy| Value::Object(row(policy, &scope)));
    let answer = json!({
        "report": ID,
        "rows": rows.collect::<Vec<Value>>(),
        "source": if is_from_lake { "lake" } else { "memory" },
    });
    Ok(Json(answer).into_response())
}

/// Numbers under their names; `None` for one that is not known exactly.
fn cells(policy: &Policy, scope: &Query) -> Vec<(&'static str, Option<u64>)> {
    let numbers = policy.numbers(scope).into_iter();
    let affected = [
        ("people_kept_out", policy.kept_out.people()),
        (
            "applications_kept_out",
            Some(policy.kept_out.applications()),
        ),
        ("people_it_would_ask", policy.would_ask.people()),
        (
            "applications_it_would_ask_for",
            Some(policy.would_ask.applications()),
        ),
    ];
    let numbers = numbers.map(|(id, count, _)| (id, Some(count)));
    numbers.chain(affected).collect()
}

fn row(policy: &Policy, scope: &Query) -> Map<String, Value> {
    let numbers = cells(policy, scope).into_iter();
    let numbers = numbers.map(|(id, count)| (id.to_owned(), json!(count)));
    let queries = policy.numbers(scope).into_iter();
    let queries: Map<String, Value> = queries
        .map(|(id, _, query)| (id.to_owned(), json!(query.to_text())))
        .collect();
    [
        ("policy".to_owned(), json!(policy.name)),
        ("queries".to_owned(), Value::Object(queries)),
    ]
    .into_iter()
    .chain(numbers)
    .collect()
}

fn file(found: &[Policy], scope: &Query) -> Response {
    let mut file = ReportFile::new();
    let heads = cells(&Policy::default(), scope)
        .into_iter()
        .map(|(id, _)| id);
    file.push(["policy"].into_iter().chain(heads));
    for policy in found {
        let numbers = cells(policy, scope).into_iter();
        let numbers =
            numbers.map(|(_, count)| count.map(|count| count.to_string()).unwrap_or_default());
        file.push([policy.name.clone()].into_iter().chain(numbers));
    }
    file.answer(ID)
}
