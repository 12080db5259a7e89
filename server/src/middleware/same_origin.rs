//! Requests that change something, and all to the interface, must come from our own pages or from a program.

use axum::extract::Request;
use axum::http::{HeaderMap, Method, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

/// Refuses what a page of another site sent: unsafe requests, and every question to the interface, since
/// a page that may not read the answer can still keep the server at work. Links to our pages may be followed.
pub async fn require(request: Request, next: Next) -> Response {
    if is_open(request.method(), request.uri().path()) || is_own(request.headers()) {
        next.run(request).await
    } else {
        (
            StatusCode::FORBIDDEN,
            "this request came from another site\n",
        )
            .into_response()
    }
}

/// Whether the request may come from anywhere.
fn is_open(method: &Method, path: &str) -> bool {
    let is_safe = matches!(*method, Method::GET | Method::HEAD | Method::OPTIONS);
    // The pages' own calls are below it too.
    is_safe && !path.starts_with("/api/")
}

/// Browsers say where a request comes from; programs say nothing.
fn is_own(headers: &HeaderMap) -> bool {
    let text = |name| {
        headers
            .get(name)
            .and_then(|value: &axum::http::HeaderValue| value.to_str().ok())
    };
    match text("sec-fetch-site") {
        Some(site) => matches!(site, "same-origin" | "none"),
        None => match text("origin") {
            Some(origin) => {
                let host = text(header::HOST.as_str()).unwrap_or_default();
                origin
                    .split_once("://")
                    .is_some_and(|(_, name)| name == host)
            }
            None => true,
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn headers(pairs: &[(&'static str, &'static str)]) -> HeaderMap {
        pairs
            .iter()
            .map(|(name, value)| {
                (
                    axum::http::HeaderName::from_static(name),
                    axum::http::HeaderValue::from_static(value),
                )
            })
            .collect()
    }

    #[test]
    fn only_pages_are_open_to_links() {
        assert!(is_open(&Method::GET, "/sign-ins"));
        assert!(is_open(&Method::HEAD, "/healthz"));
        assert!(!is_open(&Method::POST, "/preferences/theme"));
        for path in [
            "/api/v1/signins/stream",
            "/api/ui/app/server_fns/sign_ins/page",
        ] {
            for method in [Method::GET, Method::HEAD, Method::OPTIONS, Method::POST] {
                assert!(!is_open(&method, path), "{method} {path}");
            }
        }
    }

    #[test]
    fn only_other_sites_are_refused() {
        assert!(is_own(&headers(&[])));
        assert!(is_own(&headers(&[("sec-fetch-site", "same-origin")])));
        assert!(is_own(&headers(&[
            ("origin", "http://127.0.0.1:3000"),
            ("host", "127.0.0.1:3000")
        ])));
        assert!(!is_own(&headers(&[("sec-fetch-site", "cross-site")])));
        assert!(!is_own(&headers(&[
            ("sec-fetch-site", "same-site"),
            ("host", "a")
        ])));
        assert!(!is_own(&headers(&[
            ("origin", "http://evil.example"),
            ("host", "127.0.0.1:3000")
        ])));
        assert!(!is_own(&headers(&[
            ("origin", "null"),
            ("host", "127.0.0.1:3000")
        ])));
    }
}
