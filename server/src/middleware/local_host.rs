//! Only requests that name this machine are answered.
//!
//! A page of any site can make a browser send requests to a name of its own that resolves to
//! 127.0.0.1. Without accounts the name is all that tells such a request from the reader's own.

use axum::extract::Request;
use axum::http::{StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

/// Refuses requests whose `Host` is neither `localhost` nor a loopback address.
pub async fn require(request: Request, next: Next) -> Response {
    let host = request
        .headers()
        .get(header::HOST)
        .and_then(|value| value.to_str().ok())
        .or_else(|| request.uri().host())
        .unwrap_or_default();
    if names_this_machine(host) {
        next.run(request).await
    } else {
        (
            StatusCode::MISDIRECTED_REQUEST,
            "this server answers to localhost and 127.0.0.1 only\n",
        )
            .into_response()
    }
}

fn names_this_machine(host: &str) -> bool {
    let (name, rest) = match host.strip_prefix('[') {
        Some(inner) => match inner.split_once(']') {
            Some((name, rest)) => (name, rest),
            None => return false,
        },
        None => host.split_at(host.find(':').unwrap_or(host.len())),
    };
    let port = rest.strip_prefix(':').unwrap_or_default();
    let well_formed =
        rest.is_empty() || (!port.is_empty() && port.bytes().all(|byte| byte.is_ascii_digit()));
    well_formed
        && (name.eq_ignore_ascii_case("localhost")
            || name
                .parse::<std::net::IpAddr>()
                .is_ok_and(|address| address.is_loopback()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_names_of_this_machine_pass() {
        for host in [
            "localhost",
            "localhost:3000",
            "127.0.0.1:3000",
            "[::1]:3000",
            "127.0.0.1",
        ] {
            assert!(names_this_machine(host), "{host}");
        }
        for host in [
            "",
            "evil.example",
            "evil.example:3000",
            "127.0.0.1.evil.example",
            "192.0.2.1:3000",
            "localhost.evil.example",
            "[::1]evil.example",
            "127.0.0.1:3000, evil.example",
        ] {
            assert!(!names_this_machine(host), "{host}");
        }
    }
}
