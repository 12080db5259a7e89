//! The keys of groups: how they are told apart, ordered and told.

use std::cmp::Ordering;
use std::collections::HashMap;

use chrono::DateTime;
use model::answer::{MOST_GROUP_ITEMS, MOST_GROUPS};
use model::{Value, list};

use super::{Cell, EMPTY};
use crate::dictionary::{Code, Dictionary};
use crate::identifier::Identifier;
use crate::layout::Place;
use crate::order::compare_codes;
use crate::segment::{Segment, Values};
use crate::view::View;

/// A column's part of a group's key.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(super) enum Part {
    Code(Code),
    Identifier(Option<Identifier>),
    Moment(i64),
    /// An item of a list.
    Item(Box<str>),
    Nothing,
}

/// A group that has rows.
pub(super) struct Found {
    pub key: Vec<Part>,
    pub cell: Cell,
    /// The numbers under which its rows were counted.
    pub numbers: Vec<usize>,
}

/// Groups by the items of a list, from groups by the list; `None` when that takes too many steps. Two
/// long lists in one sign-in are enough for that: it belongs to a group of each pair of their items.
pub(super) fn taken_apart(
    found: Vec<Found>,
    index: usize,
    dictionary: &Dictionary,
) -> Option<Vec<Found>> {
    let mut places: HashMap<Vec<Part>, usize> = HashMap::new();
    let mut apart: Vec<Found> = Vec::new();
    let mut steps = 0;
    for group in found {
        let items: Vec<Part> = match group.key.get(index) {
            Some(Part::Code(code)) if *code > 0 => {
                let text = dictionary.text(*code).unwrap_or_default();
                list::items(text)
                    .map(|item| Part::Item(Box::from(item)))
                    .collect()
            }
            _ => vec![Part::Nothing],
        };
        steps += items.len() * group.numbers.len();
        if apart.len() > MOST_GROUPS || steps > MOST_GROUP_ITEMS {
            return None;
        }
        for item in items {
            let mut key = group.key.clone();
            key[index] = item;
            let place = *places.entry(key.clone()).or_insert(apart.len());
            if place == apart.len() {
                apart.push(Found {
                    key,
                    cell: EMPTY,
                    numbers: Vec::new(),
                });
            }
            apart[place].cell.add(&group.cell);
            apart[place].numbers.extend_from_slice(&group.numbers);
        }
    }
    Some(apart)
}

pub(super) fn value(view: &View, place: Place, part: &Part) -> Value {
    match (part, place) {
        (Part::Code(code), Place::Coded(index)) => view.dictionary(index).value(*code),
        (Part::Identifier(Some(identifier)), _) => Value::Text(identifier.text()),
        (Part::Moment(micros), _) => {
            DateTime::from_timestamp_micros(*micros).map_or(Value::Empty, Value::Instant)
        }
        (Part::Item(item), _) => Value::Text(item.to_string()),
        _ => Value::Empty,
    }
}

/// The order of keys: by their values; no value comes last.
pub(super) fn compare_parts(view: &View, place: Place, left: &Part, right: &Part) -> Ordering {
    let is_nothing =
        |part: &Part| matches!(part, Part::Code(0) | Part::Identifier(None) | Part::Nothing);
    match (left, right) {
        _ if is_nothing(left) || is_nothing(right) => is_nothing(left).cmp(&is_nothing(right)),
        (Part::Code(left), Part::Code(right)) => match place {
            Place::Coded(index) => compare_codes(view.dictionary(index), *left, *right),
            _ => left.cmp(right),
        },
        (Part::Item(left), Part::Item(right)) => left.cmp(right),
        (Part::Moment(left), Part::Moment(right)) => left.cmp(right),
        (Part::Identifier(Some(left)), Part::Identifier(Some(right))) => left.compare(right),
        _ => Ordering::Equal,
    }
}

pub(super) fn part(segment: &Segment, index: usize, local: u16) -> Part {
    match &segment.column(index).values {
        Values::Shared(shared) => Part::Code(shared.codes()[usize::from(local)]),
        Values::Own(identifiers) => Part::Identifier(identifiers.identifier(local)),
    }
}
