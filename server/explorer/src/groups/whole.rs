//! Counts of whole segments by a column of many values.

use crate::codes::{Coded, Codes, Local};
use crate::dictionary::Code;
use crate::mask::{BLOCK_ROWS, Mask};
use crate::outcome::OutcomesOf;

/// Adds all rows of a segment to counts by shared code and outcome; `false` when it keeps no counts of
/// the column, so that nothing was added.
///
/// How many rows each key has is known, and most rows of most segments end alike: all are taken for
/// such rows first, so that only the others, which are few, are looked at one by one.
pub(super) fn add(
    keys: &Coded,
    codes: &[Code],
    outcomes: &OutcomesOf<'_>,
    counts: &mut [[u32; 4]],
) -> bool {
    let Some(totals) = keys.counts() else {
        return false;
    };
    let Some(most) = outcomes.most() else {
        return false;
    };
    let usual = outcomes.place(most);
    for (code, total) in codes.iter().zip(totals) {
        counts[*code as usize][usual] += total;
    }
    let mut move_row = |row: usize, outcome: Local| {
        let code = codes[usize::from(keys.codes().at(row))];
        let held = &mut counts[code as usize];
        held[usual] -= 1;
        held[outcomes.place(outcome)] += 1;
    };
    match outcomes.codes {
        Codes::Same(_) => {}
        Codes::One(held) => {
            for (block, held) in held.chunks(BLOCK_ROWS).enumerate() {
                let mut others = Mask::all(held.len());
                others.retain_codes(held, |outcome| Local::from(outcome) != most);
                others.each(|row| move_row(block * BLOCK_ROWS + row, held[row].into()));
            }
        }
        Codes::Two(held) => {
            let rows = held.iter().enumerate();
            rows.filter(|(_, outcome)| **outcome != most)
                .for_each(|(row, outcome)| move_row(row, *outcome));
        }
    }
    true
}
