//! Groups by one or two columns: how many sign-ins, what became of them, whose, from when to when.

mod key;
mod largest;
pub(crate) mod single;
#[cfg(test)]
mod tests;
mod whole;

use std::collections::{HashMap, HashSet};

use model::answer::{MOST_GROUP_USERS, MOST_GROUPS};
use model::ask::GroupAsk;

use crate::codes::Codes;
use crate::layout::{Layout, Place};
use crate::narrow::{Block, Narrowed};
use crate::outcome::OutcomesOf;
use crate::segment::Segment;
use crate::users::Users;
use crate::view::View;

use self::key::{Part, part};
use self::single::Single;

/// What is known of a group.
#[derive(Debug, Clone, Copy)]
struct Cell {
    /// Success, failure, interrupted, unknown. Memory for so many rows as this cannot count there is
    /// not.
    by_outcome: [u32; 4],
    newest: i64,
    oldest: i64,
}

const EMPTY: Cell = Cell {
    by_outcome: [0; 4],
    newest: i64::MIN,
    oldest: i64::MAX,
};

impl Cell {
    fn add(&mut self, other: &Cell) {
        self.by_outcome
            .iter_mut()
            .zip(other.by_outcome)
            .for_each(|(count, more)| *count += more);
        self.newest = self.newest.max(other.newest);
        self.oldest = self.oldest.min(other.oldest);
    }

    fn rows(&self) -> u64 {
        self.by_outcome.iter().copied().map(u64::from).sum()
    }
}

/// Groups that are being counted.
pub(crate) struct Grouping<'a> {
    ask: &'a GroupAsk,
    places: Vec<Place>,
    /// Numbers of groups by their key, where the number is not the shared code itself.
    numbers: HashMap<Vec<Part>, usize>,
    is_dense: bool,
    /// Whether there are too many to go on.
    is_too_many: bool,
    cells: Vec<Cell>,
    /// The same without moments, where these are not asked for and numbers are shared codes: there may be
    /// very many, and half the memory is twice as fast.
    counts: Vec<[u32; 4]>,
    users: Option<Users>,
    /// Rows of the segment that is looked at, where there is one key, and what can be told of it.
    single: Single,
    is_single: bool,
    /// Whether the segment knows the counts itself.
    is_known: bool,
    /// Groups of the segment that is looked at, in its own codes: cells of outcomes, by pair.
    local: Vec<[u32; 4]>,
    /// Its newest and oldest rows.
    spans: Vec<(u16, u16)>,
    /// Local numbers of pairs, where there are too many pairs for a table.
    pairs: HashMap<(u16, u16), usize>,
    pair_codes: Vec<(u16, u16)>,
    widths: [usize; 2],
}

/// More pairs of local codes are not held in a table.
const MOST_PAIRS: usize = 1 << 18;

impl<'a> Grouping<'a> {
    pub fn new(ask: &'a GroupAsk, view: &View) -> Grouping<'a> {
        let places: Vec<Place> = ask
            .by
            .iter()
            .map(|column| Layout::get().place(column))
            .collect();
        let dense = match places.as_slice() {
            [Place::Coded(index)] => Some(view.dictionary(*index).codes()),
            _ => None,
        };
        Grouping {
            ask,
            places,
            numbers: HashMap::new(),
            is_dense: dense.is_some(),
            is_too_many: false,
            cells: match dense {
                Some(groups) if ask.span => vec![EMPTY; groups],
                _ => Vec::new(),
            },
            counts: match dense {
                Some(groups) if !ask.span => vec![[0; 4]; groups],
                _ => Vec::new(),
            },
            users: ask
                .users
                .then(|| Users::new(dense, view.dictionary(Layout::get().user_id).codes())),
            single: Single::default(),
            is_single: false,
            is_known: false,
            local: Vec::new(),
            spans: Vec::new(),
            pairs: HashMap::new(),
            pair_codes: Vec::new(),
            widths: [1, 1],
        }
    }

    /// Begins with the rows of a segment.
    pub fn begin(&mut self, narrowed: &Narrowed<'_>, outcomes: &OutcomesOf<'_>) {
        let width = |place: Option<&Place>| match place {
            Some(Place::Coded(index) | Place::Identifier(index)) => {
                narrowed.segment().column(*index).values.len()
            }
            _ => 1,
        };
        self.widths = [width(self.places.first()), width(self.places.get(1))];
        self.local.clear();
        self.spans.clear();
        self.pairs.clear();
        self.pair_codes.clear();
        self.is_single = self.is_dense && single::fits(outcomes);
        let is_plain = !self.ask.span && self.users.is_none() && narrowed.is_whole();
        self.is_known = self.is_single
            && is_plain
            && (self.known(narrowed.segment()).is_some()
                || self.add_whole(narrowed.segment(), outcomes));
        if self.is_known {
            return;
        }
        if self.is_single {
            self.single.begin(self.widths[0], self.ask.span);
        } else if self.is_tabled() {
            let cells = self.widths[0] * self.widths[1];
            self.local.resize(cells, [0; 4]);
            self.spans.resize(cells, (u16::MAX, 0));
        }
    }

    /// Counts that a segment keeps.
    fn known<'s>(&self, segment: &'s Segment) -> Option<&'s [u32]> {
        match self.places.as_slice() {
            [Place::Coded(index)] => segment.by_outcome(*index),
            _ => None,
        }
    }

    /// Adds all rows of a segment at once, where it keeps what that takes.
    fn add_whole(&mut self, segment: &Segment, outcomes: &OutcomesOf<'_>) -> bool {
        let [Place::Coded(index)] = self.places.as_slice() else {
            return false;
        };
        let column = segment.column(*index);
        whole::add(
            &column.rows,
            column.values.shared(),
            outcomes,
            &mut self.counts,
        )
    }

    fn is_tabled(&self) -> bool {
        self.widths[0] * self.widths[1] <= MOST_PAIRS && !self.places.contains(&Place::Date)
    }

    /// Counts rows of that segment.
    pub fn add(&mut self, segment: &Segment, outcomes: &OutcomesOf<'_>, block: &Block<'_>) {
        if self.is_known || self.is_too_many {
            return;
        }
        if self.places.contains(&Place::Date) {
            return self.add_moments(segment, outcomes, block);
        }
        if let (true, [Place::Coded(index)]) = (self.is_single, self.places.as_slice()) {
            self.single
                .add(segment.column(*index).rows.codes(), outcomes, block);
        } else {
            self.add_pairs(segment, outcomes, block);
        }
        if self.users.is_some() {
            self.add_users(segment, block);
        }
    }

    fn add_pairs(&mut self, segment: &Segment, outcomes: &OutcomesOf<'_>, block: &Block<'_>) {
        let codes = |place: Option<&Place>| match place {
            Some(Place::Coded(index) | Place::Identifier(index)) => {
                Some(segment.column(*index).rows.codes())
            }
            _ => None,
        };
        let (first, second) = (codes(self.places.first()), codes(self.places.get(1)));
        let at = |codes: Option<&Codes>, row| codes.map_or(0, |codes| codes.at(row));
        let wants_span = self.ask.span;
        let (is_tabled, width) = (self.is_tabled(), self.widths[1]);
        block.each(|row| {
            let outcome = outcomes.of_row(row);
            let pair = (at(first, row), at(second, row));
            let cell = if is_tabled {
                usize::from(pair.0) * width + usize::from(pair.1)
            } else {
                let next = self.local.len();
                let cell = *self.pairs.entry(pair).or_insert(next);
                if cell == next {
                    self.local.push([0; 4]);
                    self.spans.push((u16::MAX, 0));
                    self.pair_codes.push(pair);
                }
                cell
            };
            self.local[cell][outcome] += 1;
            if wants_span {
                let row = u16::try_from(row).unwrap_or(u16::MAX);
                let span = &mut self.spans[cell];
                *span = (span.0.min(row), row);
            }
        });
    }

    fn add_users(&mut self, segment: &Segment, block: &Block<'_>) {
        let held = segment.column(Layout::get().user_id);
        let (codes, values) = (held.rows.codes(), held.values.shared());
        if let ([Place::Coded(index)], Some(Users::Table { .. })) =
            (self.places.as_slice(), &self.users)
        {
            let column = segment.column(*index);
            let (groups, numbers) = (column.rows.codes(), column.values.shared());
            if let Some(users) = &mut self.users {
                block.each(|row| {
                    let number = numbers[usize::from(groups.at(row))];
                    users.add(number as usize, values[usize::from(codes.at(row))]);
                });
            }
            return;
        }
        let mut seen: HashSet<((u16, u16), u16)> = HashSet::new();
        block.each(|row| {
            let code = |place: Option<&Place>| match place {
                Some(Place::Coded(index) | Place::Identifier(index)) => {
                    segment.column(*index).rows.codes().at(row)
                }
                _ => 0,
            };
            let pair = (code(self.places.first()), code(self.places.get(1)));
            seen.insert((pair, codes.at(row)));
        });
        let mut seen: Vec<_> = seen.into_iter().collect();
        seen.sort_unstable();
        for (pair, user) in seen {
            let number = self.number(segment, pair);
            if let Some(users) = &mut self.users {
                users.add(number, values[usize::from(user)]);
            }
        }
    }

    /// Groups by the moment: nearly every row is one of its own.
    fn add_moments(&mut self, segment: &Segment, outcomes: &OutcomesOf<'_>, block: &Block<'_>) {
        let held = segment.column(Layout::get().user_id);
        block.each(|row| {
            let date = segment.date(row);
            let part = |place: &Place| match place {
                Place::Coded(index) | Place::Identifier(index) => {
                    part(segment, *index, segment.column(*index).rows.codes().at(row))
                }
                Place::Date => Part::Moment(date),
                Place::Nowhere => Part::Nothing,
            };
            let key: Vec<Part> = self.places.iter().map(part).collect();
            let number = self.number_of(key);
            let mut cell = Cell {
                newest: date,
                oldest: date,
                ..EMPTY
            };
            cell.by_outcome[outcomes.of_row(row)] = 1;
            self.count(number, &cell);
            if let Some(users) = &mut self.users {
                users.add(
                    number,
                    held.values.shared()[usize::from(held.rows.codes().at(row))],
                );
            }
        });
    }

    /// Ends with the rows of that segment.
    pub fn end(&mut self, segment: &Segment, outcomes: &OutcomesOf<'_>) {
        let has_too_many_users = |users: &Users| users.pairs() > MOST_GROUP_USERS;
        self.is_too_many |= self.users.as_ref().is_some_and(has_too_many_users);
        if self.is_too_many {
            return;
        }
        if let (true, [Place::Coded(index)]) = (self.is_single, self.places.as_slice()) {
            let codes = segment.column(*index).values.shared();
            let (counts, spans) = match (self.is_known, self.known(segment)) {
                (true, Some(counts)) => (counts, &[][..]),
                // All was added at the beginning.
                (true, None) => return,
                (false, _) => self.single.counted(),
            };
            for (key, by_outcome, span) in single::found(counts, spans, outcomes) {
                let number = codes[key] as usize;
                if let Some(held) = self.counts.get_mut(number) {
                    held.iter_mut()
                        .zip(by_outcome)
                        .for_each(|(count, more)| *count += more);
                } else if let (Some(cell), Some((newest, oldest))) =
                    (self.cells.get_mut(number), span)
                {
                    cell.add(&Cell {
                        by_outcome,
                        newest: segment.date(usize::from(newest)),
                        oldest: segment.date(usize::from(oldest)),
                    });
                }
            }
            return;
        }
        for cell in 0..self.local.len() {
            let by_outcome = self.local[cell];
            if by_outcome == [0; 4] {
                continue;
            }
            let pair = self.pair_codes.get(cell).copied().unwrap_or_else(|| {
                let code = |code: usize| u16::try_from(code).unwrap_or(u16::MAX);
                (code(cell / self.widths[1]), code(cell % self.widths[1]))
            });
            let mut found = Cell {
                by_outcome,
                ..EMPTY
            };
            if self.ask.span {
                let (newest, oldest) = self.spans[cell];
                found.newest = segment.date(usize::from(newest));
                found.oldest = segment.date(usize::from(oldest));
            }
            let number = self.number(segment, pair);
            self.count(number, &found);
        }
    }

    /// Adds to what is known of a group.
    fn count(&mut self, number: usize, found: &Cell) {
        match self.counts.get_mut(number) {
            Some(held) => {
                let more = held.iter_mut().zip(found.by_outcome);
                more.for_each(|(count, more)| *count += more);
            }
            None => self.cells[number].add(found),
        }
    }

    /// The number of a group, given in a segment's codes.
    fn number(&mut self, segment: &Segment, (first, second): (u16, u16)) -> usize {
        if self.is_dense
            && let [Place::Coded(index)] = self.places.as_slice()
        {
            return segment.column(*index).values.shared()[usize::from(first)] as usize;
        }
        let codes = [first, second];
        let part = |(place, code): (&Place, u16)| match place {
            Place::Coded(index) | Place::Identifier(index) => part(segment, *index, code),
            Place::Date | Place::Nowhere => Part::Nothing,
        };
        let key = self.places.iter().zip(codes).map(part).collect();
        self.number_of(key)
    }

    fn number_of(&mut self, key: Vec<Part>) -> usize {
        let next = self.cells.len();
        if next >= MOST_GROUPS && !self.numbers.contains_key(&key) {
            // Nothing of this is told.
            self.is_too_many = true;
            return 0;
        }
        let number = *self.numbers.entry(key).or_insert(next);
        if number == next {
            self.cells.push(EMPTY);
        }
        number
    }

    /// Adds what another thread counted.
    pub fn join(&mut self, other: Grouping<'_>) {
        self.is_too_many |= other.is_too_many;
        if self.is_too_many {
            return;
        }
        let groups = other.cells.len().max(other.counts.len());
        let mut numbers: Vec<usize> = (0..groups).collect();
        #[expect(
            clippy::iter_over_hash_type,
            reason = "sums do not depend on the order"
        )]
        for (key, number) in other.numbers {
            numbers[number] = self.number_of(key);
        }
        for (cell, number) in other.cells.iter().zip(&numbers) {
            self.cells[*number].add(cell);
        }
        for (held, more) in self.counts.iter_mut().zip(&other.counts) {
            held.iter_mut()
                .zip(more)
                .for_each(|(count, more)| *count += more);
        }
        if let (Some(users), Some(other)) = (&mut self.users, other.users) {
            users.join(other, &numbers);
        }
    }
}
