//! Which rows of a stretch are meant: one bit for each.

/// Rows of a word of the mask.
pub(crate) const WORD_ROWS: usize = 64;

/// One bit for each row of a stretch.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Mask {
    words: Vec<u64>,
    rows: usize,
}

impl Mask {
    /// All rows.
    pub fn all(rows: usize) -> Mask {
        let mut words = vec![u64::MAX; rows.div_ceil(WORD_ROWS)];
        if let Some(last) = words.last_mut()
            && !rows.is_multiple_of(WORD_ROWS)
        {
            *last = (1 << (rows % WORD_ROWS)) - 1;
        }
        Mask { words, rows }
    }

    /// No row.
    pub fn none(rows: usize) -> Mask {
        Mask {
            words: vec![0; rows.div_ceil(WORD_ROWS)],
            rows,
        }
    }

    /// How many rows are meant.
    pub fn count(&self) -> u64 {
        self.words
            .iter()
            .map(|word| u64::from(word.count_ones()))
            .sum()
    }

    /// Whether no row is meant.
    pub fn is_empty(&self) -> bool {
        self.words.iter().all(|word| *word == 0)
    }

    /// Leaves out the rows for which `keep` gives no bit. It is asked for 64 rows at a time, by their
    /// place and number, and only where any are left.
    pub fn retain_words(&mut self, mut keep: impl FnMut(usize, usize) -> u64) {
        let rows = self.rows;
        for (index, word) in self.words.iter_mut().enumerate() {
            if *word != 0 {
                let start = index * WORD_ROWS;
                *word &= keep(start, WORD_ROWS.min(rows - start));
            }
        }
    }

    /// Leaves out the rows for which `keep` does not hold.
    pub fn retain(&mut self, keep: impl Fn(usize) -> bool) {
        for (index, word) in self.words.iter_mut().enumerate() {
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

    /// Leaves out the rows of another mask of the same stretch.
    pub fn remove(&mut self, other: &Mask) {
        for (word, other) in self.words.iter_mut().zip(&other.words) {
            *word &= !other;
        }
    }

    /// The rows that are meant, in their order.
    pub fn rows(&self) -> impl Iterator<Item = usize> + '_ {
        self.words.iter().enumerate().flat_map(|(index, word)| {
            let mut left = *word;
            std::iter::from_fn(move || {
                (left != 0).then(|| {
                    let bit = left.trailing_zeros() as usize;
                    left &= left - 1;
                    index * WORD_ROWS + bit
                })
            })
        })
    }
}

/// The bits of up to 64 rows that hold one code. Whole words are compared lane by lane, which the
/// compiler makes into vector instructions.
pub(crate) fn equal_bits<T: Copy + PartialEq>(codes: &[T], wanted: T) -> u64 {
    let mut lanes = [0u8; WORD_ROWS];
    for (lane, code) in lanes.iter_mut().zip(codes) {
        *lane = u8::from(*code == wanted);
    }
    gather(&lanes)
}

/// The bits of up to 64 rows that pass a test.
pub(crate) fn passing_bits<T: Copy>(codes: &[T], passes: impl Fn(T) -> bool) -> u64 {
    let mut lanes = [0u8; WORD_ROWS];
    for (lane, code) in lanes.iter_mut().zip(codes) {
        *lane = u8::from(passes(*code));
    }
    gather(&lanes)
}

/// One bit of each byte: a multiplication brings eight of them together.
fn gather(lanes: &[u8; WORD_ROWS]) -> u64 {
    let mut bits = 0;
    for (index, eight) in lanes.chunks_exact(8).enumerate() {
        let mut bytes = [0u8; 8];
        bytes.copy_from_slice(eight);
        let brought = u64::from_le_bytes(bytes).wrapping_mul(0x0102_0408_1020_4080) >> 56;
        bits |= brought << (index * 8);
    }
    bits
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_mask_ends_where_its_rows_end() {
        for rows in [0, 1, 63, 64, 65, 130] {
            assert_eq!(Mask::all(rows).count(), rows as u64);
            assert_eq!(Mask::all(rows).rows().count(), rows);
            assert!(Mask::none(rows).is_empty());
        }
    }

    proptest! {
        #[test]
        fn masks_are_what_a_plain_loop_makes(codes in prop::collection::vec(0u8..4, 0..200), wanted in 0u8..4) {
            let mut equal = Mask::all(codes.len());
            equal.retain_words(|start, rows| equal_bits(&codes[start..start + rows], wanted));
            let mut passing = Mask::all(codes.len());
            passing.retain_words(|start, rows| passing_bits(&codes[start..start + rows], |code| code < wanted));
            let mut plain = Mask::all(codes.len());
            plain.retain(|row| codes[row] == wanted);
            let expected: Vec<usize> = (0..codes.len()).filter(|row| codes[*row] == wanted).collect();
            prop_assert_eq!(equal.rows().collect::<Vec<_>>(), expected);
            prop_assert_eq!(&plain, &equal);
            prop_assert_eq!(passing.rows().count(), codes.iter().filter(|code| **code < wanted).count());
            let mut others = Mask::all(codes.len());
            others.remove(&plain);
            prop_assert_eq!(others.count() + plain.count(), codes.len() as u64);
        }
    }
}
