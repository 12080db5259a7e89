//! `POST /views`: saves, changes, deletes and brings back saved views.

use app::assemble::saved::address_of;
use app::assemble::sign_ins::PATH;
use app::viewer::Viewer;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use axum::{Extension, Form};
use chrono::Utc;
use model::Query;
use state::{StateError, Store, ViewToSave};

use super::posted::{Fields, field, go_on, reader, sentence};

/// Does what the form's button says with the view of the reader. `query` is the query string of the page.
pub async fn change(
    State(store): State<Store>,
    Extension(viewer): Extension<Viewer>,
    headers: HeaderMap,
    Form(fields): Form<Fields>,
) -> Response {
    let (reader, cookie) = reader(&viewer, &headers);
    match changed(&store, &reader, &fields).await {
        Ok(address) => go_on(&headers, &address, &Vec::from_iter(cookie)),
        Err(error) => refused(&error),
    }
}

/// Does it, and gives the address to go on to.
async fn changed(store: &Store, reader: &str, fields: &Fields) -> Result<String, StateError> {
    let value = |name: &str| field(fields, name).unwrap_or_default();
    let (query, _) = Query::parse(value("query"));
    let text = query.as_view().to_text();
    let (id, name) = (value("id"), value("name"));
    let is_shared = field(fields, "shared").is_some();
    let now_ms = Utc::now().timestamp_millis();
    let here = || query.to_address(PATH);
    match value("do") {
        "save" => {
            let view = ViewToSave {
                name: name.to_owned(),
                is_shared,
                query: text.clone(),
            };
            let id = store.save_view(reader, view, now_ms).await?;
            Ok(address_of(&text, &id, PATH))
        }
        "overwrite" => {
            store.overwrite_view(reader, id, &text, now_ms).await?;
            Ok(address_of(&text, id, PATH))
        }
        "rename" => {
            let renamed = store.rename_view(reader, id, name, is_shared, now_ms);
            renamed.await.map(|()| here())
        }
        "delete" => {
            store.delete_view(reader, id, now_ms).await?;
            let is_open = query.view.as_deref() == Some(id);
            Ok(match is_open {
                true => query.as_view().to_address(PATH),
                false => here(),
            })
        }
        "restore" => {
            store.restore_view(reader, id).await?;
            Ok(here())
        }
        _ => Err(StateError::NotFound),
    }
}

/// Says in plain text why it was not done.
pub fn refused(error: &StateError) -> Response {
    refusal(error).into_response()
}

/// Why it was not done, as an answer says it.
pub fn refusal(error: &StateError) -> (StatusCode, String) {
    if error.is_of_request() {
        let words = format!("{}\n", sentence(&error.to_string()));
        return (StatusCode::UNPROCESSABLE_ENTITY, words);
    }
    tracing::error!(error = %error, "the state could not be read or written");
    let words = "This could not be kept. The log of the server says why.\n".to_owned();
    (StatusCode::INTERNAL_SERVER_ERROR, words)
}
