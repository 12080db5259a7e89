//! Memory on its way to a version of the lake.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use std::time::{Duration, Instant};

use chrono::NaiveDate;
use explorer::{Explorer, LoadError, View, numbered_columns, plain_columns};
use lake::read::DataFile;
use lake::{Lake, LakeError};

use super::room::{Room, TooLarge};

/// Files that are taken from the snapshot at a time.
const RESTORED_AT_ONCE: usize = 8;
/// While memory is being filled, what is there so far is shown this often.
const SHOW_EVERY: Duration = Duration::from_millis(300);

/// Why memory could not follow the lake.
#[derive(Debug, thiserror::Error)]
pub enum FollowError {
    #[error(transparent)]
    Lake(#[from] LakeError),
    #[error(transparent)]
    Load(#[from] LoadError),
    #[error("a part of the loading ended before its time")]
    Task(#[from] tokio::task::JoinError),
}

/// What is being taken, and what was.
pub struct Following<'a> {
    lake: &'a Lake,
    explorer: &'a Arc<Explorer>,
    memory_bytes: u64,
    /// What was loaded in vain before.
    pub too_large: &'a mut TooLarge,
    /// What the new values of files took that were read from the lake.
    values_bytes: BTreeMap<String, u64>,
    /// The version of the lake.
    pub version: u64,
    /// Files that are in memory and belong to the version.
    pub taken: BTreeSet<String>,
    shown: Instant,
    /// Rows that were taken from the snapshot.
    pub restored_rows: u64,
    /// Rows that were read from the lake.
    pub read_rows: u64,
}

impl<'a> Following<'a> {
    /// On its way from what is in memory now.
    pub fn new(
        lake: &'a Lake,
        explorer: &'a Arc<Explorer>,
        memory_bytes: u64,
        version: u64,
        too_large: &'a mut TooLarge,
    ) -> Following<'a> {
        Following {
            lake,
            explorer,
            memory_bytes,
            too_large,
            values_bytes: BTreeMap::new(),
            version,
            taken: BTreeSet::new(),
            shown: Instant::now(),
            restored_rows: 0,
            read_rows: 0,
        }
    }

    /// Takes files, newest days first, until memory is full; whether all were taken.
    pub async fn take(&mut self, files: &[DataFile]) -> Result<bool, FollowError> {
        let (mut done, mut done_bytes) = (0, 0);
        while done < files.len() {
            let some = &files[done..some_days(files, done)];
            let known = |file: &DataFile| match self.explorer.size_bytes_of(&file.name) {
                0 => self.too_large.size_bytes(&file.name),
                held => held as u64,
            };
            let promising = self
                .room(done_bytes)
                .days(some.iter().map(|file| (day(file), known(file))));
            let next = done + promising;
            if next == done {
                break;
            }
            self.take_some(&files[done..next]).await?;
            done_bytes += self
                .sizes(&files[done..next])
                .map(|(_, size)| size)
                .sum::<u64>();
            if !self.room(done_bytes).is_left() {
                // New values may leave no room for days that had some before.
                done = self.room(0).days(self.sizes(&files[..next]));
                for file in &files[done..next] {
                    let size = self.explorer.size_bytes_of(&file.name) as u64;
                    let values = self.values_bytes.get(&file.name).copied();
                    self.too_large
                        .note(&file.name, size, values.unwrap_or_default());
                }
                break;
            }
            done = next;
            if done < files.len() && self.shown.elapsed() > SHOW_EVERY {
                self.show(done, files, false);
            }
        }
        self.show(done, files, true);
        Ok(done == files.len())
    }

    /// The room for files when some take so many bytes already.
    fn room(&self, bytes: u64) -> Room {
        Room::new(
            self.memory_bytes,
            self.explorer.values_size_bytes() as u64 + bytes,
        )
    }

    /// Days of files, and what the files take in memory.
    fn sizes<'f>(&self, files: &'f [DataFile]) -> impl Iterator<Item = (&'f str, u64)> {
        let size = |file: &'f DataFile| (day(file), self.explorer.size_bytes_of(&file.name) as u64);
        files.iter().map(size)
    }

    /// Lets go of everything when values that no row here has any more take much of the memory; whether it
    /// did. Until the newest days are back, the lake is asked.
    pub async fn discard_when_stale(&mut self) -> Result<bool, FollowError> {
        let explorer = Arc::clone(self.explorer);
        let memory_bytes = usize::try_from(self.memory_bytes).unwrap_or(usize::MAX);
        let discarding = move || explorer.discard_when_stale(memory_bytes);
        let is_discarded = tokio::task::spawn_blocking(discarding).await?;
        if is_discarded {
            tracing::info!("values of forgotten sign-ins are let go, the others are read again");
            self.taken.clear();
            self.too_large.values_are_gone();
        }
        Ok(is_discarded)
    }

    /// Takes files from the snapshot, or else from the lake.
    async fn take_some(&mut self, files: &[DataFile]) -> Result<(), FollowError> {
        let missing: Vec<String> = files
            .iter()
            .filter(|file| !self.explorer.has(&file.name))
            .map(|file| file.name.clone())
            .collect();
        let restoring = Arc::clone(self.explorer);
        let restored = tokio::task::spawn_blocking(move || {
            restoring.restore(&missing.iter().map(String::as_str).collect::<Vec<_>>())
        })
        .await?;
        let (plain, numbered): (Vec<_>, Vec<_>) =
            (plain_columns().collect(), numbered_columns().collect());
        for file in files {
            if restored.contains(&file.name) {
                self.restored_rows += file.rows;
            } else if !self.explorer.has(&file.name) {
                let batches = self.lake.read_columns(file, &plain, &numbered).await?;
                let (explorer, name) = (Arc::clone(self.explorer), file.name.clone());
                let before = self.explorer.values_size_bytes();
                tokio::task::spawn_blocking(move || explorer.take(&name, &batches)).await??;
                let added = self.explorer.values_size_bytes().saturating_sub(before);
                self.values_bytes.insert(file.name.clone(), added as u64);
                self.read_rows += file.rows;
            }
            self.taken.insert(file.name.clone());
        }
        Ok(())
    }

    /// Shows the first files. While more are on their way, only when no less is seen than before.
    fn show(&mut self, count: usize, files: &[DataFile], is_final: bool) {
        self.shown = Instant::now();
        let (some, others) = files.split_at(count);
        let complete_from = match (others.is_empty(), some.last()) {
            (true, _) => None,
            (false, Some(last)) => Some(first_moment(last)),
            (false, None) => Some(i64::MAX),
        };
        let reaches = |complete_from: Option<i64>| complete_from.unwrap_or(i64::MIN);
        let is_less = |view: &Arc<View>| reaches(view.complete_from()) < reaches(complete_from);
        if !is_final && self.explorer.view().as_ref().is_some_and(is_less) {
            return;
        }
        let names: BTreeSet<String> = some.iter().map(|file| file.name.clone()).collect();
        self.explorer.publish(self.version, &names, complete_from);
        if is_final {
            self.taken = names;
        }
    }
}

/// Where the files end that are taken together, from a place on: whole days, a few small ones at a time.
fn some_days(files: &[DataFile], from: usize) -> usize {
    let least = files.len().min(from + RESTORED_AT_ONCE);
    let last_day = files[..least].last().map(day);
    let of_last_day = files[least..]
        .iter()
        .take_while(|file| Some(day(file)) == last_day);
    least + of_last_day.count()
}

fn day(file: &DataFile) -> &str {
    file.name.split('/').next().unwrap_or_default()
}

/// First moment of the day of a file, in microseconds since 1970.
fn first_moment(file: &DataFile) -> i64 {
    let day = day(file).rsplit('=').next().unwrap_or_default();
    let midnight = day
        .parse::<NaiveDate>()
        .ok()
        .and_then(|day| day.and_hms_opt(0, 0, 0));
    midnight.map_or(i64::MAX, |midnight| midnight.and_utc().timestamp_micros())
}
