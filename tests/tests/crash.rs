//! A crash at any moment loses nothing that was acknowledged.

#![expect(
    clippy::expect_used,
    clippy::disallowed_methods,
    reason = "a test fails where it panics, and this one has to wait"
)]

use std::io::{BufRead, BufReader};
use std::process::Stdio;
use std::time::Duration;

use tests::Vestibule;

/// Rows of the import that is killed again and again.
const ROWS: u64 = 6_000;
/// Rows of one commit, so that there are many moments between commits.
const COMMIT_ROWS: &str = "500";

#[test]
fn a_killed_import_keeps_every_acknowledged_batch() {
    let vestibule = Vestibule::new();
    let file = vestibule.file("export.ndjson", "");
    let path = file.display().to_string();
    let until = "2026-11-24T10:42:00Z";
    vestibule
        .run(&[
            "demo",
            "--rows",
            &ROWS.to_string(),
            "--days",
            "3",
            "--until",
            until,
            "--output",
            &path,
        ])
        .expect_code(0);
    let (mut stored_before, mut most_acknowledged) = (0, 0);
    for round in 0..8u64 {
        let wait = Duration::from_millis(80 + round * 130);
        let acknowledged = stored_before + import_and_kill(&vestibule, &path, wait);
        most_acknowledged = most_acknowledged.max(acknowledged);
        let check = vestibule.run(&["check"]);
        // On a busy machine the first one is killed before it has made the tables.
        if most_acknowledged == 0 && check.stderr.contains("there are no sign-ins") {
            continue;
        }
        let stored = stored_rows(&check.expect_code(0).stdout);
        assert!(
            stored >= most_acknowledged,
            "acknowledged {most_acknowledged}, stored {stored}"
        );
        stored_before = stored;
    }
    assert!(most_acknowledged > 0, "no round lasted until a commit");
    let summary = vestibule.import(&file);
    assert_eq!(summary["records"], ROWS, "{summary}");
    assert_eq!(summary["rejected"], 0, "{summary}");
    assert_eq!(
        stored_rows(&vestibule.run(&["check"]).expect_code(0).stdout),
        ROWS
    );
}

/// Starts an import, kills it after a while, and returns how many new rows it had acknowledged.
fn import_and_kill(vestibule: &Vestibule, path: &str, after: Duration) -> u64 {
    let mut child = vestibule
        .command(&[
            "import",
            path,
            "--commit-rows",
            COMMIT_ROWS,
            "--log",
            "lake=debug",
            "--log-format",
            "json",
        ])
        .stdout(Stdio::null())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the import starts");
    let log = child.stderr.take().expect("its log");
    let reader = std::thread::spawn(move || {
        let mut acknowledged = 0;
        for line in BufReader::new(log).lines().map_while(Result::ok) {
            let Ok(line) = serde_json::from_str::<serde_json::Value>(&line) else {
                continue;
            };
            if line["message"] == "committed" {
                acknowledged = line["new_in_all"].as_u64().expect("a number");
            }
        }
        acknowledged
    });
    std::thread::sleep(after);
    child.kill().ok();
    child.wait().expect("it ends");
    reader.join().expect("the log is read")
}

fn stored_rows(check: &str) -> u64 {
    let line = check
        .lines()
        .find(|line| line.starts_with("sign_ins "))
        .expect("a line about the sign-ins");
    let number = line.split_whitespace().nth(1).expect("a number");
    number.replace(',', "").parse().expect("a number")
}
