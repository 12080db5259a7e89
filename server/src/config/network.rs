//! How the server is reached: TLS, proxies in front of it, and how much is asked of it at once.

use std::net::IpAddr;
use std::path::{Path, PathBuf};
use std::str::FromStr;

use clap::{Args, ValueEnum};
use ipnet::IpNet;
use serde::{Deserialize, Serialize};

/// Most connections at once, unless the configuration says another number. Most systems give a process 1,024 files
/// unless it is told otherwise, and tables are files too.
const MOST_CONNECTIONS: usize = 800;

/// Whether those who ask too much at once have to wait.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum RateLimits {
    /// They are told to.
    On,
    /// Everybody may ask as much as they like: for measuring.
    Off,
}

/// What can be configured, each part optional: see [`super::Settings`].
#[derive(Debug, Clone, Default, Args, Deserialize)]
pub struct NetworkSettings {
    /// Certificate for https, with those that lead up to the authority behind it: a PEM file
    ///
    /// It is read again when it changes, and at SIGHUP.
    #[arg(
        long,
        global = true,
        env = "VESTIBULE_TLS_CERTIFICATE",
        hide_env_values = true,
        value_name = "FILE"
    )]
    pub tls_certificate: Option<PathBuf>,

    /// Private key of the certificate: a PEM file
    #[arg(
        long,
        global = true,
        env = "VESTIBULE_TLS_KEY",
        hide_env_values = true,
        value_name = "FILE"
    )]
    pub tls_key: Option<PathBuf>,

    /// Proxies whose X-Forwarded-For, X-Forwarded-Proto and X-Request-Id are believed: addresses and networks, as
    /// 127.0.0.1 or 10.0.0.0/8, with commas between them
    #[arg(
        long,
        global = true,
        env = "VESTIBULE_TRUSTED_PROXIES",
        hide_env_values = true,
        value_name = "NETWORKS",
        value_delimiter = ','
    )]
    pub trusted_proxies: Option<Vec<TrustedProxy>>,

    /// Whether those who ask too much at once have to wait; off is for measuring [default: on]
    #[arg(
        long,
        global = true,
        env = "VESTIBULE_RATE_LIMITS",
        hide_env_values = true,
        value_name = "ON|OFF"
    )]
    pub rate_limits: Option<RateLimits>,

    /// Most connections at once; more wait until others end [default: 800]
    #[arg(
        long,
        global = true,
        env = "VESTIBULE_MOST_CONNECTIONS",
        hide_env_values = true,
        value_name = "NUMBER"
    )]
    pub most_connections: Option<usize>,
}

/// The outcome.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Network {
    /// See [`NetworkSettings::tls_certificate`].
    #[serde(skip_serializing_if = "Option::is_none")]
    pub tls_certificate: Option<PathBuf>,
    /// See [`NetworkSettings::tls_key`].
    #[serde(skip_serializing_if = "Option::is_none")]
    pub tls_key: Option<PathBuf>,
    /// See [`NetworkSettings::trusted_proxies`].
    pub trusted_proxies: Vec<TrustedProxy>,
    /// See [`NetworkSettings::rate_limits`].
    pub rate_limits: RateLimits,
    /// See [`NetworkSettings::most_connections`].
    pub most_connections: usize,
}

/// A certificate without its key, or a key without its certificate.
#[derive(Debug, thiserror::Error)]
#[error("{there} is set and {missing} is not: https takes both; set both or neither")]
pub struct HalfOfTls {
    there: &'static str,
    missing: &'static str,
}

/// The files that https takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TlsFiles<'a> {
    /// PEM file with the certificate, and those above it.
    pub certificate: &'a Path,
    /// PEM file with its key.
    pub key: &'a Path,
}

impl Network {
    /// Joins flags and environment with the file and with what is built in.
    pub fn load(settings: NetworkSettings, file: NetworkSettings) -> Network {
        let most_connections = settings.most_connections.or(file.most_connections);
        Network {
            tls_certificate: settings.tls_certificate.or(file.tls_certificate),
            tls_key: settings.tls_key.or(file.tls_key),
            trusted_proxies: settings
                .trusted_proxies
                .or(file.trusted_proxies)
                .unwrap_or_default(),
            rate_limits: settings
                .rate_limits
                .or(file.rate_limits)
                .unwrap_or(RateLimits::On),
            most_connections: most_connections.unwrap_or(MOST_CONNECTIONS).max(1),
        }
    }

    /// The files for https; `None` where the server speaks plain http.
    ///
    /// # Errors
    /// When one of them is set without the other.
    pub fn tls(&self) -> Result<Option<TlsFiles<'_>>, HalfOfTls> {
        match (&self.tls_certificate, &self.tls_key) {
            (Some(certificate), Some(key)) => Ok(Some(TlsFiles { certificate, key })),
            (None, None) => Ok(None),
            (Some(_), None) => Err(HalfOfTls {
                there: "tls_certificate",
                missing: "tls_key",
            }),
            (None, Some(_)) => Err(HalfOfTls {
                there: "tls_key",
                missing: "tls_certificate",
            }),
        }
    }

    /// Whether what a machine says of others is believed.
    pub fn trusts(&self, address: IpAddr) -> bool {
        let address = address.to_canonical();
        self.trusted_proxies
            .iter()
            .any(|TrustedProxy(network)| network.contains(&address))
    }
}

/// The address of a proxy, or the network that proxies are in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct TrustedProxy(IpNet);

/// What is neither an address nor a network.
#[derive(Debug, thiserror::Error)]
#[error("`{0}` is neither an address nor a network; write it as 127.0.0.1 or 10.0.0.0/8")]
pub struct NoNetwork(String);

impl FromStr for TrustedProxy {
    type Err = NoNetwork;

    fn from_str(text: &str) -> Result<TrustedProxy, NoNetwork> {
        let text = text.trim();
        let address = text
            .parse()
            .map(|address: IpAddr| IpNet::from(address.to_canonical()));
        let network = address.or_else(|_| text.parse::<IpNet>());
        network
            .map(|network| TrustedProxy(network.trunc()))
            .map_err(|_| NoNetwork(text.to_owned()))
    }
}

impl TryFrom<String> for TrustedProxy {
    type Error = NoNetwork;

    fn try_from(text: String) -> Result<TrustedProxy, NoNetwork> {
        text.parse()
    }
}

impl From<TrustedProxy> for String {
    fn from(TrustedProxy(network): TrustedProxy) -> String {
        network.to_string()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn network(proxies: &[&str]) -> Network {
        let proxies = proxies.iter().map(|text| text.parse().expect("a network"));
        let settings = NetworkSettings {
            trusted_proxies: Some(proxies.collect()),
            ..NetworkSettings::default()
        };
        Network::load(settings, NetworkSettings::default())
    }

    #[test]
    fn proxies_are_addresses_and_networks() {
        let network = network(&["10.1.2.3/8", "192.0.2.7", "2001:db8::/32"]);
        for (address, is_trusted) in [
            ("10.200.0.1", true),
            ("::ffff:10.200.0.1", true),
            ("11.0.0.1", false),
            ("192.0.2.7", true),
            ("192.0.2.8", false),
            ("2001:db8::1", true),
            ("2001:db9::1", false),
            ("127.0.0.1", false),
        ] {
            let address = address.parse().expect("an address");
            assert_eq!(network.trusts(address), is_trusted, "{address}");
        }
        for text in ["", "localhost", "10.0.0.0/33", "10.0.0", "*"] {
            assert!(text.parse::<TrustedProxy>().is_err(), "{text}");
        }
    }

    #[test]
    fn https_takes_both_files() {
        let mut network = network(&[]);
        assert!(network.tls().expect("neither").is_none());
        network.tls_key = Some(PathBuf::from("key.pem"));
        let words = network.tls().expect_err("half").to_string();
        assert!(
            words.starts_with("tls_key is set and tls_certificate is not"),
            "{words}"
        );
        network.tls_certificate = Some(PathBuf::from("certificate.pem"));
        assert!(network.tls().expect("both").is_some());
    }
}
