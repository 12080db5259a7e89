//! Keeping the sign-ins in memory in step with the lake.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, Instant};

use chrono::NaiveDate;
use explorer::{Explorer, LoadError, View, numbered_columns, plain_columns};
use lake::read::DataFile;
use lake::{Lake, LakeError};
use tokio::sync::{Notify, watch};
use tokio::task::JoinHandle;

use super::room::{Room, TooLarge};

/// How often the lake is looked at for what others committed.
const LOOK_EVERY: Duration = Duration::from_secs(1);
/// How long somebody waits for memory to follow.
const CATCH_UP: Duration = Duration::from_secs(3);
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

/// An explorer that finds in the folder what it held before. Without the folder it works as well, but
/// reads the whole lake after each start.
fn open(folder: &Path) -> Explorer {
    Explorer::with_snapshot(folder).unwrap_or_else(|error| {
        tracing::warn!(
            "the folder for the snapshot cannot be used; every start reads the lake from the beginning"
        );
        tracing::debug!(error = %error, "details");
        Explorer::default()
    })
}

/// The sign-ins in memory, and whoever waits for them to follow.
pub struct Memory {
    explorer: Arc<Explorer>,
    wake: Notify,
    /// The version of the lake that was shown last.
    shown: watch::Sender<Option<u64>>,
    limit_mb: u64,
}

impl Memory {
    /// Memory that is empty, but for what the folder has. It holds at most about `limit_mb` of
    /// sign-ins, the newest ones; questions about older ones read the lake. With 0, every question does.
    pub fn open(folder: &Path, limit_mb: u64) -> Arc<Memory> {
        Arc::new(Memory {
            limit_mb,
            explorer: Arc::new(open(folder)),
            wake: Notify::new(),
            shown: watch::Sender::new(None),
        })
    }

    /// What can be asked now.
    pub fn view(&self) -> Option<Arc<View>> {
        self.explorer.view()
    }

    /// Waits until a version of the lake is in memory, but not for long.
    pub async fn catch_up(&self, version: u64) {
        if self.limit_mb == 0 {
            return;
        }
        self.wake.notify_one();
        let mut shown = self.shown.subscribe();
        let caught_up = shown.wait_for(|shown| shown.is_some_and(|shown| shown >= version));
        // Behind or not, what is there can be asked.
        tokio::time::timeout(CATCH_UP, caught_up).await.ok();
    }

    /// Whether sign-ins are held at all.
    pub fn is_on(&self) -> bool {
        self.limit_mb > 0
    }

    /// Tells of each version that is shown.
    pub fn shown(&self) -> watch::Receiver<Option<u64>> {
        self.shown.subscribe()
    }
}

/// Starts the job; ending the task ends it.
pub fn start(lake: Lake, memory: Arc<Memory>) -> JoinHandle<()> {
    tokio::spawn(async move {
        let explorer = Arc::clone(&memory.explorer);
        let mut failed: Option<(u64, Instant)> = None;
        let mut too_large = TooLarge::default();
        let mut is_first = true;
        loop {
            let version = lake.version().await;
            let shown = explorer.view().map(|view| view.version());
            if memory.is_on()
                && (is_first || shown != Some(version))
                && failed
                    .is_none_or(|(failed, when)| failed != version || when.elapsed() > TRY_AGAIN)
            {
                match follow(&lake, &memory, &mut too_large).await {
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
            tokio::time::timeout(LOOK_EVERY, memory.wake.notified())
                .await
                .ok();
            if let Err(error) = lake.refresh().await {
                tracing::debug!(error = %error, "details");
            }
        }
    })
}

/// Takes what the lake has now, newest days first, until memory is full.
async fn follow(lake: &Lake, memory: &Memory, too_large: &mut TooLarge) -> Result<(), FollowError> {
    let explorer = &memory.explorer;
    let mut following = Following {
        lake,
        explorer,
        memory_bytes: memory.limit_mb << 20,
        too_large,
        values_bytes: BTreeMap::new(),
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
    following.too_large.keep(&kept);
    let mut is_all = following.take(&wanted.files).await?;
    // Whoever waits need not wait for what only makes later questions quicker.
    memory.shown.send_replace(Some(following.version));
    explorer.forget_all_but(&following.taken, &kept);
    if following.discard_when_stale().await? {
        is_all = following.take(&wanted.files).await?;
        explorer.forget_all_but(&following.taken, &kept);
    }
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
    too_large: &'a mut TooLarge,
    /// What the new values of files took that were read from the lake.
    values_bytes: BTreeMap<String, u64>,
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
    async fn discard_when_stale(&mut self) -> Result<bool, FollowError> {
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
