//! Who asks, and on which way: found once, from the connection and from what trusted proxies say of it.

use std::net::{IpAddr, SocketAddr};
use std::sync::Arc;

use app::context::Origin;
use axum::extract::{Request, State};
use axum::http::{HeaderMap, HeaderName, header};
use axum::middleware::Next;
use axum::response::Response;

use crate::access::peer::{Arrival, Link, Peer};
use crate::config::{Config, Network, PublicAddress};

const FORWARDED_FOR: HeaderName = HeaderName::from_static("x-forwarded-for");
const FORWARDED_PROTO: HeaderName = HeaderName::from_static("x-forwarded-proto");

/// Who is believed, and where people reach the portal.
#[derive(Clone)]
pub struct Ways(Arc<Known>);

struct Known {
    network: Network,
    public_address: Option<PublicAddress>,
}

impl Ways {
    /// As it is configured.
    pub fn new(config: &Config) -> Ways {
        Ways(Arc::new(Known {
            network: config.network.clone(),
            public_address: config.public_address.clone(),
        }))
    }

    /// Where people reach the portal, where that is said.
    pub fn public_address(&self) -> Option<&PublicAddress> {
        self.0.public_address.as_ref()
    }

    /// Who asks and how, by the connection and the headers.
    fn of(&self, link: Option<Link>, headers: &HeaderMap) -> (Option<Peer>, Arrival) {
        let is_by_proxy = link.is_some_and(|link| self.0.network.trusts(link.address));
        let address = link.map(|link| match is_by_proxy {
            true => self.forwarded_for(headers).unwrap_or(link.address),
            false => link.address,
        });
        let said = is_by_proxy
            .then(|| last(headers, &FORWARDED_PROTO))
            .flatten();
        let is_encrypted = link.is_some_and(|link| link.is_encrypted)
            || match said {
                Some(scheme) => scheme.eq_ignore_ascii_case("https"),
                // What encrypts in front of the server may say nothing of it.
                None => self.public_address().is_some_and(|public| {
                    public.is_encrypted() && public.is_host(&host_of(headers))
                }),
            };
        let arrival = Arrival {
            is_encrypted,
            is_by_proxy,
        };
        (address.map(|address| Peer(address.to_canonical())), arrival)
    }

    /// The last address that no trusted proxy has: what stands before it was sent by whoever asks, and may be
    /// anything.
    fn forwarded_for(&self, headers: &HeaderMap) -> Option<IpAddr> {
        let lines = headers.get_all(FORWARDED_FOR).iter();
        let lines: Vec<&str> = lines
            .map(|line| line.to_str().unwrap_or_default())
            .collect();
        let mut found = None;
        for part in lines.iter().flat_map(|line| line.split(',')).rev() {
            // What no address is, nobody can be known by, and what stands before it neither.
            let Some(address) = address_in(part) else {
                break;
            };
            found = Some(address);
            if !self.0.network.trusts(address) {
                break;
            }
        }
        found
    }
}

/// An address as proxies write it: some add the port.
fn address_in(part: &str) -> Option<IpAddr> {
    let part = part.trim();
    let bare = part
        .strip_prefix('[')
        .and_then(|part| part.strip_suffix(']'));
    let address = bare.unwrap_or(part).parse::<IpAddr>().ok();
    address.or_else(|| part.parse::<SocketAddr>().ok().map(|address| address.ip()))
}

/// The last of several values: the nearest proxy wrote it.
fn last<'a>(headers: &'a HeaderMap, name: &HeaderName) -> Option<&'a str> {
    let line = headers.get_all(name).iter().next_back()?.to_str().ok()?;
    line.rsplit(',').next().map(str::trim)
}

/// What a request says it is for: host, and port where it is not the usual one.
pub fn host_of(headers: &HeaderMap) -> String {
    let host = headers.get(header::HOST);
    let host = host.and_then(|host| host.to_str().ok());
    host.unwrap_or_default().to_ascii_lowercase()
}

/// Finds out who asks and how, for everything that follows.
pub async fn find(State(ways): State<Ways>, mut request: Request, next: Next) -> Response {
    let link = request.extensions().get::<Link>().copied();
    let (peer, arrival) = ways.of(link, request.headers());
    let scheme = if arrival.is_encrypted {
        "https"
    } else {
        "http"
    };
    let origin = Origin(format!("{scheme}://{}", host_of(request.headers())));
    let extensions = request.extensions_mut();
    extensions.insert(arrival);
    extensions.insert(origin);
    if let Some(peer) = peer {
        extensions.insert(peer);
    }
    next.run(request).await
}

#[cfg(test)]
mod tests {
    use axum::http::HeaderValue;

    use super::*;
    use crate::config::{NetworkSettings, Settings};

    fn ways(proxies: &str, public: Option<&str>) -> Ways {
        let proxies = proxies.split(' ').filter(|text| !text.is_empty());
        let proxies = proxies.map(|text| text.parse().expect("a network"));
        let settings = Settings {
            public_address: public.map(|text| text.parse().expect("an address")),
            network: NetworkSettings {
                trusted_proxies: Some(proxies.collect()),
                ..NetworkSettings::default()
            },
            ..Settings::default()
        };
        Ways::new(&Config::load(settings, None).expect("a configuration"))
    }

    fn asked(ways: &Ways, by: &str, headers: &[(&'static str, &str)]) -> (String, bool) {
        let link = Link {
            address: by.parse().expect("an address"),
            is_encrypted: false,
        };
        let mut sent = HeaderMap::new();
        for (name, value) in headers {
            let value = HeaderValue::from_str(value).expect("a value");
            sent.append(HeaderName::from_static(name), value);
        }
        let (peer, arrival) = ways.of(Some(link), &sent);
        let Peer(address) = peer.expect("somebody");
        (address.to_string(), arrival.is_encrypted)
    }

    #[test]
    fn nobody_but_a_trusted_proxy_says_who_asks() {
        let spoofed = [
            ("x-forwarded-for", "203.0.113.9"),
            ("x-forwarded-proto", "https"),
        ];
        for trusted in ["", "10.0.0.0/8", "203.0.113.9"] {
            let (address, is_encrypted) = asked(&ways(trusted, None), "192.0.2.1", &spoofed);
            assert_eq!(
                (address.as_str(), is_encrypted),
                ("192.0.2.1", false),
                "{trusted}"
            );
        }
        let trusting = ways("192.0.2.1", None);
        let (address, is_encrypted) = asked(&trusting, "192.0.2.1", &spoofed);
        assert_eq!((address.as_str(), is_encrypted), ("203.0.113.9", true));
    }

    #[test]
    fn whoever_asks_is_the_last_who_is_no_proxy() {
        let ways = ways("10.0.0.0/8 fd00::/8", None);
        for (forwarded, found) in [
            ("203.0.113.9", "203.0.113.9"),
            // Sent by whoever asks, to look like somebody else, or like this machine.
            ("127.0.0.1, 203.0.113.9", "203.0.113.9"),
            ("198.51.100.1, 203.0.113.9, 10.1.1.1", "203.0.113.9"),
            ("203.0.113.9:51234", "203.0.113.9"),
            ("[2001:db8::1]:443", "2001:db8::1"),
            ("[2001:db8::1]", "2001:db8::1"),
            ("::ffff:203.0.113.9", "203.0.113.9"),
            ("10.2.2.2, 10.1.1.1", "10.2.2.2"),
            // Nothing that can be read: the proxy itself.
            ("unknown", "10.0.0.1"),
            ("203.0.113.9, unknown", "10.0.0.1"),
            ("203.0.113.9, unknown, 10.1.1.1", "10.1.1.1"),
            ("", "10.0.0.1"),
        ] {
            let (address, _) = asked(&ways, "10.0.0.1", &[("x-forwarded-for", forwarded)]);
            assert_eq!(address, found, "{forwarded}");
        }
        // Two lines are one.
        let two = [
            ("x-forwarded-for", "198.51.100.1"),
            ("x-forwarded-for", "203.0.113.9"),
        ];
        assert_eq!(asked(&ways, "10.0.0.1", &two).0, "203.0.113.9");
    }

    #[test]
    fn https_is_what_the_proxy_says_or_else_what_the_public_address_says() {
        let ways = ways("10.0.0.1", Some("https://portal.example"));
        for (by, headers, is_encrypted) in [
            (
                "10.0.0.1",
                [("host", "portal.example"), ("x-forwarded-proto", "http")],
                false,
            ),
            (
                "10.0.0.1",
                [("host", "127.0.0.1"), ("x-forwarded-proto", "https")],
                true,
            ),
            (
                "10.0.0.1",
                [("host", "portal.example"), ("accept", "*/*")],
                true,
            ),
            (
                "127.0.0.1",
                [("host", "portal.example"), ("accept", "*/*")],
                true,
            ),
            (
                "127.0.0.1",
                [("host", "127.0.0.1:3000"), ("accept", "*/*")],
                false,
            ),
            (
                "127.0.0.1",
                [("host", "127.0.0.1:3000"), ("x-forwarded-proto", "https")],
                false,
            ),
        ] {
            assert_eq!(
                asked(&ways, by, &headers).1,
                is_encrypted,
                "{by} {headers:?}"
            );
        }
    }
}
