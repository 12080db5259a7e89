//! The reports that are more than one list: each number is that of the query that it names, whoever answers, and the
//! file says the same.

#![expect(clippy::expect_used, reason = "a test fails where it panics")]

use std::time::Duration;

use serde_json::Value;
use tests::asking::{got, outcomes};
use tests::{Server, Vestibule, client, text};

const UNTIL: &str = "2026-11-24T10:42:00Z";

/// One person, one application and one policy, each in two spellings, by an old protocol; the policy was reported on
/// first, then enforced.
fn spellings() -> String {
    let record = |number: u32, username: &str, application: &str, policy: &str, result: &str| {
        format!(
            "{{\"id\":\"spelling-{number}\",\"createdDateTime\":\"2026-11-23T10:{number:02}:00Z\",\"isInteractive\":true,\
             \"userPrincipalName\":\"{username}\",\"userId\":\"u1\",\"appDisplayName\":\"{application}\",\
             \"clientAppUsed\":\"IMAP4\",\"status\":{{\"errorCode\":53003}},\
             \"appliedConditionalAccessPolicies\":[{{\"displayName\":\"{policy}\",\"result\":\"{result}\"}}]}}\n"
        )
    };
    record(
        1,
        "zoe@x.example",
        "Ledger",
        "Block all",
        "reportOnlyFailure",
    ) + &record(2, "zoe@x.example", "Ledger", "Block all", "failure")
        + &record(3, "Zoe@x.example", "LEDGER", "BLOCK all", "failure")
}

fn demo() -> Vestibule {
    let vestibule = Vestibule::new();
    vestibule
        .run(&["demo", "--rows", "20000", "--seed", "5", "--until", UNTIL])
        .expect_code(0);
    vestibule.import(&vestibule.file("spellings.ndjson", spellings()));
    vestibule
}

/// Random stretches of time within the demo, and filters.
fn windows() -> Vec<String> {
    // Which are asked is fixed, so that a failure can be looked into.
    let mut seed: u64 = 20_261_130;
    let mut any = |of: u64| {
        seed = seed
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        (seed >> 33) % of
    };
    let filters = [
        "",
        "&f=country:ne:NO",
        "&f=application:contains:e",
        "&f=client_app:eq:Browser",
    ];
    let mut windows = vec!["from=".to_owned()];
    for filter in filters {
        let (day, hour, length) = (any(20) + 1, any(24), any(4) + 1);
        windows.push(format!(
            "from=2026-11-{day:02}T{hour:02}:17:00Z&to=2026-11-{:02}T{:02}:42:10Z{filter}",
            (day + length).min(24),
            any(24)
        ));
    }
    windows
}

/// Compares every number of a report with its own query; how many were compared.
async fn compare(server: &Server, report: &Value) -> usize {
    let mut compared = 0;
    for figure in report["figures"].as_array().expect("figures") {
        let Some(query) = figure["query"].as_str() else {
            continue;
        };
        let found: u64 = outcomes(server, query).await.iter().sum();
        assert_eq!(figure["count"], found, "{}: {query}", figure["id"]);
        compared += 1;
    }
    for table in report["tables"].as_array().expect("tables") {
        for line in table["lines"].as_array().expect("lines") {
            let query = line["query"].as_str().expect("a query");
            let [success, failure, interrupted] = outcomes(server, query).await;
            let said =
                ["successful", "failed", "interrupted", "sign_ins"].map(|name| line[name].as_u64());
            let found = [
                success,
                failure,
                interrupted,
                success + failure + interrupted,
            ]
            .map(Some);
            assert_eq!(said, found, "{} {}: {query}", table["id"], line["value"]);
            compared += 1;
        }
    }
    compared
}

#[tokio::test]
async fn each_number_is_that_of_its_query() {
    let vestibule = demo();
    let server = vestibule.serve();
    let mut compared = 0;
    for window in windows() {
        let path = format!("/api/v1/insights/authentication-methods?{window}");
        compared += compare(&server, &got(&server, &path).await).await;
    }
    for day in [
        "",
        "day=2026-11-23&zone=Europe/Oslo",
        "day=2026-11-22&f=country:ne:NO",
    ] {
        let report = got(&server, &format!("/api/v1/insights/overview?{day}")).await;
        compared += compare(&server, &report).await;
    }
    assert!(compared > 200, "{compared}");
    let policies = got(&server, "/api/v1/insights/policies?from=").await;
    let mut rows = policies["rows"].as_array().expect("rows").iter();
    let row = rows
        .find(|row| {
            let policy = row["policy"].as_str().unwrap_or_default();
            policy.eq_ignore_ascii_case("block all")
        })
        .expect("the policy");
    // Whoever was reported on and kept out later is one person, which sums do not know.
    assert_eq!(
        (&row["failure"], &row["people_kept_out"]),
        (&Value::from(2), &Value::Null)
    );
    for window in windows() {
        let report = got(&server, &format!("/api/v1/insights/policies?{window}")).await;
        for row in report["rows"].as_array().expect("rows") {
            for (name, query) in row["queries"].as_object().expect("queries") {
                let query = query.as_str().expect("a query");
                let found: u64 = outcomes(&server, query).await.iter().sum();
                assert_eq!(row[name], found, "{name} of {}: {query}", row["policy"]);
            }
        }
    }
}

#[tokio::test]
async fn a_total_is_as_many_rows_as_the_command_line_finds() {
    let vestibule = demo();
    let server = vestibule.serve();
    let window = "from=2026-11-22T00:00:00Z&to=2026-11-24T00:00:00Z";
    let path = format!("/api/v1/insights/authentication-methods?{window}");
    let report = got(&server, &path).await;
    for figure in report["figures"].as_array().expect("figures") {
        let Some(query) = figure["query"].as_str() else {
            continue;
        };
        let found = vestibule.run(&["query", query, "--format", "ndjson", "--limit", "100000"]);
        let rows = found.expect_code(0).stdout.lines().count() as u64;
        assert_eq!(figure["count"], rows, "{}: {query}", figure["id"]);
    }
}

#[tokio::test]
async fn memory_and_lake_say_the_same_and_so_does_the_file() {
    let vestibule = demo();
    let (in_memory, of_lake) = (
        vestibule.serve(),
        vestibule.serve_with(&["--memory-mb", "0"]),
    );
    let first = "/api/v1/insights/authentication-methods?from=";
    while got(&in_memory, first).await["source"] != "memory" {
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    for (path, list) in [
        (first, "tables"),
        ("/api/v1/insights/overview?day=2026-11-23", "tables"),
        ("/api/v1/insights/policies?from=", "rows"),
    ] {
        let (memory, lake) = (got(&in_memory, path).await, got(&of_lake, path).await);
        assert_eq!(memory["source"], "memory");
        assert_eq!(lake["source"], "lake");
        assert_eq!(memory["figures"], lake["figures"], "{path}");
        assert_eq!(memory[list], lake[list], "{path}");
        let (status, file) = text(&in_memory, &format!("{path}&format=csv")).await;
        assert_eq!(status, 200, "{path}");
        let numbers = match list {
            "rows" => memory["rows"].as_array().map_or(0, Vec::len),
            _ => {
                let tables = memory["tables"].as_array().expect("tables").iter();
                let lines = tables.map(|table| table["lines"].as_array().map_or(0, Vec::len));
                lines.sum::<usize>() + memory["figures"].as_array().map_or(0, Vec::len)
            }
        };
        assert_eq!(file.lines().count(), numbers + 1, "{path}");
        for figure in memory["figures"].as_array().into_iter().flatten() {
            let id = figure["id"].as_str().expect("a name");
            let line = format!("{id},,{},", figure["count"]);
            assert!(file.contains(&line), "{line} is not in {file}");
        }
    }
}

#[tokio::test]
async fn columns_over_time_add_up_to_what_is_counted_without_them() {
    let vestibule = demo();
    let server = vestibule.serve();
    let window = "from=2026-11-20T00:00:00Z&to=2026-11-24T00:00:00Z&tab=interactive";
    for by in [
        "application",
        "authentication_methods",
        "status",
        "error_code",
    ] {
        let path = format!("/api/v1/signins/histogram?{window}&bucket=day&by={by}&limit=1000");
        let histogram = got(&server, &path).await;
        let groups = format!("/api/v1/signins/groups?{window}&by={by}&limit=1000");
        let groups = got(&server, &groups).await;
        let groups = groups["groups"].as_array().expect("groups");
        let series = histogram["series"].as_array().expect("series");
        assert_eq!(series.len(), groups.len(), "{by}");
        assert_eq!(histogram["buckets"].as_array().expect("buckets").len(), 4);
        for (line, group) in series.iter().zip(groups) {
            assert_eq!(line["value"], group["keys"][by]);
            for name in ["rows", "success", "failure", "interrupted"] {
                let buckets = line["buckets"].as_array().expect("buckets").iter();
                let sum: u64 = buckets.filter_map(|bucket| bucket[name].as_u64()).sum();
                assert_eq!(group[name], sum, "{name} of {}", line["value"]);
            }
        }
        let (status, file) = text(&server, &format!("{path}&format=csv")).await;
        assert_eq!(status, 200);
        assert_eq!(file.lines().count(), 1 + 4 * series.len(), "{by}");
    }
    for (path, status) in [
        ("/api/v1/signins/histogram?by=request_id", 400),
        ("/api/v1/signins/histogram?by=nothing", 400),
        ("/api/v1/signins/histogram?by=reason", 400),
        ("/api/v1/signins/histogram?by=user,status", 400),
        ("/api/v1/signins/histogram?format=xml", 400),
        ("/api/v1/signins/histogram?bucket=minute", 400),
        ("/api/v1/insights/overview?day=nonsense", 400),
        ("/api/v1/insights/overview?zone=nowhere", 400),
    ] {
        let answer = client().get(server.at(path)).send().await;
        assert_eq!(
            answer.expect("an answer").status().as_u16(),
            status,
            "{path}"
        );
    }
}
