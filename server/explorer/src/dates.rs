//! The moments of a segment's rows: four bytes each, where rows lie close together.

use std::ops::Range;

/// Rows that share a base.
const BLOCK_ROWS: usize = 256;

/// Moments in microseconds since 1970, descending.
#[derive(Debug)]
pub(crate) struct Dates {
    /// The newest moment of each block of rows.
    bases: Box<[i64]>,
    held: Held,
}

#[derive(Debug)]
enum Held {
    /// How much older than its block's base each row is.
    Near(Box<[u32]>),
    /// The moments themselves: some block covers more than an hour.
    Far(Box<[i64]>),
}

impl Dates {
    /// The moments of rows, which must be descending.
    pub fn new(dates: &[i64]) -> Dates {
        let bases: Box<[i64]> = dates
            .chunks(BLOCK_ROWS)
            .filter_map(|block| block.first().copied())
            .collect();
        let near = dates
            .iter()
            .enumerate()
            .map(|(row, date)| u32::try_from(bases[row / BLOCK_ROWS].wrapping_sub(*date)));
        let held = match near.collect() {
            Ok(near) => Held::Near(near),
            Err(_) => Held::Far(Box::from(dates)),
        };
        Dates { bases, held }
    }

    /// Number of rows.
    pub fn len(&self) -> usize {
        match &self.held {
            Held::Near(ages) => ages.len(),
            Held::Far(dates) => dates.len(),
        }
    }

    /// Moment of a row.
    pub fn at(&self, row: usize) -> i64 {
        match &self.held {
            Held::Near(ages) => self.bases[row / BLOCK_ROWS] - i64::from(ages[row]),
            Held::Far(dates) => dates[row],
        }
    }

    /// How many rows are not older than the moment.
    pub fn from(&self, moment: i64) -> usize {
        let blocks = self.bases.partition_point(|base| *base >= moment);
        let Some(block) = blocks.checked_sub(1) else {
            return 0;
        };
        let start = block * BLOCK_ROWS;
        let rows = start..(start + BLOCK_ROWS).min(self.len());
        start + partition(rows, |row| self.at(row) >= moment)
    }

    /// All moments, in order.
    pub fn all(&self) -> Vec<i64> {
        (0..self.len()).map(|row| self.at(row)).collect()
    }

    /// Memory, about, in bytes.
    pub fn size_bytes(&self) -> usize {
        let held = match &self.held {
            Held::Near(ages) => size_of_val(&**ages),
            Held::Far(dates) => size_of_val(&**dates),
        };
        size_of_val(&*self.bases) + held
    }
}

/// How many of the rows, from the first on, hold.
fn partition(rows: Range<usize>, holds: impl Fn(usize) -> bool) -> usize {
    let (mut low, mut high) = (rows.start, rows.end);
    while low < high {
        let middle = low.midpoint(high);
        if holds(middle) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    low - rows.start
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn moments_come_back_and_are_found(
            mut dates in prop::collection::vec(
                prop_oneof![0..50i64, any::<i64>().prop_map(|date| date / 4), 1_700_000_000_000_000..1_700_000_900_000_000i64],
                0..600,
            ),
            moment in any::<i64>(),
        ) {
            dates.sort_unstable_by(|left, right| right.cmp(left));
            let held = Dates::new(&dates);
            prop_assert_eq!(held.all(), dates.clone());
            for moment in dates.iter().copied().chain([moment / 4, 0]) {
                prop_assert_eq!(held.from(moment), dates.partition_point(|date| *date >= moment));
            }
        }
    }

    #[test]
    fn close_rows_take_four_bytes() {
        let dates: Vec<i64> = (0..1_024).map(|row| -row * 1_000_000).collect();
        assert_eq!(Dates::new(&dates).size_bytes(), 1_024 * 4 + 4 * 8);
    }
}
