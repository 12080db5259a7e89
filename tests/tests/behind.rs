//! Memory that is behind the lake: answers are those of some whole version, and memory that does not get on
//! is not asked.

#![expect(clippy::expect_used, reason = "a test fails where it panics")]

use std::collections::BTreeSet;
use std::fs;
use std::path::PathBuf;
use std::process::Stdio;
use std::time::{Duration, Instant};

use serde_json::Value;
use tests::asking::{ask, count, counted, from_memory, tried};
use tests::{Server, Vestibule};

const DAYS: [&str; 3] = ["2026-11-22", "2026-11-23", "2026-11-24"];
/// Sign-ins of one commit: as many on each of the days, so that half a commit is noticed.
const ROWS: u64 = 12;
const HISTOGRAM: &str = "signins/histogram?from=&tabs=all&bucket=day";
const COUNT: &str = "signins?from=&tabs=all&counts=true&limit=1&cols=date";

/// The records of one commit.
fn records(number: u64) -> String {
    let record = |row: u64| {
        let day = DAYS[usize::try_from(row).expect("a few") % DAYS.len()];
        format!(
            r#"{{"id":"{number}-{row}","createdDateTime":"{day}T10:00:00Z","userDisplayName":"Ann","status":{{"errorCode":0}},"isInteractive":true}}"#
        )
    };
    (0..ROWS).map(record).collect::<Vec<_>>().join("\n")
}

/// The files of the table's folder with this ending.
fn files(vestibule: &Vestibule, below: &str, ending: &str) -> BTreeSet<PathBuf> {
    let folder = vestibule.data().join("lake/sign_ins").join(below);
    let entries = fs::read_dir(folder).expect("a folder");
    let paths = entries.map(|entry| entry.expect("an entry").path());
    paths
        .filter(|path| path.to_string_lossy().ends_with(ending))
        .collect()
}

/// Commits that the lake has, but for the one that made it.
fn commits(vestibule: &Vestibule) -> u64 {
    files(vestibule, "_delta_log", ".json").len() as u64 - 1
}

/// How many commits an answer is of, when it is of whole ones.
fn whole(histogram: &Value) -> u64 {
    let buckets = histogram["buckets"].as_array().expect("buckets");
    let counts: Vec<u64> = buckets
        .iter()
        .map(|bucket| bucket["rows"].as_u64().expect("a number"))
        .filter(|count| *count > 0)
        .collect();
    let of_a_day = ROWS / DAYS.len() as u64;
    let first = counts.first().copied().unwrap_or_default();
    let is_whole = counts.iter().all(|count| *count == first) && first % of_a_day == 0;
    assert!(
        is_whole && [0, DAYS.len()].contains(&counts.len()),
        "{histogram}"
    );
    first / of_a_day
}

#[tokio::test]
async fn a_lake_that_memory_cannot_keep_up_with_is_answered_from_memory() {
    const COMMITS: u64 = 120;
    let vestibule = Vestibule::new();
    vestibule.import(&vestibule.file("first.json", records(0)));
    let feed = (1..=COMMITS)
        .map(|number| vestibule.file(&format!("feed/{number:04}.json"), records(number)));
    let feed: Vec<String> = feed.map(|file| file.display().to_string()).collect();
    let server = vestibule.serve();
    assert_eq!(whole(&from_memory(&server, HISTOGRAM).await), 1);
    let rows = ROWS.to_string();
    let mut arguments = vec!["import", "--commit-rows", &rows];
    arguments.extend(feed.iter().map(String::as_str));
    let mut writer = vestibule
        .command(&arguments)
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .expect("a process");
    let (mut asked, mut in_memory, mut behind, mut shown) = (0, 0, 0, 1);
    while writer.try_wait().expect("a state").is_none() {
        let before = commits(&vestibule);
        let (histogram, source) = ask(&server, HISTOGRAM).await;
        let now_shown = whole(&histogram);
        assert!(now_shown >= shown, "{now_shown} after {shown}");
        assert!(now_shown <= commits(&vestibule), "not committed yet");
        shown = now_shown;
        asked += 1;
        in_memory += u64::from(source == "memory");
        behind += u64::from(source == "memory" && shown < before);
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
    let ended = writer.wait().expect("its end");
    assert!(ended.success());
    // A machine that stands still for five seconds may make memory look stuck.
    assert!(in_memory * 10 >= asked * 9, "{in_memory} of {asked}");
    assert!(
        behind > 0,
        "memory was never behind: commit more, or faster"
    );
    let deadline = Instant::now() + Duration::from_secs(30);
    while whole(&from_memory(&server, HISTOGRAM).await) < COMMITS + 1 {
        assert!(Instant::now() < deadline, "memory does not catch up");
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
}

/// Asks how many sign-ins there are until the answer comes from there, or has this status, and says what
/// was answered before and how long that went on.
async fn until(server: &Server, wanted: &str) -> (BTreeSet<(String, u64)>, Duration) {
    let begun = Instant::now();
    let mut before = BTreeSet::new();
    loop {
        let answer = match tried(server, COUNT).await {
            Ok((answer, source)) => (source, counted(&answer)),
            Err((status, _)) => (status.to_string(), 0),
        };
        if answer.0 == wanted {
            return (before, begun.elapsed());
        }
        before.insert(answer);
        assert!(begun.elapsed() < Duration::from_secs(60), "{before:?}");
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
}

/// A second commit that the server's memory cannot follow: a new file is put out of its sight while the
/// server stands still. Where the file is, and where it belongs.
fn unreadable(vestibule: &Vestibule, server: &Server) -> (PathBuf, PathBuf) {
    let day = format!("day={}", DAYS[2]);
    let known = files(vestibule, &day, ".parquet");
    server.stop(true);
    vestibule.import(&vestibule.file("second.json", records(1)));
    let mut new = files(vestibule, &day, ".parquet");
    new.retain(|file| !known.contains(file));
    let file = new.pop_first().expect("a new file");
    let away = file.with_extension("away");
    fs::rename(&file, &away).expect("moved");
    server.stop(false);
    (away, file)
}

#[tokio::test]
async fn memory_is_behind_from_when_it_fell_behind_and_not_from_the_first_question() {
    let vestibule = Vestibule::new();
    vestibule.import(&vestibule.file("first.json", records(0)));
    let server = vestibule.serve();
    from_memory(&server, COUNT).await;
    let (away, file) = unreadable(&vestibule, &server);
    // Nobody asks meanwhile.
    tokio::time::sleep(Duration::from_secs(9)).await;
    let (status, _) = tried(&server, COUNT).await.expect_err("no old answer");
    assert_eq!(status, 500);
    fs::rename(&away, &file).expect("moved back");
    assert_eq!(counted(&ask(&server, COUNT).await.0), 2 * ROWS);
}

#[tokio::test]
async fn memory_that_is_stuck_is_not_asked_until_it_gets_on() {
    let vestibule = Vestibule::new();
    vestibule.import(&vestibule.file("first.json", records(0)));
    let server = vestibule.serve();
    from_memory(&server, COUNT).await;
    assert_eq!(count(&server).await, (ROWS, "memory".to_owned()));
    let (away, file) = unreadable(&vestibule, &server);
    // What memory has is a whole version, for five seconds; then the lake is read, and cannot be.
    let (before, elapsed) = until(&server, "500").await;
    assert_eq!(before, BTreeSet::from([("memory".to_owned(), ROWS)]));
    assert!(elapsed > Duration::from_secs(4), "{elapsed:?}");
    fs::rename(&away, &file).expect("moved back");
    assert_eq!(count(&server).await, (2 * ROWS, "lake".to_owned()));
    // Nothing more is committed, and yet memory tries again.
    let (before, _) = until(&server, "memory").await;
    assert!(
        before
            .iter()
            .all(|answer| *answer == ("lake".to_owned(), 2 * ROWS)),
        "{before:?}"
    );
    assert_eq!(count(&server).await, (2 * ROWS, "memory".to_owned()));
}
