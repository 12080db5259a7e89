//! `/api/groups`: bringing groups in and removing them, by forms.

use std::sync::Arc;

use app::assemble::entity::groups::PATH;
use axum::Form;
use axum::extract::{Multipart, State};
use axum::http::HeaderMap;
use axum::response::{IntoResponse, Response};
use chrono::Utc;
use ingest::membership::MOST_BYTES;

use super::imports::files_of;
use super::posted::{Fields, field, go_on};
use super::views::refused;
use crate::backend::LakeBackend;

/// Most bytes of a request: one file of the largest size, and the fields beside it.
pub const MOST_REQUEST_BYTES: usize = MOST_BYTES + (1 << 20);

/// `POST /api/groups` (multipart): every part with a file name is a file; `name` names the group of a list that does
/// not say its own. Goes on to the page that says what came of it.
pub async fn bring_in(
    State(backend): State<Arc<LakeBackend>>,
    headers: HeaderMap,
    parts: Multipart,
) -> Response {
    match files_of(parts, "name").await {
        Ok((files, name)) => {
            let id = backend.groups().import(files, &name, Utc::now()).await;
            go_on(&headers, &format!("{PATH}?import={id}"), &[])
        }
        // A form's reader is shown words, not JSON.
        Err(error) => (error.status(), format!("{error}\n")).into_response(),
    }
}

/// `POST /api/groups/remove`: forgets the group `id`.
pub async fn remove(
    State(backend): State<Arc<LakeBackend>>,
    headers: HeaderMap,
    Form(fields): Form<Fields>,
) -> Response {
    let id = field(&fields, "id").unwrap_or_default();
    match backend.groups().remove(id).await {
        Ok(()) => go_on(&headers, PATH, &[]),
        Err(error) => refused(&error),
    }
}
