//! Files that browsers send: taken in, imported, kept until they are.

#![expect(clippy::expect_used, reason = "a test fails where it panics")]

use std::io::Write;
use std::process::Stdio;
use std::time::Duration;

use tests::asking::finished;
use tests::{Server, Vestibule, client, json, text};

const RECORD: &str = r#"{"id":"ID","createdDateTime":"2026-11-24T10:00:00Z","userDisplayName":"Ann","status":{"errorCode":50126},"isInteractive":true}"#;

fn record(id: &str) -> String {
    RECORD.replace("ID", id)
}

async fn upload(server: &Server, name: &str, content: &str, accept: &str) -> reqwest::Response {
    upload_named(server, name.as_bytes(), content, accept).await
}

async fn upload_named(
    server: &Server,
    name: &[u8],
    content: &str,
    accept: &str,
) -> reqwest::Response {
    let body = [
        b"--frontier\r\ncontent-disposition: form-data; name=\"file\"; filename=\"",
        name,
        b"\"\r\n\r\n",
        content.as_bytes(),
        b"\r\n--frontier--\r\n",
    ]
    .concat();
    client()
        .post(server.at("/api/imports"))
        .header("content-type", "multipart/form-data; boundary=frontier")
        .header("accept", accept)
        .body(body)
        .send()
        .await
        .expect("an answer")
}

#[tokio::test]
async fn an_upload_is_imported_and_its_rejects_can_be_downloaded() {
    let vestibule = Vestibule::new();
    let server = vestibule.serve();
    let content = format!("{}\n{{broken\n{}", record("a"), record("b"));
    let answer = upload(&server, "../../export.ndjson", &content, "application/json").await;
    assert_eq!(answer.status(), 202);
    let id = json(answer).await["id"].as_u64().expect("a number");
    let done = finished(&server, id).await;
    assert_eq!(
        (&done["summary"]["new"], &done["summary"]["rejected"]),
        (&2.into(), &1.into()),
        "{done}"
    );
    assert_eq!(done["summary"]["by_file"][0]["name"], "export.ndjson");
    let (_, rejects) = text(&server, "/api/rejects").await;
    let rejects: serde_json::Value = serde_json::from_str(&rejects).expect("JSON");
    assert_eq!(rejects["rejects"][0]["line"], 2, "{rejects}");
    let key = rejects["rejects"][0]["key"].as_str().expect("a key");
    assert_eq!(
        text(&server, &format!("/api/rejects/{key}")).await,
        (200, "{broken".to_owned())
    );
    let form = upload(&server, "again.ndjson", &content, "text/html").await;
    assert_eq!(form.status(), 303);
    assert_eq!(
        form.headers()["location"],
        format!("/import/{}", id + 1).as_str()
    );
}

#[tokio::test]
async fn an_upload_without_a_file_is_refused() {
    let vestibule = Vestibule::new();
    let server = vestibule.serve();
    let answer = client()
        .post(server.at("/api/imports"))
        .header("content-type", "multipart/form-data; boundary=frontier")
        .body("--frontier--\r\n")
        .send()
        .await
        .expect("an answer");
    assert_eq!(answer.status(), 400);
    let said = answer.text().await.expect("text");
    assert_eq!(said, "no file was chosen", "a form's reader is shown words");
}

#[tokio::test]
async fn names_in_any_encoding_are_files() {
    let vestibule = Vestibule::new();
    let server = vestibule.serve();
    for (name, shown) in [
        (
            "Anmeldungen für Zürich.json".as_bytes(),
            "Anmeldungen für Zürich.json",
        ),
        (b"Z\xfcrich.json".as_slice(), "Z\u{fffd}rich.json"),
        (b"/".as_slice(), "upload"),
    ] {
        let answer = upload_named(&server, name, &record("a"), "application/json").await;
        assert_eq!(answer.status(), 202, "{shown}");
        let id = json(answer).await["id"].as_u64().expect("a number");
        let done = finished(&server, id).await;
        assert_eq!(done["summary"]["by_file"][0]["name"], shown, "{done}");
        assert_eq!(done["summary"]["records"], 1, "{done}");
    }
}

#[tokio::test]
async fn an_upload_that_was_taken_in_outlives_the_server() {
    let vestibule = Vestibule::new();
    vestibule.import(&vestibule.file("first.json", record("first")));
    // Another process writes, so the upload has to wait, and the server is killed meanwhile.
    let mut writer = vestibule
        .command(&["import", "-"])
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .spawn()
        .expect("a process");
    let mut input = writer.stdin.take().expect("its input");
    input.write_all(b"[").expect("written");
    while !vestibule
        .run(&["compact"])
        .stderr
        .contains("another process is writing")
    {
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    let server = vestibule.serve();
    let answer = upload(&server, "waits.json", &record("waits"), "application/json").await;
    assert_eq!(answer.status(), 202);
    let number = json(answer).await["id"].as_u64().expect("a number");
    drop(server);
    drop(input);
    writer.wait().expect("its end");
    assert_eq!(vestibule.sign_ins("request_id").len(), 1);

    let server = vestibule.serve();
    let done = finished(&server, number).await;
    assert_eq!(done["state"], "done", "{done}");
    assert_eq!(done["summary"]["by_file"][0]["name"], "waits.json");
    assert_eq!(vestibule.sign_ins("request_id").len(), 2);
    drop(server);
    let server = vestibule.serve();
    let (_, imports) = text(&server, "/api/imports").await;
    assert_eq!(imports, "[]", "it is imported once");
    let answer = upload(&server, "next.json", &record("next"), "application/json").await;
    let next = json(answer).await["id"].as_u64().expect("a number");
    assert_eq!(next, number + 1, "numbers are given once");
}
