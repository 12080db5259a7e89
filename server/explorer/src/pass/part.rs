//! What one thread finds in its segments.

use std::ops::ControlFlow;

use model::answer::Counts;

use crate::facets::Tally;
use crate::groups::Grouping;
use crate::histogram::Bars;
use crate::narrow::Narrowed;
use crate::page::Best;
use crate::series::Charting;

/// What one thread found.
pub(super) struct Part<'a> {
    pub(super) best: Best<'a>,
    pub(super) counts: Counts,
    pub(super) bars: Bars,
    pub(super) tallies: Vec<Tally>,
    pub(super) series: Option<Charting<'a>>,
    pub(super) groups: Option<Grouping<'a>>,
}

/// How many rows there are.
pub(super) fn count(narrowed: &Narrowed<'_>) -> u64 {
    narrowed.known_count().unwrap_or_else(|| {
        let mut count = 0;
        narrowed.each(usize::MAX, |block| {
            count += block.count();
            ControlFlow::Continue(())
        });
        count
    })
}

/// Counts the values of some columns.
pub(super) fn tally(part: &mut Part<'_>, columns: &[usize], narrowed: &Narrowed<'_>) {
    let segment = narrowed.segment();
    for column in columns {
        let tally = &mut part.tallies[*column];
        tally.begin(narrowed);
        narrowed.each(usize::MAX, |block| {
            tally.add(segment, &block);
            ControlFlow::Continue(())
        });
        tally.end(segment);
    }
}
