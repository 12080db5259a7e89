//! The sign-ins in memory, as those see them who ask and those who wait for them to follow the lake.

use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use explorer::{Explorer, View};
use tokio::sync::{Notify, watch};

/// How long somebody waits for memory to follow.
const CATCH_UP: Duration = Duration::from_secs(3);
/// How long memory may be behind the lake without getting on before questions read the lake.
const BEHIND_FOR: Duration = Duration::from_secs(5);

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
    /// The version that is shown while the lake has another one, and since when that is known.
    behind: Mutex<Option<(u64, Instant)>>,
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
            behind: Mutex::new(None),
        })
    }

    /// What can be asked now that the lake has this version: nothing when memory is behind it and has not
    /// got on for too long.
    pub fn view_at(&self, version: u64) -> Option<Arc<View>> {
        let since = self.compare(version);
        let is_stuck = since.is_some_and(|since| since.elapsed() >= BEHIND_FOR);
        self.explorer.view().filter(|_| !is_stuck)
    }

    /// Since when memory has shown what it shows while the lake has another version; `None` when that is
    /// the lake's. The job asks too, so that this is known before anybody asks for sign-ins.
    pub(super) fn compare(&self, version: u64) -> Option<Instant> {
        let shown = self.explorer.view()?.version();
        let mut behind = self.behind.lock().unwrap_or_else(PoisonError::into_inner);
        *behind = match *behind {
            _ if shown == version => None,
            // Commits may come faster than anybody looks: memory that follows them is never too far behind.
            Some((known, since)) if known == shown => Some((known, since)),
            _ => Some((shown, Instant::now())),
        };
        behind.map(|(_, since)| since)
    }

    /// What holds them.
    pub(super) fn explorer(&self) -> &Arc<Explorer> {
        &self.explorer
    }

    /// How much of them it may hold.
    pub(super) fn limit_bytes(&self) -> u64 {
        self.limit_mb << 20
    }

    /// Tells that a version is shown now.
    pub(super) fn tell(&self, version: u64) {
        self.shown.send_replace(Some(version));
    }

    /// Ends when somebody waits for memory to follow.
    pub(super) async fn waited_for(&self) {
        self.wake.notified().await;
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
