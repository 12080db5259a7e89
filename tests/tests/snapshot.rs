//! Whatever happens to the snapshot of memory, the server starts, and answers what the lake answers.

#![expect(clippy::expect_used, reason = "a test fails where it panics")]

use std::fs;
use std::path::PathBuf;
use std::time::{Duration, Instant};

use serde_json::Value;
use tests::{Server, Vestibule, text};

const UNTIL: &str = "2026-11-24T10:42:00Z";
const QUESTIONS: &[&str] = &[
    "signins?from=&tabs=all&counts=true&limit=200&cols=date,user,status,ip_address,latency_ms",
    "signins?from=&tab=noninteractive&sort=-username&limit=50",
    "signins/facets?from=&tabs=all&columns=user,ip_address,status,conditional_access_policies,city&limit=1000",
    "signins/groups?from=&tabs=all&by=application,status&users=true&span=true&limit=10000",
    "signins/histogram?from=&tabs=all&bucket=day",
];
/// About sign-ins of the last hours.
const RECENT: &str =
    "signins/facets?from=2026-11-24T00:00:00Z&tabs=all&columns=user,status&limit=1000";

fn demo(rows: &str) -> Vestibule {
    let vestibule = Vestibule::new();
    let arguments = ["demo", "--rows", rows, "--days", "20", "--until", UNTIL];
    vestibule.run(&arguments).expect_code(0);
    vestibule
}

/// The answer to a question, and what gave it.
async fn ask(server: &Server, question: &str) -> (Value, String) {
    let (status, answer) = text(server, &format!("/api/v1/{question}")).await;
    assert_eq!(status, 200, "{question}: {answer}");
    let mut answer: Value = serde_json::from_str(&answer).expect("JSON");
    let meta = answer["meta"].as_object_mut().expect("an object");
    meta.remove("engine_ms");
    let source = meta.remove("source").expect("a source");
    (answer, source.as_str().expect("a word").to_owned())
}

/// Waits until a question is answered from memory.
async fn from_memory(server: &Server, question: &str) -> Value {
    let deadline = Instant::now() + Duration::from_secs(60);
    loop {
        let (answer, source) = ask(server, question).await;
        if source == "memory" {
            return answer;
        }
        assert!(Instant::now() < deadline, "{question}: not in memory");
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
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
