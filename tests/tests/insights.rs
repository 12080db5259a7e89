//! The reports of *Usage & insights*: each number is that of the same question to the blade, whoever answers.

#![expect(clippy::expect_used, reason = "a test fails where it panics")]

use std::time::Duration;

use serde_json::Value;
use tests::asking::{got, outcomes};
use tests::{Server, Vestibule, client};

const UNTIL: &str = "2026-11-24T10:42:00Z";
/// Stretches of time, filters among them.
const WINDOWS: [&str; 4] = [
    "from=",
    "from=2026-11-20T00:00:00Z&to=2026-11-22T13:37:00Z",
    "from=2026-11-23T10:42:00Z&to=2026-11-24T10:42:00Z&f=country:ne:NO",
    "from=2026-11-10T00:00:00Z&f=client_app:eq:Browser",
];

/// Records of AD FS, which the demo tenant has none of.
fn of_adfs() -> String {
    let record = |number: u32, application: &str, code: i64| {
        format!(
            "{{\"id\":\"adfs-{number}\",\"createdDateTime\":\"2026-11-21T10:{number:02}:00Z\",\
             \"userPrincipalName\":\"ann@x.example\",\"userId\":\"u{number}\",\"isInteractive\":true,{application},\
             \"tokenIssuerType\":\"ADFederationServices\",\"status\":{{\"errorCode\":{code}}}}}\n"
        )
    };
    let portal = "\"appId\":\"a1\",\"appDisplayName\":\"Portal\"";
    // The same name without an identifier is another line.
    let nameless = "\"appDisplayName\":\"Portal\"";
    record(1, portal, 0)
        + &record(2, portal, 50_126)
        + &record(3, nameless, 0)
        + &record(4, nameless, 50_126)
}

fn demo() -> Vestibule {
    let vestibule = Vestibule::new();
    vestibule
        .run(&["demo", "--rows", "20000", "--seed", "5", "--until", UNTIL])
        .expect_code(0);
    vestibule.import(&vestibule.file("adfs.ndjson", of_adfs()));
    vestibule
}

/// A value as filters write it.
fn escaped(text: &str) -> String {
    let bytes = text.replace(['\\', ','], "\\$0");
    url::form_urlencoded::byte_serialize(bytes.as_bytes()).collect()
}

/// Compares a line with the blade.
async fn compare(server: &Server, line: &Value, by: [&str; 2], scope: &str) {
    let texts = by
        .iter()
        .filter_map(|column| Some((column, line[column].as_str()?)));
    let (column, key) = texts.into_iter().next().expect("what it is of");
    let mut query = format!("{scope}&f={column}:eq:{}", escaped(key));
    if *column != by[0] {
        query = format!("{query}&f={}:empty", by[0]);
    }
    let [success, failure, interrupted] = outcomes(server, &query).await;
    for (name, number) in [
        ("successful", success),
        ("failed", failure),
        ("interrupted", interrupted),
        ("sign_ins", success + failure + interrupted),
    ] {
        let said = line[name].as_u64();
        // All reports say these two; the others where they say them.
        assert!(
            said.is_some() || !["sign_ins", "failed"].contains(&name),
            "{line}"
        );
        assert_eq!(said.unwrap_or(number), number, "{name} of {key}: {query}");
    }
}

#[tokio::test]
async fn each_number_is_that_of_the_blade() {
    let vestibule = demo();
    let server = vestibule.serve();
    let adfs = "tab=interactive&f=token_issuer_type:eq:ADFederationServices";
    let services = "tab=serviceprincipal";
    let service = ["service_principal_id", "service_principal_name"];
    let credential = ["credential_key_id", "service_principal_name"];
    let application = ["application_id", "application"];
    for (report, by, of) in [
        ("applications", application, "tab=interactive"),
        ("service-principals", service, services),
        ("credentials", credential, services),
        ("adfs-applications", application, adfs),
    ] {
        for window in WINDOWS {
            let answer = got(&server, &format!("/api/v1/insights/{report}?{window}")).await;
            let rows = answer["rows"].as_array().expect("rows");
            assert!(
                window != "from=" || !rows.is_empty(),
                "{report} has no lines"
            );
            let scope = format!("{window}&{of}");
            // All of the largest, and every seventh beyond.
            let compared = rows.iter().enumerate();
            for (_, line) in compared.filter(|(place, _)| *place < 12 || place % 7 == 0) {
                compare(&server, line, by, &scope).await;
            }
            let failed: u64 = rows.iter().filter_map(|row| row["failed"].as_u64()).sum();
            let [_, all_failed, _] = outcomes(&server, &scope).await;
            let nameless = answer["nameless"].as_u64().expect("a number");
            assert!(
                failed <= all_failed && all_failed <= failed + nameless,
                "{report} {window}"
            );
        }
    }
}

/// The lines of a report. What the applications of unused credentials are called is looked up in memory alone.
fn counted(report: &Value) -> Vec<Value> {
    let mut rows = report["rows"].as_array().expect("rows").clone();
    for row in &mut rows {
        if row["sign_ins"] == 0 {
            row["service_principal_name"] = Value::Null;
        }
    }
    rows
}

#[tokio::test]
async fn memory_and_lake_say_the_same_and_so_does_the_file() {
    let vestibule = demo();
    let in_memory = vestibule.serve();
    let of_lake = vestibule.serve_with(&["--memory-mb", "0"]);
    while got(&in_memory, "/api/v1/insights/applications?from=").await["source"] != "memory" {
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    for report in [
        "applications",
        "service-principals",
        "credentials",
        "adfs-applications",
    ] {
        let path = format!("/api/v1/insights/{report}?from=&order=-sign_ins");
        let (memory, lake) = (got(&in_memory, &path).await, got(&of_lake, &path).await);
        assert_eq!(counted(&memory), counted(&lake), "{report}");
        assert_eq!(
            (&memory["source"], &lake["source"]),
            (&Value::from("memory"), &Value::from("lake"))
        );
        let file = client()
            .get(in_memory.at(&format!("{path}&format=csv")))
            .send()
            .await;
        let file = file.expect("an answer").text().await.expect("a file");
        let mut lines = file.trim_start_matches('\u{feff}').lines();
        let head: Vec<&str> = lines.next().unwrap_or_default().split(',').collect();
        let rows = memory["rows"].as_array().expect("rows");
        for (line, row) in lines.by_ref().zip(rows) {
            // A name with a comma would have to be read by more than this.
            let cells: Vec<&str> = line.split(',').collect();
            let plain = head.iter().zip(&cells).filter(|_| !line.contains('"'));
            for (name, cell) in plain {
                let said = match &row[name] {
                    Value::Null => String::new(),
                    Value::String(text) => text.clone(),
                    other => other.to_string(),
                };
                assert_eq!(
                    said,
                    cell.trim_start_matches('\''),
                    "{report}: {name} of {line}"
                );
            }
        }
        assert_eq!(lines.count(), 0, "{report} has no more lines than rows");
    }
    for (path, status) in [
        ("/api/v1/insights/nothing", 404),
        ("/api/v1/insights/applications?order=nothing", 400),
        ("/api/v1/insights/applications?format=xml", 400),
        ("/api/v1/insights/applications?f=nothing", 400),
        ("/api/v1/insights/applications?tab=serviceprincipal", 400),
        ("/api/v1/insights/applications?tabs=all", 400),
        ("/api/v1/insights/applications?q=ann", 400),
    ] {
        let answer = client().get(in_memory.at(path)).send().await;
        assert_eq!(
            answer.expect("an answer").status().as_u16(),
            status,
            "{path}"
        );
    }
}

#[tokio::test]
async fn each_result_of_a_policy_is_as_many_sign_ins() {
    let vestibule = demo();
    let server = vestibule.serve();
    let answer = client()
        .get(server.at("/insights/policies?from=&tz=utc"))
        .send()
        .await;
    let page = answer.expect("an answer").text().await.expect("a page");
    let links = page.split("href=\"/sign-ins?").skip(1);
    let mut compared = 0;
    for link in links.filter(|link| link.contains("conditional_access_results:eq:")) {
        let (query, rest) = link.split_once('"').expect("an address");
        let number = rest
            .split_once('>')
            .and_then(|(_, rest)| rest.split_once('<'));
        let number: u64 = number
            .expect("a number")
            .0
            .replace(',', "")
            .parse()
            .expect("a number");
        let query = query
            .replace("&amp;", "&")
            .replace("noise=workloads", "tabs=all");
        let query = query.replace("tab=all&", "");
        let found: u64 = outcomes(&server, &query).await.iter().sum();
        assert_eq!(found, number, "{query}");
        compared += 1;
    }
    assert!(compared > 10, "{compared} numbers in {page}");
}
