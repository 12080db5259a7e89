//! Columns that list several values: a row's list is one value of the dictionary, and is taken apart
//! only when its items are told.

use std::collections::HashMap;

use model::column::{Column, ValueType};
use model::list;

use crate::dictionary::{Code, Dictionary};

/// Whether the column lists values.
pub(crate) fn is_list(column: &Column) -> bool {
    matches!(column.value_type, ValueType::List)
}

/// How often each item was seen, from how often each list was.
pub(crate) fn items(
    seen: impl Iterator<Item = (Code, u64)>,
    dictionary: &Dictionary,
) -> HashMap<&str, u64> {
    let mut items = HashMap::new();
    for (code, count) in seen {
        for item in list::items(dictionary.text(code).unwrap_or_default()) {
            *items.entry(item).or_default() += count;
        }
    }
    items
}
