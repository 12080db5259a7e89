//! The values of a filter: cut at commas, and made what the column takes.

use super::{MOST_VALUES, moment};
use crate::column::{Column, ValueType, choices};
use crate::query::{Filter, Operator};
use crate::time;

/// Parts at commas that no backslash guards. A value may be empty only when it is the only one.
pub(super) fn split_values(text: &str) -> Vec<String> {
    let mut values = vec![String::new()];
    let mut chars = text.chars();
    while let Some(char) = chars.next() {
        let last = values.len() - 1;
        match char {
            '\\' => match chars.next() {
                Some(guarded @ (',' | '\\')) => values[last].push(guarded),
                Some(other) => values[last].extend(['\\', other]),
                None => values[last].push('\\'),
            },
            ',' => values.push(String::new()),
            other => values[last].push(other),
        }
    }
    values.retain(|value| !value.is_empty());
    values
}

/// The filter, when the column takes the operator and the values.
pub(super) fn check_filter(
    column: &'static Column,
    operator: Operator,
    values: Vec<String>,
) -> Result<Filter, String> {
    if !column.takes(operator) {
        let words: Vec<_> = column
            .operators()
            .iter()
            .map(|operator| operator.as_str())
            .collect();
        return Err(format!(
            "{} cannot be compared with `{operator}`; it takes {}",
            column.label,
            words.join(", ")
        ));
    }
    if !operator.needs_value() {
        return Ok(Filter {
            column,
            operator,
            values: Vec::new(),
            paused: false,
            people: None,
        });
    }
    if values.is_empty() {
        return Err(format!("`{operator}` needs a value"));
    }
    if values.len() > MOST_VALUES {
        return Err(format!("more than {MOST_VALUES} values"));
    }
    let values = values
        .into_iter()
        .map(|value| check_value(column, operator, value))
        .collect::<Result<_, _>>()?;
    Ok(Filter {
        column,
        operator,
        values,
        paused: false,
        people: None,
    })
}

fn check_value(
    column: &'static Column,
    operator: Operator,
    value: String,
) -> Result<String, String> {
    if matches!(operator, Operator::Within | Operator::NotWithin) {
        return match crate::network::Network::parse(&value).is_some() {
            true => Ok(value),
            false => Err(format!(
                "`{value}` is not a network; write it as 203.0.113.0/24, 203.0.113.7 or 203.0.113.5-203.0.113.9"
            )),
        };
    }
    match column.value_type {
        ValueType::Integer => match value.trim().parse::<i64>() {
            Ok(number) => Ok(number.to_string()),
            Err(_) => Err(format!("{} is a number, `{value}` is not", column.label)),
        },
        ValueType::Decimal => match value.trim().parse::<f64>() {
            Ok(number) if number.is_finite() => Ok(number.to_string()),
            _ => Err(format!("{} is a number, `{value}` is not", column.label)),
        },
        ValueType::Boolean => match value.trim().to_ascii_lowercase().as_str() {
            "true" | "yes" | "1" => Ok("true".to_owned()),
            "false" | "no" | "0" => Ok("false".to_owned()),
            _ => Err(format!(
                "{} is yes or no, `{value}` is neither",
                column.label
            )),
        },
        ValueType::Instant => moment(&value).map(time::write),
        ValueType::Choice(known)
            if matches!(
                operator,
                Operator::Equal | Operator::NotEqual | Operator::In | Operator::NotIn
            ) =>
        {
            Ok(choices::canonical(known, &value).map_or(value, str::to_owned))
        }
        ValueType::Choice(_)
        | ValueType::Text
        | ValueType::Identifier
        | ValueType::Address
        | ValueType::List => Ok(value),
    }
}
