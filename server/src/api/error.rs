//! Failures of endpoints: the one place where they become HTTP.

use axum::Json;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use lake::LakeError;

use crate::jobs::imports::BeginError;
use crate::limits::QueryError;
use crate::sight::SightError;

/// Result of an endpoint.
pub type Result<T> = std::result::Result<T, ApiError>;

/// Why an endpoint has no answer.
#[derive(Debug, thiserror::Error)]
pub enum ApiError {
    /// 404: there is no such thing.
    #[error("no such {0}")]
    NotFound(&'static str),
    /// 400: the request is not right.
    #[error("{0}")]
    BadRequest(String),
    /// 403: the answer would tell more than whoever asks sees.
    #[error("{0}")]
    NotSeen(String),
    /// 413: the upload is too large.
    #[error(
        "the upload is larger than allowed; import the file with `vestibule import`, or raise --upload-limit-mb"
    )]
    TooLarge,
    /// 500: the lake failed; 503: not in time.
    #[error(transparent)]
    Query(#[from] QueryError),
    /// 503: too many uploads wait.
    #[error("{0}")]
    Busy(String),
    /// 500: the disk failed.
    #[error("cannot store the upload: {0}; check the space on the disk")]
    Io(#[from] std::io::Error),
}

impl From<BeginError> for ApiError {
    fn from(error: BeginError) -> ApiError {
        match error {
            BeginError::Io(error) => ApiError::Io(error),
            BeginError::Full => ApiError::Busy(error.to_string()),
        }
    }
}

impl From<SightError> for ApiError {
    fn from(error: SightError) -> ApiError {
        match error {
            SightError::Query(error) => ApiError::Query(error),
            refused => ApiError::NotSeen(refused.to_string()),
        }
    }
}

impl From<LakeError> for ApiError {
    fn from(error: LakeError) -> ApiError {
        ApiError::Query(error.into())
    }
}

impl ApiError {
    /// The HTTP status of the failure.
    pub fn status(&self) -> StatusCode {
        match self {
            ApiError::NotFound(_) => StatusCode::NOT_FOUND,
            ApiError::BadRequest(_)
            | ApiError::Query(
                QueryError::Far { .. }
                | QueryError::NoGroup { .. }
                | QueryError::Lake(LakeError::NoPlace),
            ) => StatusCode::BAD_REQUEST,
            ApiError::NotSeen(_) => StatusCode::FORBIDDEN,
            ApiError::TooLarge => StatusCode::PAYLOAD_TOO_LARGE,
            ApiError::Busy(_)
            | ApiError::Query(
                QueryError::Slow { .. }
                | QueryError::Crowded
                | QueryError::Lake(LakeError::TooLarge),
            ) => StatusCode::SERVICE_UNAVAILABLE,
            ApiError::Query(QueryError::Lake(_) | QueryError::State(_)) | ApiError::Io(_) => {
                StatusCode::INTERNAL_SERVER_ERROR
            }
        }
    }
}

impl IntoResponse for ApiError {
    fn into_response(self) -> Response {
        let status = self.status();
        if let ApiError::Query(error) = &self
            && status.is_server_error()
        {
            tracing::error!(kind = error.kind(), "request failed");
            tracing::debug!(error = %error, "details");
        }
        let message = match &self {
            // What is wrong with the disk is for the log, not for whoever asks.
            ApiError::Query(QueryError::Lake(_) | QueryError::State(_))
                if status == StatusCode::INTERNAL_SERVER_ERROR =>
            {
                "the sign-ins could not be read; the log of the server says more".to_owned()
            }
            other => other.to_string(),
        };
        (status, Json(serde_json::json!({ "error": message }))).into_response()
    }
}
