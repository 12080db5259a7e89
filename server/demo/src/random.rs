//! Small, fast and repeatable random numbers.
//!
//! Every row draws from its own generator, seeded by (seed, stream, number), so that any row can be
//! made without making the rows before it. The step is splitmix64 (Steele, Lea, Flood 2014).

use crate::guid::Guid;

const GOLDEN: u64 = 0x9E37_79B9_7F4A_7C15;

/// Purposes that must not share their random numbers, so that a change to one leaves the others.
#[derive(Clone, Copy)]
pub(crate) enum Stream {
    People = 1,
    Applications,
    Moment,
    Episode,
    Row,
    Correlation,
    Session,
    Address,
    Story,
    Request,
    Groups,
    Registrations,
}

/// A bijection on 64 bits that leaves no visible relation between input and output.
pub(crate) fn mix(value: u64) -> u64 {
    let mut mixed = value.wrapping_add(GOLDEN);
    mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    mixed ^ (mixed >> 31)
}

/// The start of a stream's numbers for one thing.
pub(crate) fn hash(seed: u64, stream: Stream, number: u64) -> u64 {
    mix(mix(seed ^ mix(stream as u64)) ^ mix(number.wrapping_mul(GOLDEN)))
}

/// A generator of random numbers.
pub(crate) struct Random {
    state: u64,
}

impl Random {
    pub(crate) fn new(seed: u64, stream: Stream, number: u64) -> Self {
        Self {
            state: hash(seed, stream, number),
        }
    }

    pub(crate) fn bits(&mut self) -> u64 {
        let value = mix(self.state);
        self.state = self.state.wrapping_add(GOLDEN);
        value
    }

    /// A number in `0..limit`; 0 when the limit is 0.
    pub(crate) fn below(&mut self, limit: usize) -> usize {
        ((u128::from(self.bits()) * limit as u128) >> 64) as usize
    }

    /// A number in `from..=to`.
    pub(crate) fn between(&mut self, from: i64, to: i64) -> i64 {
        from + self.below((to - from + 1).max(1) as usize) as i64
    }

    /// A fraction in `0.0..1.0`.
    pub(crate) fn unit(&mut self) -> f64 {
        fraction(self.bits())
    }

    /// True with the given probability.
    pub(crate) fn chance(&mut self, probability: f64) -> bool {
        self.unit() < probability
    }

    /// One of the items, all equally likely. The slice must not be empty.
    pub(crate) fn pick<'items, T>(&mut self, items: &'items [T]) -> &'items T {
        &items[self.below(items.len())]
    }

    /// An item chosen by its weight. The slice must not be empty.
    pub(crate) fn weighted<'items, T>(&mut self, items: &'items [(u32, T)]) -> &'items T {
        let total: u32 = items.iter().map(|(weight, _)| weight).sum();
        let mut rest = self.below(total as usize) as u32;
        for (weight, item) in items {
            if rest < *weight {
                return item;
            }
            rest -= weight;
        }
        &items[items.len() - 1].1
    }

    /// An index into a table of running totals.
    pub(crate) fn by_totals(&mut self, totals: &[u32]) -> usize {
        let end = totals.last().copied().unwrap_or(0);
        let value = self.below(end as usize) as u32;
        totals.partition_point(|total| *total <= value)
    }

    pub(crate) fn guid(&mut self) -> Guid {
        Guid::random(self.bits(), self.bits())
    }
}

/// The top 53 bits as a fraction in `0.0..1.0`.
pub(crate) fn fraction(bits: u64) -> f64 {
    (bits >> 11) as f64 / (1u64 << 53) as f64
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_repeat_and_streams_differ() {
        let draw = |stream| Random::new(5, stream, 9).bits();
        assert_eq!(draw(Stream::Row), draw(Stream::Row));
        assert_ne!(draw(Stream::Row), draw(Stream::Moment));
    }

    #[test]
    fn weights_are_respected() {
        let mut random = Random::new(1, Stream::Row, 1);
        let heavy = (0..10_000)
            .filter(|_| *random.weighted(&[(1, 'a'), (9, 'b')]) == 'b')
            .count();
        assert!((8_800..9_200).contains(&heavy), "{heavy}");
        let mut counts = [0; 3];
        for _ in 0..3_000 {
            counts[random.by_totals(&[1, 1, 3])] += 1;
        }
        assert_eq!(counts[1], 0);
        assert!(counts[2] > counts[0]);
    }
}
