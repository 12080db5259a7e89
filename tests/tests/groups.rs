//! Groups: brought in by command and by form, and filtered by wherever one asks.

#![expect(clippy::expect_used, reason = "a test fails where it panics")]

use std::fmt::Write;

use serde_json::Value;
use tests::{Server, Vestibule, client, text};

const GROUPS: &str = r##"{"value":[
    {"id":"6A0B1111-0000-4000-8000-000000000001","displayName":"Finance","members":[
        {"@odata.type":"#microsoft.graph.user","id":"U1","userPrincipalName":"ann@x.example"},
        {"@odata.type":"#microsoft.graph.group","id":"6a0b1111-0000-4000-8000-000000000002"}]},
    {"id":"6a0b1111-0000-4000-8000-000000000002","displayName":"Auditors","members":[
        {"@odata.type":"#microsoft.graph.user","id":"u2"},
        {"@odata.type":"#microsoft.graph.user","id":"u8","displayName":"Never here"}]}]}"##;

/// Four people with 1, 2, 3 and 4 sign-ins, and one that names nobody.
fn sign_ins() -> String {
    let mut lines = String::new();
    let mut number = 0;
    for person in 1..=4 {
        for _ in 0..person {
            number += 1;
            writeln!(
                lines,
                r#"{{"id":"row-{number}","createdDateTime":"2026-11-24T10:00:{number:02}Z","userId":"u{person}","userPrincipalName":"P{person}@x.example","userDisplayName":"Person {person}","status":{{"errorCode":0}},"isInteractive":true}}"#
            )
            .expect("a line");
        }
    }
    lines.push_str(
        r#"{"id":"row-0","createdDateTime":"2026-11-24T10:00:59Z","appDisplayName":"Portal","status":{"errorCode":0},"isInteractive":true}"#,
    );
    lines
}

fn with_groups() -> Vestibule {
    let vestibule = Vestibule::new();
    vestibule.import(&vestibule.file("a.ndjson", sign_ins()));
    let file = vestibule.file("groups.json", GROUPS);
    let outcome = vestibule
        .run(&["groups", "import", &file.display().to_string()])
        .expect_code(0);
    assert!(outcome.stdout.contains("2 groups, 3 people"), "{outcome:?}");
    let list = vestibule.file("Sales.csv", "UserPrincipalName\np3@X.example\n,\n");
    let outcome = vestibule
        .run(&["groups", "import", &list.display().to_string()])
        .expect_code(3);
    assert!(outcome.stderr.contains("line 3 has neither"), "{outcome:?}");
    vestibule
}

async fn number(server: &Server, filter: &str) -> u64 {
    let asked = format!("/api/v1/signins?from=&counts=true&limit=1&{filter}");
    let (status, answer) = text(server, &asked).await;
    assert_eq!(status, 200, "{filter}: {answer}");
    let answer: Value = serde_json::from_str(&answer).expect("JSON");
    answer["meta"]["counts"]["by_tab"]["interactive"]
        .as_u64()
        .expect("a number")
}

#[tokio::test]
async fn a_filter_by_group_finds_the_sign_ins_of_its_people() {
    let vestibule = with_groups();
    // From memory, and from the lake.
    for memory in [&["--memory-mb", "512"][..], &["--memory-mb", "0"]] {
        let server = vestibule.serve_with(memory);
        for (filter, expected) in [
            ("", 11),
            ("f=group:eq:Finance", 3),
            ("f=group:eq:6a0b1111-0000-4000-8000-000000000001", 3),
            ("f=group:eq:auditors", 2),
            ("f=group:eq:Sales", 3),
            ("f=group:in:Sales,Auditors", 5),
            // What names nobody is in no group.
            ("f=group:ne:Finance", 8),
            ("f=group:nin:Finance,Sales", 5),
            ("f=group:eq:Finance&f=group:ne:Auditors", 1),
            ("f=~group:eq:Finance", 11),
            ("q=group:Finance", 0),
        ] {
            assert_eq!(number(&server, filter).await, expected, "{filter}");
        }
    }
}

#[tokio::test]
async fn a_group_that_is_not_here_is_said_and_not_passed_over() {
    let vestibule = with_groups();
    let server = vestibule.serve();
    let (status, answer) = text(&server, "/api/v1/signins?from=&f=group:eq:Nobody").await;
    assert_eq!(status, 400, "{answer}");
    assert!(answer.contains("no group `Nobody` is here"), "{answer}");
    let (_, page) = text(&server, "/sign-ins?from=&f=group:eq:Nobody").await;
    assert!(page.contains("No group “Nobody” is here."), "{page}");
    // It is no column: it is neither shown nor sorted or grouped by.
    for part in ["sort=group", "cols=group", "group=group"] {
        let (_, answer) = text(&server, &format!("/api/v1/signins?from=&{part}")).await;
        let answer: Value = serde_json::from_str(&answer).expect("JSON");
        let problems = answer["meta"]["problems"].to_string();
        assert!(problems.contains("group"), "{part}: {problems}");
    }
    let outcome = vestibule
        .run(&["query", "from=&f=group:eq:Nobody"])
        .expect_code(1);
    assert!(outcome.stderr.contains("no group `Nobody`"), "{outcome:?}");
}

#[tokio::test]
async fn the_command_line_and_downloads_know_groups() {
    let vestibule = with_groups();
    let outcome = vestibule
        .run(&["query", "from=&f=group:eq:Finance", "--format", "ndjson"])
        .expect_code(0);
    assert_eq!(outcome.stdout.lines().count(), 3);
    let server = vestibule.serve();
    let asked = "/api/v1/signins/download?from=&f=group:eq:Auditors&format=ndjson";
    let (status, file) = text(&server, asked).await;
    assert_eq!((status, file.lines().count()), (200, 2));
    let listed = vestibule.run(&["groups", "list"]).expect_code(0).stdout;
    assert!(
        listed.contains("Finance") && listed.contains("Sales"),
        "{listed}"
    );
    vestibule
        .run(&["groups", "remove", "6A0B1111-0000-4000-8000-000000000002"])
        .expect_code(0);
    // A running server sees what another process did.
    assert_eq!(number(&server, "f=group:eq:Finance").await, 1);
    vestibule
        .run(&["groups", "remove", "nothing"])
        .expect_code(1);
}

/// Sends the form of the page.
async fn send(
    server: &Server,
    site: &str,
    files: &[(&str, &str)],
    name: &str,
) -> reqwest::Response {
    let mut body = String::new();
    let mut part = |head: &str, text: &str| {
        write!(
            body,
            "--frontier\r\ncontent-disposition: form-data; {head}\r\n\r\n{text}\r\n"
        )
        .expect("a part");
    };
    for (file, text) in files {
        part(&format!("name=\"files\"; filename=\"{file}\""), text);
    }
    part("name=\"name\"", name);
    body.push_str("--frontier--\r\n");
    client()
        .post(server.at("/api/groups"))
        .header("sec-fetch-site", site)
        .header("content-type", "multipart/form-data; boundary=frontier")
        .body(body)
        .send()
        .await
        .expect("an answer")
}

#[tokio::test]
async fn a_form_brings_groups_in_and_says_what_came_of_it() {
    let vestibule = Vestibule::new();
    vestibule.import(&vestibule.file("a.ndjson", sign_ins()));
    let server = vestibule.serve();
    let files = [
        ("groups.json", GROUPS),
        ("log.csv", "Date (UTC),Request ID,User\n1,2,3\n"),
        ("list.csv", "id\nu4\n"),
    ];
    let sent = send(&server, "same-origin", &files, "Night <b>shift</b>").await;
    assert_eq!(sent.status(), 303);
    let place = sent.headers()["location"].to_str().expect("an address");
    let (_, page) = text(&server, place).await;
    assert!(
        page.contains("groups.json: 2 groups with 3 people."),
        "{page}"
    );
    assert!(page.contains("bring it in on the Import page"), "{page}");
    assert!(page.contains("Night &lt;b&gt;shift"), "{page}");
    assert_eq!(
        number(&server, "f=group:eq:Night+%3Cb%3Eshift%3C/b%3E").await,
        4
    );
    let (_, page) = text(&server, "/groups/Finance?from=").await;
    assert!(page.contains("2 of 3 people signed in"), "{page}");
    assert!(page.contains("Never here"), "{page}");
    // Nobody else's page may do that.
    let foreign = send(&server, "cross-site", &files, "").await;
    assert_eq!(foreign.status(), 403);
}
