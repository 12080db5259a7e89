//! Some rows of a segment, and what is counted of them.

use std::ops::Range;

use super::local_set::LocalSet;
use crate::codes::{Codes, Local};
use crate::mask::Mask;

/// Some rows that meet all conditions, in their order.
pub(crate) enum Block<'b> {
    /// All rows of a stretch.
    All(Range<usize>),
    /// Those rows of a stretch that a mask means.
    Masked(Range<usize>, &'b Mask),
    /// These rows.
    Rows(&'b [u16]),
}

impl Block<'_> {
    /// Calls with each row.
    pub fn each(&self, mut call: impl FnMut(usize)) {
        match self {
            Block::All(rows) => rows.clone().for_each(call),
            Block::Masked(rows, mask) => mask.each(|row| call(rows.start + row)),
            Block::Rows(rows) => rows.iter().for_each(|row| call(usize::from(*row))),
        }
    }

    /// How many rows there are.
    pub fn count(&self) -> u64 {
        match self {
            Block::All(rows) => rows.len() as u64,
            Block::Masked(_, mask) => mask.count(),
            Block::Rows(rows) => rows.len() as u64,
        }
    }

    /// How many of them have the code.
    pub fn count_code(&self, codes: &Codes, code: Local) -> u64 {
        match self {
            Block::All(rows) => count_code(codes, rows.clone(), code),
            Block::Masked(..) => self.masked(codes, code).map_or(0, |mask| mask.count()),
            Block::Rows(rows) => rows
                .iter()
                .filter(|row| codes.at(usize::from(**row)) == code)
                .count() as u64,
        }
    }

    /// Of a masked block, the rows that have the code.
    pub fn masked(&self, codes: &Codes, code: Local) -> Option<Mask> {
        let Block::Masked(rows, mask) = self else {
            return None;
        };
        let mut mask = (*mask).clone();
        LocalSet::one(code).retain(codes, rows, &mut mask);
        Some(mask)
    }

    /// Adds one for each row, under its code.
    pub fn tally(&self, codes: &Codes, counts: &mut [u32]) {
        match self {
            Block::All(rows) => codes.tally(rows.clone(), counts),
            _ => match codes {
                Codes::Same(_) => counts[0] += u32::try_from(self.count()).unwrap_or(u32::MAX),
                Codes::One(codes) => self.each(|row| counts[usize::from(codes[row])] += 1),
                Codes::Two(codes) => self.each(|row| counts[usize::from(codes[row])] += 1),
            },
        }
    }

    /// The first row; rows are never none.
    pub fn first(&self) -> usize {
        match self {
            Block::All(rows) | Block::Masked(rows, _) => rows.start,
            Block::Rows(rows) => rows.first().map_or(0, |row| usize::from(*row)),
        }
    }
}

fn count_code(codes: &Codes, rows: Range<usize>, code: Local) -> u64 {
    fn equal<T: Copy + PartialEq + TryFrom<Local>>(codes: &[T], code: Local) -> u64 {
        let Ok(code) = T::try_from(code) else {
            return 0;
        };
        // Short runs, whose count fits the lanes of a vector.
        let runs = codes.chunks(255);
        let counts = runs.map(|run| run.iter().map(|held| u8::from(*held == code)).sum::<u8>());
        counts.map(u64::from).sum()
    }
    match codes {
        Codes::Same(_) => {
            if code == 0 {
                rows.len() as u64
            } else {
                0
            }
        }
        Codes::One(codes) => equal(&codes[rows], code),
        Codes::Two(codes) => equal(&codes[rows], code),
    }
}
