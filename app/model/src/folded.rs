//! Sign-ins that are alike within a stretch of time, as one line, which the portal calls "Time aggregate".
//!
//! Stretches are aligned to UTC: an hour begins at a full hour, six hours at 0, 6, 12 or 18 o'clock, a day at
//! midnight. A line stands where its newest sign-in would stand among single ones, so that a cursor names a
//! place in both.
//!
//! One sign-in of a person is often several events: what was interrupted, and what ended it. These are one line in
//! the same way, but not by stretches of the clock, which would cut a sign-in in two at every full hour: they belong
//! together as long as none is more than [`MOST_BETWEEN_MICROS`] after the one before.

use chrono::{DateTime, Utc};

use crate::answer::Row;
use crate::column::Column;
use crate::query::{Cursor, Every, Filter, Operator, Query};
use crate::tab::Tab;
use crate::value::Value;

/// What stands for an identifier that is not known.
pub const UNKNOWN_ID: &str = "00000000-0000-0000-0000-000000000000";
/// Lines are counted among at most so many sign-ins: counting takes a look at each.
pub const MOST_COUNTED: u64 = 200_000;
/// Most columns by which sign-ins are alike.
pub const MOST_COLUMNS: usize = 10;

const MICROS_OF_AN_HOUR: i64 = 3_600_000_000;
/// Most time between an event of a sign-in and the next, in microseconds: an hour. Setting up a method or a device
/// takes people that long; and applications use correlation IDs again.
pub const MOST_BETWEEN_MICROS: i64 = MICROS_OF_AN_HOUR;

/// A page of lines, newest first, after the query's cursor. The query's order is not looked at.
#[derive(Debug, Clone, PartialEq)]
pub struct FoldAsk {
    /// What the sign-ins of a line have in common.
    pub by: Vec<Alike>,
    /// Within which stretch of time. [`Every::Off`] is taken as a day.
    pub every: Every,
    /// Values to show of the newest sign-in of each line.
    pub columns: Vec<&'static Column>,
    /// Most lines.
    pub limit: usize,
    /// Whether to say how many lines there are in all.
    pub lines: bool,
}

/// One thing that the sign-ins of a line have in common. Texts are compared without regard to letter case, as
/// filters do.
#[derive(Debug, Clone, PartialEq)]
pub struct Alike {
    /// The column, of identifiers where there are any.
    pub column: &'static Column,
    /// Where it has no value, or [`UNKNOWN_ID`], these count too.
    pub names: Vec<&'static Column>,
    /// Whether a sign-in that has no value there, or [`UNKNOWN_ID`], is like no other.
    pub is_needed: bool,
}

/// Lines of a page, in order.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Folded {
    /// The lines.
    pub lines: Vec<Line>,
    /// Where the next page starts; `None` when there is none.
    pub next: Option<Cursor>,
    /// How many lines there are in all, where asked for, on a first page, and of at most [`MOST_COUNTED`]
    /// sign-ins.
    pub count: Option<u64>,
    /// Whether one stretch of time has more than [`crate::answer::MOST_GROUPS`] lines, of which none is told:
    /// they would take more memory than one question may.
    pub is_too_many: bool,
}

/// Sign-ins that are alike within a stretch of time.
#[derive(Debug, Clone, PartialEq)]
pub struct Line {
    /// The newest of them; of equally new ones one that was a success, and then that with the least request ID.
    pub newest: Row,
    /// How many there are.
    pub sign_ins: u64,
    /// Moment of the oldest.
    pub first: DateTime<Utc>,
}

impl Alike {
    fn by(column: &'static str, names: &[&'static str]) -> Alike {
        Alike {
            column: Column::named(column),
            names: names.iter().map(|name| Column::named(name)).collect(),
            is_needed: false,
        }
    }

    /// What is alike in the lines of a tab: what the portal takes as alike, and for interactive sign-ins, which it
    /// never folds, what the events of one sign-in have in common.
    pub fn in_tab(tab: Tab) -> Vec<Alike> {
        let application = Alike::by("application_id", &["application"]);
        let user = Alike::by("user_id", &["username", "user"]);
        let workload = Alike::by("service_principal_id", &["service_principal_name"]);
        let address = Alike::by("ip_address", &[]);
        let status = Alike::by("status", &[]);
        let resource = Alike::by("resource_id", &["resource"]);
        let attempt = Alike {
            is_needed: true,
            ..Alike::by("correlation_id", &[])
        };
        match tab {
            Tab::Interactive => vec![attempt, user, application],
            Tab::NonInteractive => vec![application, user, address, status, resource],
            Tab::ServicePrincipal => vec![workload, status, address, resource],
            Tab::ManagedIdentity => vec![workload, status, resource],
        }
    }

    /// The filters that leave what is alike by all of these, given the values of the columns of each in order.
    pub fn filters(by: &[Alike], values: &[Value]) -> Vec<Filter> {
        let mut values = values.iter();
        let mut filters = Vec::new();
        for alike in by {
            let value = values.next().cloned().unwrap_or_default();
            let is_unknown = is_unknown(&value);
            filters.push(filter(alike.column, &value));
            for name in &alike.names {
                let value = values.next().cloned().unwrap_or_default();
                if is_unknown {
                    filters.push(filter(name, &value));
                }
            }
        }
        filters
    }

    /// The column and the names.
    pub fn columns(&self) -> impl Iterator<Item = &'static Column> {
        [self.column].into_iter().chain(self.names.iter().copied())
    }
}

impl FoldAsk {
    /// All columns by which sign-ins are alike, in order.
    pub fn key_columns(&self) -> Vec<&'static Column> {
        self.by.iter().flat_map(Alike::columns).collect()
    }

    /// Most time between two neighbours of a line, in microseconds, where that and no stretch of time makes it one.
    pub fn most_between_micros(&self) -> Option<i64> {
        (self.every == Every::SignIn).then_some(MOST_BETWEEN_MICROS)
    }

    /// The first moment, in microseconds since 1970, of which nothing is needed for the lines behind a cursor: later
    /// lines were all on pages before, but what was shown of one that goes on has to be known.
    pub fn end_of(&self, cursor_micros: i64) -> i64 {
        match self.most_between_micros() {
            Some(most) => cursor_micros.saturating_add(most).saturating_add(1),
            None => self
                .start(cursor_micros)
                .saturating_add(self.width_micros()),
        }
    }

    /// How long a stretch of time is, in microseconds.
    pub fn width_micros(&self) -> i64 {
        match self.every {
            Every::Off => 24 * MICROS_OF_AN_HOUR,
            Every::SignIn => MICROS_OF_AN_HOUR,
            every => i64::from(every.hours()) * MICROS_OF_AN_HOUR,
        }
    }

    /// First moment of the stretch that a moment is in, both in microseconds since 1970.
    pub fn start(&self, micros: i64) -> i64 {
        let width = self.width_micros();
        micros.div_euclid(width).saturating_mul(width)
    }
}

/// Whether a value names nobody.
pub fn is_unknown(value: &Value) -> bool {
    match value {
        Value::Empty => true,
        value => value.as_text() == Some(UNKNOWN_ID),
    }
}

fn filter(column: &'static Column, value: &Value) -> Filter {
    match value {
        Value::Empty => Filter::new(column, Operator::Empty, [""; 0]),
        value => Filter::new(column, Operator::Equal, [value.to_text()]),
    }
}

/// The newest moment that counts for the pages of lines that continue a first one, in microseconds since 1970.
/// What came in since would move a line up to a page that was shown already, and leave it out.
pub fn until_micros(query: &Query) -> Option<i64> {
    match query.after.as_ref()?.sort_value {
        Some(Value::Instant(moment)) => Some(moment.timestamp_micros()),
        _ => None,
    }
}

/// The cursor behind the last of a page's lines, of which the first is the newest.
pub fn cursor(query: &Query, first: &Row, last: &Row) -> Cursor {
    Cursor {
        sort_value: match &query.after {
            Some(after) => after.sort_value.clone(),
            None => Some(Value::Instant(first.date)),
        },
        date_micros: last.date.timestamp_micros(),
        request_id: last.request_id.clone(),
    }
}

impl Folded {
    /// The answer where there are too many lines.
    pub fn too_many() -> Folded {
        Folded {
            is_too_many: true,
            ..Folded::default()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ask(tab: Tab, every: Every) -> FoldAsk {
        FoldAsk {
            by: Alike::in_tab(tab),
            every,
            columns: Vec::new(),
            limit: 10,
            lines: false,
        }
    }

    #[test]
    fn stretches_are_aligned_to_utc() {
        let at = |text: &str| crate::time::read(text).map(|moment| moment.timestamp_micros());
        for (every, start) in [
            (Every::Hour, "2026-11-24T17:00:00Z"),
            (Every::SixHours, "2026-11-24T12:00:00Z"),
            (Every::Day, "2026-11-24T00:00:00Z"),
        ] {
            let fold = ask(Tab::NonInteractive, every);
            let moment = at("2026-11-24T17:59:59.999999Z");
            assert_eq!(moment.map(|micros| fold.start(micros)), at(start));
            assert_eq!(at(start).map(|micros| fold.start(micros)), at(start));
        }
        assert_eq!(
            ask(Tab::NonInteractive, Every::Hour).start(-1),
            -MICROS_OF_AN_HOUR
        );
    }

    #[test]
    fn every_tab_has_a_key() {
        for tab in Tab::ALL {
            let columns = ask(tab, Every::Day).key_columns();
            assert!(!columns.is_empty(), "{tab}");
            assert!(columns.len() <= MOST_COLUMNS, "{tab}");
            assert!(columns.iter().all(|column| column.tabs.has(tab)), "{tab}");
        }
    }

    #[test]
    fn a_page_of_sign_ins_needs_as_much_as_lies_between_two_events() {
        let hours = ask(Tab::NonInteractive, Every::Hour);
        assert_eq!(hours.most_between_micros(), None);
        assert_eq!(hours.end_of(MICROS_OF_AN_HOUR + 5), 2 * MICROS_OF_AN_HOUR);
        let sign_ins = ask(Tab::Interactive, Every::SignIn);
        assert_eq!(sign_ins.end_of(5), 5 + MOST_BETWEEN_MICROS + 1);
    }

    #[test]
    fn names_count_where_an_identifier_says_nothing() {
        let fold = ask(Tab::ManagedIdentity, Every::Day);
        let text = |text: &str| Value::Text(text.to_owned());
        let texts = |values: &[Value]| {
            let filters = Alike::filters(&fold.by, values);
            filters.iter().map(Filter::to_text).collect::<Vec<_>>()
        };
        assert_eq!(
            texts(&[
                text("an-id"),
                text("a name"),
                text("success"),
                Value::Empty,
                text("Vault")
            ]),
            [
                "service_principal_id:eq:an-id",
                "status:eq:success",
                "resource_id:empty",
                "resource:eq:Vault",
            ]
        );
        assert_eq!(
            texts(&[
                text(UNKNOWN_ID),
                Value::Empty,
                text("failure"),
                text("r"),
                Value::Empty
            ]),
            [
                "service_principal_id:eq:00000000-0000-0000-0000-000000000000",
                "service_principal_name:empty",
                "status:eq:failure",
                "resource_id:eq:r",
            ]
        );
    }
}
