use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::atomic::AtomicBool;

use chrono::{DateTime, Utc};
use model::answer::Answer;
use model::ask::{Ask, FacetAsk, PageAsk};
use model::column::ValueType;
use model::interrupt_codes::InterruptCodes;
use model::query::Range;
use model::tab::Tabs;
use model::{Column, Query, Tab};
use proptest::prelude::*;

use super::key_of;
use crate::Explorer;
use crate::layout::Layout;
use crate::sample;

const FILES: [&str; 3] = [
    "day=2026-11-20/a.parquet",
    "day=2026-11-19/b.parquet",
    "day=2026-11-18/c.parquet",
];

fn names() -> BTreeSet<String> {
    FILES.iter().map(|file| (*file).to_owned()).collect()
}

/// Takes what the snapshot lacks from where it came from, and says how many files were restored.
fn filled(folder: &Path) -> (Explorer, usize) {
    let explorer = Explorer::with_snapshot(folder).expect("a folder");
    let restored = explorer.restore(&FILES);
    for (number, file) in FILES.iter().enumerate() {
        if !restored.contains(*file) {
            explorer
                .take(file, &[sample::rows(number * 400, 400)])
                .expect("rows");
        }
    }
    assert!(explorer.snapshot_trouble().is_none());
    assert!(explorer.publish(1, &names(), None));
    (explorer, restored.len())
}

/// Every value of every row.
fn everything(explorer: &Explorer) -> Answer {
    let query = Query {
        range: Range::ALL,
        ..Query::default()
    };
    let mut ask = Ask::of(query);
    ask.tabs = Tabs::ALL;
    ask.page = Some(PageAsk {
        columns: Layout::get().columns.clone(),
        limit: 10_000,
        skip: 0,
    });
    ask.facets = Some(FacetAsk {
        columns: Layout::get().columns.clone(),
        limit: 10_000,
        own_filters: true,
    });
    ask.counts = true;
    ask.outcomes = true;
    let view = explorer.view().expect("published");
    view.answer(&ask, DateTime::<Utc>::default(), &AtomicBool::new(false))
        .expect("not stopped")
}

fn files(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).expect("a folder");
    let mut files: Vec<PathBuf> = entries
        .map(|entry| entry.expect("an entry").path())
        .collect();
    files.sort();
    files
}

#[test]
fn the_next_start_finds_everything() {
    let folder = tempfile::tempdir().expect("a folder");
    let (first, restored) = filled(folder.path());
    assert_eq!(restored, 0);
    let expected = everything(&first);
    let (second, restored) = filled(folder.path());
    assert_eq!(restored, 3);
    assert_eq!(everything(&second), expected);
    // What is gone from the lake is gone from the folder.
    let kept = BTreeSet::from([FILES[0].to_owned()]);
    second.forget_all_but(&kept, &kept);
    assert_eq!(files(folder.path()).len(), 2);
}

#[test]
fn values_that_no_row_has_any_more_are_let_go() {
    const SMALL: usize = 1_000;
    let folder = tempfile::tempdir().expect("a folder");
    let (explorer, _) = filled(folder.path());
    let of_three = explorer.values_size_bytes();
    assert!(!explorer.discard_when_stale(SMALL), "all are of use");
    let later = "day=2026-11-21/d.parquet";
    explorer
        .take(later, &[sample::rows(5_000, 40)])
        .expect("rows");
    let kept = BTreeSet::from([later.to_owned()]);
    explorer.forget_all_but(&kept, &kept);
    assert!(explorer.publish(2, &kept, None));
    let expected = everything(&explorer);
    // There is room for them all, or there is not.
    assert!(!explorer.discard_when_stale(1 << 30));
    explorer.forget_all_but(&kept, &kept);
    assert!(!explorer.discard_when_stale(SMALL), "nothing went since");
    let (old, none) = (explorer.view(), BTreeSet::new());
    explorer.forget_all_but(&none, &none);
    explorer
        .take(later, &[sample::rows(5_000, 40)])
        .expect("rows");
    assert!(explorer.discard_when_stale(SMALL));
    assert!(explorer.view().is_none() && !explorer.has(later));
    assert!(explorer.restore(&[later]).is_empty());
    // Whoever reads goes on reading.
    assert_eq!(old.map(|view| view.rows()), Some(40));
    explorer
        .take(later, &[sample::rows(5_000, 40)])
        .expect("rows");
    assert!(explorer.publish(2, &kept, None));
    assert_eq!(everything(&explorer), expected);
    assert!(explorer.values_size_bytes() < of_three / 4);
    assert!(!explorer.discard_when_stale(SMALL));
    drop(explorer);
    let next = Explorer::with_snapshot(folder.path()).expect("a folder");
    assert_eq!(next.restore(&[later]).len(), 1);
    assert!(!next.discard_when_stale(SMALL));
}

#[test]
fn segments_of_another_log_do_not_count() {
    let folder = tempfile::tempdir().expect("a folder");
    let (first, _) = filled(folder.path());
    let expected = everything(&first);
    fs::remove_file(folder.path().join("values.log")).expect("a log");
    let (second, restored) = filled(folder.path());
    assert_eq!(restored, 0);
    assert_eq!(everything(&second), expected);
}

#[test]
fn values_that_come_later_are_behind_those_before() {
    let folder = tempfile::tempdir().expect("a folder");
    drop(filled(folder.path()));
    let (explorer, _) = filled(folder.path());
    explorer
        .take("day=2026-11-17/d.parquet", &[sample::rows(5_000, 50)])
        .expect("rows");
    drop(explorer);
    let third = Explorer::with_snapshot(folder.path()).expect("a folder");
    let all = [FILES[0], FILES[1], FILES[2], "day=2026-11-17/d.parquet"];
    assert_eq!(third.restore(&all).len(), 4);
}

#[test]
fn another_type_tab_or_list_of_codes_is_another_layout() {
    let city = Column::named("city");
    let codes = InterruptCodes::default();
    let key_of = |columns: &[&Column], tabs: &[Tab]| key_of(columns, tabs, &codes);
    let key = key_of(&[city], &Tab::ALL);
    assert_eq!(key, key_of(&[city], &Tab::ALL));
    let others = "-50158".parse().expect("codes");
    assert_ne!(key, super::key_of(&[city], &Tab::ALL, &others));
    let typed = |value_type| Column {
        value_type,
        ..*city
    };
    assert_ne!(key, key_of(&[&typed(ValueType::Integer)], &Tab::ALL));
    assert_ne!(key, key_of(&[&typed(ValueType::List)], &Tab::ALL));
    let mut tabs = Tab::ALL;
    tabs.reverse();
    assert_ne!(key, key_of(&[city], &tabs));
}

#[test]
fn a_folder_that_cannot_be_written_is_told_of_and_does_no_harm() {
    let folder = tempfile::tempdir().expect("a folder");
    let (explorer, _) = filled(folder.path());
    let expected = everything(&explorer);
    // A folder where the file should be: nobody can write there, not even the administrator.
    let blocked = folder.path().join("blocked");
    fs::create_dir(&blocked).expect("a folder");
    let inner = Explorer::with_snapshot(&blocked).expect("a folder");
    fs::remove_dir_all(&blocked).expect("a folder");
    for (number, file) in FILES.iter().enumerate() {
        inner
            .take(file, &[sample::rows(number * 400, 400)])
            .expect("rows");
    }
    assert!(inner.snapshot_trouble().is_some());
    assert!(inner.publish(1, &names(), None));
    assert_eq!(everything(&inner), expected);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(60))]

    /// Whatever happens to the files, the answers are right: damage costs time, nothing else.
    #[test]
    fn damage_is_made_good(
        damages in prop::collection::vec((any::<prop::sample::Index>(), any::<prop::sample::Index>(), 0..3u8), 1..4),
    ) {
        let folder = tempfile::tempdir().expect("a folder");
        let (first, _) = filled(folder.path());
        let expected = everything(&first);
        for (file, place, way) in damages {
            let files = files(folder.path());
            let path = file.get(&files);
            let mut bytes = fs::read(path).expect("bytes");
            if bytes.is_empty() {
                continue;
            }
            let place = place.index(bytes.len());
            match way {
                0 => bytes.truncate(place),
                1 => bytes[place] ^= 1 << (place % 8),
                _ => bytes.splice(place..place, [7; 9]).for_each(drop),
            }
            fs::write(path, bytes).expect("written");
        }
        let (second, _) = filled(folder.path());
        prop_assert_eq!(&everything(&second), &expected);
        // And what was mended stays so.
        let (third, restored) = filled(folder.path());
        prop_assert_eq!(restored, 3);
        prop_assert_eq!(everything(&third), expected);
    }
}
