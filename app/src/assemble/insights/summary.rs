//! Numbers of a report that is more than one list: each says which sign-ins it counts, so that it can be opened in the
//! blade, and asked again.

use model::answer::{Counted, Group, MOST_GROUPS};
use model::ask::{Ask, GroupAsk};
use model::query::{Filter, Operator, Query};
use model::{Column, Outcome, Value};

use crate::assemble::sign_ins::PATH as BLADE;
use crate::assemble::time_chart::of_value;
use crate::backend::{Answered, Backend, BackendError};
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
    Ok(totals_of(&answered))
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
pub fn totals_of(answered: &Answered) -> Totals {
    let mut totals = Totals::default();
    for group in answered
        .answer
        .groups
        .iter()
        .flat_map(|groups| &groups.groups)
    {
        totals.counted.add(&counted(group));
        totals.people += group.users.unwrap_or_default();
    }
    totals
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
    let groups = answered.answer.groups.unwrap_or_default();
    Ok(table_of((id, query, column), groups.groups, limit, keep))
}

/// The same, of what was counted.
pub fn table_of(
    (id, query, column): (&'static str, &Query, &'static Column),
    groups: Vec<Group>,
    limit: usize,
    keep: impl Fn(&Value) -> bool,
) -> Table {
    let lines = groups.into_iter().filter_map(|group| {
        let value = group.keys.first().cloned()?;
        keep(&value).then(|| TableLine {
            query: query.with_filter(of_value(column, &value)),
            counted: counted(&group),
            people: group.users,
            value,
        })
    });
    let mut lines: Vec<TableLine> = lines.collect();
    let more = lines.len().saturating_sub(limit) as u64;
    lines.truncate(limit);
    Table { id, lines, more }
}

/// The sign-ins of a query that came to this.
pub fn of_outcome(query: &Query, outcome: Outcome) -> Query {
    let status = Column::named("status");
    query.with_filter(Filter::new(status, Operator::In, [outcome.as_str()]))
}
