//! `POST /unmask`: somebody sees who signed in, or from where, for a reason.

use std::sync::Arc;

use app::backend::Backend;
use app::text::unmask as text;
use app::viewer::Viewer;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use axum::{Extension, Form};
use chrono::Utc;
use model::column::Personal;
use state::StateError;

use super::posted::{Fields, came_from, field, go_on};
use super::views::refused;
use crate::access::Access;
use crate::access::audit::Done;
use crate::backend::LakeBackend;
use crate::sight::UNMASKED_MS;

/// Shows the person or the addresses of the sign-in `row` for an hour, wherever they are met.
pub async fn unmask(
    State(access): State<Access>,
    State(backend): State<Arc<LakeBackend>>,
    Extension(viewer): Extension<Viewer>,
    headers: HeaderMap,
    Form(fields): Form<Fields>,
) -> Response {
    let typed = |name| field(&fields, name).unwrap_or_default();
    let (row, reason) = (typed("row"), one_line(typed("reason")));
    let is_wanted = match typed("what") {
        "person" => |personal| !matches!(personal, Personal::Address | Personal::Reached),
        "address" => |personal| personal == Personal::Address,
        _ => return refused(&StateError::NoSignIn),
    };
    let length = text::SHORTEST_REASON_CHARS..=text::LONGEST_REASON_CHARS;
    if !length.contains(&reason.chars().count()) {
        let words = format!("{}\n", text::NO_REASON);
        return (StatusCode::UNPROCESSABLE_ENTITY, words).into_response();
    }
    let Some(account_id) = &viewer.account_id else {
        return refused(&StateError::NoAccount);
    };
    let detail = match backend.detail(row).await {
        Ok(Some(detail)) => detail,
        Ok(None) => return refused(&StateError::NoSignIn),
        Err(error) => {
            let words = format!("{}\n", error.message);
            return (StatusCode::SERVICE_UNAVAILABLE, words).into_response();
        }
    };
    let values = detail.values.iter();
    let values = values.filter_map(|(column, value)| Some((*column, value.as_text()?)));
    let marks = access.masks().marks(values, is_wanted);
    let now_ms = Utc::now().timestamp_millis();
    let kept = access
        .store()
        .unmask(account_id, &marks, (now_ms, now_ms + UNMASKED_MS));
    match kept.await {
        Ok(()) => {
            let mut response = go_on(&headers, &came_from(&headers), &[]);
            let done = format!("{} of {row}: {reason}", typed("what"));
            response.extensions_mut().insert(Done(done));
            response
        }
        Err(error) => refused(&error),
    }
}

/// A reason as it is kept: in one line, so that none looks like several.
fn one_line(reason: &str) -> String {
    let words = reason.split(|letter: char| letter.is_whitespace() || letter.is_control());
    let words: Vec<&str> = words.filter(|word| !word.is_empty()).collect();
    words.join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reason_is_one_line() {
        assert_eq!(
            one_line("  ticket\r\n4711\t of  Ann "),
            "ticket 4711 of Ann"
        );
    }
}
