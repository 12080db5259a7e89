//! Imports that browsers begin: files are taken in whole, then imported one upload after another.

use std::path::PathBuf;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use ingest::{ImportOptions, Progress, Source};
use lake::Lake;
use model::import::{ImportProgress, ImportState};

/// Imports that are remembered; older ones are forgotten, their sign-ins of course not.
const REMEMBERED: usize = 50;
/// Uploads of this age belong to no running process.
const LEFT_BEHIND: Duration = Duration::from_secs(24 * 60 * 60);

/// The imports of this process.
pub struct Imports {
    lake: Lake,
    folder: PathBuf,
    next_id: AtomicU64,
    jobs: Mutex<Vec<Arc<ImportJob>>>,
    turn: Arc<tokio::sync::Mutex<()>>,
}

/// Files being received. Dropping it deletes them.
pub struct Upload {
    folder: PathBuf,
    files: Vec<(PathBuf, String)>,
}

struct ImportJob {
    id: u64,
    progress: Arc<Progress>,
    started: Instant,
    outcome: Mutex<Option<(ImportState, u64)>>,
}

impl Imports {
    /// A place for uploads below `folder`. What ended processes left there is removed after a day:
    /// its import has to be begun again anyway.
    ///
    /// # Errors
    /// When the folder cannot be made.
    pub fn new(lake: Lake, folder: PathBuf) -> std::io::Result<Imports> {
        std::fs::create_dir_all(&folder)?;
        for entry in std::fs::read_dir(&folder)? {
            let entry = entry?;
            let age = entry.metadata()?.modified()?.elapsed().unwrap_or_default();
            if age > LEFT_BEHIND {
                std::fs::remove_dir_all(entry.path())?;
            }
        }
        Ok(Imports {
            lake,
            folder,
            next_id: AtomicU64::new(1),
            jobs: Mutex::new(Vec::new()),
            turn: Arc::default(),
        })
    }

    /// A new upload.
    ///
    /// # Errors
    /// When its folder cannot be made.
    pub fn receive(&self) -> std::io::Result<Upload> {
        let folder = self.folder.join(uuid::Uuid::new_v4().to_string());
        std::fs::create_dir_all(&folder)?;
        Ok(Upload {
            folder,
            files: Vec::new(),
        })
    }

    /// Begins to import an upload and returns its number.
    pub fn begin(&self, upload: Upload) -> u64 {
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

impl Upload {
    /// Adds a file under the name that its sender gave it, and returns where to store it. The name
    /// never becomes part of a path.
    pub fn add(&mut self, name: &str) -> PathBuf {
        let path = self.folder.join(self.files.len().to_string());
        let last = name.rsplit(['/', '\\']).next().unwrap_or(name);
        let clean: String = last
            .chars()
            .filter(|char| !char.is_control())
            .take(200)
            .collect();
        self.files.push((path.clone(), clean));
        path
    }

    /// Whether there is no file yet.
    pub fn is_empty(&self) -> bool {
        self.files.is_empty()
    }
}

impl Drop for Upload {
    fn drop(&mut self) {
        if let Err(error) = std::fs::remove_dir_all(&self.folder) {
            tracing::warn!(error = %error, "an upload's files could not be removed");
        }
    }
}

impl ImportJob {
    async fn run(&self, lake: &Lake, upload: Upload) {
        let sources = upload
            .files
            .iter()
            .map(|(path, name)| Source::File {
                path: path.clone(),
                name: name.clone(),
            })
            .collect();
        let outcome =
            ingest::import(lake, sources, &ImportOptions::default(), &self.progress).await;
        let state = match outcome {
            Ok(summary) => {
                tracing::info!(
                    files = summary.files,
                    records = summary.records,
                    new = summary.new,
                    rejected = summary.rejected,
                    "imported"
                );
                ImportState::Done
            }
            Err(error) => {
                tracing::error!(kind = error.kind(), "import failed");
                tracing::debug!(error = %error, "details");
                ImportState::Failed {
                    message: error.to_string(),
                }
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
