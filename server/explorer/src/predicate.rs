//! Whether one value meets one filter. The lake's predicates mean the same.

use std::cmp::Ordering;
use std::collections::BTreeSet;

use model::column::ValueType;
use model::network::{Network, read_address};
use model::query::{Filter, Operator};
use model::{Value, list};

/// A filter made ready: its values in lower case, or read as the column's type.
pub(crate) struct Test {
    operator: Operator,
    /// Whether texts are lists, which are compared item by item.
    of_list: bool,
    texts: Vec<String>,
    values: Vec<Value>,
    networks: Vec<Network>,
}

impl Test {
    pub fn new(filter: &Filter) -> Test {
        let values = filter.values.iter();
        let networks = match filter.operator {
            Operator::Within | Operator::NotWithin => values
                .clone()
                .filter_map(|text| Network::parse(text))
                .collect(),
            _ => Vec::new(),
        };
        Test {
            operator: filter.operator,
            of_list: matches!(filter.column.value_type, ValueType::List),
            // Each once: every one is compared with every value of a column.
            texts: values
                .clone()
                .map(|value| value.to_lowercase())
                .collect::<BTreeSet<String>>()
                .into_iter()
                .collect(),
            values: values.map(|value| filter.literal(value)).collect(),
            networks,
        }
    }

    /// Whether a row without a value meets it: negative filters hold, positive ones never do.
    pub fn meets_nothing(&self) -> bool {
        self.operator.holds_without_value()
    }

    /// Whether a text meets it, given also in lower case.
    pub fn meets_text(&self, text: &str, folded: &str) -> bool {
        let any = |meets: fn(&str, &str) -> bool| {
            let any = |held: &str| self.texts.iter().any(|text| meets(held, text));
            if self.of_list {
                list::items(folded).any(any)
            } else {
                any(folded)
            }
        };
        let positive = match self.operator {
            Operator::NotEmpty => true,
            Operator::Equal | Operator::In | Operator::NotEqual | Operator::NotIn => {
                any(|held, text| held == text)
            }
            Operator::Contains | Operator::NotContains => any(|held, text| held.contains(text)),
            Operator::Starts | Operator::NotStarts => any(|held, text| held.starts_with(text)),
            Operator::Ends | Operator::NotEnds => any(|held, text| held.ends_with(text)),
            Operator::Within | Operator::NotWithin => read_address(text)
                .is_some_and(|address| self.networks.iter().any(|network| network.holds(address))),
            Operator::Greater
            | Operator::GreaterOrEqual
            | Operator::Less
            | Operator::LessOrEqual => self.compares(&Value::Text(text.to_owned())),
            Operator::Empty => false,
        };
        positive != self.operator.is_opposite()
    }

    /// Whether a moment meets it.
    pub fn meets_moment(&self, micros: i64) -> bool {
        let moment = chrono::DateTime::from_timestamp_micros(micros).unwrap_or_default();
        self.meets_other(&Value::Instant(moment))
    }

    /// Whether a value that is no text meets it.
    pub fn meets_other(&self, value: &Value) -> bool {
        let positive = match self.operator {
            Operator::NotEmpty => true,
            Operator::Empty
            | Operator::Contains
            | Operator::NotContains
            | Operator::Starts
            | Operator::NotStarts
            | Operator::Ends
            | Operator::NotEnds
            | Operator::Within
            | Operator::NotWithin => false,
            _ => self.compares(value),
        };
        positive != self.operator.is_opposite()
    }

    fn compares(&self, value: &Value) -> bool {
        let holds: fn(Ordering) -> bool = match self.operator {
            Operator::Greater => Ordering::is_gt,
            Operator::GreaterOrEqual => Ordering::is_ge,
            Operator::Less => Ordering::is_lt,
            Operator::LessOrEqual => Ordering::is_le,
            _ => Ordering::is_eq,
        };
        self.values
            .iter()
            .any(|wanted| value.order(wanted).is_some_and(holds))
    }
}
