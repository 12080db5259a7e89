//! The command line: help that teaches, configuration that can be seen, formats.

use serde_json::Value;
use tests::Vestibule;

#[test]
fn help_teaches() {
    let vestibule = Vestibule::new();
    for command in [
        &["--help"][..],
        &["import", "--help"],
        &["query", "--help"],
        &["demo", "--help"],
    ] {
        let outcome = vestibule
            .command(command)
            .env("COLUMNS", "100")
            .output()
            .expect("it runs");
        insta::assert_snapshot!(command.join(" "), String::from_utf8_lossy(&outcome.stdout));
    }
}

#[test]
fn the_configuration_can_be_seen() {
    let vestibule = Vestibule::new();
    let outcome = vestibule
        .command(&["--print-config"])
        .env_remove("VESTIBULE_DATA")
        .env_remove("VESTIBULE_LOG")
        .output()
        .expect("it runs");
    insta::assert_snapshot!(String::from_utf8_lossy(&outcome.stdout));
}

#[test]
fn standard_input_is_imported() {
    let vestibule = Vestibule::new();
    let record = br#"{"id":"a","createdDateTime":"2026-11-24T10:00:00Z","userId":"u","isInteractive":false}"#;
    let outcome = vestibule
        .run_with_input(&["import", "-", "--format", "json"], record)
        .expect_code(0);
    assert_eq!(outcome.json()["new"], 1);
}

#[test]
fn rows_come_in_every_format() {
    let vestibule = Vestibule::new();
    vestibule
        .run(&["demo", "--rows", "400", "--until", "2026-11-24T10:42:00Z"])
        .expect_code(0);
    let query = "from=&sort=date&cols=date,user,status,error_code";
    for format in ["table", "json", "ndjson", "csv"] {
        let outcome = vestibule
            .run(&["query", query, "--format", format, "--limit", "3"])
            .expect_code(0);
        insta::assert_snapshot!(format, outcome.stdout);
    }
}

#[test]
fn a_reader_that_goes_away_is_no_failure() {
    let vestibule = Vestibule::new();
    let file = vestibule.file(
        "a.json",
        r#"{"id":"a","createdDateTime":"2026-11-24T10:00:00Z","userId":"u"}"#,
    );
    let path = file.display().to_string();
    for arguments in [
        vec!["import", &path, "--format", "json"],
        vec!["import", &path],
        vec!["check"],
        vec!["compact"],
        vec!["query", "from="],
        vec!["--print-config"],
    ] {
        let mut child = vestibule
            .command(&arguments)
            .stdout(std::process::Stdio::piped())
            .stderr(std::process::Stdio::piped())
            .spawn()
            .expect("a process");
        drop(child.stdout.take());
        let outcome = tests::Outcome::from(child.wait_with_output().expect("its end"));
        outcome.expect_code(0);
    }
}

#[test]
fn a_part_that_cannot_be_read_is_named_and_the_rest_is_answered() {
    let vestibule = Vestibule::new();
    vestibule
        .run(&["demo", "--rows", "10", "--until", "2026-11-24T10:42:00Z"])
        .expect_code(0);
    let outcome = vestibule
        .run(&["query", "from=&f=usr:eq:x&cols=date"])
        .expect_code(3);
    assert!(outcome.stderr.contains("no column `usr`"), "{outcome:?}");
    assert!(outcome.stdout.contains("Date"), "{outcome:?}");
}

#[test]
fn pages_of_a_query_follow_one_another_without_gap_or_repeat() {
    let vestibule = Vestibule::new();
    vestibule
        .run(&["demo", "--rows", "900", "--until", "2026-11-24T10:42:00Z"])
        .expect_code(0);
    for sort in ["-date", "date", "user", "-error_code", "city"] {
        let query = format!("from=&tab=noninteractive&sort={sort}&cols=request_id");
        let ids = |limit: &str| -> Vec<String> {
            let outcome = vestibule
                .run(&["query", &query, "--format", "json", "--limit", limit])
                .expect_code(0);
            let rows = outcome.json();
            rows.as_array()
                .expect("a list")
                .iter()
                .map(|row| row["request_id"].to_string())
                .collect()
        };
        let all = ids("10000");
        assert!(all.len() > 300, "{}", all.len());
        let distinct: std::collections::BTreeSet<_> = all.iter().collect();
        assert_eq!(distinct.len(), all.len(), "{sort}");
        assert_eq!(ids("100"), all[..100], "{sort}");
    }
}

#[test]
fn the_error_book_is_printed_and_looked_through() {
    let vestibule = Vestibule::new();
    let whole = vestibule.run(&["errors"]).expect_code(0).stdout;
    assert_eq!(whole.lines().count(), 369, "{whole}");
    let one = vestibule
        .run(&["errors", "AADSTS50126:", "Error", "validating"])
        .expect_code(0)
        .stdout;
    assert!(
        one.starts_with("AADSTS50126  Failure  InvalidUserNameOrPassword"),
        "{one}"
    );
    let printed = vestibule.run(&["errors", "53000", "--format", "json"]);
    let printed = printed.expect_code(0).stdout;
    let printed: Value = serde_json::from_str(&printed).expect("JSON");
    assert_eq!(printed[0]["code"], 53_000);
    assert_eq!(printed[0]["acts"], "device_owner");
    assert_eq!(printed.as_array().map(Vec::len), Some(1));
    let nothing = vestibule.run(&["errors", "zebra umbrella"]).expect_code(3);
    assert!(
        nothing.stderr.contains("has nothing for: zebra umbrella"),
        "{}",
        nothing.stderr
    );
    let half = vestibule
        .run(&["errors", "50126", "9999999"])
        .expect_code(3);
    assert!(half.stdout.starts_with("AADSTS50126"), "{}", half.stdout);
    assert!(
        half.stderr.contains("not in the error book: 9999999"),
        "{}",
        half.stderr
    );
    assert!(!vestibule.data().exists(), "it needs no data");
}
