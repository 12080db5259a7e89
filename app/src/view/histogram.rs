//! Sign-ins over time, above the rows.

use super::chart::Zoom;
use super::rail::Verbs;
use super::sign_ins::Totals;

/// The strip above the rows: numbers, and the columns unless they are hidden.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Histogram {
    /// Exact numbers of the whole result.
    pub totals: Totals,
    /// What is counted, in a word: events, where the lines are sign-ins of several.
    pub counted: &'static str,
    /// The verbs on success, failure and interrupted.
    pub verbs: [Verbs; 3],
    /// The columns; `None` when they are hidden, or there is nothing to draw.
    pub plot: Option<Plot>,
    /// Whether the reader hid the columns.
    pub is_hidden: bool,
    /// Where a longer stretch of time is shown.
    pub zoom_out: Option<String>,
    /// Whether the client fetches the table of the columns when it is opened.
    pub is_table_fetched: bool,
}

/// The columns.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Plot {
    /// Width of a column and height of the highest: "15 min bars, highest 148".
    pub scale: String,
    /// What the columns show, in one sentence.
    pub finding: String,
    /// The marks as SVG, from texts that were escaped.
    pub marks: String,
    /// The columns in the order of time.
    pub bars: Vec<Bar>,
    /// How a part of it is marked and zoomed into.
    pub zoom: Zoom,
    /// What is not in the columns, when not all is.
    pub outside: Option<String>,
}

/// One column.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Bar {
    /// Its stretch of time in words.
    pub words: String,
    /// Where only its sign-ins are shown.
    pub address: String,
    /// Where it begins, in units of [`crate::charts::svg::WIDTH`].
    pub start: i32,
    /// How wide it is, in the same units.
    pub width: i32,
    /// Its numbers.
    pub totals: Totals,
}
