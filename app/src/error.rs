//! Why a call of the browser to the server gave no answer.

use leptos::server_fn::codec::JsonEncoding;
use leptos::server_fn::error::{FromServerFnError, ServerFnErrorErr};
#[cfg(feature = "ssr")]
use leptos_axum::ResponseOptions;
use serde::{Deserialize, Serialize};

/// An answer that did not come. Its message is for the reader of the page.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct UiError {
    /// What did not work and what to do.
    pub message: String,
    /// Number under which the server's log has the details; empty when the server never answered.
    pub trace: String,
}

impl FromServerFnError for UiError {
    type Encoder = JsonEncoding;

    fn from_server_fn_error(error: ServerFnErrorErr) -> UiError {
        #[cfg(feature = "ssr")]
        say_whose_fault(&error);
        let message = match error {
            ServerFnErrorErr::Request(_) => crate::text::frame::SERVER_SILENT,
            _ => crate::text::frame::SERVER_UNCLEAR,
        };
        UiError {
            message: message.to_owned(),
            trace: String::new(),
        }
    }
}

/// Arguments that cannot be read are the caller's mistake, not the server's.
#[cfg(feature = "ssr")]
fn say_whose_fault(error: &ServerFnErrorErr) {
    let arguments = matches!(
        error,
        ServerFnErrorErr::Args(_) | ServerFnErrorErr::MissingArg(_)
    );
    if arguments && let Some(response) = leptos::prelude::use_context::<ResponseOptions>() {
        response.set_status(http::StatusCode::BAD_REQUEST);
    }
}

#[cfg(feature = "ssr")]
impl From<crate::backend::BackendError> for UiError {
    fn from(error: crate::backend::BackendError) -> UiError {
        UiError {
            message: error.message,
            trace: error.trace,
        }
    }
}

/// The backend of this request.
///
/// # Errors
/// When the context has none, as after a cancelled request.
#[cfg(feature = "ssr")]
pub fn backend() -> Result<crate::backend::SharedBackend, UiError> {
    leptos::prelude::use_context().ok_or_else(|| UiError {
        message: crate::text::frame::SERVER_UNCLEAR.to_owned(),
        trace: String::new(),
    })
}
