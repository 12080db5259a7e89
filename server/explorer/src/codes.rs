//! The codes of one column in one segment, in as few bytes as they need.

use std::ops::Range;

use crate::condition::CodeSet;
use crate::dictionary::Code;
use crate::mask::{Mask, equal_bits, passing_bits};

/// One code for each row.
#[derive(Debug)]
pub(crate) enum Codes {
    /// All rows have the same.
    Same(Code),
    /// A byte each.
    One(Box<[u8]>),
    /// Two bytes each.
    Two(Box<[u16]>),
    /// Four bytes each.
    Four(Box<[u32]>),
}

impl Codes {
    /// The codes of rows in their order.
    pub fn new(codes: &[Code]) -> Codes {
        let Some(first) = codes.first() else {
            return Codes::Same(0);
        };
        if codes.iter().all(|code| code == first) {
            return Codes::Same(*first);
        }
        let most = codes.iter().copied().max().unwrap_or_default();
        if u8::try_from(most).is_ok() {
            Codes::One(
                codes
                    .iter()
                    .map(|code| u8::try_from(*code).unwrap_or_default())
                    .collect(),
            )
        } else if u16::try_from(most).is_ok() {
            Codes::Two(
                codes
                    .iter()
                    .map(|code| u16::try_from(*code).unwrap_or_default())
                    .collect(),
            )
        } else {
            Codes::Four(codes.iter().copied().collect())
        }
    }

    /// The code of a row.
    pub fn at(&self, row: usize) -> Code {
        match self {
            Codes::Same(code) => *code,
            Codes::One(codes) => Code::from(codes[row]),
            Codes::Two(codes) => Code::from(codes[row]),
            Codes::Four(codes) => codes[row],
        }
    }

    /// Leaves in the mask of a stretch of rows those whose code is in the set.
    pub fn retain(&self, stretch: &Range<usize>, set: &CodeSet, mask: &mut Mask) {
        match self {
            Codes::Same(code) => {
                if !set.holds(*code) {
                    *mask = Mask::none(stretch.len());
                }
            }
            Codes::One(codes) => retain(&codes[stretch.clone()], set, mask),
            Codes::Two(codes) => retain(&codes[stretch.clone()], set, mask),
            Codes::Four(codes) => retain(&codes[stretch.clone()], set, mask),
        }
    }

    /// How many rows of the stretch that the mask means have this code.
    pub fn count(&self, stretch: &Range<usize>, code: Code, mask: &Mask) -> u64 {
        let mut meant = mask.clone();
        self.retain(stretch, &CodeSet::One(code), &mut meant);
        meant.count()
    }

    /// Memory, about, in bytes.
    pub fn size_bytes(&self) -> usize {
        match self {
            Codes::Same(_) => 0,
            Codes::One(codes) => codes.len(),
            Codes::Two(codes) => codes.len() * 2,
            Codes::Four(codes) => codes.len() * 4,
        }
    }
}

fn retain<T: Copy + PartialEq + TryFrom<Code>>(codes: &[T], set: &CodeSet, mask: &mut Mask)
where
    Code: From<T>,
{
    match set {
        CodeSet::All => {}
        CodeSet::One(wanted) => match T::try_from(*wanted) {
            Ok(wanted) => {
                mask.retain_words(|start, rows| equal_bits(&codes[start..start + rows], wanted))
            }
            Err(_) => mask.retain_words(|_, _| 0),
        },
        CodeSet::Several(_) => mask.retain_words(|start, rows| {
            passing_bits(&codes[start..start + rows], |code| {
                set.holds(Code::from(code))
            })
        }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_take_as_few_bytes_as_they_need() {
        for (codes, size_bytes) in [
            (vec![], 0),
            (vec![9, 9], 0),
            (vec![0, 255], 2),
            (vec![0, 256], 4),
            (vec![0, 65_535], 4),
            (vec![1, 65_536], 8),
        ] {
            let kept = Codes::new(&codes);
            assert_eq!(kept.size_bytes(), size_bytes, "{codes:?}");
            let back: Vec<Code> = (0..codes.len()).map(|row| kept.at(row)).collect();
            assert_eq!(back, codes);
        }
    }

    #[test]
    fn rows_are_kept_by_their_codes() {
        for codes in [
            vec![3, 1, 3, 0, 2],
            vec![3, 1, 3, 0, 300],
            vec![3, 1, 3, 0, 70_000],
        ] {
            let kept = Codes::new(&codes);
            let mut mask = Mask::all(4);
            kept.retain(&(1..5), &CodeSet::One(3), &mut mask);
            assert_eq!(mask.rows().collect::<Vec<_>>(), [1]);
            let mut mask = Mask::all(4);
            kept.retain(&(1..5), &CodeSet::of([0, 1]), &mut mask);
            assert_eq!(mask.rows().collect::<Vec<_>>(), [0, 2]);
            assert_eq!(kept.count(&(0..5), 3, &Mask::all(5)), 2);
        }
    }
}
