//! The newest rows as CSV, made on all cores.

use std::num::NonZeroUsize;
use std::sync::atomic::AtomicBool;
use std::thread;

use chrono::{DateTime, Utc};
use explorer::{Cell, Rows, View};
use model::ask::{Ask, PageAsk};
use model::query::Range;
use model::tab::Tabs;
use model::{Column, Query, Value};

use crate::Failure;
use crate::asks::{Found, Parameters, column};

/// A column of the file; the kind of sign-in is none of the table's.
enum Part {
    Kind,
    Column(&'static Column),
}

/// Lines that are made at a time.
const BLOCK_ROWS: usize = 512;

/// Makes the file, in parts, and says which rows it has.
pub fn run(view: &View, asked: &Parameters, now: DateTime<Utc>) -> Result<Found, Failure> {
    let query = Query {
        range: Range::ALL,
        ..Query::default()
    };
    let mut ask = Ask::of(query);
    ask.tabs = Tabs::ALL;
    ask.page = Some(PageAsk {
        columns: Vec::new(),
        limit: asked.export_rows,
        skip: 0,
    });
    let rows = view
        .page_rows(&ask, now, &AtomicBool::new(false))
        .ok_or("it was told to stop")?;
    let parts: Result<Vec<Part>, Failure> = asked
        .export_columns
        .iter()
        .map(|id| {
            if id == "kind" {
                Ok(Part::Kind)
            } else {
                Ok(Part::Column(column(id)?))
            }
        })
        .collect();
    let parts = parts?;
    let mut file = vec![format!("{}\n", asked.export_columns.join(",")).into_bytes()];
    let threads = thread::available_parallelism().map_or(1, NonZeroUsize::get);
    let share = rows.len().div_ceil(threads).max(1);
    let shares: Vec<Vec<u8>> = thread::scope(|scope| {
        let threads: Vec<_> = (0..rows.len())
            .step_by(share)
            .map(|start| {
                let (rows, parts) = (&rows, &parts);
                scope.spawn(move || lines(rows, start..(start + share).min(rows.len()), parts))
            })
            .collect();
        threads
            .into_iter()
            .filter_map(|thread| thread.join().ok())
            .collect()
    });
    file.extend(shares);
    let place = asked
        .export_columns
        .iter()
        .position(|id| id == "request_id");
    Ok(Found::Export(
        file,
        place.ok_or("the file has no request IDs")?,
    ))
}

fn lines(rows: &Rows<'_>, share: std::ops::Range<usize>, parts: &[Part]) -> Vec<u8> {
    let mut out: Vec<u8> = Vec::with_capacity(share.len() * 400);
    for start in share.clone().step_by(BLOCK_ROWS) {
        let block = start..(start + BLOCK_ROWS).min(share.end);
        let columns: Vec<Vec<Cell<'_>>> = parts
            .iter()
            .map(|part| match part {
                Part::Kind => {
                    let kind = |row| Cell::Text(rows.tab(row).as_str());
                    block.clone().map(kind).collect()
                }
                Part::Column(column) => rows.read(block.clone(), column),
            })
            .collect();
        for row in 0..block.len() {
            for (index, column) in columns.iter().enumerate() {
                if index > 0 {
                    out.push(b',');
                }
                match &column[row] {
                    Cell::Empty => {}
                    Cell::Text(text) => field(text, &mut out),
                    // Neither has anything to quote.
                    Cell::Identifier(id) => {
                        id.with(|text| out.extend_from_slice(text.as_bytes()));
                    }
                    Cell::Moment(moment) => out.extend_from_slice(moment.to_text().as_bytes()),
                    Cell::Value(Value::Integer(number)) => {
                        out.extend_from_slice(itoa::Buffer::new().format(*number).as_bytes());
                    }
                    Cell::Value(value) => field(&value.to_text(), &mut out),
                }
            }
            out.push(b'\n');
        }
    }
    out
}

/// A field as RFC 4180 has it.
fn field(text: &str, out: &mut Vec<u8>) {
    let bytes = text.as_bytes();
    // All of the text is looked at, without leaving early: most are short, and have nothing to quote.
    let is_special = |byte: &u8| matches!(byte, b',' | b'"' | b'\n' | b'\r');
    if bytes
        .iter()
        .fold(false, |found, byte| found | is_special(byte))
    {
        out.push(b'"');
        out.extend_from_slice(text.replace('"', "\"\"").as_bytes());
        out.push(b'"');
    } else {
        out.extend_from_slice(text.as_bytes());
    }
}

/// The IDs in a column of the file, read back.
pub fn ids(file: &[u8], place: usize) -> Vec<String> {
    let mut ids = Vec::new();
    let (mut column, mut start, mut is_quoted) = (0, 0, false);
    for (at, byte) in file.iter().enumerate() {
        match byte {
            b'"' => is_quoted = !is_quoted,
            b',' | b'\n' if !is_quoted => {
                if column == place {
                    ids.push(String::from_utf8_lossy(&file[start..at]).into_owned());
                }
                column = if *byte == b'\n' { 0 } else { column + 1 };
                start = at + 1;
            }
            _ => {}
        }
    }
    ids.split_off(1.min(ids.len()))
}
