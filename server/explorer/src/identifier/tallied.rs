//! How often identifiers were seen in several segments.
//!
//! Nearly every row may have one of its own: a table of all of them would take many times the memory
//! that the segments do. As each segment has its own in order, they are joined a part of the range at
//! a time instead.

use std::collections::HashMap;
use std::sync::Arc;

use super::{Form, Identifier, Identifiers};
use crate::codes::Local;
use crate::largest::Largest;

/// A local code, and how many rows have it.
type Counted = (Local, u32);

/// Identifiers of segments, with how many rows have each.
#[derive(Default)]
pub(crate) struct Tallied {
    segments: Vec<OfSegment>,
}

struct OfSegment {
    identifiers: Arc<Identifiers>,
    /// Ascending.
    counts: Vec<Counted>,
}

/// The regular identifiers of a segment that are yet to be joined.
struct Rest<'a> {
    regular: &'a [u128],
    counts: &'a [Counted],
}

impl<'a> Rest<'a> {
    fn value(&self, code: Local) -> u128 {
        self.regular[usize::from(code) - 1]
    }

    /// Takes those whose first byte is at most this one.
    fn take(&mut self, first_byte: u8) -> impl Iterator<Item = (u128, u32)> + use<'a> {
        let end = self
            .counts
            .partition_point(|(code, _)| self.value(*code) >> 120 <= first_byte.into());
        let (taken, later) = self.counts.split_at(end);
        self.counts = later;
        let regular = self.regular;
        let value = move |(code, count): &Counted| (regular[usize::from(*code) - 1], *count);
        taken.iter().map(value)
    }
}

/// What identifiers of several segments come to.
pub(crate) struct Sums {
    /// The most frequent, of equal ones the lesser first.
    pub most: Vec<(Identifier, u64)>,
    /// How many there are in all.
    pub distinct: u64,
    /// Rows without one.
    pub empty: u64,
}

impl Tallied {
    /// Adds rows of a segment: ascending codes, and how many rows have each.
    pub fn add(&mut self, identifiers: &Arc<Identifiers>, counts: Vec<Counted>) {
        if !counts.is_empty() {
            let identifiers = Arc::clone(identifiers);
            self.segments.push(OfSegment {
                identifiers,
                counts,
            });
        }
    }

    /// Adds what another thread counted.
    pub fn join(&mut self, other: Tallied) {
        self.segments.extend(other.segments);
    }

    /// The sums, with at most so many identifiers.
    pub fn sums(&self, limit: usize) -> Sums {
        let mut largest = Largest::new(limit, Identifier::compare);
        let mut odd: HashMap<Identifier, u64> = HashMap::new();
        let mut empty = 0;
        for OfSegment {
            identifiers,
            counts,
        } in &self.segments
        {
            let regular = identifiers.parts().1.len();
            for (code, count) in counts {
                match usize::from(*code) {
                    0 => empty += u64::from(*count),
                    place if place > regular => {
                        if let Some(identifier) = identifiers.identifier(*code) {
                            *odd.entry(identifier).or_default() += u64::from(*count);
                        }
                    }
                    _ => {}
                }
            }
        }
        for form in [Form::Guid, Form::Token] {
            self.sums_of(form, &mut odd, &mut largest);
        }
        #[expect(
            clippy::iter_over_hash_type,
            reason = "the largest do not depend on the order"
        )]
        for (identifier, count) in odd {
            largest.offer(identifier, count);
        }
        let (most, distinct) = largest.told();
        Sums {
            most,
            distinct,
            empty,
        }
    }

    /// Offers the identifiers of a form, each with those of its rows that were odd in their segments.
    fn sums_of(
        &self,
        form: Form,
        odd: &mut HashMap<Identifier, u64>,
        largest: &mut Largest<Identifier>,
    ) {
        let of_form = |segment: &OfSegment| segment.identifiers.parts().0 == form;
        let segments = self.segments.iter().filter(|segment| of_form(segment));
        let mut rest: Vec<Rest<'_>> = segments
            .map(|segment| {
                let (regular, counts) = (segment.identifiers.parts().1, &segment.counts);
                let first = counts.partition_point(|(code, _)| *code == 0);
                let last = counts.partition_point(|(code, _)| usize::from(*code) <= regular.len());
                Rest {
                    regular,
                    counts: &counts[first..last],
                }
            })
            .collect();
        let mut part: Vec<(u128, u32)> = Vec::new();
        for first_byte in 0..=u8::MAX {
            part.clear();
            rest.iter_mut()
                .for_each(|rest| part.extend(rest.take(first_byte)));
            part.sort_unstable_by_key(|(value, _)| *value);
            for same in part.chunk_by(|(left, _), (right, _)| left == right) {
                let count: u64 = same.iter().map(|(_, count)| u64::from(*count)).sum();
                let identifier = Identifier::Regular(form, same[0].0);
                let more = if odd.is_empty() {
                    None
                } else {
                    odd.remove(&identifier)
                };
                largest.offer(identifier, count + more.unwrap_or_default());
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;
    use proptest::prelude::*;

    fn sums(segments: &[Vec<Option<String>>], limit: usize) -> (Vec<(String, u64)>, u64, u64) {
        let mut tallied = Tallied::default();
        for texts in segments {
            let texts: Vec<Option<&str>> = texts.iter().map(Option::as_deref).collect();
            let (identifiers, codes) = Identifiers::new(&texts);
            let mut counts: BTreeMap<Local, u32> = BTreeMap::new();
            codes
                .iter()
                .for_each(|code| *counts.entry(*code).or_default() += 1);
            tallied.add(&Arc::new(identifiers), counts.into_iter().collect());
        }
        let sums = tallied.sums(limit);
        let most = sums.most.iter();
        let most = most.map(|(identifier, count)| (identifier.text(), *count));
        (most.collect(), sums.distinct, sums.empty)
    }

    #[test]
    fn what_is_odd_in_one_segment_counts_with_the_same_of_another() {
        let guid = Some("5e1f0c4e-2f0f-4c55-9d8e-6a5f6b0e4b00".to_owned());
        let token = Some("kC5TDWnuw0O_GRx7ujUBAA".to_owned());
        let segments = [
            vec![token.clone(), guid.clone(), None],
            vec![guid.clone(), guid.clone(), token.clone()],
        ];
        let expected = vec![(guid, 3), (token, 2)]
            .into_iter()
            .map(|(text, count)| (text.expect("a text"), count))
            .collect();
        assert_eq!(sums(&segments, 9), (expected, 2, 1));
    }

    fn texts() -> impl Strategy<Value = Vec<Option<String>>> {
        let text = prop_oneof![
            "[0f]f000000-0000-4000-8000-00000000000[0-3]",
            "[0f]C5TDWnuw0O_GRx7ujUB[ab][AQ]",
            "[a-c]{0,2}",
        ];
        prop::collection::vec(prop::option::of(text), 0..40)
    }

    proptest! {
        #[test]
        fn sums_are_those_of_a_table(segments in prop::collection::vec(texts(), 0..5), limit in 0usize..30) {
            let mut table: BTreeMap<&str, u64> = BTreeMap::new();
            let all = segments.iter().flatten();
            all.clone().flatten().for_each(|text| *table.entry(text).or_default() += 1);
            let mut most: Vec<(String, u64)> = table.iter().map(|(text, count)| ((*text).to_owned(), *count)).collect();
            most.sort_by(|left, right| right.1.cmp(&left.1).then_with(|| left.0.cmp(&right.0)));
            most.truncate(limit);
            let empty = all.filter(|text| text.is_none()).count() as u64;
            prop_assert_eq!(sums(&segments, limit), (most, table.len() as u64, empty));
        }
    }
}
