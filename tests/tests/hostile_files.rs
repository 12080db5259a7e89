//! What somebody tries who means harm, by files and their names.

#![expect(clippy::expect_used, reason = "a test fails where it panics")]

use std::collections::BTreeMap;
use std::io::{Cursor, Write};
use std::path::{Path, PathBuf};

use tests::asking::{finished, upload};
use tests::browser::header;
use tests::{Vestibule, client, json};
use zip::write::SimpleFileOptions;

const RECORD: &str = r#"{"id":"ID","createdDateTime":"2026-11-24T10:00:00Z","userPrincipalName":"ann@x.example","isInteractive":true}"#;

fn record(id: &str) -> String {
    RECORD.replace("ID", id)
}

/// Every file below a folder that is not the data folder, with its content.
fn outside(folder: &Path, data: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    let mut found = BTreeMap::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(&folder).expect("a folder") {
            let path = entry.expect("an entry").path();
            if path == data {
                continue;
            }
            match path.is_dir() && !path.is_symlink() {
                true => folders.push(path),
                false => {
                    let content = std::fs::read(&path).unwrap_or_default();
                    found.insert(path, content);
                }
            }
        }
    }
    found
}

const BAD_NAMES: [&str; 9] = [
    "../../../evil.json",
    "/vestibule-evil.json",
    "..\\..\\evil.json",
    "C:\\evil.json",
    "lake/sign_ins/_delta_log/00000000000000000000.json",
    "../lake/sign_ins/_delta_log/00000000000000000000.json",
    "a/../../../../evil.json",
    "%2e%2e%2fevil.json",
    "....//evil.json",
];

/// An archive whose members are named so, and one that is a link to another file.
fn archive() -> Vec<u8> {
    let mut archive = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (number, name) in BAD_NAMES.iter().enumerate() {
        let options = SimpleFileOptions::default();
        archive.start_file(*name, options).expect("a member");
        let content = record(&format!("in-the-archive-{number}"));
        archive.write_all(content.as_bytes()).expect("written");
    }
    let options = SimpleFileOptions::default();
    archive
        .add_symlink("link.json", "../secret.json", options)
        .expect("a link");
    archive.finish().expect("an archive").into_inner()
}

/// A tar of one file that would lie two folders up.
fn tape() -> Vec<u8> {
    let content = record("on-the-tape");
    let mut head = [0u8; 512];
    let name = b"../../evil.json";
    head[..name.len()].copy_from_slice(name);
    head[100..107].copy_from_slice(b"0000644");
    head[124..135].copy_from_slice(format!("{:011o}", content.len()).as_bytes());
    head[156] = b'0';
    head[257..263].copy_from_slice(b"ustar\0");
    head[148..156].copy_from_slice(b"        ");
    let sum: u32 = head.iter().map(|byte| u32::from(*byte)).sum();
    head[148..155].copy_from_slice(format!("{sum:06o}\0").as_bytes());
    let mut tape = head.to_vec();
    tape.extend_from_slice(content.as_bytes());
    tape.resize(512 * 4, 0);
    tape
}

#[tokio::test]
async fn no_file_that_is_imported_is_written_or_read_outside_of_the_data_folder() {
    let vestibule = Vestibule::new();
    let data = vestibule.data();
    let folder = data.parent().expect("a folder").to_owned();
    vestibule.file("secret.json", record("secret"));
    let packed = vestibule.file("packed.zip", archive());
    let before = outside(&folder, &data);
    let server = vestibule.serve();
    // Names that the browser sends.
    let contents: Vec<String> = (0..BAD_NAMES.len())
        .map(|number| record(&format!("sent-{number}")))
        .collect();
    let (archive, tape) = (archive(), tape());
    let mut files: Vec<(&str, &[u8])> = BAD_NAMES
        .iter()
        .copied()
        .zip(contents.iter().map(|content| content.as_bytes()))
        .collect();
    files.push(("../../packed.zip", &archive));
    files.push(("../../tape.tar", &tape));
    let (status, answer) = upload(&server, &files).await;
    assert_eq!(status, 202, "{answer}");
    let done = finished(&server, answer["id"].as_u64().expect("a number")).await;
    assert_eq!(done["summary"]["new"], 2 * BAD_NAMES.len(), "{done}");
    assert_eq!(outside(&folder, &data), before);
    assert!(!Path::new("/vestibule-evil.json").exists());
    // By the command line too; all of it is known already.
    let summary = vestibule.import(&packed);
    assert_eq!(summary["duplicates"], BAD_NAMES.len(), "{summary}");
    assert_eq!(outside(&folder, &data), before);
    let ids = vestibule.sign_ins("request_id");
    let ids = serde_json::to_string(&ids).expect("text");
    assert!(
        !ids.contains("secret") && !ids.contains("on-the-tape"),
        "a link was followed: {ids}"
    );
    vestibule.run(&["check"]).expect_code(0);
}

#[tokio::test]
async fn file_names_and_addresses_put_nothing_into_headers() {
    let vestibule = Vestibule::new();
    let server = vestibule.serve_with(&["--tenant-name", "a\"; filename=\"evil.html"]);
    let content = format!("{{broken\n{}", record("a"));
    let name = "x\"; filename=\"evil.html";
    let (status, answer) = upload(&server, &[(name, content.as_bytes())]).await;
    assert_eq!(status, 202, "{answer}");
    finished(&server, answer["id"].as_u64().expect("a number")).await;
    let rejects = client()
        .get(server.at("/api/rejects"))
        .send()
        .await
        .expect("an answer");
    let key = json(rejects).await["rejects"][0]["key"]
        .as_str()
        .expect("a key")
        .to_owned();
    for path in [
        format!("/api/rejects/{key}"),
        "/api/rejects.ndjson".to_owned(),
        "/api/v1/signins/download?from=&format=csv&f=user:eq:%0d%0aset-cookie:a%3Db%22".to_owned(),
        "/api/v1/signins/download?from=&format=portal&tenant=%22;filename=evil.html".to_owned(),
        "/sign-ins?from=%0d%0aset-cookie:a%3Db".to_owned(),
        "/v/%0d%0aset-cookie:a%3Db".to_owned(),
        "/nothing%0d%0aset-cookie:a%3Db".to_owned(),
    ] {
        let answer = client()
            .get(server.at(&path))
            .send()
            .await
            .expect("an answer");
        assert!(header(&answer, "set-cookie").is_empty(), "{path}");
        let disposition = header(&answer, "content-disposition");
        assert!(!disposition.contains("evil"), "{path}: {disposition}");
        assert_eq!(
            disposition.matches("filename").count(),
            usize::from(!disposition.is_empty()),
            "{path}"
        );
        assert_eq!(
            header(&answer, "x-content-type-options"),
            "nosniff",
            "{path}"
        );
    }
}
