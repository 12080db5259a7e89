//! Only requests for a name of the portal's own are answered.
//!
//! A page of any site can make a browser send requests to a name of its own that leads to this machine, and would then
//! read the answers as its own. The name is what tells such a request from a reader's.

use std::net::IpAddr;

use axum::extract::{Request, State};
use axum::http::{StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

use super::arrival::{Ways, host_of};

/// Refuses requests whose `Host` is neither the public address's nor `localhost` nor a loopback address.
pub async fn require(State(ways): State<Ways>, request: Request, next: Next) -> Response {
    let mut hosts = request.headers().get_all(header::HOST).iter();
    let is_one = hosts.next().is_some() && hosts.next().is_none();
    let host = host_of(request.headers());
    let is_public = |host: &str| {
        ways.public_address()
            .is_some_and(|public| public.is_host(host))
    };
    if is_one && (names_this_machine(&host) || is_public(&host)) {
        next.run(request).await
    } else {
        (
            StatusCode::MISDIRECTED_REQUEST,
            "this server answers to localhost, to 127.0.0.1, and to its own public address only; --public-address \
             sets that\n",
        )
            .into_response()
    }
}

/// Whether a `Host` is that of this machine, with a port or without.
pub fn names_this_machine(host: &str) -> bool {
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
                .parse::<IpAddr>()
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
