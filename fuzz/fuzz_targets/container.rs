//! Any bytes through unpacking and splitting: nothing panics, every piece lies in its text and after
//! the one before, memory stays within the options, and the reader's answers change nothing.

#![no_main]

use std::io::{self, Read};
use std::ops::ControlFlow;

use fuzz::container::{Block, Event, Split, SplitOptions, open_reader, split};
use fuzz::source::{Bites, LIMITS, Source};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| {
    let Some(source) = Source::of(data) else {
        return;
    };
    let end = open_reader(
        "fuzz",
        &mut source.bytes.as_slice(),
        &LIMITS,
        &mut |_, reader| {
            if let Ok(reader) = reader {
                member(reader, &source);
            }
            ControlFlow::Continue(())
        },
    );
    assert!(end.is_continue(), "nobody asked to stop");
});

/// Splits a member as it comes, and once more in bites.
fn member(reader: &mut dyn Read, source: &Source) {
    let mut text = Vec::new();
    let error = reader
        .read_to_end(&mut text)
        .err()
        .map(|_| io::ErrorKind::Other);
    let whole = events(&text, text.len().max(1), error, &source.options);
    let bitten = events(&text, source.bite_bytes, error, &source.options);
    assert_eq!(
        whole, bitten,
        "the result depends on how the reader cuts its answers"
    );
    check(&whole, &text, &source.options);
}

type Found = (Vec<Event>, Result<Split, String>);

fn events(
    text: &[u8],
    size_bytes: usize,
    error: Option<io::ErrorKind>,
    options: &SplitOptions,
) -> Found {
    let mut found = Vec::new();
    let split = split(
        &mut Bites {
            bytes: text,
            size_bytes,
            error,
        },
        options,
        &mut |event| {
            found.push(event);
            ControlFlow::Continue(())
        },
    );
    (found, split.map_err(|error| error.to_string()))
}

fn check((events, split): &Found, text: &[u8], options: &SplitOptions) {
    let largest = options.block_bytes.max(options.look_bytes) + options.record_bytes;
    let (mut pieces, mut rows, mut faults) = (0, 0, 0);
    let mut last_offset = 0;
    let mut in_order = |offset: u64| {
        assert!(
            last_offset <= offset,
            "offset {offset} comes after {last_offset}"
        );
        assert!(
            offset <= text.len() as u64,
            "offset {offset} of {}",
            text.len()
        );
        last_offset = offset;
    };
    for event in events {
        match event {
            Event::Block(Block::Json {
                text,
                pieces: found,
            }) => {
                assert!(text.len() <= largest, "a block of {} bytes", text.len());
                let mut end = 0;
                for piece in found {
                    assert!(end <= piece.start, "pieces overlap");
                    let bytes = text
                        .get(piece.start..piece.end)
                        .expect("the piece lies in its text");
                    assert!(
                        bytes.starts_with(b"{") && bytes.ends_with(b"}"),
                        "a piece is an object"
                    );
                    assert!(piece.line >= 1, "lines count from 1");
                    in_order(piece.offset_bytes);
                    end = piece.end;
                }
                pieces += found.len() as u64;
            }
            Event::Block(Block::Rows(found)) => {
                assert!(
                    found.text.len() <= largest,
                    "a block of {} bytes",
                    found.text.len()
                );
                let mut end = 0;
                for row in &found.rows {
                    assert!(end <= row.start, "rows overlap");
                    assert!(
                        found.text.get(row.start..row.end).is_some(),
                        "the row lies in its text"
                    );
                    assert!(
                        found.cells(row).count() <= found.header.len(),
                        "more cells than columns"
                    );
                    in_order(row.offset_bytes);
                    end = row.end;
                }
                rows += found.rows.len() as u64;
            }
            Event::Fault(fault) => {
                assert!(
                    fault.bytes.len() <= options.fault_bytes,
                    "a fault keeps too many bytes"
                );
                assert!(
                    fault.bytes.len() as u64 <= fault.length_bytes,
                    "a fault keeps more than it has"
                );
                assert!(
                    fault.offset_bytes <= text.len() as u64,
                    "a fault behind the end"
                );
                assert!(!fault.reason.to_string().is_empty(), "a fault has a reason");
                faults += 1;
            }
        }
    }
    if let Ok(split) = split {
        assert_eq!(
            (split.pieces, split.rows, split.faults),
            (pieces, rows, faults),
            "the sums are wrong"
        );
    }
}
