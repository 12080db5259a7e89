//! What a member turned out to be, and how much was in it.

use std::fmt;

/// The container shape that was recognised.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shape {
    /// No bytes, or only blanks.
    Empty,
    /// One JSON object that is a record.
    Object,
    /// JSON objects one after another, mostly one in a line.
    Ndjson,
    /// One or more arrays of records.
    Array,
    /// `{"value":[…]}`.
    GraphPage,
    /// `{"records":[…]}`.
    RecordsObject,
    /// `{"events":[…]}`.
    Events,
    /// Records as text inside the strings of other objects.
    WrappedEvents,
    /// `{"tables":[…]}`.
    QueryTables,
    /// A header and rows.
    Csv,
    /// It starts like JSON, and there is not one whole value in it.
    Damaged,
    /// Something else, named with its article: "a PDF document".
    NotALog(&'static str),
}

impl fmt::Display for Shape {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(match self {
            Self::Empty => "empty",
            Self::Object => "one JSON object",
            Self::Ndjson => "NDJSON",
            Self::Array => "array",
            Self::GraphPage => "Graph page",
            Self::RecordsObject => "records object",
            Self::Events => "events object",
            Self::WrappedEvents => "wrapped events",
            Self::QueryTables => "query API tables",
            Self::Csv => "CSV",
            Self::Damaged => "damaged JSON",
            Self::NotALog(what) => return write!(out, "not a log: {what}"),
        })
    }
}

/// What [`super::split`] found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Split {
    /// The shape, by its outermost sign.
    pub shape: Shape,
    /// JSON objects handed on.
    pub pieces: u64,
    /// Table rows handed on.
    pub rows: u64,
    /// Faults handed on.
    pub faults: u64,
    /// Bytes of decoded text that were read. For [`Shape::NotALog`]: of its start.
    pub size_bytes: u64,
    /// The callback asked to stop.
    pub stopped: bool,
}
