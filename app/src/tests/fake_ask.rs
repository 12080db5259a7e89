//! Answers of the backend in memory to a whole ask: counts, histogram, facets, groups and a page.

use std::collections::BTreeMap;

use model::answer::{Answer, Bucket, Counts, Facet, Group, Groups, Page, Row, Span};
use model::ask::Ask;
use model::column::ValueType;
use model::{Column, Outcome, Value, list};

use super::fake::{Fake, FakeSignIn};

/// What is asked for, worked out in the plainest way.
pub(super) fn answer(fake: &Fake, ask: &Ask) -> Answer {
    let all = fake.found(&ask.query);
    let own: Vec<&FakeSignIn> = all
        .iter()
        .copied()
        .filter(|sign_in| ask.tabs.has(sign_in.tab))
        .collect();
    let mut counts = Counts::default();
    for sign_in in &all {
        counts.by_tab[sign_in.tab.index()] += 1;
    }
    if ask.outcomes {
        counts.by_outcome = outcomes(&own);
    }
    Answer {
        page: ask
            .page
            .as_ref()
            .map(|page| rows(&own, &page.columns, page.limit, ask)),
        counts: ask.counts.then_some(counts),
        histogram: ask
            .histogram
            .as_ref()
            .map(|histogram| buckets(&own, &histogram.edges_micros))
            .unwrap_or_default(),
        facets: ask.facets.as_ref().map_or_else(Vec::new, |asked| {
            asked
                .columns
                .iter()
                .map(|column| facet(&own, column, asked.limit))
                .collect()
        }),
        groups: ask
            .groups
            .as_ref()
            .map(|asked| groups(&own, &asked.by, asked.limit)),
    }
}

fn outcome(sign_in: &FakeSignIn) -> Outcome {
    let status = sign_in.value("status");
    status
        .as_text()
        .and_then(|text| text.parse().ok())
        .expect("a status")
}

fn outcomes(sign_ins: &[&FakeSignIn]) -> [u64; 3] {
    let mut by_outcome = [0; 3];
    for sign_in in sign_ins {
        by_outcome[outcome(sign_in).index()] += 1;
    }
    by_outcome
}

fn rows(sign_ins: &[&FakeSignIn], columns: &[&'static Column], limit: usize, ask: &Ask) -> Page {
    let mut ordered = sign_ins.to_vec();
    if !ask.query.sort.descending {
        ordered.reverse();
    }
    let rows = ordered.into_iter().take(limit).map(|sign_in| Row {
        request_id: sign_in.value("request_id").to_text(),
        date: sign_in.date,
        values: columns
            .iter()
            .map(|column| sign_in.value(column.id))
            .collect(),
    });
    Page {
        rows: rows.collect(),
        next: None,
    }
}

fn buckets(sign_ins: &[&FakeSignIn], edges: &[i64]) -> Vec<Bucket> {
    let buckets = edges.windows(2).map(|edge| {
        let within: Vec<&FakeSignIn> = sign_ins
            .iter()
            .copied()
            .filter(|sign_in| (edge[0]..edge[1]).contains(&sign_in.date.timestamp_micros()))
            .collect();
        Bucket {
            from_micros: edge[0],
            to_micros: edge[1],
            rows: within.len() as u64,
            by_outcome: outcomes(&within),
        }
    });
    buckets.collect()
}

/// The items of a list, or the value itself.
fn items(column: &Column, value: Value) -> Vec<Value> {
    match (column.value_type, &value) {
        (ValueType::List, Value::Text(text)) => list::items(text)
            .map(|item| Value::Text(item.to_owned()))
            .collect(),
        _ => vec![value],
    }
}

fn facet(sign_ins: &[&FakeSignIn], column: &&'static Column, limit: usize) -> Facet {
    let mut counted: BTreeMap<String, (Value, u64)> = BTreeMap::new();
    let mut empty = 0;
    for sign_in in sign_ins {
        for value in items(column, sign_in.value(column.id)) {
            match value.is_empty() {
                true => empty += 1,
                false => counted.entry(value.to_text()).or_insert((value, 0)).1 += 1,
            }
        }
    }
    let distinct = counted.len() as u64;
    let mut values: Vec<(Value, u64)> = counted.into_values().collect();
    values.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
    values.truncate(limit);
    Facet {
        column,
        values,
        distinct,
        empty,
    }
}

fn groups(sign_ins: &[&FakeSignIn], by: &[&'static Column], limit: usize) -> Groups {
    let mut grouped: BTreeMap<Vec<String>, (Vec<Value>, Vec<&FakeSignIn>)> = BTreeMap::new();
    for sign_in in sign_ins {
        let keys: Vec<Value> = by.iter().map(|column| sign_in.value(column.id)).collect();
        let texts = keys.iter().map(Value::to_text).collect();
        grouped
            .entry(texts)
            .or_insert((keys, Vec::new()))
            .1
            .push(sign_in);
    }
    let distinct = grouped.len() as u64;
    let groups = grouped.into_values().filter_map(|(keys, members)| {
        Some(Group {
            keys,
            rows: members.len() as u64,
            by_outcome: outcomes(&members),
            users: None,
            span: Some(Span {
                first: members.iter().map(|member| member.date).min()?,
                last: members.iter().map(|member| member.date).max()?,
            }),
        })
    });
    let mut groups: Vec<Group> = groups.collect();
    groups.sort_by_key(|group| std::cmp::Reverse(group.rows));
    groups.truncate(limit);
    Groups {
        groups,
        distinct,
        is_too_many: false,
    }
}
