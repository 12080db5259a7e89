//! Answers to forms that change something: the browser goes on to a page of ours, with cookies perhaps.

use app::context::cookie_of;
use app::keeping::READER_COOKIE;
use app::sheet::ADDRESS_HEADER;
use app::viewer::Viewer;
use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};

/// Header by which the client asks for the address alone, to go there by itself.
pub const CLIENT_HEADER: &str = "x-vestibule-client";
/// How long cookies are kept: a year, in seconds.
const KEPT_SECONDS: u32 = 31_536_000;

/// The fields of a form, in order.
pub type Fields = Vec<(String, String)>;

/// The first field of this name.
pub fn field<'a>(fields: &'a Fields, name: &str) -> Option<&'a str> {
    let mut of_name = fields.iter().filter(|(sent, _)| sent == name);
    of_name.next().map(|(_, value)| value.as_str())
}

/// A cookie that is kept; one without a value is forgotten.
pub fn kept(name: &str, value: Option<&str>) -> String {
    match value {
        Some(value) => format!("{name}={value}; Path=/; Max-Age={KEPT_SECONDS}; SameSite=Lax"),
        None => format!("{name}=; Path=/; Max-Age=0; SameSite=Lax"),
    }
}

/// Who the reader is: the account, or, where there are none, a random text, made when something is to be kept for the
/// first time, with the cookie that keeps it.
pub fn reader(viewer: &Viewer, headers: &HeaderMap) -> (String, Option<String>) {
    if let Some(account_id) = &viewer.account_id {
        return (account_id.clone(), None);
    }
    let known = cookie_of(headers, READER_COOKIE).filter(|reader| {
        reader.len() == 32 && reader.bytes().all(|byte| byte.is_ascii_alphanumeric())
    });
    let reader = known.unwrap_or_else(|| uuid::Uuid::new_v4().simple().to_string());
    let cookie = format!("{}; HttpOnly", kept(READER_COOKIE, Some(&reader)));
    (reader, Some(cookie))
}

/// Sends the browser on to an address of ours: with a redirect, or, where the client asked, as a header.
pub fn go_on(headers: &HeaderMap, address: &str, cookies: &[String]) -> Response {
    let (status, name) = match headers.contains_key(CLIENT_HEADER) {
        true => (
            StatusCode::NO_CONTENT,
            HeaderName::from_static(ADDRESS_HEADER),
        ),
        false => (StatusCode::SEE_OTHER, header::LOCATION),
    };
    let mut response = status.into_response();
    let answered = response.headers_mut();
    if let Ok(address) = HeaderValue::from_str(address) {
        answered.insert(name, address);
    }
    for cookie in cookies {
        if let Ok(cookie) = HeaderValue::from_str(cookie) {
            answered.append(header::SET_COOKIE, cookie);
        }
    }
    response
}

/// The words of an error as a sentence.
pub fn sentence(words: &str) -> String {
    let mut letters = words.chars();
    let first: String = letters
        .next()
        .into_iter()
        .flat_map(char::to_uppercase)
        .collect();
    format!("{first}{}.", letters.as_str())
}

/// Whether an address is a path here, so that no other site can be named.
pub fn is_own_path(address: &str) -> bool {
    let is_odd = |letter: char| letter.is_control() || letter == '\\';
    address.starts_with('/') && !address.starts_with("//") && !address.contains(is_odd)
}

/// Path of the page that sent the form; only a path, so that no other site can be named.
pub fn came_from(headers: &HeaderMap) -> String {
    headers
        .get(header::REFERER)
        .and_then(|value| value.to_str().ok())
        .and_then(|address| address.split_once("://"))
        .and_then(|(_, rest)| {
            rest.find('/')
                .map(|start| rest.split_at(start).1.to_owned())
        })
        .filter(|path| is_own_path(path))
        .unwrap_or_else(|| "/".to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn with(name: HeaderName, value: &'static str) -> HeaderMap {
        let mut headers = HeaderMap::new();
        headers.insert(name, HeaderValue::from_static(value));
        headers
    }

    #[test]
    fn the_way_back_is_a_path_of_ours() {
        let back = |referer| came_from(&with(header::REFERER, referer));
        assert_eq!(back("http://127.0.0.1:3000/sign-ins?q=a"), "/sign-ins?q=a");
        assert_eq!(back("http://127.0.0.1:3000"), "/");
        assert_eq!(back("http://127.0.0.1:3000//evil.example"), "/");
        assert_eq!(back("nonsense"), "/");
    }

    #[test]
    fn a_reader_keeps_their_name_and_cannot_invent_one() {
        let known = "vestibule_reader=0123456789abcdef0123456789abcdef; vestibule_theme=dark";
        let here = Viewer::of_this_machine();
        let (name, cookie) = reader(&here, &with(header::COOKIE, known));
        let cookie = cookie.expect("a cookie");
        assert_eq!(name, "0123456789abcdef0123456789abcdef");
        assert!(cookie.contains("HttpOnly") && cookie.contains("SameSite=Lax"));
        for other in [
            "vestibule_reader=short",
            "vestibule_reader=0123456789abcdef0123456789abcd%0A",
        ] {
            let (name, _) = reader(&here, &with(header::COOKIE, other));
            assert_eq!(name.len(), 32);
            assert!(!other.contains(&name));
        }
        let ann = Viewer {
            account_id: Some("ann".to_owned()),
            ..here
        };
        assert_eq!(
            reader(&ann, &with(header::COOKIE, known)),
            ("ann".to_owned(), None)
        );
    }

    #[test]
    fn the_client_gets_the_address_and_a_browser_goes_there() {
        let asked = with(HeaderName::from_static(CLIENT_HEADER), "1");
        let answer = go_on(
            &asked,
            "/sign-ins?q=a",
            &["a=1".to_owned(), "b=2".to_owned()],
        );
        assert_eq!(answer.status(), StatusCode::NO_CONTENT);
        assert_eq!(answer.headers()[ADDRESS_HEADER], "/sign-ins?q=a");
        assert_eq!(
            answer.headers().get_all(header::SET_COOKIE).iter().count(),
            2
        );
        let answer = go_on(&HeaderMap::new(), "/sign-ins?q=a", &[]);
        assert_eq!(answer.status(), StatusCode::SEE_OTHER);
        assert_eq!(answer.headers()[header::LOCATION], "/sign-ins?q=a");
    }
}
