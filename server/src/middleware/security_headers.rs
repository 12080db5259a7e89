//! Headers that keep a page from doing what it was not made for.

use axum::extract::Request;
use axum::http::{HeaderName, HeaderValue, header};
use axum::middleware::Next;
use axum::response::Response;
use leptos::nonce::Nonce;

use super::arrival::host_of;
use super::known_host::names_this_machine;
use crate::access::peer::Arrival;

/// Browsers come by https alone from now on, for a year.
const BY_HTTPS: HeaderValue = HeaderValue::from_static("max-age=31536000");

/// The nonce of this request, for scripts that the server itself writes into the page.
#[derive(Clone)]
pub struct RequestNonce(pub Nonce);

/// Puts a nonce into the request and the headers onto the response.
pub async fn add(mut request: Request, next: Next) -> Response {
    let nonce = uuid::Uuid::new_v4().simple().to_string();
    request
        .extensions_mut()
        .insert(RequestNonce(Nonce::from_value(nonce.clone())));
    let arrival = request.extensions().get::<Arrival>();
    // Whatever else somebody has on their own machine may speak http.
    let keeps_to_https = arrival.is_some_and(|arrival| arrival.is_encrypted)
        && !names_this_machine(&host_of(request.headers()));
    let mut response = next.run(request).await;
    let policy = format!(
        "default-src 'none'; script-src 'self' 'nonce-{nonce}' 'wasm-unsafe-eval'; style-src 'self'; img-src 'self' blob:; \
         connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    );
    let headers = response.headers_mut();
    if let Ok(policy) = HeaderValue::from_str(&policy) {
        headers.insert(header::CONTENT_SECURITY_POLICY, policy);
    }
    if keeps_to_https {
        headers.insert(header::STRICT_TRANSPORT_SECURITY, BY_HTTPS);
    }
    for (name, value) in [
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (header::REFERRER_POLICY, "same-origin"),
        (
            HeaderName::from_static("cross-origin-opener-policy"),
            "same-origin",
        ),
        (
            HeaderName::from_static("cross-origin-resource-policy"),
            "same-origin",
        ),
        (
            HeaderName::from_static("permissions-policy"),
            "camera=(), geolocation=(), microphone=()",
        ),
    ] {
        headers.insert(name, HeaderValue::from_static(value));
    }
    // Pages and answers hold personal data: no cache but the reader's window keeps them.
    headers
        .entry(header::CACHE_CONTROL)
        .or_insert(HeaderValue::from_static("no-store"));
    response
}
