//! What the splitter hands on: pieces of JSON and rows of tables, with their places.

use std::borrow::Cow;
use std::sync::Arc;

use super::Fault;

/// One thing the splitter reports.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Event {
    /// Record candidates, in file order.
    Block(Block),
    /// A stretch that is no record. It may be reported before the block that holds the records
    /// ahead of it; `offset_bytes` gives the order.
    Fault(Fault),
}

/// Record candidates that lie in one stretch of text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Block {
    /// JSON objects.
    Json {
        /// The stretch. Several blocks may share one.
        text: Arc<Vec<u8>>,
        /// The objects in it, in file order, none overlapping another.
        pieces: Vec<Piece>,
    },
    /// Rows of one table.
    Rows(Rows),
}

/// A JSON object in a block's text: it starts with `{` and ends with `}`. Whether what is between
/// is valid JSON (and valid UTF-8) is for the next stage to say.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Piece {
    /// First byte, in the block's text.
    pub start: usize,
    /// One past the last byte, in the block's text.
    pub end: usize,
    /// Line of the first byte, 1-based, in the member's decoded text. For a record that was a
    /// JSON string inside another object: the line of that object.
    pub line: u64,
    /// Offset of the first byte (or of the object around it) in the member's decoded text.
    pub offset_bytes: u64,
}

/// How the cells of a table are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CellFormat {
    /// Text, after taking off CSV quotes.
    Csv,
    /// A JSON value each: `"text"` with its quotes and escapes, `12`, `null`, `{…}`.
    Json,
}

/// Rows that share a header.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rows {
    /// Column names as they came: not trimmed, duplicates kept. For CSV, invalid UTF-8 is replaced.
    pub header: Arc<[String]>,
    /// How the cells are written.
    pub format: CellFormat,
    /// The text in which rows and cells lie.
    pub text: Arc<Vec<u8>>,
    /// The rows, in file order.
    pub rows: Vec<Row>,
    pub(super) cells: Vec<Cell>,
}

/// One row of a table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Row {
    /// First byte of the row as it stands in the file, in the block's text.
    pub start: usize,
    /// One past its last byte, without the line break.
    pub end: usize,
    /// Line of the first byte, 1-based, in the member's decoded text.
    pub line: u64,
    /// Offset of the first byte in the member's decoded text.
    pub offset_bytes: u64,
    pub(super) first_cell: usize,
    pub(super) cell_count: usize,
}

/// A cell's place in the text, quotes excluded.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Cell {
    pub start: u32,
    pub end: u32,
    /// CSV: there are doubled quotes inside.
    pub doubled: bool,
}

impl Cell {
    /// A cell at these places. Text buffers stay far below 4 GiB (see [`super::SplitOptions`]).
    pub(super) fn new(start: usize, end: usize, doubled: bool) -> Self {
        let place = |at: usize| u32::try_from(at).unwrap_or(u32::MAX);
        Self {
            start: place(start),
            end: place(end),
            doubled,
        }
    }
}

impl Rows {
    /// The row's bytes as they stand in the file, for the store of rejected records.
    #[must_use]
    pub fn raw(&self, row: &Row) -> &[u8] {
        self.text.get(row.start..row.end).unwrap_or_default()
    }

    /// The cell under the column at this position: text for CSV, a raw JSON value for
    /// [`CellFormat::Json`]. `None` where the row is shorter than the header.
    #[must_use]
    pub fn cell(&self, row: &Row, column: usize) -> Option<Cow<'_, [u8]>> {
        if column >= row.cell_count {
            return None;
        }
        let cell = self.cells.get(row.first_cell + column)?;
        let raw = self.text.get(cell.start as usize..cell.end as usize)?;
        Some(if cell.doubled {
            Cow::Owned(single_quotes(raw))
        } else {
            Cow::Borrowed(raw)
        })
    }

    /// The row's cells in the header's order; shorter than the header when the row is.
    pub fn cells<'a>(&'a self, row: &'a Row) -> impl Iterator<Item = Cow<'a, [u8]>> {
        (0..row.cell_count).filter_map(|column| self.cell(row, column))
    }
}

/// Makes each doubled quote a single one.
fn single_quotes(raw: &[u8]) -> Vec<u8> {
    let mut text = Vec::with_capacity(raw.len());
    let mut rest = raw;
    while let Some(at) = memchr::memchr(b'"', rest) {
        text.extend_from_slice(&rest[..=at]);
        let skip = if rest.get(at + 1) == Some(&b'"') {
            2
        } else {
            1
        };
        rest = &rest[at + skip..];
    }
    text.extend_from_slice(rest);
    text
}
