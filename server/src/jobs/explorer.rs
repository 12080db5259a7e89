//! Keeping the sign-ins in memory in step with the lake.

use std::collections::BTreeSet;
use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, Instant};

use explorer::{Explorer, View};
use lake::Lake;
use tokio::sync::{Notify, watch};
use tokio::task::JoinHandle;

use super::following::{FollowError, Following};
use super::room::TooLarge;

/// How often the lake is looked at for what others committed.
const LOOK_EVERY: Duration = Duration::from_secs(1);
/// How long somebody waits for memory to follow.
const CATCH_UP: Duration = Duration::from_secs(3);
/// A version that could not be loaded is tried again after so long, also when none follows it.
const TRY_AGAIN: Duration = Duration::from_secs(15);

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
    let begun = Instant::now();
    let wanted = lake.data_files().await?;
    let memory_bytes = memory.limit_mb << 20;
    let mut following = Following::new(lake, explorer, memory_bytes, wanted.version, too_large);
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
