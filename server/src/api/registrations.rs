//! `/api/registrations`: bringing lists of what people registered in and removing them, by forms.

use std::sync::Arc;

use app::assemble::insights::lists::PATH;
use axum::Form;
use axum::extract::{Multipart, State};
use axum::http::HeaderMap;
use axum::response::{IntoResponse, Response};
use chrono::Utc;
use ingest::registration::MOST_BYTES;

use super::imports::files_of;
use super::posted::{Fields, field, go_on};
use super::views::refused;
use crate::backend::LakeBackend;

/// Most bytes of a request: two files of the largest size, and what stands around them.
pub const MOST_REQUEST_BYTES: usize = 2 * MOST_BYTES + (1 << 20);

/// `POST /api/registrations` (multipart): every part with a file name is a file. Goes on to the page that says what came
/// of it.
pub async fn bring_in(
    State(backend): State<Arc<LakeBackend>>,
    headers: HeaderMap,
    parts: Multipart,
) -> Response {
    match files_of(parts, "").await {
        Ok((files, _)) => {
            let id = backend.registrations().import(files, Utc::now()).await;
            go_on(&headers, &format!("{PATH}?import={id}"), &[])
        }
        // A form's reader is shown words, not JSON.
        Err(error) => (error.status(), format!("{error}\n")).into_response(),
    }
}

/// `POST /api/registrations/remove`: forgets the list `id`.
pub async fn remove(
    State(backend): State<Arc<LakeBackend>>,
    headers: HeaderMap,
    Form(fields): Form<Fields>,
) -> Response {
    let id = field(&fields, "id").unwrap_or_default();
    match backend.registrations().remove(id).await {
        Ok(()) => go_on(&headers, PATH, &[]),
        Err(error) => refused(&error),
    }
}
