//! Filters and search as one line that people write: `status:failure app:contains:teams 203.0.113.7`.
//!
//! A word is `column:value`, `column:operator:value` or free text; values are kept apart by commas. A minus in
//! front turns "is" into "is not", a `~` pauses. What holds blanks, commas or quotation marks stands within
//! `"`, where a backslash guards `"` and `\`; within a word, a `"` is nothing special. What is quoted as a whole
//! is free text.

use super::{Filter, Operator, Query};
use crate::column::{Column, ValueType};
use crate::network::Network;

/// Short names that people write for columns, beside their ids.
const SHORT_NAMES: [(&str, &str); 12] = [
    ("app", "application"),
    ("browser", "browser"),
    ("ca", "conditional_access"),
    ("client", "client_app"),
    ("code", "error_code"),
    ("device", "device_name"),
    ("error", "error_code"),
    ("ip", "ip_address"),
    ("os", "operating_system"),
    ("policy", "conditional_access_policies"),
    ("upn", "username"),
    ("asn", "autonomous_system_number"),
];

/// Fewest letters of a beginning that stands for a column.
const FEWEST_LETTERS: usize = 3;

impl Query {
    /// All filters, then the search, as one line that [`Line::parse`](super::Line::parse) reads back.
    pub fn to_line(&self) -> String {
        let filters = self.filters.iter().map(Filter::to_line);
        let search = self.search.as_deref().map(free_text);
        filters.chain(search).collect::<Vec<_>>().join(" ")
    }
}

impl Filter {
    /// The filter as a word of a line.
    pub fn to_line(&self) -> String {
        let paused = if self.paused { "~" } else { "" };
        let id = self.column.id;
        let (start, is_said) = match self.operator {
            // Without an operator, it would be read as a network.
            Operator::In | Operator::NotIn if self.has_networks() => {
                (format!("{id}:{}", self.operator), true)
            }
            Operator::In => (id.to_owned(), false),
            Operator::NotIn => (format!("-{id}"), false),
            other => (format!("{id}:{other}"), true),
        };
        if !self.operator.needs_value() {
            return format!("{paused}{start}");
        }
        let values: Vec<_> = self
            .values
            .iter()
            .enumerate()
            .map(|(at, value)| word(value, at == 0 && !is_said))
            .collect();
        format!("{paused}{start}:{}", values.join(","))
    }

    fn has_networks(&self) -> bool {
        matches!(self.column.value_type, ValueType::Address)
            && self.values.iter().any(|value| Network::is_written(value))
    }
}

/// A value as it stands in a line; `is_after_column` when an operator could stand there too.
pub fn word(value: &str, is_after_column: bool) -> String {
    let is_hard = value.is_empty()
        || value.chars().any(|char| {
            char.is_whitespace() || char.is_control() || matches!(char, '"' | ',' | '\\')
        });
    if is_hard || (is_after_column && operator_in_front(value).is_some()) {
        quoted(value)
    } else {
        value.to_owned()
    }
}

fn free_text(text: &str) -> String {
    let is_plain = super::Line::parse(text)
        == super::Line {
            search: Some(text.to_owned()),
            ..super::Line::default()
        };
    match is_plain {
        true => text.to_owned(),
        false => quoted(text),
    }
}

fn quoted(text: &str) -> String {
    let mut result = String::from("\"");
    for char in text.chars() {
        match char {
            '"' | '\\' => result.extend(['\\', char]),
            '\n' => result.push_str("\\n"),
            other => result.push(other),
        }
    }
    result.push('"');
    result
}

/// The operator that a text begins with, with the rest of the text after its colon.
pub(super) fn operator_in_front(text: &str) -> Option<(Operator, Option<&str>)> {
    let (word, rest) = match text.split_once(':') {
        Some((word, rest)) => (word, Some(rest)),
        None => (text, None),
    };
    let is_word = !word.is_empty() && word.bytes().all(|byte| byte.is_ascii_alphabetic());
    let operator = Operator::parse(word).filter(|_| is_word)?;
    Some((operator, rest))
}

/// The column that a name in a line stands for: its id, a short name of it, or a beginning that no other
/// column has. Columns that cannot be filtered are named too, so that this can be said.
pub fn named(name: &str) -> Option<&'static Column> {
    let name = name.to_ascii_lowercase();
    let is_word = !name.is_empty()
        && name
            .bytes()
            .all(|byte| byte.is_ascii_lowercase() || byte == b'_');
    if !is_word {
        return None;
    }
    let short = || {
        let mut known = SHORT_NAMES.iter();
        let (_, id) = known.find(|(short, _)| *short == name)?;
        Column::find(id)
    };
    let exact = Column::find(&name).or_else(|| Column::filterable(&name));
    exact.or_else(short).or_else(|| {
        let mut found = crate::column::COLUMNS
            .iter()
            .filter(|column| column.is_stored() && column.id.starts_with(&name));
        let first = found.next().filter(|_| name.len() >= FEWEST_LETTERS);
        first.filter(|_| found.next().is_none())
    })
}

/// What people write for a column instead of its id, where there is something.
pub fn short_names(column: &Column) -> impl Iterator<Item = &'static str> {
    SHORT_NAMES
        .iter()
        .filter(|(_, id)| *id == column.id)
        .map(|(short, _)| *short)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn short_names_are_of_columns() {
        for (short, id) in SHORT_NAMES {
            assert_eq!(named(short).map(|column| column.id), Some(id), "{short}");
        }
    }

    #[test]
    fn a_beginning_names_a_column_when_no_other_has_it() {
        assert_eq!(named("longi").map(|column| column.id), Some("longitude"));
        assert_eq!(named("user_"), None);
        assert_eq!(named("lo"), None);
        assert_eq!(named("http"), None);
        assert_eq!(named(""), None);
    }
}
