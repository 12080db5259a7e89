//! `/preferences`: what a reader chose for their own browser, kept in cookies.

use app::context::{DENSITY_COOKIE, THEME_COOKIE, is_density};
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

/// Choice of a height of rows.
#[derive(Deserialize)]
pub struct Density {
    /// `compact`, `standard` or `roomy`; anything else for what it was at first.
    density: String,
}

/// A year, in seconds.
const KEPT_SECONDS: u32 = 31_536_000;

/// Keeps the theme and returns to the page that asked.
pub async fn theme(headers: HeaderMap, Form(choice): Form<Theme>) -> Response {
    let theme = Some(choice.theme).filter(|theme| matches!(theme.as_str(), "light" | "dark"));
    kept(&headers, THEME_COOKIE, theme.as_deref())
}

/// Keeps the height of rows and returns to the page that asked.
pub async fn density(headers: HeaderMap, Form(choice): Form<Density>) -> Response {
    let density = Some(choice.density).filter(|density| is_density(density));
    kept(&headers, DENSITY_COOKIE, density.as_deref())
}

/// Sends the reader back with a cookie; without a value, the cookie is taken away.
fn kept(headers: &HeaderMap, name: &str, value: Option<&str>) -> Response {
    let (value, seconds) = match value {
        Some(value) => (value, KEPT_SECONDS),
        None => ("", 0),
    };
    let cookie = format!("{name}={value}; Path=/; Max-Age={seconds}; SameSite=Lax");
    (
        AppendHeaders([(header::SET_COOKIE, cookie)]),
        Redirect::to(&came_from(headers)),
    )
        .into_response()
}

/// A choice of what is shown beside the rows.
#[derive(Deserialize)]
pub struct Explore {
    /// What it is about: one of [`EXPLORE`].
    name: String,
    /// What was chosen.
    value: String,
}

/// What can be chosen beside the rows: the chart, the fields, and which of these are open.
const EXPLORE: [&str; 3] = ["chart", "rail", "fields"];
/// Longest value of such a choice.
const LONGEST: usize = 1_000;

/// Keeps what is shown beside the rows and returns to the page that asked.
pub async fn explore(headers: HeaderMap, Form(choice): Form<Explore>) -> Response {
    let back = Redirect::to(&came_from(&headers));
    match explore_cookie(&choice) {
        Some(cookie) => (AppendHeaders([(header::SET_COOKIE, cookie)]), back).into_response(),
        None => back.into_response(),
    }
}

/// The cookie; `None` for what no form of ours sends.
fn explore_cookie(Explore { name, value }: &Explore) -> Option<String> {
    let is_word = |byte: u8| byte.is_ascii_lowercase() || b"_.-".contains(&byte);
    let is_known =
        EXPLORE.contains(&name.as_str()) && value.len() <= LONGEST && value.bytes().all(is_word);
    is_known
        .then(|| format!("vestibule_{name}={value}; Path=/; Max-Age={KEPT_SECONDS}; SameSite=Lax"))
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
    fn only_words_of_ours_become_cookies() {
        let cookie = |name: &str, value: &str| {
            explore_cookie(&Explore {
                name: name.to_owned(),
                value: value.to_owned(),
            })
        };
        let open = cookie("fields", "error_code.user-").expect("a cookie");
        assert!(
            open.starts_with("vestibule_fields=error_code.user-; Path=/;"),
            "{open}"
        );
        assert_eq!(cookie("theme", "dark"), None);
        assert_eq!(cookie("rail", "hidden; Domain=example"), None);
        assert_eq!(cookie("rail", &"x".repeat(2_000)), None);
    }

    #[test]
    fn the_way_back_is_a_path_of_ours() {
        assert_eq!(back("http://127.0.0.1:3000/sign-ins?q=a"), "/sign-ins?q=a");
        assert_eq!(back("http://127.0.0.1:3000"), "/");
        assert_eq!(back("http://127.0.0.1:3000//evil.example"), "/");
        assert_eq!(back("nonsense"), "/");
    }
}
