//! `/api/v1`: the sign-ins for scripts. One file for each endpoint; its route and its description stand in
//! one list, so that none is answered without being described.

mod facets;
mod groups;
mod histogram;
mod insights;
pub(super) mod openapi;
pub(super) mod parameters;
mod registration;
mod report_file;
mod sign_in;
mod signins;
pub mod stream;

use axum::http::Method;
use axum::routing::{MethodRouter, get};
use model::access::Right;
use serde_json::Value;

use super::download;
use super::error::{ApiError, Result};
use crate::access::{Guarded, Needs};
use crate::router::AppState;

/// An endpoint: all of them are asked with GET.
struct Endpoint {
    path: &'static str,
    route: MethodRouter<AppState>,
    /// The operation as the OpenAPI document has it.
    described: Value,
}

fn endpoints() -> Vec<Endpoint> {
    let endpoint = |path, route, described| Endpoint {
        path,
        route,
        described,
    };
    vec![
        endpoint("/api/v1/signins", get(signins::list), signins::described()),
        endpoint(
            "/api/v1/signins/{request_id}",
            get(sign_in::one),
            sign_in::described(),
        ),
        endpoint(
            "/api/v1/signins/histogram",
            get(histogram::count),
            histogram::described(),
        ),
        endpoint(
            "/api/v1/signins/facets",
            get(facets::count),
            facets::described(),
        ),
        endpoint(
            "/api/v1/signins/groups",
            get(groups::count),
            groups::described(),
        ),
        endpoint(
            model::download::PATH,
            get(download::open),
            download::described(),
        ),
        endpoint(
            "/api/v1/signins/stream",
            get(stream::open),
            stream::described(),
        ),
        endpoint(
            "/api/v1/insights/{report}",
            get(insights::answer),
            insights::described(),
        ),
        endpoint(
            "/api/v1/insights/registration",
            get(registration::registration),
            registration::registration_described(),
        ),
        endpoint(
            "/api/v1/insights/registration-details",
            get(registration::details),
            registration::details_described(),
        ),
        endpoint(
            "/api/v1/insights/registration-events",
            get(registration::events),
            registration::events_described(),
        ),
        endpoint(
            "/api/v1/openapi.json",
            get(openapi::show),
            openapi::described(),
        ),
    ]
}

/// Adds the routes of all endpoints. All of them are about the sign-ins of everybody.
pub fn add_to(routes: Guarded) -> Guarded {
    endpoints().into_iter().fold(routes, |routes, endpoint| {
        let needs = Needs::Right(Right::SignIns);
        routes.add(Method::GET, endpoint.path, needs, endpoint.route)
    })
}
