//! What sign-ins of a line have in common, in codes that hold in all segments.

use std::collections::HashMap;
use std::hash::Hasher;

use model::folded::{Alike, MOST_COLUMNS, UNKNOWN_ID};

use crate::codes::{Codes, Local};
use crate::dictionary::{Code, Dictionary};
use crate::identifier::{Identifier, Identifiers};
use crate::layout::{Layout, Place};
use crate::segment::{Segment, Values};
use crate::view::View;

/// A code for each column; that of no value where a column does not count.
pub(super) type Key = [Code; MOST_COLUMNS];

/// Hashes a key in a few steps: there is one for each row, and codes are numbers of our own, which nobody can
/// choose so that they collide.
#[derive(Default)]
pub(super) struct KeyHasher(u64);

impl Hasher for KeyHasher {
    fn write(&mut self, bytes: &[u8]) {
        // An odd number whose bits look random spreads those of the codes upwards.
        const SPREAD: u64 = 0x9e37_79b9_7f4a_7c15;
        for chunk in bytes.chunks(8) {
            let mut eight = [0; 8];
            eight[..chunk.len()].copy_from_slice(chunk);
            self.0 = (self.0.rotate_left(23) ^ u64::from_le_bytes(eight)).wrapping_mul(SPREAD);
        }
    }

    fn finish(&self) -> u64 {
        // Tables look at the low bits and at the highest.
        self.0 ^ (self.0 >> 32)
    }
}

/// Not looked at yet.
const UNSEEN: Code = Code::MAX;

/// One column of the key.
struct Part<'a> {
    /// Its position in segments; `None` where nothing can be in common.
    index: Option<usize>,
    dictionary: Option<&'a Dictionary>,
    /// Whether it counts only where the column before that is no name said nothing.
    is_name: bool,
    /// Whether a row of which it says nothing is like no other.
    is_needed: bool,
    /// The code that stands for all texts which differ by letter case alone, by their text in lower case.
    by_folded: HashMap<&'a str, Code>,
    /// Codes of identifiers, which no dictionary has, by their text in lower case.
    by_identifier: HashMap<Identifier, Code>,
}

/// Makes keys.
pub(super) struct Keys<'a> {
    parts: Vec<Part<'a>>,
    /// The code of the last row that is like no other. They count down from the end, where no value has one.
    last_alone: Code,
}

/// The columns of one segment.
pub(super) struct KeysOf<'s> {
    columns: Vec<Option<ColumnOf<'s>>>,
}

struct ColumnOf<'s> {
    codes: &'s Codes,
    values: &'s Values,
    /// By local code: the code that counts, and whether it names nobody.
    known: Vec<(Code, bool)>,
}

impl<'a> Keys<'a> {
    pub fn new(view: &'a View, by: &[Alike]) -> Keys<'a> {
        let columns = by.iter().flat_map(|alike| {
            let names = alike.names.iter().map(|name| (*name, true, false));
            [(alike.column, false, alike.is_needed)]
                .into_iter()
                .chain(names)
        });
        let columns = columns.take(MOST_COLUMNS);
        let parts = columns.map(|(column, is_name, is_needed)| {
            let index = match Layout::get().place(column) {
                Place::Coded(index) | Place::Identifier(index) => Some(index),
                // Such a column has a value for each sign-in, or none.
                Place::Date | Place::Nowhere => None,
            };
            Part {
                index,
                dictionary: index.map(|index| view.dictionary(index)),
                is_name,
                is_needed,
                by_folded: HashMap::new(),
                by_identifier: HashMap::new(),
            }
        });
        Keys {
            parts: parts.collect(),
            last_alone: UNSEEN,
        }
    }

    /// Begins with the rows of a segment.
    pub fn of<'s>(&self, segment: &'s Segment) -> KeysOf<'s> {
        let column = |part: &Part<'_>| {
            let column = segment.column(part.index?);
            Some(ColumnOf {
                codes: column.rows.codes(),
                values: &column.values,
                known: vec![(UNSEEN, false); column.values.len()],
            })
        };
        KeysOf {
            columns: self.parts.iter().map(column).collect(),
        }
    }

    /// The key of a row of that segment.
    pub fn at(&mut self, of: &mut KeysOf<'_>, row: usize) -> Key {
        let mut key = [0; MOST_COLUMNS];
        let mut is_unknown = true;
        let columns = of.columns.iter_mut().zip(&mut self.parts);
        for (place, (column, part)) in key.iter_mut().zip(columns) {
            if part.is_name && !is_unknown {
                continue;
            }
            let Some(column) = column else { continue };
            let local = usize::from(column.codes.at(row));
            let known = &mut column.known[local];
            if known.0 == UNSEEN {
                *known = match column.values {
                    Values::Shared(shared) => {
                        part.known(shared.codes().get(local).copied().unwrap_or_default())
                    }
                    Values::Own(identifiers) => part.identified(identifiers, column.codes.at(row)),
                };
            }
            *place = known.0;
            if part.is_needed && known.1 {
                self.last_alone -= 1;
                *place = self.last_alone;
            }
            if !part.is_name {
                is_unknown = known.1;
            }
        }
        key
    }
}

impl Part<'_> {
    /// The code that counts for an identifier of a segment, and whether it names nobody. Only those that are asked
    /// about get one.
    fn identified(&mut self, identifiers: &Identifiers, local: Local) -> (Code, bool) {
        let lower = identifiers.with(local, |text| text.map(str::to_lowercase));
        let Some(lower) = lower else {
            return (0, true);
        };
        let next = Code::try_from(self.by_identifier.len() + 1).unwrap_or(UNSEEN - 1);
        let held = self.by_identifier.entry(Identifier::of(&lower));
        (*held.or_insert(next), lower == UNKNOWN_ID)
    }

    /// The code that counts for a shared one, and whether it names nobody.
    fn known(&mut self, code: Code) -> (Code, bool) {
        let Some(dictionary) = self.dictionary.filter(|_| code > 0) else {
            return (0, true);
        };
        let Some(text) = dictionary.text(code) else {
            return (code, false);
        };
        let is_unknown = text == UNKNOWN_ID;
        if dictionary.is_folded() {
            return (code, is_unknown);
        }
        let folded = *self
            .by_folded
            .entry(dictionary.folded(code))
            .or_insert(code);
        (folded, is_unknown)
    }
}
