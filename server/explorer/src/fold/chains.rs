//! Lines whose sign-ins belong together as long as none is much later than the one before.
//!
//! Rows come one stretch of time after the other, newest first. A line may go on in an older stretch, and is done
//! when that one's rows are too old for it. Lines are given in their order all the same.

use std::collections::HashMap;
use std::hash::BuildHasherDefault;

use super::key::{Key, KeyHasher, Keys};
use super::window::Line;
use crate::dictionary::Code;
use crate::segment::Segment;

/// Lines that are being put together.
pub(super) struct Chains<'a> {
    /// Most time between two neighbours of a line, in microseconds.
    most_between: i64,
    success: Option<Code>,
    /// Rows of the present stretch, each as a line of its own.
    rows: Vec<(Key, Line<'a>)>,
    /// Lines that older rows may belong to.
    open: HashMap<Key, Line<'a>, BuildHasherDefault<KeyHasher>>,
    /// Lines that are done, behind one that is not.
    done: Vec<Line<'a>>,
}

impl<'a> Chains<'a> {
    /// Without lines yet; with the code of sign-ins that were a success, where there are any.
    pub fn new(most_between: i64, success: Option<Code>) -> Chains<'a> {
        Chains {
            most_between,
            success,
            rows: Vec::new(),
            open: HashMap::default(),
            done: Vec::new(),
        }
    }

    /// Adds rows of a segment that are in the present stretch.
    pub fn add(&mut self, keys: &mut Keys<'_>, segment: &'a Segment, rows: &[u16]) {
        if rows.is_empty() {
            return;
        }
        let mut of = keys.of(segment);
        self.rows.extend(rows.iter().map(|row| {
            let key = keys.at(&mut of, usize::from(*row));
            (key, Line::of(segment, *row))
        }));
    }

    /// How many rows the present stretch has.
    pub fn rows(&self) -> usize {
        self.rows.len()
    }

    /// Ends the present stretch: all rows that come later are older than this moment; `None` when none comes. Gives
    /// the lines that are done, in their order, and newer than all that are not.
    pub fn end(&mut self, start: Option<i64>) -> Vec<Line<'a>> {
        let mut rows = std::mem::take(&mut self.rows);
        rows.sort_unstable_by(|(key, line), (other_key, other)| {
            key.cmp(other_key).then(other.date.cmp(&line.date))
        });
        for (key, row) in rows {
            match self.open.get_mut(&key) {
                Some(line) if line.oldest.saturating_sub(row.date) <= self.most_between => {
                    line.join(row, self.success);
                }
                Some(line) => self.done.push(std::mem::replace(line, row)),
                None => {
                    self.open.insert(key, row);
                }
            }
        }
        let most_between = self.most_between;
        let is_done = |line: &Line<'_>| {
            // The newest that may still come is right before the start.
            start.is_none_or(|start| line.oldest - start >= most_between)
        };
        let ended = self.open.extract_if(|_, line| is_done(line));
        self.done.extend(ended.map(|(_, line)| line));
        let newest_open = self.open.values().map(|line| line.date).max();
        let mut given: Vec<Line<'a>> = self
            .done
            .extract_if(.., |line| newest_open.is_none_or(|open| line.date > open))
            .collect();
        given.sort_unstable_by(Line::compare);
        given
    }
}
