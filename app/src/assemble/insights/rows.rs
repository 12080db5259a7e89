//! The lines of a report, exact and in order.

use std::cmp::Ordering;
use std::collections::HashMap;

use chrono::{DateTime, Utc};
use model::answer::{Group, Groups, MOST_GROUPS};
use model::ask::{Ask, GroupAsk};
use model::query::{Filter, Operator, Query};
use model::{Column, Outcome, Value};

use super::{Measure, Report};
use crate::backend::{Answered, Backend, BackendError};

/// One line.
#[derive(Debug, Clone, PartialEq)]
pub struct ReportRow {
    /// The column that it is known by: that of the identifier, or of the name where there is no identifier.
    pub column: &'static Column,
    /// Its value there.
    pub key: String,
    /// What it is called most often.
    pub name: Option<String>,
    /// Success, failure, interrupted.
    pub by_outcome: [u64; 3],
    /// People; `None` where that is not known exactly.
    pub users: Option<u64>,
    /// The first and the last.
    pub span: Option<(DateTime<Utc>, DateTime<Utc>)>,
}

/// The whole report.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct ReportRows {
    /// The lines.
    pub rows: Vec<ReportRow>,
    /// How many sign-ins have neither identifier nor name.
    pub nameless: u64,
    /// Whether there are more lines than can be put together.
    pub is_too_many: bool,
    /// Whether the lake was read for it.
    pub is_from_lake: bool,
}

impl ReportRow {
    /// How many sign-ins there are.
    pub fn all(&self) -> u64 {
        self.by_outcome.iter().sum()
    }

    /// How many came to this.
    pub fn of(&self, outcome: Outcome) -> u64 {
        self.by_outcome[outcome.index()]
    }

    /// Successes and what they are counted among: interrupted ones are steps of others.
    pub fn rate(&self) -> (u64, u64) {
        let success = self.of(Outcome::Success);
        (success, success + self.of(Outcome::Failure))
    }

    /// What it is called.
    pub fn title(&self) -> &str {
        self.name.as_deref().unwrap_or(&self.key)
    }

    /// Its sign-ins among those of the report. What is known by its name alone has none with an identifier.
    pub fn among(&self, query: &Query, report: &Report) -> Query {
        let [id, _] = report.columns();
        let own = Filter::new(self.column, Operator::Equal, [self.key.clone()]);
        let own = query.with_filter(own);
        match self.column == id {
            true => own,
            false => own.with_filter(Filter::new(id, Operator::Empty, Vec::<String>::new())),
        }
    }

    fn of_group(column: &'static Column, key: String, group: &Group) -> ReportRow {
        ReportRow {
            column,
            key,
            name: None,
            by_outcome: group.by_outcome,
            users: group.users,
            span: group.span.map(|span| (span.first, span.last)),
        }
    }

    /// Identifiers that differ in letter case alone are one: filters pass over it.
    fn join(&mut self, other: &ReportRow) {
        for (sum, more) in self.by_outcome.iter_mut().zip(other.by_outcome) {
            *sum += more;
        }
        // The same person may be among both.
        self.users = None;
        self.span = match (self.span, other.span) {
            (Some((first, last)), Some((other_first, other_last))) => {
                Some((first.min(other_first), last.max(other_last)))
            }
            (one, other) => one.or(other),
        };
    }
}

/// Counts the sign-ins of a query by what the report is of. The query is that of the report.
///
/// # Errors
/// Those of the backend.
pub async fn rows(
    backend: &dyn Backend,
    report: &Report,
    query: &Query,
) -> Result<ReportRows, BackendError> {
    let [id, name] = report.columns();
    let users = report.measures.contains(&Measure::Users);
    let counted = grouped(backend, query.clone(), vec![id], users, true).await?;
    let named = grouped(backend, query.clone(), vec![id, name], false, false).await?;
    let is_from_lake = counted.is_from_lake || named.is_from_lake;
    let (counted, named) = (
        counted.answer.groups.unwrap_or_default(),
        named.answer.groups.unwrap_or_default(),
    );
    if counted.is_too_many || named.is_too_many {
        return Ok(ReportRows {
            is_too_many: true,
            is_from_lake,
            ..ReportRows::default()
        });
    }
    let mut rows = by_key(id, &counted);
    let names = names(&named);
    for row in &mut rows {
        row.name = names.get(&row.key.to_lowercase()).cloned();
    }
    let mut found = ReportRows {
        is_from_lake,
        ..ReportRows::default()
    };
    if counted.groups.iter().any(|group| text(group, 0).is_none()) {
        // Without an identifier, by name.
        let empty = Filter::new(id, Operator::Empty, Vec::<String>::new());
        let query = query.with_filter(empty);
        let others = grouped(backend, query, vec![name], users, true).await?;
        found.is_from_lake |= others.is_from_lake;
        let others = others.answer.groups.unwrap_or_default();
        if others.is_too_many {
            found.is_too_many = true;
            return Ok(found);
        }
        let nameless = others
            .groups
            .iter()
            .filter(|group| text(group, 0).is_none());
        found.nameless = nameless.map(|group| group.rows).sum();
        rows.extend(by_key(name, &others));
    }
    found.rows = rows;
    Ok(found)
}

async fn grouped(
    backend: &dyn Backend,
    query: Query,
    by: Vec<&'static Column>,
    users: bool,
    span: bool,
) -> Result<Answered, BackendError> {
    let mut ask = Ask::of(query);
    ask.groups = Some(GroupAsk {
        by,
        limit: MOST_GROUPS,
        users,
        span,
    });
    backend.ask(ask).await
}

fn text(group: &Group, place: usize) -> Option<String> {
    match group.keys.get(place) {
        None | Some(Value::Empty) => None,
        Some(value) => Some(value.to_text()),
    }
}

fn by_key(column: &'static Column, groups: &Groups) -> Vec<ReportRow> {
    let mut rows: Vec<ReportRow> = Vec::with_capacity(groups.groups.len());
    let mut places: HashMap<String, usize> = HashMap::new();
    for group in &groups.groups {
        let Some(key) = text(group, 0) else { continue };
        let row = ReportRow::of_group(column, key, group);
        let place = *places.entry(row.key.to_lowercase()).or_insert(rows.len());
        match rows.get_mut(place) {
            Some(known) => known.join(&row),
            None => rows.push(row),
        }
    }
    rows
}

/// What identifiers are called most often: groups come with the largest first.
fn names(groups: &Groups) -> HashMap<String, String> {
    let mut names = HashMap::new();
    for group in &groups.groups {
        if let (Some(id), Some(name)) = (text(group, 0), text(group, 1)) {
            names.entry(id.to_lowercase()).or_insert(name);
        }
    }
    names
}

/// Leaves the lines whose name or identifier has this in it.
pub fn keep_found(rows: &mut Vec<ReportRow>, find: &str) {
    let wanted = find.trim().to_lowercase();
    rows.retain(|row| {
        let has = |text: &str| text.to_lowercase().contains(&wanted);
        has(&row.key) || row.name.as_deref().is_some_and(has)
    });
}

/// What lines are in the order of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Order {
    /// A measure, or the name.
    pub by: Option<Measure>,
    /// Most first.
    pub descending: bool,
}

/// Puts lines in order. Equal ones are in that of their keys, whichever way it goes.
pub fn put_in_order(rows: &mut [ReportRow], order: Order) {
    rows.sort_by(|left, right| {
        let compared = compared(left, right, order.by);
        let compared = if order.descending {
            compared.reverse()
        } else {
            compared
        };
        compared.then_with(|| left.key.cmp(&right.key))
    });
}

fn compared(left: &ReportRow, right: &ReportRow, by: Option<Measure>) -> Ordering {
    let of = |row: &ReportRow| match by {
        Some(Measure::Successful) => row.of(Outcome::Success),
        Some(Measure::Failed) => row.of(Outcome::Failure),
        Some(Measure::Interrupted) => row.of(Outcome::Interrupted),
        Some(Measure::Users) => row.users.unwrap_or_default(),
        _ => row.all(),
    };
    match by {
        None => left
            .title()
            .to_lowercase()
            .cmp(&right.title().to_lowercase()),
        Some(Measure::Rate) => {
            // As fractions, so that none is rounded.
            let ((good, of), (other_good, other_of)) = (left.rate(), right.rate());
            let share = u128::from(good) * u128::from(other_of.max(1));
            let other_share = u128::from(other_good) * u128::from(of.max(1));
            share.cmp(&other_share)
        }
        Some(Measure::First) => left
            .span
            .map(|span| span.0)
            .cmp(&right.span.map(|span| span.0)),
        Some(Measure::Last) => left
            .span
            .map(|span| span.1)
            .cmp(&right.span.map(|span| span.1)),
        Some(_) => of(left).cmp(&of(right)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(key: &str, by_outcome: [u64; 3]) -> ReportRow {
        ReportRow {
            column: Column::named("application_id"),
            key: key.to_owned(),
            name: None,
            by_outcome,
            users: Some(1),
            span: None,
        }
    }

    #[test]
    fn interrupted_sign_ins_are_no_part_of_the_rate() {
        assert_eq!(row("a", [3, 1, 96]).rate(), (3, 4));
        assert_eq!(row("a", [0, 0, 5]).rate(), (0, 0));
    }

    #[test]
    fn lines_are_in_order_of_exact_fractions() {
        let mut rows = vec![
            row("c", [2, 1, 0]),
            row("b", [0, 0, 9]),
            row("a", [200_001, 100_000, 0]),
        ];
        let by = Some(Measure::Rate);
        put_in_order(
            &mut rows,
            Order {
                by,
                descending: true,
            },
        );
        let keys: Vec<&str> = rows.iter().map(|row| row.key.as_str()).collect();
        assert_eq!(keys, ["a", "c", "b"]);
    }

    #[test]
    fn identifiers_that_differ_in_letter_case_are_one_line() {
        let group = |id: &str, rows| Group {
            keys: vec![Value::Text(id.to_owned())],
            rows,
            by_outcome: [rows, 0, 0],
            users: Some(1),
            span: None,
        };
        let groups = Groups {
            groups: vec![group("AB", 5), group("ab", 2), group("c", 1)],
            ..Groups::default()
        };
        let rows = by_key(Column::named("application_id"), &groups);
        assert_eq!(rows.len(), 2);
        assert_eq!((rows[0].all(), rows[0].users), (7, None));
        assert_eq!(rows[1].users, Some(1));
    }
}
