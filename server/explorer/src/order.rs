//! The order of rows, and where a page begins in it.

use std::cmp::Ordering;

use model::Value;
use model::query::{Cursor, Sort};

use crate::condition::compare;
use crate::dictionary::{Code, Dictionary};

/// Where a row stands in an order: less comes first. Rows without a value in the sort column come last
/// whatever the direction; of equal ones the newest comes first, and then the request ID decides.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Standing {
    pub key: Key,
    /// Moments, turned round where the newest comes first.
    pub date: i64,
    pub request_id: String,
}

/// The sort column's part of a standing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Key {
    /// Sorted by the moment alone.
    Unsorted,
    /// Place among the values of a dictionary; the last place is that of no value.
    Rank(u64),
    /// A text of its own, and whether the greatest comes first. `None` is no value.
    Text(Option<String>, bool),
}

impl PartialOrd for Key {
    fn partial_cmp(&self, other: &Key) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Key {
    fn cmp(&self, other: &Key) -> Ordering {
        match (self, other) {
            (Key::Rank(left), Key::Rank(right)) => left.cmp(right),
            (Key::Text(Some(left), true), Key::Text(Some(right), _)) => right.cmp(left),
            (Key::Text(Some(left), false), Key::Text(Some(right), _)) => left.cmp(right),
            (Key::Text(left, _), Key::Text(right, _)) => left.is_none().cmp(&right.is_none()),
            _ => Ordering::Equal,
        }
    }
}

/// Ranks of the values of a dictionary.
pub(crate) struct Ranks {
    /// By code: twice the number of values that are less, and one more.
    by_code: Vec<u64>,
    /// Codes in the order of their values.
    ordered: Vec<Code>,
}

impl Ranks {
    /// Orders the values of a dictionary.
    pub fn new(dictionary: &Dictionary) -> Ranks {
        let mut values: Vec<(Code, &Value)> = dictionary
            .each()
            .map(|(code, value, _)| (code, value))
            .collect();
        values.sort_by(|(_, left), (_, right)| compare(left, right).unwrap_or(Ordering::Equal));
        let mut by_code = vec![u64::MAX; dictionary.codes()];
        for (rank, (code, _)) in (0..).zip(&values) {
            by_code[*code as usize] = 2 * rank + 1;
        }
        Ranks {
            by_code,
            ordered: values.into_iter().map(|(code, _)| code).collect(),
        }
    }

    /// Key of a code.
    pub fn key(&self, code: Code, descending: bool) -> Key {
        Key::Rank(self.turned(self.by_code[code as usize], descending))
    }

    /// Key of a value that may not be in the dictionary: it then stands between two that are.
    fn key_of(&self, dictionary: &Dictionary, value: &Value, descending: bool) -> Key {
        if value.is_empty() {
            return Key::Rank(u64::MAX);
        }
        let order = |code: &Code| compare(&dictionary.value(*code), value);
        let less = self
            .ordered
            .partition_point(|code| order(code) == Some(Ordering::Less));
        let is_here = self.ordered.get(less).and_then(order) == Some(Ordering::Equal);
        Key::Rank(self.turned(2 * less as u64 + u64::from(is_here), descending))
    }

    fn turned(&self, rank: u64, descending: bool) -> u64 {
        if descending && rank != u64::MAX {
            2 * self.ordered.len() as u64 + 1 - rank
        } else {
            rank
        }
    }
}

/// Whether moments are turned round in this order.
pub(crate) fn newest_first(sort: Sort) -> bool {
    sort.column.id != "date" || sort.descending
}

/// A moment as it stands in the order.
pub(crate) fn turned_date(sort: Sort, micros: i64) -> i64 {
    if newest_first(sort) {
        micros.saturating_neg()
    } else {
        micros
    }
}

/// Where the row of the cursor stands: the page holds what comes behind.
pub(crate) fn of_cursor(
    sort: Sort,
    cursor: &Cursor,
    ranks: Option<(&Ranks, &Dictionary)>,
) -> Standing {
    let value = cursor.sort_value.clone().unwrap_or_default();
    let key = match ranks {
        Some((ranks, dictionary)) => ranks.key_of(dictionary, &value, sort.descending),
        None if sort.column.id == "date" => Key::Unsorted,
        None => Key::Text(value.as_text().map(str::to_owned), sort.descending),
    };
    Standing {
        key,
        date: turned_date(sort, cursor.date_micros),
        request_id: cursor.request_id.clone(),
    }
}
