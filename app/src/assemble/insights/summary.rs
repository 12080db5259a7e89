//! Numbers of a report that is more than one list: each says which sign-ins it counts, so that it can be opened in the
//! blade, and asked again.

use std::collections::HashMap;

use model::answer::{Counted, Group, Groups, MOST_GROUPS, Series};
use model::ask::{Ask, GroupAsk};
use model::query::{Filter, Operator, Query};
use model::{Column, Outcome, Value};

use crate::assemble::sign_ins::PATH as BLADE;
use crate::assemble::time_chart::of_value;
use crate::backend::{Answered, Backend, BackendError};
use crate::text::insights as text;
use crate::view::entity::Number;

/// The numbers of a report.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Summary {
    /// Single numbers.
    pub figures: Vec<Figure>,
    /// Lists of numbers.
    pub tables: Vec<Table>,
    /// Whether the lake was read for any.
    pub is_from_lake: bool,
}

/// A number.
#[derive(Debug, Clone, PartialEq)]
pub struct Figure {
    /// Its name in answers and files.
    pub id: &'static str,
    /// How many.
    pub count: u64,
    /// The sign-ins that are counted; `None` for people, and where there can be none.
    pub query: Option<Query>,
}

/// A list of numbers.
#[derive(Debug, Clone, PartialEq)]
pub struct Table {
    /// Its name in answers and files.
    pub id: &'static str,
    /// Its lines, the largest first.
    pub lines: Vec<TableLine>,
    /// How many lines there are beyond these.
    pub more: u64,
}

/// A line.
#[derive(Debug, Clone, PartialEq)]
pub struct TableLine {
    /// What it is of; empty where nothing was recorded.
    pub value: Value,
    /// How many sign-ins, and what became of them.
    pub counted: Counted,
    /// How many people, where that was asked.
    pub people: Option<u64>,
    /// The sign-ins that are counted.
    pub query: Query,
}

impl Summary {
    /// The number of this name.
    pub fn count(&self, id: &str) -> u64 {
        let figure = self.figures.iter().find(|figure| figure.id == id);
        figure.map_or(0, |figure| figure.count)
    }

    /// The number of this name with the way to its sign-ins.
    pub fn number(&self, id: &str) -> Number {
        let figure = self.figures.iter().find(|figure| figure.id == id);
        let query = figure.and_then(|figure| figure.query.as_ref());
        Number {
            count: figure.map_or(0, |figure| figure.count),
            address: query.map_or_else(String::new, |query| query.to_address(BLADE)),
        }
    }

    /// The list of this name.
    pub fn table(&self, id: &str) -> Option<&Table> {
        self.tables.iter().find(|table| table.id == id)
    }

    /// Notes a number of sign-ins.
    pub fn note(&mut self, id: &'static str, count: u64, query: Option<Query>) {
        self.figures.push(Figure { id, count, query });
    }
}

/// What the sign-ins of a query come to.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Totals {
    /// How many, and what became of them.
    pub counted: Counted,
    /// How many people, where that was asked.
    pub people: u64,
}

/// Counts the sign-ins of a query, and the people where that is wanted.
///
/// # Errors
/// Those of the backend.
pub async fn totals(
    backend: &dyn Backend,
    summary: &mut Summary,
    query: &Query,
    people: bool,
) -> Result<Totals, BackendError> {
    let mut ask = Ask::of(query.clone());
    ask.groups = Some(by_kind(people));
    let answered = backend.ask(ask).await?;
    summary.is_from_lake |= answered.is_from_lake;
    totals_of(answered)
}

/// What [`totals_of`] takes apart.
pub fn by_kind(people: bool) -> GroupAsk {
    GroupAsk {
        by: vec![Column::named("kind")],
        limit: 4,
        users: people,
        span: false,
    }
}

/// The sums of an answer with [`by_kind`]. People of several kinds of sign-in are counted with each.
///
/// # Errors
/// When there are too many people to count.
pub fn totals_of(answered: Answered) -> Result<Totals, BackendError> {
    let mut totals = Totals::default();
    for group in told(answered.answer.groups)? {
        totals.counted.add(&counted(&group));
        totals.people += group.users.unwrap_or_default();
    }
    Ok(totals)
}

fn counted(group: &Group) -> Counted {
    Counted {
        rows: group.rows,
        by_outcome: group.by_outcome,
    }
}

/// The sign-ins of a query by the values of a column: the values that are kept, the most frequent first, at most so
/// many.
///
/// # Errors
/// Those of the backend.
pub async fn table(
    backend: &dyn Backend,
    summary: &mut Summary,
    (id, query, column): (&'static str, &Query, &'static Column),
    (people, limit): (bool, usize),
    keep: impl Fn(&Value) -> bool,
) -> Result<Table, BackendError> {
    let mut ask = Ask::of(query.clone());
    ask.groups = Some(GroupAsk {
        by: vec![column],
        limit: MOST_GROUPS,
        users: people,
        span: false,
    });
    let answered = backend.ask(ask).await?;
    summary.is_from_lake |= answered.is_from_lake;
    let groups = told(answered.answer.groups)?;
    Ok(table_of((id, query, column), groups, limit, keep))
}

/// The same, of what was counted.
pub fn table_of(
    (id, query, column): (&'static str, &Query, &'static Column),
    groups: Vec<Group>,
    limit: usize,
    keep: impl Fn(&Value) -> bool,
) -> Table {
    let mut lines: Vec<TableLine> = Vec::new();
    let mut places: HashMap<String, usize> = HashMap::new();
    for group in groups {
        let Some(value) = group.keys.first().filter(|value| keep(value)) else {
            continue;
        };
        // Filters pass over letter case: spellings that differ in nothing else are one line.
        let place = places
            .entry(value.to_text().to_lowercase())
            .or_insert(lines.len());
        match lines.get_mut(*place) {
            Some(known) => {
                known.counted.add(&counted(&group));
                // Who is in both is not known.
                known.people = None;
            }
            None => lines.push(TableLine {
                query: query.with_filter(of_value(column, value)),
                counted: counted(&group),
                people: group.users,
                value: value.clone(),
            }),
        }
    }
    lines.sort_by_key(|line| std::cmp::Reverse(line.counted.rows));
    let more = lines.len().saturating_sub(limit) as u64;
    lines.truncate(limit);
    Table { id, lines, more }
}

/// The groups, unless there are too many to tell any.
///
/// # Errors
/// When there are.
pub fn told(groups: Option<Groups>) -> Result<Vec<Group>, BackendError> {
    match groups.unwrap_or_default() {
        groups if groups.is_too_many => Err(too_many()),
        groups => Ok(groups.groups),
    }
}

/// The histograms by value, spellings joined, unless there are too many to tell any.
///
/// # Errors
/// When there are.
pub fn whole(series: Option<Series>) -> Result<Series, BackendError> {
    match series.unwrap_or_default() {
        series if series.is_too_many => Err(too_many()),
        series => Ok(series.joined()),
    }
}

/// Nothing went wrong that a log would explain: there is no number to look it up under.
fn too_many() -> BackendError {
    BackendError {
        message: text::TOO_MANY.to_owned(),
        trace: String::new(),
    }
}

/// The sign-ins of a query that came to this.
pub fn of_outcome(query: &Query, outcome: Outcome) -> Query {
    let status = Column::named("status");
    query.with_filter(Filter::new(status, Operator::In, [outcome.as_str()]))
}
