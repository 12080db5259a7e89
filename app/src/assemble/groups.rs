//! Sign-ins in groups.

use std::cmp::Ordering;

use model::answer::{Group, Groups};
use model::ask::GroupAsk;
use model::query::{GroupNumber, GroupOrder, Query};
use model::{Column, Value};

use super::entity::window::Window;
use super::moments::Clock;
use super::rail::{columns_of, label, permille, words};
use crate::text::explore as text;
use crate::view::grid::Sorted;
use crate::view::groups::{GroupChoice, GroupHeader, GroupLine, GroupMenu, GroupTable};
use crate::view::sign_ins::Totals;

/// Most groups that are shown.
const SHOWN: usize = 500;
/// Most groups that are put in order: the largest ones.
const ORDERED: usize = 10_000;

/// What the page asks for its groups.
pub fn ask(query: &Query) -> Option<GroupAsk> {
    let is_by_rows = query.group_order == GroupOrder::default();
    (!query.group.is_empty()).then(|| GroupAsk {
        by: query.group.clone(),
        limit: if is_by_rows { SHOWN } else { ORDERED },
        users: true,
        span: true,
    })
}

/// The table of the groups that were found.
pub fn table(query: &Query, found: Groups, clock: &Clock, path: &str) -> GroupTable {
    let looked_at = found.groups.len() as u64;
    let mut groups = found.groups;
    // Equal ones stay in the order in which they came: the lesser key first.
    if query.group_order != GroupOrder::default() {
        groups.sort_by(|left, right| in_order(query.group_order, left, right));
    }
    groups.truncate(SHOWN);
    let shown = groups.len() as u64;
    GroupTable {
        headers: headers(query, path),
        groups: groups
            .iter()
            .map(|group| line(query, group, clock, path))
            .collect(),
        summary: match (shown < found.distinct, looked_at < found.distinct) {
            (false, _) => text::all_groups(found.distinct),
            // The largest ones come first, however many there are.
            (true, true) if query.group_order != GroupOrder::default() => {
                text::first_of_largest(shown, looked_at, found.distinct)
            }
            (true, _) => text::first_groups(shown, found.distinct),
        },
        is_too_many: found.is_too_many,
        ungrouped: query.with_group(Vec::new()).to_address(path),
    }
}

fn in_order(order: GroupOrder, left: &Group, right: &Group) -> Ordering {
    let [left_success, left_failure, left_interrupted] = left.by_outcome;
    let [right_success, right_failure, right_interrupted] = right.by_outcome;
    let ascending = match order.by {
        GroupNumber::Key => by_keys(left, right),
        GroupNumber::Rows => left.rows.cmp(&right.rows),
        GroupNumber::Success => left_success.cmp(&right_success),
        GroupNumber::Failure => left_failure.cmp(&right_failure),
        GroupNumber::Interrupted => left_interrupted.cmp(&right_interrupted),
        // As fractions: no rounding makes two of them equal.
        GroupNumber::FailureRate => (u128::from(left_failure) * u128::from(right.rows))
            .cmp(&(u128::from(right_failure) * u128::from(left.rows))),
        GroupNumber::Users => left.users.cmp(&right.users),
        GroupNumber::First => left
            .span
            .map(|span| span.first)
            .cmp(&right.span.map(|span| span.first)),
        GroupNumber::Last => left
            .span
            .map(|span| span.last)
            .cmp(&right.span.map(|span| span.last)),
    };
    match order.descending {
        true => ascending.reverse(),
        false => ascending,
    }
}

/// Texts as people look for them in a list; no value comes last.
fn by_keys(left: &Group, right: &Group) -> Ordering {
    let compared = left.keys.iter().zip(&right.keys).map(|pair| match pair {
        (Value::Text(left), Value::Text(right)) => left.to_lowercase().cmp(&right.to_lowercase()),
        (left, right) => left
            .order(right)
            .unwrap_or_else(|| left.is_empty().cmp(&right.is_empty())),
    });
    compared.fold(Ordering::Equal, Ordering::then)
}

fn headers(query: &Query, path: &str) -> Vec<GroupHeader> {
    let header = |by: GroupNumber, label: String| {
        let present = query.group_order;
        let sorted = (present.by == by).then_some(match present.descending {
            true => Sorted::Descending,
            false => Sorted::Ascending,
        });
        let order = GroupOrder {
            by,
            // Words from A to Z, numbers from the greatest, the first seen from the oldest.
            descending: match sorted {
                Some(sorted) => sorted == Sorted::Ascending,
                None => !matches!(by, GroupNumber::Key | GroupNumber::First),
            },
        };
        let ordered = Query {
            group_order: order,
            ..query.without_row()
        };
        GroupHeader {
            label,
            address: ordered.to_address(path),
            sorted,
            is_number: !matches!(
                by,
                GroupNumber::Key | GroupNumber::First | GroupNumber::Last
            ),
        }
    };
    let keys: Vec<_> = query
        .group
        .iter()
        .map(|column| label(column, query.tabs()))
        .collect();
    let numbers = [
        (GroupNumber::Rows, text::ALL),
        (GroupNumber::Success, text::SUCCESS),
        (GroupNumber::Failure, text::FAILURE),
        (GroupNumber::Interrupted, text::INTERRUPTED),
        (GroupNumber::FailureRate, text::FAILURE_RATE),
        (GroupNumber::Users, text::USERS),
        (GroupNumber::First, text::FIRST_SEEN),
        (GroupNumber::Last, text::LAST_SEEN),
    ];
    let first = header(GroupNumber::Key, keys.join(", "));
    let others = numbers.map(|(by, words)| header(by, words.to_owned()));
    [first].into_iter().chain(others).collect()
}

fn line(query: &Query, group: &Group, clock: &Clock, path: &str) -> GroupLine {
    let [success, failure, interrupted] = group.by_outcome;
    let keys = || query.group.iter().copied().zip(&group.keys);
    let ungrouped = Query {
        group_order: GroupOrder::default(),
        ..query.with_group(Vec::new())
    };
    let address = keys().try_fold(ungrouped, |query, (column, value)| {
        query.with_only(column, value)
    });
    GroupLine {
        keys: keys()
            .map(|(column, value)| words(column, value, clock))
            .collect(),
        address: address.map(|query| query.to_address(path)),
        about: keys()
            .filter_map(|(column, value)| {
                let page = Window::around(query).page_of(column, value)?;
                Some((words(column, value, clock).0, page))
            })
            .collect(),
        totals: Totals {
            all: group.rows,
            success,
            failure,
            interrupted,
        },
        failed_permille: permille(failure, group.rows),
        users: group.users.unwrap_or_default(),
        first: group.span.map(|span| clock.in_grid(span.first)),
        last: group.span.map(|span| clock.in_grid(span.last)),
    }
}

/// The command that groups, with the columns of the tab.
pub fn menu(query: &Query, path: &str) -> GroupMenu {
    let by = &query.group;
    let to = |columns: Vec<&'static Column>| query.with_group(columns).to_address(path);
    let choice = |column: &'static Column| GroupChoice {
        label: label(column, query.tabs()),
        address: to(vec![column]),
        then: by
            .first()
            .filter(|first| **first != column && !by.contains(&column))
            .map(|first| to(vec![first, column])),
        is_present: by.contains(&column),
    };
    let labels: Vec<_> = by
        .iter()
        .map(|column| label(column, query.tabs()))
        .collect();
    let mut choices: Vec<_> = columns_of(query.tabs()).map(choice).collect();
    choices.sort_by_key(|choice| choice.label.to_lowercase());
    GroupMenu {
        present: (!by.is_empty()).then(|| labels.join(", ")),
        off: (!by.is_empty()).then(|| to(Vec::new())),
        choices,
        is_fetched: false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn group(key: &str, by_outcome: [u64; 3], users: u64) -> Group {
        Group {
            keys: vec![Value::Text(key.to_owned())],
            rows: by_outcome.iter().sum(),
            by_outcome,
            users: Some(users),
            span: None,
        }
    }

    fn table_of(query: &str, distinct: u64) -> GroupTable {
        let now = model::time::read("2026-11-24T10:42:00Z").expect("a moment");
        let clock = Clock {
            now,
            zone: chrono_tz::Tz::UTC,
            own_zone: chrono_tz::Tz::UTC,
        };
        let found = Groups {
            groups: vec![
                group("Teams", [90, 10, 0], 7),
                group("azure", [1, 2, 3], 9),
                group("Zoom", [0, 2, 0], 1),
            ],
            distinct,
            is_too_many: false,
        };
        table(&Query::parse(query).0, found, &clock, "/sign-ins")
    }

    fn keys(query: &str) -> String {
        let groups = table_of(query, 3).groups;
        let keys: Vec<_> = groups.iter().map(|group| group.keys[0].0.clone()).collect();
        keys.join(" ")
    }

    #[test]
    fn groups_are_put_in_any_order() {
        for (order, expected) in [
            ("", "Teams azure Zoom"),
            ("rows", "Zoom azure Teams"),
            ("key", "azure Teams Zoom"),
            ("-failure", "Teams azure Zoom"),
            ("-rate", "Zoom azure Teams"),
            ("-users", "azure Teams Zoom"),
        ] {
            assert_eq!(
                keys(&format!("group=application&order={order}")),
                expected,
                "{order}"
            );
        }
    }

    #[test]
    fn what_is_not_compared_is_said() {
        let summary = |query, distinct| table_of(query, distinct).summary;
        assert_eq!(summary("group=application", 3), "3 groups");
        assert_eq!(
            summary("group=application", 12_345),
            "top 3 of 12,345 groups"
        );
        assert_eq!(
            summary("group=application&order=-users", 12_345),
            "top 3 of the 3 largest of 12,345 groups; smaller groups are not compared"
        );
    }

    #[test]
    fn a_group_leads_to_its_sign_ins() {
        let table = table_of(
            "group=application&order=key&f=status:eq:failure&range=7d",
            3,
        );
        assert_eq!(
            table.groups[0].address.as_deref(),
            Some("/sign-ins?range=7d&f=status:eq:failure&f=application:eq:azure")
        );
        assert_eq!(
            table.headers[0].address,
            "/sign-ins?range=7d&f=status:eq:failure&group=application&order=-key"
        );
        assert_eq!(
            table.headers[1].address,
            "/sign-ins?range=7d&f=status:eq:failure&group=application"
        );
    }
}
