//! A segment: the sign-ins of one data file of the lake, newest first, column by column.

use std::ops::Range;

use model::Tab;

use crate::codes::Codes;
use crate::dictionary::Code;
use crate::identifier::Identifiers;
use crate::layout::{Layout, Place};

/// Rows of one data file. It never changes: a file that is rewritten is another segment.
#[derive(Debug)]
pub(crate) struct Segment {
    /// Moments in microseconds since 1970, descending; rows of one moment by request ID.
    dates: Box<[i64]>,
    kinds: Codes,
    coded: Vec<Codes>,
    identifiers: Vec<Identifiers>,
}

impl Segment {
    /// A segment of these columns, whose rows are in order already.
    pub fn new(
        dates: Box<[i64]>,
        kinds: Codes,
        coded: Vec<Codes>,
        identifiers: Vec<Identifiers>,
    ) -> Segment {
        Segment {
            dates,
            kinds,
            coded,
            identifiers,
        }
    }

    /// Number of rows.
    pub fn rows(&self) -> usize {
        self.dates.len()
    }

    /// Moment of a row.
    pub fn date(&self, row: usize) -> i64 {
        self.dates[row]
    }

    /// Moments of the newest and of the oldest row.
    pub fn span(&self) -> Option<(i64, i64)> {
        Some((*self.dates.first()?, *self.dates.last()?))
    }

    /// The rows from the first moment on and before the second.
    pub fn within(&self, from: Option<i64>, to: Option<i64>) -> Range<usize> {
        let start = to.map_or(0, |to| self.dates.partition_point(|date| *date >= to));
        let end = from.map_or(self.dates.len(), |from| {
            self.dates.partition_point(|date| *date >= from)
        });
        start..end.max(start)
    }

    /// The codes of the tabs.
    pub fn kinds(&self) -> &Codes {
        &self.kinds
    }

    /// The codes of a column that has a dictionary.
    pub fn codes(&self, index: usize) -> &Codes {
        &self.coded[index]
    }

    /// The values of a column of identifiers.
    pub fn identifiers(&self, index: usize) -> &Identifiers {
        &self.identifiers[index]
    }

    /// Request ID of a row, for the length of a call.
    pub fn with_request_id<T>(&self, row: usize, call: impl FnOnce(&str) -> T) -> T {
        let Place::Identifier(index) = Layout::get().request_id else {
            return call("");
        };
        self.identifiers[index].with(row, |text| call(text.unwrap_or_default()))
    }

    /// Memory, about, in bytes.
    pub fn size_bytes(&self) -> usize {
        let coded: usize = self.coded.iter().map(Codes::size_bytes).sum();
        let identifiers: usize = self.identifiers.iter().map(Identifiers::size_bytes).sum();
        self.dates.len() * size_of::<i64>() + self.kinds.size_bytes() + coded + identifiers
    }
}

/// The code of a tab, which is the same in every segment.
pub(crate) fn code_of_tab(tab: Tab) -> Code {
    Code::try_from(tab.index() + 1).unwrap_or_default()
}
