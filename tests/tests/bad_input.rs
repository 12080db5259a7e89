//! Hostile and broken files: a clear message, nothing lost, no panic.

use std::io::Write;

use serde_json::Value;
use tests::Vestibule;

const GOOD: &str = r#"{"id":"good","createdDateTime":"2026-11-24T10:00:00Z","userDisplayName":"Ann","userPrincipalName":"ann@x.example","status":{"errorCode":0},"isInteractive":true}"#;

/// Imports the bytes as a file of this name and returns summary and program.
fn import(name: &str, content: &[u8]) -> (Vestibule, Value) {
    let vestibule = Vestibule::new();
    let path = vestibule.file(name, content);
    let outcome = vestibule.run(&["import", &path.display().to_string(), "--format", "json"]);
    assert!(!outcome.stderr.contains("panicked"), "{outcome:?}");
    let summary = outcome.json();
    vestibule.run(&["check"]).expect_code(0);
    (vestibule, summary)
}

fn problem(summary: &Value) -> &str {
    summary["by_file"][0]["problem"]
        .as_str()
        .unwrap_or_default()
}

#[test]
fn a_truncated_file_keeps_what_is_whole() {
    let (_, summary) = import(
        "cut.ndjson",
        format!("{GOOD}\n{}", GOOD.get(..60).expect("long enough")).as_bytes(),
    );
    assert_eq!(
        (&summary["new"], &summary["rejected"]),
        (&1.into(), &1.into()),
        "{summary}"
    );
    let (_, summary) = import(
        "cut.json",
        format!(
            "{{\"value\":[{GOOD},{}",
            GOOD.get(..60).expect("long enough")
        )
        .as_bytes(),
    );
    assert_eq!(
        (&summary["new"], &summary["rejected"]),
        (&1.into(), &1.into()),
        "{summary}"
    );
}

#[test]
fn what_is_no_log_is_named() {
    for (name, content, word) in [
        ("picture.png", &b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR"[..], "PNG"),
        ("paper.pdf", b"%PDF-1.7\n...", "PDF"),
        ("empty.json", b"", "empty"),
        ("blank.json", b"  \n \n", "empty"),
        ("nothing.json", br#"{"value":[]}"#, "no records"),
    ] {
        let (_, summary) = import(name, content);
        assert_eq!(summary["new"], 0, "{name}: {summary}");
        assert!(problem(&summary).contains(word), "{name}: {summary}");
    }
}

#[test]
fn random_bytes_are_survived() {
    let mut state = 7u64;
    let noise: Vec<u8> = (0..200_000)
        .map(|_| {
            state = state
                .wrapping_mul(6_364_136_223_846_793_005)
                .wrapping_add(1_442_695_040_888_963_407);
            (state >> 56) as u8
        })
        .collect();
    let (_, summary) = import("noise.bin", &noise);
    assert_eq!(summary["new"], 0, "{summary}");
}

#[test]
fn records_of_other_kinds_are_counted_and_named() {
    let audit = r#"{"time":"2026-11-24T10:00:00Z","category":"AuditLogs","properties":{"id":"a"}}"#;
    let (_, summary) = import(
        "mixed.ndjson",
        format!("{audit}\n{audit}\n{GOOD}\n").as_bytes(),
    );
    assert_eq!(summary["other_kinds"]["AuditLogs"], 2, "{summary}");
    assert_eq!(summary["new"], 1);
}

#[test]
fn envelopes_without_a_sign_in_are_set_aside() {
    let text = [
        r#"{"category":"SignInLogs"}"#,
        r#"{"time":"2026-11-24T10:05:00Z","category":"SignInLogs","properties":null}"#,
        r#"{"time":"2026-11-24T10:05:00Z","category":"SignInLogs","properties":{}}"#,
        r#"{"category":"NonInteractiveUserSignInLogs","createdDateTime":"2026-11-24T10:00:00Z"}"#,
    ];
    let (_vestibule, summary) = import("envelopes.json", text.join("\n").as_bytes());
    assert_eq!(summary["new"], 0, "{summary}");
    assert_eq!(
        summary["rejected_by_reason"]["no properties"], 4,
        "{summary}"
    );
    // The envelope may have been taken off by whoever forwarded the record.
    let bare = r#"{"category":"NonInteractiveUserSignInLogs","createdDateTime":"2026-11-24T10:00:00Z","userId":"u"}"#;
    let (vestibule, summary) = import("bare.json", bare.as_bytes());
    assert_eq!(summary["new"], 1, "{summary}");
    let found = vestibule
        .run(&[
            "query",
            "from=&tab=noninteractive&cols=user_id",
            "--format",
            "json",
        ])
        .expect_code(0)
        .json();
    assert_eq!(found[0]["user_id"], "u");
}

#[test]
fn long_hostile_and_odd_texts_are_stored_as_they_are() {
    let long = "x".repeat(100_000);
    let texts = [
        long.as_str(),
        "<script>alert(1)</script><img src=x onerror=alert(1)>",
        "=HYPERLINK(\\\"http://evil.example\\\")",
        "nul \\u0000 bell \\u0007",
        "\\u202egnp.exe",
        "half \\ud83d of a pair",
    ];
    let lines: Vec<String> = texts
        .iter()
        .enumerate()
        .map(|(index, text)| {
            GOOD.replace("\"good\"", &format!("\"{index}\""))
                .replace("\"Ann\"", &format!("\"{text}\""))
        })
        .collect();
    let (vestibule, summary) = import("odd.ndjson", lines.join("\n").as_bytes());
    assert_eq!(
        (&summary["new"], &summary["rejected"]),
        (&6.into(), &0.into()),
        "{summary}"
    );
    let rows = vestibule.sign_ins("user");
    assert!(rows.iter().any(|row| {
        row["user"]
            .as_str()
            .is_some_and(|user| user.len() == 100_000)
    }));
    let csv = vestibule
        .run(&["query", "from=&cols=user", "--format", "csv"])
        .expect_code(0)
        .stdout;
    assert!(csv.contains("'=HYPERLINK"), "a formula must be guarded");
    let table = vestibule
        .run(&["query", "from=&cols=user"])
        .expect_code(0)
        .stdout;
    assert!(
        !table.contains(['\u{7}', '\0', '\u{202e}']),
        "control characters must not reach the terminal"
    );
}

#[test]
fn absurd_dates_are_set_aside_with_their_text() {
    let dates = [
        "24/13/2026",
        "1601-01-01T00:00:00Z",
        "9999-12-31T23:59:59Z",
        "yesterday",
        "",
    ];
    let lines: Vec<String> = dates
        .iter()
        .map(|date| GOOD.replace("2026-11-24T10:00:00Z", date))
        .collect();
    let (_, summary) = import(
        "dates.ndjson",
        format!("{}\n{GOOD}", lines.join("\n")).as_bytes(),
    );
    assert_eq!(summary["new"], 1, "{summary}");
    assert_eq!(summary["rejected"], 5, "{summary}");
    assert_eq!(
        summary["rejected_by_reason"]["date is not a date"], 4,
        "{summary}"
    );
    assert_eq!(summary["rejected_by_reason"]["no date"], 1, "{summary}");
}

#[test]
fn deep_nesting_is_refused_for_that_record_only() {
    let deep = format!(
        r#"{{"id":"deep","createdDateTime":"2026-11-24T10:00:00Z","userId":"u","a":{}1{}}}"#,
        "[".repeat(100_000),
        "]".repeat(100_000)
    );
    for content in [format!("{deep}\n{GOOD}\n"), format!("[{deep},\n{GOOD}]")] {
        let (_, summary) = import("deep.json", content.as_bytes());
        assert!(summary["new"].as_u64() >= Some(1), "{summary}");
    }
}

#[test]
fn keys_that_come_twice_count_with_their_last_value() {
    let twice = GOOD.replace(
        r#""status":{"errorCode":0}"#,
        r#""status":{"errorCode":0},"status":{"errorCode":50126}"#,
    );
    let (vestibule, summary) = import("twice.json", twice.as_bytes());
    assert_eq!(summary["new"], 1, "{summary}");
    assert_eq!(vestibule.sign_ins("error_code")[0]["error_code"], 50126);
}

#[test]
fn archives_that_unpack_to_far_too_much_are_stopped() {
    let mut gzip = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    let zeros = vec![b' '; 1 << 20];
    for _ in 0..200 {
        gzip.write_all(&zeros).expect("written");
    }
    let (_, summary) = import("bomb.json.gz", &gzip.finish().expect("finished"));
    assert!(problem(&summary).contains("too large"), "{summary}");

    let mut zip = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    zip.start_file("bomb.json", zip::write::SimpleFileOptions::default())
        .expect("started");
    for _ in 0..200 {
        zip.write_all(&zeros).expect("written");
    }
    let zip = zip.finish().expect("finished").into_inner();
    let (_, summary) = import("bomb.zip", &zip);
    assert!(problem(&summary).contains("too large"), "{summary}");
}

#[test]
fn a_missing_path_is_named() {
    let vestibule = Vestibule::new();
    let outcome = vestibule
        .run(&["import", "no-such-file.json"])
        .expect_code(1);
    assert!(outcome.stderr.contains("no-such-file.json"), "{outcome:?}");
}
