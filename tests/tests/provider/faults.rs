//! All that must not let anybody in.

use std::time::Duration;

use serde_json::{Value, json};
use tests::client;
use tests::provider::keys::Key;
use tests::provider::{CLIENT_ID, CLIENT_SECRET, Manner, Signing, now_seconds};

use super::portal::{Portal, expect_cause, state_of};

#[tokio::test]
async fn a_token_that_is_not_what_was_asked_for_lets_nobody_in() {
    let portal = Portal::new().await;
    let (mut browser, now) = (portal.browser(), now_seconds());
    let other = || Key::curve("other");
    let claims = |claims: Value| (claims, Signing::Own);
    let faults: Vec<(&str, &str, (Value, Signing))> = vec![
        (
            "nonce of another question",
            "wrong_nonce",
            claims(json!({"nonce": "other"})),
        ),
        ("no nonce", "wrong_nonce", claims(json!({"nonce": null}))),
        (
            "another audience",
            "wrong_audience",
            claims(json!({"aud": "other"})),
        ),
        (
            "a second audience",
            "wrong_audience",
            claims(json!({"aud": [CLIENT_ID, "other"]})),
        ),
        (
            "no audience",
            "wrong_audience",
            claims(json!({"aud": null})),
        ),
        (
            "another authorized party",
            "wrong_audience",
            claims(json!({"azp": "other"})),
        ),
        (
            "another issuer",
            "wrong_issuer",
            claims(json!({"iss": "https://other.example"})),
        ),
        (
            "another tenant",
            "wrong_issuer",
            claims(json!({"iss": portal.provider.issuer().replace("tenant", "tenant2")})),
        ),
        ("expired", "expired", claims(json!({"exp": now - 130}))),
        (
            "not yet valid",
            "not_yet_valid",
            claims(json!({"nbf": now + 150})),
        ),
        (
            "made in the future",
            "not_yet_valid",
            claims(json!({"iat": now + 150})),
        ),
        (
            "for another access token",
            "wrong_signature",
            claims(json!({"at_hash": "x"})),
        ),
        ("no subject", "no_token", claims(json!({"sub": null}))),
        ("an empty subject", "no_token", claims(json!({"sub": ""}))),
        ("not signed", "wrong_signature", (json!({}), Signing::None)),
        (
            "signed with the client's secret",
            "wrong_signature",
            (json!({}), Signing::Secret),
        ),
        (
            "signed by another under the same name",
            "wrong_signature",
            (json!({}), Signing::Forged(other())),
        ),
        (
            "signed by another kind of key under the same name",
            "unknown_key",
            (json!({}), Signing::Forged(Key::rsa("x"))),
        ),
        (
            "signed by an unknown key",
            "unknown_key",
            (json!({}), Signing::Unpublished(other())),
        ),
    ];
    for (what, cause, (claims, signing)) in faults {
        {
            let mut behaviour = portal.provider.behaviour();
            (behaviour.claims, behaviour.signing) = (claims, signing);
        }
        let answer = browser.sign_in(&portal.provider).await;
        expect_cause(answer, 400, cause, what).await;
        assert!(!browser.is_signed_in().await, "{what}");
    }
    for (what, instead) in [
        (
            "no token at all",
            json!({"access_token": "a", "token_type": "Bearer"}),
        ),
        (
            "a token that is none",
            json!({"access_token": "a", "token_type": "Bearer", "id_token": "a.b.c"}),
        ),
        ("something else", json!([])),
    ] {
        portal.provider.behaviour().instead = Some(instead);
        let answer = browser.sign_in(&portal.provider).await;
        expect_cause(answer, 400, "no_token", what).await;
        assert!(!browser.is_signed_in().await, "{what}");
    }
    // Clocks differ a little.
    let skewed = json!({"exp": now - 60, "nbf": now + 60, "iat": now + 60});
    {
        let mut behaviour = portal.provider.behaviour();
        (behaviour.claims, behaviour.signing, behaviour.instead) = (skewed, Signing::Own, None);
    }
    assert_eq!(browser.sign_in(&portal.provider).await.status(), 303);
    // None of that was counted against passwords, all of it is in the record, and none of it says who it was.
    let record = portal.record().await;
    for cause in [
        "wrong_nonce",
        "wrong_audience",
        "wrong_issuer",
        "expired",
        "not_yet_valid",
        "wrong_signature",
        "unknown_key",
        "no_token",
    ] {
        assert!(record.contains(&format!("provider: {cause}")), "{cause}");
        assert!(
            portal.log().contains(&format!("cause=\"{cause}\"")),
            "{cause}: {}",
            portal.log()
        );
    }
    for private in [
        "Ann Berg",
        "ann@tests",
        "subject-of-ann",
        "code-",
        "0b1ec700",
        CLIENT_SECRET,
    ] {
        assert!(!portal.log().contains(private), "{private} is in the log");
    }
}

#[tokio::test]
async fn a_way_back_is_good_once_and_in_the_browser_that_left() {
    let portal = Portal::new().await;
    let mut browser = portal.browser();
    for query in [
        "",
        "?code=code-0",
        "?code=code-0&state=made-up",
        "?error=access_denied&state=made-up",
    ] {
        let answer = browser.get(&format!("/sign-in/return{query}")).await;
        expect_cause(answer, 400, "unknown_state", query).await;
    }
    // Used twice.
    let address = browser.leave("/").await;
    let (code, state) = (portal.provider.grant(&address), state_of(&address));
    let back = format!("/sign-in/return?code={code}&state={state}");
    assert_eq!(browser.get(&back).await.status(), 303);
    expect_cause(browser.get(&back).await, 400, "unknown_state", "used twice").await;
    assert!(browser.is_signed_in().await, "whoever is in stays in");
    // A code that was used, with a state that was not.
    let mut second = portal.browser();
    let address = second.leave("/").await;
    let back = format!("/sign-in/return?code={code}&state={}", state_of(&address));
    expect_cause(
        second.get(&back).await,
        400,
        "code_refused",
        "a replayed code",
    )
    .await;
    // Somebody else's link, with no cookie and with one of their own; after that it is of no use to anybody.
    for has_cookie in [false, true] {
        let (mut attacker, mut victim) = (portal.browser(), portal.browser());
        if has_cookie {
            victim.leave("/").await;
        }
        let address = attacker.leave("/").await;
        let back = format!(
            "/sign-in/return?code={}&state={}",
            portal.provider.grant(&address),
            state_of(&address)
        );
        expect_cause(
            victim.get(&back).await,
            400,
            "other_browser",
            "another browser",
        )
        .await;
        assert!(!victim.is_signed_in().await);
        expect_cause(
            attacker.get(&back).await,
            400,
            "unknown_state",
            "a burnt link",
        )
        .await;
    }
    // A code of somebody else's question does not fit ours: PKCE.
    let (mut attacker, mut victim) = (portal.browser(), portal.browser());
    let code = portal.provider.grant(&attacker.leave("/").await);
    let state = state_of(&victim.leave("/").await);
    let answer = victim
        .get(&format!("/sign-in/return?code={code}&state={state}"))
        .await;
    expect_cause(answer, 400, "code_refused", "an injected code").await;
    // What the provider says when it says no.
    for (query, status, cause) in [
        (
            "error=access_denied&error_description=Ann+said+no",
            403,
            "denied",
        ),
        ("error=interaction_required", 403, "denied"),
        ("error=invalid_scope", 502, "question_refused"),
        ("error=server_error", 503, "provider_down"),
        ("code=", 400, "no_code"),
        (
            "code=code-1&iss=https%3A%2F%2Fother.example",
            400,
            "wrong_issuer",
        ),
    ] {
        let state = state_of(&second.leave("/").await);
        let answer = second
            .get(&format!("/sign-in/return?{query}&state={state}"))
            .await;
        expect_cause(answer, status, cause, query).await;
    }
    assert!(!second.is_signed_in().await);
    assert!(!portal.log().contains("Ann said no"));
    // Another site cannot begin it.
    let request = client().post(portal.server.at("/sign-in/provider"));
    let answer = request
        .header("sec-fetch-site", "cross-site")
        .send()
        .await
        .expect("an answer");
    assert_eq!(answer.status(), 403);
}

#[tokio::test]
async fn new_keys_are_asked_for_once_a_minute_whatever_tokens_say() {
    let portal = Portal::new().await;
    let sign_in = async || portal.browser().sign_in(&portal.provider).await;
    assert_eq!(sign_in().await.status(), 303);
    assert_eq!(portal.provider.behaviour().jwks_asked, 1);
    assert_eq!(sign_in().await.status(), 303);
    assert_eq!(portal.provider.behaviour().jwks_asked, 1, "keys are kept");
    portal.provider.behaviour().key = Key::rsa("second");
    assert_eq!(sign_in().await.status(), 303, "the provider has a new key");
    assert_eq!(portal.provider.behaviour().jwks_asked, 2);
    for _ in 0..3 {
        portal.provider.behaviour().signing = Signing::Unpublished(Key::curve("third"));
        expect_cause(sign_in().await, 400, "unknown_key", "a made-up key").await;
    }
    assert_eq!(
        portal.provider.behaviour().jwks_asked,
        2,
        "nobody makes us ask more often"
    );
}

#[tokio::test]
async fn a_provider_that_does_not_answer_as_it_should_is_waited_for_no_longer_than_ten_seconds() {
    let portal = Portal::new().await;
    let mut browser = portal.browser();
    let issuer = portal.provider.issuer().to_owned();
    let away = json!({"token_endpoint": "http://192.0.2.1/token"});
    for (what, discovery, metadata, cause) in [
        (
            "status 500",
            Manner::Refusing(500, "x"),
            json!({}),
            "provider_down",
        ),
        (
            "status 404",
            Manner::Refusing(404, "x"),
            json!({}),
            "provider_down",
        ),
        (
            "a redirect",
            Manner::Redirecting,
            json!({}),
            "provider_down",
        ),
        ("a huge answer", Manner::Huge, json!({}), "provider_down"),
        ("no JSON", Manner::Garbled, json!({}), "provider_metadata"),
        (
            "another issuer",
            Manner::Right,
            json!({"issuer": format!("{issuer}/")}),
            "provider_metadata",
        ),
        (
            "an address in the open",
            Manner::Right,
            away,
            "provider_metadata",
        ),
        (
            "no token endpoint",
            Manner::Right,
            json!({"token_endpoint": null}),
            "provider_metadata",
        ),
    ] {
        {
            let mut behaviour = portal.provider.behaviour();
            (behaviour.discovery, behaviour.metadata) = (discovery, metadata);
        }
        // For two seconds nobody asks again.
        tokio::time::sleep(Duration::from_millis(2_100)).await;
        let answer = browser.post("/sign-in/provider", &[]).await;
        let status = if cause == "provider_down" { 503 } else { 502 };
        expect_cause(answer, status, cause, what).await;
    }
    {
        let mut behaviour = portal.provider.behaviour();
        (behaviour.discovery, behaviour.metadata) = (Manner::Right, json!({}));
    }
    tokio::time::sleep(Duration::from_millis(2_100)).await;
    for (what, manner, status, cause) in [
        (
            "status 503",
            Manner::Refusing(503, "x"),
            503,
            "provider_down",
        ),
        ("a huge answer", Manner::Huge, 503, "provider_down"),
        (
            "another secret",
            Manner::Refusing(401, "invalid_client"),
            502,
            "client_refused",
        ),
        (
            "an unknown error",
            Manner::Refusing(400, "something"),
            502,
            "question_refused",
        ),
        ("no JSON", Manner::Garbled, 400, "no_token"),
        ("a slow answer", Manner::Slow, 503, "provider_down"),
    ] {
        portal.provider.behaviour().token = manner;
        let answer = browser.sign_in(&portal.provider).await;
        expect_cause(answer, status, cause, what).await;
        assert!(!browser.is_signed_in().await, "{what}");
    }
    portal.provider.behaviour().token = Manner::Right;
    assert_eq!(browser.sign_in(&portal.provider).await.status(), 303);
    assert!(portal.record().await.contains("provider: provider_down"));
}
