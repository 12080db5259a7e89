//! Which rows of a block are meant: one bit for each.

use std::ops::Range;

/// Rows of a word of the mask.
pub(crate) const WORD_ROWS: usize = 64;
/// Most rows of a block.
pub(crate) const BLOCK_ROWS: usize = 4_096;

/// One bit for each row of a block.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Mask {
    words: [u64; BLOCK_ROWS / WORD_ROWS],
    rows: usize,
}

impl Mask {
    /// All of so many rows.
    pub fn all(rows: usize) -> Mask {
        let mut mask = Mask {
            words: [0; BLOCK_ROWS / WORD_ROWS],
            rows,
        };
        let (whole, rest) = (rows / WORD_ROWS, rows % WORD_ROWS);
        mask.words[..whole].fill(u64::MAX);
        if rest > 0 {
            mask.words[whole] = (1 << rest) - 1;
        }
        mask
    }

    /// The bits of its rows, in their order.
    pub fn words(&self) -> &[u64] {
        &self.words[..self.rows.div_ceil(WORD_ROWS)]
    }

    fn words_mut(&mut self) -> &mut [u64] {
        &mut self.words[..self.rows.div_ceil(WORD_ROWS)]
    }

    /// How many rows are meant.
    pub fn count(&self) -> u64 {
        self.words()
            .iter()
            .map(|word| u64::from(word.count_ones()))
            .sum()
    }

    /// How many of the rows of a stretch are meant.
    pub fn count_within(&self, stretch: Range<usize>) -> u64 {
        let (first, last) = (stretch.start / WORD_ROWS, stretch.end / WORD_ROWS);
        let from = u64::MAX << (stretch.start % WORD_ROWS);
        let to = (1u64 << (stretch.end % WORD_ROWS)) - 1;
        let words = self.words.iter().enumerate().take(last + 1).skip(first);
        let count = words.map(|(index, word)| {
            let word = if index == first { word & from } else { *word };
            let word = if index == last { word & to } else { word };
            u64::from(word.count_ones())
        });
        count.sum()
    }

    /// Whether no row is meant.
    pub fn is_empty(&self) -> bool {
        self.words().iter().all(|word| *word == 0)
    }

    /// Leaves out the rows whose code does not pass. Codes are looked at 64 at a time, and only where
    /// rows are left.
    pub fn retain_codes<T: Copy>(&mut self, codes: &[T], passes: impl Fn(T) -> bool) {
        for (word, codes) in self.words_mut().iter_mut().zip(codes.chunks(WORD_ROWS)) {
            if *word != 0 {
                *word &= passing_bits(codes, &passes);
            }
        }
    }

    /// Leaves out the rows for which `keep` does not hold.
    pub fn retain(&mut self, keep: impl Fn(usize) -> bool) {
        for (index, word) in self.words_mut().iter_mut().enumerate() {
            let mut left = *word;
            while left != 0 {
                let bit = left.trailing_zeros() as usize;
                left &= left - 1;
                if !keep(index * WORD_ROWS + bit) {
                    *word &= !(1 << bit);
                }
            }
        }
    }

    /// Leaves out the rows of another mask of the same block.
    pub fn remove(&mut self, other: &Mask) {
        for (word, other) in self.words.iter_mut().zip(&other.words) {
            *word &= !other;
        }
    }

    /// Calls with each row that is meant, in their order.
    pub fn each(&self, mut call: impl FnMut(usize)) {
        for (index, word) in self.words().iter().enumerate() {
            let mut left = *word;
            while left != 0 {
                call(index * WORD_ROWS + left.trailing_zeros() as usize);
                left &= left - 1;
            }
        }
    }
}

/// The bits of up to 64 rows that pass a test: lane by lane, which the compiler makes into vector
/// instructions where the test is a comparison.
fn passing_bits<T: Copy>(codes: &[T], passes: impl Fn(T) -> bool) -> u64 {
    let mut lanes = [0u8; WORD_ROWS];
    for (lane, code) in lanes.iter_mut().zip(codes) {
        *lane = u8::from(passes(*code));
    }
    gather(&lanes)
}

/// One bit of each byte: a multiplication brings eight of them together.
fn gather(lanes: &[u8; WORD_ROWS]) -> u64 {
    let mut bits = 0;
    let (eights, _) = lanes.as_chunks::<8>();
    for (index, eight) in eights.iter().enumerate() {
        let brought = u64::from_le_bytes(*eight).wrapping_mul(0x0102_0408_1020_4080) >> 56;
        bits |= brought << (index * 8);
    }
    bits
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn rows(mask: &Mask) -> Vec<usize> {
        let mut rows = Vec::new();
        mask.each(|row| rows.push(row));
        rows
    }

    #[test]
    fn a_mask_ends_where_its_rows_end() {
        for count in [0, 1, 63, 64, 65, 130, BLOCK_ROWS] {
            let mask = Mask::all(count);
            assert_eq!(mask.count(), count as u64);
            assert_eq!(rows(&mask).len(), count);
            assert_eq!(mask.count_within(0..count), count as u64);
            assert_eq!(mask.is_empty(), count == 0);
        }
    }

    proptest! {
        #[test]
        fn masks_are_what_a_plain_loop_makes(
            codes in prop::collection::vec(0u8..4, 1..200),
            wanted in 0u8..4,
            (start, end) in (0usize..200, 0usize..200),
        ) {
            let mut equal = Mask::all(codes.len());
            equal.retain_codes(&codes, |code| code == wanted);
            let mut plain = Mask::all(codes.len());
            plain.retain(|row| codes[row] == wanted);
            let expected: Vec<usize> = (0..codes.len()).filter(|row| codes[*row] == wanted).collect();
            prop_assert_eq!(&rows(&equal), &expected);
            prop_assert_eq!(&plain, &equal);
            let (start, end) = (start.min(end).min(codes.len()), start.max(end).min(codes.len()));
            let within = expected.iter().filter(|row| (start..end).contains(row)).count();
            prop_assert_eq!(equal.count_within(start..end), within as u64);
            let mut others = Mask::all(codes.len());
            others.remove(&plain);
            prop_assert_eq!(others.count() + plain.count(), codes.len() as u64);
        }
    }
}
