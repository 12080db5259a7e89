//! Work on all cores, where there is enough of it.

use std::num::NonZeroUsize;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError};
use std::thread;

/// With fewer rows, starting threads takes longer than the work.
const FEWEST_ROWS: usize = 200_000;

/// Folds the work on each item into one value, on as many threads as there are cores when the items
/// have rows enough in all. The order in which items are folded is not fixed.
pub(crate) fn fold<I: Sync, T: Default + Send>(
    items: &[I],
    rows: impl Fn(&I) -> usize,
    work: impl Fn(&mut T, &I) + Sync,
    mut join: impl FnMut(&mut T, T) + Send,
) -> T {
    let threads = thread::available_parallelism().map_or(1, NonZeroUsize::get);
    let threads = threads.min(items.len());
    if threads < 2 || items.iter().map(rows).sum::<usize>() < FEWEST_ROWS {
        let mut done = T::default();
        items.iter().for_each(|item| work(&mut done, item));
        return done;
    }
    let next = AtomicUsize::new(0);
    let one = || {
        let mut done = T::default();
        while let Some(item) = items.get(next.fetch_add(1, Ordering::Relaxed)) {
            work(&mut done, item);
        }
        done
    };
    let all = Mutex::new((T::default(), &mut join));
    thread::scope(|scope| {
        for _ in 0..threads {
            scope.spawn(|| {
                let done = one();
                let mut all = all.lock().unwrap_or_else(PoisonError::into_inner);
                let (total, join) = &mut *all;
                join(total, done);
            });
        }
    });
    all.into_inner().unwrap_or_else(PoisonError::into_inner).0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn everything_is_folded_once() {
        let items: Vec<usize> = (1..=300).collect();
        for rows in [1, 1_000] {
            let total = fold(
                &items,
                |_| rows,
                |total: &mut usize, item| *total += item,
                |total, part| *total += part,
            );
            assert_eq!(total, 45_150);
        }
    }
}
