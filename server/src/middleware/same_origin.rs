//! Requests that change something, and all to the interface, must come from our own pages or from a program.

use app::context::Origin;
use axum::extract::{Request, State};
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

use super::arrival::Ways;

/// Refuses what a page of another site sent: unsafe requests, and every question to the interface, since
/// a page that may not read the answer can still keep the server at work. Links to our pages may be followed.
pub async fn require(State(ways): State<Ways>, request: Request, next: Next) -> Response {
    let asked = request.extensions().get::<Origin>();
    let public = ways.public_address().map(ToString::to_string);
    let own = asked.map(|Origin(origin)| origin.as_str());
    let own = own.into_iter().chain(public.as_deref());
    if is_open(request.method(), request.uri().path()) || is_own(request.headers(), own) {
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

/// Browsers say where a request comes from; programs say nothing. `own` is where the portal is: as the request reached
/// it, with the scheme that the browser speaks, and as it is known.
fn is_own<'a>(headers: &HeaderMap, mut own: impl Iterator<Item = &'a str>) -> bool {
    let text = |name| {
        let value: Option<&HeaderValue> = headers.get(name);
        value.map(|value| value.to_str().unwrap_or_default())
    };
    match (text("sec-fetch-site"), text("origin")) {
        (Some(site), _) => matches!(site, "same-origin" | "none"),
        (None, Some(origin)) => own.any(|own| own.eq_ignore_ascii_case(origin)),
        (None, None) => true,
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
        let here = "http://127.0.0.1:3000";
        for (sent, is_let_in) in [
            (&[][..], true),
            (&[("sec-fetch-site", "same-origin")], true),
            (&[("sec-fetch-site", "none")], true),
            (&[("origin", "http://127.0.0.1:3000")], true),
            (&[("origin", "https://portal.example")], true),
            (&[("sec-fetch-site", "cross-site")], false),
            (&[("sec-fetch-site", "same-site")], false),
            // Another word of the browser does not make it better.
            (&[("sec-fetch-site", "cross-site"), ("origin", here)], false),
            (&[("origin", "http://127.0.0.1:3001")], false),
            (&[("origin", "http://127.0.0.1")], false),
            (&[("origin", "https://127.0.0.1:3000")], false),
            // The same name in the open: whoever listens on the way may have written that page.
            (&[("origin", "http://portal.example")], false),
            (&[("origin", "https://portal.example.evil.example")], false),
            (&[("origin", "http://evil.example")], false),
            (&[("origin", "null")], false),
            (&[("origin", "")], false),
        ] {
            let own = [here, "https://portal.example"].into_iter();
            assert_eq!(is_own(&headers(sent), own), is_let_in, "{sent:?}");
        }
    }
}
