//! `GET /healthz`, `GET /readyz`: for what watches over the service.

use std::sync::Arc;

use axum::extract::State;
use axum::http::StatusCode;

use crate::backend::LakeBackend;

/// Answers while the process lives.
pub async fn live() -> &'static str {
    "ok\n"
}

/// Answers 200 when queries can be answered, 503 otherwise.
pub async fn ready(State(backend): State<Arc<LakeBackend>>) -> (StatusCode, &'static str) {
    match backend.lake().await {
        Ok(_) => (StatusCode::OK, "ready\n"),
        Err(error) => {
            tracing::error!(kind = error.kind(), "not ready");
            (
                StatusCode::SERVICE_UNAVAILABLE,
                "the tables cannot be read\n",
            )
        }
    }
}
