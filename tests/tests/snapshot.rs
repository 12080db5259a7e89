//! Whatever happens to the snapshot of memory, the server starts, and answers what the lake answers.

#![expect(clippy::expect_used, reason = "a test fails where it panics")]

use std::fs;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use serde_json::Value;
use tests::Vestibule;
use tests::asking::{QUESTIONS, ask, from_memory};

const UNTIL: &str = "2026-11-24T10:42:00Z";
/// About sign-ins of the last hours.
const RECENT: &str =
    "signins/facets?from=2026-11-24T00:00:00Z&tabs=all&columns=user,status&limit=1000";

fn demo(rows: &str) -> Vestibule {
    let vestibule = Vestibule::new();
    let arguments = ["demo", "--rows", rows, "--days", "20", "--until", UNTIL];
    vestibule.run(&arguments).expect_code(0);
    vestibule
}

/// What the lake answers.
async fn expected(vestibule: &Vestibule) -> Vec<Value> {
    let server = vestibule.serve_with(&["--memory-mb", "0"]);
    let mut answers = Vec::new();
    for question in QUESTIONS.iter().chain([&RECENT]) {
        let (answer, source) = ask(&server, question).await;
        assert_eq!(source, "lake");
        answers.push(answer);
    }
    answers
}

async fn same_from_memory(vestibule: &Vestibule, expected: &[Value]) {
    let server = vestibule.serve();
    for (question, expected) in QUESTIONS.iter().chain([&RECENT]).zip(expected) {
        assert_eq!(
            &from_memory(&server, question).await,
            expected,
            "{question}"
        );
    }
}

fn snapshot_files(vestibule: &Vestibule) -> Vec<PathBuf> {
    let Ok(entries) = fs::read_dir(vestibule.data().join("snapshot")) else {
        return Vec::new();
    };
    let mut files: Vec<PathBuf> = entries
        .map(|entry| entry.expect("an entry").path())
        .collect();
    files.sort();
    files
}

#[tokio::test]
async fn a_server_that_is_killed_while_it_fills_memory_starts_again() {
    let vestibule = demo("5000");
    let expected = expected(&vestibule).await;
    let mut most_files = 0;
    for round in 0..7 {
        let server = vestibule.serve();
        tokio::time::sleep(Duration::from_millis(15 + round * 60)).await;
        // Ends it at once, wherever it is.
        drop(server);
        most_files = most_files.max(snapshot_files(&vestibule).len());
    }
    assert!(
        most_files > 2,
        "no round lasted until something was written"
    );
    same_from_memory(&vestibule, &expected).await;
    // And once more, from what that wrote.
    same_from_memory(&vestibule, &expected).await;
}

#[tokio::test]
async fn damaged_files_are_read_from_the_lake_again() {
    let vestibule = demo("3000");
    let expected = expected(&vestibule).await;
    same_from_memory(&vestibule, &expected).await;
    for (number, file) in snapshot_files(&vestibule).iter().enumerate() {
        let mut bytes = fs::read(file).expect("bytes");
        let middle = bytes.len() / 2;
        match number % 4 {
            0 => bytes.truncate(middle),
            1 => bytes[middle] ^= 0x10,
            2 => bytes.extend_from_slice(b"more"),
            _ => bytes.clear(),
        }
        fs::write(file, bytes).expect("written");
    }
    same_from_memory(&vestibule, &expected).await;
    fs::remove_dir_all(vestibule.data().join("snapshot")).expect("removed");
    // A file where the folder should be.
    fs::write(vestibule.data().join("snapshot"), "in the way").expect("written");
    same_from_memory(&vestibule, &expected).await;
}

/// What the log says whenever memory has followed the lake.
fn followed(log: &Path) -> Vec<Value> {
    let text = fs::read_to_string(log).expect("a log");
    let events = text
        .lines()
        .filter_map(|line| serde_json::from_str(line).ok());
    let is_said = |event: &Value| event["message"] == "sign-ins are in memory";
    events.filter(is_said).collect()
}

/// Waits until memory has followed so many times.
async fn followed_times(log: &Path, times: usize) -> Vec<Value> {
    let begun = Instant::now();
    loop {
        let events = followed(log);
        if events.len() >= times {
            return events;
        }
        assert!(begun.elapsed() < Duration::from_secs(60), "{events:?}");
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
}

#[tokio::test]
async fn a_full_memory_loads_nothing_in_vain() {
    let vestibule = demo("30000");
    let path = vestibule.file("server.log", "");
    let log = fs::File::create(&path).expect("a file");
    let arguments = ["--memory-mb", "3", "--log-format", "json", "--log", "info"];
    let _server = vestibule.serve_and_log(&arguments, log);
    assert_eq!(followed_times(&path, 1).await[0]["is_all"], false);
    for number in 1..=5 {
        let record = format!(
            r#"{{"id":"late-{number}","createdDateTime":"2026-11-24T10:41:0{number}Z","status":{{"errorCode":0}}}}"#
        );
        let file = vestibule.file(&format!("{number}.json"), record);
        vestibule.import(&file);
        let events = followed_times(&path, number + 1).await;
        let last = events.last().expect("an event");
        assert_eq!(
            (&last["restored_rows"], &last["read_rows"]),
            (&Value::from(0), &Value::from(1)),
            "{last}"
        );
    }
}

#[tokio::test]
async fn values_of_days_without_room_take_none_from_others() {
    let vestibule = demo("30000");
    let server = vestibule.serve();
    for question in QUESTIONS {
        from_memory(&server, question).await;
    }
    drop(server);
    // The values of all days alone are more than this.
    let server = vestibule.serve_with(&["--memory-mb", "1"]);
    let recent = from_memory(&server, RECENT).await;
    drop(server);
    assert_eq!(expected(&vestibule).await.last(), Some(&recent));
}

#[tokio::test]
async fn what_does_not_fit_is_answered_from_the_lake_and_says_so() {
    let vestibule = demo("30000");
    let expected = expected(&vestibule).await;
    let server = vestibule.serve_with(&["--memory-mb", "3"]);
    let (recent, older) = expected.split_last().expect("answers");
    assert_eq!(&from_memory(&server, RECENT).await, recent);
    for (question, expected) in QUESTIONS.iter().zip(older) {
        let (answer, source) = ask(&server, question).await;
        assert_eq!((&answer, source.as_str()), (expected, "lake"), "{question}");
    }
    // The newest page is full before anything older could matter.
    let (page, source) = ask(&server, "signins?from=&tabs=all&limit=20").await;
    assert_eq!(
        (page["sign_ins"].as_array().map(Vec::len), source.as_str()),
        (Some(20), "memory")
    );
}
