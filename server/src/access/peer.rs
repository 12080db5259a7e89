//! Where a request comes from.

use std::net::IpAddr;

use axum::http::Extensions;

/// The address at the other end of the connection.
#[derive(Debug, Clone, Copy)]
pub struct Peer(pub IpAddr);

/// That address as text; nothing where there is no connection.
pub fn address_of(extensions: &Extensions) -> String {
    extensions
        .get::<Peer>()
        .map(|Peer(address)| address.to_string())
        .unwrap_or_default()
}
