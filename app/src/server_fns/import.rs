//! Calls of the import page.

use leptos::prelude::*;
use leptos::server_fn::codec::GetUrl;
#[cfg(feature = "ssr")]
use model::access::Right;

use crate::error::UiError;
use crate::view::import::ImportView;

/// One import of this server process; `None` when it has none of this number.
///
/// # Errors
/// When the server cannot answer.
#[server(prefix = "/api/ui", input = GetUrl)]
pub async fn import_status(id: u64) -> Result<Option<ImportView>, UiError> {
    crate::viewer::require(Right::Import)?;
    let backend = crate::error::backend()?;
    let clock = crate::assemble::moments::Clock::of_request(&model::Query::default());
    match backend.import(id) {
        None => Ok(None),
        Some(progress) => Ok(Some(
            crate::assemble::import::view_with_rejects(&*backend, &progress, &clock).await,
        )),
    }
}

/// The imports of this server process, newest first.
///
/// # Errors
/// When the server cannot answer.
#[server(prefix = "/api/ui", input = GetUrl)]
pub async fn imports() -> Result<Vec<ImportView>, UiError> {
    crate::viewer::require(Right::Import)?;
    let backend = crate::error::backend()?;
    let clock = crate::assemble::moments::Clock::of_request(&model::Query::default());
    let mut views = Vec::new();
    for progress in backend.imports() {
        // Refused records are listed for the newest import; the others say how many there were.
        let view = if views.is_empty() {
            crate::assemble::import::view_with_rejects(&*backend, &progress, &clock).await
        } else {
            crate::assemble::import::view(&progress, &clock)
        };
        views.push(view);
    }
    Ok(views)
}
