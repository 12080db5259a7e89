//! Stands in for the lake: the three items of it that reading a record needs, without the tables.
//!
//! The real crate brings DataFusion and Delta, which take many minutes to compile for fuzzing and
//! play no part in reading a record. Where an item there changes its shape, the fuzz targets stop
//! compiling until it is changed here too.

/// As `lake::CellValue`.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum CellValue<'a> {
    /// Nothing was recorded.
    Empty,
    /// Text.
    Text(&'a str),
    /// A whole number.
    Integer(i64),
    /// A number with a fraction.
    Decimal(f64),
    /// Yes or no.
    Boolean(bool),
    /// Microseconds since 1970, UTC.
    Instant(i64),
}

/// As `lake::RowKey`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RowKey {
    /// Hash of the request ID.
    pub id_key: u64,
    /// Hash of what the record says.
    pub content_key: u64,
    /// How complete the record is.
    pub fullness: Fullness,
    /// When the source sent the record, in seconds since 1970.
    pub emitted_seconds: u32,
    /// Day of the sign-in, in days since 1970.
    pub day: i32,
}

/// As `lake::Fullness`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Fullness {
    /// Completeness of the source, 0 to 2.
    pub source: u8,
    /// Number of columns that hold something.
    pub filled: u8,
}

/// As `lake::read`.
pub mod read {
    /// The number by which a request ID is found.
    pub fn id_key(request_id: &str) -> u64 {
        xxhash_rust::xxh3::xxh3_64(request_id.as_bytes())
    }
}
