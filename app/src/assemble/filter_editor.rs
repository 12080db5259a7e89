//! The editor of a filter: its operators, and what its values are entered with.

use model::Value;
use model::column::{Column, ValueType};
use model::present;
use model::query::{Filter, Operator};

use super::moments::Clock;
use crate::text::filters as text;
use crate::view::filters::{Entry, OperatorChoice, Takes, ValueGroup, ValueLine};
use crate::view::safe_text::shown;

/// Most characters of a value in a pill.
const MOST_IN_PILL: usize = 60;
/// Most characters of a value in a list.
const MOST_IN_LIST: usize = 200;

/// The word of an operator in pills and editors, where "is" takes several values.
pub fn word(operator: Operator) -> &'static str {
    match operator {
        Operator::Equal | Operator::In => text::IS,
        Operator::NotEqual | Operator::NotIn => text::IS_NOT,
        other => other.label(),
    }
}

/// What an operator compares with.
fn takes(operator: Operator) -> Takes {
    match operator {
        Operator::Equal | Operator::NotEqual | Operator::In | Operator::NotIn => Takes::Values,
        Operator::Empty | Operator::NotEmpty => Takes::Nothing,
        _ => Takes::Text,
    }
}

/// The operator with which an editor begins.
pub fn first_operator(column: &Column) -> Operator {
    match known_values(column).is_empty() {
        true => column.operators()[0],
        false => ticking(column),
    }
}

/// The operator under which values of the column are ticked.
fn ticking(column: &Column) -> Operator {
    match column.takes(Operator::In) {
        true => Operator::In,
        false => Operator::Equal,
    }
}

/// Whether the values of a column are worth a list: not moments and coordinates, and not what no two
/// sign-ins share.
pub fn is_listed(column: &Column) -> bool {
    !matches!(column.value_type, ValueType::Instant | ValueType::Decimal)
        && !matches!(column.id, "request_id" | "unique_token_identifier")
}

/// Operators of an editor. "Is one of" says all that "is" says.
pub fn operators(column: &Column, present: Operator) -> Vec<OperatorChoice> {
    let present = match present {
        Operator::Equal if column.takes(Operator::In) => Operator::In,
        Operator::NotEqual if column.takes(Operator::NotIn) => Operator::NotIn,
        other => other,
    };
    let is_said = |operator: Operator| {
        !(matches!(operator, Operator::Equal | Operator::NotEqual) && column.takes(Operator::In))
    };
    let choice = |operator: Operator| OperatorChoice {
        value: operator.as_str(),
        words: word(operator),
        takes: takes(operator),
        is_present: operator == present,
    };
    let all = column.operators().iter().copied();
    let (whole, others): (Vec<_>, Vec<_>) = all
        .filter(|operator| is_said(*operator))
        .partition(|operator| takes(*operator) == Takes::Values);
    whole.into_iter().chain(others).map(choice).collect()
}

/// What the values of a filter are entered with.
pub fn entry(column: &'static Column, operator: Operator, values: &[String]) -> Entry {
    let is_whole = takes(operator) == Takes::Values;
    let ticked = if is_whole { values } else { &[] };
    Entry {
        ticks: known_groups(column, ticked),
        texts: match is_whole && !known_values(column).is_empty() {
            true => vec![String::new()],
            false => values.iter().cloned().chain([String::new()]).collect(),
        },
        listed: is_listed(column).then(|| ticking(column).as_str()),
    }
}

/// The values that a column is known to have, with the words for them.
pub fn known_values(column: &Column) -> Vec<(&'static str, &'static str)> {
    match column.value_type {
        ValueType::Choice(choices) => choices
            .iter()
            .map(|choice| (choice.value, choice.label))
            .collect(),
        ValueType::Boolean => vec![("true", "Yes"), ("false", "No")],
        _ => Vec::new(),
    }
}

/// Known values in their groups, and ticked ones that are not known.
fn known_groups(column: &'static Column, ticked: &[String]) -> Vec<ValueGroup> {
    let known = known_values(column);
    if known.is_empty() {
        return Vec::new();
    }
    let known_lines = known.iter().map(|(value, _)| line(column, value, ticked));
    let others = ticked
        .iter()
        .filter(|value| !known.iter().any(|(known, _)| same(known, value)))
        .map(|value| line(column, value, ticked));
    super::client_apps::grouped(column, known_lines.chain(others).collect())
}

/// A value as a line that can be ticked.
pub fn line(column: &Column, value: &str, ticked: &[String]) -> ValueLine {
    ValueLine {
        value: value.to_owned(),
        words: shown(&in_words(column, value), MOST_IN_LIST),
        help: super::client_apps::help(column, value),
        is_ticked: ticked.iter().any(|ticked| same(ticked, value)),
        ..ValueLine::default()
    }
}

/// Whether two values are one in a filter, which does not regard letter case.
pub fn same(left: &str, right: &str) -> bool {
    left == right || left.to_lowercase() == right.to_lowercase()
}

/// The portal's words for a value.
pub fn in_words(column: &Column, value: &str) -> String {
    let value = match column.value_type {
        ValueType::Boolean => Value::Boolean(value == "true"),
        _ => Value::Text(value.to_owned()),
    };
    present::value(column, &value)
}

/// The values of a pill: two, and how many more.
pub fn values_in_words(filter: &Filter, clock: &Clock) -> String {
    const MOST_NAMED: usize = 2;
    let words = |value: &String| match filter.column.value_type {
        ValueType::Instant => {
            model::time::read(value).map_or(value.clone(), |moment| clock.in_grid(moment).text)
        }
        _ => in_words(filter.column, value),
    };
    let named: Vec<String> = filter
        .values
        .iter()
        .take(MOST_NAMED)
        .map(|value| shown(&words(value), MOST_IN_PILL))
        .collect();
    match filter.values.len().saturating_sub(MOST_NAMED) {
        0 => named.join(", "),
        more => format!("{}, +{more}", named.join(", ")),
    }
}
