//! Signing in with a second factor, as people and as those who should not come in do it.

#![expect(clippy::expect_used, reason = "a test fails where it panics")]

use std::time::{SystemTime, UNIX_EPOCH};

use reqwest::StatusCode;
use tests::Vestibule;
use tests::browser::{Browser, PASSWORD, add_account as add, way, with_accounts};
use totp_rs::{Builder, Secret};

/// The code that an app shows so many steps of 30 seconds from now.
fn code(secret: &str, steps: i64) -> String {
    let secret = Secret::try_from_base32(secret).expect("a secret");
    let app = Builder::new().with_secret(secret).build().expect("an app");
    let now = SystemTime::now().duration_since(UNIX_EPOCH);
    let now = i64::try_from(now.expect("a time").as_secs()).expect("a time");
    let at = u64::try_from(now + steps * 30).expect("a time");
    app.generate(at).to_string()
}

/// Turns the second factor on. Gives the app's secret and the recovery codes.
async fn turn_on(browser: &mut Browser) -> (String, Vec<String>) {
    let begun = browser
        .post("/account/change", &[("do", "second_factor_begin")])
        .await;
    assert_eq!(way(&begun), "/account");
    let page = browser.get("/account").await.text().await.expect("a page");
    assert!(page.contains("class=\"qr\""), "{page}");
    let key = between(&page, "id=\"second-factor-key\">", "<");
    let secret = key.replace(' ', "");
    let wrong = [("do", "on"), ("code", "000000"), ("present", PASSWORD)];
    let refused = browser.post("/account/second-factor", &wrong).await;
    assert_eq!(refused.status(), StatusCode::UNPROCESSABLE_ENTITY);
    // The step before, so that the next ones are left for signing in.
    let typed = code(&secret, -1);
    // Who finds the session open does not bind it to an app of their own.
    let stolen = [
        ("do", "on"),
        ("code", typed.as_str()),
        ("present", "a guess"),
    ];
    let refused = browser.post("/account/second-factor", &stolen).await;
    assert_eq!(refused.status(), StatusCode::UNPROCESSABLE_ENTITY);
    let right = [
        ("do", "on"),
        ("code", typed.as_str()),
        ("present", PASSWORD),
    ];
    let answer = browser.post("/account/second-factor", &right).await;
    assert_eq!(answer.status(), StatusCode::OK);
    (secret, codes_of(&answer.text().await.expect("a page")))
}

fn codes_of(page: &str) -> Vec<String> {
    let codes = page.split("<li><code>").skip(1);
    let codes = codes.filter_map(|rest| rest.split('<').next());
    codes.map(str::to_owned).collect()
}

fn between<'a>(text: &'a str, before: &str, after: &str) -> &'a str {
    let rest = text.split_once(before).expect("it is there").1;
    rest.split_once(after).expect("it ends").0
}

async fn type_code(browser: &mut Browser, code: &str) -> (StatusCode, String) {
    let answer = browser.post("/sign-in/code", &[("code", code)]).await;
    (answer.status(), way(&answer).to_owned())
}

#[tokio::test]
async fn nobody_is_in_before_password_and_code_are_both_right() {
    let vestibule = Vestibule::new();
    add(&vestibule, "ann", "global_administrator");
    let server = with_accounts(&vestibule);
    let mut ann = Browser::new(&server);
    ann.sign_in("ann").await;
    let mut elsewhere = Browser::new(&server);
    elsewhere.sign_in("ann").await;
    let (secret, codes) = turn_on(&mut ann).await;
    assert_eq!(codes.len(), 10);
    assert_eq!(ann.get("/account").await.status(), 200, "it goes on");
    let shut_out = elsewhere.get("/account").await;
    assert_eq!(
        way(&shut_out),
        "/sign-in?to=%2Faccount",
        "it came in without"
    );

    let mut browser = Browser::new(&server);
    let fields = [
        ("username", "ann"),
        ("password", PASSWORD),
        ("to", "/accounts"),
    ];
    let answer = browser.post("/sign-in", &fields).await;
    assert_eq!(way(&answer), "/sign-in/code");
    let half_way = browser.cookie.clone();
    for path in [
        "/accounts",
        "/account",
        "/api/v1/signins",
        "/api/ui/sheet?address=%2Faccounts",
    ] {
        let answer = browser.get(path).await;
        let is_out =
            answer.status() == StatusCode::UNAUTHORIZED || way(&answer).starts_with("/sign-in?to=");
        assert!(is_out, "{path}: {}", answer.status());
    }
    assert_eq!(browser.get("/sign-in/code").await.status(), 200);
    assert_eq!(
        type_code(&mut browser, "123456").await.0,
        StatusCode::UNPROCESSABLE_ENTITY
    );
    let right = code(&secret, 0);
    let (_, to) = type_code(&mut browser, &right).await;
    assert_eq!(to, "/accounts", "where they wanted to go");
    assert_eq!(browser.get("/accounts").await.status(), 200);
    assert_ne!(browser.cookie, half_way, "another secret");
    // What was half way is no session, and leads nowhere any more.
    let mut old = Browser::new(&server);
    old.cookie = half_way;
    assert_eq!(way(&old.get("/account").await), "/sign-in?to=%2Faccount");
    assert_eq!(
        type_code(&mut old, &code(&secret, 1)).await.1,
        "/sign-in?late"
    );
    // Nobody comes to the code without the password.
    let mut stranger = Browser::new(&server);
    assert_eq!(way(&stranger.get("/sign-in/code").await), "/sign-in?late");
    assert_eq!(type_code(&mut stranger, &codes[0]).await.1, "/sign-in?late");
    // Who knew the password and had no code left a line in the record.
    let record = browser.get("/access-audit?who=ann").await;
    let record = record.text().await.expect("a page");
    assert!(
        record.contains("Typed the right password, code asked for"),
        "{record}"
    );
}

#[tokio::test]
async fn a_code_that_was_seen_is_of_no_use_and_neither_are_many_at_once() {
    let vestibule = Vestibule::new();
    add(&vestibule, "ann", "global_administrator");
    let server = with_accounts(&vestibule);
    let mut ann = Browser::new(&server);
    ann.sign_in("ann").await;
    let (secret, codes) = turn_on(&mut ann).await;
    let typed = code(&secret, 0);
    let mut browsers = Vec::new();
    for _ in 0..4 {
        let mut browser = Browser::new(&server);
        browser.sign_in("ann").await;
        browsers.push(browser);
    }
    let tries = browsers.into_iter().map(|mut browser| {
        let typed = typed.clone();
        async move { type_code(&mut browser, &typed).await.0 }
    });
    let mut came_in = 0;
    let answers = {
        let mut tries: Vec<_> = tries.map(Box::pin).collect();
        let fourth = tries.pop().expect("a try");
        let third = tries.pop().expect("a try");
        let second = tries.pop().expect("a try");
        let first = tries.pop().expect("a try");
        let (one, two, three, four) = tokio::join!(first, second, third, fourth);
        [one, two, three, four]
    };
    for status in answers {
        came_in += usize::from(status == StatusCode::SEE_OTHER);
    }
    assert_eq!(came_in, 1, "{answers:?}");
    // A recovery code comes in where the app is lost, once.
    for (status, to) in [
        (StatusCode::SEE_OTHER, "/"),
        (StatusCode::UNPROCESSABLE_ENTITY, ""),
    ] {
        let mut browser = Browser::new(&server);
        browser.sign_in("ann").await;
        let answer = type_code(&mut browser, &codes[0].to_uppercase()).await;
        assert_eq!(answer, (status, to.to_owned()));
    }
    let page = ann.get("/account").await.text().await.expect("a page");
    assert!(page.contains("9 recovery codes are left"), "{page}");
}

#[tokio::test]
async fn guessing_codes_leads_to_a_pause() {
    let vestibule = Vestibule::new();
    add(&vestibule, "ann", "global_administrator");
    let server = with_accounts(&vestibule);
    let mut ann = Browser::new(&server);
    ann.sign_in("ann").await;
    let (secret, _) = turn_on(&mut ann).await;
    let mut thief = Browser::new(&server);
    thief.sign_in("ann").await;
    for _ in 0..4 {
        assert_eq!(
            type_code(&mut thief, "000000").await.0,
            StatusCode::UNPROCESSABLE_ENTITY
        );
    }
    for typed in ["000000", &code(&secret, 0)] {
        assert_eq!(
            type_code(&mut thief, typed).await.0,
            StatusCode::TOO_MANY_REQUESTS
        );
    }
    // Typing the password again gives no more tries.
    thief.sign_in("ann").await;
    let again = type_code(&mut thief, &code(&secret, 0)).await.0;
    assert_eq!(again, StatusCode::TOO_MANY_REQUESTS);
}

#[tokio::test]
async fn it_is_turned_off_with_the_password_or_by_an_administrator() {
    let vestibule = Vestibule::new();
    add(&vestibule, "boss", "global_administrator");
    add(&vestibule, "ann", "reports_reader");
    let server = with_accounts(&vestibule);
    let mut ann = Browser::new(&server);
    ann.sign_in("ann").await;
    let (_, codes) = turn_on(&mut ann).await;
    // Other recovery codes, and off: both take the password.
    for (path, what) in [
        ("/account/second-factor", "codes"),
        ("/account/change", "second_factor_off"),
    ] {
        let fields = [("do", what), ("present", "something else entirely")];
        assert_eq!(
            ann.post(path, &fields).await.status(),
            StatusCode::UNPROCESSABLE_ENTITY,
            "{what}"
        );
    }
    let fields = [("do", "codes"), ("present", PASSWORD)];
    let others = ann.post("/account/second-factor", &fields).await;
    let others = codes_of(&others.text().await.expect("a page"));
    assert_eq!(others.len(), 10);
    let mut browser = Browser::new(&server);
    browser.sign_in("ann").await;
    assert_eq!(
        type_code(&mut browser, &codes[5]).await.0,
        StatusCode::UNPROCESSABLE_ENTITY
    );
    assert_eq!(type_code(&mut browser, &others[5]).await.1, "/");

    let mut boss = Browser::new(&server);
    boss.sign_in("boss").await;
    let page = boss
        .get("/accounts?find=ann")
        .await
        .text()
        .await
        .expect("a page");
    let id = between(&page, "id=", "\"").to_owned();
    let id = page
        .split("/accounts?find=ann&amp;id=")
        .nth(1)
        .map_or(id, |rest| between(rest, "", "\"").to_owned());
    let fields = [("do", "second_factor_off"), ("id", id.as_str())];
    assert_eq!(
        boss.post("/accounts/change", &fields).await.status(),
        StatusCode::SEE_OTHER
    );
    assert_eq!(
        way(&ann.get("/account").await),
        "/sign-in?to=%2Faccount",
        "their sessions end"
    );
    assert_eq!(way(&ann.sign_in("ann").await), "/");

    turn_on(&mut ann).await;
    vestibule
        .run(&["user", "second-factor", "off", "ann"])
        .expect_code(0);
    assert_eq!(way(&ann.get("/account").await), "/sign-in?to=%2Faccount");
    vestibule
        .run(&["user", "second-factor", "off", "ann"])
        .expect_code(1);
    ann.sign_in("ann").await;
    turn_on(&mut ann).await;
    let fields = [("do", "second_factor_off"), ("present", PASSWORD)];
    assert_eq!(way(&ann.post("/account/change", &fields).await), "/account");
    let mut again = Browser::new(&server);
    assert_eq!(way(&again.sign_in("ann").await), "/");
}

#[tokio::test]
async fn another_password_or_a_disabled_account_ends_what_was_half_way() {
    let vestibule = Vestibule::new();
    add(&vestibule, "boss", "global_administrator");
    add(&vestibule, "ann", "reports_reader");
    let server = with_accounts(&vestibule);
    let mut ann = Browser::new(&server);
    ann.sign_in("ann").await;
    let (_, codes) = turn_on(&mut ann).await;
    let mut thief = Browser::new(&server);
    thief.sign_in("ann").await;
    let new = b"an entirely different sentence\n";
    vestibule
        .run_with_input(&["user", "password", "ann", "--password-stdin"], new)
        .expect_code(0);
    assert_eq!(type_code(&mut thief, &codes[0]).await.1, "/sign-in");
    let fields = [
        ("username", "ann"),
        ("password", "an entirely different sentence"),
    ];
    assert_eq!(way(&thief.post("/sign-in", &fields).await), "/sign-in/code");
    vestibule.run(&["user", "disable", "ann"]).expect_code(0);
    assert_eq!(type_code(&mut thief, &codes[0]).await.1, "/sign-in");
}

#[tokio::test]
async fn an_administrator_of_whom_it_is_wanted_turns_it_on_first() {
    let vestibule = Vestibule::new();
    add(&vestibule, "boss", "global_administrator");
    add(&vestibule, "ann", "security_administrator");
    let server = vestibule.serve_with(&["--accounts", "on", "--second-factor", "administrators"]);
    let mut ann = Browser::new(&server);
    ann.sign_in("ann").await;
    assert_eq!(
        ann.get("/import").await.status(),
        200,
        "she manages no accounts"
    );
    let mut boss = Browser::new(&server);
    boss.sign_in("boss").await;
    for path in ["/", "/sign-ins", "/accounts", "/import", "/account/x"] {
        assert_eq!(way(&boss.get(path).await), "/account", "{path}");
    }
    for path in [
        "/api/v1/signins",
        "/api/access-audit.csv",
        "/api/ui/sheet?address=%2Faccounts",
    ] {
        assert_eq!(
            boss.get(path).await.status(),
            StatusCode::FORBIDDEN,
            "{path}"
        );
    }
    let fields = [
        ("do", "add"),
        ("username", "eve"),
        ("password", PASSWORD),
        ("role", "global_administrator"),
    ];
    let refused = boss.post("/accounts/change", &fields).await;
    assert_eq!(refused.status(), StatusCode::FORBIDDEN);
    let page = boss.get("/account").await.text().await.expect("a page");
    assert!(page.contains("wants a second factor"), "{page}");
    turn_on(&mut boss).await;
    assert_eq!(boss.get("/accounts").await.status(), 200);
    assert_eq!(boss.get("/api/v1/signins").await.status(), 200);
}
