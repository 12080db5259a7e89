//! What one thread finds in its segments.

use std::ops::ControlFlow;

use model::answer::Counts;

use crate::facets::Tally;
use crate::groups::Grouping;
use crate::histogram::Bars;
use crate::narrow::Narrowed;
use crate::page::{Best, PagePlan};
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

impl<'a> Part<'a> {
    /// Adds what another thread found.
    pub(super) fn join(&mut self, other: Part<'a>, page: Option<&PagePlan<'_>>) {
        if let Some(page) = page {
            self.best.join(other.best, page.wanted());
        }
        let counts = &mut self.counts;
        let totals = counts.by_tab.iter_mut().chain(&mut counts.by_outcome);
        let more = other.counts.by_tab.into_iter();
        let more = more.chain(other.counts.by_outcome);
        totals.zip(more).for_each(|(total, more)| *total += more);
        for (bar, more) in self.bars.iter_mut().zip(other.bars) {
            let counts = bar.iter_mut().zip(more);
            counts.for_each(|(count, more)| *count += more);
        }
        for (tally, more) in self.tallies.iter_mut().zip(other.tallies) {
            tally.join(more);
        }
        if let (Some(series), Some(more)) = (&mut self.series, other.series) {
            series.join(&more);
        }
        if let (Some(groups), Some(more)) = (&mut self.groups, other.groups) {
            groups.join(more);
        }
    }
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
