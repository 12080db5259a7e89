//! Who may come in: setting up, signing in and out, what each role opens, and what a hostile visitor tries.

use std::time::Duration;

use reqwest::{StatusCode, header};
use tests::browser::{Browser, COOKIE, PASSWORD, add_account, way, with_accounts, with_form};
use tests::{Vestibule, client};

const RECORD: &str = r#"{"id":"a","createdDateTime":"2026-11-24T10:00:00Z","userPrincipalName":"ann@x.example","isInteractive":true}"#;

#[tokio::test]
async fn the_first_account_takes_the_code_that_the_server_prints() {
    let vestibule = Vestibule::new();
    let server = with_accounts(&vestibule);
    let mut browser = Browser::new(&server);
    assert_eq!(
        way(&browser.get("/sign-ins?range=7d").await),
        "/sign-in?to=%2Fsign-ins%3Frange%3D7d"
    );
    assert_eq!(way(&browser.get("/sign-in").await), "/set-up");
    assert_eq!(browser.get("/set-up").await.status(), 200);
    let form = |code| {
        [
            ("code", code),
            ("username", "ann"),
            ("display_name", "Ann Berg"),
            ("password", PASSWORD),
        ]
    };
    let answer = browser
        .post("/set-up", &form("00000000000000000000000000000000"))
        .await;
    assert_eq!(answer.status(), StatusCode::UNPROCESSABLE_ENTITY);
    assert!(
        answer
            .text()
            .await
            .expect("words")
            .contains("not the set-up code")
    );
    let code = server.said("set-up?code=").await;
    let answer = browser.post("/set-up", &form(&code)).await;
    assert_eq!(
        (answer.status(), way(&answer)),
        (StatusCode::SEE_OTHER, "/")
    );
    // Whoever made it is signed in, and nobody makes another one that way.
    assert_eq!(browser.get("/accounts").await.status(), 200);
    let mut other = Browser::new(&server);
    assert_eq!(way(&other.post("/set-up", &form(&code)).await), "/sign-in");
}

#[tokio::test]
async fn who_signs_in_goes_on_to_where_they_wanted_and_nowhere_else() {
    let vestibule = Vestibule::new();
    add_account(&vestibule, "ann", "global_administrator");
    let server = with_accounts(&vestibule);
    for (to, lands) in [
        ("/sign-ins?range=7d", "/sign-ins?range=7d"),
        ("https://evil.example/", "/"),
        ("//evil.example/", "/"),
        ("/\\evil.example", "/"),
        ("/a\r\nset-cookie: b=c", "/"),
        ("", "/"),
    ] {
        let mut browser = Browser::new(&server);
        let fields = [("username", "Ann"), ("password", PASSWORD), ("to", to)];
        let answer = browser.post("/sign-in", &fields).await;
        assert_eq!(
            (answer.status(), way(&answer)),
            (StatusCode::SEE_OTHER, lands),
            "{to:?}"
        );
        assert_eq!(browser.get("/account").await.status(), 200);
    }
}

#[tokio::test]
async fn nothing_tells_whether_there_is_an_account() {
    let vestibule = Vestibule::new();
    add_account(&vestibule, "ann", "global_administrator");
    let server = with_accounts(&vestibule);
    let mut pages = Vec::new();
    for username in ["ann", "bob"] {
        let mut browser = Browser::new(&server);
        let fields = [
            ("username", username),
            ("password", "something else entirely"),
        ];
        let answer = browser.post("/sign-in", &fields).await;
        assert_eq!(answer.status(), StatusCode::UNPROCESSABLE_ENTITY);
        assert!(browser.cookie.is_none(), "nobody has a session yet");
        let page = answer.text().await.expect("a page");
        pages.push(page.replace(username, "somebody"));
    }
    assert_eq!(pages[0], pages[1]);
    assert!(pages[0].contains("do not match"), "{}", pages[0]);
}

#[tokio::test]
async fn a_cookie_from_elsewhere_is_no_session_and_signing_in_changes_it() {
    let vestibule = Vestibule::new();
    add_account(&vestibule, "ann", "global_administrator");
    let server = with_accounts(&vestibule);
    let planted = "AAAAAAAAAAAAAAAAAAAAAA".to_owned();
    let mut browser = Browser::new(&server);
    browser.cookie = Some(planted.clone());
    browser.sign_in("ann").await;
    let first = browser.cookie.clone().expect("a cookie");
    assert_ne!(first, planted);
    // Again, from within a session.
    browser.sign_in("ann").await;
    let second = browser.cookie.clone().expect("a cookie");
    assert_ne!(second, first);
    for (cookie, is_in) in [(planted, false), (first, false), (second, true)] {
        browser.cookie = Some(cookie);
        assert_eq!(browser.get("/account").await.status() == 200, is_in);
    }
}

#[tokio::test]
async fn who_signs_out_is_out() {
    let vestibule = Vestibule::new();
    add_account(&vestibule, "ann", "global_administrator");
    let server = with_accounts(&vestibule);
    let mut browser = Browser::new(&server);
    browser.sign_in("ann").await;
    let cookie = browser.cookie.clone();
    assert_eq!(
        way(&browser.post("/sign-out", &[]).await),
        "/sign-in?signed_out"
    );
    browser.cookie = cookie;
    assert_eq!(
        way(&browser.get("/account").await),
        "/sign-in?to=%2Faccount"
    );
    assert_eq!(
        browser.get("/api/v1/signins").await.status(),
        StatusCode::UNAUTHORIZED
    );
}

#[tokio::test]
async fn roles_count_as_they_are_now() {
    let vestibule = Vestibule::new();
    vestibule.import(&vestibule.file("a.json", RECORD));
    add_account(&vestibule, "boss", "global_administrator");
    add_account(&vestibule, "ann", "security_administrator");
    let server = with_accounts(&vestibule);
    let mut boss = Browser::new(&server);
    boss.sign_in("boss").await;
    let mut ann = Browser::new(&server);
    ann.sign_in("ann").await;
    assert_eq!(ann.get("/import").await.status(), 200);
    assert_eq!(ann.get("/accounts").await.status(), StatusCode::FORBIDDEN);
    let page = boss.get("/accounts").await.text().await.expect("a page");
    let id = page
        .split("/accounts?id=")
        .map(|rest| rest.split('"').next().unwrap_or_default())
        .nth(1)
        .expect("the first account of the list: ann")
        .to_owned();
    let answer = boss
        .post(
            "/accounts/change",
            &[("do", "roles"), ("id", &id), ("role", "reports_reader")],
        )
        .await;
    assert_eq!(answer.status(), StatusCode::SEE_OTHER);
    assert_eq!(way(&ann.get("/import").await), "/forbidden/import");
    assert_eq!(ann.get("/sign-ins?from=").await.status(), 200);
    boss.post("/accounts/change", &[("do", "disable"), ("id", &id)])
        .await;
    assert_eq!(way(&ann.get("/sign-ins").await), "/sign-in?to=%2Fsign-ins");
    // The last one who could undo it stays.
    let own = page
        .split("/accounts?id=")
        .nth(2)
        .expect("the second account");
    let own = own.split('"').next().unwrap_or_default();
    let answer = boss
        .post("/accounts/change", &[("do", "disable"), ("id", own)])
        .await;
    assert_eq!(answer.status(), StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(boss.get("/accounts").await.status(), 200);
}

#[tokio::test]
async fn somebody_without_roles_for_it_is_told_which_would_do() {
    let vestibule = Vestibule::new();
    vestibule.import(&vestibule.file("a.json", RECORD));
    add_account(&vestibule, "boss", "global_administrator");
    add_account(&vestibule, "ann", "user");
    let server = with_accounts(&vestibule);
    let mut ann = Browser::new(&server);
    ann.sign_in("ann").await;
    assert_eq!(way(&ann.get("/").await), "/my-sign-ins");
    for path in ["/sign-ins", "/users", "/map", "/forbidden/import"] {
        let answer = ann.get(path).await;
        assert_eq!(answer.status(), StatusCode::FORBIDDEN, "{path}");
        let page = answer.text().await.expect("a page");
        assert!(page.contains("Your roles do not open this page"), "{path}");
        assert!(!page.contains("ann@x.example"), "{path}");
    }
    for path in ["/api/v1/signins?from=", "/api/v1/signins/a", "/api/imports"] {
        let answer = ann.get(path).await;
        assert_eq!(answer.status(), StatusCode::FORBIDDEN, "{path}");
    }
    let sheet = ann.get("/api/ui/sheet?address=%2Fsign-ins%3Ffrom%3D").await;
    assert_eq!(sheet.status(), StatusCode::FORBIDDEN);
    assert!(
        !sheet
            .text()
            .await
            .expect("markup")
            .contains("ann@x.example")
    );
    let part = ann
        .get("/api/ui/part/rows?address=%2Fsign-ins%3Ffrom%3D")
        .await;
    assert_eq!(part.status(), StatusCode::FORBIDDEN);
}

#[tokio::test]
async fn requests_from_other_sites_change_nothing() {
    let vestibule = Vestibule::new();
    add_account(&vestibule, "ann", "global_administrator");
    let server = with_accounts(&vestibule);
    let mut browser = Browser::new(&server);
    browser.sign_in("ann").await;
    let cookie = browser.cookie.clone().expect("a cookie");
    for path in [
        "/sign-in",
        "/sign-out",
        "/set-up",
        "/account/change",
        "/accounts/change",
        "/views",
    ] {
        let request = browser.client.post(server.at(path));
        let answer = with_form(request, &[("do", "add")])
            .header(header::COOKIE, format!("{COOKIE}={cookie}"))
            .header("sec-fetch-site", "cross-site")
            .send();
        assert_eq!(
            answer.await.expect("an answer").status(),
            StatusCode::FORBIDDEN,
            "{path}"
        );
    }
    assert_eq!(browser.get("/account").await.status(), 200);
}

#[tokio::test]
async fn another_password_ends_the_other_sessions() {
    let vestibule = Vestibule::new();
    add_account(&vestibule, "ann", "global_administrator");
    let server = with_accounts(&vestibule);
    let (mut here, mut there) = (Browser::new(&server), Browser::new(&server));
    here.sign_in("ann").await;
    there.sign_in("ann").await;
    let new = "an entirely different sentence";
    let wrong = here
        .post(
            "/account/change",
            &[
                ("do", "password"),
                ("present", "something else"),
                ("new", new),
            ],
        )
        .await;
    assert_eq!(wrong.status(), StatusCode::UNPROCESSABLE_ENTITY);
    let answer = here
        .post(
            "/account/change",
            &[("do", "password"), ("present", PASSWORD), ("new", new)],
        )
        .await;
    assert_eq!(answer.status(), StatusCode::SEE_OTHER);
    assert_eq!(here.get("/account").await.status(), 200);
    assert_eq!(way(&there.get("/account").await), "/sign-in?to=%2Faccount");
}

#[tokio::test]
async fn who_looked_at_what_is_recorded_and_the_record_is_verified() {
    let vestibule = Vestibule::new();
    vestibule.import(&vestibule.file("a.json", RECORD));
    add_account(&vestibule, "boss", "global_administrator");
    add_account(&vestibule, "ann", "user");
    let server = with_accounts(&vestibule);
    let mut ann = Browser::new(&server);
    let fields = [("username", "ann"), ("password", "something else entirely")];
    ann.post("/sign-in", &fields).await;
    ann.sign_in("ann").await;
    ann.get("/sign-ins?from=").await;
    let mut boss = Browser::new(&server);
    boss.sign_in("boss").await;
    boss.get("/api/ui/part/verbs?address=%2Fsign-ins%3Ffrom%3D&row=a&column=user")
        .await;
    boss.get("/sign-ins?from=&row=a").await;
    boss.get("/import").await;
    boss.get("/api/v1/signins/download?from=&format=csv").await;
    boss.get("/api/ui/sheet?address=%2Fsign-ins%3Ff%3Dstatus%3Aeq%3Afailure")
        .await;
    // It is written a moment after it was answered.
    let mut page = String::new();
    for _ in 0..100 {
        let answer = boss.get("/access-audit").await;
        page = answer.text().await.expect("a page");
        if page.contains("f=status:eq:failure") {
            break;
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    for words in [
        "Failed to sign in",
        "Signed in",
        "Looked at sign-ins: refused",
        "Opened a sign-in",
        "Pointed at a value",
        ">/import<",
        "Downloaded sign-ins",
        "f=status:eq:failure",
        "127.0.0.1",
    ] {
        assert!(page.contains(words), "{words} in {page}");
    }
    let narrowed = boss.get("/access-audit?who=ann&what=sign_in").await;
    let narrowed = narrowed.text().await.expect("a page");
    let table = narrowed.split("<tbody>").nth(1).expect("a table");
    assert_eq!(table.matches("<tr").count(), 1, "{table}");
    assert_eq!(
        ann.get("/access-audit").await.status(),
        StatusCode::FORBIDDEN
    );
    assert!(server.end().await.is_some());
    let check = vestibule.run(&["check"]).expect_code(0).stdout;
    assert!(check.contains("lines of who looked at what"), "{check}");
}

#[tokio::test]
async fn a_token_may_no_more_than_it_was_made_for_and_no_more_than_its_account() {
    let vestibule = Vestibule::new();
    vestibule.import(&vestibule.file("a.json", RECORD));
    add_account(&vestibule, "boss", "global_administrator");
    add_account(&vestibule, "ann", "reports_reader");
    let token_of = |username: &str, scope: &str| {
        let arguments = [
            "user", "token", username, "--name", "script", "--scope", scope,
        ];
        let made = vestibule.run(&arguments).expect_code(0);
        made.stdout.trim().to_owned()
    };
    let (reads, imports, beyond) = (
        token_of("boss", "sign_ins"),
        token_of("boss", "import"),
        token_of("ann", "import"),
    );
    let server = with_accounts(&vestibule);
    for (token, path, status) in [
        (reads.as_str(), "/api/v1/signins?from=", 200),
        (&reads, "/api/imports", 403),
        (&reads, "/accounts", 403),
        (&imports, "/api/imports", 200),
        (&imports, "/api/v1/signins?from=", 403),
        (&beyond, "/api/imports", 403),
        ("vestibule_nonsense", "/api/v1/signins?from=", 401),
        ("", "/api/v1/signins?from=", 401),
    ] {
        let asking = client().get(server.at(path)).bearer_auth(token);
        let answer = asking.send().await.expect("an answer");
        assert_eq!(answer.status(), status, "{path}");
    }
    let own = client()
        .post(server.at("/account/change"))
        .bearer_auth(&reads);
    let own = with_form(own, &[("do", "end_others")]).send().await;
    assert_eq!(
        own.expect("an answer").status(),
        403,
        "tokens are for programs"
    );
    let listed = vestibule
        .run(&["user", "tokens", "boss"])
        .expect_code(0)
        .stdout;
    assert!(!listed.contains(&reads), "it is shown once");
    let id = listed
        .lines()
        .find(|line| line.contains("sign_ins"))
        .and_then(|line| line.split('\t').next())
        .expect("an id");
    vestibule
        .run(&["user", "remove-token", "boss", id])
        .expect_code(0);
    let asking = client()
        .get(server.at("/api/v1/signins?from="))
        .bearer_auth(&reads);
    assert_eq!(asking.send().await.expect("an answer").status(), 401);
}
