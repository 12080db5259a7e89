//! Groups by an identifier and a name, put together by the identifier: the same thing may have had several names.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use model::answer::Groups;
use model::{Column, Outcome, Value};

/// What has the same identifier.
#[derive(Debug, Clone, PartialEq)]
pub struct Merged {
    /// The column that it is known by: that of the identifier, or of the name where there is no identifier.
    pub column: &'static Column,
    /// Its value there.
    pub key: String,
    /// The name that most of its sign-ins have.
    pub name: Option<String>,
    /// Number of sign-ins.
    pub rows: u64,
    /// Of these success, failure, interrupted.
    pub by_outcome: [u64; 3],
    /// When the last one was, where that was asked for.
    pub last: Option<DateTime<Utc>>,
}

impl Merged {
    /// Of these failed.
    pub fn failures(&self) -> u64 {
        self.by_outcome[Outcome::Failure.index()]
    }

    fn add(&mut self, rows: u64, by_outcome: [u64; 3], last: Option<DateTime<Utc>>) {
        self.rows += rows;
        for (sum, more) in self.by_outcome.iter_mut().zip(by_outcome) {
            *sum += more;
        }
        self.last = self.last.max(last);
    }
}

/// Groups by two columns, identifier and name, put together, the largest first; and how many sign-ins have
/// neither.
pub fn merged(groups: &Groups, by: [&'static Column; 2]) -> (Vec<Merged>, u64) {
    let mut all: Vec<Merged> = Vec::new();
    let mut places: HashMap<(&'static str, String), usize> = HashMap::new();
    let mut nameless = 0;
    for group in &groups.groups {
        let text = |place: usize| match group.keys.get(place) {
            None | Some(Value::Empty) => None,
            Some(value) => Some(value.to_text()),
        };
        let (id, name) = (text(0), text(1));
        let (column, key) = match (id, &name) {
            (Some(id), _) => (by[0], id),
            (None, Some(name)) => (by[1], name.clone()),
            (None, None) => {
                nameless += group.rows;
                continue;
            }
        };
        let last = group.span.map(|span| span.last);
        // Filters pass over letter case.
        let place = *places
            .entry((column.id, key.to_lowercase()))
            .or_insert(all.len());
        if place == all.len() {
            all.push(Merged {
                column,
                key,
                name: None,
                rows: 0,
                by_outcome: [0; 3],
                last: None,
            });
        }
        if let Some(entry) = all.get_mut(place) {
            // The largest group comes first.
            entry.name = entry.name.take().or(name);
            entry.add(group.rows, group.by_outcome, last);
        }
    }
    all.sort_by(|left, right| {
        right
            .rows
            .cmp(&left.rows)
            .then_with(|| left.key.cmp(&right.key))
    });
    (all, nameless)
}

#[cfg(test)]
mod tests {
    use model::answer::Group;

    use super::*;

    fn group(id: &str, name: &str, rows: u64) -> Group {
        let value = |text: &str| match text {
            "" => Value::Empty,
            text => Value::Text(text.to_owned()),
        };
        Group {
            keys: vec![value(id), value(name)],
            rows,
            by_outcome: [rows - 1, 1, 0],
            users: None,
            span: None,
        }
    }

    #[test]
    fn names_of_one_identifier_are_put_together() {
        let groups = Groups {
            groups: vec![
                group("a@x", "Ann", 5),
                group("b@x", "Bo", 4),
                group("A@X", "Ann Lee", 3),
                group("", "", 2),
                group("", "Guest", 1),
            ],
            distinct: 5,
            is_too_many: false,
        };
        let by = [Column::named("username"), Column::named("user")];
        let (all, nameless) = merged(&groups, by);
        let said: Vec<_> = all
            .iter()
            .map(|one| {
                (
                    one.column.id,
                    one.key.as_str(),
                    one.name.as_deref(),
                    one.rows,
                    one.failures(),
                )
            })
            .collect();
        assert_eq!(
            said,
            [
                ("username", "a@x", Some("Ann"), 8, 2),
                ("username", "b@x", Some("Bo"), 4, 1),
                ("user", "Guest", Some("Guest"), 1, 1),
            ]
        );
        assert_eq!(nameless, 2);
    }
}
