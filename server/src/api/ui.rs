//! `/api/ui`: markup for the client, which exchanges it in the page that it shows.

use app::asked::Asked;
use app::pages::Written;
use app::sheet::{ADDRESS_HEADER, Sheet};
use app::viewer::Viewer;
use axum::Extension;
use axum::extract::{Path, Query, State};
use axum::http::request::Parts;
use axum::http::{HeaderName, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use leptos::prelude::{Owner, provide_context};
use leptos::reactive::computed::ScopedFuture;
use model::access::Right;

use super::pages;
use crate::router::AppState;

/// How often a form may be sent on.
const MOST_STEPS: usize = 3;
/// The part with the keyboard shortcuts.
const HELP: &str = "shortcuts";

type Fields = Vec<(String, String)>;

/// `GET /api/ui/sheet?address=…[&only=…]`: the `<main>` of a page, or some of its places.
pub async fn sheet(
    State(state): State<AppState>,
    Query(fields): Query<Fields>,
    parts: Parts,
) -> Response {
    let Some(mut address) = field(&fields, "address") else {
        return refused();
    };
    let only = field(&fields, "only");
    let asked = address.clone();
    for _ in 0..MOST_STEPS {
        let written = in_request(
            &state,
            &parts,
            async |address: String, only| {
                let asked = Asked::of(&address)?;
                let asked = match only {
                    Some(only) => asked.only(&only),
                    None => asked,
                };
                Ok::<_, app::error::UiError>(app::pages::written(&asked).await)
            },
            address.clone(),
            only.clone(),
        )
        .await;
        match written {
            Ok(Written::Sheet(sheet)) => {
                let mut response = main_element(&sheet).into_response();
                let canonical = sheet.address.unwrap_or(address);
                if canonical != asked
                    && let Ok(value) = HeaderValue::from_str(&canonical)
                {
                    let name = HeaderName::from_static(ADDRESS_HEADER);
                    response.headers_mut().insert(name, value);
                }
                return markup(response);
            }
            Ok(Written::NotFound(sheet)) => {
                return markup((StatusCode::NOT_FOUND, main_element(&sheet)).into_response());
            }
            Ok(Written::Forbidden(sheet)) => {
                return markup((StatusCode::FORBIDDEN, main_element(&sheet)).into_response());
            }
            Ok(Written::Elsewhere(other)) => {
                address = other;
            }
            Err(error) => return failed(error),
        }
    }
    refused()
}

/// `GET /api/ui/part/<name>?address=…`: a part of a page. All but the help are of pages with sign-ins.
pub async fn part(
    State(state): State<AppState>,
    Extension(viewer): Extension<Viewer>,
    Path(name): Path<String>,
    Query(fields): Query<Fields>,
    parts: Parts,
) -> Response {
    if name != HELP && !viewer.may(Right::SignIns) {
        let words = app::text::access::needs(Right::SignIns);
        return (StatusCode::FORBIDDEN, words).into_response();
    }
    let Some(address) = field(&fields, "address") else {
        return refused();
    };
    let written = in_request(
        &state,
        &parts,
        async |(address, name): (String, String), fields| {
            let asked = Asked::of(&address)?.with(fields);
            Ok::<_, app::error::UiError>(app::parts::written(&name, &asked).await)
        },
        (address, name),
        fields,
    )
    .await;
    match written {
        Ok(Some(Ok(text))) => markup(text.into_response()),
        Ok(None) => (StatusCode::NOT_FOUND, "no such part of a page\n").into_response(),
        Ok(Some(Err(error))) | Err(error) => failed(error),
    }
}

/// Runs something with what every render finds in its context.
async fn in_request<A, B, T>(
    state: &AppState,
    parts: &Parts,
    run: impl AsyncFnOnce(A, B) -> T,
    first: A,
    second: B,
) -> T {
    let owner = Owner::new();
    let future = owner.with(|| {
        provide_context(parts.clone());
        pages::context(state)();
        provide_context(app::context::PageFacts::current());
        ScopedFuture::new_untracked(run(first, second))
    });
    future.await
}

fn field(fields: &Fields, name: &str) -> Option<String> {
    let mut given = fields.iter();
    given
        .find(|(given, _)| given == name)
        .map(|(_, value)| value.clone())
}

/// The element as the page has it; what stands in it was escaped where it was written.
fn main_element(sheet: &Sheet) -> String {
    let escaped = |text: &str| {
        let mut escaped = String::new();
        app::view::safe_text::push_escaped(&mut escaped, text);
        escaped
    };
    format!(
        "<main class=\"{}\" data-title=\"{}\">{}</main>",
        escaped(&sheet.class),
        escaped(&sheet.title),
        sheet.markup
    )
}

fn markup(mut response: Response) -> Response {
    let headers = response.headers_mut();
    headers.insert(
        header::CONTENT_TYPE,
        HeaderValue::from_static("text/html; charset=utf-8"),
    );
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    response
}

fn refused() -> Response {
    let words = "`address` is missing; name a page of the portal, as in `address=%2Fsign-ins`\n";
    (StatusCode::BAD_REQUEST, words).into_response()
}

fn failed(error: app::error::UiError) -> Response {
    let mut words = error.message;
    if !error.trace.is_empty() {
        words = format!("{words} {} {}", app::text::frame::TRACE, error.trace);
    }
    (StatusCode::SERVICE_UNAVAILABLE, words).into_response()
}
