//! Where `vestibule serve` may listen: beyond this machine only when those who come in are known, and nobody listens
//! along.

use std::net::SocketAddr;

use model::access::Right;
use state::Store;

use super::CliError;
use crate::config::{Accounts, Config};
use crate::connections::Welcome;

/// Whether the server may listen where it is told to, by what is configured; and who is talked to.
///
/// # Errors
/// When it may not, with what to do about it.
pub fn allowed(config: &Config, is_in_the_open: bool) -> Result<Welcome, CliError> {
    let has_tls = config
        .network
        .tls()
        .map_err(|error| CliError::Other(error.to_string()))?;
    if config.listen.ip().is_loopback() {
        return Ok(Welcome::Everybody);
    }
    let refused = |words: &str| Err(refused(config.listen, words));
    let has_proxies = !config.network.trusted_proxies.is_empty();
    if has_tls.is_none() && !has_proxies && !is_in_the_open {
        return refused(
            "passwords and sign-ins would travel in the open; set --tls-certificate and --tls-key, or \
             --trusted-proxies where a proxy speaks https, or use 127.0.0.1, and a tunnel to reach it from elsewhere",
        );
    }
    if config.accounts == Accounts::Off && !is_in_the_open {
        return refused(
            "accounts are off, and whoever reaches it would see everything; set --accounts on, or listen on 127.0.0.1",
        );
    }
    let Some(public) = &config.public_address else {
        return refused(
            "it is not said where people reach it; set --public-address, as https://sign-ins.example.com",
        );
    };
    if is_in_the_open {
        return Ok(Welcome::Everybody);
    }
    if !public.is_encrypted() {
        return refused(
            "the public address does not begin with https; set --public-address to one that does",
        );
    }
    Ok(match has_tls {
        Some(_) => Welcome::Everybody,
        None => Welcome::Proxies,
    })
}

/// Refuses to listen beyond this machine while nobody administers accounts: whoever came first could.
///
/// # Errors
/// When there is nobody, or the state does not answer.
pub async fn needs_administrator(
    config: &Config,
    is_in_the_open: bool,
    store: &Store,
) -> Result<(), CliError> {
    if config.listen.ip().is_loopback() || is_in_the_open {
        return Ok(());
    }
    let accounts = store.accounts().await?;
    let mut able = accounts.iter().filter(|account| !account.is_disabled);
    if able.any(|account| account.roles.may(Right::Accounts)) {
        return Ok(());
    }
    Err(refused(
        config.listen,
        "there is no account yet that administers the others; make it first, with `vestibule user add <name> --role \
         global_administrator`",
    ))
}

fn refused(address: SocketAddr, words: &str) -> CliError {
    CliError::Other(format!("will not listen on {address}: {words}"))
}

#[cfg(test)]
mod tests {
    use state::AccountToAdd;

    use super::*;
    use crate::config::{NetworkSettings, Settings};

    fn config(listen: &str, public: Option<&str>, network: NetworkSettings) -> Config {
        let settings = Settings {
            listen: Some(listen.parse().expect("an address")),
            public_address: public.map(|text| text.parse().expect("an address")),
            network,
            ..Settings::default()
        };
        Config::load(settings, None).expect("a configuration")
    }

    fn tls() -> NetworkSettings {
        NetworkSettings {
            tls_certificate: Some("certificate.pem".into()),
            tls_key: Some("key.pem".into()),
            ..NetworkSettings::default()
        }
    }

    fn proxies() -> NetworkSettings {
        NetworkSettings {
            trusted_proxies: Some(vec!["10.0.0.1".parse().expect("an address")]),
            ..NetworkSettings::default()
        }
    }

    #[test]
    fn beyond_this_machine_it_takes_accounts_and_encryption() {
        let plain = NetworkSettings::default;
        let https = Some("https://portal.example");
        let http = Some("http://portal.example");
        for (listen, public, network, allowed_or_said) in [
            ("127.0.0.1:3000", None, plain(), Ok(Welcome::Everybody)),
            ("[::1]:3000", None, plain(), Ok(Welcome::Everybody)),
            ("0.0.0.0:3000", https, tls(), Ok(Welcome::Everybody)),
            ("[::]:3000", https, proxies(), Ok(Welcome::Proxies)),
            ("0.0.0.0:3000", None, tls(), Err("--public-address")),
            (
                "192.0.2.1:80",
                https,
                plain(),
                Err("would travel in the open"),
            ),
            ("[::]:80", http, tls(), Err("begin with https")),
        ] {
            let config = config(listen, public, network);
            match (allowed(&config, false), allowed_or_said) {
                (Ok(welcome), Ok(expected)) => assert_eq!(welcome, expected, "{listen}"),
                (Err(error), Err(said)) => {
                    let words = error.to_string();
                    assert!(words.contains(said) && words.contains(listen), "{words}");
                }
                other => panic!("{listen}: {other:?}"),
            }
        }
    }

    #[test]
    fn a_flag_opens_it_and_no_other_setting_does() {
        let mut config = config(
            "0.0.0.0:3000",
            Some("http://a.example"),
            NetworkSettings::default(),
        );
        config.accounts = Accounts::Off;
        assert_eq!(allowed(&config, true).expect("told so"), Welcome::Everybody);
        config.network.tls_key = Some("key.pem".into());
        assert!(allowed(&config, true).is_err(), "half of https");
        config.network.tls_certificate = Some("certificate.pem".into());
        config.public_address = "https://a.example".parse().ok();
        let words = allowed(&config, false)
            .expect_err("accounts are off")
            .to_string();
        assert!(words.contains("--accounts on"), "{words}");
    }

    #[tokio::test]
    async fn beyond_this_machine_somebody_administers_it() {
        let folder = tempfile::tempdir().expect("a folder");
        let store = Store::open(folder.path()).await.expect("a state");
        let config = config("0.0.0.0:3000", Some("https://portal.example"), tls());
        let words = needs_administrator(&config, false, &store).await;
        let words = words.expect_err("nobody").to_string();
        assert!(words.contains("vestibule user add"), "{words}");
        assert!(needs_administrator(&config, true, &store).await.is_ok());
        let account = AccountToAdd {
            username: "ann".to_owned(),
            ..AccountToAdd::default()
        };
        store
            .add_first_account(account, 0)
            .await
            .expect("an account");
        assert!(needs_administrator(&config, false, &store).await.is_ok());
    }
}
