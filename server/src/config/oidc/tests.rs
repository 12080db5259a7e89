//! What is refused, what is printed, and what is not.

use std::path::Path;

use super::*;
use crate::config::{Config, Settings};

const FILE: &str = r#"
[oidc]
issuer = "https://login.example/tenant/v2.0"
client_id = "client"
roles_claim = "groups"
[oidc.roles]
"Vestibule Readers" = "security_reader,user"
"#;

fn load(settings: OidcSettings, file: &str) -> Result<Config, String> {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("vestibule.toml");
    std::fs::write(&path, file).expect("written");
    let settings = Settings {
        oidc: settings,
        ..Settings::default()
    };
    Config::load(settings, Some(&path)).map_err(|error| error.to_string())
}

fn secret(text: &str) -> Option<Secret> {
    text.parse().ok()
}

#[test]
fn a_provider_is_read_from_the_file_and_flags_win() {
    let flags = OidcSettings {
        label: Some("Sign in with Example".to_owned()),
        roles_claim: Some("roles".to_owned()),
        ..OidcSettings::default()
    };
    let oidc = load(flags, FILE).expect("loads").oidc.expect("a provider");
    assert_eq!(
        (
            oidc.label.as_str(),
            oidc.roles_claim.as_str(),
            oidc.object_id_claim.as_str()
        ),
        ("Sign in with Example", "roles", "oid")
    );
    assert_eq!(
        oidc.roles.values()["Vestibule Readers"].ids(),
        "security_reader,user"
    );
    assert_eq!(load(OidcSettings::default(), "").expect("loads").oidc, None);
}

#[test]
fn the_secret_is_read_from_the_environment_or_a_file_and_printed_nowhere() {
    let flags = OidcSettings {
        client_secret: secret("hidden\n"),
        client_secret_file: Some("/nowhere".into()),
        ..OidcSettings::default()
    };
    let config = load(flags, FILE).expect("loads");
    let printed = format!("{}{config:?}", config.to_toml());
    assert!(!printed.contains("hidden"), "{printed}");
    let oidc = config.oidc.expect("a provider");
    assert_eq!(oidc.secret().expect("a secret").as_deref(), Some("hidden"));
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("secret");
    std::fs::write(&path, "from a file\n").expect("written");
    let read = |path: &Path| {
        let flags = OidcSettings {
            client_secret_file: Some(path.to_owned()),
            ..OidcSettings::default()
        };
        load(flags, FILE)
            .expect("loads")
            .oidc
            .expect("a provider")
            .secret()
    };
    assert_eq!(
        read(&path).expect("a secret").as_deref(),
        Some("from a file")
    );
    let error = read(Path::new("/nowhere"))
        .expect_err("refused")
        .to_string();
    assert!(error.contains("client_secret_file /nowhere"), "{error}");
    let in_the_file = FILE.replace("client_id", "client_secret = \"x\"\nclient_id");
    let error = load(OidcSettings::default(), &in_the_file).expect_err("refused");
    assert!(error.contains("client_secret"), "{error}");
}

#[test]
fn what_is_printed_can_be_read_back() {
    let config = load(OidcSettings::default(), FILE).expect("loads");
    assert_eq!(load(OidcSettings::default(), &config.to_toml()), Ok(config));
}

#[test]
fn what_would_let_nobody_in_or_travel_in_the_open_is_refused() {
    let without = |line: &str| FILE.replace(line, "");
    for (file, said) in [
        (FILE.replace("https", "http"), "has to begin with https://"),
        (
            FILE.replace("https://login.example", "login"),
            "has to begin with https://",
        ),
        (without("client_id = \"client\""), "not oidc.client_id"),
        (
            without("issuer = \"https://login.example/tenant/v2.0\""),
            "no provider",
        ),
        (
            without("\"Vestibule Readers\" = \"security_reader,user\""),
            "nobody could sign in",
        ),
        (
            FILE.replace("security_reader,user", "reader"),
            "\"reader\" is no role",
        ),
        (
            FILE.replace("roles_claim = \"groups\"", "default_roles = \"all\""),
            "\"all\" is no role",
        ),
        (
            "[oidc]\npassword_sign_in = \"off\"".to_owned(),
            "password_sign_in = off is set, but no provider",
        ),
    ] {
        let error = load(OidcSettings::default(), &file).expect_err("refused");
        assert!(error.contains(said), "{file}: {error}");
    }
    for here in [
        "http://127.0.0.1:8080",
        "http://localhost/realms/a",
        "http://[::1]:1",
    ] {
        let file = FILE.replace("https://login.example/tenant/v2.0", here);
        assert!(load(OidcSettings::default(), &file).is_ok(), "{here}");
    }
}
