//! All routes, by who calls them.

use std::sync::Arc;

use axum::Router;
use axum::extract::{DefaultBodyLimit, FromRef};
use axum::middleware::from_fn;
use axum::routing::{get, post};
use leptos::prelude::LeptosOptions;
use state::Store;
use tower_http::CompressionLevel;
use tower_http::compression::CompressionLayer;
use tower_http::compression::predicate::{DefaultPredicate, NotForContentType, Predicate};

use crate::api::download::Downloads;
use crate::api::v1::stream::Streams;
use crate::assets::{self, Assets};
use crate::backend::LakeBackend;
use crate::config::Config;
use crate::{api, middleware};

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
    };
    let upload_bytes =
        usize::try_from(config.upload_limit_mb.saturating_mul(1 << 20)).unwrap_or(usize::MAX);

    // For machines that watch over the service.
    let watched = Router::new()
        .route("/healthz", get(api::health::live))
        .route("/readyz", get(api::health::ready));

    // For scripts, and for forms.
    let scripted = Router::new()
        .merge(api::v1::routes())
        .route("/api/imports", get(api::imports::list))
        .route(
            "/api/imports",
            post(api::imports::upload).layer(DefaultBodyLimit::max(upload_bytes)),
        )
        .route("/api/imports/{id}", get(api::imports::one))
        .route("/api/rejects", get(api::rejects::list))
        .route("/api/rejects.ndjson", get(api::rejects::download_all))
        .route("/api/rejects/{key}", get(api::rejects::download))
        .route("/preferences/theme", post(api::preferences::theme))
        .route("/preferences/explore", post(api::preferences::explore))
        .route("/preferences/density", post(api::preferences::density))
        .route("/preferences/shortcuts", post(api::preferences::shortcuts))
        .route("/preferences/columns", post(api::preferences::grid))
        .route(
            "/api/groups",
            post(api::groups::bring_in)
                .layer(DefaultBodyLimit::max(api::groups::MOST_REQUEST_BYTES)),
        )
        .route("/api/groups/remove", post(api::groups::remove))
        .route("/views", post(api::views::change))
        .route("/v", post(api::links::shorten))
        .route("/v/{id}", get(api::links::follow));

    // For browsers.
    let pages = api::pages::routes(&state)
        .route("/api/ui/sheet", get(api::ui::sheet))
        .route("/api/ui/part/{name}", get(api::ui::part));

    Router::new()
        .merge(watched)
        .merge(scripted)
        .merge(pages)
        .layer(packing())
        .route("/pkg/{*path}", get(assets::serve))
        .route("/favicon.ico", get(api::pages::favicon))
        .with_state(state)
        .layer(from_fn(middleware::security_headers::add))
        .layer(from_fn(middleware::same_origin::require))
        .layer(from_fn(middleware::local_host::require))
        .layer(from_fn(middleware::log_request::log))
}
