//! Imports that browsers begin: files are taken in whole, then imported one upload after another.

use std::path::PathBuf;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Instant;

use ingest::{ImportError, ImportOptions, Progress, Source};
use lake::Lake;
use model::import::{ImportProgress, ImportState, ImportSummary};

use super::uploads::Upload;

/// Imports that are remembered; older ones are forgotten, their sign-ins of course not.
const REMEMBERED: usize = 50;

/// The imports of this process.
pub struct Imports {
    lake: Lake,
    folder: PathBuf,
    next_id: AtomicU64,
    jobs: Mutex<Vec<Arc<ImportJob>>>,
    turn: Arc<tokio::sync::Mutex<()>>,
}

struct ImportJob {
    id: u64,
    progress: Arc<Progress>,
    started: Instant,
    outcome: Mutex<Option<(ImportState, u64)>>,
}

impl Imports {
    /// A place for uploads below `folder`. What an ended process had received but not imported is
    /// imported now, so this needs a runtime.
    ///
    /// # Errors
    /// When the folder cannot be made.
    pub fn new(lake: Lake, folder: PathBuf) -> std::io::Result<Imports> {
        std::fs::create_dir_all(&folder)?;
        let left_behind = Upload::left_behind(&folder)?;
        let imports = Imports {
            lake,
            folder,
            next_id: AtomicU64::new(1),
            jobs: Mutex::new(Vec::new()),
            turn: Arc::default(),
        };
        if !left_behind.is_empty() {
            tracing::info!(
                uploads = left_behind.len(),
                "uploads of an ended process are imported"
            );
        }
        for upload in left_behind {
            imports.start(upload);
        }
        Ok(imports)
    }

    /// A new upload.
    ///
    /// # Errors
    /// When its folder cannot be made.
    pub fn receive(&self) -> std::io::Result<Upload> {
        Upload::new(&self.folder)
    }

    /// Begins to import an upload and returns its number. From here on it is imported even if this
    /// process ends first.
    ///
    /// # Errors
    /// When the disk fails.
    pub async fn begin(&self, upload: Upload) -> std::io::Result<u64> {
        let mut upload = upload;
        let sealing = tokio::task::spawn_blocking(move || upload.seal().map(|()| upload));
        let sealed = sealing.await.map_err(std::io::Error::other)?;
        Ok(self.start(sealed?))
    }

    fn start(&self, upload: Upload) -> u64 {
        let id = self.next_id.fetch_add(1, Ordering::Relaxed);
        let job = Arc::new(ImportJob {
            id,
            progress: Arc::new(Progress::default()),
            started: Instant::now(),
            outcome: Mutex::new(None),
        });
        {
            let mut jobs = self.jobs.lock().unwrap_or_else(PoisonError::into_inner);
            jobs.push(Arc::clone(&job));
            let mut surplus = jobs.len().saturating_sub(REMEMBERED);
            jobs.retain(|job| {
                let forgotten = surplus > 0 && job.is_over();
                surplus -= usize::from(forgotten);
                !forgotten
            });
        }
        let (lake, turn) = (self.lake.clone(), Arc::clone(&self.turn));
        tokio::spawn(async move {
            // One after another, in the order in which they came: waiting here costs no thread.
            let _turn = turn.lock().await;
            job.run(&lake, upload).await;
        });
        id
    }

    /// Where an import stands.
    pub fn progress(&self, id: u64) -> Option<ImportProgress> {
        let jobs = self.jobs.lock().unwrap_or_else(PoisonError::into_inner);
        jobs.iter().find(|job| job.id == id).map(|job| job.view())
    }

    /// All imports, newest first.
    pub fn all(&self) -> Vec<ImportProgress> {
        let jobs = self.jobs.lock().unwrap_or_else(PoisonError::into_inner);
        jobs.iter().rev().map(|job| job.view()).collect()
    }
}

impl ImportJob {
    async fn run(&self, lake: &Lake, upload: Upload) {
        let (lake, progress) = (lake.clone(), Arc::clone(&self.progress));
        // A task of its own: should it panic, the import is over and says so.
        let outcome = tokio::spawn(async move { import(&lake, upload, &progress).await });
        let state = match outcome.await {
            Ok(Ok(summary)) => {
                tracing::info!(
                    files = summary.files,
                    records = summary.records,
                    new = summary.new,
                    rejected = summary.rejected,
                    "imported"
                );
                ImportState::Done
            }
            Ok(Err(error)) => {
                tracing::error!(kind = error.kind(), "import failed");
                tracing::debug!(error = %error, "details");
                failed()
            }
            Err(error) => {
                tracing::error!(kind = "task", "import failed");
                tracing::debug!(error = %error, "details");
                failed()
            }
        };
        let elapsed_ms = self.elapsed_ms();
        *self.outcome.lock().unwrap_or_else(PoisonError::into_inner) = Some((state, elapsed_ms));
    }

    fn is_over(&self) -> bool {
        self.outcome
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .is_some()
    }

    fn elapsed_ms(&self) -> u64 {
        u64::try_from(self.started.elapsed().as_millis()).unwrap_or(u64::MAX)
    }

    fn view(&self) -> ImportProgress {
        let outcome = self
            .outcome
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .clone();
        let (state, elapsed_ms) = match outcome {
            Some(outcome) => outcome,
            None if self.progress.started() => (ImportState::Running, self.elapsed_ms()),
            None => (ImportState::Waiting, self.elapsed_ms()),
        };
        ImportProgress {
            id: self.id,
            state,
            total_bytes: self.progress.total_bytes(),
            read_bytes: self.progress.read_bytes(),
            records: self.progress.records(),
            elapsed_ms,
            current: self.progress.current(),
            summary: self.progress.summary(),
        }
    }
}

async fn import(
    lake: &Lake,
    upload: Upload,
    progress: &Arc<Progress>,
) -> Result<ImportSummary, ImportError> {
    if let Err(error) = upload.note_attempt() {
        tracing::warn!(error = %error, "an upload's import could not be noted");
    }
    let sources = upload.files().map(|(path, name)| Source::File {
        path,
        name: name.to_owned(),
    });
    let sources = sources.collect();
    let outcome = ingest::import(lake, sources, &ImportOptions::default(), progress).await;
    upload.done();
    outcome
}

/// What is wrong with the disk is for the log, not for whoever asks.
fn failed() -> ImportState {
    ImportState::Failed {
        message: "the sign-ins could not all be stored; what was stored stays, so import the files again. \
                  The server's log says more"
            .to_owned(),
    }
}
