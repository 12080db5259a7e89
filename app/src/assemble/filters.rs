//! The filter bar of a query.

use chrono::{DateTime, Utc};
use leptos_router::location::Url;
use model::column::{Column, ValueType};
use model::present;
use model::query::{Filter, Operator, Query, Range, TimeZone};
use model::{Tab, Value};

use super::moments::Clock;
use crate::text;
use crate::view::filters::{DatePill, Entry, FilterBar, Hidden, Pill};
use crate::view::safe_text::shown;

/// Columns whose pills are always there.
fn standing_columns(tab: Tab) -> [&'static Column; 3] {
    let (who, what) = match tab {
        Tab::Interactive | Tab::NonInteractive => ("user", "application"),
        Tab::ServicePrincipal | Tab::ManagedIdentity => ("service_principal_name", "resource"),
    };
    [
        Column::named(who),
        Column::named("status"),
        Column::named(what),
    ]
}

/// The filter bar of the page at `path`.
pub fn filter_bar(query: &Query, clock: &Clock, path: &str) -> FilterBar {
    let query = &Query {
        row: None,
        after: None,
        ..query.clone()
    };
    let standing = standing_columns(query.tab);
    let mut pills = Vec::new();
    for column in standing {
        let mut set = query
            .filters
            .iter()
            .enumerate()
            .filter(|(_, filter)| *filter.column == *column)
            .peekable();
        if set.peek().is_none() {
            pills.push(unset_pill(query, column));
        }
        pills.extend(set.map(|(index, filter)| set_pill(query, index, filter, clock, path)));
    }
    let others = query
        .filters
        .iter()
        .enumerate()
        .filter(|(_, filter)| !standing.contains(&filter.column));
    pills.extend(others.map(|(index, filter)| set_pill(query, index, filter, clock, path)));
    let is_filtered = !query.filters.is_empty() || query.search.is_some();
    FilterBar {
        search: query.search.clone().unwrap_or_default(),
        search_hidden: fields(&Query {
            search: None,
            ..query.clone()
        }),
        date: date_pill(query, clock, path),
        pills,
        reset: is_filtered.then(|| query.without_filters().to_address(path)),
    }
}

/// The parts of a query as a form sends them along.
fn fields(query: &Query) -> Vec<Hidden> {
    query
        .to_text()
        .split('&')
        .filter_map(|part| part.split_once('='))
        .map(|(name, value)| (name.to_owned(), Url::unescape(&value.replace('+', " "))))
        .collect()
}

fn date_pill(query: &Query, clock: &Clock, path: &str) -> DatePill {
    let quick = Range::NAMED.into_iter().chain([Range::ALL]).map(|range| {
        let address = query.with_range(range).to_address(path);
        (clock.range(range), address, range == query.range)
    });
    let (from, to) = match query.range {
        Range::Between { from, to } => (from, to),
        named => named.bounds(clock.now),
    };
    let zones = [
        (
            TimeZone::Local,
            text::sign_ins::local_zone(clock.own_zone.name()),
        ),
        (TimeZone::Utc, text::sign_ins::UTC.to_owned()),
    ];
    DatePill {
        value: clock.range(query.range),
        quick: quick.collect(),
        from: field_text(from),
        to: field_text(to),
        zones: zones
            .into_iter()
            .map(|(zone, words)| (zone.as_str().to_owned(), words, zone == query.time_zone))
            .collect(),
        hidden: fields(&Query {
            range: Range::default(),
            time_zone: TimeZone::default(),
            ..query.clone()
        }),
    }
}

/// What a date field of a form takes: UTC, to the second.
fn field_text(moment: Option<DateTime<Utc>>) -> String {
    moment
        .map(|moment| moment.format("%Y-%m-%dT%H:%M:%S").to_string())
        .unwrap_or_default()
}

fn unset_pill(query: &Query, column: &'static Column) -> Pill {
    let operator = if column.value_type.choices().is_empty() {
        column.value_type.operators()[0]
    } else {
        Operator::In
    };
    Pill {
        editor_id: format!("edit-{}", column.id),
        column: column.id.to_owned(),
        label: column.label.to_owned(),
        operator: None,
        value: None,
        negated: false,
        remove: None,
        operators: operators(column, operator),
        entry: entry(column, operator, &[]),
        hidden: fields(query),
    }
}

fn set_pill(query: &Query, index: usize, filter: &Filter, clock: &Clock, path: &str) -> Pill {
    let column = filter.column;
    let is_plain = matches!(filter.operator, Operator::Equal | Operator::In);
    let rest = query.without_filter(index);
    Pill {
        editor_id: format!("edit-{}-{index}", column.id),
        column: column.id.to_owned(),
        label: column.label.to_owned(),
        operator: (!is_plain).then(|| filter.operator.label().to_owned()),
        value: Some(values_in_words(filter, clock)),
        negated: filter.operator.holds_without_value(),
        remove: Some(rest.to_address(path)),
        operators: operators(column, filter.operator),
        entry: entry(column, filter.operator, &filter.values),
        hidden: fields(&rest),
    }
}

/// The values of a pill: two, and how many more.
fn values_in_words(filter: &Filter, clock: &Clock) -> String {
    const MOST_NAMED: usize = 2;
    let named: Vec<String> = filter
        .values
        .iter()
        .take(MOST_NAMED)
        .map(|value| shown(&value_in_words(filter.column, value, clock), 60))
        .collect();
    match filter.values.len().saturating_sub(MOST_NAMED) {
        0 => named.join(", "),
        more => format!("{}, +{more}", named.join(", ")),
    }
}

fn value_in_words(column: &Column, value: &str, clock: &Clock) -> String {
    match column.value_type {
        ValueType::Boolean => present::value(column, &Value::Boolean(value == "true")),
        ValueType::Instant => {
            model::time::read(value).map_or(value.to_owned(), |moment| clock.in_grid(moment).text)
        }
        _ => present::value(column, &Value::Text(value.to_owned())),
    }
}

/// Operators of an editor. Where values are ticked, "is one of" says all that "is" says.
fn operators(column: &Column, present: Operator) -> Vec<(String, String, bool)> {
    let ticked = takes_ticks(column, present);
    column
        .value_type
        .operators()
        .iter()
        .filter(|operator| !ticked || matches!(operator, Operator::In | Operator::NotIn))
        .map(|operator| {
            let is_present = *operator == present
                || (ticked && *operator == Operator::In && present == Operator::Equal)
                || (ticked && *operator == Operator::NotIn && present == Operator::NotEqual);
            (
                operator.as_str().to_owned(),
                operator.label().to_owned(),
                is_present,
            )
        })
        .collect()
}

fn takes_ticks(column: &Column, operator: Operator) -> bool {
    let comparing_whole = matches!(
        operator,
        Operator::Equal | Operator::NotEqual | Operator::In | Operator::NotIn
    );
    comparing_whole && !column.value_type.choices().is_empty()
}

fn entry(column: &Column, operator: Operator, values: &[String]) -> Entry {
    if takes_ticks(column, operator) {
        let known = column.value_type.choices();
        let listed = known.iter().map(|choice| {
            let is_ticked = values
                .iter()
                .any(|value| value.eq_ignore_ascii_case(choice.value));
            (choice.value.to_owned(), choice.label.to_owned(), is_ticked)
        });
        let unlisted = values
            .iter()
            .filter(|value| {
                !known
                    .iter()
                    .any(|choice| choice.value.eq_ignore_ascii_case(value))
            })
            .map(|value| (value.clone(), shown(value, 60), true));
        return Entry::Choices(listed.chain(unlisted).collect());
    }
    Entry::Texts(values.iter().cloned().chain([String::new()]).collect())
}
