//! Groups that are counted in different ways must not differ.

use std::collections::BTreeSet;
use std::sync::atomic::AtomicBool;

use chrono::Utc;
use model::answer::Groups;
use model::ask::{Ask, GroupAsk};
use model::column::Column;
use model::query::{Query, Range};
use model::tab::Tabs;

use crate::{Explorer, sample};

fn explorer() -> Explorer {
    let explorer = Explorer::default();
    let file = "day=2026-11-20/a.parquet";
    explorer
        .take(file, &[sample::rows(0, 6_000)])
        .expect("rows");
    assert!(explorer.publish(1, &BTreeSet::from([file.to_owned()]), None));
    explorer
}

fn groups(explorer: &Explorer, column: &'static str, span: bool) -> Groups {
    let query = Query {
        range: Range::ALL,
        ..Query::default()
    };
    let mut ask = Ask::of(query);
    ask.tabs = Tabs::ALL;
    ask.groups = Some(GroupAsk {
        by: vec![Column::named(column)],
        limit: 1_000,
        users: false,
        span,
    });
    let view = explorer.view().expect("a view");
    let answer = view.answer(&ask, Utc::now(), &AtomicBool::new(false));
    answer.and_then(|answer| answer.groups).expect("groups")
}

#[test]
fn whole_segments_and_their_rows_count_alike() {
    let explorer = explorer();
    // Many values, few, one, and none.
    for (column, distinct) in [
        ("username", 700),
        ("latency_ms", 90),
        ("city", 2),
        ("resource", 1),
    ] {
        let whole = groups(&explorer, column, false);
        let mut by_row = groups(&explorer, column, true);
        by_row.groups.iter_mut().for_each(|group| group.span = None);
        assert_eq!(whole, by_row, "{column}");
        assert_eq!(whole.distinct, distinct, "{column}");
        let rows: u64 = whole.groups.iter().map(|group| group.rows).sum();
        assert_eq!(rows, 6_000, "{column}");
    }
    let by_outcome = groups(&explorer, "username", false).groups[0].by_outcome;
    assert!(by_outcome.iter().all(|count| *count > 0), "{by_outcome:?}");
}
