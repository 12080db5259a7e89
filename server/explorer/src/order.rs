//! The order of the values of a dictionary, which sorting and looking up need.

use std::cmp::Ordering;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use model::Value;

use crate::dictionary::{Code, Dictionary};

/// Codes of a dictionary in some order, and the place of each.
#[derive(Debug, Default)]
pub(crate) struct Order {
    ordered: Vec<Code>,
    places: Vec<u32>,
}

/// By what values are ordered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum By {
    /// By themselves.
    Value,
    /// By their text in lower case.
    Folded,
}

/// The orders of a dictionary as it was at some moment: made when they are first asked for, from
/// those of an earlier moment where there are any.
pub(crate) struct Orders {
    by_value: OnceLock<Arc<Order>>,
    by_folded: OnceLock<Arc<Order>>,
    codes: usize,
    earlier: Mutex<Option<Arc<Orders>>>,
}

impl Orders {
    /// The orders of a dictionary that now has so many codes.
    pub fn next(earlier: Option<&Arc<Orders>>, dictionary: &Dictionary) -> Arc<Orders> {
        match earlier {
            Some(same) if same.codes == dictionary.codes() => Arc::clone(same),
            _ => Arc::new(Orders {
                by_value: OnceLock::new(),
                by_folded: OnceLock::new(),
                codes: dictionary.codes(),
                earlier: Mutex::new(earlier.and_then(Orders::newest_made)),
            }),
        }
    }

    /// These orders when any was made, or those that they would be made from.
    fn newest_made(self: &Arc<Orders>) -> Option<Arc<Orders>> {
        let mut earlier = self.earlier.lock().unwrap_or_else(PoisonError::into_inner);
        if self.by_value.get().is_some() || self.by_folded.get().is_some() {
            *earlier = None;
            Some(Arc::clone(self))
        } else {
            earlier.clone()
        }
    }

    /// Codes by their values: texts byte by byte, numbers by size.
    pub fn by_value(&self, dictionary: &Dictionary) -> &Order {
        self.by_value
            .get_or_init(|| Arc::new(self.make(dictionary, By::Value)))
    }

    /// Codes by their text in lower case.
    pub fn by_folded(&self, dictionary: &Dictionary) -> &Order {
        self.by_folded.get_or_init(|| {
            if dictionary.is_folded() {
                Arc::clone(
                    self.by_value
                        .get_or_init(|| Arc::new(self.make(dictionary, By::Value))),
                )
            } else {
                Arc::new(self.make(dictionary, By::Folded))
            }
        })
    }

    /// Memory, about, in bytes.
    pub fn size_bytes(&self) -> usize {
        let by_value = self.by_value.get().map_or(0, |order| order.size_bytes());
        // Where texts are all in lower case, there is one order.
        let by_folded = match (self.by_value.get(), self.by_folded.get()) {
            (Some(one), Some(other)) if Arc::ptr_eq(one, other) => 0,
            (_, order) => order.map_or(0, |order| order.size_bytes()),
        };
        by_value + by_folded
    }

    /// Memory of all orders of a dictionary when they are made, in bytes.
    pub fn most_bytes(dictionary: &Dictionary) -> usize {
        let orders = if dictionary.is_folded() { 1 } else { 2 };
        orders * dictionary.codes() * (size_of::<Code>() + size_of::<u32>())
    }

    fn make(&self, dictionary: &Dictionary, by: By) -> Order {
        let earlier = self
            .earlier
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .clone();
        let known = earlier.and_then(|orders| match by {
            By::Value => orders.by_value.get().cloned(),
            By::Folded => orders.by_folded.get().cloned(),
        });
        Order::new(
            known.as_deref().unwrap_or(&Order::default()),
            dictionary,
            by,
        )
    }
}

impl Order {
    /// Puts the codes that `known` does not have to their places among those that it has.
    fn new(known: &Order, dictionary: &Dictionary, by: By) -> Order {
        let order = |left: &Code, right: &Code| match by {
            By::Folded => dictionary.folded(*left).cmp(dictionary.folded(*right)),
            By::Value => compare_codes(dictionary, *left, *right),
        };
        let codes = dictionary.codes();
        let first_new = Code::try_from(known.ordered.len() + 1).unwrap_or(Code::MAX);
        let mut new: Vec<Code> = dictionary
            .each()
            .skip_while(|code| *code < first_new)
            .collect();
        new.sort_by(order);
        let mut ordered = Vec::with_capacity(codes);
        let mut old = known.ordered.iter().copied().peekable();
        for code in new {
            while let Some(before) = old.next_if(|old| order(old, &code) != Ordering::Greater) {
                ordered.push(before);
            }
            ordered.push(code);
        }
        ordered.extend(old);
        let mut places = vec![u32::MAX; codes];
        for (place, code) in (0..).zip(&ordered) {
            places[*code as usize] = place;
        }
        Order { ordered, places }
    }

    /// Place of a code among all; no value has the last.
    pub fn place(&self, code: Code) -> u32 {
        self.places.get(code as usize).copied().unwrap_or(u32::MAX)
    }

    fn size_bytes(&self) -> usize {
        size_of_val(&*self.ordered) + size_of_val(&*self.places)
    }

    /// The codes in order.
    pub fn codes(&self) -> &[Code] {
        &self.ordered
    }
}

/// Orders two codes of a dictionary by their values.
pub(crate) fn compare_codes(dictionary: &Dictionary, left: Code, right: Code) -> Ordering {
    match (dictionary.text(left), dictionary.text(right)) {
        (Some(left), Some(right)) => left.cmp(right),
        _ => match (dictionary.other(left), dictionary.other(right)) {
            (Some(left), Some(right)) => left.order(right).unwrap_or(Ordering::Equal),
            _ => Ordering::Equal,
        },
    }
}

/// Twice the number of values that are less than this one, and one more when it is there itself: so a
/// value that the dictionary does not have stands between two that it has.
pub(crate) fn double_place(order: &Order, dictionary: &Dictionary, value: &Value) -> u64 {
    let compared = |code: &Code| match (dictionary.text(*code), value) {
        (Some(held), Value::Text(text)) => held.cmp(text.as_str()),
        (None, _) => dictionary
            .other(*code)
            .and_then(|held| held.order(value))
            .unwrap_or(Ordering::Less),
        (Some(_), _) => Ordering::Less,
    };
    let less = order
        .codes()
        .partition_point(|code| compared(code) == Ordering::Less);
    let is_here = order.codes().get(less).map(compared) == Some(Ordering::Equal);
    2 * less as u64 + u64::from(is_here)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dictionary::Growing;

    #[test]
    fn later_values_find_their_places() {
        let mut growing = Growing::default();
        for text in ["m", "c", "X"] {
            growing.text(text);
        }
        let first = Orders::next(None, growing.view());
        assert_eq!(first.by_value(growing.view()).codes(), [3, 2, 1]);
        assert_eq!(first.by_folded(growing.view()).codes(), [2, 1, 3]);
        for text in ["d", "A", "z"] {
            growing.text(text);
        }
        let second = Orders::next(Some(&first), growing.view());
        let by_value = second.by_value(growing.view());
        assert_eq!(by_value.codes(), [5, 3, 2, 4, 1, 6]);
        assert_eq!(by_value.place(4), 3);
        assert_eq!(by_value.place(0), u32::MAX);
        assert_eq!(second.by_folded(growing.view()).codes(), [5, 2, 4, 1, 3, 6]);
        let same = Orders::next(Some(&second), growing.view());
        assert!(Arc::ptr_eq(&same, &second));
        let value = |text: &str| Value::Text(text.to_owned());
        assert_eq!(double_place(by_value, growing.view(), &value("c")), 5);
        assert_eq!(double_place(by_value, growing.view(), &value("cc")), 6);
    }
}
