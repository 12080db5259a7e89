//! What the backend in memory answers to a whole ask: counted one by one, so that it is plainly right.

use std::collections::{BTreeMap, BTreeSet};

use model::answer::{
    Answer, Bucket, Counted, Counts, Facet, Group, Groups, Page, Row, Series, SeriesLine, Span,
};
use model::ask::{Ask, FacetAsk, GroupAsk, HistogramAsk, PageAsk, SeriesAsk};
use model::column::ValueType;
use model::query::Cursor;
use model::{Column, Outcome, Value, list};

use super::fake::{Fake, FakeSignIn};

/// The answer of `fake`.
pub fn answer(fake: &Fake, ask: &Ask) -> Answer {
    let found = fake.found(&ask.query);
    let asked: Vec<_> = found
        .iter()
        .copied()
        .filter(|sign_in| ask.tabs.has(sign_in.tab))
        .collect();
    Answer {
        page: ask.page.as_ref().map(|page| rows(ask, &asked, page)),
        counts: ask.counts.then(|| counts(&found, &asked)),
        histogram: ask
            .histogram
            .as_ref()
            .map(|histogram| buckets(histogram, &asked))
            .unwrap_or_default(),
        series: ask.series.as_ref().map(|series| series_of(series, &asked)),
        facets: ask
            .facets
            .as_ref()
            .map(|facets| facets_of(facets, &asked))
            .unwrap_or_default(),
        groups: ask.groups.as_ref().map(|groups| groups_of(groups, &asked)),
        folded: None,
    }
}

fn rows(ask: &Ask, asked: &[&FakeSignIn], wanted: &PageAsk) -> Page {
    let limit = wanted.limit;
    let after = ask.query.after.as_ref().map(|cursor| cursor.date_micros);
    let is_after =
        |sign_in: &&&FakeSignIn| after.is_none_or(|after| sign_in.date.timestamp_micros() < after);
    let all: Vec<_> = asked.iter().filter(is_after).skip(wanted.skip).collect();
    let rows = all.iter().take(limit).map(|sign_in| Row {
        request_id: sign_in.value("request_id").to_text(),
        date: sign_in.date,
        values: wanted
            .columns
            .iter()
            .map(|column| sign_in.value(column.id))
            .collect(),
    });
    Page {
        rows: rows.collect(),
        next: all
            .get(limit.saturating_sub(1))
            .filter(|_| all.len() > limit)
            .map(|last| Cursor {
                sort_value: None,
                date_micros: last.date.timestamp_micros(),
                request_id: last.value("request_id").to_text(),
            }),
    }
}

fn counts(found: &[&FakeSignIn], asked: &[&FakeSignIn]) -> Counts {
    let mut counts = Counts::default();
    for sign_in in found {
        counts.by_tab[sign_in.tab.index()] += 1;
    }
    counts.by_outcome = by_outcome(asked);
    counts
}

fn by_outcome(sign_ins: &[&FakeSignIn]) -> [u64; 3] {
    let mut by_outcome = [0; 3];
    for sign_in in sign_ins {
        let outcome = sign_in.value("status").to_text().parse::<Outcome>();
        by_outcome[outcome.expect("an outcome").index()] += 1;
    }
    by_outcome
}

fn buckets(ask: &HistogramAsk, asked: &[&FakeSignIn]) -> Vec<Bucket> {
    let stretches = ask.edges_micros.windows(2);
    stretches
        .map(|edges| {
            let within: Vec<_> = asked
                .iter()
                .copied()
                .filter(|sign_in| (edges[0]..edges[1]).contains(&sign_in.date.timestamp_micros()))
                .collect();
            Bucket {
                from_micros: edges[0],
                to_micros: edges[1],
                rows: within.len() as u64,
                by_outcome: by_outcome(&within),
            }
        })
        .collect()
}

fn series_of(ask: &SeriesAsk, asked: &[&FakeSignIn]) -> Series {
    let mut seen: BTreeMap<String, (Value, Vec<&FakeSignIn>)> = BTreeMap::new();
    for sign_in in asked {
        let mut values = counted(sign_in, ask.by);
        if values.is_empty() {
            values.push(Value::Empty);
        }
        for value in values {
            seen.entry(value.to_text())
                .or_insert((value, Vec::new()))
                .1
                .push(sign_in);
        }
    }
    let histogram = HistogramAsk {
        edges_micros: ask.edges_micros.clone(),
    };
    let line = |(value, sign_ins): (Value, Vec<&FakeSignIn>)| SeriesLine {
        value,
        buckets: buckets(&histogram, &sign_ins)
            .into_iter()
            .map(|bucket| Counted {
                rows: bucket.rows,
                by_outcome: bucket.by_outcome,
            })
            .collect(),
    };
    Series::of(seen.into_values().map(line).collect(), ask.limit)
}

/// What a sign-in counts for: each item of a list by itself.
fn counted(sign_in: &FakeSignIn, column: &Column) -> Vec<Value> {
    match (sign_in.value(column.id), column.value_type) {
        (Value::Empty, _) => Vec::new(),
        (Value::Text(items), ValueType::List) => list::items(&items)
            .map(|item| Value::Text(item.to_owned()))
            .collect(),
        (value, _) => vec![value],
    }
}

fn facets_of(ask: &FacetAsk, asked: &[&FakeSignIn]) -> Vec<Facet> {
    let facet = |column: &&'static Column| {
        let mut seen: BTreeMap<String, (Value, u64)> = BTreeMap::new();
        let mut empty = 0;
        for sign_in in asked {
            let values = counted(sign_in, column);
            empty += u64::from(values.is_empty());
            for value in values {
                seen.entry(value.to_text()).or_insert((value, 0)).1 += 1;
            }
        }
        let distinct = seen.len() as u64;
        let mut values: Vec<_> = seen.into_values().collect();
        values.sort_by_key(|(_, rows)| std::cmp::Reverse(*rows));
        values.truncate(ask.limit);
        Facet {
            column,
            values,
            distinct,
            empty,
        }
    };
    ask.columns.iter().map(facet).collect()
}

fn groups_of(ask: &GroupAsk, asked: &[&FakeSignIn]) -> Groups {
    let mut seen: BTreeMap<Vec<String>, (Vec<Value>, Vec<&FakeSignIn>)> = BTreeMap::new();
    for sign_in in asked {
        let mut keys: Vec<Vec<Value>> = vec![Vec::new()];
        for column in &ask.by {
            let mut values = counted(sign_in, column);
            if values.is_empty() {
                values.push(Value::Empty);
            }
            keys = keys
                .iter()
                .flat_map(|key| {
                    values
                        .iter()
                        .map(|value| [key.clone(), vec![value.clone()]].concat())
                })
                .collect();
        }
        for key in keys {
            let text = key.iter().map(Value::to_text).collect();
            seen.entry(text)
                .or_insert((key, Vec::new()))
                .1
                .push(sign_in);
        }
    }
    let distinct = seen.len() as u64;
    let mut groups: Vec<_> = seen.into_values().map(|seen| group(ask, seen)).collect();
    groups.sort_by_key(|group| std::cmp::Reverse(group.rows));
    groups.truncate(ask.limit);
    Groups {
        groups,
        distinct,
        is_too_many: false,
    }
}

fn group(ask: &GroupAsk, (keys, sign_ins): (Vec<Value>, Vec<&FakeSignIn>)) -> Group {
    let dates = || sign_ins.iter().map(|sign_in| sign_in.date);
    let users: BTreeSet<_> = sign_ins
        .iter()
        .map(|sign_in| sign_in.value("username").to_text())
        .filter(|user| !user.is_empty())
        .collect();
    Group {
        keys,
        rows: sign_ins.len() as u64,
        by_outcome: by_outcome(&sign_ins),
        users: ask.users.then_some(users.len() as u64),
        span: dates()
            .min()
            .zip(dates().max())
            .filter(|_| ask.span)
            .map(|(first, last)| Span { first, last }),
    }
}
