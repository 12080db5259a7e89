//! A query's conditions, decided once for each value of a dictionary and then a matter of codes.

use std::ops::Range;

use model::column::{Column, ValueType};
use model::network::{Network, read_address};
use model::query::{Filter, Operator, Query, SearchRule, searched};
use model::{Tab, Value, list};

use crate::dictionary::{Code, Dictionary};
use crate::layout::{Layout, Place};
use crate::mask::Mask;
use crate::segment::{Segment, code_of_tab};

/// Some of the codes of a dictionary.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum CodeSet {
    /// Every code.
    All,
    /// Just one.
    One(Code),
    /// Those whose bit is set.
    Several(Vec<u64>),
}

impl CodeSet {
    /// The set of these codes.
    pub fn of(codes: impl IntoIterator<Item = Code>) -> CodeSet {
        let mut bits = Vec::new();
        let (mut count, mut last) = (0, 0);
        for code in codes {
            let word = code as usize / 64;
            if bits.len() <= word {
                bits.resize(word + 1, 0u64);
            }
            bits[word] |= 1 << (code % 64);
            (count, last) = (count + 1, code);
        }
        if count == 1 {
            CodeSet::One(last)
        } else {
            CodeSet::Several(bits)
        }
    }

    /// Whether a code is in it.
    pub fn holds(&self, code: Code) -> bool {
        match self {
            CodeSet::All => true,
            CodeSet::One(one) => *one == code,
            CodeSet::Several(bits) => bits
                .get(code as usize / 64)
                .is_some_and(|word| word >> (code % 64) & 1 != 0),
        }
    }
}

/// What rows must meet.
pub(crate) enum Condition<'q> {
    /// The tab.
    Kind(CodeSet),
    /// The code of a column.
    Coded { index: usize, set: CodeSet },
    /// A filter on a column of identifiers.
    Identifier { index: usize, filter: &'q Filter },
    /// An identifier that begins with a text, given in lower case.
    IdentifierBegins { index: usize, folded: String },
    /// A filter on the moment.
    Moment(&'q Filter),
    /// One of these.
    Any(Vec<Condition<'q>>),
}

/// The conditions of a query beside its range: its tab when one is given, its filters, its search.
pub(crate) fn of_query<'q>(
    query: &'q Query,
    tab: Option<Tab>,
    dictionaries: &[Dictionary],
) -> Vec<Condition<'q>> {
    let mut conditions: Vec<Condition<'q>> = Vec::new();
    conditions.extend(tab.map(|tab| Condition::Kind(CodeSet::One(code_of_tab(tab)))));
    conditions.extend(
        query
            .filters
            .iter()
            .map(|filter| of_filter(filter, dictionaries)),
    );
    conditions.extend(
        query
            .search
            .as_deref()
            .map(|search| of_search(search, dictionaries)),
    );
    conditions
}

fn of_filter<'q>(filter: &'q Filter, dictionaries: &[Dictionary]) -> Condition<'q> {
    match Layout::get().place(filter.column) {
        Place::Coded(index) => {
            let test = Test::new(filter);
            let values = dictionaries[index].each();
            let held = values.filter(|(_, value, folded)| test.meets(value, folded));
            let nothing = test.meets(&Value::Empty, "").then_some(0);
            let set = CodeSet::of(nothing.into_iter().chain(held.map(|(code, _, _)| code)));
            Condition::Coded { index, set }
        }
        Place::Identifier(index) => Condition::Identifier { index, filter },
        Place::Date => Condition::Moment(filter),
        // A column that is not stored holds nothing.
        Place::Nowhere if Test::new(filter).meets(&Value::Empty, "") => {
            Condition::Kind(CodeSet::All)
        }
        Place::Nowhere => Condition::Any(Vec::new()),
    }
}

fn of_search<'q>(search: &str, dictionaries: &[Dictionary]) -> Condition<'q> {
    let folded = search.to_lowercase();
    let number = search.trim().parse::<i64>().ok();
    let conditions = searched().filter_map(|(column, rule)| match Layout::get().place(column) {
        Place::Coded(index) => {
            let values = dictionaries[index].each();
            let held = values.filter(|(_, value, text)| match value {
                Value::Integer(held) => rule == SearchRule::IsNumber && Some(*held) == number,
                Value::Empty => false,
                _ => rule.finds(text, &folded),
            });
            let set = CodeSet::of(held.map(|(code, _, _)| code));
            Some(Condition::Coded { index, set })
        }
        Place::Identifier(index) => Some(Condition::IdentifierBegins {
            index,
            folded: folded.clone(),
        }),
        Place::Date | Place::Nowhere => None,
    });
    let mut conditions: Vec<_> = conditions.collect();
    // Codes are compared much faster than identifiers.
    conditions.sort_by_key(|condition| matches!(condition, Condition::IdentifierBegins { .. }));
    Condition::Any(conditions)
}

impl Condition<'_> {
    /// Leaves in the mask of a stretch of a segment's rows those that meet the condition.
    pub fn retain(&self, segment: &Segment, stretch: &Range<usize>, mask: &mut Mask) {
        match self {
            Condition::Kind(set) => segment.kinds().retain(stretch, set, mask),
            Condition::Coded { index, set } => segment.codes(*index).retain(stretch, set, mask),
            Condition::Identifier { index, filter } => {
                let identifiers = segment.identifiers(*index);
                if let (Operator::Equal, [value]) = (filter.operator, filter.values.as_slice()) {
                    let is = identifiers.is(value);
                    return mask.retain(|row| is(stretch.start + row));
                }
                let test = Test::new(filter);
                mask.retain(|row| {
                    identifiers.with(stretch.start + row, |text| test.meets_text(text))
                });
            }
            Condition::IdentifierBegins { index, folded } => {
                let identifiers = segment.identifiers(*index);
                // This is quick to say of most that they do not.
                let contains = identifiers.contains(folded);
                let begins = |text: Option<&str>| {
                    text.is_some_and(|text| text.to_lowercase().starts_with(folded))
                };
                mask.retain(|row| {
                    let row = stretch.start + row;
                    contains(row) && identifiers.with(row, begins)
                });
            }
            Condition::Moment(filter) => {
                let test = Test::new(filter);
                mask.retain(|row| test.meets_moment(segment.date(stretch.start + row)));
            }
            Condition::Any(conditions) => {
                // Rows that meet one of them are not looked at again.
                let mut left = mask.clone();
                for condition in conditions {
                    let mut one = left.clone();
                    condition.retain(segment, stretch, &mut one);
                    left.remove(&one);
                }
                mask.remove(&left);
            }
        }
    }
}

/// A filter made ready: its values in lower case, or read as the column's type.
struct Test {
    operator: Operator,
    /// Whether texts are lists, which are compared item by item.
    of_list: bool,
    texts: Vec<String>,
    values: Vec<Value>,
    networks: Vec<Network>,
}

impl Test {
    fn new(filter: &Filter) -> Test {
        let values = filter.values.iter();
        let networks = match filter.operator {
            Operator::Within => values
                .clone()
                .filter_map(|text| Network::parse(text))
                .collect(),
            _ => Vec::new(),
        };
        Test {
            operator: filter.operator,
            of_list: matches!(filter.column.value_type, ValueType::List),
            texts: values.clone().map(|value| value.to_lowercase()).collect(),
            values: values.map(|value| literal(filter.column, value)).collect(),
            networks,
        }
    }

    /// Whether a text meets the filter; `None` is no value.
    fn meets_text(&self, text: Option<&str>) -> bool {
        match text {
            Some(text) => self.meets(&Value::Text(text.to_owned()), &text.to_lowercase()),
            None => self.meets(&Value::Empty, ""),
        }
    }

    fn meets_moment(&self, micros: i64) -> bool {
        let moment = chrono::DateTime::from_timestamp_micros(micros).unwrap_or_default();
        self.meets(&Value::Instant(moment), "")
    }

    /// Whether a value meets the filter. Negative filters hold for no value, positive ones never do.
    fn meets(&self, value: &Value, folded: &str) -> bool {
        let is_negative = matches!(
            self.operator,
            Operator::NotEqual | Operator::NotIn | Operator::NotContains
        );
        if value.is_empty() {
            return is_negative || self.operator == Operator::Empty;
        }
        let is_text = matches!(value, Value::Text(_));
        let any_text = |meets: fn(&str, &str) -> bool| {
            let any = |held: &str| self.texts.iter().any(|text| meets(held, text));
            match self.of_list {
                true => list::items(folded).any(any),
                false => is_text && any(folded),
            }
        };
        let compared = |meets: fn(std::cmp::Ordering) -> bool| {
            let mut values = self.values.iter();
            values.any(|wanted| compare(value, wanted).is_some_and(meets))
        };
        let positive = match self.operator {
            Operator::Empty => false,
            Operator::NotEmpty => true,
            Operator::Equal | Operator::In | Operator::NotEqual | Operator::NotIn if is_text => {
                any_text(|held, text| held == text)
            }
            Operator::Equal | Operator::In | Operator::NotEqual | Operator::NotIn => {
                compared(std::cmp::Ordering::is_eq)
            }
            Operator::Contains | Operator::NotContains => {
                any_text(|held, text| held.contains(text))
            }
            Operator::Starts => any_text(|held, text| held.starts_with(text)),
            Operator::Ends => any_text(|held, text| held.ends_with(text)),
            Operator::Greater => compared(std::cmp::Ordering::is_gt),
            Operator::GreaterOrEqual => compared(std::cmp::Ordering::is_ge),
            Operator::Less => compared(std::cmp::Ordering::is_lt),
            Operator::LessOrEqual => compared(std::cmp::Ordering::is_le),
            Operator::Within => {
                let address = value.as_text().and_then(read_address);
                address.is_some_and(|address| {
                    self.networks.iter().any(|network| network.holds(address))
                })
            }
        };
        positive != is_negative
    }
}

/// A value of a filter in the column's own type; no value where it does not fit.
fn literal(column: &Column, text: &str) -> Value {
    let read = match column.value_type {
        ValueType::Integer => text.parse().ok().map(Value::Integer),
        // There is one zero, as in the lake.
        ValueType::Decimal => {
            let number = text.parse::<f64>().ok();
            number.map(|number| Value::Decimal(number + 0.0))
        }
        ValueType::Boolean => text.parse().ok().map(Value::Boolean),
        ValueType::Instant => model::time::read(text).map(Value::Instant),
        _ => Some(Value::Text(text.to_owned())),
    };
    read.unwrap_or_default()
}

/// The order of two values of one type; `None` for anything else.
pub(crate) fn compare(left: &Value, right: &Value) -> Option<std::cmp::Ordering> {
    match (left, right) {
        (Value::Text(left), Value::Text(right)) => Some(left.cmp(right)),
        (Value::Integer(left), Value::Integer(right)) => Some(left.cmp(right)),
        (Value::Decimal(left), Value::Decimal(right)) => Some(left.total_cmp(right)),
        (Value::Boolean(left), Value::Boolean(right)) => Some(left.cmp(right)),
        (Value::Instant(left), Value::Instant(right)) => {
            Some(left.timestamp_micros().cmp(&right.timestamp_micros()))
        }
        _ => None,
    }
}
