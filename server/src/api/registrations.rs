//! `/api/registrations`: bringing lists of what people registered in and removing them, by forms.

use std::sync::Arc;

use app::assemble::insights::lists::PATH;
use axum::Form;
use axum::extract::{Multipart, State};
use axum::http::HeaderMap;
use axum::response::{IntoResponse, Response};
use chrono::Utc;
use ingest::registration::MOST_BYTES;

use super::error::{ApiError, Result};
use super::imports::{file_name, of_multipart};
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
    match received(parts).await {
        Ok(files) => {
            let id = backend.registrations().import(files, Utc::now()).await;
            go_on(&headers, &format!("{PATH}?import={id}"), &[])
        }
        // A form's reader is shown words, not JSON.
        Err(error) => (error.status(), format!("{error}\n")).into_response(),
    }
}

async fn received(mut parts: Multipart) -> Result<Vec<(String, Vec<u8>)>> {
    let mut files = Vec::new();
    while let Some(part) = parts
        .next_field()
        .await
        .map_err(|error| of_multipart(&error))?
    {
        let file = file_name(&part);
        let bytes = part.bytes().await.map_err(|error| of_multipart(&error))?;
        files.extend(file.map(|file| (file, bytes.to_vec())));
    }
    if files.is_empty() {
        return Err(ApiError::BadRequest("no file was chosen".to_owned()));
    }
    Ok(files)
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
