//! A page that begins at a row number is a part of the whole list.

use std::collections::BTreeSet;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;

use chrono::{DateTime, Utc};
use model::Query;
use model::answer::Page;
use model::ask::{Ask, PageAsk};
use model::query::{Cursor, Filter, Operator, Range, Sort};
use model::tab::Tabs;

use crate::layout::Layout;
use crate::view::View;
use crate::{Explorer, sample};

/// Files with their first row and number of rows. Segments of several kinds overlap in time.
const FILES: [(&str, usize, usize); 3] = [("a", 0, 300), ("b", 300, 250), ("c", 700, 120)];

fn view() -> Arc<View> {
    let explorer = Explorer::default();
    for (file, first, rows) in FILES {
        let rows = sample::rows(first, rows);
        explorer.take(file, &[rows]).expect("rows");
    }
    let names: BTreeSet<String> = FILES.iter().map(|(file, ..)| (*file).to_owned()).collect();
    assert!(explorer.publish(1, &names, None));
    explorer.view().expect("published")
}

fn page(view: &View, query: &Query, skip: usize, limit: usize, counts: bool) -> Page {
    let mut ask = Ask::of(query.clone());
    ask.tabs = Tabs::ALL;
    ask.counts = counts;
    ask.page = Some(PageAsk {
        columns: Vec::new(),
        limit,
        skip,
    });
    let answer = view.answer(&ask, DateTime::<Utc>::default(), &AtomicBool::new(false));
    answer.and_then(|answer| answer.page).expect("a page")
}

fn queries() -> Vec<Query> {
    let date = model::Column::named("date");
    let sorted = Layout::get().columns.iter().copied().chain([date]);
    let orders =
        sorted.flat_map(|column| [true, false].map(|descending| Sort { column, descending }));
    let status = Filter::new(
        model::Column::named("status"),
        Operator::NotEqual,
        ["success"],
    );
    orders
        .flat_map(|sort| {
            let all = Query {
                range: Range::ALL,
                sort,
                ..Query::default()
            };
            let filtered = all.with_filter(status.clone());
            [all, filtered]
        })
        .collect()
}

#[test]
fn so_many_rows_down_the_list_goes_on_as_it_does_from_its_beginning() {
    let view = view();
    for query in queries() {
        let all = page(&view, &query, 0, 10_000, false);
        let count = all.rows.len();
        assert!(count > 20, "{}", query.to_text());
        for skip in [1, 7, count / 2, count - 8, count - 1, count, count + 5] {
            for counts in [false, true] {
                let found = page(&view, &query, skip, 7, counts);
                let expected = &all.rows[skip.min(count)..(skip + 7).min(count)];
                let words = query.to_text();
                assert_eq!(found.rows, expected, "{words}, {skip} down");
                assert_eq!(
                    found.next.is_some(),
                    skip + 7 < count,
                    "{words}, {skip} down"
                );
            }
        }
    }
}

#[test]
fn rows_are_passed_over_from_the_cursor_on() {
    let view = view();
    for query in queries() {
        let all = page(&view, &query, 0, 10_000, false).rows;
        let first = page(&view, &query, 0, 5, false);
        let after: Cursor = first.next.expect("more");
        let found = page(&view, &query.with_after(after), 4, 3, false);
        assert_eq!(found.rows, all[9..12], "{}", query.to_text());
    }
}
