//! What each route needs of whoever asks. There is no other way to add a route, so that none is open by oversight.

use app::pages::right_of;
use app::viewer::Viewer;
use axum::Router;
use axum::extract::Request;
use axum::handler::Handler;
use axum::http::{HeaderValue, Method, StatusCode, header};
use axum::middleware::{Next, from_fn};
use axum::response::{IntoResponse, Response};
use axum::routing::{MethodFilter, MethodRouter, on};
use model::access::Right;
use url::form_urlencoded::byte_serialize;

use crate::api::posted::CLIENT_HEADER;
use crate::router::AppState;

/// Where people sign in.
pub const SIGN_IN_PATH: &str = "/sign-in";
/// Where questions of the client and of programs go.
const API: &str = "/api/";

/// What a route needs of whoever asks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Needs {
    /// Nothing: anybody may ask.
    Nothing,
    /// That somebody is signed in.
    SignIn,
    /// A right.
    Right(Right),
    /// What the page needs that the path names: see [`app::pages::right_of`].
    Page,
}

/// A route, and what it needs.
#[cfg(test)]
#[derive(Debug, Clone)]
pub struct Declared {
    /// Its method.
    pub method: Method,
    /// Its path, with names of parameters in braces.
    pub path: String,
    /// What it needs.
    pub needs: Needs,
}

/// Routes with what each needs.
#[derive(Default)]
pub struct Guarded {
    router: Router<AppState>,
    #[cfg(test)]
    declared: Vec<Declared>,
}

impl Guarded {
    /// Adds a route that is read from.
    #[must_use]
    pub fn get<H, T>(self, path: &str, needs: Needs, handler: H) -> Guarded
    where
        H: Handler<T, AppState>,
        T: 'static,
    {
        self.add(Method::GET, path, needs, on(MethodFilter::GET, handler))
    }

    /// Adds a route that changes something.
    #[must_use]
    pub fn post<H, T>(self, path: &str, needs: Needs, handler: H) -> Guarded
    where
        H: Handler<T, AppState>,
        T: 'static,
    {
        self.add(Method::POST, path, needs, on(MethodFilter::POST, handler))
    }

    /// Adds a route of a method.
    #[must_use]
    pub fn add(
        mut self,
        method: Method,
        path: &str,
        needs: Needs,
        route: MethodRouter<AppState>,
    ) -> Guarded {
        self.declare(method, path, needs);
        self.router = self.router.route(path, guarded(route, needs));
        self
    }

    /// Adds the pages, which say by themselves what they need. Their routes are those of the client.
    #[must_use]
    pub fn pages(mut self, pages: Router<AppState>) -> Guarded {
        let check = move |request: Request, next: Next| checked(Needs::Page, request, next);
        self.declare(Method::GET, "/{*page}", Needs::Page);
        self.router = self.router.merge(pages.layer(from_fn(check)));
        self
    }

    /// Keeps it for the test that tries all of them.
    #[cfg(test)]
    fn declare(&mut self, method: Method, path: &str, needs: Needs) {
        self.declared.push(Declared {
            method,
            path: path.to_owned(),
            needs,
        });
    }

    #[cfg(not(test))]
    #[expect(clippy::unused_self, reason = "it is of use in tests")]
    fn declare(&mut self, _method: Method, _path: &str, _needs: Needs) {}

    /// What was declared.
    #[cfg(test)]
    pub fn declared(&self) -> &[Declared] {
        &self.declared
    }

    /// The routes.
    pub fn into_router(self) -> Router<AppState> {
        self.router
    }
}

fn guarded(route: MethodRouter<AppState>, needs: Needs) -> MethodRouter<AppState> {
    route.layer(from_fn(move |request: Request, next: Next| {
        checked(needs, request, next)
    }))
}

async fn checked(needs: Needs, request: Request, next: Next) -> Response {
    let viewer = request.extensions().get::<Viewer>();
    let Some(viewer) = viewer else {
        return match needs {
            Needs::Nothing => next.run(request).await,
            _ => turned_away(&request),
        };
    };
    let is_token = viewer.scopes.is_some();
    match needs {
        Needs::SignIn | Needs::Page if is_token => for_people(),
        Needs::Right(_) if is_token && !is_for_programs(request.uri().path()) => for_people(),
        Needs::Right(_) | Needs::Page
            if viewer.lacks_second_factor && !is_account(request.uri().path()) =>
        {
            factor_first(needs)
        }
        Needs::Right(right) if !viewer.may(right) => refused(right),
        // It runs in the browser too, where nobody can be trusted to look.
        Needs::Page if is_import(request.uri().path()) && !viewer.may(Right::Import) => {
            to(&format!("/forbidden/{}", Right::Import.id()))
        }
        _ => next.run(request).await,
    }
}

/// What tokens are for.
fn is_for_programs(path: &str) -> bool {
    path.starts_with("/api/v1/") || path.starts_with("/api/imports")
}

/// The page where a second factor is turned on.
fn is_account(path: &str) -> bool {
    let mut segments = path.split('/').filter(|part| !part.is_empty());
    segments.next() == Some("account") && segments.next().is_none()
}

/// Somebody of whom a second factor is wanted: people go to where they turn it on.
fn factor_first(needs: Needs) -> Response {
    match needs {
        Needs::Page => to("/account"),
        _ => {
            let words = format!("{}\n", app::text::account::FACTOR_WANTED);
            (StatusCode::FORBIDDEN, words).into_response()
        }
    }
}

fn for_people() -> Response {
    let words = "tokens are for /api/v1 and /api/imports; the pages are for people who sign in\n";
    (StatusCode::FORBIDDEN, words).into_response()
}

fn is_import(path: &str) -> bool {
    let segments: Vec<&str> = path.split('/').filter(|part| !part.is_empty()).collect();
    right_of(&segments) == Some(Right::Import)
}

/// Somebody who is not signed in: people go to where they can, programs are told.
fn turned_away(request: &Request) -> Response {
    let path = request.uri().path();
    // The client sends forms by itself, and would take the page it is led to for an answer.
    if path.starts_with(API) || request.headers().contains_key(CLIENT_HEADER) {
        let words =
            "nobody is signed in; sign in, or send a token: Authorization: Bearer <token>\n";
        let mut response = (StatusCode::UNAUTHORIZED, words).into_response();
        let challenge = HeaderValue::from_static("Bearer");
        response
            .headers_mut()
            .insert(header::WWW_AUTHENTICATE, challenge);
        return response;
    }
    let is_asking = matches!(*request.method(), Method::GET | Method::HEAD);
    let wanted = request.uri().path_and_query().map(ToString::to_string);
    match wanted.filter(|wanted| is_asking && wanted != "/") {
        Some(wanted) => {
            let wanted: String = byte_serialize(wanted.as_bytes()).collect();
            to(&format!("{SIGN_IN_PATH}?to={wanted}"))
        }
        None => to(SIGN_IN_PATH),
    }
}

fn refused(right: Right) -> Response {
    let words = format!("{}\n", app::text::access::needs(right));
    (StatusCode::FORBIDDEN, words).into_response()
}

fn to(address: &str) -> Response {
    let mut response = StatusCode::SEE_OTHER.into_response();
    if let Ok(address) = HeaderValue::from_str(address) {
        response.headers_mut().insert(header::LOCATION, address);
    }
    response
}
