//! A stretch of input that is no record: where it was, what it was, and why.

use std::fmt;

/// A stretch of the decoded text that could not be made into a record or a row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// Line at which the stretch starts, 1-based, in the decoded text.
    pub line: u64,
    /// Byte column at which it starts, 1-based; `None` where it starts at the line's first byte.
    pub column: Option<u64>,
    /// Offset of its first byte in the decoded text.
    pub offset_bytes: u64,
    /// The bytes, without the final line break, at most [`super::SplitOptions::fault_bytes`].
    /// Empty where nothing is missing but a closing bracket.
    pub bytes: Vec<u8>,
    /// How many bytes the stretch has; more than `bytes.len()` when it was capped.
    pub length_bytes: u64,
    /// Why it is no record.
    pub reason: FaultReason,
}

/// Why a stretch of input is no record. `Display` is a sentence fragment for people; the variant
/// (see [`FaultReason::code`]) is what counts are kept by.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FaultReason {
    /// The text stops before the record's brackets or quotes are closed.
    EndsInsideRecord,
    /// The text stops before the list around the records is closed; no record is missing bytes.
    EndsInsideList,
    /// The brackets do not fit, or there is text where a value should be.
    NotJson {
        /// What would have been right at that place.
        expected: &'static str,
        /// Line of the place, 1-based.
        line: u64,
        /// Byte column of the place, 1-based.
        column: u64,
    },
    /// A JSON value in the place of a record that is no object.
    NotAnObject {
        /// What it is, with its article: "a number".
        found: &'static str,
    },
    /// NUL bytes or the like.
    NotText,
    /// A record beyond [`super::SplitOptions::record_bytes`].
    TooLong {
        /// The limit that was passed.
        limit_bytes: usize,
    },
    /// Brackets nested beyond [`super::NESTING_LIMIT`].
    TooDeep,
    /// A row whose number of cells differs from the header's.
    RowWidth {
        /// Cells in the header.
        expected: usize,
        /// Cells in the row.
        found: usize,
    },
    /// A quoted CSV cell that is never closed, or has text after its closing quote.
    Quote,
    /// A table of the query API without its columns, or with columns that cannot be read.
    NoColumns,
    /// The source stopped with an error; what came before it was read.
    Unreadable {
        /// What the operating system or the decompressor said.
        cause: String,
    },
}

impl FaultReason {
    /// A short stable name for counting by reason.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::EndsInsideRecord => "ends inside a record",
            Self::EndsInsideList => "ends inside a list",
            Self::NotJson { .. } => "not json",
            Self::NotAnObject { .. } => "not an object",
            Self::NotText => "not text",
            Self::TooLong { .. } => "too long",
            Self::TooDeep => "nested too deeply",
            Self::RowWidth { .. } => "wrong number of cells",
            Self::Quote => "unbalanced quote",
            Self::NoColumns => "table without columns",
            Self::Unreadable { .. } => "unreadable",
        }
    }
}

impl fmt::Display for FaultReason {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::EndsInsideRecord => out.write_str("file ends inside a record"),
            Self::EndsInsideList => out.write_str("file ends before the list of records is closed"),
            Self::NotJson {
                expected,
                line,
                column,
            } => {
                write!(
                    out,
                    "not json: expected {expected} at line {line} column {column}"
                )
            }
            Self::NotAnObject { found } => write!(out, "expected an object, found {found}"),
            Self::NotText => out.write_str("not text"),
            Self::TooLong { limit_bytes } => {
                write!(out, "record longer than ")?;
                if limit_bytes.is_multiple_of(1 << 20) {
                    write!(out, "{} MiB", limit_bytes >> 20)
                } else {
                    write!(out, "{limit_bytes} bytes")
                }
            }
            Self::TooDeep => {
                write!(out, "nested deeper than {} levels", super::NESTING_LIMIT)
            }
            Self::RowWidth { expected, found } => {
                write!(out, "row has {found} cells where the header has {expected}")
            }
            Self::Quote => {
                out.write_str("a quoted cell is not closed, or text follows its closing quote")
            }
            Self::NoColumns => out.write_str("the table's columns are missing or cannot be read"),
            Self::Unreadable { cause } => write!(out, "the source broke off: {cause}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::FaultReason;

    #[test]
    fn reasons_read_as_sentences() {
        let place = FaultReason::NotJson {
            expected: "a value",
            line: 3,
            column: 9,
        };
        assert_eq!(
            place.to_string(),
            "not json: expected a value at line 3 column 9"
        );
        let long = FaultReason::TooLong {
            limit_bytes: 32 << 20,
        };
        assert_eq!(long.to_string(), "record longer than 32 MiB");
        assert_eq!(
            FaultReason::TooLong { limit_bytes: 7 }.to_string(),
            "record longer than 7 bytes"
        );
    }
}
