//! What happens around every request: one file for each concern.

pub mod arrival;
pub mod known_host;
pub mod log_request;
pub mod rate_limits;
pub mod request_id;
pub mod same_origin;
pub mod security_headers;
pub mod slow_body;
