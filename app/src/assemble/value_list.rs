//! The values of a column with the number of sign-ins that have them under the other filters.

use model::Value;
use model::answer::Facet;
use model::ask::{Ask, FacetAsk};
use model::column::{Column, GROUP, ValueType};
use model::present::count;
use model::query::{Filter, Operator, Query};

use super::client_apps;
use super::entity::groups;
use super::filter_editor::{is_listed, known_values, line, same};
use crate::backend::{Backend, BackendError};
use crate::text::filters as text;
use crate::view::filters::{ValueLine, ValueList};

/// Most values of a list.
const MOST_LISTED: usize = 100;
/// Most values that are looked through here, where the backend cannot look for a text in them.
const MOST_LOOKED_THROUGH: usize = 1_000;

/// What was counted.
struct Counted {
    facet: Option<Facet>,
    sign_ins: u64,
}

impl Counted {
    fn values(&self) -> &[(Value, u64)] {
        self.facet.as_ref().map_or(&[], |facet| &facet.values)
    }

    fn distinct(&self) -> u64 {
        self.facet.as_ref().map_or(0, |facet| facet.distinct)
    }

    fn number_of(&self, value: &str) -> Option<u64> {
        let mut values = self.values().iter();
        values
            .find(|(counted, _)| same(&counted.to_text(), value))
            .map(|(_, number)| *number)
    }
}

/// The values of `column` under all filters but the one at `index`, which is the one that is edited; those
/// that contain `looked_for`, where it is not blank. What that filter has is ticked, and comes first.
///
/// # Errors
/// Those of the backend.
pub async fn value_list(
    backend: &dyn Backend,
    query: &Query,
    column: &'static Column,
    index: Option<usize>,
    looked_for: &str,
) -> Result<ValueList, BackendError> {
    let ticked = ticked(query, column, index);
    let others = index.map_or_else(|| query.clone(), |index| query.without_filter(index));
    let others = Query {
        after: None,
        ..others.without_row()
    };
    let looked_for = looked_for.trim();
    let mut list = ValueList {
        label: column.label_in(query.tabs()).to_owned(),
        contained: (column.takes(Operator::Contains) && !looked_for.is_empty())
            .then(|| looked_for.to_owned()),
        ..ValueList::default()
    };
    if !is_listed(column) {
        return Ok(list);
    }
    let all = counted(backend, others.clone(), column).await?;
    let is_asked = !looked_for.is_empty() && is_found_by_text(column);
    let found = match is_asked {
        true => {
            let contains = Filter::new(column, Operator::Contains, [looked_for]);
            Some(counted(backend, others.with_filter(contains), column).await?)
        }
        false => None,
    };
    let found = found.as_ref().unwrap_or(&all);
    let matches = |value: &str| matches_text(column, value, looked_for);
    let matching: Vec<(String, u64)> = found
        .values()
        .iter()
        .map(|(value, number)| (value.to_text(), *number))
        .filter(|(value, _)| matches(value))
        .collect();
    let ticked_counts = match ticked.iter().all(|value| all.number_of(value).is_some()) {
        true => None,
        false if all.values().len() as u64 >= all.distinct() => None,
        false => {
            let chosen = Filter::new(column, Operator::In, ticked.iter().cloned());
            Some(counted(backend, others.with_filter(chosen), column).await?)
        }
    };
    let number_of = |value: &str| {
        let chosen = ticked_counts
            .as_ref()
            .and_then(|counts| counts.number_of(value));
        chosen
            .or_else(|| found.number_of(value))
            .or_else(|| all.number_of(value))
    };
    let with_number = |value: &str| {
        let number = number_of(value).unwrap_or(0);
        ValueLine {
            count: Some(count(number)),
            share_permille: (number * 1_000).checked_div(all.sign_ins).unwrap_or(0),
            ..line(column, value, &ticked)
        }
    };
    let values = in_order(column, &ticked, &matching, matches);
    let shown = matching.len().min(MOST_LISTED);
    list.hint = match (looked_for.is_empty(), is_asked && !is_list(column)) {
        (true, _) => text::value_number(values.len(), all.distinct().max(values.len() as u64)),
        (false, true) => text::matching(found.distinct(), all.distinct(), found.sign_ins),
        (false, false) if found.values().len() as u64 >= found.distinct() => {
            let sign_ins = match is_list(column) {
                true => found.sign_ins,
                false => matching.iter().map(|(_, number)| number).sum(),
            };
            text::matching(matching.len() as u64, all.distinct(), sign_ins)
        }
        (false, false) => text::matching_at_least(shown as u64, all.distinct()),
    };
    let lines = values.iter().map(|value| with_number(value)).collect();
    list.groups = client_apps::grouped(column, lines);
    Ok(list)
}

/// Values in the order of the list: known ones in theirs, else ticked ones first and then the most frequent.
fn in_order(
    column: &Column,
    ticked: &[String],
    matching: &[(String, u64)],
    matches: impl Fn(&str) -> bool,
) -> Vec<String> {
    let known = known_values(column);
    let mut values: Vec<String> = match known.is_empty() {
        true => ticked.to_vec(),
        false => {
            let known = known.iter().map(|(value, _)| (*value).to_owned());
            let shown =
                |value: &String| matches(value) || ticked.iter().any(|ticked| same(ticked, value));
            known.filter(shown).collect()
        }
    };
    let more = ticked
        .iter()
        .chain(matching.iter().take(MOST_LISTED).map(|(value, _)| value));
    for value in more {
        if !values.iter().any(|listed| same(listed, value)) {
            values.push(value.clone());
        }
    }
    values
}

fn ticked(query: &Query, column: &Column, index: Option<usize>) -> Vec<String> {
    let filter = index.and_then(|index| query.filters.get(index));
    filter
        .filter(|filter| {
            *filter.column == *column
                && matches!(
                    filter.operator,
                    Operator::Equal | Operator::NotEqual | Operator::In | Operator::NotIn
                )
        })
        .map(|filter| filter.values.clone())
        .unwrap_or_default()
}

/// Whether the backend can find the values that contain a text. Words of choices are not what is stored.
fn is_found_by_text(column: &Column) -> bool {
    known_values(column).is_empty() && column.takes(Operator::Contains)
}

fn is_list(column: &Column) -> bool {
    matches!(column.value_type, ValueType::List)
}

fn matches_text(column: &Column, value: &str, looked_for: &str) -> bool {
    let looked_for = looked_for.to_lowercase();
    let words = super::filter_editor::in_words(column, value);
    looked_for.is_empty()
        || value.to_lowercase().contains(&looked_for)
        || words.to_lowercase().contains(&looked_for)
}

async fn counted(
    backend: &dyn Backend,
    query: Query,
    column: &'static Column,
) -> Result<Counted, BackendError> {
    if column.is_group() {
        return of_groups(backend, query).await;
    }
    let mut ask = Ask::of(query);
    let limit = match is_found_by_text(column) && !is_list(column) {
        true => MOST_LISTED,
        false => MOST_LOOKED_THROUGH,
    };
    // The filter that is edited is not among the query's; others of the same column are.
    ask.facets = Some(FacetAsk {
        columns: vec![column],
        limit,
        own_filters: true,
    });
    ask.counts = true;
    let tabs = ask.tabs;
    let answer = backend.ask(ask).await?.answer;
    let sign_ins = answer.counts.map_or(0, |counts| counts.of_tabs(tabs));
    Ok(Counted {
        facet: answer.facets.into_iter().next(),
        sign_ins,
    })
}

/// The groups with the sign-ins of their people; somebody may be in several.
async fn of_groups(backend: &dyn Backend, query: Query) -> Result<Counted, BackendError> {
    let values = groups::as_values(backend.groups(&query).await?);
    let counts = backend.counts(&query).await?;
    Ok(Counted {
        sign_ins: counts.of_tabs(query.tabs()),
        facet: Some(Facet {
            column: &GROUP,
            distinct: values.len() as u64,
            values: values
                .into_iter()
                .map(|(name, number)| (Value::Text(name), number))
                .collect(),
            empty: 0,
        }),
    })
}

/// The most frequent values that begin or contain a text, for the search line.
///
/// # Errors
/// Those of the backend.
pub async fn top_values(
    backend: &dyn Backend,
    query: &Query,
    column: &'static Column,
    looked_for: &str,
    most: usize,
) -> Result<Vec<(ValueLine, u64)>, BackendError> {
    if !is_listed(column) {
        return Ok(Vec::new());
    }
    let query = match is_found_by_text(column) && !looked_for.trim().is_empty() {
        true => query.with_filter(Filter::new(column, Operator::Contains, [looked_for.trim()])),
        false => query.clone(),
    };
    let counted = counted(backend, query, column).await?;
    let values = counted
        .values()
        .iter()
        .map(|(value, number)| (value.to_text(), *number));
    let known = known_values(column).into_iter();
    let unseen = known
        .filter(|(value, _)| counted.number_of(value).is_none())
        .map(|(value, _)| (value.to_owned(), 0));
    Ok(values
        .chain(unseen)
        .filter(|(value, _)| matches_text(column, value, looked_for.trim()))
        .take(most)
        .map(|(value, number)| (line(column, &value, &[]), number))
        .collect())
}
