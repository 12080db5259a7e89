//! Lines of random rows, against a fold of the rows one by one.

use std::collections::BTreeSet;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;

use arrow::array::{ArrayRef, RecordBatch, StringArray, TimestampMicrosecondArray, new_null_array};
use arrow::datatypes::{DataType, Field, Schema};
use chrono::Utc;
use model::ask::Ask;
use model::column::{Column, ValueType};
use model::folded::{Alike, FoldAsk, Folded, MOST_COLUMNS, UNKNOWN_ID};
use model::query::{Every, Query, Range};
use model::{Tab, Value};
use proptest::prelude::*;

use crate::layout::{Layout, Place};
use crate::load::KIND;
use crate::{Explorer, View};

const HOUR: i64 = 3_600_000_000;
const START: i64 = 1_795_000_000_000_000;

/// A sign-in of the non-interactive tab: its moment, and places in [`pool`] by the columns of its key.
#[derive(Debug, Clone)]
struct Row {
    id: usize,
    micros: i64,
    picks: Vec<usize>,
}

fn columns() -> Vec<&'static Column> {
    let mut columns = ask(Every::Day, 1).key_columns();
    columns.push(Column::named("correlation_id"));
    columns
}

/// Events of one sign-in are alike by other columns.
fn ask_sign_ins(limit: usize) -> FoldAsk {
    FoldAsk {
        by: Alike::in_tab(Tab::Interactive),
        ..ask(Every::SignIn, limit)
    }
}

fn ask(every: Every, limit: usize) -> FoldAsk {
    FoldAsk {
        by: Alike::in_tab(Tab::NonInteractive),
        every,
        columns: vec![Column::named("date"), Column::named("user")],
        limit,
        lines: true,
    }
}

/// Values of a column of the key. Two differ by letter case alone, which is no difference.
fn pool(column: &Column) -> [Option<&'static str>; 4] {
    match column.id {
        "correlation_id" => [
            None,
            Some(UNKNOWN_ID),
            Some("5E1F0C4E-2f0f-4c55-9d8e-6a5f6b0e4b00"),
            Some("5e1f0c4e-2f0f-4c55-9d8e-6a5f6b0e4b00"),
        ],
        "user_id" | "application_id" | "resource_id" => {
            [None, Some(UNKNOWN_ID), Some("An-Id"), Some("an-id")]
        }
        "status" => [Some("success"), Some("failure"), None, Some("success")],
        _ => [None, Some("Ånne"), Some("ånne"), Some("bo")],
    }
}

fn rows(most: usize) -> impl Strategy<Value = Vec<Row>> {
    let picks = prop::collection::vec(0..4usize, columns().len());
    // Some share their moment, some a window, some neither.
    let micros =
        (0..4i64, 0..50i64).prop_map(|(hours, step)| START - hours * 7 * HOUR - step * HOUR / 9);
    prop::collection::vec((micros, picks), 1..most).prop_map(|rows| {
        let rows = rows.into_iter().enumerate();
        rows.map(|(id, (micros, picks))| Row { id, micros, picks })
            .collect()
    })
}

impl Row {
    fn request_id(&self) -> String {
        // Not in the order in which they are made.
        format!(
            "{:08x}-0000-4000-8000-000000000000",
            (self.id * 7_919) % 100_003
        )
    }

    fn value(&self, column: &Column) -> Option<&'static str> {
        let place = columns().iter().position(|other| *other == column)?;
        pool(column)[self.picks[place]]
    }

    /// What has to be equal, in words.
    fn key(&self, fold: &FoldAsk) -> Vec<String> {
        let mut key = Vec::new();
        for alike in &fold.by {
            let value = self.value(alike.column);
            key.push(format!("{value:?}").to_lowercase());
            if alike.is_needed && (value.is_none() || value == Some(UNKNOWN_ID)) {
                key.push(self.request_id());
            }
            if value.is_none() || value == Some(UNKNOWN_ID) {
                let names = alike.names.iter();
                key.extend(names.map(|name| format!("{:?}", self.value(name)).to_lowercase()));
            }
        }
        key
    }

    fn is_success(&self) -> bool {
        self.value(Column::named("status")) == Some("success")
    }
}

fn batch(rows: &[&Row]) -> RecordBatch {
    let texts = |text: &dyn Fn(&Row) -> Option<String>| -> ArrayRef {
        Arc::new(StringArray::from_iter(rows.iter().map(|row| text(row))))
    };
    let dates = rows.iter().map(|row| row.micros);
    let mut arrays: Vec<(&str, ArrayRef)> = vec![(
        "date",
        Arc::new(TimestampMicrosecondArray::from_iter_values(dates)),
    )];
    for column in &Layout::get().columns {
        let empty = match column.value_type {
            ValueType::Integer => DataType::Int64,
            ValueType::Decimal => DataType::Float64,
            ValueType::Boolean => DataType::Boolean,
            _ => DataType::Utf8,
        };
        let array = match column.id {
            KIND => texts(&|_| Some(Tab::NonInteractive.as_str().to_owned())),
            "request_id" => texts(&|row| Some(row.request_id())),
            _ if columns().contains(column) => texts(&|row| row.value(column).map(str::to_owned)),
            _ => new_null_array(&empty, rows.len()),
        };
        arrays.push((column.id, array));
    }
    let fields = arrays.iter();
    let fields = fields.map(|(name, array)| Field::new(*name, array.data_type().clone(), true));
    let schema = Schema::new(fields.collect::<Vec<_>>());
    let arrays = arrays.into_iter().map(|(_, array)| array).collect();
    RecordBatch::try_new(Arc::new(schema), arrays).expect("columns of one length")
}

/// An explorer that holds the rows in several files, whose times overlap.
fn explorer(rows: &[Row]) -> Explorer {
    let explorer = Explorer::default();
    let mut files = BTreeSet::new();
    for part in 0..3 {
        let mut of_part: Vec<&Row> = rows.iter().filter(|row| row.id % 3 == part).collect();
        of_part.sort_by_key(|row| std::cmp::Reverse(row.micros));
        let file = format!("day=2026-11-20/{part}.parquet");
        explorer.take(&file, &[batch(&of_part)]).expect("rows");
        files.insert(file);
    }
    assert!(explorer.publish(1, &files, None));
    explorer
}

fn page(view: &View, query: &Query, fold: &FoldAsk) -> Folded {
    let mut ask = Ask::of(query.clone());
    ask.folded = Some(fold.clone());
    let answer = view.answer(&ask, Utc::now(), &AtomicBool::new(false));
    answer.and_then(|answer| answer.folded).expect("lines")
}

fn query() -> Query {
    Query {
        tab: Tab::NonInteractive,
        range: Range::ALL,
        ..Query::default()
    }
}

/// Newest and oldest moment, request ID of the newest, and number of sign-ins of each line, in order.
type Told = (i64, String, i64, u64);

fn naive(rows: &[Row], fold: &FoldAsk) -> Vec<Told> {
    let mut sorted: Vec<&Row> = rows.iter().collect();
    sorted.sort_by_key(|row| row.micros);
    let mut lines: Vec<(Vec<String>, Vec<&Row>)> = Vec::new();
    for row in sorted {
        let key = row.key(fold);
        let goes_on = |last: &Row| match fold.most_between_micros() {
            Some(most) => row.micros - last.micros <= most,
            None => fold.start(row.micros) == fold.start(last.micros),
        };
        let mut held = lines.iter_mut().rev();
        match held.find(|(other, _)| *other == key) {
            Some((_, line)) if line.last().is_some_and(|last| goes_on(last)) => line.push(row),
            _ => lines.push((key, vec![row])),
        }
    }
    let mut told: Vec<Told> = lines
        .into_iter()
        .filter_map(|(_, rows)| {
            let newest = rows
                .iter()
                .min_by_key(|row| (-row.micros, !row.is_success(), row.request_id()))?;
            let oldest = rows.iter().map(|row| row.micros).min()?;
            let sign_ins = rows.len() as u64;
            Some((newest.micros, newest.request_id(), oldest, sign_ins))
        })
        .collect();
    told.sort_by_key(|(micros, id, ..)| (-micros, id.clone()));
    told
}

fn told(folded: &Folded) -> Vec<Told> {
    let lines = folded.lines.iter().map(|line| {
        (
            line.newest.date.timestamp_micros(),
            line.newest.request_id.clone(),
            line.first.timestamp_micros(),
            line.sign_ins,
        )
    });
    lines.collect()
}

/// All pages, one after the other; between two of them something may happen.
fn paged(explorer: &Explorer, fold: &FoldAsk, mut between: impl FnMut(&Explorer)) -> Vec<Told> {
    let (mut all, mut query) = (Vec::new(), query());
    loop {
        let view = explorer.view().expect("a view");
        let folded = page(&view, &query, fold);
        all.extend(told(&folded));
        match folded.next {
            // What an address can say is what can be asked.
            Some(next) => query = Query::parse(&query.with_after(next).to_text()).0,
            None => return all,
        }
        between(explorer);
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn lines_are_what_a_fold_of_the_rows_finds(
        rows in rows(160),
        every in prop::sample::select(Every::ALL[1..].to_vec()),
        of_sign_ins in any::<bool>(),
        limit in 1..40usize,
    ) {
        let explorer = explorer(&rows);
        let fold = match of_sign_ins {
            true => ask_sign_ins(limit),
            false => ask(every, limit),
        };
        let expected = naive(&rows, &fold);
        let first = page(&explorer.view().expect("a view"), &query(), &fold);
        prop_assert_eq!(first.count, Some(expected.len() as u64));
        prop_assert_eq!(paged(&explorer, &fold, |_| ()), expected);
    }

    #[test]
    fn what_comes_in_meanwhile_moves_no_line_out_of_the_pages(
        rows in rows(60),
        every in prop::sample::select(vec![Every::Day, Every::SignIn]),
        limit in 1..9usize,
    ) {
        let explorer = explorer(&rows);
        let fold = ask(every, limit);
        let expected = naive(&rows, &fold);
        let newest = rows.iter().map(|row| row.micros).max().unwrap_or_default();
        // The same rows once more, all of them newer.
        let later: Vec<Row> = rows
            .iter()
            .zip(newest + 1..)
            .map(|(row, micros)| Row { id: row.id + 1_000, micros, ..row.clone() })
            .collect();
        let later: Vec<&Row> = later.iter().rev().collect();
        let files = (0..3).map(|part| format!("day=2026-11-20/{part}.parquet"));
        let files: BTreeSet<String> = files.chain(["day=2026-11-21/later.parquet".to_owned()]).collect();
        let found = paged(&explorer, &fold, |explorer| {
            let file = "day=2026-11-21/later.parquet";
            if !explorer.has(file) {
                explorer.take(file, &[batch(&later)]).expect("rows");
                assert!(explorer.publish(2, &files, None));
            }
        });
        prop_assert_eq!(found, expected);
    }

    #[test]
    fn the_filters_of_a_line_find_its_sign_ins(
        rows in rows(80),
        of_sign_ins in any::<bool>(),
        pick in any::<prop::sample::Index>(),
    ) {
        let view = explorer(&rows).view().expect("a view");
        let mut fold = match of_sign_ins {
            true => ask_sign_ins(1_000),
            false => ask(Every::Day, 1_000),
        };
        fold.columns = fold.key_columns();
        let lines = page(&view, &query(), &fold).lines;
        let line = &lines[pick.index(lines.len())];
        if of_sign_ins && line.sign_ins == 1 {
            // Without a correlation ID it is alone, though others have none either.
            return Ok(());
        }
        let mut members = query();
        members.filters = Alike::filters(&fold.by, &line.newest.values);
        let to = line.newest.date + chrono::Duration::microseconds(1);
        members.range = Range::Between { from: Some(line.first), to: Some(to) };
        // What an address can say is what can be asked.
        let (members, problems) = Query::parse(&members.to_text());
        prop_assert_eq!(problems, []);
        let mut ask = Ask::of(members);
        ask.counts = true;
        let answer = view.answer(&ask, Utc::now(), &AtomicBool::new(false)).unwrap_or_default();
        prop_assert_eq!(answer.counts.unwrap_or_default().by_tab.iter().sum::<u64>(), line.sign_ins);
    }
}

#[test]
fn every_key_is_made_of_codes() {
    for tab in Tab::ALL {
        let columns: Vec<_> = Alike::in_tab(tab)
            .iter()
            .flat_map(|alike| alike.columns().collect::<Vec<_>>())
            .collect();
        assert!(columns.len() <= MOST_COLUMNS, "{tab}");
        for column in columns {
            let place = Layout::get().place(column);
            let has_codes = matches!(place, Place::Coded(_) | Place::Identifier(_));
            assert!(has_codes, "{}", column.id);
        }
    }
}

#[test]
fn a_sign_in_that_goes_on_past_the_full_hour_is_one_line_and_ends_with_its_success() {
    let at = |id: usize, micros: i64, status: usize| {
        let picks = columns().into_iter().map(|column| match column.id {
            "status" => status,
            _ => 3,
        });
        Row {
            id,
            micros,
            picks: picks.collect(),
        }
    };
    let full_hour = START.div_euclid(HOUR) * HOUR;
    // One second later, within the same second as the one that succeeded, and long before.
    let rows = [
        at(1, full_hour - 5_000_000, 1),
        at(2, full_hour + 1, 1),
        at(3, full_hour + 1, 0),
        at(4, full_hour + 1, 1),
        at(5, full_hour - 5_000_000 - HOUR - 1, 0),
    ];
    let explorer = explorer(&rows);
    let view = explorer.view().expect("a view");
    let lines = told(&page(&view, &query(), &ask_sign_ins(9)));
    assert_eq!(
        lines,
        [
            (
                full_hour + 1,
                rows[2].request_id(),
                full_hour - 5_000_000,
                4
            ),
            (rows[4].micros, rows[4].request_id(), rows[4].micros, 1),
        ]
    );
}

#[test]
fn a_line_shows_its_newest_sign_in_and_a_stop_is_heard() {
    let row = |id: usize, micros: i64| Row {
        id,
        micros,
        picks: vec![3; columns().len()],
    };
    let explorer = explorer(&[row(1, START), row(2, START - 5), row(3, START - 9)]);
    let view = explorer.view().expect("a view");
    let folded = page(&view, &query(), &ask(Every::Hour, 5));
    assert_eq!(folded.lines.len(), 1);
    let values = &folded.lines[0].newest.values;
    assert!(matches!(&values[0], Value::Instant(moment) if moment.timestamp_micros() == START));
    assert_eq!(values[1], Value::Text("bo".to_owned()));
    let mut ask_all = Ask::of(query());
    ask_all.folded = Some(ask(Every::Hour, 5));
    assert_eq!(
        view.answer(&ask_all, Utc::now(), &AtomicBool::new(true)),
        None
    );
}
