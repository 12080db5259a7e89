//! Lists of short texts as one text: one line for each item.
//!
//! A list is kept so in the lake and in [`crate::Value::Text`], so that everything that knows text
//! knows lists too. No item holds a line break, none is empty, and none stands there twice.

use std::borrow::Cow;
use std::collections::HashSet;

/// What stands between two items.
pub const SEPARATOR: &str = "\n";

/// Lists of up to so many items are looked through for a repeated one; longer ones need a set.
const FEW: usize = 16;

/// The items of a list, in their order.
pub fn items(list: &str) -> impl Iterator<Item = &str> {
    list.split(SEPARATOR).filter(|item| !item.is_empty())
}

/// The list of these items: line breaks within one become a blank, and of equal ones the first stays.
pub fn join<'a, Item: Into<Cow<'a, str>>>(items: impl IntoIterator<Item = Item>) -> String {
    let mut kept: Vec<Cow<'a, str>> = Vec::new();
    let mut seen: HashSet<Cow<'a, str>> = HashSet::new();
    for item in items {
        let item = on_one_line(item.into());
        if item.is_empty() || kept.iter().take(FEW).any(|other| *other == item) {
            continue;
        }
        if kept.len() >= FEW && !seen.insert(item.clone()) {
            continue;
        }
        kept.push(item);
    }
    kept.join(SEPARATOR)
}

/// The list as people read it, with this between two items.
pub fn shown(list: &str, between: &str) -> String {
    list.replace(SEPARATOR, between)
}

/// The item without blanks around it, on one line.
fn on_one_line(item: Cow<'_, str>) -> Cow<'_, str> {
    let is_plain = |end: Option<&u8>| end.is_some_and(u8::is_ascii_graphic);
    let bytes = item.as_bytes();
    // Nearly all items: looking at their characters one by one would cost more than joining them.
    if is_plain(bytes.first()) && is_plain(bytes.last()) && bytes.iter().all(|byte| *byte >= b' ') {
        return item;
    }
    let lines = item.split(['\n', '\r']).map(str::trim);
    let lines: Vec<&str> = lines.filter(|line| !line.is_empty()).collect();
    Cow::Owned(lines.join(" "))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_list_is_one_line_for_each_item() {
        let list = join([" Password", "", "Text\r\nmessage", "Password", "password"]);
        assert_eq!(list, "Password\nText message\npassword");
        assert_eq!(items(&list).count(), 3);
        assert_eq!(items("").count(), 0);
        assert_eq!(shown(&list, "; "), "Password; Text message; password");
    }

    #[test]
    fn long_lists_hold_each_item_once_too() {
        let numbers: Vec<String> = (0..100).map(|number| (number % 40).to_string()).collect();
        let list = join(numbers.iter().map(String::as_str));
        assert_eq!(items(&list).count(), 40);
        assert_eq!(items(&list).last(), Some("39"));
    }

    proptest! {
        #[test]
        fn a_list_joined_again_is_the_same(items_in in proptest::collection::vec("[ab\n\r ]{0,4}|\\PC{0,9}", 0..40)) {
            let list = join(items_in.iter().map(String::as_str));
            let held: Vec<&str> = items(&list).collect();
            prop_assert_eq!(join(held.iter().copied()), list.clone());
            prop_assert!(held.iter().all(|item| !item.is_empty() && !item.contains(['\n', '\r'])));
        }
    }
}
