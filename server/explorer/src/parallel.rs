//! Work on all cores, where there is enough of it.

use std::num::NonZeroUsize;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

/// With fewer rows, starting a thread takes longer than the work.
const FEWEST_ROWS: usize = 200_000;

/// Folds the work on each item into a value, on as many threads as there are cores when there are
/// rows enough, and gives the values of the threads. Items are begun in their order.
pub(crate) fn fold<I: Sync, T: Send>(
    items: &[I],
    rows: usize,
    start: impl Fn() -> T + Sync,
    work: impl Fn(&mut T, &I) + Sync,
) -> Vec<T> {
    let next = AtomicUsize::new(0);
    let one = || {
        let mut done = start();
        while let Some(item) = items.get(next.fetch_add(1, Ordering::Relaxed)) {
            work(&mut done, item);
        }
        done
    };
    let others = if rows < FEWEST_ROWS {
        0
    } else {
        // Asked for only here: finding out reads files.
        let cores = thread::available_parallelism().map_or(1, NonZeroUsize::get);
        cores.min(items.len()).saturating_sub(1)
    };
    if others == 0 {
        return vec![one()];
    }
    thread::scope(|scope| {
        let threads: Vec<_> = (0..others).map(|_| scope.spawn(one)).collect();
        let mut done = vec![one()];
        for thread in threads {
            match thread.join() {
                Ok(part) => done.push(part),
                Err(panic) => std::panic::resume_unwind(panic),
            }
        }
        done
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn everything_is_folded_once() {
        let items: Vec<usize> = (1..=300).collect();
        for rows in [1, 1_000_000] {
            let parts = fold(&items, rows, || 0, |total, item| *total += item);
            assert_eq!(parts.into_iter().sum::<usize>(), 45_150);
        }
    }
}
