//! The grid: headers, rows, cells.

use super::folded::Fold;

/// Rows that the client puts into the document at once, a `tbody` of them: few enough that no frame waits for
/// them.
pub const ROWS_PER_BODY: usize = 50;

/// A moment, in the reader's time zone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Moment {
    /// For machines: RFC 3339 with the zone's offset.
    pub datetime: String,
    /// For people.
    pub text: String,
}

/// Colour and shape of a sign-in's outcome.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tone {
    /// A token was issued.
    Success,
    /// Refused or broken.
    Failure,
    /// A step of something that goes on.
    Interrupted,
}

/// One cell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Cell {
    /// Nothing was recorded.
    Empty,
    /// Text in full ink.
    Plain(String),
    /// Text in quiet ink.
    Quiet(String),
    /// Identifier or code in the fixed-width face.
    Code(String),
    /// A moment.
    Moment(Moment),
    /// Status icon and word, and whether more of the record may still come.
    Status(Tone, String, bool),
    /// Cause in words, and the error code.
    Reason(String, Option<String>),
    /// How many sign-ins the row stands for.
    Fold(Fold),
}

impl Cell {
    /// The words in it.
    pub fn text(&self) -> &str {
        match self {
            Cell::Empty | Cell::Fold(_) => "",
            Cell::Plain(text)
            | Cell::Quiet(text)
            | Cell::Code(text)
            | Cell::Status(_, text, _)
            | Cell::Reason(text, _) => text,
            Cell::Moment(moment) => &moment.text,
        }
    }
}

/// One row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GridRow {
    /// Request ID.
    pub id: String,
    /// How it ended.
    pub tone: Tone,
    /// Cells in the order of the headers.
    pub cells: Vec<Cell>,
}

/// One column's header.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Header {
    /// Id of the column.
    pub id: &'static str,
    /// Width that the column has by itself, in pixels.
    pub usual_px: u16,
    /// The portal's label.
    pub label: String,
    /// Width in pixels.
    pub width_px: u16,
    /// Where the same rows are ordered by this column; `None` for columns that cannot order.
    pub address: Option<String>,
    /// The present order, if rows are ordered by this column.
    pub sorted: Option<Sorted>,
}

/// Direction of an order.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sorted {
    /// Least, oldest or first in the alphabet on top.
    Ascending,
    /// Greatest, newest or last in the alphabet on top.
    Descending,
}

/// Where the rows of a page stand among all, for who asks for others.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Paging {
    /// How many there are in all; `None` when that could not be read, and of lines.
    pub total: Option<u64>,
    /// How many lines there are in all, where rows are such and that is known.
    pub lines: Option<u64>,
    /// How many stand before the first one; `None` on a page that continues after some row.
    pub first: Option<u64>,
    /// Canonical address of the list, without an open row.
    pub address: String,
    /// When they were read, in microseconds since 1970: from when a range goes back.
    pub as_of_micros: i64,
    /// Behind the newest of all, in microseconds since 1970: what is newer came in later, and does not count.
    /// `None` where rows have no numbers, or there are none.
    pub until_micros: Option<i64>,
}

/// Rows and where they go on.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Rows {
    /// The rows in order.
    pub rows: Vec<GridRow>,
    /// Query string of the page that follows, if any does.
    pub next: Option<String>,
}
