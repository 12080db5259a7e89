//! Rows of a segment counted by the values of one column and their outcomes: the groups that are
//! asked for most.

use crate::codes::{Coded, Codes, Local};
use crate::narrow::Block;
use crate::outcome::OutcomesOf;

/// Local codes of outcomes that fit beside a key; more than a segment has, as a rule.
const OUTCOMES: usize = 4;

/// The counts of a segment.
#[derive(Default)]
pub(super) struct Single {
    /// By key, and within it by the local code of the outcome.
    counts: Vec<u32>,
    /// Newest and oldest row of each key.
    spans: Vec<(u16, u16)>,
    wants_span: bool,
}

impl Single {
    /// Begins with a segment that has so many keys.
    pub fn begin(&mut self, keys: usize, wants_span: bool) {
        self.counts.clear();
        self.counts.resize(keys.max(256) * OUTCOMES, 0);
        self.spans.clear();
        self.wants_span = wants_span;
        if wants_span {
            self.spans.resize(keys, (u16::MAX, 0));
        }
    }

    /// Counts rows.
    pub fn add(&mut self, keys: &Codes, outcomes: &OutcomesOf<'_>, block: &Block<'_>) {
        let counts = &mut self.counts;
        match (keys, outcomes.codes, block) {
            (Codes::One(keys), Codes::One(outcomes), Block::All(rows)) => {
                pairs(&keys[rows.clone()], &outcomes[rows.clone()], counts);
            }
            (Codes::Two(keys), Codes::One(outcomes), Block::All(rows)) => {
                pairs(&keys[rows.clone()], &outcomes[rows.clone()], counts);
            }
            // One key, or one outcome: nothing to pair.
            (Codes::Same(_), outcomes, _) => block.tally(outcomes, &mut counts[..OUTCOMES]),
            (keys, Codes::Same(_), Block::All(rows)) => {
                let mut by_key = vec![0; counts.len() / OUTCOMES];
                keys.tally(rows.clone(), &mut by_key);
                let (of_keys, _) = counts.as_chunks_mut::<OUTCOMES>();
                of_keys
                    .iter_mut()
                    .zip(by_key)
                    .for_each(|(of_key, count)| of_key[0] += count);
            }
            (Codes::One(keys), Codes::One(outcomes), _) => {
                block.each(|row| counts[place(keys[row].into(), outcomes[row].into())] += 1);
            }
            (Codes::Two(keys), Codes::One(outcomes), _) => {
                block.each(|row| counts[place(keys[row].into(), outcomes[row].into())] += 1);
            }
            (keys, outcomes, _) => block.each(|row| {
                counts[place(keys.at(row).into(), outcomes.at(row).into())] += 1;
            }),
        }
        if self.wants_span {
            block.each(|row| {
                let span = &mut self.spans[usize::from(keys.at(row))];
                let row = u16::try_from(row).unwrap_or(u16::MAX);
                *span = (span.0.min(row), row);
            });
        }
    }

    /// The counts by key and outcome, and the newest and oldest row of each key.
    pub fn counted(&self) -> (&[u32], &[(u16, u16)]) {
        (&self.counts, &self.spans)
    }
}

/// The keys that have rows, in counts by key and outcome.
pub(crate) fn found<'s>(
    counts: &'s [u32],
    spans: &'s [(u16, u16)],
    outcomes: &'s OutcomesOf<'_>,
) -> impl Iterator<Item = (usize, [u32; 4], Option<(u16, u16)>)> + 's {
    let (keys, _) = counts.as_chunks::<OUTCOMES>();
    let keys = keys
        .iter()
        .enumerate()
        .filter(|(_, counts)| **counts != [0; OUTCOMES]);
    keys.map(|(key, counts)| {
        let mut by_outcome = [0; 4];
        for (local, count) in (0..).zip(counts) {
            by_outcome[outcomes.place(local)] += count;
        }
        (key, by_outcome, spans.get(key).copied())
    })
}

/// Counts of all rows of a segment, by key and outcome; for few keys these are kept.
pub(crate) fn whole(keys: &Coded, outcomes: &Coded) -> Option<Box<[u32]>> {
    let count = |coded: &Coded, code: usize| {
        let count = u16::try_from(code).ok().and_then(|code| coded.count(code));
        count.unwrap_or_default()
    };
    let counts = match (keys.codes(), outcomes.codes()) {
        (Codes::Same(_), _) => (0..OUTCOMES).map(|code| count(outcomes, code)).collect(),
        (Codes::One(_), Codes::Same(_)) => {
            let mut counts = vec![0; 256 * OUTCOMES];
            for key in 0..256 {
                counts[place(key, 0)] = count(keys, key);
            }
            counts
        }
        (Codes::One(held), Codes::One(of)) => {
            let mut counts = vec![0; 256 * OUTCOMES];
            pairs(held, of, &mut counts);
            counts
        }
        _ => return None,
    };
    let (by_key, _) = counts.as_chunks::<OUTCOMES>();
    let keys = by_key.iter().rposition(|counts| *counts != [0; OUTCOMES]);
    Some(counts[..keys.map_or(0, |last| last + 1) * OUTCOMES].into())
}

/// Whether outcomes fit beside keys.
pub(crate) fn fits(outcomes: &OutcomesOf<'_>) -> bool {
    outcomes.locals_count <= OUTCOMES
}

fn place(key: usize, outcome: usize) -> usize {
    key * OUTCOMES + outcome
}

/// Counts in two tables where keys are few: rows of one key would wait for each other.
fn pairs<K: Copy + Into<Local>>(keys: &[K], outcomes: &[u8], counts: &mut [u32]) {
    const FEW: usize = 256 * OUTCOMES;
    if let Some(counts) = counts.first_chunk_mut::<FEW>()
        && size_of::<K>() == 1
    {
        let mut others = [0u32; FEW];
        let at = |key: &K, outcome: &u8| {
            let key: Local = (*key).into();
            place(usize::from(key), usize::from(*outcome)) & (FEW - 1)
        };
        let (twos, rest) = keys.as_chunks::<2>();
        let (outcome_twos, outcome_rest) = outcomes.as_chunks::<2>();
        for (keys, outcomes) in twos.iter().zip(outcome_twos) {
            counts[at(&keys[0], &outcomes[0])] += 1;
            others[at(&keys[1], &outcomes[1])] += 1;
        }
        for (key, outcome) in rest.iter().zip(outcome_rest) {
            counts[at(key, outcome)] += 1;
        }
        counts
            .iter_mut()
            .zip(others)
            .for_each(|(count, other)| *count += other);
        return;
    }
    for (key, outcome) in keys.iter().zip(outcomes) {
        let key: Local = (*key).into();
        counts[place(usize::from(key), usize::from(*outcome))] += 1;
    }
}
