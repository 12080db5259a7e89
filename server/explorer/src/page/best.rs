//! The rows that come first, so far.

use std::cmp::Ordering;

use crate::segment::Segment;

/// The sort column's part of a row's standing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Key {
    /// Place among the values of a dictionary; the last place is that of no value.
    Place(u64),
    /// A text of its own, and whether the greatest comes first. `None` is no value, and comes last.
    Text(Option<String>, bool),
}

impl Ord for Key {
    fn cmp(&self, other: &Key) -> Ordering {
        match (self, other) {
            (Key::Place(left), Key::Place(right)) => left.cmp(right),
            (Key::Text(Some(left), true), Key::Text(Some(right), _)) => right.cmp(left),
            (Key::Text(Some(left), false), Key::Text(Some(right), _)) => left.cmp(right),
            (Key::Text(left, _), Key::Text(right, _)) => left.is_none().cmp(&right.is_none()),
            (Key::Place(_), Key::Text(..)) | (Key::Text(..), Key::Place(_)) => Ordering::Equal,
        }
    }
}

impl PartialOrd for Key {
    fn partial_cmp(&self, other: &Key) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

/// A row that may be on the page. Less comes first: by the key, then by the date, which is turned
/// round where the newest comes first, then by the request ID.
pub(crate) struct Candidate<'a> {
    pub(super) key: Key,
    pub(super) date: i64,
    pub(super) segment: &'a Segment,
    pub(super) row: u16,
}

impl<'a> Candidate<'a> {
    /// Where it is.
    pub fn place(&self) -> (&'a Segment, u16) {
        (self.segment, self.row)
    }
}

impl Ord for Candidate<'_> {
    fn cmp(&self, other: &Self) -> Ordering {
        let by_key = self.key.cmp(&other.key).then(self.date.cmp(&other.date));
        by_key.then_with(|| {
            let (row, other_row) = (usize::from(self.row), usize::from(other.row));
            self.segment
                .compare_request_ids(row, other.segment, other_row)
        })
    }
}

impl PartialOrd for Candidate<'_> {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl PartialEq for Candidate<'_> {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other).is_eq()
    }
}

impl Eq for Candidate<'_> {}

/// The best rows so far: at least those that will be on the page.
#[derive(Default)]
pub(crate) struct Best<'a> {
    pub(super) candidates: Vec<Candidate<'a>>,
    /// When there are enough: what a row has to be better than.
    pub(super) bound: Option<(Key, i64)>,
}

impl<'a> Best<'a> {
    pub(super) fn push(&mut self, candidate: Candidate<'a>, wanted: usize) {
        self.candidates.push(candidate);
        if self.candidates.len() >= wanted.saturating_mul(2).max(256) {
            self.settle(wanted);
        }
    }

    /// Keeps as many as are wanted.
    pub(super) fn settle(&mut self, wanted: usize) {
        if self.candidates.len() < wanted {
            return;
        }
        let last = wanted.max(1) - 1;
        self.candidates.select_nth_unstable(last);
        self.candidates.truncate(wanted);
        self.bound = self
            .candidates
            .get(last)
            .map(|worst| (worst.key.clone(), worst.date));
    }

    /// Keeps as many as are wanted of rows that were added in order, after others that are in order.
    /// The sort finds such stretches and only joins them.
    pub(super) fn settle_in_order(&mut self, wanted: usize) {
        self.candidates.sort();
        self.candidates.truncate(wanted);
        self.bound = (self.candidates.len() == wanted)
            .then(|| self.candidates.last())
            .flatten()
            .map(|worst| (worst.key.clone(), worst.date));
    }

    /// Takes what another thread found.
    pub fn join(&mut self, other: Best<'a>, wanted: usize) {
        self.candidates.extend(other.candidates);
        self.settle(wanted);
    }
}
