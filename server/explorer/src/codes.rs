//! Which of a segment's values each of its rows has.

use std::ops::Range;

/// Number of a value within a segment.
pub(crate) type Local = u16;

/// One local code for each row, in as few bytes as they need.
#[derive(Debug, PartialEq, Eq, Hash)]
pub(crate) enum Codes {
    /// So many rows that all have the first value.
    Same(usize),
    /// A byte each.
    One(Box<[u8]>),
    /// Two bytes each.
    Two(Box<[u16]>),
}

/// Local codes, with where to find the rows of each.
#[derive(Debug)]
pub(crate) struct Coded {
    codes: Codes,
    /// Rows that have a lesser code, for each code and one more; empty where nearly every row has a
    /// value of its own.
    starts: Box<[u32]>,
    /// Rows by their codes, where there are many codes; empty elsewhere.
    lists: Box<[u16]>,
}

/// With fewer values, rows are found by looking through them.
const FEWEST_LISTED: usize = 257;

impl Codes {
    /// Codes below `values`, of rows in their order.
    pub fn new(codes: Vec<Local>, values: usize) -> Codes {
        if values <= 1 {
            Codes::Same(codes.len())
        } else if values <= 256 {
            let narrow = |code: Local| u8::try_from(code).unwrap_or_default();
            Codes::One(codes.into_iter().map(narrow).collect())
        } else {
            Codes::Two(codes.into_boxed_slice())
        }
    }

    /// Number of rows.
    pub fn len(&self) -> usize {
        match self {
            Codes::Same(rows) => *rows,
            Codes::One(codes) => codes.len(),
            Codes::Two(codes) => codes.len(),
        }
    }

    /// The code of a row.
    pub fn at(&self, row: usize) -> Local {
        match self {
            Codes::Same(_) => 0,
            Codes::One(codes) => Local::from(codes[row]),
            Codes::Two(codes) => codes[row],
        }
    }

    /// Adds to `counts` one for each row of the stretch, under its code.
    pub fn tally(&self, stretch: Range<usize>, counts: &mut [u32]) {
        match self {
            Codes::Same(_) => counts[0] += u32::try_from(stretch.len()).unwrap_or(u32::MAX),
            Codes::One(codes) => tally_bytes(&codes[stretch], counts),
            Codes::Two(codes) => {
                for code in &codes[stretch] {
                    counts[usize::from(*code)] += 1;
                }
            }
        }
    }

    fn size_bytes(&self) -> usize {
        match self {
            Codes::Same(_) => 0,
            Codes::One(codes) => codes.len(),
            Codes::Two(codes) => codes.len() * 2,
        }
    }
}

/// Counts in four tables: with one, rows of the same code wait for each other.
fn tally_bytes(codes: &[u8], counts: &mut [u32]) {
    let mut tables = [[0u32; 256]; 4];
    let (fours, rest) = codes.as_chunks::<4>();
    for four in fours {
        for (table, code) in tables.iter_mut().zip(four) {
            table[usize::from(*code)] += 1;
        }
    }
    for code in rest {
        tables[0][usize::from(*code)] += 1;
    }
    for (code, count) in counts.iter_mut().enumerate().take(256) {
        *count += tables.iter().map(|table| table[code]).sum::<u32>();
    }
}

impl Coded {
    /// Codes below `values`; with `counted`, the rows of each code are counted, and listed where
    /// there are many codes.
    pub fn new(codes: Codes, values: usize, counted: bool) -> Coded {
        if !counted {
            return Coded {
                codes,
                starts: Box::default(),
                lists: Box::default(),
            };
        }
        let mut counts = vec![0u32; values.max(1)];
        codes.tally(0..codes.len(), &mut counts);
        let mut starts = Vec::with_capacity(counts.len() + 1);
        let mut before = 0;
        starts.push(0);
        for count in counts {
            before += count;
            starts.push(before);
        }
        let mut lists = Vec::new();
        if values >= FEWEST_LISTED {
            let mut next: Vec<u32> = starts.clone();
            lists.resize(codes.len(), 0u16);
            for row in 0..codes.len() {
                let place = &mut next[usize::from(codes.at(row))];
                lists[*place as usize] = u16::try_from(row).unwrap_or_default();
                *place += 1;
            }
        }
        Coded {
            codes,
            starts: starts.into_boxed_slice(),
            lists: lists.into_boxed_slice(),
        }
    }

    /// Of these parts, which were made by [`Coded::new`] before.
    pub fn of_parts(codes: Codes, starts: Box<[u32]>, lists: Box<[u16]>) -> Coded {
        Coded {
            codes,
            starts,
            lists,
        }
    }

    /// The parts that it consists of.
    pub fn parts(&self) -> (&Codes, &[u32], &[u16]) {
        (&self.codes, &self.starts, &self.lists)
    }

    /// The codes of the rows.
    pub fn codes(&self) -> &Codes {
        &self.codes
    }

    /// How many rows of the whole segment have the code; `None` where that is not kept.
    pub fn count(&self, code: Local) -> Option<u32> {
        let code = usize::from(code);
        Some(self.starts.get(code + 1)? - self.starts.get(code)?)
    }

    /// How many rows of the whole segment have each code; `None` where that is not kept.
    pub fn counts(&self) -> Option<impl Iterator<Item = u32>> {
        let pairs = self.starts.windows(2).map(|pair| pair[1] - pair[0]);
        (!self.starts.is_empty()).then_some(pairs)
    }

    /// The rows that have the code, in their order; `None` where they are not listed.
    pub fn list(&self, code: Local) -> Option<&[u16]> {
        let code = usize::from(code);
        let (start, end) = (*self.starts.get(code)?, *self.starts.get(code + 1)?);
        if self.lists.is_empty() {
            return None;
        }
        self.lists.get(start as usize..end as usize)
    }

    /// Memory, about, in bytes.
    pub fn size_bytes(&self) -> usize {
        self.codes.size_bytes() + size_of_val(&*self.starts) + size_of_val(&*self.lists)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn codes_take_as_few_bytes_as_they_need() {
        for (values, size_bytes) in [(1, 0), (2, 2), (256, 2), (257, 4), (65_536, 4)] {
            let last = u16::try_from(values - 1).expect("a local code");
            let codes = Codes::new(vec![0, last], values);
            assert_eq!(codes.size_bytes(), size_bytes, "{values}");
            assert_eq!((codes.at(0), codes.at(1)), (0, last));
        }
    }

    proptest! {
        #[test]
        fn rows_are_found_by_their_code(
            codes in prop::collection::vec(0u16..300, 1..400),
            is_listed in any::<bool>(),
        ) {
            let values = if is_listed { 300 } else { 256 };
            let codes: Vec<u16> = codes.iter().map(|code| code % 256).collect();
            let coded = Coded::new(Codes::new(codes.clone(), values), values, true);
            for code in 0..u16::try_from(values).expect("small") {
                let rows: Vec<u16> = (0..).zip(&codes).filter(|(_, held)| **held == code).map(|(row, _)| row).collect();
                prop_assert_eq!(coded.count(code), u32::try_from(rows.len()).ok());
                prop_assert_eq!(coded.list(code), is_listed.then_some(rows.as_slice()));
            }
            let mut counts = vec![0; values];
            coded.codes().tally(1..codes.len(), &mut counts);
            prop_assert_eq!(counts.iter().sum::<u32>() as usize, codes.len() - 1);
        }
    }
}
