//! Charts.

/// Numbers over time, as columns.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct TimeChart {
    /// Its name among the charts of a page.
    pub id: &'static str,
    /// Its title.
    pub title: String,
    /// How long a column is, in words.
    pub unit: String,
    /// What one sees, in a sentence or two.
    pub finding: String,
    /// What is stacked, from the base up.
    pub legend: Vec<Entry>,
    /// The marks as SVG, from texts that were escaped.
    pub marks: String,
    /// The columns in the order of time.
    pub columns: Vec<Column>,
    /// How a part of the time is marked and zoomed into; `None` where it is not.
    pub zoom: Option<Zoom>,
    /// What is to be known about it, in sentences.
    pub notes: Vec<String>,
    /// Address of its numbers as a file.
    pub file: Option<String>,
    /// Whether it takes the whole width of a page of several charts.
    pub is_wide: bool,
}

/// What a colour stands for.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Entry {
    /// Class of the colour.
    pub class: &'static str,
    /// What it is.
    pub words: String,
    /// How many in all.
    pub count: u64,
    /// Where they are.
    pub address: Option<String>,
}

/// One column.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Column {
    /// Its stretch of time in words.
    pub words: String,
    /// Where only its sign-ins are shown.
    pub address: String,
    /// Where it begins, in units of [`crate::charts::svg::WIDTH`].
    pub start: i32,
    /// How wide it is, in the same units.
    pub width: i32,
    /// Its numbers, in the order of the legend.
    pub numbers: Vec<u64>,
    /// The same in words.
    pub said: String,
}

/// How a part of the time is marked and zoomed into.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Zoom {
    /// The edges of the columns as an address has them.
    pub edges: Vec<String>,
    /// The same in words.
    pub words: Vec<String>,
    /// Address of a part of the time, with `{from}` and `{to}` for its edges.
    pub address: String,
}

/// Numbers by days, across, and hours, down.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct HeatMap {
    /// Its name among the charts of a page.
    pub id: &'static str,
    /// Its title.
    pub title: String,
    /// What one sees, in a sentence.
    pub finding: String,
    /// The marks as SVG.
    pub marks: String,
    /// The days in words, from the first on.
    pub days: Vec<String>,
    /// The cells of each day, by the hour of its clock. An hour that the clock jumped over is `None`.
    pub cells: Vec<Vec<Option<HeatCell>>>,
    /// The steps of the colour: class and words.
    pub levels: Vec<(&'static str, String)>,
    /// Where an hour is shown, with `{from}` and `{to}` for its ends.
    pub address: String,
    /// What is to be known about it, in sentences.
    pub notes: Vec<String>,
}

/// The sign-ins of an hour.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct HeatCell {
    /// How many.
    pub count: u64,
    /// Where the hour begins and ends, as an address has it.
    pub edges: [String; 2],
}

/// Shares of a whole, as a ring.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Donut {
    /// Its title.
    pub title: String,
    /// The share in its middle.
    pub share: String,
    /// What one sees, in a sentence.
    pub finding: String,
    /// The marks as SVG.
    pub marks: String,
    /// Its parts, clockwise.
    pub legend: Vec<Entry>,
}
