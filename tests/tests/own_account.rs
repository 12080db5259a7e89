//! What people do with their own account, what administrators do with those of others, and the record of it.

#![expect(clippy::expect_used, reason = "a test fails where it panics")]

use std::time::{Duration, Instant};

use reqwest::{StatusCode, header};
use tests::browser::{
    Browser, COOKIE, PASSWORD, add_account as add, way, with_accounts, with_form,
};
use tests::{Vestibule, client};

const RECORD: &str = r#"{"id":"a","createdDateTime":"2026-11-24T10:00:00Z","userPrincipalName":"ann@x.example","isInteractive":true}"#;

/// What the record says once it says `words`; it is written a moment after an answer.
async fn record_with(boss: &mut Browser, words: &str) -> String {
    let mut page = String::new();
    for _ in 0..100 {
        page = boss
            .get("/access-audit")
            .await
            .text()
            .await
            .expect("a page");
        if page.contains(words) {
            return page;
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    panic!("{words} is not in {page}");
}

#[tokio::test]
async fn a_token_is_made_shown_once_listed_and_taken_back() {
    let vestibule = Vestibule::new();
    vestibule.import(&vestibule.file("a.json", RECORD));
    add(&vestibule, "boss", "global_administrator");
    add(&vestibule, "ann", "reports_reader");
    let server = with_accounts(&vestibule);
    let mut ann = Browser::new(&server);
    ann.sign_in("ann").await;
    // What the account may not, its tokens may not either; nor is there one for nothing, or without an end.
    for fields in [
        [
            ("name", "x"),
            ("scope", "import"),
            ("days", "30"),
            ("present", PASSWORD),
        ],
        [
            ("name", "x"),
            ("scope", "accounts"),
            ("days", "30"),
            ("present", PASSWORD),
        ],
        [
            ("name", "x"),
            ("scope", "sign_ins"),
            ("days", "4000"),
            ("present", PASSWORD),
        ],
        [
            ("name", " "),
            ("scope", "sign_ins"),
            ("days", "30"),
            ("present", PASSWORD),
        ],
        // Nor for somebody who finds the session open.
        [
            ("name", "x"),
            ("scope", "sign_ins"),
            ("days", "30"),
            ("present", "a guess"),
        ],
    ] {
        let refused = ann.post("/account/tokens", &fields).await;
        assert_eq!(
            refused.status(),
            StatusCode::UNPROCESSABLE_ENTITY,
            "{fields:?}"
        );
    }
    let fields = [
        ("name", "Nightly <b>"),
        ("scope", "sign_ins"),
        ("scope", "import"),
        ("days", "30"),
        ("present", PASSWORD),
    ];
    let made = ann.post("/account/tokens", &fields).await;
    assert_eq!(made.headers()[header::CACHE_CONTROL], "no-store");
    let page = made.text().await.expect("a page");
    let token = page
        .split("<li><code>")
        .nth(1)
        .and_then(|rest| rest.split('<').next());
    let token = token.expect("a token").to_owned();
    assert!(token.starts_with("vestibule_"), "{token}");
    for (path, status) in [("/api/v1/signins?from=", 200), ("/api/imports", 403)] {
        let answer = client()
            .get(server.at(path))
            .bearer_auth(&token)
            .send()
            .await;
        assert_eq!(answer.expect("an answer").status(), status, "{path}");
    }
    // A token makes no other one.
    let request = client()
        .post(server.at("/account/tokens"))
        .bearer_auth(&token);
    let answer = with_form(request, &fields).send().await.expect("an answer");
    assert_eq!(answer.status(), StatusCode::FORBIDDEN);
    let page = ann.get("/account").await.text().await.expect("a page");
    assert!(page.contains("Nightly &lt;b&gt;") && !page.contains(&token));
    let mut boss = Browser::new(&server);
    boss.sign_in("boss").await;
    let list = boss
        .get("/accounts?find=ann")
        .await
        .text()
        .await
        .expect("a page");
    let line = list.split("<tbody>").nth(1).expect("a line");
    assert!(line.contains("<td>1</td>"), "{line}");
    let id = page.split("value=\"token_remove\"").next().expect("a form");
    let id = id
        .rsplit("name=\"id\" value=\"")
        .next()
        .and_then(|rest| rest.split('"').next());
    let fields = [("do", "token_remove"), ("id", id.expect("an id"))];
    assert_eq!(way(&ann.post("/account/change", &fields).await), "/account");
    let gone = client()
        .get(server.at("/api/v1/signins?from="))
        .bearer_auth(&token)
        .send()
        .await;
    assert_eq!(gone.expect("an answer").status(), StatusCode::UNAUTHORIZED);
    let page = record_with(&mut boss, "own token_remove").await;
    assert!(
        page.contains("own token made: sign_ins") && !page.contains(&token),
        "{page}"
    );
}

#[tokio::test]
async fn accounts_are_found_and_given_to_a_person() {
    let vestibule = Vestibule::new();
    vestibule.import(&vestibule.file("a.json", RECORD));
    add(&vestibule, "boss", "global_administrator");
    for number in 0..60 {
        add(&vestibule, &format!("person{number:02}"), "user");
    }
    let server = with_accounts(&vestibule);
    let mut boss = Browser::new(&server);
    boss.sign_in("boss").await;
    let lines = |page: &str| {
        page.split("id=\"accounts\"").nth(1).map_or(0, |rest| {
            rest.split("</table>")
                .next()
                .unwrap_or_default()
                .matches("<tr>")
                .count()
                - 1
        })
    };
    for (path, number, words) in [
        ("/accounts", 50, "1 to 50 of 61"),
        ("/accounts?page=2", 11, "51 to 61 of 61"),
        (
            "/accounts?find=PERSON1",
            10,
            "1 to 10 of 10 found, 61 in all",
        ),
        ("/accounts?find=%25", 0, "No account is called that"),
        ("/accounts?page=99", 0, "No account is called that"),
    ] {
        let page = boss.get(path).await.text().await.expect("a page");
        assert_eq!(lines(&page), number, "{path}");
        assert!(page.contains(words), "{path}: {page}");
    }
    let page = boss
        .get("/accounts?find=person07")
        .await
        .text()
        .await
        .expect("a page");
    let id = page
        .split("find=person07&amp;id=")
        .nth(1)
        .and_then(|rest| rest.split('"').next());
    let id = id.expect("an id").to_owned();
    let fields = [
        ("do", "person"),
        ("id", id.as_str()),
        ("display_name", "Ann Berg"),
        ("user_principal_name", "ann@x.example"),
        ("object_id", ""),
    ];
    boss.post("/accounts/change", &fields).await;
    let mut person = Browser::new(&server);
    person.sign_in("person07").await;
    let page = person.get("/account").await.text().await.expect("a page");
    assert!(
        page.contains("Ann Berg") && page.contains("ann@x.example"),
        "{page}"
    );
    vestibule
        .run(&[
            "user",
            "person",
            "person07",
            "--upn",
            "",
            "--object-id",
            "4A1B",
        ])
        .expect_code(0);
    let page = person.get("/account").await.text().await.expect("a page");
    assert!(page.contains("Ann Berg") && page.contains("4A1B") && !page.contains("ann@x.example"));
    let page = record_with(&mut boss, "person of person07").await;
    assert!(page.contains("user principal name ann@x.example"), "{page}");
}

#[tokio::test]
async fn the_record_is_narrowed_opened_and_downloaded() {
    let vestibule = Vestibule::new();
    vestibule.import(&vestibule.file("a.json", RECORD));
    add(&vestibule, "boss", "global_administrator");
    add(&vestibule, "ann", "reports_reader");
    let server = with_accounts(&vestibule);
    let mut ann = Browser::new(&server);
    ann.sign_in("ann").await;
    for question in 0..120 {
        ann.get(&format!("/sign-ins?q=question{question}")).await;
    }
    ann.get("/sign-ins?q==1%2B1&range=7d").await;
    assert_eq!(
        ann.get("/api/access-audit.csv").await.status(),
        StatusCode::FORBIDDEN
    );
    let mut boss = Browser::new(&server);
    boss.sign_in("boss").await;
    record_with(&mut boss, "q==1%2B1").await;
    let lines = |page: &str| {
        page.split("<tbody>").nth(1).map_or(0, |rest| {
            rest.split("</tbody>")
                .next()
                .unwrap_or_default()
                .matches("<tr")
                .count()
        })
    };
    let path = "/access-audit?who=ANN&what=query";
    let page = boss.get(path).await.text().await.expect("a page");
    assert_eq!(lines(&page), 100);
    let older = page
        .split("id=\"older\" href=\"")
        .nth(1)
        .and_then(|rest| rest.split('"').next());
    let older = older.expect("older ones").replace("&amp;", "&");
    let page = boss.get(&older).await.text().await.expect("a page");
    assert!(lines(&page) >= 21 && page.contains("question0<"), "{page}");
    let page = boss
        .get("/access-audit?of=QUESTION119")
        .await
        .text()
        .await
        .expect("a page");
    assert_eq!(lines(&page), 1, "{page}");
    for nothing in [
        "who=nobody",
        "ip=192.0.2.9",
        "from=&to=2020-01-01T00:00:00Z",
    ] {
        let page = boss
            .get(&format!("/access-audit?{nothing}"))
            .await
            .text()
            .await
            .expect("a page");
        assert_eq!(lines(&page), 0, "{nothing}");
    }
    // A form says the same in another way, and what is no time is said.
    let form = boss.get("/access-audit?who=ann&what=&of=").await;
    assert_eq!(way(&form), "/access-audit?who=ann");
    let form = boss
        .get("/access-audit?who=ann&from_local=now-3d&to_local=now")
        .await;
    assert_eq!(way(&form), "/access-audit?from=now-3d&who=ann");
    let page = boss
        .get("/access-audit?from_local=nonsense&to_local=")
        .await;
    assert!(page.text().await.expect("a page").contains("nonsense"));
    let page = boss
        .get("/access-audit?who=ann&row=1")
        .await
        .text()
        .await
        .expect("a page");
    assert!(
        page.contains("class=\"flyout\"") && page.contains("Hash of this line"),
        "{page}"
    );
    let page = boss
        .get("/access-audit?row=9999999")
        .await
        .text()
        .await
        .expect("a page");
    assert!(page.contains("There is no such line"));
    let file = boss.get("/api/access-audit.csv?who=ann&of=q%3D%3D1").await;
    assert_eq!(
        file.headers()[header::CONTENT_TYPE],
        "text/csv; charset=utf-8"
    );
    let file = file.text().await.expect("a file");
    assert_eq!(file.lines().count(), 2, "{file}");
    let page = record_with(&mut boss, "Downloaded this record").await;
    assert!(
        page.contains("/access-audit?who=ann&amp;of=q%3D%3D1"),
        "{page}"
    );
}

#[tokio::test]
async fn a_stream_that_is_open_ends_when_its_session_does() {
    let vestibule = Vestibule::new();
    vestibule.import(&vestibule.file("a.json", RECORD));
    add(&vestibule, "boss", "global_administrator");
    add(&vestibule, "ann", "reports_reader");
    let server = with_accounts(&vestibule);
    let mut ann = Browser::new(&server);
    ann.sign_in("ann").await;
    let mut open = ann.get("/api/v1/signins/stream?range=7d").await;
    assert_eq!(open.status(), StatusCode::OK);
    let began = Instant::now();
    let ends_by_itself = tokio::time::timeout(Duration::from_secs(25), async {
        vestibule.run(&["user", "disable", "ann"]).expect_code(0);
        while open.chunk().await.expect("a stream").is_some() {}
    });
    ends_by_itself.await.expect("it ends within half a minute");
    assert!(began.elapsed() < Duration::from_secs(25));
}

/// A client that hangs up while its change is made leaves no change that is not in the record.
#[tokio::test]
async fn who_hangs_up_is_in_the_record_with_what_was_changed() {
    let vestibule = Vestibule::new();
    add(&vestibule, "boss", "global_administrator");
    let server = with_accounts(&vestibule);
    let mut boss = Browser::new(&server);
    boss.sign_in("boss").await;
    let cookie = boss.cookie.clone().expect("a cookie");
    for number in 0..8 {
        let username = format!("hasty{number}");
        let request = client().post(server.at("/accounts/change"));
        let password = tests::browser::PASSWORD;
        let fields = [
            ("do", "add"),
            ("username", username.as_str()),
            ("password", password),
            ("role", "user"),
        ];
        let request =
            with_form(request, &fields).header(header::COOKIE, format!("{COOKIE}={cookie}"));
        // Hashing the password takes longer than that.
        let asking = tokio::time::timeout(Duration::from_millis(5 + 10 * number), request.send());
        asking.await.ok();
    }
    tokio::time::sleep(Duration::from_secs(2)).await;
    let made = vestibule.run(&["user", "list"]).expect_code(0).stdout;
    let record = record_with(&mut boss, "/access-audit").await;
    let mut number_made = 0;
    for number in 0..8 {
        let is_made = made.contains(&format!("hasty{number}\t"));
        let is_noted = record.contains(&format!("added hasty{number}"));
        assert_eq!(is_made, is_noted, "hasty{number}");
        number_made += usize::from(is_made);
    }
    assert!(number_made > 0, "none was made, which shows nothing");
}
