//! `/preferences`: what a reader chose for their own browser, kept in cookies.

use axum::Form;
use axum::http::{HeaderMap, header};
use axum::response::{AppendHeaders, IntoResponse, Redirect, Response};
use serde::Deserialize;

/// Choice of a theme.
#[derive(Deserialize)]
pub struct Theme {
    /// `light`, `dark`, or anything else for the system's.
    theme: String,
}

/// A year, in seconds.
const KEPT_SECONDS: u32 = 31_536_000;

/// Keeps the theme and returns to the page that asked.
pub async fn theme(headers: HeaderMap, Form(choice): Form<Theme>) -> Response {
    let cookie = match choice.theme.as_str() {
        known @ ("light" | "dark") => {
            format!("vestibule_theme={known}; Path=/; Max-Age={KEPT_SECONDS}; SameSite=Lax")
        }
        _ => "vestibule_theme=; Path=/; Max-Age=0; SameSite=Lax".to_owned(),
    };
    (
        AppendHeaders([(header::SET_COOKIE, cookie)]),
        Redirect::to(&came_from(&headers)),
    )
        .into_response()
}

/// Path of the page that sent the form; only a path, so that no other site can be named.
fn came_from(headers: &HeaderMap) -> String {
    headers
        .get(header::REFERER)
        .and_then(|value| value.to_str().ok())
        .and_then(|address| address.split_once("://"))
        .and_then(|(_, rest)| {
            rest.find('/')
                .map(|start| rest.split_at(start).1.to_owned())
        })
        .filter(|path| path.starts_with('/') && !path.starts_with("//") && !path.contains('\\'))
        .unwrap_or_else(|| "/".to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn back(referer: &'static str) -> String {
        let mut headers = HeaderMap::new();
        headers.insert(
            header::REFERER,
            axum::http::HeaderValue::from_static(referer),
        );
        came_from(&headers)
    }

    #[test]
    fn the_way_back_is_a_path_of_ours() {
        assert_eq!(back("http://127.0.0.1:3000/sign-ins?q=a"), "/sign-ins?q=a");
        assert_eq!(back("http://127.0.0.1:3000"), "/");
        assert_eq!(back("http://127.0.0.1:3000//evil.example"), "/");
        assert_eq!(back("nonsense"), "/");
    }
}
