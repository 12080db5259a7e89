//! Signing in at a provider: what it takes to come in, whose account it is, and the way out.

#![expect(clippy::expect_used, reason = "a test fails where it panics")]

#[path = "provider/faults.rs"]
mod faults;
#[path = "provider/portal.rs"]
mod portal;

use std::collections::BTreeMap;

use portal::{PASSWORD, Portal, SESSION, expect_cause, way};
use serde_json::{Value, json};
use tests::Vestibule;
use tests::provider::CLIENT_ID;
use tests::provider::keys::Key;
use url::Url;

#[tokio::test]
async fn who_the_provider_knows_comes_in_and_goes_on_to_where_they_wanted() {
    let portal = Portal::with_key(Key::rsa("first")).await;
    for (to, lands) in [
        ("/sign-ins?range=7d", "/sign-ins?range=7d"),
        ("https://evil.example/", "/"),
        ("//evil.example/", "/"),
        ("", "/"),
    ] {
        let mut browser = portal.browser();
        let address = browser.leave(to).await;
        assert!(
            !browser.cookies.contains_key(SESSION),
            "nobody has a session yet"
        );
        let answer = browser.come_back(&portal.provider, &address).await;
        assert_eq!(
            (answer.status().as_u16(), way(&answer)),
            (303, lands),
            "{to:?}"
        );
        let page = browser.get("/account").await.text().await.expect("a page");
        for said in [
            "Ann Berg",
            "ann@tests.example",
            "Security Reader",
            portal.provider.issuer(),
        ] {
            assert!(page.contains(said), "{said}");
        }
        assert_eq!(browser.get("/accounts").await.status(), 403);
    }
    // A session of before is not the one of after.
    let mut browser = portal.browser();
    browser.sign_in(&portal.provider).await;
    let first = browser.cookies[SESSION].clone();
    browser.sign_in(&portal.provider).await;
    assert_ne!(browser.cookies[SESSION], first);
    let accounts = portal
        .vestibule
        .run(&["user", "list"])
        .expect_code(0)
        .stdout;
    assert_eq!(
        accounts.matches("ann@tests.example").count(),
        1,
        "{accounts}"
    );
}

#[tokio::test]
async fn roles_are_those_of_the_provider_and_nobody_is_taken_for_a_local_account() {
    let portal = Portal::new().await;
    let local = [
        "user",
        "add",
        "ann@tests.example",
        "--role",
        "global_administrator",
        "--password-stdin",
    ];
    let made = portal
        .vestibule
        .run_with_input(&local, format!("{PASSWORD}\n").as_bytes());
    made.expect_code(0);
    let claims = |claims: Value| portal.provider.behaviour().claims = claims;
    let mut ann = portal.browser();
    assert_eq!(ann.sign_in(&portal.provider).await.status(), 303);
    assert_eq!(
        ann.get("/accounts").await.status(),
        403,
        "the local one administers, this one does not"
    );
    // Another role there is another role here, also for those who are in already.
    claims(json!({"roles": ["Vestibule.Admin"], "name": "Ann Lund"}));
    let mut again = portal.browser();
    assert_eq!(again.sign_in(&portal.provider).await.status(), 303);
    assert_eq!(ann.get("/accounts").await.status(), 200);
    let id = "ann@tests.example~2";
    for refused in [
        vec!["user", "roles", id, "--role", "user"],
        vec!["user", "password", id],
    ] {
        let outcome = portal.vestibule.run(&refused);
        assert_ne!(outcome.code, Some(0), "{refused:?} {outcome:?}");
    }
    claims(json!({"roles": ["Vestibule.Reader"]}));
    again.sign_in(&portal.provider).await;
    assert_eq!(ann.get("/accounts").await.status(), 403);
    // Without a role nobody comes in, and whoever was in is out.
    for (taken, cause) in [
        (json!({"roles": null}), "no_role"),
        (
            json!({"roles": ["vestibule.admin"], "groups": ["Vestibule.Admin"]}),
            "no_role",
        ),
        (
            json!({"roles": null, "_claim_names": {"roles": "src1"}}),
            "too_many_groups",
        ),
    ] {
        claims(json!({}));
        assert_eq!(ann.sign_in(&portal.provider).await.status(), 303);
        claims(taken.clone());
        let mut third = portal.browser();
        let answer = third.sign_in(&portal.provider).await;
        expect_cause(answer, 403, cause, &taken.to_string()).await;
        assert!(!third.is_signed_in().await);
        assert!(!ann.is_signed_in().await, "{taken}");
    }
    claims(json!({"sub": "subject-of-bob", "roles": []}));
    expect_cause(
        portal.browser().sign_in(&portal.provider).await,
        403,
        "no_role",
        "bob",
    )
    .await;
    let accounts = portal
        .vestibule
        .run(&["user", "list"])
        .expect_code(0)
        .stdout;
    assert_eq!(
        accounts.lines().filter(|line| line.contains('@')).count(),
        2,
        "nothing is kept of bob: {accounts}"
    );
    claims(json!({}));
    let disabled = portal.vestibule.run(&["user", "disable", id]);
    disabled.expect_code(0);
    let answer = portal.browser().sign_in(&portal.provider).await;
    expect_cause(answer, 403, "account_disabled", "disabled").await;
    let record = portal.record().await;
    assert!(record.contains("provider: account_disabled") && record.contains(id));
}

#[tokio::test]
async fn signing_out_ends_the_session_here_and_leads_to_the_provider() {
    let portal = Portal::new().await;
    let mut browser = portal.browser();
    browser.sign_in(&portal.provider).await;
    let answer = browser.post("/sign-out", &[]).await;
    assert_eq!(answer.status(), 200);
    let page = answer.text().await.expect("a page").replace("&amp;", "&");
    let (_, rest) = page
        .split_once("content=\"0; url=")
        .expect("a page that leads on");
    let address = Url::parse(rest.split('"').next().unwrap_or_default()).expect("an address");
    let said: BTreeMap<String, String> = address.query_pairs().into_owned().collect();
    assert!(address.path().ends_with("/logout"));
    assert_eq!(
        (said["from"].as_str(), said["client_id"].as_str()),
        ("here", CLIENT_ID)
    );
    assert_eq!(
        said["post_logout_redirect_uri"],
        portal.server.at("/sign-in/signed-out")
    );
    assert_eq!(said["id_token_hint"].split('.').count(), 3);
    assert!(!browser.is_signed_in().await);
    assert_eq!(
        way(&browser.get("/sign-in/signed-out").await),
        "/sign-in?signed_out"
    );
    // Whoever signed in with a password has nothing to end there.
    let fields = [("username", "boss"), ("password", PASSWORD)];
    assert_eq!(browser.post("/sign-in", &fields).await.status(), 303);
    assert_eq!(
        way(&browser.post("/sign-out", &[]).await),
        "/sign-in?signed_out"
    );
}

#[tokio::test]
async fn the_secret_is_nowhere_in_what_is_printed_and_halves_are_refused() {
    let vestibule = Vestibule::new();
    let oidc = [
        "--oidc-issuer",
        "https://login.example/t/v2.0",
        "--oidc-client-id",
        "a",
        "--oidc-default-roles",
        "user",
    ];
    let mut printing = vestibule.command(&[&["--print-config"], oidc.as_slice()].concat());
    let printed = printing
        .env("VESTIBULE_OIDC_CLIENT_SECRET", "hidden")
        .output()
        .expect("printed");
    let printed = String::from_utf8_lossy(&printed.stdout).into_owned();
    assert!(
        printed.contains("[oidc]") && !printed.contains("hidden"),
        "{printed}"
    );
    for (arguments, said) in [
        (vec!["--password-sign-in", "off"], "no provider"),
        (
            vec![
                "--oidc-issuer",
                "http://login.example",
                "--oidc-client-id",
                "a",
            ],
            "https://",
        ),
        (
            vec![
                "--oidc-issuer",
                "https://login.example",
                "--oidc-client-id",
                "a",
            ],
            "nobody could sign in",
        ),
    ] {
        let outcome = vestibule.run(&[&["user", "list"], arguments.as_slice()].concat());
        assert_eq!(outcome.code, Some(1), "{outcome:?}");
        assert!(outcome.stderr.contains(said), "{outcome:?}");
    }
}
