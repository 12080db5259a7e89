//! The page: the rows that come first in an order.

mod best;
mod ranked;
mod selected;
mod skip;
#[cfg(test)]
mod tests;

use std::ops::ControlFlow;

use chrono::DateTime;
use model::Value;
use model::answer::{Page, Row};
use model::ask::PageAsk;
use model::query::{Cursor, Query, Sort};

use crate::codes::{Coded, Local};
use crate::dictionary::Code;
use crate::layout::{Layout, Place};
use crate::narrow::{Block, Narrowed};
use crate::order::{self, Order};
use crate::segment::{Segment, Values};
use crate::view::View;

use self::best::Key;
pub(crate) use self::best::{Best, Candidate};
use self::skip::Begin;
pub(crate) use self::skip::Searched;

/// More values than these are not sorted for each segment.
const MOST_SORTED: usize = 4_096;

/// What is looked for.
pub(crate) struct PagePlan<'a> {
    view: &'a View,
    sort: Sort,
    place: Place,
    order: Option<&'a Order>,
    after: Option<After>,
    limit: usize,
    skip: usize,
    /// Where the page begins, once the rows that are passed over were counted.
    begin: Option<Begin>,
}

/// Where the page begins: behind this row.
struct After {
    key: Key,
    /// As in [`Candidate`].
    date: i64,
    request_id: String,
}

impl<'a> PagePlan<'a> {
    pub fn new(view: &'a View, query: &Query, ask: &PageAsk) -> PagePlan<'a> {
        let sort = query.sort;
        let place = Layout::get().place(sort.column);
        let order = match place {
            Place::Coded(index) => Some(view.orders(index).by_value(view.dictionary(index))),
            _ => None,
        };
        let mut plan = PagePlan {
            view,
            sort,
            place,
            order,
            after: None,
            limit: ask.limit,
            skip: ask.skip,
            begin: None,
        };
        plan.after = query.after.as_ref().map(|cursor| plan.after(cursor));
        plan
    }

    /// One more than asked for tells whether there is a next page.
    pub fn wanted(&self) -> usize {
        self.limit.saturating_add(1).saturating_add(self.rest())
    }

    /// Whether rows are in the order of the page already, in each segment.
    pub fn is_newest_first(&self) -> bool {
        self.place == Place::Date && self.sort.descending
    }

    /// Whether the oldest come first.
    pub fn is_oldest_first(&self) -> bool {
        self.place == Place::Date && !self.sort.descending
    }

    /// The first moment, in microseconds, that is too new for the page, which begins behind a row.
    pub fn too_new(&self) -> Option<i64> {
        let after = self.after.as_ref().map(|after| after.date);
        let dates = [after, self.begin_date()].into_iter().flatten();
        let newest = dates.max().filter(|_| self.is_newest_first())?;
        Some(newest.saturating_neg().saturating_add(1))
    }

    fn turned(&self, micros: i64) -> i64 {
        if self.is_oldest_first() {
            micros
        } else {
            micros.saturating_neg()
        }
    }

    fn after(&self, cursor: &Cursor) -> After {
        let value = cursor.sort_value.clone().unwrap_or_default();
        let key = match (self.place, self.order) {
            (_, _) if matches!(self.place, Place::Date | Place::Nowhere) => Key::Place(0),
            (Place::Coded(_), Some(_)) if value.is_empty() => Key::Place(u64::MAX),
            (Place::Coded(index), Some(order)) => {
                let place = order::double_place(order, self.view.dictionary(index), &value);
                Key::Place(self.turned_place(place, order))
            }
            _ => Key::Text(value.as_text().map(str::to_owned), self.sort.descending),
        };
        After {
            key,
            date: self.turned(cursor.date_micros),
            request_id: cursor.request_id.clone(),
        }
    }

    /// Places count double, so that what a cursor names may lie between two.
    fn turned_place(&self, double: u64, order: &Order) -> u64 {
        if self.sort.descending {
            2 * order.codes().len() as u64 + 1 - double
        } else {
            double
        }
    }

    fn key_of(&self, code: Code, order: &Order) -> u64 {
        match order.place(code) {
            u32::MAX => u64::MAX,
            place => self.turned_place(2 * u64::from(place) + 1, order),
        }
    }

    /// The key of each local code of a segment: for identifiers one that holds within it alone.
    fn keys(&self, segment: &Segment) -> Option<Vec<u64>> {
        match self.place {
            Place::Date | Place::Nowhere => None,
            Place::Coded(index) => {
                let order = self.order?;
                let codes = segment.column(index).values.shared().iter();
                Some(codes.map(|code| self.key_of(*code, order)).collect())
            }
            Place::Identifier(index) => {
                let Values::Own(identifiers) = &segment.column(index).values else {
                    return None;
                };
                let codes = identifiers.codes();
                let mut keys: Vec<u64> = (0..codes as u64).collect();
                if let Some(ordered) = identifiers.ordered() {
                    for (place, code) in (1..).zip(ordered) {
                        keys[usize::from(code)] = place;
                    }
                }
                if self.sort.descending {
                    keys.iter_mut().for_each(|key| *key = codes as u64 - *key);
                }
                keys[0] = u64::MAX;
                Some(keys)
            }
        }
    }

    /// Whether a segment may have rows that are better than all so far.
    pub fn may_help(&self, segment: &Segment, best: &Best<'_>) -> bool {
        let (Some((_, bound)), Some((newest, oldest))) = (&best.bound, segment.span()) else {
            return true;
        };
        match self.place {
            Place::Date if self.sort.descending => self.turned(newest) <= *bound,
            Place::Date => self.turned(oldest) <= *bound,
            _ => true,
        }
    }

    /// Looks at the rows of a segment.
    pub fn visit<'b>(&self, narrowed: &Narrowed<'b>, best: &mut Best<'b>) {
        let segment = narrowed.segment();
        if !self.may_help(segment, best) || narrowed.is_empty() {
            return;
        }
        let (keys, index) = match self.place {
            Place::Coded(index) | Place::Identifier(index) => (self.keys(segment), index),
            Place::Date | Place::Nowhere => (None, 0),
        };
        let Some(keys) = keys else {
            return self.visit_by_date(narrowed, best);
        };
        let codes = segment.column(index).rows.codes();
        if matches!(self.place, Place::Coded(_)) {
            let column = segment.column(index);
            let worst = self.worst_key(&keys, narrowed, &column.rows, best);
            let least = match &self.begin {
                Some(Begin::At {
                    key: Key::Place(key),
                    ..
                }) => *key,
                _ => 0,
            };
            let wanted = (0..=Local::MAX)
                .zip(&keys)
                .filter(|(_, key)| (least..=worst).contains(*key));
            let wanted: Vec<Local> = wanted.map(|(code, _)| code).collect();
            let Some(narrowed) = narrowed.and(&column.rows, wanted, keys.len()) else {
                return;
            };
            narrowed.each(usize::MAX, |block| {
                block.each(|row| {
                    let key = keys[usize::from(codes.at(row))];
                    let is_better = match best.bound {
                        Some((Key::Place(bound), date)) => {
                            key < bound || key == bound && self.turned(segment.date(row)) <= date
                        }
                        _ => true,
                    };
                    if is_better && self.is_behind(|| Key::Place(key), segment, row) {
                        best.push(self.candidate(Key::Place(key), segment, row), self.wanted());
                    }
                });
                ControlFlow::Continue(())
            });
        } else {
            // Keys of identifiers hold within a segment: its own best are then told by their texts.
            let mut own = Best::default();
            let text = |code: Local| match &segment.column(index).values {
                Values::Own(identifiers) => identifiers.with(code, |text| text.map(str::to_owned)),
                Values::Shared(_) => None,
            };
            narrowed.each(usize::MAX, |block| {
                block.each(|row| {
                    let key = keys[usize::from(codes.at(row))];
                    if matches!(own.bound, Some((Key::Place(bound), _)) if key > bound) {
                        return;
                    }
                    let standing = || Key::Text(text(codes.at(row)), self.sort.descending);
                    if self.is_behind(standing, segment, row) {
                        own.push(self.candidate(Key::Place(key), segment, row), self.wanted());
                    }
                });
                ControlFlow::Continue(())
            });
            for candidate in own.candidates {
                let code = codes.at(usize::from(candidate.row));
                let key = Key::Text(text(code), self.sort.descending);
                best.push(Candidate { key, ..candidate }, self.wanted());
            }
        }
    }

    /// The greatest key that a row on the page can have, as far as that is known.
    fn worst_key(
        &self,
        keys: &[u64],
        narrowed: &Narrowed<'_>,
        rows: &Coded,
        best: &Best<'_>,
    ) -> u64 {
        let bound = match best.bound {
            Some((Key::Place(bound), _)) => bound,
            _ => u64::MAX,
        };
        // Rows before the page's beginning do not fill it.
        if self.after.is_some()
            || self.begin.is_some()
            || !narrowed.is_whole()
            || keys.len() > MOST_SORTED
        {
            return bound;
        }
        // So many rows have no greater key that these alone fill the page.
        let mut counted: Vec<(u64, u32)> = (0..=Local::MAX)
            .zip(keys)
            .map(|(code, key)| (*key, rows.count(code).unwrap_or_default()))
            .collect();
        counted.sort_unstable();
        let mut before = 0;
        for (key, count) in counted {
            before += count as usize;
            if before >= self.wanted() {
                return bound.min(key);
            }
        }
        bound
    }

    fn visit_by_date<'b>(&self, narrowed: &Narrowed<'b>, best: &mut Best<'b>) {
        let segment = narrowed.segment();
        if self.is_oldest_first() {
            // The blocks come newest first: only the last rows of all can be on the page.
            let mut rows: Vec<usize> = Vec::new();
            narrowed.each(usize::MAX, |block| {
                block.each(|row| rows.push(row));
                ControlFlow::Continue(())
            });
            let mut taken = 0;
            let mut last = None;
            for row in rows.into_iter().rev() {
                // Rows of one moment are in the order of their IDs, which does not turn.
                let date = segment.date(row);
                if taken >= self.wanted() && last != Some(date) {
                    break;
                }
                last = Some(date);
                taken += usize::from(self.offer(best, segment, row));
            }
        } else {
            let mut taken = 0;
            narrowed.each(256, |block| self.take(&block, segment, best, &mut taken));
        }
        best.settle_in_order(self.wanted());
    }

    /// Takes rows that come newest first, until there are as many as a page can have.
    fn take<'b>(
        &self,
        block: &Block<'_>,
        segment: &'b Segment,
        best: &mut Best<'b>,
        taken: &mut usize,
    ) -> ControlFlow<()> {
        let is_beyond = |best: &Best<'_>, row| {
            best.bound
                .as_ref()
                .is_some_and(|(_, bound)| self.turned(segment.date(row)) > *bound)
        };
        if *taken >= self.wanted() || is_beyond(best, block.first()) {
            return ControlFlow::Break(());
        }
        let mut one = |row: usize| {
            if *taken < self.wanted() && !is_beyond(best, row) {
                *taken += usize::from(self.offer(best, segment, row));
            }
        };
        match block {
            Block::All(rows) => {
                for row in rows.clone() {
                    if *taken >= self.wanted() || is_beyond(best, row) {
                        return ControlFlow::Break(());
                    }
                    *taken += usize::from(self.offer(best, segment, row));
                }
            }
            _ => block.each(&mut one),
        }
        ControlFlow::Continue(())
    }

    fn candidate<'b>(&self, key: Key, segment: &'b Segment, row: usize) -> Candidate<'b> {
        let date = self.turned(segment.date(row));
        Candidate {
            key,
            date,
            segment,
            row: u16::try_from(row).unwrap_or(u16::MAX),
        }
    }

    /// Takes a row of a page by date, unless it comes before the page.
    fn offer<'b>(&self, best: &mut Best<'b>, segment: &'b Segment, row: usize) -> bool {
        if !self.is_behind(|| Key::Place(0), segment, row) {
            return false;
        }
        best.candidates
            .push(self.candidate(Key::Place(0), segment, row));
        true
    }

    fn is_behind(&self, key: impl Fn() -> Key, segment: &Segment, row: usize) -> bool {
        let has_begun = match &self.begin {
            None => true,
            Some(Begin::At {
                key: first, date, ..
            }) => {
                let by_key = key().cmp(first);
                by_key
                    .then_with(|| self.turned(segment.date(row)).cmp(date))
                    .is_ge()
            }
            Some(Begin::Nowhere) => false,
        };
        let Some(after) = self.after.as_ref().filter(|_| has_begun) else {
            return has_begun;
        };
        let by_key = key().cmp(&after.key);
        let by_date = by_key.then_with(|| self.turned(segment.date(row)).cmp(&after.date));
        by_date
            .then_with(|| segment.compare_request_id(row, &after.request_id))
            .is_gt()
    }

    /// Whether the best are all that the page can have, with segments from here on, of which the first
    /// has the nearest row.
    pub fn is_done(&self, best: &Best<'_>, mut rest: impl Iterator<Item = &'a Segment>) -> bool {
        self.place == Place::Date
            && best.bound.is_some()
            && !rest
                .next()
                .is_some_and(|segment| self.may_help(segment, best))
    }

    /// The rows of the page in their order, and whether there are more behind.
    pub fn chosen<'b>(&self, mut best: Best<'b>) -> (Vec<Candidate<'b>>, bool) {
        best.candidates.sort();
        best.candidates
            .drain(..self.rest().min(best.candidates.len()));
        let more = best.candidates.len() > self.limit;
        best.candidates.truncate(self.limit);
        (best.candidates, more)
    }

    /// The page.
    pub fn page(&self, best: Best<'_>, ask: &PageAsk) -> Page {
        let (candidates, more) = self.chosen(best);
        let value = |candidate: &Candidate<'_>, place: Place| {
            let row = usize::from(candidate.row);
            match place {
                Place::Date => DateTime::from_timestamp_micros(candidate.segment.date(row))
                    .map_or(Value::Empty, Value::Instant),
                Place::Coded(index) | Place::Identifier(index) => candidate
                    .segment
                    .column(index)
                    .value(row, self.view.dictionary(index)),
                Place::Nowhere => Value::Empty,
            }
        };
        let next = candidates.last().filter(|_| more).map(|last| Cursor {
            sort_value: (self.place != Place::Date).then(|| value(last, self.place)),
            date_micros: last.segment.date(usize::from(last.row)),
            request_id: last.segment.request_id(usize::from(last.row)),
        });
        let places: Vec<Place> = ask
            .columns
            .iter()
            .map(|column| Layout::get().place(column))
            .collect();
        let rows = candidates.iter().map(|candidate| {
            let row = usize::from(candidate.row);
            Row {
                date: DateTime::from_timestamp_micros(candidate.segment.date(row))
                    .unwrap_or_default(),
                values: Vec::with_capacity(places.len()),
                request_id: candidate.segment.request_id(row),
            }
        });
        let mut rows: Vec<Row> = rows.collect();
        for place in places {
            match place {
                // Column by column: reads of rows that lie far apart then do not wait for each other.
                Place::Coded(index) => {
                    let code = |candidate: &Candidate<'_>| {
                        let column = candidate.segment.column(index);
                        column.shared(usize::from(candidate.row))
                    };
                    let codes: Vec<Code> = candidates.iter().map(code).collect();
                    let dictionary = self.view.dictionary(index);
                    for (row, code) in rows.iter_mut().zip(codes) {
                        row.values.push(dictionary.value(code));
                    }
                }
                _ => {
                    for (row, candidate) in rows.iter_mut().zip(&candidates) {
                        row.values.push(value(candidate, place));
                    }
                }
            }
        }
        Page { rows, next }
    }
}
