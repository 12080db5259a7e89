//! One column of all rows as a plain array: what a loop without any further thought would go over.
//! The benchmark's limit is measured on it.

use model::{Column, Value};

use crate::layout::{Layout, Place};
use crate::view::View;

/// Codes of all rows, newest first, and the value of each code.
pub struct Flat {
    /// By row.
    pub codes: Vec<u32>,
    /// By code; the first is no value.
    pub values: Vec<Value>,
}

impl View {
    /// Moments of all rows in microseconds since 1970, newest first.
    pub fn flat_dates(&self) -> Vec<i64> {
        self.newest_first()
            .into_iter()
            .map(|(date, ..)| date)
            .collect()
    }

    /// A column of all rows, newest first; `None` where rows have no codes that segments share.
    pub fn flat(&self, column: &Column) -> Option<Flat> {
        let Place::Coded(index) = Layout::get().place(column) else {
            return None;
        };
        let dictionary = self.dictionary(index);
        let values = std::iter::once(0)
            .chain(dictionary.each())
            .map(|code| dictionary.value(code));
        let codes = self.newest_first().into_iter().map(|(_, segment, row)| {
            let column = self.segments()[segment].column(index);
            column.values.shared()[usize::from(column.rows.codes().at(row))]
        });
        Some(Flat {
            codes: codes.collect(),
            values: values.collect(),
        })
    }

    fn newest_first(&self) -> Vec<(i64, usize, usize)> {
        let segments = self.segments().iter().enumerate();
        let rows = segments.flat_map(|(number, segment)| {
            (0..segment.rows()).map(move |row| (segment.date(row), number, row))
        });
        let mut rows: Vec<_> = rows.collect();
        rows.sort_unstable_by_key(|row| std::cmp::Reverse(row.0));
        rows
    }
}
