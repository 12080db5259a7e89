//! The fields beside the rows.

use model::answer::Facet;
use model::ask::FacetAsk;
use model::column::Section;
use model::query::Query;
use model::tab::{Tab, Tabs};
use model::{Column, Value, present};

use super::choices::{Choices, OpenField};
use super::entity::window::Window;
use super::moments::Clock;
use crate::text::explore as text;
use crate::view::rail::{Field, FieldValue, FieldValues, Rail, Verbs};
use crate::view::safe_text::{MOST_IN_CELL, shown};
use crate::view::sign_ins::Totals;
use crate::viewer::shows;

/// Values of an open field, and of one of which more are shown.
const VALUES: usize = 5;
const MORE_VALUES: usize = 50;
/// Fields that stand first, in this order, where the tab has them. The first eight of them are counted with
/// every page.
const FIRST: [&str; 16] = [
    "error_code",
    "application",
    "service_principal_name",
    "status",
    "user",
    "resource",
    "country",
    "ip_address",
    "client_app",
    "verdict",
    "conditional_access",
    "operating_system",
    "browser",
    "deciding_policy",
    "authentication_methods",
    "autonomous_system_number",
];
const COUNTED: usize = 8;

/// The column in whose place the reason is shown: it is worked out from it.
const REASON: &str = "error_code";

/// What a value is called where the page shows it, and the code behind it.
pub fn words(column: &Column, value: &Value, clock: &Clock) -> (String, Option<String>) {
    match value {
        Value::Empty => (text::NO_VALUE.to_owned(), None),
        Value::Integer(code) if column.id == REASON => {
            let reason = match code {
                0 => text::SUCCESS.to_owned(),
                _ => present::of_code(*code).to_owned(),
            };
            (reason, Some(code.to_string()))
        }
        Value::Instant(moment) => (clock.in_grid(*moment).text, None),
        value => (shown(&present::value(column, value), MOST_IN_CELL), None),
    }
}

/// The label of a column among the fields and groups of these kinds.
pub fn label(column: &Column, tabs: Tabs) -> &'static str {
    match column.id {
        REASON => text::REASON,
        _ => column.label_in(tabs),
    }
}

/// The verbs on a value.
pub fn verbs(query: &Query, column: &'static Column, value: &Value, path: &str) -> Verbs {
    let address = |query: Option<Query>| query.map(|query| query.to_address(path));
    Verbs {
        only: address(query.with_only(column, value)),
        without: address(query.with_none_of(column, value)),
        about: Window::around(query).page_of(column, value),
    }
}

/// Columns that any of these kinds has and whoever asks sees, apart from what is worked out when it is shown.
pub fn columns_of(tabs: Tabs) -> impl Iterator<Item = &'static Column> {
    Column::stored().filter(move |column| column.is_of(tabs) && shows(column))
}

/// The fields in their order: those that matter first, then the others by their names.
fn fields_of(tabs: Tabs) -> (Vec<&'static Column>, Vec<&'static Column>) {
    let has_workloads = Tab::ALL
        .into_iter()
        .any(|tab| tabs.has(tab) && Tabs::WORKLOADS.has(tab));
    let place = |column: &Column| {
        let is_fitting = has_workloads || column.section != Section::Workload;
        let mut first = FIRST.iter();
        first.position(|id| is_fitting && *id == column.id)
    };
    let (mut first, mut others): (Vec<_>, Vec<_>) =
        columns_of(tabs).partition(|column| place(column).is_some());
    first.sort_by_key(|column| place(column));
    others.sort_by_key(|column| label(column, tabs).to_lowercase());
    (first, others)
}

/// What the page asks for its fields: the first ones, and those that are open.
pub fn ask(query: &Query, choices: &Choices) -> FacetAsk {
    let (first, others) = fields_of(query.tabs());
    let (counted, rest) = first.split_at(COUNTED.min(first.len()));
    let open = rest.iter().chain(&others);
    let open = open.filter(|column| choices.open(column).is_some());
    FacetAsk {
        columns: counted.iter().chain(open).copied().collect(),
        limit: limit(choices.open.iter().any(|field| field.is_long)),
        own_filters: true,
    }
}

/// What is asked for one field alone.
pub fn ask_for(column: &'static Column, is_long: bool) -> FacetAsk {
    FacetAsk {
        columns: vec![column],
        limit: limit(is_long),
        own_filters: true,
    }
}

/// One more than is shown: success is no reason.
fn limit(is_long: bool) -> usize {
    1 + if is_long { MORE_VALUES } else { VALUES }
}

/// What fields and values are shown of.
pub struct Shown<'a> {
    /// The question of the page.
    pub query: &'a Query,
    /// What the reader chose.
    pub choices: &'a Choices,
    /// Numbers of the whole result.
    pub totals: Totals,
    /// The reader's clock.
    pub clock: &'a Clock,
    /// Address of the page.
    pub path: &'a str,
}

impl Shown<'_> {
    /// The fields with what was counted.
    pub fn rail(&self, found: &[Facet]) -> Rail {
        let (first, others) = fields_of(self.query.tabs());
        let shown: Vec<_> = first.iter().chain(&others).copied().collect();
        let field = |column: &'static Column| {
            let facet = found.iter().find(|facet| facet.column == column);
            let open = self.choices.open(column);
            let opening = OpenField {
                column,
                is_long: false,
            };
            Field {
                column: column.id,
                label: label(column, self.query.tabs()),
                distinct: facet.map(|facet| present::count(self.distinct(facet))),
                is_long: open.is_some_and(|open| open.is_long),
                values: open
                    .zip(facet)
                    .map(|(open, facet)| self.values(open, facet)),
                opening: self.choices.opening(opening),
            }
        };
        Rail {
            counted_over: text::counted_over(self.totals.all),
            fields: first.into_iter().map(field).collect(),
            others: others.into_iter().map(field).collect(),
            elsewhere: self.choices.open_beside(&shown),
        }
    }

    /// How many values a field has; success is no reason.
    pub fn distinct(&self, facet: &Facet) -> u64 {
        let success = u64::from(facet.column.id == REASON && self.totals.success > 0);
        facet.distinct.saturating_sub(success)
    }

    /// The values of an open field.
    pub fn values(&self, open: OpenField, facet: &Facet) -> FieldValues {
        let is_reason = facet.column.id == REASON;
        let of = match is_reason {
            true => self.totals.all.saturating_sub(self.totals.success),
            false => self.totals.all,
        };
        let is_shown = |value: &Value| !is_reason || *value != Value::Integer(0);
        let shown = facet.values.iter().filter(|(value, _)| is_shown(value));
        let mut values: Vec<_> = shown
            .take(limit(open.is_long) - 1)
            .map(|(value, rows)| self.value(facet.column, value, *rows, of))
            .collect();
        let others = self.distinct(facet).saturating_sub(values.len() as u64);
        if facet.empty > 0 {
            values.push(self.value(facet.column, &Value::Empty, facet.empty, of));
        }
        let longer = OpenField {
            is_long: true,
            ..open
        };
        FieldValues {
            note: is_reason.then(|| text::of_those_with_reason(of)),
            values,
            others,
            showing_more: (others > 0 && !open.is_long).then(|| self.choices.opening(longer)),
        }
    }

    fn value(&self, column: &'static Column, value: &Value, rows: u64, of: u64) -> FieldValue {
        let (words, code) = words(column, value, self.clock);
        FieldValue {
            words,
            code,
            rows,
            permille: permille(rows, of),
            verbs: verbs(self.query, column, value, self.path),
        }
    }
}

/// A share in tenths of a percent, rounded to the nearest; some is never nothing, nor is a part all.
pub fn permille(part: u64, of: u64) -> u64 {
    if of == 0 {
        return 0;
    }
    let rounded = (u128::from(part) * 1_000 + u128::from(of) / 2) / u128::from(of);
    let rounded = u64::try_from(rounded).unwrap_or(1_000);
    match (part, part < of) {
        (0, _) => 0,
        (_, true) => rounded.clamp(1, 999),
        (_, false) => rounded,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shares_are_never_said_to_be_nothing_or_all() {
        assert_eq!(permille(0, 0), 0);
        assert_eq!(permille(0, 10), 0);
        assert_eq!(permille(414, 1_000), 414);
        assert_eq!(permille(1, 1_000_000), 1);
        assert_eq!(permille(999_999, 1_000_000), 999);
        assert_eq!(permille(7, 7), 1_000);
        assert_eq!(permille(1, 3), 333);
    }

    #[test]
    fn each_kind_has_its_own_fields_first() {
        let ids = |tabs| -> Vec<_> {
            let (first, _) = fields_of(tabs);
            first.into_iter().map(|column| column.id).collect()
        };
        let people = ids(Tabs::INTERACTIVE);
        assert_eq!(people.first(), Some(&"error_code"));
        assert!(people.contains(&"user") && !people.contains(&"service_principal_name"));
        let workloads = ids(Tabs::WORKLOADS);
        assert!(!workloads.contains(&"user") && workloads.contains(&"service_principal_name"));
        let (first, others) = fields_of(Tabs::ALL);
        assert_eq!(first.len(), FIRST.len());
        assert_eq!(first.len() + others.len(), Column::stored().count());
    }

    #[test]
    fn open_fields_are_counted_with_the_page() {
        let choices = Choices {
            open: vec![OpenField {
                column: Column::named("session_id"),
                is_long: true,
            }],
            ..Choices::default()
        };
        let ask = ask(&Query::default(), &choices);
        assert_eq!(ask.columns.len(), COUNTED + 1);
        assert_eq!(ask.limit, MORE_VALUES + 1);
    }
}
