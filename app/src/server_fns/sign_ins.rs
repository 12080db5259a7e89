//! Calls of the page of the sign-ins.

use leptos::prelude::*;
use leptos::server_fn::codec::GetUrl;

use crate::error::UiError;
use crate::view::flyout::Flyout;
use crate::view::grid::Rows;
use crate::view::sign_ins::SignIns;

/// What the page shows for a query string.
///
/// # Errors
/// When the server cannot answer at all; a query that fails is part of the answer.
#[server(prefix = "/api/ui", input = GetUrl)]
pub async fn sign_ins_page(#[server(default)] query: String) -> Result<SignIns, UiError> {
    let backend = crate::error::backend()?;
    let (query, problems) = model::Query::parse(&query);
    let clock = crate::assemble::moments::Clock::of_request(&query);
    Ok(crate::assemble::sign_ins::page(&*backend, &query, &problems, &clock).await)
}

/// The rows of a query string that has `after=`.
///
/// # Errors
/// When they cannot be read.
#[server(prefix = "/api/ui", input = GetUrl)]
pub async fn more_sign_ins(#[server(default)] query: String) -> Result<Rows, UiError> {
    let backend = crate::error::backend()?;
    let (query, _) = model::Query::parse(&query);
    let clock = crate::assemble::moments::Clock::of_request(&query);
    Ok(crate::assemble::sign_ins::more(&*backend, &query, &clock).await?)
}

/// One sign-in; `None` when there is none with this request ID. The query says in which time zone
/// moments are shown.
///
/// # Errors
/// When it cannot be read.
#[server(prefix = "/api/ui", input = GetUrl)]
pub async fn sign_in_detail(
    #[server(default)] request_id: String,
    #[server(default)] query: String,
) -> Result<Option<Flyout>, UiError> {
    let backend = crate::error::backend()?;
    let (query, _) = model::Query::parse(&query);
    let clock = crate::assemble::moments::Clock::of_request(&query);
    let detail = backend.detail(&request_id).await?;
    Ok(detail.map(|detail| crate::assemble::flyout::flyout(&detail, &clock)))
}
