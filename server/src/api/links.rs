//! `/v`: short links to the list.

use app::assemble::sign_ins::PATH;
use app::pages::not_found::NO_LINK;
use axum::extract::{Path, State};
use axum::http::HeaderMap;
use axum::response::{IntoResponse, Redirect, Response};
use axum::{Extension, Form};
use chrono::Utc;
use model::Query;
use state::Store;

use super::posted::{Fields, field, go_on};
use super::views::refused;
use crate::sight::Sighted;

/// `POST /v`: the short link to a query string, as the address to go on to.
pub async fn shorten(
    State(store): State<Store>,
    headers: HeaderMap,
    Form(fields): Form<Fields>,
) -> Response {
    let query = beginning(field(&fields, "query").unwrap_or_default());
    let (text, now_ms) = (query.to_text(), Utc::now().timestamp_millis());
    match store.short_link(&text, now_ms).await {
        Ok(id) => go_on(&headers, &format!("/v/{id}"), &[]),
        Err(error) => refused(&error),
    }
}

/// `GET /v/<id>`: to the list that the link stands for; to the page that says that there is nothing where it
/// stands for none.
pub async fn follow(
    State(store): State<Store>,
    Extension(sighted): Extension<Sighted>,
    Path(id): Path<String>,
) -> Response {
    let now_ms = Utc::now().timestamp_millis();
    let linked = store.linked_query(&id, now_ms).await;
    // What was kept is read anew, so that it leads nowhere else.
    let linked = linked.map(|query| query.map(|query| beginning(&query)));
    match linked {
        Ok(Some(query)) if !sighted.names_somebody(&query) => {
            Redirect::to(&query.to_address(PATH)).into_response()
        }
        Ok(_) => Redirect::to(NO_LINK).into_response(),
        Err(error) => refused(&error),
    }
}

/// The query from its first page on: where another page begins is a value of a sign-in, such as a name.
fn beginning(text: &str) -> Query {
    Query {
        after: None,
        ..Query::parse(text).0
    }
}
