//! Each request has a name, which stands in the log lines that it leads to, on the answer, and where a page says that
//! something failed.

use axum::extract::Request;
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderName, HeaderValue};
use axum::middleware::Next;
use axum::response::Response;
use leptos::prelude::use_context;
use tracing::Instrument;

use crate::access::peer::Arrival;

const HEADER: HeaderName = HeaderName::from_static("x-request-id");
/// Longest name that a proxy may give.
const MOST_BYTES: usize = 64;

tokio::task_local! {
    static CURRENT: String;
}

/// The name of a request.
#[derive(Debug, Clone)]
struct RequestId(String);

/// Gives the request its name: that of a trusted proxy, where it sent one that can be one, or a new one.
pub async fn give(mut request: Request, next: Next) -> Response {
    let arrival = request.extensions().get::<Arrival>();
    let is_by_proxy = arrival.is_some_and(|arrival| arrival.is_by_proxy);
    let sent = is_by_proxy.then(|| sent(request.headers())).flatten();
    let id = sent.unwrap_or_else(random);
    request.extensions_mut().insert(RequestId(id.clone()));
    let value = HeaderValue::from_str(&id);
    let span = tracing::info_span!("request", request_id = id);
    let mut response = CURRENT.scope(id, next.run(request).instrument(span)).await;
    if let Ok(value) = value {
        response.headers_mut().insert(HEADER, value);
    }
    response
}

/// The name of the request that is being answered; a new one outside of any.
pub fn current() -> String {
    CURRENT
        .try_with(Clone::clone)
        .ok()
        .or_else(of_render)
        .unwrap_or_else(random)
}

/// Work that runs by itself, under the name of the request that it is of.
pub fn carried<Work: Future>(work: Work) -> impl Future<Output = Work::Output> {
    CURRENT
        .scope(current(), work)
        .instrument(tracing::Span::current())
}

/// What a page waits for may run by itself, where only the page's context is known.
fn of_render() -> Option<String> {
    let parts = use_context::<Parts>()?;
    let id = parts.extensions.get::<RequestId>();
    id.map(|RequestId(id)| id.clone())
}

/// 64 random bits: short enough to be read out.
fn random() -> String {
    let id = uuid::Uuid::new_v4().simple().to_string();
    id.chars().take(16).collect()
}

fn sent(headers: &HeaderMap) -> Option<String> {
    let id = headers.get(HEADER)?.to_str().ok()?;
    let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-_.".contains(&byte);
    let is_well_formed = (8..=MOST_BYTES).contains(&id.len()) && id.bytes().all(is_plain);
    is_well_formed.then(|| id.to_owned())
}

#[cfg(test)]
mod tests {
    use axum::Router;
    use axum::body::{Body, to_bytes};
    use axum::middleware::from_fn;
    use axum::routing::get;
    use tower::ServiceExt;

    use super::*;

    async fn asked(sent: Option<&str>, is_by_proxy: bool) -> (String, String) {
        let router = Router::new()
            .route("/", get(|| async { current() }))
            .layer(from_fn(give));
        let mut request = Request::new(Body::empty());
        if let Some(sent) = sent {
            let sent = HeaderValue::from_str(sent).expect("a value");
            request.headers_mut().insert(HEADER, sent);
        }
        request.extensions_mut().insert(Arrival {
            is_encrypted: false,
            is_by_proxy,
        });
        let Ok(answer) = router.oneshot(request).await;
        let id = answer.headers()[HEADER].to_str().expect("text").to_owned();
        let body = to_bytes(answer.into_body(), 1_000).await.expect("a body");
        (id, String::from_utf8_lossy(&body).into_owned())
    }

    #[tokio::test]
    async fn a_name_is_made_here_or_by_a_trusted_proxy() {
        let (first, inside) = asked(None, true).await;
        assert_eq!((first.len(), &first), (16, &inside));
        assert_ne!(asked(None, true).await.0, first);
        let (id, inside) = asked(Some("7f3a-41.b_c"), true).await;
        assert_eq!(
            (id.as_str(), inside.as_str()),
            ("7f3a-41.b_c", "7f3a-41.b_c")
        );
        for (odd, is_by_proxy) in [
            ("7f3a-41.b_c", false),
            ("short", true),
            ("with a blank in it", true),
            ("<script>alert(1)</script>", true),
            (&"x".repeat(65), true),
        ] {
            assert_ne!(asked(Some(odd), is_by_proxy).await.0, odd);
        }
    }
}
