//! How far downloads are, for those who watch.

use std::collections::VecDeque;
use std::sync::atomic::{AtomicU8, AtomicU64, Ordering};
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use tokio::sync::{OwnedSemaphorePermit, Semaphore};

use crate::api::error::ApiError;

/// Downloads that run at the same time: each keeps a thread and a part of the disk busy.
const AT_ONCE: usize = 4;
/// Downloads that can be asked about, the newest ones.
const REMEMBERED: usize = 256;
/// Longest name that a reader may give a download.
const ID_LETTERS: usize = 64;

/// How far a download is.
#[derive(Debug, Default)]
pub struct Progress {
    written: AtomicU64,
    rows: OnceLock<u64>,
    state: AtomicU8,
}

const RUNNING: u8 = 0;
const DONE: u8 = 1;
const BROKEN: u8 = 2;

/// A download as it is now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Standing {
    /// Name of the file.
    pub name: String,
    /// Rows written so far.
    pub written: u64,
    /// Rows there are to write; `None` while they are being counted.
    pub rows: Option<u64>,
    /// Whether all of it was sent.
    pub is_done: bool,
    /// Whether it ended before.
    pub is_broken: bool,
}

impl Progress {
    /// Counts rows that were written.
    pub fn add(&self, rows: usize) {
        self.written.fetch_add(rows as u64, Ordering::Relaxed);
    }

    /// Says how many rows there are.
    pub fn begin(&self, rows: u64) {
        // It fails when it was said before.
        self.rows.set(rows).ok();
    }

    /// Says that all was sent.
    pub fn done(&self) {
        self.state.store(DONE, Ordering::Relaxed);
    }

    /// Says that nothing more will be sent, which changes nothing when all was.
    pub fn ended(&self) {
        let running = (RUNNING, BROKEN);
        // It fails when it has ended already.
        self.state
            .compare_exchange(running.0, running.1, Ordering::Relaxed, Ordering::Relaxed)
            .ok();
    }
}

/// A download that can be asked about.
struct Known {
    id: String,
    name: String,
    progress: Arc<Progress>,
}

/// Room for downloads, and how far they are.
#[derive(Clone)]
pub struct Downloads {
    room: Arc<Semaphore>,
    known: Arc<Mutex<VecDeque<Known>>>,
}

impl Default for Downloads {
    fn default() -> Downloads {
        Downloads {
            room: Arc::new(Semaphore::new(AT_ONCE)),
            known: Arc::default(),
        }
    }
}

impl Downloads {
    /// A place among those that run.
    ///
    /// # Errors
    /// When all are taken.
    pub fn enter(&self) -> Result<OwnedSemaphorePermit, ApiError> {
        Arc::clone(&self.room).try_acquire_owned().map_err(|_| {
            ApiError::Busy(format!(
                "{AT_ONCE} downloads are running, which is all there may be; try again when one has ended"
            ))
        })
    }

    /// Remembers a download under the name that its reader gave it.
    pub fn remember(&self, id: &str, name: &str, progress: &Arc<Progress>) {
        let is_name = id.bytes().all(|byte| byte.is_ascii_alphanumeric());
        if id.is_empty() || id.len() > ID_LETTERS || !is_name {
            return;
        }
        let mut known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        known.push_front(Known {
            id: id.to_owned(),
            name: name.to_owned(),
            progress: Arc::clone(progress),
        });
        known.truncate(REMEMBERED);
    }

    /// How far the download of this name is; `None` when there is none, or none yet.
    pub fn standing(&self, id: &str) -> Option<Standing> {
        let known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        let found = known.iter().find(|known| known.id == id)?;
        let state = found.progress.state.load(Ordering::Relaxed);
        Some(Standing {
            name: found.name.clone(),
            written: found.progress.written.load(Ordering::Relaxed),
            rows: found.progress.rows.get().copied(),
            is_done: state == DONE,
            is_broken: state == BROKEN,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_download_is_known_by_its_name_and_ends_once() {
        let downloads = Downloads::default();
        let progress = Arc::new(Progress::default());
        downloads.remember("a1", "SignIns.csv", &progress);
        downloads.remember("../x", "no.csv", &progress);
        assert_eq!(downloads.standing("a1").expect("known").rows, None);
        progress.begin(7);
        progress.add(3);
        let standing = downloads.standing("a1").expect("known");
        assert_eq!(
            (standing.written, standing.rows, standing.is_done),
            (3, Some(7), false)
        );
        progress.done();
        progress.ended();
        let standing = downloads.standing("a1").expect("known");
        assert!(standing.is_done && !standing.is_broken);
        assert_eq!(downloads.standing("../x"), None);
        assert_eq!(downloads.standing("b"), None);
    }

    #[test]
    fn only_so_many_run_at_once() {
        let downloads = Downloads::default();
        let running: Vec<_> = (0..AT_ONCE)
            .map(|_| downloads.enter().expect("room"))
            .collect();
        assert!(matches!(downloads.enter(), Err(ApiError::Busy(_))));
        drop(running);
        assert!(downloads.enter().is_ok());
    }
}
