//! `/api/groups`: bringing groups in and removing them, by forms.

use std::sync::Arc;

use app::assemble::entity::groups::PATH;
use axum::Form;
use axum::extract::{Multipart, State};
use axum::http::HeaderMap;
use axum::response::{IntoResponse, Response};
use chrono::Utc;
use ingest::membership::MOST_BYTES;

use super::error::{ApiError, Result};
use super::imports::{file_name, of_multipart};
use super::posted::{Fields, field, go_on};
use super::views::refused;
use crate::backend::LakeBackend;

/// Most bytes of a request: one file of the largest size, and the fields beside it.
pub const MOST_REQUEST_BYTES: usize = MOST_BYTES + (1 << 20);
/// Most bytes of the field with the name.
const MOST_NAME_BYTES: usize = 4_096;

/// `POST /api/groups` (multipart): every part with a file name is a file; `name` names the group of a list that does
/// not say its own. Goes on to the page that says what came of it.
pub async fn bring_in(
    State(backend): State<Arc<LakeBackend>>,
    headers: HeaderMap,
    parts: Multipart,
) -> Response {
    match received(parts).await {
        Ok((files, name)) => {
            let id = backend.groups().import(files, &name, Utc::now()).await;
            go_on(&headers, &format!("{PATH}?import={id}"), &[])
        }
        // A form's reader is shown words, not JSON.
        Err(error) => (error.status(), format!("{error}\n")).into_response(),
    }
}

type Files = Vec<(String, Vec<u8>)>;

async fn received(mut parts: Multipart) -> Result<(Files, String)> {
    let mut files = Vec::new();
    let mut name = String::new();
    while let Some(part) = parts
        .next_field()
        .await
        .map_err(|error| of_multipart(&error))?
    {
        let file = file_name(&part);
        let is_name = part.name() == Some("name");
        let bytes = part.bytes().await.map_err(|error| of_multipart(&error))?;
        match file {
            Some(file) => files.push((file, bytes.to_vec())),
            None if is_name && bytes.len() <= MOST_NAME_BYTES => {
                name = String::from_utf8_lossy(&bytes).into_owned();
            }
            None => {}
        }
    }
    if files.is_empty() {
        return Err(ApiError::BadRequest("no file was chosen".to_owned()));
    }
    Ok((files, name))
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
