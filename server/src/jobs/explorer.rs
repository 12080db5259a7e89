//! Keeping the sign-ins in memory in step with the lake.

use std::collections::BTreeSet;
use std::convert::Infallible;
use std::sync::Arc;
use std::time::{Duration, Instant};

use chrono::NaiveDate;
use explorer::{Explorer, LoadError, View, numbered_columns, plain_columns};
use lake::read::DataFile;
use lake::{Lake, LakeError};
use tokio::task::JoinHandle;

use super::memory::Memory;

/// How often the lake is looked at for what others committed.
const LOOK_EVERY: Duration = Duration::from_secs(1);
/// Files that are taken from the snapshot at a time.
const RESTORED_AT_ONCE: usize = 8;
/// While memory is being filled, what is there so far is shown this often.
const SHOW_EVERY: Duration = Duration::from_millis(300);
/// A version that could not be loaded is tried again after so long, also when none follows it.
const TRY_AGAIN: Duration = Duration::from_secs(15);

/// Why memory could not follow the lake.
#[derive(Debug, thiserror::Error)]
enum FollowError {
    #[error(transparent)]
    Lake(#[from] LakeError),
    #[error(transparent)]
    Load(#[from] LoadError),
    #[error("a part of the loading ended before its time")]
    Task(#[from] tokio::task::JoinError),
}

/// Starts the job; ending the task ends it.
pub fn start(lake: Lake, memory: Arc<Memory>) -> JoinHandle<()> {
    tokio::spawn(async move {
        let explorer = Arc::clone(memory.explorer());
        let mut failed: Option<(u64, Instant)> = None;
        let mut is_first = true;
        loop {
            let version = lake.version().await;
            let shown = explorer.view().map(|view| view.version());
            memory.compare(version);
            if memory.is_on()
                && (is_first || shown != Some(version))
                && failed
                    .is_none_or(|(failed, when)| failed != version || when.elapsed() > TRY_AGAIN)
            {
                let followed = tokio::select! {
                    followed = follow(&lake, &memory, is_first) => followed,
                    never = watch(&lake, &memory) => match never {},
                };
                match followed {
                    Ok(()) => is_first = false,
                    // Files may have been merged away while they were read: the next look finds others.
                    Err(error) => {
                        failed = Some((version, Instant::now()));
                        tracing::warn!("sign-ins could not be loaded, queries read the lake");
                        tracing::debug!(error = %error, "details");
                    }
                }
            }
            // Sooner when somebody waits; otherwise because the time is up.
            tokio::time::timeout(LOOK_EVERY, memory.waited_for())
                .await
                .ok();
            if let Err(error) = lake.refresh().await {
                tracing::debug!(error = %error, "details");
            }
        }
    })
}

/// Looks at the lake while memory follows it, which may take long: meanwhile memory can fall behind.
async fn watch(lake: &Lake, memory: &Memory) -> Infallible {
    loop {
        tokio::time::sleep(LOOK_EVERY).await;
        if let Err(error) = lake.refresh().await {
            tracing::debug!(error = %error, "details");
        }
        memory.compare(lake.version().await);
    }
}

/// Takes what the lake has now, newest days first, until memory is full.
async fn follow(lake: &Lake, memory: &Memory, is_first: bool) -> Result<(), FollowError> {
    let explorer = memory.explorer();
    let mut following = Following {
        lake,
        explorer,
        memory_bytes: memory.limit_bytes(),
        version: 0,
        taken: BTreeSet::new(),
        shown: Instant::now(),
        restored_rows: 0,
        read_rows: 0,
    };
    let begun = Instant::now();
    let wanted = lake.data_files().await?;
    following.version = wanted.version;
    let kept: BTreeSet<String> = wanted.files.iter().map(|file| file.name.clone()).collect();
    // What the lake has no more takes no room from what it has; readers keep what they are shown.
    explorer.forget_all_but(&kept, &kept);
    let is_all = following.take(&wanted.files).await?;
    if is_first && is_all {
        let discarding = Arc::clone(explorer);
        let is_discarded =
            tokio::task::spawn_blocking(move || discarding.discard_when_stale()).await?;
        if is_discarded {
            following.taken.clear();
            following.take(&wanted.files).await?;
        }
    }
    // Whoever waits need not wait for what only makes later questions quicker.
    memory.tell(following.version);
    following.explorer.forget_all_but(&following.taken, &kept);
    if let Some(trouble) = explorer.snapshot_trouble() {
        tracing::warn!(
            "the snapshot of the sign-ins in memory could not be written; the next start takes longer"
        );
        tracing::debug!(error = %trouble, "details");
    }
    if let Some(view) = explorer.view() {
        let warmed = Arc::clone(&view);
        tokio::task::spawn_blocking(move || warmed.warm()).await?;
        tracing::info!(
            rows = view.rows(),
            restored_rows = following.restored_rows,
            read_rows = following.read_rows,
            is_all,
            memory_bytes = view.size_bytes(),
            elapsed_ms = u64::try_from(begun.elapsed().as_millis()).unwrap_or(u64::MAX),
            "sign-ins are in memory"
        );
    }
    Ok(())
}

/// Memory on its way to a version of the lake.
struct Following<'a> {
    lake: &'a Lake,
    explorer: &'a Arc<Explorer>,
    memory_bytes: u64,
    version: u64,
    /// Files that are in memory and belong to the version.
    taken: BTreeSet<String>,
    shown: Instant,
    restored_rows: u64,
    read_rows: u64,
}

impl Following<'_> {
    /// Takes files, newest days first, until memory is full; whether all were taken.
    async fn take(&mut self, files: &[DataFile]) -> Result<bool, FollowError> {
        let mut rest = files;
        while let Some(first) = rest.first() {
            // Whole days only, a few small ones at a time.
            let mut length = RESTORED_AT_ONCE.min(rest.len());
            let last_day = rest.get(length - 1).map_or(day(first), day);
            length += rest[length..]
                .iter()
                .take_while(|file| day(file) == last_day)
                .count();
            let (some, later) = rest.split_at(length);
            self.take_some(some).await?;
            if self.explorer.size_bytes() as u64 > self.memory_bytes {
                self.show(self.fitting(files), files, true);
                return Ok(false);
            }
            rest = later;
            if !rest.is_empty() && self.shown.elapsed() > SHOW_EVERY {
                self.show(files.len() - rest.len(), files, false);
            }
        }
        self.show(files.len(), files, true);
        Ok(true)
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
                tokio::task::spawn_blocking(move || explorer.take(&name, &batches)).await??;
                self.read_rows += file.rows;
            }
            self.taken.insert(file.name.clone());
        }
        Ok(())
    }

    /// How many files, of whole days, fit into memory.
    fn fitting(&self, files: &[DataFile]) -> usize {
        let sizes: Vec<u64> = files
            .iter()
            .map(|file| self.explorer.size_bytes_of(&file.name) as u64)
            .collect();
        let held: u64 = sizes.iter().sum();
        let others = (self.explorer.size_bytes() as u64).saturating_sub(held);
        let mut size = others;
        let mut fitting = 0;
        for (number, file) in files.iter().enumerate() {
            size += sizes[number];
            if size > self.memory_bytes {
                break;
            }
            let is_last_of_day = files
                .get(number + 1)
                .is_none_or(|next| day(next) != day(file));
            if is_last_of_day {
                fitting = number + 1;
            }
        }
        fitting
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
