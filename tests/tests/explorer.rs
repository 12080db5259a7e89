//! Memory and lake give the same answers: random questions over odd sign-ins.

#![expect(clippy::expect_used, reason = "a test fails where it panics")]

use std::collections::BTreeSet;
use std::sync::Arc;

use chrono::{DateTime, Duration, Utc};
use std::sync::atomic::AtomicBool;

use explorer::{Explorer, View, numbered_columns, plain_columns};
use ingest::{ImportOptions, Progress, Source};
use lake::Lake;
use model::ask::{Ask, FacetAsk, GroupAsk, HistogramAsk, PageAsk, SeriesAsk};
use model::folded::{Alike, FoldAsk};
use model::query::{Every, Filter, Operator, People, Sort};
use model::tab::Tabs;
use model::{Column, Query, Tab};
use proptest::prelude::*;
use proptest::test_runner::{Config, FileFailurePersistence, TestCaseError, TestRunner};
use tests::Vestibule;

/// Seeds of questions that were once answered differently.
const SEEDS: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/seeds/explorer.txt");
const UNTIL: &str = "2026-11-24T10:42:00Z";
/// Random questions of one run, unless `VESTIBULE_CASES` says how many.
const CASES: u32 = 100;

/// Sign-ins that a generator of believable ones does not make.
fn odd_records() -> String {
    let odd = [
        r#""id":"A-1","userDisplayName":"ÄNNE ßtrauß","location":{"city":"Zürich","geoCoordinates":{"latitude":-0.0}}"#,
        r#""id":"a-1","userDisplayName":"%_\\ \"x\"","ipAddress":"2001:db8::7","processingTimeInMilliseconds":-5"#,
        r#""id":"00000000-0000-0000-0000-000000000000","correlationId":"NOT A GUID","status":{"errorCode":0}"#,
        r#""id":"5E1F0C4E-2F0F-4C55-9D8E-6A5F6B0E4B00","uniqueTokenIdentifier":"kC5TDWnuw0O_GRx7ujUBAA","status":{"errorCode":9223372036854775807}"#,
        r#""id":"5e1f0c4e-2f0f-4c55-9d8e-6a5f6b0e4b01","uniqueTokenIdentifier":"kC5TDWnuw0O_GRx7ujUBAB","location":{"geoCoordinates":{"latitude":0.0}}"#,
    ];
    let lines = odd.iter().enumerate().map(|(index, said)| {
        format!(r#"{{"createdDateTime":"2026-11-24T10:0{}:00.000001Z","userId":"u","isInteractive":true,{said}}}"#, index / 2)
    });
    lines.collect::<Vec<_>>().join("\n")
}

async fn filled(vestibule: &Vestibule) -> (Lake, Arc<View>) {
    let demo = vestibule.file("demo.ndjson", "");
    vestibule
        .run(&[
            "demo",
            "--rows",
            "3000",
            "--until",
            UNTIL,
            "--output",
            &demo.display().to_string(),
        ])
        .expect_code(0);
    let odd = vestibule.file("odd.ndjson", odd_records());
    let folder = vestibule.data().join("lake");
    let lake = Lake::open(&folder).await.expect("a lake");
    for path in [demo, odd] {
        let source = Source::File {
            name: path.display().to_string(),
            path,
        };
        let options = ImportOptions {
            commit_rows: 900,
            ..ImportOptions::default()
        };
        let progress = Arc::new(Progress::default());
        ingest::import(&lake, vec![source], &options, &progress)
            .await
            .expect("imported");
    }
    lake.refresh().await.expect("readable");
    let explorer = Explorer::default();
    let files = lake.data_files().await.expect("readable");
    let (plain, numbered): (Vec<_>, Vec<_>) =
        (plain_columns().collect(), numbered_columns().collect());
    for file in &files.files {
        let rows = lake
            .read_columns(file, &plain, &numbered)
            .await
            .expect("readable");
        explorer.take(&file.name, &rows).expect("taken");
    }
    let names: BTreeSet<String> = files.files.into_iter().map(|file| file.name).collect();
    assert!(explorer.publish(files.version, &names, None));
    let view = explorer.view().expect("published");
    view.warm();
    (lake, view)
}

/// Columns that may be filtered and sorted by.
fn askable() -> Vec<&'static Column> {
    Column::stored()
        .filter(|column| column.is_filterable())
        .collect()
}

fn filters(values: Arc<Vec<Vec<String>>>) -> impl Strategy<Value = Option<Filter>> {
    let columns = askable();
    let operators = Operator::ALL.to_vec();
    (
        0..columns.len(),
        prop::sample::select(operators),
        prop::collection::vec(
            (any::<prop::sample::Index>(), 0..4usize, any::<bool>()),
            1..4,
        ),
    )
        .prop_map(move |(column, operator, picks)| {
            let held = &values[column];
            let column = columns[column];
            if !column.takes(operator) {
                return None;
            }
            let mut texts: Vec<String> = Vec::new();
            for (pick, cut, upper) in picks {
                let mut text = if held.is_empty() {
                    "nothing".to_owned()
                } else {
                    pick.get(held).clone()
                };
                if column.takes(Operator::Contains) {
                    // A part of a value, in another letter case.
                    text = text.chars().skip(cut).take(9).collect();
                    if upper {
                        text = text.to_uppercase();
                    }
                }
                if matches!(operator, Operator::Within | Operator::NotWithin) {
                    text = match upper {
                        true => format!("{text}/2{cut}"),
                        false => format!("{text}-{text}"),
                    };
                }
                texts.push(text);
            }
            texts.truncate(if operator.needs_value() { 3 } else { 0 });
            Some(Filter::new(column, operator, texts))
        })
}

/// A filter by groups of people: some of those who are here, by identifier and by username.
fn of_groups(values: Arc<Vec<Vec<String>>>) -> impl Strategy<Value = Filter> {
    let place = |id: &str| {
        let mut columns = askable().into_iter();
        columns
            .position(|column| column.id == id)
            .expect("a column")
    };
    let (ids, names) = (place("user_id"), place("username"));
    let picks = || prop::collection::vec(any::<prop::sample::Index>(), 0..30);
    (picks(), picks(), any::<bool>()).prop_map(move |(id_picks, name_picks, is_left_out)| {
        let picked = |place: usize, picks: Vec<prop::sample::Index>| {
            let held = &values[place];
            let picks = picks.into_iter().filter(|_| !held.is_empty());
            picks.map(|pick| pick.get(held).to_lowercase()).collect()
        };
        let operator = match is_left_out {
            true => Operator::NotIn,
            false => Operator::In,
        };
        Filter {
            people: Some(Arc::new(People {
                user_ids: picked(ids, id_picks),
                usernames: picked(names, name_picks),
            })),
            ..Filter::new(&model::column::GROUP, operator, ["some"])
        }
    })
}

#[derive(Debug, Clone)]
struct Asked {
    query: Query,
    tabs: Tabs,
    limit: usize,
    /// Rows that come before the page.
    skip: usize,
    /// What is wanted beside the page.
    counts: bool,
    edges: Vec<i64>,
    facets: Vec<&'static Column>,
    own_filters: bool,
    by: Vec<&'static Column>,
    users: bool,
    with_page: bool,
    every: Every,
}

impl Asked {
    fn ask(&self, query: &Query) -> Ask {
        let mut ask = Ask::of(query.clone());
        ask.tabs = self.tabs;
        ask.counts = self.counts;
        ask.outcomes = self.users;
        ask.page = self.with_page.then(|| PageAsk {
            columns: self.facets.clone(),
            limit: self.limit,
            skip: self.skip,
        });
        ask.histogram = (self.edges.len() > 1).then(|| HistogramAsk {
            edges_micros: self.edges.clone(),
        });
        let charted = self.by.first().filter(|_| self.edges.len() > 1);
        ask.series = charted.map(|by| SeriesAsk {
            by,
            edges_micros: self.edges.clone(),
            limit: self.limit,
        });
        ask.facets = Some(FacetAsk {
            columns: self.facets.clone(),
            limit: self.limit,
            own_filters: self.own_filters,
        });
        ask.groups = (!self.by.is_empty()).then(|| GroupAsk {
            by: self.by.clone(),
            limit: self.limit,
            users: self.users,
            span: self.own_filters,
        });
        ask
    }

    /// Lines of what is alike in some tab, whichever is asked about.
    fn fold(&self, query: &Query) -> Ask {
        let mut ask = Ask::of(query.clone());
        ask.tabs = self.tabs;
        ask.folded = Some(FoldAsk {
            by: Alike::in_tab(self.query.tab),
            every: self.every,
            columns: self.facets.clone(),
            limit: self.limit,
            lines: self.counts,
        });
        ask
    }
}

/// Edges of a histogram's buckets, some of them at moments of sign-ins.
fn edges() -> impl Strategy<Value = Vec<i64>> {
    let start = 1_795_430_520_000_000i64;
    let edge = prop_oneof![
        (0..40i64).prop_map(move |day| start - day * 86_400_000_000),
        (0..86_400i64 * 3).prop_map(move |second| start - second * 1_000_000),
        (0..9i64).prop_map(|minute| 1_795_428_000_000_001 + minute * 60_000_000),
    ];
    prop::collection::btree_set(edge, 0..12).prop_map(|edges| edges.into_iter().collect())
}

fn asked(values: Arc<Vec<Vec<String>>>) -> impl Strategy<Value = Asked> {
    let columns = askable();
    (
        prop::sample::select(Tab::ALL.to_vec()),
        prop::sample::select(vec![
            "range=24h",
            "range=7d",
            "from=",
            "from=2026-11-23T00:00:00Z&to=2026-11-24T10:01:00.000001Z",
        ]),
        prop::collection::vec(filters(Arc::clone(&values)), 0..3),
        prop::option::weighted(0.2, of_groups(values)),
        prop::option::weighted(
            0.2,
            prop::sample::select(vec![
                "an",
                "MICROSOFT",
                "50126",
                "203.0",
                "kC5",
                "ß",
                "a-1",
                "5e1f0c4e-2F0F-4c55-9d8e-6a5f6b0e4b00",
                "",
            ]),
        ),
        (0..columns.len(), any::<bool>(), any::<bool>()),
        (
            1..60usize,
            prop_oneof![Just(0usize), 0..60usize, 0..3_200usize],
        ),
        (
            (
                any::<(bool, bool, bool, bool, bool)>(),
                prop::sample::select(Every::ALL.to_vec()),
            ),
            edges(),
            prop::collection::vec(0..columns.len(), 0..4),
            prop::collection::vec(0..columns.len(), 0..3),
        ),
    )
        .prop_map(
            move |(tab, range, filters, of_groups, search, sorting, rows, wanted)| {
                let (sort, by_date, descending) = sorting;
                let (limit, skip) = rows;
                let (flags, edges, facets, by) = wanted;
                let ((is_all, counts, own_filters, users, with_page), every) = flags;
                let (query, _) = Query::parse(range);
                let query = Query {
                    tab,
                    filters: filters.into_iter().flatten().collect(),
                    search: search.map(str::to_owned),
                    ..query
                };
                let column = if by_date {
                    Column::named("date")
                } else {
                    columns[sort]
                };
                let query = query.with_sort(Sort { column, descending });
                // What an address can say is what can be asked.
                let (mut query, _) = Query::parse(&query.to_text());
                query.filters.extend(of_groups);
                let named = |places: Vec<usize>| {
                    places
                        .into_iter()
                        .map(|place| columns[place])
                        .collect::<Vec<_>>()
                };
                Asked {
                    tabs: if is_all {
                        Tabs::ALL
                    } else {
                        Tabs::only(query.tab)
                    },
                    query,
                    limit,
                    skip,
                    counts,
                    edges,
                    facets: named(facets),
                    own_filters,
                    by: named(by),
                    users,
                    with_page,
                    every,
                }
            },
        )
}

/// Every value of every askable column, as text.
async fn held(lake: &Lake, now: DateTime<Utc>) -> Vec<Vec<String>> {
    let columns = askable();
    let mut held: Vec<BTreeSet<String>> = vec![BTreeSet::new(); columns.len()];
    for tab in Tab::ALL {
        let (query, _) = Query::parse("from=");
        let query = Query { tab, ..query };
        let page = lake
            .page(&query, &columns, 100_000, now)
            .await
            .expect("readable");
        for row in page.rows {
            for (held, value) in held.iter_mut().zip(row.values) {
                if !value.is_empty() {
                    held.insert(value.to_text());
                }
            }
        }
    }
    held.into_iter()
        .map(|values| values.into_iter().collect())
        .collect()
}

#[test]
fn memory_answers_what_the_lake_answers() {
    let vestibule = Vestibule::new();
    let runtime = tokio::runtime::Runtime::new().expect("a runtime");
    let (lake, view) = runtime.block_on(filled(&vestibule));
    let now = DateTime::parse_from_rfc3339(UNTIL)
        .expect("a moment")
        .to_utc()
        + Duration::seconds(1);
    let values = Arc::new(runtime.block_on(held(&lake, now)));
    assert_eq!(view.rows(), 3_005);
    for tab in Tab::ALL {
        let span = runtime.block_on(lake.span(tab)).expect("readable");
        assert_eq!(view.span(tab), span);
    }
    let columns: Vec<&'static Column> = Column::stored().collect();
    let cases = std::env::var("VESTIBULE_CASES").ok();
    let cases = cases.and_then(|cases| cases.parse().ok());
    let mut config = Config::with_cases(cases.unwrap_or(CASES));
    // What once failed is asked first, in every run.
    config.failure_persistence = Some(Box::new(FileFailurePersistence::Direct(SEEDS)));
    let mut runner = TestRunner::new(config);
    let outcome = runner.run(&asked(values), |asked| {
        let mut query = asked.query.clone();
        let text = query.to_text();
        let looked_up = query.looked_up().map(|text| {
            let in_lake = runtime.block_on(lake.has_identifier(text));
            (view.has_identifier(text), in_lake.ok())
        });
        prop_assert!(looked_up.is_none_or(|(here, there)| Some(here) == there));
        let settled = |ask| {
            let settled = runtime.block_on(lake.settled(ask));
            settled.map_err(|error| TestCaseError::fail(error.to_string()))
        };
        let ask = settled(asked.ask(&query))?;
        let expected = runtime.block_on(lake.answer(&ask, now));
        let expected = expected.map_err(|error| TestCaseError::fail(error.to_string()))?;
        let found = view.answer(&ask, now, &AtomicBool::new(false));
        prop_assert_eq!(found, Some(expected), "{} {:?}", text, ask);
        let mut folded = query.with_sort(Sort::default());
        for _ in 0..3 {
            let ask = settled(asked.fold(&folded))?;
            let expected = runtime.block_on(lake.answer(&ask, now));
            let expected = expected.map_err(|error| TestCaseError::fail(error.to_string()))?;
            let found = view
                .answer(&ask, now, &AtomicBool::new(false))
                .unwrap_or_default();
            prop_assert_eq!(&found, &expected, "{} {:?}", folded.to_text(), ask);
            match found.folded.unwrap_or_default().next {
                Some(next) => folded = folded.with_after(next),
                None => break,
            }
        }
        for _ in 0..3 {
            let mut ask = Ask::of(query.clone());
            ask.tabs = asked.tabs;
            ask.page = Some(PageAsk {
                columns: columns.clone(),
                limit: asked.limit,
                skip: asked.skip,
            });
            let ask = settled(ask)?;
            let expected = runtime.block_on(lake.answer(&ask, now));
            let expected = expected.map_err(|error| TestCaseError::fail(error.to_string()))?;
            let found = view
                .answer(&ask, now, &AtomicBool::new(false))
                .unwrap_or_default();
            prop_assert_eq!(&found, &expected, "{}", query.to_text());
            let found = found.page.unwrap_or_default();
            match found.next {
                Some(next) => query = query.with_after(next),
                None => break,
            }
        }
        Ok(())
    });
    if let Err(failure) = outcome {
        panic!("{failure}");
    }
}
