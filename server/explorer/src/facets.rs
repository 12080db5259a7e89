//! The most frequent values of columns.

use std::cmp::Ordering;
use std::collections::HashMap;
use std::hash::Hash;

use chrono::DateTime;
use model::Value;
use model::answer::Facet;
use model::column::Column;

use crate::dictionary::Code;
use crate::identifier::Identifier;
use crate::layout::{Layout, Place};
use crate::listed;
use crate::narrow::{Block, Narrowed};
use crate::order::compare_codes;
use crate::segment::{Segment, Values};
use crate::view::View;

/// One facet that is being counted.
pub(crate) struct Tally {
    column: &'static Column,
    place: Place,
    seen: Seen,
    /// How the rows of the segment that is looked at are counted.
    way: Way,
    /// Rows by local code, where that is the way.
    local: Vec<u32>,
}

/// How often each value was seen.
enum Seen {
    /// By shared code.
    Coded(Vec<u64>),
    /// Identifiers, and how many rows have none.
    Identifiers(HashMap<Identifier, u64>, u64),
    /// Moments.
    Moments(HashMap<i64, u64>),
    /// Rows of a column that is not stored.
    Nothing(u64),
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Way {
    /// They are counted already: the segment knows.
    Known,
    /// By local code first.
    Local,
    /// Each by itself, since they are few.
    Each,
}

impl Tally {
    pub fn new(column: &'static Column, view: &View) -> Tally {
        let place = Layout::get().place(column);
        let seen = match place {
            Place::Coded(index) => Seen::Coded(vec![0; view.dictionary(index).codes()]),
            Place::Identifier(_) => Seen::Identifiers(HashMap::new(), 0),
            Place::Date => Seen::Moments(HashMap::new()),
            Place::Nowhere => Seen::Nothing(0),
        };
        Tally {
            column,
            place,
            seen,
            way: Way::Each,
            local: Vec::new(),
        }
    }

    /// Begins with the rows of a segment.
    pub fn begin(&mut self, narrowed: &Narrowed<'_>) {
        self.way = Way::Each;
        let (Place::Coded(index) | Place::Identifier(index)) = self.place else {
            return;
        };
        let column = narrowed.segment().column(index);
        if let Seen::Coded(seen) = &mut self.seen
            && narrowed.is_whole()
        {
            for (local, code) in (0..).zip(column.values.shared()) {
                seen[*code as usize] += u64::from(column.rows.count(local).unwrap_or_default());
            }
            self.way = Way::Known;
        } else if !narrowed.is_listed() {
            self.local.clear();
            self.local.resize(column.values.len().max(256), 0);
            self.way = Way::Local;
        }
    }

    /// Counts rows of that segment.
    pub fn add(&mut self, segment: &Segment, block: &Block<'_>) {
        match (self.place, self.way) {
            (_, Way::Known) => {}
            (Place::Coded(index) | Place::Identifier(index), Way::Local) => {
                block.tally(segment.column(index).rows.codes(), &mut self.local);
            }
            (Place::Coded(index) | Place::Identifier(index), Way::Each) => {
                let column = segment.column(index);
                block.each(|row| {
                    self.seen
                        .add(&column.values, column.rows.codes().at(row), 1)
                });
            }
            (Place::Date | Place::Nowhere, _) => match &mut self.seen {
                Seen::Moments(seen) => {
                    block.each(|row| *seen.entry(segment.date(row)).or_default() += 1)
                }
                Seen::Nothing(rows) => *rows += block.count(),
                Seen::Coded(_) | Seen::Identifiers(..) => {}
            },
        }
    }

    /// Ends with the rows of that segment.
    pub fn end(&mut self, segment: &Segment) {
        if let (Place::Coded(index) | Place::Identifier(index), Way::Local) = (self.place, self.way)
        {
            let values = &segment.column(index).values;
            for (local, count) in (0..).zip(&self.local).filter(|(_, count)| **count > 0) {
                self.seen.add(values, local, u64::from(*count));
            }
        }
    }

    /// Adds what another thread counted.
    pub fn join(&mut self, other: Tally) {
        match (&mut self.seen, other.seen) {
            (Seen::Coded(seen), Seen::Coded(other)) => {
                seen.iter_mut()
                    .zip(other)
                    .for_each(|(count, more)| *count += more);
            }
            (Seen::Identifiers(seen, empty), Seen::Identifiers(other, more)) => {
                add_all(seen, other);
                *empty += more;
            }
            (Seen::Moments(seen), Seen::Moments(other)) => add_all(seen, other),
            (Seen::Nothing(rows), Seen::Nothing(more)) => *rows += more,
            _ => {}
        }
    }

    /// The facet, with at most so many values.
    pub fn facet(self, view: &View, limit: usize) -> Facet {
        let mut facet = Facet {
            column: self.column,
            values: Vec::new(),
            distinct: 0,
            empty: 0,
        };
        let (values, empty) = match (self.seen, self.place) {
            (Seen::Coded(seen), Place::Coded(index)) => {
                let dictionary = view.dictionary(index);
                facet.empty = seen.first().copied().unwrap_or_default();
                let seen = (0..).zip(seen).skip(1).filter(|(_, count)| *count > 0);
                if listed::is_list(self.column) {
                    let items = listed::items(seen, dictionary);
                    facet.distinct = items.len() as u64;
                    facet.values = first(items.into_iter().collect(), limit, Ord::cmp)
                        .into_iter()
                        .map(|(item, count)| (Value::Text(item.to_owned()), count))
                        .collect();
                    return facet;
                }
                let seen: Vec<(Code, u64)> = seen.collect();
                facet.distinct = seen.len() as u64;
                let order = |left: &Code, right: &Code| compare_codes(dictionary, *left, *right);
                let values = first(seen, limit, order).into_iter();
                facet.values = values
                    .map(|(code, count)| (dictionary.value(code), count))
                    .collect();
                return facet;
            }
            (Seen::Identifiers(seen, empty), _) => {
                let values = seen
                    .into_iter()
                    .map(|(held, count)| (Value::Text(held.text()), count));
                (values.collect::<Vec<_>>(), empty)
            }
            (Seen::Moments(seen), _) => {
                let value = |micros| {
                    DateTime::from_timestamp_micros(micros).map_or(Value::Empty, Value::Instant)
                };
                let values = seen
                    .into_iter()
                    .map(|(micros, count)| (value(micros), count));
                (values.collect(), 0)
            }
            (Seen::Nothing(rows), _) => (Vec::new(), rows),
            (Seen::Coded(_), _) => (Vec::new(), 0),
        };
        facet.distinct = values.len() as u64;
        facet.empty = empty;
        facet.values = first(values, limit, |left, right| {
            left.order(right).unwrap_or(Ordering::Equal)
        });
        facet
    }
}

impl Seen {
    fn add(&mut self, values: &Values, local: u16, rows: u64) {
        match (self, values) {
            (Seen::Coded(seen), Values::Shared(shared)) => {
                seen[shared.codes()[usize::from(local)] as usize] += rows;
            }
            (Seen::Identifiers(seen, empty), Values::Own(identifiers)) => {
                match identifiers.identifier(local) {
                    Some(identifier) => *seen.entry(identifier).or_default() += rows,
                    None => *empty += rows,
                }
            }
            _ => {}
        }
    }
}

fn add_all<K: Eq + Hash>(seen: &mut HashMap<K, u64>, other: HashMap<K, u64>) {
    #[expect(
        clippy::iter_over_hash_type,
        reason = "sums do not depend on the order"
    )]
    for (value, count) in other {
        *seen.entry(value).or_default() += count;
    }
}

/// The most frequent, at most so many; of equal ones the lesser first.
pub(crate) fn first<T>(
    mut counted: Vec<(T, u64)>,
    limit: usize,
    order: impl Fn(&T, &T) -> Ordering,
) -> Vec<(T, u64)> {
    if limit == 0 {
        return Vec::new();
    }
    if counted.len() > limit {
        // Counts are compared first, by themselves: values are slow to compare.
        counted.select_nth_unstable_by(limit - 1, |(_, left), (_, right)| right.cmp(left));
        let least = counted[limit - 1].1;
        counted.retain(|(_, count)| *count >= least);
    }
    let compared = |left: &(T, u64), right: &(T, u64)| {
        right.1.cmp(&left.1).then_with(|| order(&left.0, &right.0))
    };
    if counted.len() > limit {
        counted.select_nth_unstable_by(limit - 1, compared);
        counted.truncate(limit);
    }
    counted.sort_unstable_by(compared);
    counted
}
