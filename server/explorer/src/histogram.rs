//! When sign-ins happened, and what became of them.

use std::ops::Range;

use model::answer::Bucket;
use model::ask::HistogramAsk;

use crate::narrow::Block;
use crate::outcome::OutcomesOf;
use crate::segment::Segment;

/// Rows, and of these success, failure and interrupted, for each bucket.
pub(crate) type Bars = Vec<[u64; 4]>;

/// The rows of a segment that lie in each bucket, newest bucket first; buckets without rows are left
/// out.
pub(crate) fn stretches(edges: &[i64], segment: &Segment) -> Vec<(usize, Range<usize>)> {
    let Some((newest, oldest)) = segment.span() else {
        return Vec::new();
    };
    // The bucket of a moment is the one before the first edge that is later.
    let first = edges
        .partition_point(|edge| *edge <= oldest)
        .saturating_sub(1);
    let last = edges.partition_point(|edge| *edge <= newest);
    if last == first + 1 && last < edges.len() && edges[first] <= oldest {
        // Most segments are of one day.
        return vec![(first, 0..segment.rows())];
    }
    let buckets = (first..last.min(edges.len().saturating_sub(1))).rev();
    let rows = buckets.map(|bucket| {
        let (from, to) = (edges[bucket], edges[bucket + 1]);
        (bucket, segment.dates().from(to)..segment.dates().from(from))
    });
    rows.filter(|(_, rows)| !rows.is_empty()).collect()
}

/// Counts a block into the buckets.
pub(crate) fn add(
    bars: &mut Bars,
    stretches: &[(usize, Range<usize>)],
    outcomes: &OutcomesOf<'_>,
    block: &Block<'_>,
) {
    let outcome = |bar: &mut [u64; 4], part: &Block<'_>| {
        bar[0] += part.count();
        for (count, code) in bar.iter_mut().skip(1).zip(outcomes.locals) {
            *count += code.map_or(0, |code| outcomes.count(part, code));
        }
    };
    match block {
        Block::All(rows) => {
            for (bucket, stretch) in stretches {
                let part = rows.start.max(stretch.start)..rows.end.min(stretch.end);
                if !part.is_empty() {
                    outcome(&mut bars[*bucket], &Block::All(part));
                }
            }
        }
        Block::Masked(rows, mask) => {
            let masked = |code: Option<_>| block.masked(outcomes.codes, code?);
            let of_outcome = outcomes.locals.map(masked);
            for (bucket, stretch) in stretches {
                let part = rows.start.max(stretch.start)..rows.end.min(stretch.end);
                if part.is_empty() {
                    continue;
                }
                let part = part.start - rows.start..part.end - rows.start;
                let bar = &mut bars[*bucket];
                bar[0] += mask.count_within(part.clone());
                for (count, mask) in bar.iter_mut().skip(1).zip(&of_outcome) {
                    *count += mask
                        .as_ref()
                        .map_or(0, |mask| mask.count_within(part.clone()));
                }
            }
        }
        Block::Rows(rows) => {
            for (bucket, stretch) in stretches {
                let from = rows.partition_point(|row| usize::from(*row) < stretch.start);
                let to = rows.partition_point(|row| usize::from(*row) < stretch.end);
                outcome(&mut bars[*bucket], &Block::Rows(&rows[from..to]));
            }
        }
    }
}

/// The buckets as they are told.
pub(crate) fn buckets(ask: &HistogramAsk, bars: &Bars) -> Vec<Bucket> {
    let edges = ask.edges_micros.windows(2).zip(bars);
    let bucket = |(edges, bar): (&[i64], &[u64; 4])| {
        let [rows, success, failure, interrupted] = *bar;
        Bucket {
            from_micros: edges[0],
            to_micros: edges[1],
            rows,
            by_outcome: [success, failure, interrupted],
        }
    };
    edges.map(bucket).collect()
}
