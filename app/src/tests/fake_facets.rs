//! Facets and counts of the backend in memory.

use std::collections::BTreeMap;

use model::answer::{Answer, Counts, Facet};
use model::ask::Ask;
use model::{Column, Value, list};

use super::fake::FakeSignIn;

/// What is answered to the parts of an ask that are about numbers.
pub fn answer(found: &[&FakeSignIn], ask: &Ask) -> Answer {
    let of_tabs: Vec<_> = found
        .iter()
        .filter(|sign_in| ask.tabs.has(sign_in.tab))
        .copied()
        .collect();
    let mut counts = Counts::default();
    for sign_in in found {
        counts.by_tab[sign_in.tab.index()] += 1;
    }
    let facets = ask.facets.iter().flat_map(|facets| {
        let columns = facets.columns.iter();
        columns.map(|column| facet(&of_tabs, column, facets.limit))
    });
    Answer {
        counts: ask.counts.then_some(counts),
        facets: facets.collect(),
        ..Answer::default()
    }
}

fn facet(found: &[&FakeSignIn], column: &'static Column, limit: usize) -> Facet {
    let mut numbers: BTreeMap<String, (Value, u64)> = BTreeMap::new();
    let mut empty = 0;
    for sign_in in found {
        let values = match sign_in.value(column.id) {
            Value::Empty => {
                empty += 1;
                Vec::new()
            }
            Value::Text(text) => list::items(&text)
                .map(|item| Value::Text(item.to_owned()))
                .collect(),
            other => vec![other],
        };
        for value in values {
            let entry = numbers.entry(value.to_text()).or_insert((value, 0));
            entry.1 += 1;
        }
    }
    let distinct = numbers.len() as u64;
    let mut values: Vec<_> = numbers.into_values().collect();
    values.sort_by_key(|(_, number)| std::cmp::Reverse(*number));
    values.truncate(limit);
    Facet {
        column,
        values,
        distinct,
        empty,
    }
}
