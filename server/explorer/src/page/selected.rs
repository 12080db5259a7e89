//! Rows of a segment that are meant, held so that those before any row are counted at once.

use std::ops::{ControlFlow, Range};

use crate::mask::WORD_ROWS;
use crate::narrow::{Block, Narrowed};
use crate::segment::Segment;

/// The rows of a segment that meet the conditions: a bit each at most.
pub(super) struct Selected<'a> {
    segment: &'a Segment,
    kind: Kind,
}

enum Kind {
    /// All of a stretch.
    All(Range<usize>),
    /// These, ascending.
    Listed(Vec<u16>),
    /// Those whose bit is set, the first of which is that of row `start`; and how many are set before each
    /// word and behind the last one.
    Bits {
        start: usize,
        words: Vec<u64>,
        before: Vec<u32>,
    },
}

impl<'a> Selected<'a> {
    /// The rows of a narrowed segment for which `keep` holds; without it, all of them.
    pub fn new(narrowed: &Narrowed<'a>, keep: Option<&dyn Fn(usize) -> bool>) -> Selected<'a> {
        let segment = narrowed.segment();
        let kind = match keep {
            Some(keep) => Kind::Listed(kept(narrowed, keep)),
            None => kind(narrowed),
        };
        Selected { segment, kind }
    }

    /// How many there are.
    pub fn count(&self) -> u64 {
        self.before(self.segment.rows())
    }

    /// Moments of the newest and the oldest row of the segment.
    pub fn span(&self) -> Option<(i64, i64)> {
        self.segment.span()
    }

    /// How many are not older than a moment.
    pub fn not_older(&self, moment: i64) -> u64 {
        self.before(self.segment.dates().from(moment))
    }

    /// How many stand before a row of the segment.
    fn before(&self, row: usize) -> u64 {
        match &self.kind {
            Kind::All(rows) => (row.clamp(rows.start, rows.end) - rows.start) as u64,
            Kind::Listed(rows) => rows.partition_point(|held| usize::from(*held) < row) as u64,
            Kind::Bits {
                start,
                words,
                before,
            } => {
                let bit = row.saturating_sub(*start);
                let (word, rest) = (bit / WORD_ROWS, bit % WORD_ROWS);
                let Some(bits) = words.get(word) else {
                    return before.last().copied().map_or(0, u64::from);
                };
                let below = bits & ((1 << rest) - 1);
                u64::from(before[word]) + u64::from(below.count_ones())
            }
        }
    }
}

fn kept(narrowed: &Narrowed<'_>, keep: &dyn Fn(usize) -> bool) -> Vec<u16> {
    let mut rows = Vec::new();
    narrowed.each(usize::MAX, |block| {
        block.each(|row| {
            if keep(row) {
                rows.extend(u16::try_from(row));
            }
        });
        ControlFlow::Continue(())
    });
    rows
}

fn kind(narrowed: &Narrowed<'_>) -> Kind {
    let stretch = narrowed.rows();
    let mut words = Vec::new();
    let mut other = None;
    narrowed.each(usize::MAX, |block| {
        match block {
            Block::All(rows) => other = Some(Kind::All(rows)),
            Block::Rows(rows) => other = Some(Kind::Listed(rows.to_vec())),
            Block::Masked(rows, mask) => {
                // Blocks begin at whole words; those of which no row is left do not come.
                words.resize((rows.start - stretch.start) / WORD_ROWS, 0);
                words.extend_from_slice(mask.words());
            }
        }
        ControlFlow::Continue(())
    });
    other.unwrap_or_else(|| {
        let mut before = vec![0];
        let mut count = 0;
        for word in &words {
            count += word.count_ones();
            before.push(count);
        }
        Kind::Bits {
            start: stretch.start,
            words,
            before,
        }
    })
}

/// The moment of the row that so many stand before, with how many rows stand before the first one of that
/// moment; `None` when there are no more rows than that.
pub(super) fn moment_of(
    selected: &[Selected<'_>],
    skip: u64,
    is_oldest_first: bool,
) -> Option<(i64, u64)> {
    let count: u64 = selected.iter().map(Selected::count).sum();
    if skip >= count {
        return None;
    }
    let not_older = |moment: i64| -> u64 { selected.iter().map(|one| one.not_older(moment)).sum() };
    // From the other end the same row is the one that so many stand before.
    let place = if is_oldest_first {
        count - 1 - skip
    } else {
        skip
    };
    let spans = || selected.iter().filter_map(Selected::span);
    let (mut low, mut high) = (
        spans().map(|(_, oldest)| oldest).min()?,
        spans().map(|(newest, _)| newest).max()?,
    );
    // The newest moment with more rows up to it than stand before the wanted one.
    while low < high {
        let middle = low + (high - low) / 2 + (high - low) % 2;
        if not_older(middle) > place {
            low = middle;
        } else {
            high = middle - 1;
        }
    }
    let before = if is_oldest_first {
        count - not_older(low)
    } else {
        not_older(low.saturating_add(1))
    };
    Some((low, before))
}
