//! Where a request comes from, and on which way it came.

use std::net::{IpAddr, Ipv6Addr};

use axum::http::Extensions;

/// The connection that brings a request, as the server took it.
#[derive(Debug, Clone, Copy)]
pub struct Link {
    /// The address at its other end: that of a proxy, where there is one.
    pub address: IpAddr,
    /// Whether it is https.
    pub is_encrypted: bool,
}

/// The address of whoever asks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Peer(pub IpAddr);

/// How whoever asks reached the portal.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Arrival {
    /// Whether their browser speaks https, to the server itself or to a proxy in front of it.
    pub is_encrypted: bool,
    /// Whether a trusted proxy brought the request.
    pub is_by_proxy: bool,
}

/// That address as text; nothing where there is no connection.
pub fn address_of(extensions: &Extensions) -> String {
    extensions
        .get::<Peer>()
        .map(|Peer(address)| address.to_string())
        .unwrap_or_default()
}

/// What attempts to sign in are counted by: see [`network_of`].
pub fn counted_of(extensions: &Extensions) -> String {
    extensions
        .get::<Peer>()
        .map(|Peer(address)| network_of(*address).to_string())
        .unwrap_or_default()
}

/// What is one place as far as limits go: who has an address of IPv6 has all those that begin with the same 64 bits.
pub fn network_of(address: IpAddr) -> IpAddr {
    match address.to_canonical() {
        address if address.is_loopback() => address,
        IpAddr::V4(address) => IpAddr::V4(address),
        IpAddr::V6(address) => {
            let [a, b, c, d, ..] = address.segments();
            IpAddr::V6(Ipv6Addr::new(a, b, c, d, 0, 0, 0, 0))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_network_of_ipv6_is_one_place() {
        for (address, place) in [
            ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::"),
            ("2001:db8:1:3::1", "2001:db8:1:3::"),
            ("192.0.2.7", "192.0.2.7"),
            ("::ffff:192.0.2.7", "192.0.2.7"),
            ("::1", "::1"),
            ("127.0.0.1", "127.0.0.1"),
        ] {
            let address: IpAddr = address.parse().expect("an address");
            assert_eq!(network_of(address).to_string(), place);
        }
    }
}
