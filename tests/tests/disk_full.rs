//! A disk without room: imports end and say why, what was stored stays and is answered, and with room
//! again everything goes on.

#![expect(clippy::expect_used, reason = "a test fails where it panics")]

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{Duration, Instant};

use flate2::Compression;
use flate2::write::GzEncoder;
use serde_json::Value;
use tests::asking::{QUESTIONS, ask, count, finished, from_memory, upload};
use tests::{Server, Vestibule, text};

const UNTIL: &str = "2026-11-24T10:42:00Z";
/// Sign-ins of one export.
const ROWS: u64 = 200;

/// A file system of its own, so small that it can be filled.
struct Disk {
    at: PathBuf,
}

impl Disk {
    /// A disk of so many KiB at this place; `None`, with a word about it, for whoever may not mount one.
    fn mount(at: &Path, kb: u64) -> Option<Disk> {
        fs::create_dir_all(at).expect("a folder");
        let size = format!("size={kb}k,mode=700");
        let place = at.display().to_string();
        let mounting = Command::new("mount")
            .args(["-t", "tmpfs", "-o", &size, "tmpfs", &place])
            .output();
        if mounting.is_ok_and(|mounting| mounting.status.success()) {
            return Some(Disk { at: at.to_owned() });
        }
        eprintln!(
            "skipped: no disk can be mounted at {place}; this needs Linux and its administrator"
        );
        None
    }

    fn resize(&self, kb: u64) {
        let size = format!("remount,size={kb}k");
        let resizing = Command::new("mount")
            .args(["-o", &size])
            .arg(&self.at)
            .status();
        assert!(resizing.is_ok_and(|status| status.success()), "{size}");
    }

    fn used_kb(&self) -> u64 {
        let said = Command::new("df")
            .arg("-kP")
            .arg(&self.at)
            .output()
            .expect("df");
        let said = String::from_utf8(said.stdout).expect("text");
        let line = said.lines().nth(1).expect("a line");
        let used = line.split_whitespace().nth(2).expect("a number");
        used.parse().expect("a number")
    }

    /// Leaves so many KiB of room.
    fn leave(&self, kb: u64) {
        self.resize(self.used_kb() + kb);
    }
}

impl Drop for Disk {
    fn drop(&mut self) {
        // A program that was just killed may still hold it: then it goes with the last file.
        let unmounted = |lazily: &[&str]| {
            let status = Command::new("umount").args(lazily).arg(&self.at).status();
            status.is_ok_and(|status| status.success())
        };
        if !unmounted(&[]) {
            unmounted(&["-l"]);
        }
    }
}

/// An export of so many sign-ins that no other number has.
fn export(vestibule: &Vestibule, number: u64, rows: u64) -> Vec<u8> {
    let path = vestibule.file("export.ndjson", "");
    let (rows, seed) = (rows.to_string(), number.to_string());
    let mut arguments = vec!["demo", "--rows", &rows, "--days", "2", "--seed", &seed];
    let path = path.display().to_string();
    arguments.extend(["--until", UNTIL, "--output", &path]);
    vestibule.run(&arguments).expect_code(0);
    let mut packed = GzEncoder::new(Vec::new(), Compression::fast());
    packed
        .write_all(&fs::read(path).expect("records"))
        .expect("packed");
    packed.finish().expect("packed")
}

/// What became of an upload.
enum Came {
    Stored,
    Failed,
    Refused,
}

/// Uploads files and waits until they are imported, or were not.
async fn send(server: &Server, files: &[(&str, &[u8])]) -> Came {
    let (status, answer) = upload(server, files).await;
    if status == 500 {
        let said = answer["error"].as_str().expect("words");
        assert!(said.contains("check the space on the disk"), "{said}");
        return Came::Refused;
    }
    assert_eq!(status, 202, "{answer}");
    let progress = finished(server, answer["id"].as_u64().expect("a number")).await;
    if progress["state"] == "done" {
        return Came::Stored;
    }
    failed_for_room(&progress);
    Came::Failed
}

fn failed_for_room(progress: &Value) {
    assert_eq!(progress["state"], "failed", "{progress}");
    let said = progress["message"].as_str().expect("words");
    assert!(said.starts_with("the disk is full: "), "{said}");
}

/// The imports of the server once all are over.
async fn all_over(server: &Server) -> Vec<Value> {
    let (_, imports) = text(server, "/api/imports").await;
    let imports: Vec<Value> = serde_json::from_str(&imports).expect("JSON");
    let mut over = Vec::new();
    for import in imports {
        over.push(finished(server, import["id"].as_u64().expect("a number")).await);
    }
    over
}

fn files(folder: &Path, ending: &str) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            found.extend(files(&path, ending));
        } else if path.to_string_lossy().ends_with(ending) {
            found.push(path);
        }
    }
    found
}

fn data_files(vestibule: &Vestibule) -> Vec<PathBuf> {
    let mut files = files(&vestibule.data().join("lake/sign_ins"), ".parquet");
    files.retain(|file| !file.to_string_lossy().contains("_delta_log"));
    files
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).expect("a folder");
    for entry in fs::read_dir(from).expect("a folder") {
        let path = entry.expect("an entry").path();
        let target = to.join(path.file_name().expect("a name"));
        if path.is_dir() {
            copy(&path, &target);
        } else {
            fs::copy(&path, &target).expect("copied");
        }
    }
}

/// The server answers from memory what a program that has nothing but a copy of its lake answers.
async fn right(vestibule: &Vestibule, server: &Server) {
    let other = Vestibule::new();
    copy(&vestibule.data().join("lake"), &other.data().join("lake"));
    let said = other.run(&["check"]).expect_code(0).stdout;
    let fresh = other.serve_with(&["--memory-mb", "0"]);
    let deadline = Instant::now() + Duration::from_secs(20);
    for question in QUESTIONS {
        let (expected, source) = ask(&fresh, question).await;
        assert_eq!(source, "lake");
        // A moment later memory has what came last.
        while from_memory(server, question).await != expected && Instant::now() < deadline {
            tokio::time::sleep(Duration::from_millis(100)).await;
        }
        let found = from_memory(server, question).await;
        assert_eq!(found, expected, "{question}: {said}");
    }
}

#[tokio::test]
async fn a_full_data_folder_loses_nothing_and_answers_what_it_has() {
    let vestibule = Vestibule::new();
    let Some(disk) = Disk::mount(&vestibule.data(), 32 << 10) else {
        return;
    };
    let server = vestibule.serve();
    let (mut stored, mut failed, mut refused) = (0, 0, 0);
    for number in 1..=14 {
        let export = export(&vestibule, number, ROWS);
        let files_before = data_files(&vestibule).len();
        // Room for all of it at first, then for different parts of it.
        if number > 2 {
            disk.leave((number - 2) * 45 - 15);
        }
        match send(&server, &[("export.ndjson.gz", &export)]).await {
            Came::Stored => stored += 1,
            Came::Failed => {
                failed += 1;
                let left = data_files(&vestibule).len();
                assert_eq!(
                    left, files_before,
                    "what nobody reads must not fill the disk"
                );
            }
            Came::Refused => refused += 1,
        }
        assert_eq!(count(&server).await, (stored * ROWS, "memory".to_owned()));
    }
    assert!(
        stored > 2 && failed > 2 && refused > 0,
        "{stored} were stored, {failed} failed, {refused} were refused"
    );
    right(&vestibule, &server).await;
    // For notes and locks, but for no sign-ins.
    disk.leave(12);
    drop(server);
    // As often as somebody may try before looking at the disk.
    for _ in 0..5 {
        let server = vestibule.serve();
        let over = all_over(&server).await;
        assert_eq!(over.len() as u64, failed);
        over.iter().for_each(failed_for_room);
        right(&vestibule, &server).await;
        assert_eq!(count(&server).await.0, stored * ROWS);
    }
    let server = vestibule.serve();
    all_over(&server).await;
    disk.resize(64 << 10);
    let more = export(&vestibule, 20, ROWS);
    let came = send(&server, &[("more.ndjson.gz", &more)]).await;
    assert!(matches!(came, Came::Stored), "there is room again");
    assert_eq!(count(&server).await.0, (stored + 1) * ROWS);
    right(&vestibule, &server).await;
    drop(server);
    let server = vestibule.serve();
    let over = all_over(&server).await;
    assert_eq!(over.len() as u64, failed);
    assert!(
        over.iter().all(|import| import["state"] == "done"),
        "{over:?}"
    );
    right(&vestibule, &server).await;
    assert_eq!(count(&server).await.0, (stored + 1 + failed) * ROWS);
}

#[tokio::test]
async fn a_full_snapshot_folder_costs_no_answer() {
    let vestibule = Vestibule::new();
    let snapshot = vestibule.data().join("snapshot");
    let Some(disk) = Disk::mount(&snapshot, 300) else {
        return;
    };
    let server = vestibule.serve();
    for number in 1..=6 {
        let export = export(&vestibule, number, ROWS);
        let came = send(&server, &[("export.ndjson.gz", &export)]).await;
        assert!(matches!(came, Came::Stored), "the lake has room");
        assert_eq!(count(&server).await, (number * ROWS, "memory".to_owned()));
    }
    let is_whole = || files(&snapshot, ".segments").len() == data_files(&vestibule).len();
    assert!(!is_whole(), "the disk was to be full");
    right(&vestibule, &server).await;
    for _ in 0..2 {
        drop(vestibule.serve());
        let server = vestibule.serve();
        right(&vestibule, &server).await;
    }
    drop(server);
    disk.resize(8 << 10);
    let server = vestibule.serve();
    right(&vestibule, &server).await;
    drop(server);
    let server = vestibule.serve();
    right(&vestibule, &server).await;
    assert!(is_whole(), "with room everything is kept");
    assert!(files(&snapshot, ".part").is_empty());
}

/// Like a disk that is full for large files, and for whoever is not the administrator as well.
#[cfg(unix)]
#[tokio::test]
async fn files_that_may_not_grow_are_a_full_disk() {
    let mut vestibule = Vestibule::new();
    let exports: Vec<Vec<u8>> = (1..=12)
        .map(|number| export(&vestibule, number, ROWS))
        .collect();
    let parts: Vec<(&str, &[u8])> = exports
        .iter()
        .map(|export| ("export.ndjson.gz", export.as_slice()))
        .collect();
    vestibule.limit_files(Some(256));
    let server = vestibule.serve();
    let mut stored = 0;
    for part in &parts[..6] {
        let came = send(&server, &[*part]).await;
        assert!(matches!(came, Came::Stored), "small files may be written");
        stored += ROWS;
        assert_eq!(count(&server).await, (stored, "memory".to_owned()));
    }
    // Six exports in one commit: each of them is small, the day's file is not.
    let files_before = data_files(&vestibule).len();
    let came = send(&server, &parts[6..]).await;
    assert!(matches!(came, Came::Failed), "a large file may not");
    assert_eq!(data_files(&vestibule).len(), files_before);
    assert_eq!(count(&server).await, (stored, "memory".to_owned()));
    right(&vestibule, &server).await;
    drop(server);
    let server = vestibule.serve();
    all_over(&server).await.iter().for_each(failed_for_room);
    right(&vestibule, &server).await;
    drop(server);
    vestibule.limit_files(None);
    let server = vestibule.serve();
    let over = all_over(&server).await;
    assert!(
        over.iter().all(|import| import["state"] == "done"),
        "{over:?}"
    );
    right(&vestibule, &server).await;
    assert_eq!(count(&server).await.0, 12 * ROWS);
}
