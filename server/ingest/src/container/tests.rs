//! Tests of the whole way from bytes to pieces.

mod derived;
mod hostile;
mod laws;
mod packed;
mod shapes;
mod tabular;

use std::io::{self, Read};
use std::ops::ControlFlow;

use super::*;

/// Everything that came out of a split, in a form that is easy to compare.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
struct Found {
    shape: String,
    /// Text, line, offset.
    pieces: Vec<(String, u64, u64)>,
    /// Cells, line.
    rows: Vec<(Vec<String>, u64)>,
    headers: Vec<Vec<String>>,
    faults: Vec<Fault>,
    /// The largest text buffer that was handed on.
    largest: usize,
}

impl Found {
    fn texts(&self) -> Vec<&str> {
        self.pieces.iter().map(|(text, ..)| text.as_str()).collect()
    }

    fn reasons(&self) -> Vec<String> {
        self.faults
            .iter()
            .map(|fault| fault.reason.to_string())
            .collect()
    }

    fn faulty(&self) -> Vec<(u64, String)> {
        self.faults
            .iter()
            .map(|f| (f.line, String::from_utf8_lossy(&f.bytes).into_owned()))
            .collect()
    }

    fn take(&mut self, event: Event) {
        match event {
            Event::Fault(fault) => self.faults.push(fault),
            Event::Block(Block::Json { text, pieces }) => {
                self.largest = self.largest.max(text.len());
                for piece in pieces {
                    let raw = &text[piece.start..piece.end];
                    self.pieces.push((
                        String::from_utf8_lossy(raw).into_owned(),
                        piece.line,
                        piece.offset_bytes,
                    ));
                }
            }
            Event::Block(Block::Rows(rows)) => {
                self.largest = self.largest.max(rows.text.len());
                if self.headers.last().is_none_or(|last| *last != *rows.header) {
                    self.headers.push(rows.header.to_vec());
                }
                for row in &rows.rows {
                    let cells = rows
                        .cells(row)
                        .map(|c| String::from_utf8_lossy(&c).into_owned())
                        .collect();
                    self.rows.push((cells, row.line));
                }
            }
        }
    }
}

fn split_reader(reader: &mut dyn Read, options: &SplitOptions) -> Result<Found, ContainerError> {
    let mut found = Found::default();
    let total = split(reader, options, &mut |event| {
        found.take(event);
        ControlFlow::Continue(())
    })?;
    assert_eq!(total.pieces, found.pieces.len() as u64);
    assert_eq!(total.rows, found.rows.len() as u64);
    assert_eq!(total.faults, found.faults.len() as u64);
    found.shape = total.shape.to_string();
    Ok(found)
}

fn split_text(text: impl AsRef<[u8]>) -> Found {
    split_reader(&mut text.as_ref(), &SplitOptions::default()).unwrap()
}

/// Hands out one byte at a time.
struct OneByte<'a>(&'a [u8]);

impl Read for OneByte<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let count = self.0.len().min(buffer.len()).min(1);
        buffer[..count].copy_from_slice(&self.0[..count]);
        self.0 = &self.0[count..];
        Ok(count)
    }
}

/// The names and findings of every member of a source.
fn open_bytes(name: &str, bytes: &[u8], limits: &Limits) -> Vec<(String, Result<Found, String>)> {
    let mut members = Vec::new();
    let end = open_reader(name, &mut &*bytes, limits, &mut |member, reader| {
        let found = reader.and_then(|reader| split_reader(reader, &SplitOptions::default()));
        members.push((
            member.name.clone(),
            found.map_err(|error| error.to_string()),
        ));
        ControlFlow::Continue(())
    });
    assert!(end.is_continue());
    members
}
