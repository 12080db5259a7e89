//! Reading a query from its text, keeping what can be kept.

use std::fmt;

use super::percent::pairs;
use super::{Cursor, Filter, Operator, Query, Range, Sort, TimeZone};
use crate::column::{Column, ValueType, choices};
use crate::tab::Tab;
use crate::time;

/// Longest accepted value of one part, in bytes: more is no question but an attack.
const LONGEST_VALUE_BYTES: usize = 4_096;
/// A cursor is made by the program, and holds a request ID, which may be long.
const LONGEST_CURSOR_BYTES: usize = 32_768;
/// Most accepted filters, and most values of one filter.
const MOST_FILTERS: usize = 64;
const MOST_VALUES: usize = 500;

/// A part of a query that could not be read. The rest of the query still works.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// The part as it was written, such as `f=user:like:ann`.
    pub part: String,
    /// What is wrong with it and what would be right.
    pub message: String,
}

impl Problem {
    /// Whether the place at which the page begins is what could not be read.
    pub fn is_of_place(&self) -> bool {
        self.part
            .split_once('=')
            .map_or(self.part.as_str(), |(name, _)| name)
            == "after"
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}: {}", self.part, self.message)
    }
}

impl Query {
    /// Reads a query string, with or without its `?`. Parts that cannot be read are left out and
    /// reported, in the order in which they stand.
    pub fn parse(text: &str) -> (Query, Vec<Problem>) {
        let mut reader = Reader::default();
        for (name, value) in pairs(text) {
            // A form sends every field, also those left blank.
            if value.trim().is_empty() && name != "from" {
                continue;
            }
            if let Err(message) = reader.part(&name, &value) {
                let part = crate::present::shortened(&format!("{name}={value}"), 200);
                reader.problems.push(Problem { part, message });
            }
        }
        reader.finish()
    }
}

#[derive(Default)]
struct Reader {
    query: Query,
    range_named: bool,
    from: Option<Option<chrono::DateTime<chrono::Utc>>>,
    to: Option<chrono::DateTime<chrono::Utc>>,
    form: FilterForm,
    problems: Vec<Problem>,
}

/// A filter as a page's form sends it: column, operator and values in fields of their own.
#[derive(Default)]
struct FilterForm {
    column: Option<&'static Column>,
    operator: Option<Operator>,
    values: Vec<String>,
}

impl Reader {
    fn part(&mut self, name: &str, value: &str) -> Result<(), String> {
        let longest = match name {
            "after" => LONGEST_CURSOR_BYTES,
            _ => LONGEST_VALUE_BYTES,
        };
        if value.len() > longest {
            return Err(format!("longer than {longest} bytes"));
        }
        match name {
            "tab" => {
                self.query.tab = Tab::parse(value)
                    .ok_or("no such tab; there are interactive, noninteractive, serviceprincipal, managedidentity")?;
            }
            "range" => {
                self.query.range = Range::parse(value)
                    .ok_or("no such range; there are 24h, 7d, 1mo, or from= and to=")?;
                self.range_named = true;
            }
            "from" if value.trim().is_empty() => self.from = self.from.or(Some(None)),
            "from" => self.from = Some(Some(moment(value)?)),
            "to" => self.to = Some(moment(value)?),
            "tz" => {
                self.query.time_zone =
                    TimeZone::parse(value).ok_or("no such time zone; there are local, utc")?;
            }
            "f" => self.filter(parse_filter(value)?)?,
            "q" => self.query.search = Some(value.trim().to_owned()),
            "sort" => self.query.sort = parse_sort(value)?,
            "cols" => self.columns(value)?,
            "row" => self.query.row = Some(value.to_owned()),
            "after" => {
                self.query.after = Some(
                    Cursor::parse(value)
                        .ok_or("not a place in the list; start again from the first page")?,
                );
            }
            "fcol" => self.form.column = Some(column(value)?),
            "fop" => self.form.operator = Some(operator(value)?),
            "fval" => self.form.values.push(value.trim().to_owned()),
            _ => return Err("not a part of a query".to_owned()),
        }
        Ok(())
    }

    fn filter(&mut self, filter: Filter) -> Result<(), String> {
        if self.query.filters.len() >= MOST_FILTERS {
            return Err(format!("more than {MOST_FILTERS} filters"));
        }
        if !self.query.filters.contains(&filter) {
            self.query.filters.push(filter);
        }
        Ok(())
    }

    fn columns(&mut self, value: &str) -> Result<(), String> {
        let mut columns: Vec<&'static Column> = Vec::new();
        let mut unknown = Vec::new();
        for id in value.split(',').map(str::trim).filter(|id| !id.is_empty()) {
            match Column::find(id) {
                Some(column) if columns.contains(&column) => {}
                Some(column) => columns.push(column),
                None => unknown.push(id.to_owned()),
            }
        }
        if !columns.is_empty() {
            self.query.columns = Some(columns);
        }
        if unknown.is_empty() {
            Ok(())
        } else {
            Err(format!("no such column: {}", unknown.join(", ")))
        }
    }

    fn finish(mut self) -> (Query, Vec<Problem>) {
        if !self.range_named && (self.from.is_some() || self.to.is_some()) {
            let from = self.from.flatten();
            if from.is_some_and(|from| self.to.is_some_and(|to| to <= from)) {
                self.problems.push(Problem {
                    part: "to".to_owned(),
                    message: "the range ends before it begins; swap from and to".to_owned(),
                });
            } else {
                self.query.range = Range::Between { from, to: self.to };
            }
        }
        self.finish_form();
        let sort = self.query.sort;
        if self
            .query
            .after
            .as_ref()
            .is_some_and(|after| !after.fits(sort))
        {
            self.query.after = None;
            self.problems.push(Problem {
                part: "after".to_owned(),
                message: "a place in another order; this is the first page".to_owned(),
            });
        }
        (self.query, self.problems)
    }

    fn finish_form(&mut self) {
        let FilterForm {
            column,
            operator,
            values,
        } = std::mem::take(&mut self.form);
        let Some(column) = column else { return };
        let operator = operator.unwrap_or(column.value_type.operators()[0]);
        if values.is_empty() && operator.needs_value() {
            return;
        }
        let outcome = check_filter(column, operator, values).and_then(|filter| self.filter(filter));
        if let Err(message) = outcome {
            self.problems.push(Problem {
                part: format!("{} {}", column.label, operator.label()),
                message,
            });
        }
    }
}

fn moment(text: &str) -> Result<chrono::DateTime<chrono::Utc>, String> {
    time::read(text).ok_or_else(|| "not a moment; write it as 2026-11-24T10:42:00Z".to_owned())
}

fn column(id: &str) -> Result<&'static Column, String> {
    let id = id.trim();
    match Column::find(id) {
        Some(column) if column.is_filterable() => Ok(column),
        Some(column) => Err(format!(
            "{} cannot be filtered; filter by the error code instead",
            column.label
        )),
        None => Err(Column::unknown(id)),
    }
}

fn operator(word: &str) -> Result<Operator, String> {
    Operator::parse(word).ok_or_else(|| {
        let words: Vec<_> = Operator::ALL
            .iter()
            .map(|operator| operator.as_str())
            .collect();
        format!("no operator `{word}`; there are {}", words.join(", "))
    })
}

fn parse_sort(text: &str) -> Result<Sort, String> {
    let text = text.trim();
    let (id, descending) = match text.strip_prefix('-') {
        Some(id) => (id, true),
        None => (text, false),
    };
    Ok(Sort {
        column: column(id)?,
        descending,
    })
}

fn parse_filter(text: &str) -> Result<Filter, String> {
    let mut parts = text.splitn(3, ':');
    let column = column(parts.next().unwrap_or_default())?;
    let operator = operator(
        parts
            .next()
            .ok_or("a filter is written column:operator:value")?,
    )?;
    let values = parts.next().map(split_values).unwrap_or_default();
    check_filter(column, operator, values)
}

/// Parts at commas that no backslash guards. A value may be empty only when it is the only one.
fn split_values(text: &str) -> Vec<String> {
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

fn check_filter(
    column: &'static Column,
    operator: Operator,
    values: Vec<String>,
) -> Result<Filter, String> {
    if !column.takes(operator) {
        let words: Vec<_> = column
            .value_type
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
    })
}

fn check_value(
    column: &'static Column,
    operator: Operator,
    value: String,
) -> Result<String, String> {
    if operator == Operator::Within {
        return match crate::network::Network::parse(&value).is_some() {
            true => Ok(value),
            false => Err(format!(
                "`{value}` is not a network; write it as 203.0.113.0/24"
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

#[cfg(test)]
mod tests;
