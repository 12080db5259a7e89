//! The largest groups, told.

use std::cmp::Ordering;

use chrono::DateTime;
use model::answer::{Group, Groups, Span};

use super::key::{Found, Part, compare_parts, taken_apart, value};
use super::{Cell, EMPTY, Grouping};
use crate::dictionary::Code;
use crate::largest::first;
use crate::layout::Place;
use crate::listed;
use crate::order::compare_codes;
use crate::users::Users;
use crate::view::View;

impl Grouping<'_> {
    /// The groups.
    pub fn groups(mut self, view: &View) -> Groups {
        let users = self.users.take().map(Users::settled);
        let largest = match self.coded() {
            Some(index) => Some(self.largest_codes(view, index)),
            None => self.largest(view),
        };
        let Some((largest, distinct)) = largest.filter(|_| !self.is_too_many) else {
            return Groups::too_many();
        };
        let moment = |micros| DateTime::from_timestamp_micros(micros).unwrap_or_default();
        let groups = largest.into_iter().map(|found| {
            let [success, failure, interrupted, _] = found.cell.by_outcome.map(u64::from);
            let keys = self.places.iter().zip(&found.key);
            Group {
                keys: keys
                    .map(|(place, part)| value(view, *place, part))
                    .collect(),
                rows: found.cell.rows(),
                by_outcome: [success, failure, interrupted],
                users: users.as_ref().map(|users| users.count(&found.numbers)),
                span: self.ask.span.then(|| Span {
                    first: moment(found.cell.oldest),
                    last: moment(found.cell.newest),
                }),
            }
        });
        Groups {
            groups: groups.collect(),
            distinct,
            is_too_many: false,
        }
    }

    /// The column whose shared codes are the numbers of the groups, and the groups themselves.
    fn coded(&self) -> Option<usize> {
        match (self.places.as_slice(), self.ask.by.as_slice()) {
            ([Place::Coded(index)], [column]) if self.is_dense && !listed::is_list(column) => {
                Some(*index)
            }
            _ => None,
        }
    }

    fn cell(&self, number: usize) -> Cell {
        match self.counts.get(number) {
            Some(by_outcome) => Cell {
                by_outcome: *by_outcome,
                ..EMPTY
            },
            None => self.cells[number],
        }
    }

    /// How many numbers groups have.
    fn numbers(&self) -> usize {
        self.counts.len().max(self.cells.len())
    }

    /// The largest groups by codes, of which there may be very many, and how many there are.
    fn largest_codes(&self, view: &View, index: usize) -> (Vec<Found>, u64) {
        let codes = (0..self.numbers()).filter_map(|number| Code::try_from(number).ok());
        let rows = codes.map(|code| (code, self.cell(code as usize).rows()));
        let counted: Vec<(Code, u64)> = rows.filter(|(_, rows)| *rows > 0).collect();
        let distinct = counted.len() as u64;
        let dictionary = view.dictionary(index);
        let largest = first(counted, self.ask.limit, |left, right| {
            // No value comes last.
            let by_value = || compare_codes(dictionary, *left, *right);
            (*left == 0).cmp(&(*right == 0)).then_with(by_value)
        });
        let found = largest.into_iter().map(|(code, _)| Found {
            key: vec![Part::Code(code)],
            cell: self.cell(code as usize),
            numbers: vec![code as usize],
        });
        (found.collect(), distinct)
    }

    /// The largest groups by any keys, and how many there are; `None` when these are too many.
    fn largest(&self, view: &View) -> Option<(Vec<Found>, u64)> {
        let found = self.found(view)?;
        let distinct = found.len() as u64;
        let counted = found.into_iter().map(|found| {
            let rows = found.cell.rows();
            (found, rows)
        });
        let order = |left: &Found, right: &Found| {
            let parts = self.places.iter().zip(left.key.iter().zip(&right.key));
            let compared =
                parts.map(|(place, (left, right))| compare_parts(view, *place, left, right));
            compared.fold(Ordering::Equal, Ordering::then)
        };
        let largest = first(counted.collect(), self.ask.limit, order);
        let largest = largest.into_iter().map(|(found, _)| found);
        Some((largest.collect(), distinct))
    }

    /// The groups that have rows. A row that lists several items belongs to the group of each.
    fn found(&self, view: &View) -> Option<Vec<Found>> {
        let of = |number: usize, key: Vec<Part>| Found {
            cell: self.cell(number),
            numbers: vec![number],
            key,
        };
        let mut found: Vec<Found> = if self.is_dense {
            let part = |number| Part::Code(Code::try_from(number).unwrap_or_default());
            (0..self.numbers())
                .map(|number| of(number, vec![part(number)]))
                .collect()
        } else {
            self.numbers
                .iter()
                .map(|(key, number)| of(*number, key.clone()))
                .collect()
        };
        found.retain(|found| found.cell.rows() > 0);
        for (index, (column, place)) in self.ask.by.iter().zip(&self.places).enumerate() {
            if let Place::Coded(place) = place
                && listed::is_list(column)
            {
                found = taken_apart(found, index, view.dictionary(*place))?;
            }
        }
        Some(found)
    }
}
