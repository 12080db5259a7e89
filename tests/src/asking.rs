//! Questions to a server, and uploads.

use std::time::{Duration, Instant};

use serde_json::Value;

use crate::{Server, client, json, text};

/// Questions of every kind about all sign-ins.
pub const QUESTIONS: &[&str] = &[
    "signins?from=&tabs=all&counts=true&limit=200&cols=date,user,status,ip_address,latency_ms",
    "signins?from=&tab=noninteractive&sort=-username&limit=50",
    "signins/facets?from=&tabs=all&columns=user,ip_address,status,conditional_access_policies,city&limit=1000",
    "signins/groups?from=&tabs=all&by=application,status&users=true&span=true&limit=10000",
    "signins/histogram?from=&tabs=all&bucket=day",
];

/// How long something may take that takes a second or two.
const PATIENCE: Duration = Duration::from_secs(60);

/// The answer to a request, which is JSON.
///
/// # Panics
/// When it is not, or the server refuses.
pub async fn got(server: &Server, path: &str) -> Value {
    let (status, answer) = text(server, path).await;
    assert_eq!(status, 200, "{path}: {answer}");
    serde_json::from_str(&answer)
        .unwrap_or_else(|error| panic!("{path}: no JSON ({error}): {answer}"))
}

/// How many sign-ins a query of the blade finds, by outcome: success, failure, interrupted.
///
/// # Panics
/// When that is not answered.
pub async fn outcomes(server: &Server, query: &str) -> [u64; 3] {
    let path = format!("/api/v1/signins/groups?{query}&by=status&limit=10");
    let answer = got(server, &path).await;
    let Some(groups) = answer["groups"].as_array() else {
        panic!("{path}: no groups: {answer}");
    };
    ["success", "failure", "interrupted"].map(|outcome| {
        let counts = groups.iter().map(|group| group[outcome].as_u64());
        counts
            .sum::<Option<u64>>()
            .unwrap_or_else(|| panic!("{path}: no numbers: {answer}"))
    })
}

/// The status and the answer to a question, without what differs from time to time, and what gave it.
///
/// # Panics
/// When there is no answer.
pub async fn tried(server: &Server, question: &str) -> Result<(Value, String), (u16, String)> {
    let (status, answer) = text(server, &format!("/api/v1/{question}")).await;
    if status != 200 {
        return Err((status, answer));
    }
    let mut answer: Value = serde_json::from_str(&answer)
        .unwrap_or_else(|error| panic!("{question}: no JSON ({error}): {answer}"));
    let Some(meta) = answer["meta"].as_object_mut() else {
        panic!("{question}: nothing is said of the answer: {answer}");
    };
    meta.remove("engine_ms");
    let source = meta.remove("source").unwrap_or_default();
    let source = source.as_str().unwrap_or_default().to_owned();
    Ok((answer, source))
}

/// The answer to a question, without what differs from time to time, and what gave it.
///
/// # Panics
/// When there is none.
pub async fn ask(server: &Server, question: &str) -> (Value, String) {
    let answer = tried(server, question).await;
    answer.unwrap_or_else(|(status, said)| panic!("{question}: {status} {said}"))
}

/// Waits until a question is answered from memory.
///
/// # Panics
/// When it is not within a minute.
pub async fn from_memory(server: &Server, question: &str) -> Value {
    let deadline = Instant::now() + PATIENCE;
    loop {
        let (answer, source) = ask(server, question).await;
        if source == "memory" {
            return answer;
        }
        assert!(Instant::now() < deadline, "{question}: not in memory");
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
}

/// How many sign-ins there are, of all kinds.
///
/// # Panics
/// When that is not answered.
pub async fn count(server: &Server) -> (u64, String) {
    let question = "signins?from=&tabs=all&counts=true&limit=1&cols=date";
    let (answer, source) = ask(server, question).await;
    (counted(&answer), source)
}

/// The sum of an answer's counts.
///
/// # Panics
/// When it has none.
pub fn counted(answer: &Value) -> u64 {
    let Some(counts) = answer["meta"]["counts"]["by_tab"].as_object() else {
        panic!("no counts: {answer}");
    };
    counts.values().filter_map(Value::as_u64).sum()
}

/// Sends files as one upload, and returns status and answer.
///
/// # Panics
/// When there is no answer.
pub async fn upload(server: &Server, files: &[(&str, &[u8])]) -> (u16, Value) {
    let mut body = Vec::new();
    for (name, content) in files {
        let head = format!(
            "--frontier\r\ncontent-disposition: form-data; name=\"file\"; filename=\"{name}\"\r\n\r\n"
        );
        body.extend_from_slice(head.as_bytes());
        body.extend_from_slice(content);
        body.extend_from_slice(b"\r\n");
    }
    body.extend_from_slice(b"--frontier--\r\n");
    let answer = client()
        .post(server.at("/api/imports"))
        .header("content-type", "multipart/form-data; boundary=frontier")
        .header("accept", "application/json")
        .body(body)
        .send()
        .await
        .unwrap_or_else(|error| panic!("no answer: {error}"));
    (answer.status().as_u16(), json(answer).await)
}

/// The import of this number once it is over.
///
/// # Panics
/// When that is not within a minute.
pub async fn finished(server: &Server, id: u64) -> Value {
    let deadline = Instant::now() + PATIENCE;
    loop {
        let (status, progress) = text(server, &format!("/api/imports/{id}")).await;
        assert_eq!(status, 200, "{progress}");
        let progress: Value = serde_json::from_str(&progress)
            .unwrap_or_else(|error| panic!("no JSON ({error}): {progress}"));
        if progress["state"] != "running" && progress["state"] != "waiting" {
            return progress;
        }
        assert!(Instant::now() < deadline, "{progress}");
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
}
