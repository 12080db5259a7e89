//! Reading a query from its text, keeping what can be kept.

use std::fmt;

use super::percent::pairs;
mod line;
mod values;

pub use self::line::Line;
use self::values::{check_filter, split_values};
use super::write::{ALL_KINDS, PAUSED};
use super::{Ago, Cursor, Every, Filter, GroupOrder, Operator, Query, Range, Sort, TimeZone};
use crate::column::Column;
use crate::tab::{Noise, Tab};
use crate::time;

/// Longest accepted value of one part, in bytes: more is no question but an attack.
const LONGEST_VALUE_BYTES: usize = 4_096;
/// A cursor is made by the program, and holds a request ID, which may be long.
const LONGEST_CURSOR_BYTES: usize = 32_768;
/// A line holds all filters and the search, and a filter may have [`MOST_VALUES`] of the length of a name.
const LONGEST_FILTER_BYTES: usize = 32_768;
/// Most accepted filters, and most values of one filter.
const MOST_FILTERS: usize = 64;
pub const MOST_VALUES: usize = 500;
/// Most values of all filters together: each is compared with every value that a column has.
const MOST_VALUES_OF_ALL: usize = 1_000;
/// Most columns to group by.
const MOST_GROUPED_BY: usize = 2;

/// A part of a query that could not be read. The rest of the query still works.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// The part as it was written, such as `f=user:like:ann`.
    pub part: String,
    /// What is wrong with it and what would be right.
    pub message: String,
}

impl Problem {
    /// What is said of a time zone that there is not.
    pub const NO_TIME_ZONE: &str =
        "no such time zone; there are local, utc, and names such as Europe/Oslo";

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
    is_of_all: bool,
    range_named: bool,
    from: Option<Option<End>>,
    to: Option<End>,
    form: FilterForm,
    problems: Vec<Problem>,
}

/// An end of a range as it was written.
#[derive(Clone, Copy)]
enum End {
    Moment(chrono::DateTime<chrono::Utc>),
    Ago(Ago),
}

impl End {
    fn moment(self) -> Option<chrono::DateTime<chrono::Utc>> {
        match self {
            End::Moment(moment) => Some(moment),
            End::Ago(_) => None,
        }
    }
}

const BACKWARDS: &str = "the range ends before it begins; swap from and to";

/// A filter as a page's form sends it: column, operator and values in fields of their own.
#[derive(Default)]
struct FilterForm {
    column: Option<&'static Column>,
    operator: Option<Operator>,
    /// What was written.
    values: Vec<String>,
    /// What was ticked, which only counts where whole values are compared.
    ticked: Vec<String>,
    /// A text that the value contains, whatever operator and values say.
    contained: Option<String>,
}

impl FilterForm {
    fn operator_and_values(self, column: &Column) -> (Operator, Vec<String>) {
        let operator = self.operator.unwrap_or(column.operators()[0]);
        if let Some(text) = self.contained {
            let operator = match operator.is_opposite() {
                true => Operator::NotContains,
                false => Operator::Contains,
            };
            return (operator, vec![text]);
        }
        let is_whole = matches!(
            operator,
            Operator::Equal | Operator::NotEqual | Operator::In | Operator::NotIn
        );
        match is_whole && !self.ticked.is_empty() {
            true => (operator, self.ticked),
            false => (operator, self.values),
        }
    }
}

impl Reader {
    fn part(&mut self, name: &str, value: &str) -> Result<(), String> {
        let longest = match name {
            "after" => LONGEST_CURSOR_BYTES,
            "line" | "f" => LONGEST_FILTER_BYTES,
            _ => LONGEST_VALUE_BYTES,
        };
        if value.len() > longest {
            return Err(format!("longer than {longest} bytes"));
        }
        match name {
            "tab" if value.trim().eq_ignore_ascii_case(ALL_KINDS) => self.is_of_all = true,
            "tab" => {
                self.query.tab = Tab::parse(value)
                    .ok_or("no such tab; there are interactive, noninteractive, serviceprincipal, managedidentity, all")?;
                self.is_of_all = false;
            }
            "noise" => {
                let noise = Noise::parse(value);
                self.query.noise = Some(noise.ok_or("there are people, silent, workloads")?);
            }
            "range" => {
                self.query.range = Range::parse(value)
                    .ok_or("no such range; there are 24h, 7d, 1mo, or from= and to=")?;
                self.range_named = true;
            }
            "from" if value.trim().is_empty() => self.from = self.from.or(Some(None)),
            "from" => self.from = Some(Some(end(value)?)),
            "to" => self.to = Some(end(value)?),
            "tz" => {
                self.query.time_zone = TimeZone::parse(value).ok_or(Problem::NO_TIME_ZONE)?;
            }
            "f" => self.filter(parse_filter(value)?)?,
            "q" => self.query.search = Some(value.trim().to_owned()),
            "sort" => self.query.sort = parse_sort(value)?,
            "cols" => self.columns(value)?,
            "widths" => self.widths(value)?,
            "every" => {
                let every = Every::parse(value);
                self.query.every = Some(every.ok_or("there are off, 1h, 6h, 24h, signin")?);
            }
            "group" => self.group(value)?,
            "order" => {
                let order = GroupOrder::parse(value);
                self.query.group_order = order.ok_or(
                    "no such order of groups; there are key, rows, success, failure, interrupted, rate, users, first, last",
                )?;
            }
            "row" => self.query.row = Some(value.to_owned()),
            "pane" => self.query.pane = Some(value.trim().to_owned()),
            "compare" => self.query.compare = Some(value.trim().to_owned()),
            "view" => {
                let is_id =
                    value.len() <= 32 && value.bytes().all(|byte| byte.is_ascii_alphanumeric());
                self.query.view = Some(
                    is_id
                        .then(|| value.to_owned())
                        .ok_or("not the id of a view")?,
                );
            }
            "after" => {
                self.query.after = Some(
                    Cursor::parse(value)
                        .ok_or("not a place in the list; start again from the first page")?,
                );
            }
            "fcol" => self.form.column = Some(filterable(value)?),
            "fop" => self.form.operator = Some(operator(value)?),
            "fval" => self.form.values.push(value.trim().to_owned()),
            "ftick" => self.form.ticked.push(value.to_owned()),
            "fcontains" => self.form.contained = Some(value.trim().to_owned()),
            "line" => self.line(value)?,
            _ => return Err("not a part of a query".to_owned()),
        }
        Ok(())
    }

    fn filter(&mut self, filter: Filter) -> Result<(), String> {
        if self.query.filters.len() >= MOST_FILTERS {
            return Err(format!("more than {MOST_FILTERS} filters"));
        }
        if self.query.filters.contains(&filter) {
            return Ok(());
        }
        let filters = self.query.filters.iter().chain([&filter]);
        if filters.map(|filter| filter.values.len()).sum::<usize>() > MOST_VALUES_OF_ALL {
            return Err(format!(
                "more than {MOST_VALUES_OF_ALL} values in all filters together"
            ));
        }
        self.query.filters.push(filter);
        Ok(())
    }

    /// A line adds filters, and says what is searched for.
    fn line(&mut self, value: &str) -> Result<(), String> {
        let line = Line::parse(value);
        self.problems.extend(line.problems);
        if line.search.is_some() {
            self.query.search = line.search;
        }
        line.filters
            .into_iter()
            .try_for_each(|filter| self.filter(filter))
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

    /// Widths of columns, `user:200,reason:300`. One beyond the limits counts as the limit.
    fn widths(&mut self, value: &str) -> Result<(), String> {
        let mut wrong = Vec::new();
        for part in value.split(',').filter(|part| !part.trim().is_empty()) {
            let read = part.split_once(':').and_then(|(id, width_px)| {
                Some((
                    Column::find(id.trim())?,
                    width_px.trim().parse::<u32>().ok()?,
                ))
            });
            match read {
                Some((column, width_px)) => {
                    let width_px = u16::try_from(width_px).unwrap_or(u16::MAX);
                    let width_px =
                        width_px.clamp(*Query::WIDTHS_PX.start(), *Query::WIDTHS_PX.end());
                    self.query.widths_px.retain(|(other, _)| *other != column);
                    self.query.widths_px.push((column, width_px));
                }
                None => wrong.push(part.trim().to_owned()),
            }
        }
        if wrong.is_empty() {
            Ok(())
        } else {
            Err(format!(
                "not a column and its width in pixels: {}",
                wrong.join(", ")
            ))
        }
    }

    fn group(&mut self, value: &str) -> Result<(), String> {
        let mut columns: Vec<&'static Column> = Vec::new();
        for id in value.split(',').filter(|id| !id.trim().is_empty()) {
            let column = column(id)?;
            if !columns.contains(&column) {
                columns.push(column);
            }
        }
        if columns.len() > MOST_GROUPED_BY {
            return Err(format!("more than {MOST_GROUPED_BY} columns to group by"));
        }
        self.query.group = columns;
        Ok(())
    }

    fn finish_range(&mut self) {
        if self.range_named || (self.from.is_none() && self.to.is_none()) {
            return;
        }
        let range = match (self.from.flatten(), self.to) {
            (Some(End::Ago(from)), None) => Ok(Range::Ago { from, to: Ago::NOW }),
            (Some(End::Ago(from)), Some(End::Ago(to))) if to.duration() < from.duration() => {
                Ok(Range::Ago { from, to })
            }
            (Some(End::Ago(_)), Some(End::Ago(_))) => Err(BACKWARDS),
            (from, Some(End::Ago(Ago::NOW))) if !matches!(from, Some(End::Ago(_))) => {
                let from = from.and_then(End::moment);
                Ok(Range::Between { from, to: None })
            }
            (Some(End::Ago(_)), Some(End::Moment(_))) | (_, Some(End::Ago(_))) => {
                Err("write both ends as moments, or both as now-…")
            }
            (from, to) => {
                let (from, to) = (from.and_then(End::moment), to.and_then(End::moment));
                if from.is_some_and(|from| to.is_some_and(|to| to <= from)) {
                    Err(BACKWARDS)
                } else {
                    Ok(Range::Between { from, to })
                }
            }
        };
        match range {
            // `from=now-24h` is what the blade opens with, in other words.
            Ok(range) => self.query.range = range,
            Err(message) => self.problems.push(Problem {
                part: "to".to_owned(),
                message: message.to_owned(),
            }),
        }
    }

    fn finish(mut self) -> (Query, Vec<Problem>) {
        self.query.noise = self.is_of_all.then(|| self.query.noise.unwrap_or_default());
        if self.query.noise.is_some() {
            self.query.tab = Tab::Interactive;
        }
        if self.query.group.is_empty() {
            self.query.group_order = GroupOrder::default();
        }
        self.finish_range();
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
        let form = std::mem::take(&mut self.form);
        let Some(column) = form.column else { return };
        let (operator, values) = form.operator_and_values(column);
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

fn end(text: &str) -> Result<End, String> {
    if let Some(ago) = Ago::parse(text) {
        return Ok(End::Ago(ago));
    }
    time::read(text)
        .map(End::Moment)
        .ok_or_else(|| "not a moment; write it as 2026-11-24T10:42:00Z or now-3d".to_owned())
}

fn moment(text: &str) -> Result<chrono::DateTime<chrono::Utc>, String> {
    time::read(text).ok_or_else(|| "not a moment; write it as 2026-11-24T10:42:00Z".to_owned())
}

/// What can be filtered by.
fn filterable(id: &str) -> Result<&'static Column, String> {
    Column::filterable(id.trim()).map_or_else(|| column(id), Ok)
}

fn column(id: &str) -> Result<&'static Column, String> {
    let id = id.trim();
    match Column::find(id) {
        Some(column) if column.is_stored() => Ok(column),
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
    let (text, paused) = match text.trim_start().strip_prefix(PAUSED) {
        Some(text) => (text, true),
        None => (text, false),
    };
    let mut parts = text.splitn(3, ':');
    let column = filterable(parts.next().unwrap_or_default())?;
    let operator = operator(
        parts
            .next()
            .ok_or("a filter is written column:operator:value")?,
    )?;
    let values = parts.next().map(split_values).unwrap_or_default();
    let filter = check_filter(column, operator, values)?;
    Ok(Filter { paused, ..filter })
}

#[cfg(test)]
mod tests;
