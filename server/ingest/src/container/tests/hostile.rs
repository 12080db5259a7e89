//! Inputs that want to exhaust memory, stack or time.

use super::*;

const SMALL: SplitOptions = SplitOptions {
    block_bytes: 4096,
    record_bytes: 16_384,
    fault_bytes: 100,
    look_bytes: 4096,
};

/// The same bytes again and again, then an end.
fn endless(start: &str, middle: &str, times: usize, end: &str) -> Found {
    let text = format!("{start}{}{end}", middle.repeat(times));
    let found = split_reader(&mut text.as_bytes(), &SMALL).unwrap();
    assert!(
        found.largest <= SMALL.block_bytes + SMALL.record_bytes,
        "{}",
        found.largest
    );
    found
}

#[test]
fn an_endless_string_is_one_fault() {
    let found = endless("[{\"a\":\"", "x", 200_000, "");
    assert_eq!(found.reasons(), ["record longer than 16384 bytes"]);
    assert_eq!(
        (found.faults[0].bytes.len(), found.faults[0].length_bytes),
        (100, 200_006)
    );
}

#[test]
fn an_endless_line_is_one_fault_and_the_next_goes_on() {
    let found = endless("{\"a\":1}\n{\"a\":\"", "x", 200_000, "\n{\"a\":2}\n");
    assert_eq!(found.texts(), ["{\"a\":1}", "{\"a\":2}"]);
    assert_eq!(found.faults[0].line, 2);
}

#[test]
fn a_long_record_in_a_list_is_one_fault_and_the_next_goes_on() {
    let found = endless("[{\"a\":\"", "x", 18_000, "\"},{\"a\":2}]");
    assert!(found.texts().len() <= 1);
    assert_eq!(
        found.faults[0].reason,
        FaultReason::TooLong {
            limit_bytes: SMALL.record_bytes
        }
    );
}

#[test]
fn deep_nesting_costs_its_record_only() {
    let deep = format!("{{\"a\":{}1{}}}", "[".repeat(3000), "]".repeat(3000));
    let found = split_reader(&mut format!("[{deep},{{\"a\":2}}]").as_bytes(), &SMALL).unwrap();
    assert_eq!(found.texts(), ["{\"a\":2}"]);
    assert_eq!(found.reasons(), ["nested deeper than 256 levels"]);
    for open in [
        "[",
        "{\"a\":",
        "{\"value\":[",
        "{\"records\":{\"tables\":[{\"rows\":[",
        "}",
    ] {
        assert!(!endless("[", open, 100_000, "").faults.is_empty());
    }
}

#[test]
fn lists_of_any_length_stream() {
    for (start, end) in [
        ("[", "]"),
        ("{\"value\":[", "]}"),
        ("{\"records\":[{\"id\":0},", "]}"),
        ("{\"tables\":[{\"columns\":[\"a\"],\"rows\":[[1]]},", "]}"),
    ] {
        let found = endless(start, "{\"id\":\"some identifier\"},", 20_000, end);
        assert!(found.pieces.len() >= 20_000, "{start}");
        assert_eq!(found.faults, [], "{start}");
    }
    let found = endless(
        "{\"tables\":[{\"columns\":[\"a\"],\"rows\":[",
        "[\"cell\"],",
        50_000,
        "]}]}",
    );
    assert_eq!((found.rows.len(), found.faults.len()), (50_000, 0));
}

#[test]
fn lines_that_never_close_do_not_take_for_ever() {
    let found = endless("", "{\"a\":[{\"b\":1},\n", 5000, "");
    assert_eq!(found.texts().len() + found.faults.len(), found.faults.len());
    assert!(
        found
            .faults
            .iter()
            .map(|fault| fault.length_bytes)
            .sum::<u64>()
            >= 5000 * 14
    );
}

#[test]
fn headers_and_rows_of_csv_are_bounded() {
    assert_eq!(
        endless("", "column,", 300_000, "\n").shape,
        "not a log: text without records"
    );
    let found = endless("a,b\n1,\"", "x", 100_000, "\n3,4\n");
    assert_eq!((found.rows.len(), found.faults.len()), (1, 1));
    let found = endless("a,b\n", "\"x,\n", 10_000, "3,4\n");
    assert_eq!(found.rows.last().unwrap().0, ["3", "4"]);
}

#[test]
fn blanks_without_end_are_nothing() {
    assert_eq!(endless("", " \n", 100_000, "").shape, "empty");
    assert_eq!(
        endless("", " \n", 100_000, "{\"a\":1}").texts(),
        ["{\"a\":1}"]
    );
}

#[test]
fn looking_again_after_faults_is_limited() {
    // Each line seems to go on to the record limit. Without a limit on looking again there would
    // be a fault, and a look at the next 16 KiB, for each of them.
    let lines = 100_000;
    let found = endless("", "{\"a\":[{\"b\":1},\n", lines, "");
    assert!(found.faults.len() < lines / 10, "{}", found.faults.len());
    let kept: u64 = found.faults.iter().map(|fault| fault.length_bytes).sum();
    assert!(kept >= 14 * lines as u64);
}

#[test]
fn tiny_records_make_blocks_of_limited_number() {
    let text = format!("[{}]", "{},".repeat(1_200_000));
    let mut counts = Vec::new();
    let options = SplitOptions::default();
    split(&mut text.as_bytes(), &options, &mut |event| {
        if let Event::Block(Block::Json { pieces, .. }) = event {
            counts.push(pieces.len());
        }
        ControlFlow::Continue(())
    })
    .unwrap();
    assert_eq!(counts.iter().sum::<usize>(), 1_200_000);
    assert!(counts.iter().all(|count| *count <= 1 << 19), "{counts:?}");
}
