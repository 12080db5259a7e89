use proptest::prelude::*;

use super::*;
use crate::{CellValue, Fullness, RowMeta, SignInBatch, SignInBatchBuilder};
use chrono::{DateTime, Utc};
use model::ask::{Ask, FacetAsk, GroupAsk, HistogramAsk, PageAsk};
use model::tab::Tabs;
use model::{Column, Query, Tab};

const DAY_MICROS: i64 = 86_400_000_000;
/// 2026-11-24 as days since 1970.
pub(super) const DAY: i32 = 20_781;

/// A version of a sign-in; its number is its content.
#[derive(Debug, Clone, Copy)]
pub(super) struct Version {
    pub content: u64,
    pub source: u8,
    pub emitted_seconds: u32,
    pub day: i32,
}

pub(super) const FIRST: Version = Version {
    content: 1,
    source: 2,
    emitted_seconds: 100,
    day: DAY,
};

pub(super) fn row(id: &str, version: Version) -> SignInBatch {
    row_at(id, version, i64::from(version.day) * DAY_MICROS)
}

fn row_at(id: &str, version: Version, micros: i64) -> SignInBatch {
    let raw = format!("{{\"content\":{}}}", version.content);
    let cells: Vec<CellValue<'_>> = Column::recorded()
        .map(|column| match column.id {
            "date" => CellValue::Instant(micros),
            "request_id" => CellValue::Text(id),
            _ => CellValue::Empty,
        })
        .collect();
    let meta = RowMeta {
        kind: Tab::Interactive,
        key: RowKey {
            id_key: crate::read::id_key(id),
            content_key: version.content,
            fullness: Fullness {
                source: version.source,
                filled: 2,
            },
            emitted_seconds: version.emitted_seconds,
            day: version.day,
        },
        emitted_micros: Some(i64::from(version.emitted_seconds) * 1_000_000),
        shape: "graph",
        raw: &raw,
    };
    let mut builder = SignInBatchBuilder::new(1, raw.len(), "test");
    builder.push(&meta, &cells);
    builder.finish().expect("a row")
}

/// The stored record, and how many earlier versions there are.
pub(super) async fn state(lake: &Lake, id: &str) -> (String, u64) {
    let record = lake.record(id).await.expect("readable").expect("stored");
    let versions = lake.versions.row_count().await.expect("readable");
    (record.raw, versions)
}

pub(super) async fn sound(lake: &Lake) {
    let check = lake.check().await.expect("readable");
    assert_eq!(check.problems, Vec::<String>::new());
}

pub(super) fn lake_for_test() -> (tempfile::TempDir, tokio::runtime::Runtime, Lake) {
    let folder = tempfile::tempdir().expect("a folder");
    let runtime = tokio::runtime::Runtime::new().expect("a runtime");
    let lake = runtime.block_on(Lake::open(folder.path())).expect("a lake");
    (folder, runtime, lake)
}

#[test]
fn a_row_may_be_replaced_while_its_group_is_being_written() {
    let (_folder, runtime, lake) = lake_for_test();
    runtime.block_on(async {
        let mut importer = Importer::begin(&lake, 1).await.expect("a writer");
        for content in 1..=4 {
            let version = Version {
                content,
                emitted_seconds: 100 + u32::try_from(content).expect("small"),
                ..FIRST
            };
            // Each row fills a group, whose files are written while the next row is judged.
            importer.add(row("a", version)).await.expect("added");
        }
        let committed = importer.flush().await.expect("stored");
        assert_eq!((committed.new, committed.updated), (1, 3));
        assert_eq!(lake.row_count().await.expect("readable"), 1);
        assert_eq!(state(&lake, "a").await, ("{\"content\":4}".to_owned(), 3));
        sound(&lake).await;
    });
}

#[test]
fn an_answer_is_of_one_version() {
    const ROWS: u64 = 60;
    let (_folder, runtime, lake) = lake_for_test();
    let writer = lake.clone();
    runtime.block_on(async {
        let writing = tokio::spawn(async move {
            let mut importer = Importer::begin(&writer, 1).await.expect("a writer");
            for content in 1..=ROWS {
                let version = Version { content, ..FIRST };
                let id = format!("id {content}");
                importer.add(row(&id, version)).await.expect("added");
            }
            importer.flush().await.expect("stored");
        });
        let (query, _) = Query::parse("from=");
        let mut ask = Ask::of(query);
        ask.tabs = Tabs::ALL;
        ask.counts = true;
        let columns = vec![Column::named("user")];
        ask.page = Some(PageAsk {
            columns: columns.clone(),
            limit: 1_000,
            skip: 0,
        });
        ask.histogram = Some(HistogramAsk {
            edges_micros: vec![0, i64::MAX],
        });
        ask.facets = Some(FacetAsk {
            columns: columns.clone(),
            limit: 1,
            own_filters: true,
        });
        ask.groups = Some(GroupAsk {
            by: columns,
            limit: 1,
            users: false,
            span: false,
        });
        loop {
            let is_last = writing.is_finished();
            let answer = lake.answer(&ask, Utc::now()).await.expect("readable");
            let rows = answer.page.map_or(0, |page| page.rows.len() as u64);
            let counted = answer.counts.map_or(0, |counts| counts.by_tab.iter().sum());
            let groups = answer.groups.map_or(Vec::new(), |groups| groups.groups);
            let others = [
                counted,
                answer.histogram.iter().map(|bucket| bucket.rows).sum(),
                answer.facets.iter().map(|facet| facet.empty).sum(),
                groups.iter().map(|group| group.rows).sum(),
            ];
            assert_eq!(others, [rows; 4]);
            if is_last {
                assert_eq!(rows, ROWS);
                break;
            }
        }
        writing.await.expect("written");
    });
}

#[test]
fn a_row_that_moves_to_another_day_leaves_the_old_one() {
    let (_folder, runtime, lake) = lake_for_test();
    runtime.block_on(async {
        for (content, day) in [(1, DAY), (2, DAY - 3)] {
            let mut importer = Importer::begin(&lake, 100).await.expect("a writer");
            let version = Version {
                content,
                day,
                ..FIRST
            };
            importer.add(row("a", version)).await.expect("added");
            importer
                .add(row(&format!("other {content}"), Version { day, ..FIRST }))
                .await
                .expect("added");
            importer.flush().await.expect("stored");
        }
        assert_eq!(lake.row_count().await.expect("readable"), 3);
        assert_eq!(state(&lake, "a").await, ("{\"content\":2}".to_owned(), 1));
        sound(&lake).await;
    });
}

#[test]
fn a_crash_between_the_two_commits_is_healed_by_importing_again() {
    let (_folder, runtime, lake) = lake_for_test();
    runtime.block_on(async {
        let later = Version {
            content: 2,
            emitted_seconds: 200,
            ..FIRST
        };
        let mut importer = Importer::begin(&lake, 100).await.expect("a writer");
        importer.add(row("a", FIRST)).await.expect("added");
        importer.flush().await.expect("stored");
        // The process ends when the old row is among the versions and the new one nowhere.
        let ids = HashSet::from([crate::read::id_key("a")]);
        let (mut moved, mut removed) = (Written::default(), Vec::new());
        replace::move_to_versions(&lake, DAY, ids, &mut moved, &mut removed)
            .await
            .expect("moved");
        assert_eq!((moved.present.len(), removed.len()), (0, 1));
        let versions = moved.versions.into_iter().map(Action::Add).collect();
        lake.versions.commit(versions).await.expect("committed");
        drop(importer);

        let mut importer = Importer::begin(&lake, 100).await.expect("a writer");
        importer.add(row("a", later)).await.expect("added");
        importer.add(row("a", FIRST)).await.expect("added");
        let committed = importer.flush().await.expect("stored");
        assert_eq!((committed.updated, committed.duplicates), (1, 1));
        assert_eq!(lake.row_count().await.expect("readable"), 1);
        assert_eq!(state(&lake, "a").await.0, "{\"content\":2}");
        sound(&lake).await;
    });
}

#[test]
fn files_of_a_group_that_cannot_all_be_written_are_deleted() {
    let (_folder, runtime, lake) = lake_for_test();
    runtime.block_on(async {
        let next_day = Version {
            day: DAY + 1,
            ..FIRST
        };
        let in_the_way = lake.folder().join("sign_ins/day=2026-11-25");
        std::fs::write(&in_the_way, "no folder").expect("written");
        let mut importer = Importer::begin(&lake, 100).await.expect("a writer");
        importer.add(row("a", FIRST)).await.expect("added");
        importer.add(row("b", next_day)).await.expect("added");
        importer.flush().await.expect_err("one day has no place");
        drop(importer);
        let folder = lake.folder().join("sign_ins/day=2026-11-24");
        let left = std::fs::read_dir(folder).map_or(0, Iterator::count);
        assert_eq!((left, lake.row_count().await.expect("readable")), (0, 0));

        std::fs::remove_file(in_the_way).expect("removed");
        let mut importer = Importer::begin(&lake, 100).await.expect("a writer");
        importer.add(row("a", FIRST)).await.expect("added");
        importer.add(row("b", next_day)).await.expect("added");
        assert_eq!(importer.flush().await.expect("stored").new, 2);
        sound(&lake).await;
    });
}

#[test]
fn what_nobody_reads_is_deleted_also_when_merging_fails() {
    let (_folder, runtime, lake) = lake_for_test();
    runtime.block_on(async {
        for id in ["a", "b"] {
            let mut importer = Importer::begin(&lake, 100).await.expect("a writer");
            importer.add(row(id, FIRST)).await.expect("added");
            importer.flush().await.expect("stored");
        }
        let day = lake.folder().join("sign_ins/day=2026-11-24");
        for entry in std::fs::read_dir(&day).expect("a folder") {
            let path = entry.expect("an entry").path();
            std::fs::write(path, "no Parquet").expect("written");
        }
        let left_behind = day.join("part-9.parquet#1");
        let file = std::fs::File::create(&left_behind).expect("a file");
        let two_hours = std::time::Duration::from_secs(7_200);
        let long_ago = std::time::SystemTime::now() - two_hours;
        file.set_modified(long_ago).expect("set");
        lake.compact().await.expect_err("it cannot be merged");
        assert!(!left_behind.exists());
    });
}

#[test]
fn the_last_moment_of_a_merged_file_is_found() {
    let (_folder, runtime, lake) = lake_for_test();
    runtime.block_on(async {
        // Statistics of files know milliseconds; the last row lies between two of them.
        let last = i64::from(DAY) * DAY_MICROS + 3_600_000_999;
        for (id, micros) in [("first", last - 500_000), ("last", last)] {
            let mut importer = Importer::begin(&lake, 100).await.expect("a writer");
            importer
                .add(row_at(id, FIRST, micros))
                .await
                .expect("added");
            importer.flush().await.expect("stored");
        }
        let compaction = lake.compact().await.expect("merged");
        assert_eq!((compaction.merged_files, compaction.written_files), (2, 1));
        assert_eq!(
            lake.row_count().await.expect("readable"),
            2,
            "counted by the log"
        );
        sound(&lake).await;
        let from = DateTime::<Utc>::from_timestamp_micros(last).expect("a moment");
        let text = format!(
            "from={}",
            from.to_rfc3339_opts(chrono::SecondsFormat::Micros, true)
        );
        let (query, problems) = Query::parse(&text);
        assert!(problems.is_empty(), "{problems:?}");
        let columns = [Column::named("date")];
        let page = lake
            .page(&query, &columns, 10, from)
            .await
            .expect("readable");
        let found: Vec<_> = page
            .rows
            .iter()
            .map(|row| row.request_id.as_str())
            .collect();
        assert_eq!(found, ["last"]);
    });
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(12))]

    /// Unless two versions are equal in rank, which of them stays does not depend on the order in
    /// which they come, nor on how they are spread over imports and commits.
    #[test]
    fn the_same_row_stays_in_every_order(
        order in Just((0..5usize).collect::<Vec<_>>()).prop_shuffle(),
        cuts in prop::collection::vec(any::<bool>(), 5),
        group_rows in 1..4usize,
    ) {
        let versions: Vec<Version> = [(0, 900), (1, 50), (2, 0), (2, 300), (2, 400)]
            .into_iter()
            .zip(1..)
            .map(|((source, emitted_seconds), content)| Version {
                content,
                source,
                emitted_seconds,
                day: DAY + i32::from(source),
            })
            .collect();
        let (_folder, runtime, lake) = lake_for_test();
        runtime.block_on(async {
            let mut importer = Importer::begin(&lake, group_rows).await.expect("a writer");
            for (index, cut) in order.iter().zip(&cuts) {
                importer.add(row("a", versions[*index])).await.expect("added");
                if *cut {
                    importer.flush().await.expect("stored");
                    drop(importer);
                    importer = Importer::begin(&lake, group_rows).await.expect("a writer");
                }
            }
            importer.flush().await.expect("stored");
            drop(importer);
            assert_eq!(lake.row_count().await.expect("readable"), 1);
            assert_eq!(state(&lake, "a").await, ("{\"content\":5}".to_owned(), 4));
            sound(&lake).await;
        });
    }
}
