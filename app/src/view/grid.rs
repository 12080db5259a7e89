//! The grid: headers, rows, cells.

use serde::{Deserialize, Serialize};

/// A moment, in the reader's time zone.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Moment {
    /// For machines: RFC 3339 with the zone's offset.
    pub datetime: String,
    /// For people.
    pub text: String,
}

/// Colour and shape of a sign-in's outcome.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Tone {
    /// A token was issued.
    #[serde(rename = "s")]
    Success,
    /// Refused or broken.
    #[serde(rename = "f")]
    Failure,
    /// A step of something that goes on.
    #[serde(rename = "i")]
    Interrupted,
}

/// One cell.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
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

impl Cell {
    /// What the tooltip says, for a cell whose text is longer than its column of this width shows.
    pub fn title(&self, width_px: u16) -> Option<String> {
        let text = match self {
            Cell::Plain(text) | Cell::Quiet(text) | Cell::Code(text) => text.clone(),
            Cell::Reason(text, Some(code)) => format!("{text} {code}"),
            Cell::Reason(text, None) => text.clone(),
            Cell::Empty | Cell::Moment(_) | Cell::Status(..) => return None,
        };
        // A character is at most 8 pixels wide in nearly all texts, and the padding takes 16.
        let fits =
            text.chars().count().saturating_mul(8) <= usize::from(width_px).saturating_sub(16);
        (!fits).then_some(text)
    }
}

/// One row.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct GridRow {
    /// Request ID.
    pub id: String,
    /// How it ended.
    pub tone: Tone,
    /// Cells in the order of the headers.
    pub cells: Vec<Cell>,
}

/// One column's header.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Header {
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
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Sorted {
    /// Least, oldest or first in the alphabet on top.
    Ascending,
    /// Greatest, newest or last in the alphabet on top.
    Descending,
}

/// Rows and where they go on.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rows {
    /// The rows in order.
    pub rows: Vec<GridRow>,
    /// Query string of the page that follows, if any does.
    pub next: Option<String>,
}
