//! Days that are past their retention are gone from every answer, from memory and from its snapshot.

#![expect(clippy::expect_used, reason = "a test fails where it panics")]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;
use std::time::{Duration, Instant};

use chrono::Utc;
use explorer::{Explorer, View, numbered_columns, plain_columns};
use lake::Lake;
use model::answer::Answer;
use model::ask::{Ask, FacetAsk, PageAsk};
use model::tab::Tabs;
use model::{Column, Query};
use tests::Vestibule;
use tests::asking::{ask, count, from_memory};

const DAYS: u32 = 20;
const KEPT_DAYS: u32 = 8;

/// Sign-ins of the last days.
fn demo(rows: &str) -> Vestibule {
    let vestibule = Vestibule::new();
    let days = DAYS.to_string();
    let arguments = ["demo", "--rows", rows, "--days", &days];
    vestibule.run(&arguments).expect_code(0);
    vestibule
}

/// Takes what the lake has now, forgets what it has no more, and shows it. Also says what the view took
/// before anything was made of it that finds values.
async fn follow(lake: &Lake, explorer: &Explorer) -> (Arc<View>, usize) {
    let wanted = lake.data_files().await.expect("readable");
    let (plain, numbered): (Vec<_>, Vec<_>) =
        (plain_columns().collect(), numbered_columns().collect());
    for file in wanted.files.iter().filter(|file| !explorer.has(&file.name)) {
        let rows = lake.read_columns(file, &plain, &numbered).await;
        let taken = explorer.take(&file.name, &rows.expect("readable"));
        taken.expect("taken");
    }
    let names: BTreeSet<String> = wanted.files.into_iter().map(|file| file.name).collect();
    explorer.forget_all_but(&names, &names);
    assert!(explorer.publish(wanted.version, &names, None));
    let view = explorer.view().expect("published");
    let bare_size = view.size_bytes();
    view.warm();
    (view, bare_size)
}

/// Everything about all sign-ins, every value of each included.
fn everything() -> Ask {
    let (query, _) = Query::parse("from=");
    let mut ask = Ask::of(query);
    ask.tabs = Tabs::ALL;
    ask.counts = true;
    let columns: Vec<&'static Column> = Column::stored().collect();
    ask.page = Some(PageAsk {
        columns: columns.clone(),
        limit: 100_000,
        skip: 0,
    });
    ask.facets = Some(FacetAsk {
        columns,
        limit: 50,
        own_filters: true,
    });
    ask
}

fn answer(view: &View, ask: &Ask) -> Answer {
    let answer = view.answer(ask, Utc::now(), &AtomicBool::new(false));
    answer.expect("nobody stops it")
}

/// Number and bytes of the snapshot's files of segments.
fn kept(snapshot: &Path) -> (usize, u64) {
    let entries = fs::read_dir(snapshot).expect("a folder");
    let paths = entries.map(|entry| entry.expect("an entry").path());
    let sizes: Vec<u64> = paths
        .filter(|path| path.extension().is_some_and(|ending| ending == "segments"))
        .map(|path| fs::metadata(path).expect("a file").len())
        .collect();
    (sizes.len(), sizes.iter().sum())
}

/// How large a part is of the whole.
fn part(part: u64, whole: u64) -> f64 {
    let (part, whole) = (u32::try_from(part), u32::try_from(whole));
    f64::from(part.expect("a few")) / f64::from(whole.expect("a few"))
}

#[tokio::test]
async fn forgotten_days_give_their_memory_back() {
    let vestibule = demo("30000");
    let snapshot = vestibule.data().join("snapshot");
    let lake = Lake::open(&vestibule.data().join("lake")).await;
    let lake = lake.expect("a lake");
    let explorer = Explorer::with_snapshot(&snapshot).expect("a folder");
    let (old, old_bare_size) = follow(&lake, &explorer).await;
    let asked = everything();
    let old_answer = answer(&old, &asked);
    let old_files = lake.data_files().await.expect("readable").files;
    let sizes: BTreeMap<&str, usize> = old_files
        .iter()
        .map(|file| (file.name.as_str(), explorer.size_bytes_of(&file.name)))
        .collect();
    let (old_size, old_kept) = (explorer.size_bytes(), kept(&snapshot));
    assert_eq!(old_kept.0, old_files.len());

    let forgotten = lake.retain_days(KEPT_DAYS).await.expect("forgotten");
    let (new, new_bare_size) = follow(&lake, &explorer).await;
    let forgotten_part = part(forgotten, old.rows());
    assert!((0.4..0.8).contains(&forgotten_part), "{forgotten_part}");
    assert_eq!(new.rows(), old.rows() - forgotten);
    let expected = lake.answer(&asked, Utc::now()).await.expect("readable");
    assert_eq!(answer(&new, &asked), expected);

    // Whoever reads the days that were there goes on reading them.
    assert_eq!(answer(&old, &asked), old_answer);

    let files = lake.data_files().await.expect("readable").files;
    let left: usize = files.iter().map(|file| sizes[file.name.as_str()]).sum();
    let segments: usize = sizes.values().sum();
    let given_back = segments - left;
    let is_their_part = |found: f64| (found - forgotten_part).abs() < 0.05;
    let found = part(given_back as u64, segments as u64);
    assert!(is_their_part(found), "{found} of the segments");
    // The dictionaries stay, for whoever comes back with the same values.
    assert_eq!(old_size - explorer.size_bytes(), given_back);
    // What finds rare values goes as well.
    let of_view = old.size_bytes() - new.size_bytes();
    let of_rows = old_bare_size - new_bare_size;
    assert!(of_view > of_rows, "{of_view} {of_rows}");
    let (kept_files, kept_bytes) = kept(&snapshot);
    assert_eq!(kept_files, files.len());
    let found = part(old_kept.1 - kept_bytes, old_kept.1);
    assert!(is_their_part(found), "{found} of the snapshot");
}

#[tokio::test]
async fn a_server_shows_forgotten_days_no_more() {
    let vestibule = demo("4000");
    let server = vestibule.serve_with(&["--compact-every-minutes", "0"]);
    let histogram = "signins/histogram?from=&tabs=all&bucket=day";
    let before = from_memory(&server, histogram).await;
    let (rows, _) = count(&server).await;
    let snapshot = vestibule.data().join("snapshot");
    let kept_before = kept(&snapshot);
    let days = KEPT_DAYS.to_string();
    let compact = ["compact", "--retention-days", &days];
    vestibule.run(&compact).expect_code(0);
    let forgotten = Instant::now();
    let left = loop {
        let (left, source) = count(&server).await;
        assert_eq!(source, "memory");
        if left < rows {
            break left;
        }
        assert!(forgotten.elapsed() < Duration::from_secs(20), "still there");
        tokio::time::sleep(Duration::from_millis(20)).await;
    };
    let other = vestibule.serve_with(&["--memory-mb", "0"]);
    assert_eq!(count(&other).await, (left, "lake".to_owned()));
    let (after, _) = ask(&other, histogram).await;
    assert_ne!(after, before);
    assert_eq!(from_memory(&server, histogram).await, after);
    let kept_after = kept(&snapshot);
    assert!(kept_after < kept_before, "{kept_after:?} {kept_before:?}");
}
