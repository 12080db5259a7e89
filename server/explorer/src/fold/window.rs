//! Lines, and those of one stretch of time.

use std::cmp::Ordering;
use std::collections::HashMap;
use std::collections::hash_map::Entry;
use std::hash::BuildHasherDefault;

use super::key::{Key, KeyHasher, Keys};
use crate::dictionary::Code;
use crate::layout::Layout;
use crate::segment::Segment;

/// Sign-ins that are alike: the newest of them, and what is said of all.
pub(super) struct Line<'a> {
    pub segment: &'a Segment,
    pub row: u16,
    /// Moment of the newest.
    pub date: i64,
    /// Moment of the oldest.
    pub oldest: i64,
    pub sign_ins: u32,
}

/// A line's place in the order of lines, as a cursor names it.
pub(super) struct Place<'c> {
    pub date: i64,
    pub request_id: &'c str,
}

/// Lines that are being put together.
pub(super) struct Window<'a> {
    success: Option<Code>,
    numbers: HashMap<Key, usize, BuildHasherDefault<KeyHasher>>,
    lines: Vec<Line<'a>>,
}

impl<'a> Window<'a> {
    /// Without lines yet; with the code of sign-ins that were a success, where there are any.
    pub fn new(success: Option<Code>) -> Window<'a> {
        Window {
            success,
            numbers: HashMap::default(),
            lines: Vec::new(),
        }
    }

    /// Adds rows of a segment, newest first.
    pub fn add(&mut self, keys: &mut Keys<'_>, segment: &'a Segment, rows: &[u16]) {
        if rows.is_empty() {
            return;
        }
        let mut of = keys.of(segment);
        for row in rows {
            let found = Line::of(segment, *row);
            match self.numbers.entry(keys.at(&mut of, usize::from(*row))) {
                Entry::Occupied(held) => {
                    self.lines[*held.get()].join(found, self.success);
                }
                Entry::Vacant(free) => {
                    free.insert(self.lines.len());
                    self.lines.push(found);
                }
            }
        }
    }

    /// How many lines there are.
    pub fn len(&self) -> usize {
        self.lines.len()
    }

    /// The first lines in their order, behind a place.
    pub fn first(self, after: Option<&Place<'_>>, most: usize) -> Vec<Line<'a>> {
        let mut lines = self.lines;
        if let Some(after) = after {
            lines.retain(|line| line.is_behind(after));
        }
        if most < lines.len() {
            lines.select_nth_unstable_by(most, Line::compare);
            lines.truncate(most);
        }
        lines.sort_unstable_by(Line::compare);
        lines
    }
}

impl Line<'_> {
    /// The newest comes first; of equally new ones that with the lesser request ID.
    pub fn compare(&self, other: &Line<'_>) -> Ordering {
        let by_date = other.date.cmp(&self.date);
        by_date.then_with(|| {
            let (row, other_row) = (usize::from(self.row), usize::from(other.row));
            self.segment
                .compare_request_ids(row, other.segment, other_row)
        })
    }

    /// Whether it comes after a place.
    pub fn is_behind(&self, place: &Place<'_>) -> bool {
        let by_date = place.date.cmp(&self.date);
        let by_both = by_date.then_with(|| {
            let row = usize::from(self.row);
            self.segment.compare_request_id(row, place.request_id)
        });
        by_both.is_gt()
    }
}

impl<'a> Line<'a> {
    /// Of one row.
    pub fn of(segment: &'a Segment, row: u16) -> Line<'a> {
        let date = segment.date(usize::from(row));
        Line {
            segment,
            row,
            date,
            oldest: date,
            sign_ins: 1,
        }
    }

    /// Takes the sign-ins of another line into this one. The newest of all is shown; of equally new ones one with the
    /// code of success, since that is what ended the sign-in: exports may leave out all below a second.
    pub fn join(&mut self, other: Line<'a>, success: Option<Code>) {
        let (sign_ins, oldest) = (
            self.sign_ins.saturating_add(other.sign_ins),
            self.oldest.min(other.oldest),
        );
        let status = Layout::get().status;
        let is_other = |line: &Line<'_>| {
            let code = line.segment.column(status).shared(usize::from(line.row));
            success != Some(code)
        };
        let by_date = self.date.cmp(&other.date);
        let by_outcome = || is_other(&other).cmp(&is_other(self));
        let order = by_date
            .then_with(by_outcome)
            .then_with(|| other.compare(self));
        if order.is_lt() {
            *self = other;
        }
        self.sign_ins = sign_ins;
        self.oldest = oldest;
    }
}
