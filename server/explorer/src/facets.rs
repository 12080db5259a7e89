//! The most frequent values of columns.

use chrono::DateTime;
use model::Value;
use model::answer::Facet;
use model::column::Column;

use crate::codes::Local;
use crate::dictionary::Code;
use crate::identifier::Tallied;
use crate::largest::{Largest, first};
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
    /// Local codes of the rows, where there are few and the values are the segment's own.
    few: Vec<Local>,
}

/// How often each value was seen.
enum Seen {
    /// By shared code.
    Coded(Vec<u64>),
    /// Identifiers, by segment.
    Identifiers(Tallied),
    /// The moment of each row: most have their own.
    Moments(Vec<i64>),
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
            Place::Identifier(_) => Seen::Identifiers(Tallied::default()),
            Place::Date => Seen::Moments(Vec::new()),
            Place::Nowhere => Seen::Nothing(0),
        };
        Tally {
            column,
            place,
            seen,
            way: Way::Each,
            local: Vec::new(),
            few: Vec::new(),
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
            for (local, code) in (0..=Local::MAX).zip(column.values.shared()) {
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
                let codes = column.rows.codes();
                match (&mut self.seen, &column.values) {
                    (Seen::Coded(seen), Values::Shared(shared)) => block.each(|row| {
                        seen[shared.codes()[usize::from(codes.at(row))] as usize] += 1;
                    }),
                    _ => block.each(|row| self.few.push(codes.at(row))),
                }
            }
            (Place::Date | Place::Nowhere, _) => match &mut self.seen {
                Seen::Moments(seen) => block.each(|row| seen.push(segment.date(row))),
                Seen::Nothing(rows) => *rows += block.count(),
                Seen::Coded(_) | Seen::Identifiers(_) => {}
            },
        }
    }

    /// Ends with the rows of that segment.
    pub fn end(&mut self, segment: &Segment) {
        let (Place::Coded(index) | Place::Identifier(index)) = self.place else {
            return;
        };
        let counted = (0..=Local::MAX).zip(self.local.iter().copied());
        let counted = counted.filter(|(_, count)| *count > 0);
        match (&mut self.seen, &segment.column(index).values, self.way) {
            (Seen::Coded(seen), Values::Shared(shared), Way::Local) => {
                for (local, count) in counted {
                    seen[shared.codes()[usize::from(local)] as usize] += u64::from(count);
                }
            }
            (Seen::Identifiers(seen), Values::Own(identifiers), Way::Local) => {
                seen.add(identifiers, counted.collect());
            }
            (Seen::Identifiers(seen), Values::Own(identifiers), Way::Each) => {
                self.few.sort_unstable();
                let count = |same: &[Local]| {
                    let count = u32::try_from(same.len()).unwrap_or(u32::MAX);
                    (same[0], count)
                };
                let counted = self.few.chunk_by(|left, right| left == right).map(count);
                seen.add(identifiers, counted.collect());
                self.few.clear();
            }
            _ => {}
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
            (Seen::Identifiers(seen), Seen::Identifiers(other)) => seen.join(other),
            (Seen::Moments(seen), Seen::Moments(other)) => seen.extend(other),
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
        match (self.seen, self.place) {
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
                } else {
                    let seen: Vec<(Code, u64)> = seen.collect();
                    facet.distinct = seen.len() as u64;
                    let order =
                        |left: &Code, right: &Code| compare_codes(dictionary, *left, *right);
                    let values = first(seen, limit, order).into_iter();
                    facet.values = values
                        .map(|(code, count)| (dictionary.value(code), count))
                        .collect();
                }
            }
            (Seen::Identifiers(seen), _) => {
                let sums = seen.sums(limit);
                (facet.distinct, facet.empty) = (sums.distinct, sums.empty);
                let values = sums.most.into_iter();
                facet.values = values
                    .map(|(identifier, count)| (Value::Text(identifier.text()), count))
                    .collect();
            }
            (Seen::Moments(mut seen), _) => {
                seen.sort_unstable();
                let mut largest = Largest::new(limit, i64::cmp);
                for same in seen.chunk_by(|left, right| left == right) {
                    largest.offer(same[0], same.len() as u64);
                }
                let (most, distinct) = largest.told();
                facet.distinct = distinct;
                let value = |micros| {
                    DateTime::from_timestamp_micros(micros).map_or(Value::Empty, Value::Instant)
                };
                let values = most.into_iter();
                facet.values = values
                    .map(|(micros, count)| (value(micros), count))
                    .collect();
            }
            (Seen::Nothing(rows), _) => facet.empty = rows,
            (Seen::Coded(_), _) => {}
        }
        facet
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;
    use std::sync::Arc;
    use std::sync::atomic::AtomicBool;

    use arrow::array::{RecordBatch, StringArray};
    use chrono::Utc;
    use model::ask::{Ask, FacetAsk};
    use model::query::{Query, Range};

    use super::*;
    use crate::load::KIND;
    use crate::segment::MOST_ROWS;
    use crate::{Explorer, sample};

    #[test]
    fn a_full_segment_of_identifiers_is_counted() {
        let rows = sample::rows(0, MOST_ROWS);
        let mut arrays = rows.columns().to_vec();
        let kind = rows.schema().index_of(KIND).expect("a kind");
        arrays[kind] = Arc::new(StringArray::from_iter_values(std::iter::repeat_n(
            "interactive",
            MOST_ROWS,
        )));
        let rows = RecordBatch::try_new(rows.schema(), arrays).expect("columns of one length");
        let explorer = Explorer::default();
        let file = "day=2026-11-20/a.parquet";
        explorer.take(file, &[rows]).expect("rows");
        assert!(explorer.publish(1, &BTreeSet::from([file.to_owned()]), None));
        let (query, problems) = Query::parse("f=username:ne:username 1");
        assert!(problems.is_empty(), "{problems:?}");
        let mut ask = Ask::of(Query {
            range: Range::ALL,
            ..query
        });
        ask.facets = Some(FacetAsk {
            columns: vec![Column::named("request_id")],
            limit: 2,
            own_filters: true,
        });
        let view = explorer.view().expect("a view");
        view.warm();
        let answer = view.answer(&ask, Utc::now(), &AtomicBool::new(false));
        let facet = answer.expect("an answer").facets.remove(0);
        let expected = MOST_ROWS - MOST_ROWS.div_ceil(700);
        assert_eq!(facet.distinct, expected as u64);
        let least = ["00000000", "00000002"].map(|start| start.to_owned());
        let values: Vec<String> = facet
            .values
            .iter()
            .map(|(value, _)| value.to_text().chars().take(8).collect())
            .collect();
        assert_eq!(values, least);
    }
}
