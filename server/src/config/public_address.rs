//! Where people reach the portal, as they type it: behind a proxy the server cannot know it by itself.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};
use url::{Host, Url};

/// Scheme, host and port, as `https://sign-ins.example.com`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct PublicAddress(Url);

/// What is no such address.
#[derive(Debug, thiserror::Error)]
#[error("{0} is no address of a server; write it as https://sign-ins.example.com, without a path")]
pub struct NoAddress(String);

impl PublicAddress {
    /// Whether it begins with `https`.
    pub fn is_encrypted(&self) -> bool {
        self.0.scheme() == "https"
    }

    /// What browsers send as `Host`: with the port, unless it is the scheme's own.
    pub fn host(&self) -> String {
        let host = self.0.host().as_ref().map(Host::to_string);
        match (host.unwrap_or_default(), self.0.port()) {
            (host, Some(port)) => format!("{host}:{port}"),
            (host, None) => host,
        }
    }

    /// Whether this is what browsers send as `Host` who ask here: names do not differ by letter case, and the scheme's
    /// own port may stand there or not.
    pub fn is_host(&self, host: &str) -> bool {
        // What has a meaning in addresses is no part of a name.
        let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || b".-_:[]".contains(&byte);
        if host.is_empty() || !host.bytes().all(is_plain) {
            return false;
        }
        let other = Url::parse(&format!("{}://{host}", self.0.scheme()));
        other.is_ok_and(|other| {
            other.host() == self.0.host()
                && other.port_or_known_default() == self.0.port_or_known_default()
        })
    }

    /// The address of a page, by its path with a slash in front.
    pub fn of(&self, path: &str) -> String {
        format!("{self}{path}")
    }
}

impl FromStr for PublicAddress {
    type Err = NoAddress;

    fn from_str(text: &str) -> Result<PublicAddress, NoAddress> {
        let url = Url::parse(text).map_err(|_| NoAddress(text.to_owned()))?;
        let is_server = matches!(url.scheme(), "http" | "https") && url.has_host();
        let is_bare = url.path() == "/" && url.query().is_none() && url.fragment().is_none();
        match is_server && is_bare && url.username().is_empty() && url.password().is_none() {
            true => Ok(PublicAddress(url)),
            false => Err(NoAddress(text.to_owned())),
        }
    }
}

impl TryFrom<String> for PublicAddress {
    type Error = NoAddress;

    fn try_from(text: String) -> Result<PublicAddress, NoAddress> {
        text.parse()
    }
}

impl From<PublicAddress> for String {
    fn from(address: PublicAddress) -> String {
        address.to_string()
    }
}

impl fmt::Display for PublicAddress {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.0.as_str().trim_end_matches('/'))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_a_server_and_nothing_below_it() {
        for (typed, shown, host) in [
            ("https://a.example", "https://a.example", "a.example"),
            ("https://A.example:443/", "https://a.example", "a.example"),
            (
                "http://127.0.0.1:3000",
                "http://127.0.0.1:3000",
                "127.0.0.1:3000",
            ),
            ("https://[::1]:8443", "https://[::1]:8443", "[::1]:8443"),
        ] {
            let address: PublicAddress = typed.parse().expect("an address");
            assert_eq!(
                (address.to_string().as_str(), address.host().as_str()),
                (shown, host)
            );
            assert_eq!(address.of("/x"), format!("{shown}/x"));
        }
        let address: PublicAddress = "https://a.example".parse().expect("an address");
        for (host, is_its) in [
            ("a.example", true),
            ("A.Example", true),
            ("a.example:443", true),
            ("a.example:80", false),
            ("b.example", false),
            ("x@a.example", false),
            ("a.example/", false),
            ("a.example#", false),
            ("a.example, b.example", false),
            ("", false),
        ] {
            assert_eq!(address.is_host(host), is_its, "{host}");
        }
        for typed in [
            "",
            "a.example",
            "ftp://a",
            "https://a/b",
            "https://u:p@a",
            "https://a/?x",
        ] {
            assert!(typed.parse::<PublicAddress>().is_err(), "{typed}");
        }
    }
}
