//! `/api/imports`: uploading exports, and how far they are.

use std::sync::Arc;

use axum::Json;
use axum::extract::multipart::{Field, MultipartError};
use axum::extract::{Multipart, Path, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Redirect, Response};
use model::import::ImportProgress;
use tokio::io::AsyncWriteExt;

use super::error::{ApiError, Result};
use crate::backend::LakeBackend;
use crate::jobs::uploads::Upload;

/// Imports of this process, newest first, without what became of each file: an archive may have a
/// hundred thousand.
pub async fn list(State(backend): State<Arc<LakeBackend>>) -> Json<Vec<ImportProgress>> {
    let mut imports = backend.imports().all();
    for import in &mut imports {
        import.summary.by_file.clear();
    }
    Json(imports)
}

/// One import.
pub async fn one(
    State(backend): State<Arc<LakeBackend>>,
    Path(id): Path<u64>,
) -> Result<Json<ImportProgress>> {
    backend
        .imports()
        .progress(id)
        .map(Json)
        .ok_or(ApiError::NotFound("import"))
}

/// Takes files (multipart, every part with a file name is one) and begins to import them.
///
/// Answers 202 with the import's progress to who asks for JSON, and sends a form's reader to the
/// page of the import.
pub async fn upload(
    State(backend): State<Arc<LakeBackend>>,
    headers: HeaderMap,
    parts: Multipart,
) -> Response {
    let wants_json = headers
        .get(header::ACCEPT)
        .and_then(|value| value.to_str().ok())
        .is_some_and(|accepted| accepted.contains("application/json"));
    match receive(&backend, parts).await {
        Ok(id) if wants_json => {
            (StatusCode::ACCEPTED, Json(backend.imports().progress(id))).into_response()
        }
        Ok(id) => Redirect::to(&format!("/import/{id}")).into_response(),
        Err(error) if wants_json => error.into_response(),
        // A form's reader is shown words, not JSON.
        Err(error) => (error.status(), error.to_string()).into_response(),
    }
}

/// Takes the files in and begins the import.
async fn receive(backend: &LakeBackend, mut parts: Multipart) -> Result<u64> {
    let mut upload = backend.imports().receive()?;
    while let Some(part) = parts
        .next_field()
        .await
        .map_err(|error| of_multipart(&error))?
    {
        let Some(name) = file_name(&part) else {
            continue;
        };
        store(part, &name, &mut upload).await?;
    }
    if upload.is_empty() {
        return Err(ApiError::BadRequest("no file was chosen".to_owned()));
    }
    Ok(backend.imports().begin(upload).await?)
}

/// Files of a small form, with their names.
type Files = Vec<(String, Vec<u8>)>;

/// Most bytes of a field beside the files.
const MOST_FIELD_BYTES: usize = 4_096;

/// Reads a small form: every part with a file name is a file, one other part may be a field of this name.
///
/// # Errors
/// When the form is broken or too large, and when no file was chosen.
pub(super) async fn files_of(mut parts: Multipart, named: &str) -> Result<(Files, String)> {
    let mut files = Vec::new();
    let mut said = String::new();
    while let Some(part) = parts
        .next_field()
        .await
        .map_err(|error| of_multipart(&error))?
    {
        let file = file_name(&part);
        let is_named = part.name() == Some(named);
        let bytes = part.bytes().await.map_err(|error| of_multipart(&error))?;
        match file {
            Some(file) => files.push((file, bytes.to_vec())),
            None if is_named && bytes.len() <= MOST_FIELD_BYTES => {
                said = String::from_utf8_lossy(&bytes).into_owned();
            }
            None => {}
        }
    }
    if files.is_empty() {
        return Err(ApiError::BadRequest("no file was chosen".to_owned()));
    }
    Ok((files, said))
}

/// The name that the sender gave a file; `None` for a part that is no file, or a field left empty.
pub(super) fn file_name(part: &Field<'_>) -> Option<String> {
    let read = match part.file_name() {
        Some(name) => Some(name.to_owned()),
        // A name in an old encoding: it is a file all the same.
        None => {
            let header = part.headers().get(header::CONTENT_DISPOSITION)?;
            let header = String::from_utf8_lossy(header.as_bytes()).into_owned();
            let (_, rest) = header.split_once("filename=\"")?;
            rest.split_once('"').map(|(name, _)| name.to_owned())
        }
    };
    read.filter(|name| !name.is_empty())
}

async fn store(mut part: Field<'_>, name: &str, upload: &mut Upload) -> Result<()> {
    let path = upload.add(name);
    let mut file = tokio::fs::File::create(path).await?;
    while let Some(chunk) = part.chunk().await.map_err(|error| of_multipart(&error))? {
        file.write_all(&chunk).await?;
    }
    file.flush().await?;
    Ok(())
}

pub(super) fn of_multipart(error: &MultipartError) -> ApiError {
    match error.status() {
        StatusCode::PAYLOAD_TOO_LARGE => ApiError::TooLarge,
        _ => ApiError::BadRequest(format!(
            "the upload broke off or is not a form: {}",
            error.body_text()
        )),
    }
}
