//! The most frequent of many.

use std::cmp::Ordering;

/// The most frequent keys out of very many, of which only these are kept; of equally frequent ones the
/// lesser come first.
pub(crate) struct Largest<K> {
    limit: usize,
    order: fn(&K, &K) -> Ordering,
    held: Vec<(K, u64)>,
    /// The last of them, once there are enough.
    worst: Option<(K, u64)>,
    offered: u64,
}

/// So many keys are held, or four times as many as are wanted, before those too many are let go.
const HELD: usize = 1_024;

impl<K: Clone> Largest<K> {
    pub fn new(limit: usize, order: fn(&K, &K) -> Ordering) -> Largest<K> {
        Largest {
            limit,
            order,
            held: Vec::new(),
            worst: None,
            offered: 0,
        }
    }

    /// Offers a key with its count. Each key is offered once.
    pub fn offer(&mut self, key: K, count: u64) {
        self.offered += 1;
        if let Some((worst, least)) = &self.worst {
            let by_count = least.cmp(&count);
            if by_count.then_with(|| (self.order)(&key, worst)).is_gt() {
                return;
            }
        }
        self.held.push((key, count));
        if self.held.len() >= HELD.max(self.limit.saturating_mul(4)) {
            self.settle();
        }
    }

    fn settle(&mut self) {
        self.held = first(std::mem::take(&mut self.held), self.limit, self.order);
        if self.held.len() == self.limit {
            self.worst = self.held.last().cloned();
        }
    }

    /// These keys with their counts, and how many were offered in all.
    pub fn told(mut self) -> (Vec<(K, u64)>, u64) {
        self.settle();
        (self.held, self.offered)
    }
}

/// The most frequent, at most so many; of equally frequent ones the lesser first.
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

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn the_largest_are_those_of_a_sort(counts in prop::collection::vec(0u64..9, 0..5_000), limit in 0usize..600) {
            // Keys in no order.
            let keyed = (0u32..).zip(&counts).map(|(number, count)| (number.wrapping_mul(2_654_435_761), *count));
            let mut largest = Largest::new(limit, u32::cmp);
            keyed.clone().for_each(|(key, count)| largest.offer(key, count));
            let mut sorted: Vec<(u32, u64)> = keyed.collect();
            sorted.sort_by(|left, right| right.1.cmp(&left.1).then(left.0.cmp(&right.0)));
            sorted.truncate(limit);
            prop_assert_eq!(largest.told(), (sorted, counts.len() as u64));
        }
    }
}
