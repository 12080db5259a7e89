//! The reports and DuckDB say the same: another engine counts over the Parquet files of the same lake.
//!
//! `VESTIBULE_DUCKDB` names a Python that has the wheel `duckdb`; `scripts/ensure-duckdb.sh` makes one. Without it the
//! test says that it is skipped.

#![expect(clippy::expect_used, reason = "a test fails where it panics")]

use std::collections::BTreeMap;
use std::path::Path;
use std::process::Command;

use serde_json::Value;
use tests::Vestibule;
use tests::asking::got;

const SCRIPT: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/duckdb/count_reports.py");
const UNTIL: &str = "2026-11-24T10:42:00Z";
const DAY: &str = "2026-11-23";
/// Stretches of time.
const WINDOWS: [[&str; 2]; 3] = [
    ["2026-10-01T00:00:00Z", "2026-11-25T00:00:00Z"],
    ["2026-11-20T07:31:09Z", "2026-11-22T13:37:00Z"],
    ["2026-11-23T10:42:00Z", "2026-11-24T10:42:00Z"],
];

/// What DuckDB counts; `None` where there is none.
fn counted(data: &Path, [from, to]: [&str; 2]) -> Option<Value> {
    let Ok(python) = std::env::var("VESTIBULE_DUCKDB") else {
        eprintln!("skipped: VESTIBULE_DUCKDB names no Python with the wheel duckdb");
        return None;
    };
    let ran = Command::new(python)
        .args(["-B", SCRIPT])
        .arg(data)
        .args([from, to, DAY])
        .output()
        .expect("the Python runs");
    let said = String::from_utf8_lossy(&ran.stderr);
    assert!(ran.status.success(), "{said}");
    Some(serde_json::from_slice(&ran.stdout).expect("JSON"))
}

/// Lines of an answer by what they are of, with these numbers. What only imported lists know has no sign-ins.
fn lines(rows: &Value, key: &str, numbers: &[&str]) -> BTreeMap<String, Vec<Value>> {
    let rows = rows.as_array().expect("rows").iter();
    let rows = rows.filter(|row| row["sign_ins"] != 0);
    rows.filter_map(|row| {
        let key = row[key].as_str()?.to_owned();
        Some((key, numbers.iter().map(|name| row[*name].clone()).collect()))
    })
    .collect()
}

/// The same of what DuckDB printed: the first of each row is what it is of, `places` are the numbers.
fn of_duckdb(rows: &Value, places: &[usize]) -> BTreeMap<String, Vec<Value>> {
    let rows = rows.as_array().expect("rows").iter();
    rows.map(|row| {
        let key = row[0].as_str().expect("a key").to_owned();
        (
            key,
            places.iter().map(|place| row[*place].clone()).collect(),
        )
    })
    .collect()
}

fn table<'a>(report: &'a Value, id: &str) -> &'a Value {
    let mut tables = report["tables"].as_array().expect("tables").iter();
    let table = tables.find(|table| table["id"] == id);
    &table.expect("the table")["lines"]
}

/// Compares single numbers; those that DuckDB was not asked for are left out.
fn compare_figures(report: &Value, expected: &Value) {
    for (id, count) in expected.as_object().expect("numbers") {
        let mut figures = report["figures"].as_array().expect("figures").iter();
        let figure = figures.find(|figure| figure["id"] == *id);
        let said = &figure.unwrap_or_else(|| panic!("{id} is not said"))["count"];
        assert_eq!(said, count, "{id}");
    }
}

#[tokio::test]
async fn the_reports_say_what_duckdb_counts() {
    let vestibule = Vestibule::new();
    vestibule
        .run(&["demo", "--rows", "20000", "--seed", "5", "--until", UNTIL])
        .expect_code(0);
    let server = vestibule.serve();
    for window in WINDOWS {
        let Some(expected) = counted(&vestibule.data(), window) else {
            return;
        };
        let [from, to] = window;
        let range = format!("from={from}&to={to}");
        let report = async |id: &str| got(&server, &format!("/api/v1/insights/{id}?{range}")).await;
        for (id, key, numbers, places) in [
            (
                "applications",
                "application_id",
                &["sign_ins", "successful", "failed", "interrupted", "users"][..],
                &[1, 2, 3, 4, 5][..],
            ),
            (
                "service-principals",
                "service_principal_id",
                &["sign_ins", "failed"],
                &[1, 3],
            ),
            (
                "credentials",
                "credential_key_id",
                &["sign_ins", "failed"],
                &[1, 3],
            ),
        ] {
            let said = lines(&report(id).await["rows"], key, numbers);
            assert_eq!(said, of_duckdb(&expected[id], places), "{id} {range}");
        }
        let usage = report("authentication-methods").await;
        compare_figures(&usage, &expected["authentication-methods"]);
        let numbers = ["sign_ins", "successful", "failed", "interrupted", "people"];
        let methods = lines(table(&usage, "methods"), "value", &numbers);
        assert_eq!(
            methods,
            of_duckdb(&expected["methods"], &[1, 2, 3, 4, 5]),
            "{range}"
        );
        let interruptions = lines(
            table(&usage, "interruptions"),
            "value",
            &["sign_ins", "people"],
        );
        assert_eq!(
            interruptions,
            of_duckdb(&expected["interruptions"], &[1, 2]),
            "{range}"
        );
        let verdicts = lines(table(&usage, "verdicts"), "value", &["sign_ins", "people"]);
        assert_eq!(
            verdicts,
            of_duckdb(&expected["verdicts"], &[1, 2]),
            "{range}"
        );
        compare_policies(&report("policies").await, &expected["policies"]);
        let path = format!(
            "/api/v1/signins/histogram?{range}&tab=interactive&bucket=day&by=application&limit=1000"
        );
        compare_days(&got(&server, &path).await, &expected["days"]);
        let overview = got(&server, &format!("/api/v1/insights/overview?day={DAY}")).await;
        compare_figures(&overview, &expected["overview"]);
    }
}

/// Each item of DuckDB is a policy with its result.
fn compare_policies(report: &Value, expected: &Value) {
    let names = [
        ("success", "success"),
        ("failure", "failure"),
        ("notApplied", "not_applied"),
        ("reportOnlySuccess", "report_only_success"),
        ("reportOnlyFailure", "report_only_failure"),
        ("reportOnlyInterrupted", "report_only_interrupted"),
    ];
    let rows = report["rows"].as_array().expect("rows");
    let mut compared = 0;
    for item in expected.as_array().expect("items") {
        let (policy, result) = item[0]
            .as_str()
            .and_then(|item| item.rsplit_once(": "))
            .expect("a policy and its result");
        let Some((_, name)) = names.iter().find(|(of, _)| *of == result) else {
            continue;
        };
        let row = rows
            .iter()
            .find(|row| row["policy"] == policy)
            .expect("the policy");
        assert_eq!(row[*name], item[1], "{policy}: {result}");
        if result == "failure" {
            assert_eq!(row["people_kept_out"], item[2], "{policy}");
        }
        compared += 1;
    }
    assert!(compared > 3, "{compared}");
}

/// Each row of DuckDB is an application on a day.
fn compare_days(histogram: &Value, expected: &Value) {
    let buckets = histogram["buckets"].as_array().expect("buckets");
    let series = histogram["series"].as_array().expect("series");
    let mut all = 0;
    for row in expected.as_array().expect("rows") {
        let (application, day) = (&row[0], row[1].as_str().expect("a day"));
        let line = series
            .iter()
            .find(|line| line["value"] == *application)
            .expect("a line");
        let of_day = |bucket: &Value| {
            bucket["from"]
                .as_str()
                .is_some_and(|from| from.starts_with(day))
        };
        let place = buckets.iter().position(of_day).expect("a bucket");
        let counted = &line["buckets"][place];
        let said = ["rows", "success", "failure", "interrupted"].map(|name| &counted[name]);
        assert_eq!(
            said,
            [2, 3, 4, 5].map(|place| &row[place]),
            "{application} on {day}"
        );
        all += row[2].as_u64().expect("a number");
    }
    let said: u64 = series
        .iter()
        .flat_map(|line| line["buckets"].as_array().expect("buckets"))
        .filter_map(|counted| counted["rows"].as_u64())
        .sum();
    assert_eq!(said, all);
}
