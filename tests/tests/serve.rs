//! The running server, over HTTP.

#![expect(clippy::expect_used, reason = "a test fails where it panics")]

use std::time::{Duration, Instant};

use serde_json::json;
use tests::asking::{ask, from_memory};
use tests::{Server, Vestibule, client, text};

const RECORD: &str = r#"{"id":"ID","createdDateTime":"2026-11-24T10:00:00Z","userDisplayName":"Ann <b>","userPrincipalName":"ann@x.example","appDisplayName":"Teams","ipAddress":"203.0.113.9","status":{"errorCode":50126},"isInteractive":true}"#;

fn record(id: &str) -> String {
    RECORD.replace("ID", id)
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
}

#[tokio::test]
async fn what_is_not_there_is_said_and_only_asking_is_answered() {
    let vestibule = Vestibule::new();
    let server = vestibule.serve();
    for (path, words) in [
        ("/no/such/page", "There is no page here"),
        ("/no-such-link", "This short link leads nowhere"),
        ("/import/7", "No import of this number"),
        ("/import/seven", "No import of this number"),
    ] {
        let (status, page) = text(&server, path).await;
        assert_eq!(status, 404, "{path}");
        assert!(page.contains(words), "{path}: {page}");
    }
    for path in ["/", "/sign-ins", "/no/such/page"] {
        let answer = client().post(server.at(path)).send().await;
        assert_eq!(answer.expect("an answer").status(), 405, "{path}");
    }
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
    for path in ["/sign-ins", "/api/v1/signins", "/api/v1/signins/stream"] {
        let answer = client()
            .get(server.at(path))
            .header("host", "evil.example")
            .send()
            .await
            .expect("an answer");
        assert_eq!(answer.status(), 421, "{path}");
    }
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
    // Another site may link to a page, but not keep the server at work.
    for (path, site, status) in [
        ("/sign-ins", "cross-site", 200),
        ("/api/v1/signins", "cross-site", 403),
        ("/api/v1/signins/stream", "same-site", 403),
        ("/api/rejects", "cross-site", 403),
        ("/api/ui/sheet?address=%2Fsign-ins", "cross-site", 403),
        ("/api/v1/signins", "same-origin", 200),
        ("/api/v1/signins", "none", 200),
    ] {
        let asking = client().get(server.at(path)).header("sec-fetch-site", site);
        let answer = asking.send().await.expect("an answer");
        assert_eq!(answer.status(), status, "{path} {site}");
    }
}

#[test]
fn only_this_machine_is_listened_to() {
    let outcome = Vestibule::new()
        .run(&["serve", "--listen", "0.0.0.0:0"])
        .expect_code(1);
    assert!(outcome.stderr.contains("in the open"), "{outcome:?}");
}

#[tokio::test]
async fn arguments_that_cannot_be_read_are_the_callers_mistake() {
    let vestibule = Vestibule::new();
    let server = vestibule.serve();
    for path in [
        "/api/ui/app/server_fns/import/import_status?id=seven",
        "/api/ui/app/server_fns/import/import_status",
        "/api/imports/seven",
        "/api/rejects/seven",
    ] {
        assert_eq!(text(&server, path).await.0, 400, "{path}");
    }
}

#[tokio::test]
async fn what_another_process_imports_is_seen_within_seconds() {
    let vestibule = Vestibule::new();
    let server = vestibule.serve();
    let (_, before) = text(&server, "/api/v1/signins?from=").await;
    assert!(before.contains(r#""sign_ins":[]"#), "{before}");
    vestibule.import(&vestibule.file("a.json", record("a")));
    let deadline = Instant::now() + Duration::from_secs(5);
    loop {
        let (_, now) = text(&server, "/api/v1/signins?from=").await;
        if now.contains(r#""request_id":"a""#) {
            break;
        }
        assert!(Instant::now() < deadline, "not seen: {now}");
        tokio::time::sleep(Duration::from_millis(200)).await;
    }
}

#[tokio::test]
async fn a_list_is_an_array() {
    let vestibule = Vestibule::new();
    let record = r#"{"id":"a","createdDateTime":"2026-11-20T10:00:00Z","userId":"u","authenticationDetails":[
        {"authenticationMethod":"Password"},{"authenticationMethod":"Text message"}]}"#;
    vestibule.import(&vestibule.file("a.json", record));
    let server = vestibule.serve();
    let query = "from=&cols=authentication_methods,network_names&q=text+mess";
    let (_, page) = text(&server, &format!("/api/v1/signins?{query}")).await;
    let page: serde_json::Value = serde_json::from_str(&page).expect("JSON");
    let expected = serde_json::json!([{
        "request_id": "a",
        "authentication_methods": ["Password", "Text message"],
        "network_names": null,
    }]);
    assert_eq!(page["sign_ins"], expected);
}

/// Request IDs of all pages of a query, in order, and how many pages there were.
async fn follow(server: &Server, query: &str) -> (Vec<String>, usize) {
    let mut ids = Vec::new();
    let mut next = Some(query.to_owned());
    let mut pages = 0;
    while let Some(query) = next {
        let (status, page) = text(server, &format!("/api/v1/signins?{query}")).await;
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
    let (newest_first, pages) = follow(
        &server,
        "from=&tab=noninteractive&cols=request_id&limit=1000",
    )
    .await;
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
        let query = format!("from=&tab=noninteractive&cols=request_id&limit=1000&sort={sort}");
        let (mut ids, _) = follow(&server, &query).await;
        let mut all = newest_first.clone();
        ids.sort();
        all.sort();
        assert_eq!(ids, all, "{sort}");
    }
}

#[tokio::test]
async fn pages_go_on_after_a_value_of_any_length() {
    let vestibule = Vestibule::new();
    let long = "name ".repeat(9_000);
    let records: Vec<String> = (0..6)
        .map(|row| format!(
                r#"{{"id":"row-{row}","createdDateTime":"2026-11-24T10:00:00Z","userDisplayName":"{long}{}","isInteractive":true}}"#,
                row / 2
            ))
        .collect();
    vestibule.import(&vestibule.file("long.json", records.join("\n")));
    for memory in ["64", "0"] {
        let server = vestibule.serve_with(&["--memory-mb", memory]);
        if memory != "0" {
            from_memory(&server, "signins?from=").await;
        }
        for sort in ["user", "-user"] {
            let mut next = Some(format!("from=&sort={sort}&cols=date&limit=1"));
            let mut ids = Vec::new();
            while let Some(question) = next {
                assert!(question.len() < 200, "{}", question.len());
                let (page, _) = ask(&server, &format!("signins?{question}")).await;
                let rows = page["sign_ins"].as_array().expect("rows").iter();
                ids.extend(rows.map(|row| row["request_id"].to_string()));
                assert!(ids.len() <= records.len(), "{ids:?}");
                next = page["meta"]["next"].as_str().map(str::to_owned);
            }
            let mut expected: Vec<usize> = (0..6).collect();
            if sort.starts_with('-') {
                expected = vec![4, 5, 2, 3, 0, 1];
            }
            let expected: Vec<String> = expected
                .iter()
                .map(|row| format!("\"row-{row}\""))
                .collect();
            assert_eq!(ids, expected, "{sort} {memory}");
        }
    }
    let place = "from=&sort=user&cols=request_id&after=1795514400000000~row-3~l";
    let rows = vestibule.run(&["query", place, "--format", "json"]);
    assert_eq!(
        rows.expect_code(0).json(),
        json!([{ "request_id": "row-4" }, { "request_id": "row-5" }])
    );
}

#[tokio::test]
async fn an_identifier_is_found_by_every_endpoint_and_by_the_command() {
    const ID: &str = "5e1f0c4e-2f0f-4c55-9d8e-6a5f6b0e4b00";
    let vestibule = Vestibule::new();
    vestibule.import(&vestibule.file("other.json", record("other")));
    // Long ago, and in another tab than the one asked about.
    let old = record(ID)
        .replace("2026-11-24", "2026-11-01")
        .replace("true", "false");
    vestibule.import(&vestibule.file("old.json", &old));
    let servers = [
        vestibule.serve(),
        vestibule.serve_with(&["--memory-mb", "0"]),
    ];
    from_memory(&servers[0], "signins?from=").await;
    let query = format!("range=24h&f=user:eq:nobody&q={}", ID.to_uppercase());
    for server in &servers {
        let page = ask(server, &format!("signins?{query}&counts=true")).await.0;
        assert_eq!(page["sign_ins"][0]["request_id"], ID, "{page}");
        let by_tab = &page["meta"]["counts"]["by_tab"];
        assert_eq!(by_tab["noninteractive"], 1, "{page}");
        for more in ["", "&bucket=day", "&tabs=interactive"] {
            let histogram = ask(server, &format!("signins/histogram?{query}{more}"))
                .await
                .0;
            let buckets = histogram["buckets"].as_array().expect("buckets");
            let rows = buckets.iter().filter_map(|bucket| bucket["rows"].as_u64());
            assert_eq!(rows.sum::<u64>(), 1, "{more}");
        }
        let groups = ask(server, &format!("signins/groups?{query}&by=user"))
            .await
            .0;
        assert_eq!(groups["groups"][0]["keys"]["user"], "Ann <b>", "{groups}");
        let facets = ask(server, &format!("signins/facets?{query}&columns=user"))
            .await
            .0;
        assert_eq!(facets["facets"][0]["values"][0]["rows"], 1, "{facets}");
    }
    let rows = vestibule.run(&["query", &query, "--format", "json"]);
    let rows = rows.expect_code(0).json();
    assert_eq!(rows.as_array().map(Vec::len), Some(1), "{rows}");
    // One that nobody has is a text like any other.
    let nobodys = ID.replace("00", "ff");
    let rows = vestibule.run(&["query", &format!("q={nobodys}"), "--format", "json"]);
    assert_eq!(rows.expect_code(0).json(), json!([]));
}
