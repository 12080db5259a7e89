//! Pages and their server functions: the app, rendered here and taken over in the browser.

use std::sync::Arc;

use app::assets::ClientAssets;
use app::backend::{OwnBackend, SharedBackend};
use app::viewer::Viewer;
use axum::Router;
use axum::extract::State;
use axum::http::request::Parts;
use axum::response::Redirect;
use axum::routing::get;
use leptos::prelude::{provide_context, use_context};
use leptos_axum::{LeptosRoutes, generate_route_list, render_app_async_with_context};
use model::sight::Sight;

use crate::assets::Assets;
use crate::backend::{self, limited::Limited};
use crate::keeping;
use crate::middleware::security_headers::RequestNonce;
use crate::router::AppState;
use crate::sight::Sighted;

/// Routes of all pages and server functions; any other path is the page that says so.
pub fn routes(state: &AppState) -> Router<AppState> {
    let pages = generate_route_list(app::App);
    let context = context(state);
    let not_found = render_app_async_with_context(context.clone(), app::shell);
    Router::new()
        .leptos_routes_with_context(state, pages, context, app::shell)
        .fallback(get(not_found))
}

/// What every render and every server function finds in its context.
pub fn context(state: &AppState) -> impl Fn() + Clone + Send + Sync + 'static {
    let assets = ClientAssets {
        stylesheet: state.assets.address("main.css"),
        start_script: state.assets.address("start.js"),
        script: state.assets.address("vestibule.js"),
        wasm: state.assets.address("vestibule_bg.wasm"),
        icons: state.assets.address("icons.svg"),
        world: state.assets.address("world.svg"),
        favicon: state.assets.address("favicon.svg"),
    };
    let shared = backend::shared(&state.backend);
    let limited = Arc::clone(&state.backend);
    let store = state.store.clone();
    move || {
        provide_context(assets.clone());
        let parts = use_context::<Parts>();
        let sighted = parts
            .as_ref()
            .and_then(|parts| parts.extensions.get::<Sighted>());
        // Whoever is not known sees no more than those who see least.
        let sighted = sighted.cloned().unwrap_or_else(Sighted::least);
        provide_context(keeping::shared(&store, &sighted));
        let backend = match sighted.sight == Sight::ALL {
            true => SharedBackend::clone(&shared),
            false => Arc::new(Limited::new(Arc::clone(&limited), sighted)),
        };
        provide_context(backend);
        provide_context(OwnBackend(SharedBackend::clone(&shared)));
        let Some(parts) = parts else {
            return;
        };
        if let Some(nonce) = parts.extensions.get::<RequestNonce>() {
            provide_context(nonce.0.clone());
        }
        if let Some(viewer) = parts.extensions.get::<Viewer>() {
            provide_context(viewer.clone());
        }
    }
}

/// Browsers ask for this address whatever the page says.
pub async fn favicon(State(assets): State<Assets>) -> Redirect {
    Redirect::permanent(&assets.address("favicon.svg"))
}
