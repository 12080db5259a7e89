//! The filter bar of a query.

use leptos_router::location::Url;
use model::Tab;
use model::column::Column;
use model::query::{Filter, Operator, Query};
use model::tab::Tabs;

use super::add_filter;
use super::date_pill::date_pill;
use super::filter_editor::{self, values_in_words, word};
use super::moments::Clock;
use crate::components::icon::Icon;
use crate::text::filters as text;
use crate::view::filters::{FilterBar, Hidden, Pill, PillAction};

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
    let query = &from_first_row(query);
    let standing = standing_columns(query.tab);
    let set = |column: &'static Column| {
        let filters = query.filters.iter().enumerate();
        filters.filter(move |(_, filter)| *filter.column == *column)
    };
    let mut pills = Vec::new();
    for column in standing {
        if set(column).next().is_none() {
            pills.push(unset_pill(query, column));
        }
        pills
            .extend(set(column).map(|(index, filter)| set_pill(query, index, filter, clock, path)));
    }
    let others = query
        .filters
        .iter()
        .enumerate()
        .filter(|(_, filter)| !standing.contains(&filter.column));
    pills.extend(others.map(|(index, filter)| set_pill(query, index, filter, clock, path)));
    let is_filtered = !query.filters.is_empty() || query.search.is_some();
    let searching = Query {
        filters: Vec::new(),
        ..query.clone()
    };
    let addable = add_filter::groups(query, |column| {
        pills.iter().any(|pill| pill.column == column.id)
    });
    FilterBar {
        search: searching.to_line(),
        search_hidden: fields(&Query {
            search: None,
            ..query.clone()
        }),
        line: query.to_line(),
        line_hidden: fields(&query.without_filters()),
        date: date_pill(query, clock, path),
        pills,
        addable,
        add_hidden: fields(query),
        reset: is_filtered.then(|| query.without_filters().to_address(path)),
    }
}

/// The query of a page that begins with the first row and has none open.
fn from_first_row(query: &Query) -> Query {
    Query {
        after: None,
        ..query.without_row()
    }
}

/// The same bar with the pill of a column, and its editor open in the page: what a browser without scripts
/// shows when a filter is added.
pub fn with_editor(bar: &mut FilterBar, query: &Query, column: &'static Column) {
    let mut pills = bar.pills.iter_mut();
    match pills.find(|pill| pill.column == column.id && pill.index.is_none()) {
        Some(pill) => pill.is_open = true,
        None => bar.pills.push(Pill {
            is_open: true,
            ..unset_pill(&from_first_row(query), column)
        }),
    }
}

/// The parts of a query as a form sends them along.
pub(super) fn fields(query: &Query) -> Vec<Hidden> {
    query
        .to_text()
        .split('&')
        .filter_map(|part| part.split_once('='))
        .map(|(name, value)| (name.to_owned(), Url::unescape(&value.replace('+', " "))))
        .collect()
}

/// The pill of a column that gets one more filter.
pub fn new_pill(query: &Query, column: &'static Column) -> Pill {
    unset_pill(&from_first_row(query), column)
}

fn unset_pill(query: &Query, column: &'static Column) -> Pill {
    let operator = filter_editor::first_operator(column);
    Pill {
        key: key(query, query.filters.len(), column),
        column: column.id.to_owned(),
        label: column.label_in(query.tabs()).to_owned(),
        index: None,
        operator: None,
        value: None,
        said: None,
        negated: false,
        paused: false,
        remove: None,
        actions: Vec::new(),
        operators: filter_editor::operators(column, operator),
        entry: filter_editor::entry(column, operator, &[]),
        hidden: fields(query),
        is_open: false,
    }
}

/// What the ids of a pill's elements end with: the same before and after its filter is set, so that the focus
/// finds it again.
fn key(query: &Query, index: usize, column: &Column) -> String {
    let before = query.filters.iter().take(index);
    match before.filter(|filter| *filter.column == *column).count() {
        0 => column.id.to_owned(),
        more => format!("{}-{}", column.id, more + 1),
    }
}

/// A filter in words, as where these tabs are shown: "Client app is IMAP4".
pub fn in_words(filter: &Filter, tabs: Tabs, clock: &Clock) -> String {
    let label = filter.column.label_in(tabs);
    let value = values_in_words(filter, clock);
    let words = format!("{label} {} {value}", word(filter.operator));
    words.trim_end().to_owned()
}

fn set_pill(query: &Query, index: usize, filter: &Filter, clock: &Clock, path: &str) -> Pill {
    let column = filter.column;
    let is_plain = matches!(filter.operator, Operator::Equal | Operator::In);
    let rest = query.without_filter(index);
    let value = values_in_words(filter, clock);
    let operator = word(filter.operator);
    let paused = if filter.paused { text::PAUSED } else { "" };
    let label = column.label_in(query.tabs());
    let said = in_words(filter, query.tabs(), clock);
    Pill {
        key: key(query, index, column),
        column: column.id.to_owned(),
        label: label.to_owned(),
        index: Some(index),
        operator: (!is_plain).then(|| operator.to_owned()),
        said: Some(format!("{paused}{said}")),
        value: Some(value),
        negated: filter.operator.holds_without_value(),
        paused: filter.paused,
        remove: Some(rest.to_address(path)),
        actions: actions(query, index, filter, path),
        operators: filter_editor::operators(column, filter.operator),
        entry: filter_editor::entry(column, filter.operator, &filter.values),
        hidden: fields(&rest),
        is_open: false,
    }
}

fn actions(query: &Query, index: usize, filter: &Filter, path: &str) -> Vec<PillAction> {
    let action = |icon, words: String, changed: Query| PillAction {
        icon,
        words,
        address: changed.to_address(path),
    };
    let opposite = filter.opposite().map(|opposite| {
        let turned = query.with_filter_changed(index, |filter| filter.operator = opposite);
        action(Icon::Minus, text::turn_into(word(opposite)), turned)
    });
    let switched = query.with_filter_changed(index, |filter| filter.paused = !filter.paused);
    let (icon, words) = match filter.paused {
        true => (Icon::Play, text::RESUME),
        false => (Icon::Pause, text::PAUSE),
    };
    let rest = query.without_filter(index);
    opposite
        .into_iter()
        .chain([
            action(icon, words.to_owned(), switched),
            action(Icon::Close, text::REMOVE.to_owned(), rest),
        ])
        .collect()
}

/// The column of a parameter, when it can be filtered.
pub fn column(id: &str) -> Option<&'static Column> {
    Column::filterable(id)
}
