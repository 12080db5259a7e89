//! The grid: headers, rows, cells.

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
    /// Status icon and word.
    Status(Tone, String),
    /// Cause in words, and the error code.
    Reason(String, Option<String>),
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

/// Rows and where they go on.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Rows {
    /// The rows in order.
    pub rows: Vec<GridRow>,
    /// Query string of the page that follows, if any does.
    pub next: Option<String>,
}
