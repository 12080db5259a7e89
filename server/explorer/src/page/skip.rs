//! Where a page begins that so many rows come before: they are counted, segment by segment, and none of them
//! is put together.

use std::ops::ControlFlow;

use super::best::Key;
use super::ranked::Ranked;
use super::selected::{Selected, moment_of};
use super::{PagePlan, Place};
use crate::codes::Local;
use crate::dictionary::Code;
use crate::narrow::Narrowed;
use crate::order::Order;
use crate::parallel;
use crate::segment::Segment;

/// The first rows that may be on a page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Begin {
    /// Those with this key and date, and all behind them; so many of these come before the page.
    At {
        key: Key,
        /// As in [`super::Candidate`].
        date: i64,
        rest: usize,
    },
    /// None: there are no more rows than come before the page.
    Nowhere,
}

/// How the rows of a segment are got at, which are asked for.
pub(crate) trait Narrow<'a>: Fn(usize, &'a Segment) -> Option<Narrowed<'a>> + Sync {}

impl<'a, F: Fn(usize, &'a Segment) -> Option<Narrowed<'a>> + Sync> Narrow<'a> for F {}

/// The segments with their places in the view, and how their rows are got at.
pub(crate) struct Searched<'s, 'a, N> {
    pub segments: &'s [(usize, &'a Segment)],
    pub narrow: N,
}

impl<'a, N: Narrow<'a>> Searched<'_, 'a, N> {
    fn fold<T: Send>(
        &self,
        start: impl Fn() -> T + Sync,
        add: impl Fn(&mut T, &Narrowed<'a>) + Sync,
    ) -> Vec<T> {
        let rows = self.segments.iter().map(|(_, segment)| segment.rows());
        parallel::fold(
            self.segments,
            rows.sum(),
            start,
            |found, (place, segment)| {
                if let Some(narrowed) = (self.narrow)(*place, segment) {
                    add(found, &narrowed);
                }
            },
        )
    }
}

impl<'a> PagePlan<'a> {
    /// Whether rows are passed over, so that it has to be found out where the page begins.
    pub fn is_skipping(&self) -> bool {
        self.skip > 0
    }

    /// The same plan for a page that begins there.
    #[must_use]
    pub fn from(mut self, begin: Begin) -> PagePlan<'a> {
        self.begin = Some(begin);
        self
    }

    /// Rows of the key and moment with which the page begins that come before it.
    pub(super) fn rest(&self) -> usize {
        match &self.begin {
            Some(Begin::At { rest, .. }) => *rest,
            _ => 0,
        }
    }

    /// The first moment, in microseconds, that is not too old for the page.
    pub fn too_old(&self) -> Option<i64> {
        self.begin_date().filter(|_| self.is_oldest_first())
    }

    pub(super) fn begin_date(&self) -> Option<i64> {
        match &self.begin {
            Some(Begin::At { date, .. }) => Some(*date),
            _ => None,
        }
    }

    /// Where the page begins, when rows are to be passed over.
    pub fn beginning<N: Narrow<'a>>(&self, searched: &Searched<'_, 'a, N>) -> Begin {
        let skip = self.skip as u64;
        let found = match (self.place, self.order) {
            (Place::Coded(index), Some(order)) => self.at_value(searched, index, order, skip),
            (Place::Identifier(index), _) => self.at_identifier(searched, index, skip),
            _ => {
                let selected = self.selected(searched, |_, narrowed| Some(narrowed.clone()));
                self.at_date(Key::Place(0), &selected, skip)
            }
        };
        found.unwrap_or(Begin::Nowhere)
    }

    fn at_date(&self, key: Key, selected: &[Selected<'_>], skip: u64) -> Option<Begin> {
        let (moment, before) = moment_of(selected, skip, self.is_oldest_first())?;
        Some(Begin::At {
            key,
            date: self.turned(moment),
            rest: usize::try_from(skip - before).ok()?,
        })
    }

    /// The rows that come behind the query's cursor, of those that `of` picks out of a segment.
    fn selected<N: Narrow<'a>>(
        &self,
        searched: &Searched<'_, 'a, N>,
        of: impl Fn(&PagePlan<'a>, &Narrowed<'a>) -> Option<Narrowed<'a>> + Sync,
    ) -> Vec<Selected<'a>> {
        let parts = searched.fold(Vec::new, |found: &mut Vec<_>, narrowed| {
            let Some(narrowed) = of(self, narrowed) else {
                return;
            };
            let segment = narrowed.segment();
            let is_behind = |row: usize| self.is_behind(|| self.key(segment, row), segment, row);
            let keep: Option<&dyn Fn(usize) -> bool> = match self.after {
                Some(_) => Some(&is_behind),
                None => None,
            };
            found.push(Selected::new(&narrowed, keep));
        });
        parts.into_iter().flatten().collect()
    }

    /// The key of one row, as cursors have it.
    fn key(&self, segment: &Segment, row: usize) -> Key {
        match (self.place, self.order) {
            (Place::Coded(index), Some(order)) => {
                Key::Place(self.key_of(segment.column(index).shared(row), order))
            }
            (Place::Identifier(index), _) => {
                let column = segment.column(index);
                let value = column.value(row, self.view.dictionary(index));
                Key::Text(value.as_text().map(str::to_owned), self.sort.descending)
            }
            _ => Key::Place(0),
        }
    }

    /// Adds one for each row, under its code.
    fn tally(&self, narrowed: &Narrowed<'a>, index: usize) -> Vec<u32> {
        let segment = narrowed.segment();
        let column = segment.column(index);
        let codes = column.rows.codes();
        let mut counts = vec![0; column.values.len().max(1)];
        narrowed.each(usize::MAX, |block| {
            if self.after.is_none() {
                block.tally(codes, &mut counts);
            } else {
                block.each(|row| {
                    let is_behind = self.is_behind(|| self.key(segment, row), segment, row);
                    counts[usize::from(codes.at(row))] += u32::from(is_behind);
                });
            }
            ControlFlow::Continue(())
        });
        counts
    }

    fn at_value<N: Narrow<'a>>(
        &self,
        searched: &Searched<'_, 'a, N>,
        index: usize,
        order: &'a Order,
        skip: u64,
    ) -> Option<Begin> {
        let values = order.codes().len();
        // By place in the order; the last is that of no value.
        let start = || vec![0u64; values + 1];
        let parts = searched.fold(start, |counts, narrowed| {
            let held = narrowed.segment().column(index).values.shared();
            for (code, count) in held.iter().zip(self.tally(narrowed, index)) {
                let place = order.place(*code) as usize;
                counts[place.min(values)] += u64::from(count);
            }
        });
        let count_at = |place: usize| parts.iter().map(|counts| counts[place]).sum::<u64>();
        let turned = (0..values).map(|place| match self.sort.descending {
            true => values - 1 - place,
            false => place,
        });
        let mut before = 0;
        let place = turned.chain([values]).find(|place| {
            let count = count_at(*place);
            let is_there = before + count > skip;
            before += if is_there { 0 } else { count };
            is_there
        })?;
        let code: Code = order.codes().get(place).copied().unwrap_or_default();
        let selected = self.selected(searched, |_, narrowed| {
            let column = narrowed.segment().column(index);
            let local = column.values.local(code)?;
            narrowed.and(&column.rows, vec![local], column.values.len())
        });
        self.at_date(
            Key::Place(self.key_of(code, order)),
            &selected,
            skip - before,
        )
    }

    fn at_identifier<N: Narrow<'a>>(
        &self,
        searched: &Searched<'_, 'a, N>,
        index: usize,
        skip: u64,
    ) -> Option<Begin> {
        let parts = searched.fold(Vec::new, |found: &mut Vec<_>, narrowed| {
            let counts = self.tally(narrowed, index);
            found.extend(Ranked::new(narrowed.segment().column(index), counts));
        });
        let ranked: Vec<Ranked<'_>> = parts.into_iter().flatten().collect();
        let (text, before) = super::ranked::at(&ranked, skip, self.sort.descending)?;
        let selected = self.selected(searched, |_, narrowed| {
            let column = narrowed.segment().column(index);
            let local: Local = match &text {
                Some(text) => super::ranked::local(column, text)?,
                None => 0,
            };
            narrowed.and(&column.rows, vec![local], column.values.len())
        });
        let key = Key::Text(text, self.sort.descending);
        self.at_date(key, &selected, skip - before)
    }
}
