//! Every JSON container in miniature, and what comes out when it is damaged.

use super::*;

const A: &str = r#"{"id":"a","x":{"value":[1]}}"#;
const B: &str = r#"{"id":"b"}"#;

fn check(text: &str, shape: &str, pieces: &[&str]) {
    let found = split_text(text);
    assert_eq!(found.texts(), pieces, "{text}");
    assert_eq!(found.shape, shape, "{text}");
    assert_eq!(found.faults, [], "{text}");
}

#[test]
fn lines_in_all_their_spellings() {
    for text in [
        format!("{A}\n{B}\n"),
        format!("{A}\r\n\r\n  {B}"),
        format!("{A},\n{B},\n"),
        format!("\u{FEFF}{A}\n\u{FEFF}{B}"),
        format!("{A}{B}"),
        format!("{A},{B}"),
        format!(",{A}\n,{B}"),
    ] {
        check(&text, "NDJSON", &[A, B]);
    }
}

#[test]
fn one_object() {
    check(A, "one JSON object", &[A]);
    check(
        "{\n \"id\": 1\n}\n",
        "one JSON object",
        &["{\n \"id\": 1\n}"],
    );
}

#[test]
fn arrays_alone_appended_and_mixed_with_objects() {
    check(&format!("[{A},{B}]"), "array", &[A, B]);
    check(&format!("[{A}]\n{B}\n[[{A}],]"), "array", &[A, B, A]);
    check("[]", "array", &[]);
}

#[test]
fn objects_that_carry_records() {
    check(
        &format!(r#"{{"records":[{A},{B}]}}"#),
        "records object",
        &[A, B],
    );
    check(
        &format!(r#"{{"Records" : [{A}]}}{{"RECORDS":[{B}]}}"#),
        "records object",
        &[A, B],
    );
    check(
        &format!("[{{\"records\":[{A}]}},\n{{\"records\":[{B}]}}]"),
        "records object",
        &[A, B],
    );
    check(
        &format!(r#"{{"@odata.context":"}}","value":[{A},{B}],"@odata.nextLink":"]"}}"#),
        "Graph page",
        &[A, B],
    );
    check(
        &format!(r#"{{"value":{A}}}{{"value":{B}}}"#),
        "Graph page",
        &[A, B],
    );
    check(
        &format!(r#"{{"events":[{A}],"x":[{{}}],"value":[{B}]}}"#),
        "events object",
        &[A, B],
    );
    check(r#"{"value":[]}"#, "Graph page", &[]);
}

#[test]
fn carriers_below_the_limit_are_records() {
    let deep = r#"{"value":{"value":{"value":{"value":{"value":{"id":1}}}}}}"#;
    check(deep, "Graph page", &[r#"{"value":{"id":1}}"#]);
}

#[test]
fn records_as_text() {
    let quoted = serde_json::to_string(A).unwrap();
    check(
        &format!(r#"{{"events":[{{"event":{{"original":{quoted}}},"y":1}},{B}]}}"#),
        "wrapped events",
        &[A, B],
    );
    check(
        &format!("{{\"input\":{{\"message\":{quoted}}}}}\n{{\"message\":{quoted}}}\n"),
        "wrapped events",
        &[A, A],
    );
    let page = serde_json::to_string(&format!(r#"{{"records":[{A},{B}]}}"#)).unwrap();
    check(
        &format!(r#"{{"message":{page}}}"#),
        "wrapped events",
        &[A, B],
    );
    let twice = serde_json::to_string(&format!(r#"{{"message":{quoted}}}"#)).unwrap();
    check(&format!(r#"{{"message":{twice}}}"#), "wrapped events", &[A]);
}

#[test]
fn text_that_is_no_record_stays_where_it_is() {
    for text in [
        r#"{"message":"hello {"}"#,
        r#"{"message":"{\"a\":1"}"#,
        r#"{"id":1,"message":"{}"}"#,
        r#"{"message":"{} {"}"#,
    ] {
        check(text, "one JSON object", &[text]);
    }
}

#[test]
fn places_are_right() {
    let text = "\n{\"id\":1}\n\n  {\"id\":2}\n{\n\"id\":3\n} {\"id\":4}\n";
    let found = split_text(text);
    let places: Vec<_> = found
        .pieces
        .iter()
        .map(|(_, line, offset)| (*line, *offset))
        .collect();
    assert_eq!(places, [(2, 1), (4, 13), (5, 22), (7, 33)]);
    for (piece, _, offset) in &found.pieces {
        assert!(text.as_bytes()[usize::try_from(*offset).unwrap()..].starts_with(piece.as_bytes()));
    }
}

#[test]
fn a_broken_line_is_a_fault_for_this_line_only() {
    for broken in [
        r#"{"id":"cut"#,
        r#"{"id":"#,
        r#"{"id":1,"#,
        r#"{"id":{"x":1}"#,
        "garbage",
        "}",
        r#"{"id":[1}"#,
        "\u{0}\u{0}",
        "17",
        r#""text""#,
    ] {
        let found = split_text(format!("{A}\n{broken}\n{B}\n{A}\n"));
        if broken.ends_with('}') && broken.starts_with('{') {
            assert_eq!(found.texts(), [A, broken, B, A]);
            continue;
        }
        assert_eq!(found.texts(), [A, B, A], "{broken}");
        assert_eq!(found.faulty(), [(2, broken.to_owned())]);
    }
}

#[test]
fn a_truncated_last_line_is_named() {
    let found = split_text(format!("{A}\n{B}\n{{\"id\":\"c"));
    assert_eq!(found.texts(), [A, B]);
    assert_eq!(found.reasons(), ["file ends inside a record"]);
    assert_eq!(found.faulty(), [(3, "{\"id\":\"c".to_owned())]);
}

#[test]
fn pretty_arrays_go_on_after_a_broken_record() {
    let text = "[\n  {\n    \"id\": 1\n  },\n  {\n    \"id\": [\n      {\"no\": 1\n  },\n  {\n    \"id\": 3\n  }\n]\n";
    let found = split_text(text);
    assert_eq!(
        found.texts(),
        ["{\n    \"id\": 1\n  }", "{\n    \"id\": 3\n  }"]
    );
    insta::assert_snapshot!(found.reasons().join("\n"), @"file ends inside a record");
    assert_eq!(
        found.faulty(),
        [(5, "{\n    \"id\": [\n      {\"no\": 1\n  },".to_owned())]
    );
}

#[test]
fn lines_of_carriers_go_on_after_a_broken_one() {
    let text =
        format!("{{\"records\":[{A}]}}\n{{\"records\":[{B},{{\"id\":\n{{\"records\":[{A}]}}\n");
    let found = split_text(&text);
    assert_eq!(found.texts(), [A, B, A]);
    assert_eq!(found.faulty(), [(2, "{\"id\":".to_owned())]);
}

#[test]
fn a_record_with_a_stray_comma_is_handed_on_whole() {
    check(
        r#"[{"id":1,},{"id":2}]"#,
        "array",
        &[r#"{"id":1,}"#, r#"{"id":2}"#],
    );
}

#[test]
fn lists_that_are_not_closed_are_told() {
    let found = split_text(format!("[{A},{B}"));
    assert_eq!(
        (found.texts(), found.reasons()),
        (
            vec![A, B],
            vec!["file ends before the list of records is closed".to_owned()]
        )
    );
    let found = split_text(format!("[{A},{{\"id\":"));
    assert_eq!(
        (found.texts(), found.reasons()),
        (vec![A], vec!["file ends inside a record".to_owned()])
    );
}

#[test]
fn values_that_are_no_objects_are_faults_in_runs() {
    let found = split_text(format!("[1, null, \"x\", {A}, true]"));
    assert_eq!(found.texts(), [A]);
    assert_eq!(
        found.faulty(),
        [(1, "1, null, \"x\"".to_owned()), (1, "true".to_owned())]
    );
    assert_eq!(
        found.reasons(),
        [
            "expected an object, found a number",
            "expected an object, found true or false"
        ]
    );
}

#[test]
fn stray_brackets_are_faults() {
    let found = split_text(format!("{A}{B}]}}]"));
    assert_eq!(
        (found.texts(), found.faulty()),
        (vec![A, B], vec![(1, "]}]".to_owned())])
    );
    let found = split_text(format!(r#"{{"value":[{A}}}{B}"#));
    assert_eq!((found.texts(), found.faults.len()), (vec![A, B], 1));
}

#[test]
fn a_damaged_start_does_not_hide_the_rest() {
    let found = split_text(format!("tail\":1}}\n{A}\n{B}\n"));
    assert_eq!(found.texts(), [A, B]);
    assert_eq!(found.faulty(), [(1, "tail\":1}".to_owned())]);
}

#[test]
fn what_is_no_log_is_named() {
    for (bytes, shape) in [
        (&b""[..], "empty"),
        (b" \r\n\t", "empty"),
        (b"%PDF-1.4", "not a log: a PDF document"),
        (b"just words\n", "not a log: text without records"),
        (b"\x00\x01\x02\x03\x04", "not a log: binary data"),
    ] {
        let found = split_text(bytes);
        assert_eq!((found.shape.as_str(), found.faults.len()), (shape, 0));
    }
}

#[test]
fn the_caller_can_stop() {
    let text = format!("{A}\n").repeat(1000);
    let options = SplitOptions {
        block_bytes: 256,
        look_bytes: 256,
        ..SplitOptions::default()
    };
    let mut blocks = 0;
    let total = split(&mut text.as_bytes(), &options, &mut |_| {
        blocks += 1;
        if blocks == 2 {
            ControlFlow::Break(())
        } else {
            ControlFlow::Continue(())
        }
    });
    assert!(total.unwrap().stopped);
    assert_eq!(blocks, 2);
}
