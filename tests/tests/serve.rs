//! The running server, over HTTP.

#![expect(clippy::expect_used, reason = "a test fails where it panics")]

use std::time::{Duration, Instant};

use tests::{Server, Vestibule, json};

const RECORD: &str = r#"{"id":"ID","createdDateTime":"2026-11-24T10:00:00Z","userDisplayName":"Ann <b>","userPrincipalName":"ann@x.example","appDisplayName":"Teams","ipAddress":"203.0.113.9","status":{"errorCode":50126},"isInteractive":true}"#;

fn record(id: &str) -> String {
    RECORD.replace("ID", id)
}

fn client() -> reqwest::Client {
    reqwest::Client::builder()
        .redirect(reqwest::redirect::Policy::none())
        .no_proxy()
        .build()
        .expect("a client")
}

async fn text(server: &Server, path: &str) -> (u16, String) {
    let answer = client()
        .get(server.at(path))
        .send()
        .await
        .expect("an answer");
    (answer.status().as_u16(), answer.text().await.expect("text"))
}

#[tokio::test]
async fn pages_come_whole_and_escaped() {
    let vestibule = Vestibule::new();
    vestibule.import(&vestibule.file("a.json", record("a")));
    let server = vestibule.serve();
    assert_eq!(text(&server, "/healthz").await, (200, "ok\n".to_owned()));
    assert_eq!(text(&server, "/readyz").await.0, 200);
    let (status, page) = text(&server, "/sign-ins?from=").await;
    assert_eq!(status, 200);
    assert!(
        page.contains("Ann &lt;b&gt;") && !page.contains("Ann <b>"),
        "{page}"
    );
    assert!(page.contains("Wrong user name or password"));
    let (_, flyout) = text(&server, "/sign-ins?from=&row=a").await;
    assert!(
        flyout.contains("ann@x.example"),
        "the flyout is part of the page"
    );
    let (status, _) = text(&server, "/no/such/page").await;
    assert_eq!(status, 404);
}

#[tokio::test]
async fn headers_keep_pages_to_themselves() {
    let server = Vestibule::new();
    let server = server.serve();
    let answer = client()
        .get(server.at("/sign-ins"))
        .send()
        .await
        .expect("an answer");
    let header = |name: &str| {
        answer
            .headers()
            .get(name)
            .and_then(|value| value.to_str().ok())
            .unwrap_or_default()
            .to_owned()
    };
    let policy = header("content-security-policy");
    assert!(
        policy.contains("default-src 'none'") && !policy.contains("unsafe-inline"),
        "{policy}"
    );
    assert_eq!(header("x-content-type-options"), "nosniff");
    assert_eq!(header("cache-control"), "no-store");
}

#[tokio::test]
async fn other_names_and_other_sites_are_refused() {
    let vestibule = Vestibule::new();
    let server = vestibule.serve();
    let answer = client()
        .get(server.at("/sign-ins"))
        .header("host", "evil.example")
        .send()
        .await
        .expect("an answer");
    assert_eq!(answer.status(), 421);
    for path in ["/api/imports", "/preferences/theme"] {
        let answer = client()
            .post(server.at(path))
            .header("sec-fetch-site", "cross-site")
            .body("x")
            .send()
            .await
            .expect("an answer");
        assert_eq!(answer.status(), 403, "{path}");
    }
}

#[test]
fn only_this_machine_is_listened_to() {
    let outcome = Vestibule::new()
        .run(&["serve", "--listen", "0.0.0.0:0"])
        .expect_code(1);
    assert!(outcome.stderr.contains("no accounts yet"), "{outcome:?}");
}

#[tokio::test]
async fn what_another_process_imports_is_seen_within_seconds() {
    let vestibule = Vestibule::new();
    let server = vestibule.serve();
    let (_, before) = text(&server, "/api/sign-ins?from=").await;
    assert!(before.contains(r#""sign_ins":[]"#), "{before}");
    vestibule.import(&vestibule.file("a.json", record("a")));
    let deadline = Instant::now() + Duration::from_secs(5);
    loop {
        let (_, now) = text(&server, "/api/sign-ins?from=").await;
        if now.contains(r#""request_id":"a""#) {
            break;
        }
        assert!(Instant::now() < deadline, "not seen: {now}");
        tokio::time::sleep(Duration::from_millis(200)).await;
    }
}

async fn upload(server: &Server, name: &str, content: &str, accept: &str) -> reqwest::Response {
    let body = format!(
        "--frontier\r\ncontent-disposition: form-data; name=\"file\"; filename=\"{name}\"\r\n\r\n{content}\r\n--frontier--\r\n"
    );
    client()
        .post(server.at("/api/imports"))
        .header("content-type", "multipart/form-data; boundary=frontier")
        .header("accept", accept)
        .body(body)
        .send()
        .await
        .expect("an answer")
}

#[tokio::test]
async fn an_upload_is_imported_and_its_rejects_can_be_downloaded() {
    let vestibule = Vestibule::new();
    let server = vestibule.serve();
    let content = format!("{}\n{{broken\n{}", record("a"), record("b"));
    let answer = upload(&server, "../../export.ndjson", &content, "application/json").await;
    assert_eq!(answer.status(), 202);
    let id = json(answer).await["id"].as_u64().expect("a number");
    let deadline = Instant::now() + Duration::from_secs(20);
    let done = loop {
        let (_, progress) = text(&server, &format!("/api/imports/{id}")).await;
        let progress: serde_json::Value = serde_json::from_str(&progress).expect("JSON");
        if progress["state"] == "done" {
            break progress;
        }
        assert!(Instant::now() < deadline, "{progress}");
        tokio::time::sleep(Duration::from_millis(100)).await;
    };
    assert_eq!(
        (&done["summary"]["new"], &done["summary"]["rejected"]),
        (&2.into(), &1.into()),
        "{done}"
    );
    assert_eq!(done["summary"]["by_file"][0]["name"], "export.ndjson");
    let (_, rejects) = text(&server, "/api/rejects").await;
    let rejects: serde_json::Value = serde_json::from_str(&rejects).expect("JSON");
    assert_eq!(rejects["rejects"][0]["line"], 2, "{rejects}");
    let key = rejects["rejects"][0]["key"].as_str().expect("a key");
    assert_eq!(
        text(&server, &format!("/api/rejects/{key}")).await,
        (200, "{broken".to_owned())
    );
    let form = upload(&server, "again.ndjson", &content, "text/html").await;
    assert_eq!(form.status(), 303);
    assert_eq!(
        form.headers()["location"],
        format!("/import/{}", id + 1).as_str()
    );
}

#[tokio::test]
async fn an_upload_without_a_file_is_refused() {
    let vestibule = Vestibule::new();
    let server = vestibule.serve();
    let answer = client()
        .post(server.at("/api/imports"))
        .header("content-type", "multipart/form-data; boundary=frontier")
        .body("--frontier--\r\n")
        .send()
        .await
        .expect("an answer");
    assert_eq!(answer.status(), 400);
    let said = answer.text().await.expect("text");
    assert_eq!(said, "no file was chosen", "a form's reader is shown words");
}

/// Request IDs of all pages of a query, in order, and how many pages there were.
async fn follow(server: &Server, query: &str) -> (Vec<String>, usize) {
    let mut ids = Vec::new();
    let mut next = Some(query.to_owned());
    let mut pages = 0;
    while let Some(query) = next {
        let (status, page) = text(server, &format!("/api/sign-ins?{query}")).await;
        assert_eq!(status, 200, "{query}");
        let page: serde_json::Value = serde_json::from_str(&page).expect("JSON");
        let rows = page["sign_ins"].as_array().expect("a list");
        ids.extend(rows.iter().map(|row| row["request_id"].to_string()));
        next = page["meta"]["next"].as_str().map(str::to_owned);
        pages += 1;
        assert!(pages < 20, "the pages do not end");
    }
    (ids, pages)
}

#[tokio::test]
async fn pages_follow_one_another_without_gap_or_repeat() {
    let vestibule = Vestibule::new();
    vestibule
        .run(&["demo", "--rows", "6000", "--until", "2026-11-24T10:42:00Z"])
        .expect_code(0);
    let server = vestibule.serve();
    let (newest_first, pages) = follow(&server, "from=&tab=noninteractive&cols=request_id").await;
    assert!(pages >= 3, "{pages}");
    for sort in [
        "date",
        "-user",
        "city",
        "-error_code",
        "latency_ms",
        "compliant",
        "-deciding_policy",
    ] {
        let query = format!("from=&tab=noninteractive&cols=request_id&sort={sort}");
        let (mut ids, _) = follow(&server, &query).await;
        let mut all = newest_first.clone();
        ids.sort();
        all.sort();
        assert_eq!(ids, all, "{sort}");
    }
}
