//! What happens around every request: one file for each concern.

pub mod local_host;
pub mod log_request;
pub mod same_origin;
pub mod security_headers;
