//! Columns that list several values: a row's list is one value of the dictionary, and is taken apart
//! only when its items are told.

use std::collections::HashMap;

use model::column::Column;

use crate::dictionary::{Code, Dictionary};

/// Whether the column lists values.
pub(crate) fn is_list(_column: &Column) -> bool {
    false
}

/// The items of a list, as it lies in a dictionary.
pub(crate) fn items_of(text: &str) -> impl Iterator<Item = &str> {
    text.split('\n')
}

/// How often each item was seen, from how often each list was.
pub(crate) fn items(
    seen: impl Iterator<Item = (Code, u64)>,
    dictionary: &Dictionary,
) -> HashMap<&str, u64> {
    let mut items = HashMap::new();
    for (code, count) in seen {
        for item in items_of(dictionary.text(code).unwrap_or_default()) {
            *items.entry(item).or_default() += count;
        }
    }
    items
}
