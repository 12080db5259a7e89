//! All routes, by who calls them.

use std::sync::Arc;

use axum::Router;
use axum::body::Body;
use axum::extract::{DefaultBodyLimit, FromRef, Request};
use axum::http::Method;
use axum::middleware::{from_fn, from_fn_with_state, map_request};
use axum::routing::{MethodRouter, post};
use http_body_util::Limited;
use leptos::prelude::LeptosOptions;
use model::access::Right;
use state::Store;
use tower_http::CompressionLevel;
use tower_http::compression::CompressionLayer;
use tower_http::compression::predicate::{DefaultPredicate, NotForContentType, Predicate};

use crate::access::provider::{RETURN_PATH, SIGNED_OUT_PATH};
use crate::access::{self, Access, Guarded, Needs};
use crate::api::download::Downloads;
use crate::api::v1::stream::Streams;
use crate::assets::{self, Assets};
use crate::backend::LakeBackend;
use crate::config::Config;
use crate::middleware::arrival::Ways;
use crate::middleware::rate_limits::Limiter;
use crate::pace::PATIENCE;
use crate::{api, middleware};

/// Most bytes of a form of a few fields.
const MOST_FORM_BYTES: usize = 16 << 10;
/// Most bytes of a call of the client, which the framework would read in whole.
const MOST_CALL_BYTES: usize = 64 << 10;

/// What handlers share.
#[derive(Clone)]
pub struct AppState {
    /// The lake behind the pages.
    pub backend: Arc<LakeBackend>,
    /// The embedded client.
    pub assets: Assets,
    /// Leptos' own settings.
    pub leptos: LeptosOptions,
    /// Room for streams of events.
    pub streams: Streams,
    /// Saved views and short links.
    pub store: Store,
    /// What signing in takes.
    pub access: Access,
}

impl FromRef<AppState> for Store {
    fn from_ref(state: &AppState) -> Store {
        state.store.clone()
    }
}

impl FromRef<AppState> for Arc<LakeBackend> {
    fn from_ref(state: &AppState) -> Arc<LakeBackend> {
        Arc::clone(&state.backend)
    }
}

impl FromRef<AppState> for Access {
    fn from_ref(state: &AppState) -> Access {
        state.access.clone()
    }
}

impl FromRef<AppState> for Assets {
    fn from_ref(state: &AppState) -> Assets {
        state.assets.clone()
    }
}

impl FromRef<AppState> for LeptosOptions {
    fn from_ref(state: &AppState) -> LeptosOptions {
        state.leptos.clone()
    }
}

impl FromRef<AppState> for Streams {
    fn from_ref(state: &AppState) -> Streams {
        state.streams.clone()
    }
}

impl FromRef<AppState> for Downloads {
    fn from_ref(state: &AppState) -> Downloads {
        state.backend.downloads().clone()
    }
}

/// Packs answers as they are written, in the quickest way: more packing costs a click more than it saves.
fn packing() -> CompressionLayer<impl Predicate> {
    // What is packed already stays so.
    let is_worth_it = DefaultPredicate::new()
        .and(NotForContentType::const_new("application/zip"))
        .and(NotForContentType::const_new("application/vnd."));
    CompressionLayer::new()
        .quality(CompressionLevel::Fastest)
        .compress_when(is_worth_it)
}

/// The whole service.
pub fn router(
    backend: Arc<LakeBackend>,
    store: Store,
    access: Access,
    streams: Streams,
    assets: Assets,
    config: &Config,
) -> Router {
    let leptos = LeptosOptions::builder()
        .output_name("vestibule")
        .site_addr(config.listen)
        .build();
    let state = AppState {
        backend,
        assets,
        leptos,
        streams,
        store,
        access,
    };
    let upload_bytes =
        usize::try_from(config.upload_limit_mb.saturating_mul(1 << 20)).unwrap_or(usize::MAX);

    let ways = Ways::new(config);
    let limiter = Limiter::new(config);
    let hold_back = || from_fn_with_state(limiter.clone(), middleware::rate_limits::hold_back);
    let sessions = access::sessions::layer(state.store.clone());
    let identify = from_fn_with_state(state.access.clone(), access::identify::identify);
    let record = from_fn_with_state(state.access.clone(), access::audit::record);
    packed(&state, upload_bytes)
        .into_router()
        .layer(packing())
        .layer(record)
        .layer(hold_back())
        .layer(identify)
        .layer(sessions)
        .layer(from_fn(access::sessions::complete_removal))
        .merge(files().into_router().layer(hold_back()))
        .with_state(state)
        .layer(from_fn_with_state(PATIENCE, middleware::slow_body::cut_off))
        .layer(from_fn_with_state(
            ways.clone(),
            middleware::same_origin::require,
        ))
        .layer(from_fn_with_state(
            ways.clone(),
            middleware::known_host::require,
        ))
        .layer(from_fn(middleware::security_headers::add))
        .layer(from_fn(middleware::log_request::log))
        .layer(from_fn(middleware::request_id::give))
        .layer(from_fn_with_state(ways, middleware::arrival::find))
}

/// What is sent as it is.
fn files() -> Guarded {
    Guarded::default()
        .get("/pkg/{*path}", Needs::Nothing, assets::serve)
        .get("/favicon.ico", Needs::Nothing, api::pages::favicon)
}

/// A form of a few fields.
fn small(route: MethodRouter<AppState>) -> MethodRouter<AppState> {
    route.layer(DefaultBodyLimit::max(MOST_FORM_BYTES))
}

/// A call of the client: its body ends where it becomes too large.
async fn small_call(request: Request) -> Request {
    request.map(|body| Body::new(Limited::new(body, MOST_CALL_BYTES)))
}

/// What is packed on its way.
fn packed(state: &AppState, upload_bytes: usize) -> Guarded {
    const IMPORT: Needs = Needs::Right(Right::Import);
    const SIGN_INS: Needs = Needs::Right(Right::SignIns);
    const OWN: Needs = Needs::Right(Right::OwnSignIns);
    const AUDIT: Needs = Needs::Right(Right::AccessAudit);
    const ACCOUNTS: Needs = Needs::Right(Right::Accounts);
    let upload = post(api::imports::upload).layer(DefaultBodyLimit::max(upload_bytes));
    let bring_in =
        post(api::groups::bring_in).layer(DefaultBodyLimit::max(api::groups::MOST_REQUEST_BYTES));
    let bring_lists_in = post(api::registrations::bring_in).layer(DefaultBodyLimit::max(
        api::registrations::MOST_REQUEST_BYTES,
    ));
    // For machines that watch over the service.
    let watched = Guarded::default()
        .get("/healthz", Needs::Nothing, api::health::live)
        .get("/readyz", Needs::Nothing, api::health::ready);
    // For scripts, and for forms.
    let scripted = api::v1::add_to(watched)
        .get("/api/imports", IMPORT, api::imports::list)
        .add(Method::POST, "/api/imports", IMPORT, upload)
        .get("/api/imports/{id}", IMPORT, api::imports::one)
        .get("/api/rejects", IMPORT, api::rejects::list)
        .get("/api/rejects.ndjson", IMPORT, api::rejects::download_all)
        .get("/api/rejects/{key}", IMPORT, api::rejects::download)
        .add(Method::POST, "/api/groups", IMPORT, bring_in)
        .post("/api/groups/remove", IMPORT, api::groups::remove)
        .add(Method::POST, "/api/registrations", IMPORT, bring_lists_in)
        .post(
            "/api/registrations/remove",
            IMPORT,
            api::registrations::remove,
        )
        .post("/preferences/theme", Needs::SignIn, api::preferences::theme)
        .post("/preferences/explore", SIGN_INS, api::preferences::explore)
        .post(
            "/preferences/density",
            Needs::SignIn,
            api::preferences::density,
        )
        .post(
            "/preferences/shortcuts",
            Needs::SignIn,
            api::preferences::shortcuts,
        )
        .post("/preferences/columns", SIGN_INS, api::preferences::grid)
        .post("/views", SIGN_INS, api::views::change)
        .post("/v", SIGN_INS, api::links::shorten)
        .get("/v/{id}", SIGN_INS, api::links::follow);
    // For people who come and go.
    let people = scripted
        .get("/sign-in", Needs::Nothing, api::door::show)
        .add(
            Method::POST,
            "/sign-in",
            Needs::Nothing,
            small(post(api::door::enter)),
        )
        .get("/sign-in/code", Needs::Nothing, api::second_factor::show)
        .add(
            Method::POST,
            "/sign-in/code",
            Needs::Nothing,
            small(post(api::second_factor::enter)),
        )
        .add(
            Method::POST,
            "/sign-in/provider",
            Needs::Nothing,
            small(post(api::provider::begin)),
        )
        .get(RETURN_PATH, Needs::Nothing, api::provider::come_back)
        .get(SIGNED_OUT_PATH, Needs::Nothing, api::provider::signed_out)
        .post("/sign-out", Needs::SignIn, api::door::leave)
        .get("/set-up", Needs::Nothing, api::door::show_set_up)
        .add(
            Method::POST,
            "/set-up",
            Needs::Nothing,
            small(post(api::door::set_up)),
        )
        .add(
            Method::POST,
            "/account/change",
            Needs::SignIn,
            small(post(api::account::change)),
        )
        .add(
            Method::POST,
            "/account/second-factor",
            Needs::SignIn,
            small(post(api::shown_once::second_factor)),
        )
        .add(
            Method::POST,
            "/account/tokens",
            Needs::SignIn,
            small(post(api::shown_once::token)),
        )
        .add(
            Method::POST,
            "/my-sign-ins/say",
            OWN,
            small(post(api::my_sign_ins::say)),
        )
        .get("/api/access-audit.csv", AUDIT, api::access_audit::download)
        .add(
            Method::POST,
            "/unmask",
            Needs::Right(Right::Unmask),
            small(post(api::unmask::unmask)),
        )
        .add(
            Method::POST,
            "/accounts/change",
            ACCOUNTS,
            small(post(api::accounts::change)),
        );
    // For browsers. A page says what it needs by its address.
    people
        .get("/api/ui/sheet", Needs::SignIn, api::ui::sheet)
        .get("/api/ui/part/{name}", Needs::SignIn, api::ui::part)
        .pages(api::pages::routes(state).layer(map_request(small_call)))
}

#[cfg(test)]
mod tests;
