//! The newest rows as CSV, made on all cores.

use std::io::Write;
use std::sync::atomic::AtomicBool;
use std::thread;

use chrono::{DateTime, Utc};
use explorer::{Cell, Rows, View};
use memchr::{memchr, memchr3};
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

/// Makes the file, and says which rows it has.
pub fn run(view: &View, asked: &Parameters, now: DateTime<Utc>) -> Result<Found, Failure> {
    let query = Query {
        range: Range::Between {
            from: None,
            to: None,
        },
        ..Query::default()
    };
    let mut ask = Ask::of(query);
    ask.tabs = Tabs::ALL;
    ask.page = Some(PageAsk {
        columns: Vec::new(),
        limit: asked.export_rows,
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
    let mut file = asked.export_columns.join(",").into_bytes();
    file.push(b'\n');
    let middle = rows.len() / 2;
    let halves: Vec<Vec<u8>> = thread::scope(|scope| {
        let threads = [0..middle, middle..rows.len()].map(|half| {
            let (rows, parts) = (&rows, &parts);
            scope.spawn(move || lines(rows, half, parts))
        });
        threads
            .into_iter()
            .filter_map(|thread| thread.join().ok())
            .collect()
    });
    halves.iter().for_each(|half| file.extend_from_slice(half));
    let place = asked
        .export_columns
        .iter()
        .position(|id| id == "request_id");
    Ok(Found::Export(
        file,
        place.ok_or("the file has no request IDs")?,
    ))
}

fn lines(rows: &Rows<'_>, half: std::ops::Range<usize>, parts: &[Part]) -> Vec<u8> {
    let places: Vec<_> = parts
        .iter()
        .map(|part| match part {
            Part::Kind => None,
            Part::Column(column) => Some(rows.column(column)),
        })
        .collect();
    let mut out: Vec<u8> = Vec::with_capacity(half.len() * 300);
    for row in half {
        for (index, place) in places.iter().enumerate() {
            if index > 0 {
                out.push(b',');
            }
            match place {
                None => out.extend_from_slice(rows.tab(row).as_str().as_bytes()),
                Some(place) => rows.with(row, *place, |cell| match cell {
                    Cell::Empty => {}
                    Cell::Text(text) => field(text, &mut out),
                    Cell::Value(Value::Integer(number)) => {
                        // Writing to memory does not fail.
                        write!(out, "{number}").ok();
                    }
                    Cell::Value(value) => field(&value.to_text(), &mut out),
                }),
            }
        }
        out.push(b'\n');
    }
    out
}

/// A field as RFC 4180 has it.
fn field(text: &str, out: &mut Vec<u8>) {
    let bytes = text.as_bytes();
    if memchr3(b',', b'"', b'\n', bytes).is_some() || memchr(b'\r', bytes).is_some() {
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
