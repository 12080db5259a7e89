//! `POST /my-sign-ins/say`: what people say of their own sign-ins.

use std::sync::Arc;

use app::assemble::my_sign_ins::question;
use app::backend::Backend;
use app::viewer::Viewer;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use axum::{Extension, Form};
use chrono::Utc;
use model::Column;
use model::query::{Filter, Operator};
use state::StateError;

use super::posted::{Fields, came_from, field, go_on};
use super::views::refused;
use crate::access::Access;
use crate::access::audit::Done;
use crate::backend::LakeBackend;

/// Keeps whether the sign-in `id` was the person's own, if it is one of theirs.
pub async fn say(
    State(access): State<Access>,
    State(backend): State<Arc<LakeBackend>>,
    Extension(viewer): Extension<Viewer>,
    headers: HeaderMap,
    Form(fields): Form<Fields>,
) -> Response {
    let id = field(&fields, "id").unwrap_or_default();
    let was_me = match field(&fields, "do") {
        Some("me") => true,
        Some("not_me") => false,
        _ => return refused(&StateError::NoSignIn),
    };
    let Some(account_id) = &viewer.account_id else {
        return refused(&StateError::NoAccount);
    };
    match is_own(&backend, &viewer, id).await {
        Some(true) => {}
        // Whether somebody else has such a sign-in is not said.
        Some(false) => return refused(&StateError::NoSignIn),
        None => {
            let words = "This could not be kept: the sign-in cannot be read at the moment.\n";
            return (StatusCode::SERVICE_UNAVAILABLE, words).into_response();
        }
    }
    let now_ms = Utc::now().timestamp_millis();
    match access
        .store()
        .say_of_sign_in(account_id, id, was_me, now_ms)
        .await
    {
        Ok(()) => {
            let mut response = go_on(&headers, &came_from(&headers), &[]);
            let words = if was_me { "was me" } else { "was not me" };
            response
                .extensions_mut()
                .insert(Done(format!("{words}: {id}")));
            response
        }
        Err(error) => refused(&error),
    }
}

/// Whether a sign-in is one of the viewer's; `None` when it cannot be read.
async fn is_own(backend: &LakeBackend, viewer: &Viewer, request_id: &str) -> Option<bool> {
    let Some(mut query) = question(viewer) else {
        return Some(false);
    };
    let column = Column::named("request_id");
    query.filters.push(Filter::new(
        column,
        Operator::Equal,
        [request_id.to_owned()],
    ));
    let rows = backend.rows(&query, &[column], 1).await.ok()?;
    Some(!rows.rows.is_empty())
}
