//! Imports that browsers begin: files are taken in whole, then imported one upload after another.

use std::io;
use std::path::PathBuf;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Instant;

use ingest::{ImportError, ImportOptions, Progress, Source};
use lake::Lake;
use model::import::{ImportProgress, ImportState, ImportSummary};
use tokio::sync::mpsc;

use super::memory::Memory;
use super::uploads::Upload;

/// Imports that are remembered; older ones are forgotten, their sign-ins of course not.
const REMEMBERED: usize = 50;

/// Uploads that may wait for their turn; more are refused.
const WAITING: usize = 1_000;
/// Holds the number that was given last, so that none is given twice.
const LAST_NUMBER: &str = "last-number";
/// The next such number, until it is whole.
const LAST_PART: &str = "last-number.part";

/// The imports of this process.
pub struct Imports {
    folder: PathBuf,
    last_number: Mutex<u64>,
    line: Line,
}

/// Uploads that wait, and what is known of them and of those before.
#[derive(Clone)]
struct Line {
    jobs: Arc<Mutex<Vec<Arc<ImportJob>>>>,
    queue: mpsc::Sender<Waiting>,
}

/// An upload that waits for its turn.
type Waiting = (Arc<ImportJob>, Upload);

/// Why an upload is not imported.
#[derive(Debug, thiserror::Error)]
pub enum BeginError {
    /// The disk failed.
    #[error(transparent)]
    Io(#[from] io::Error),
    /// Too many wait.
    #[error("too many uploads wait to be imported; send it again when there are fewer")]
    Full,
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
    pub fn new(lake: Lake, memory: Arc<Memory>, folder: PathBuf) -> io::Result<Imports> {
        std::fs::create_dir_all(&folder)?;
        let left_behind = Upload::left_behind(&folder)?;
        let noted = std::fs::read_to_string(folder.join(LAST_NUMBER)).unwrap_or_default();
        let noted = noted.trim().parse().unwrap_or_default();
        // Scripts in browsers cannot hold greater numbers.
        let sane = |number: u64| if number < 1 << 52 { number } else { 0 };
        let last_number = left_behind.iter().map(Upload::number).fold(noted, u64::max);
        let last_number = sane(last_number);
        let (queue, waiting) = mpsc::channel(WAITING.max(left_behind.len()));
        tokio::spawn(import_in_turn(lake, memory, waiting));
        let line = Line {
            jobs: Arc::default(),
            queue,
        };
        if !left_behind.is_empty() {
            tracing::info!(
                uploads = left_behind.len(),
                "uploads of an ended process are imported"
            );
        }
        for upload in left_behind {
            let place = line.queue.clone().try_reserve_owned();
            line.join(upload, place.map_err(io::Error::other)?);
        }
        Ok(Imports {
            folder,
            last_number: Mutex::new(last_number),
            line,
        })
    }

    /// A new upload.
    ///
    /// # Errors
    /// When its folder cannot be made.
    pub fn receive(&self) -> io::Result<Upload> {
        let number = {
            let mut last = lock(&self.last_number);
            *last = last.saturating_add(1);
            // Written beside and renamed: on a disk that is full the number before must not be lost.
            let (noted, part) = (self.folder.join(LAST_NUMBER), self.folder.join(LAST_PART));
            std::fs::write(&part, last.to_string())?;
            std::fs::rename(part, noted)?;
            *last
        };
        Upload::new(&self.folder, number)
    }

    /// Begins to import an upload and returns its number. From here on it is imported even if its
    /// sender goes away or this process ends first.
    ///
    /// # Errors
    /// When the disk fails, or too many uploads wait already.
    pub async fn begin(&self, mut upload: Upload) -> Result<u64, BeginError> {
        // Its place is taken before it is sealed: what is refused must not come back later.
        let queue = self.line.queue.clone();
        let place = queue.try_reserve_owned().map_err(|_| BeginError::Full)?;
        let line = self.line.clone();
        let sealing = tokio::task::spawn_blocking(move || {
            upload.seal()?;
            Ok(line.join(upload, place))
        });
        sealing.await.map_err(io::Error::other)?
    }

    /// Where an import stands.
    pub fn progress(&self, id: u64) -> Option<ImportProgress> {
        let jobs = lock(&self.line.jobs);
        jobs.iter().find(|job| job.id == id).map(|job| job.view())
    }

    /// All imports, newest first.
    pub fn all(&self) -> Vec<ImportProgress> {
        let jobs = lock(&self.line.jobs);
        jobs.iter().rev().map(|job| job.view()).collect()
    }
}

impl Line {
    fn join(&self, upload: Upload, place: mpsc::OwnedPermit<Waiting>) -> u64 {
        let id = upload.number();
        let job = Arc::new(ImportJob {
            id,
            progress: Arc::new(Progress::default()),
            started: Instant::now(),
            outcome: Mutex::new(None),
        });
        place.send((Arc::clone(&job), upload));
        let mut jobs = lock(&self.jobs);
        jobs.push(job);
        let mut surplus = jobs.len().saturating_sub(REMEMBERED);
        jobs.retain(|job| {
            let forgotten = surplus > 0 && job.is_over();
            surplus -= usize::from(forgotten);
            !forgotten
        });
        id
    }
}

/// One after another, in the order in which they came.
async fn import_in_turn(lake: Lake, memory: Arc<Memory>, mut waiting: mpsc::Receiver<Waiting>) {
    while let Some((job, upload)) = waiting.recv().await {
        let state = job.run(&lake, upload).await;
        // Whoever is told that it is done looks for the sign-ins at once.
        memory.catch_up(lake.version().await).await;
        job.end(state);
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl ImportJob {
    async fn run(&self, lake: &Lake, upload: Upload) -> ImportState {
        let (lake, progress) = (lake.clone(), Arc::clone(&self.progress));
        // A task of its own: should it panic, the import is over and says so.
        let outcome = tokio::spawn(async move { import(&lake, upload, &progress).await });
        match outcome.await {
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
                failed(matches!(error, ImportError::Lake(error) if error.is_disk_full()))
            }
            Err(error) => {
                tracing::error!(kind = "task", "import failed");
                tracing::debug!(error = %error, "details");
                failed(false)
            }
        }
    }

    fn end(&self, state: ImportState) {
        let elapsed_ms = self.elapsed_ms();
        *lock(&self.outcome) = Some((state, elapsed_ms));
    }

    fn is_over(&self) -> bool {
        lock(&self.outcome).is_some()
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
    mut upload: Upload,
    progress: &Arc<Progress>,
) -> Result<ImportSummary, ImportError> {
    if let Err(error) = upload.note_attempt() {
        tracing::warn!(error = %error, "an upload's import could not be noted");
    }
    let is_gone =
        |path: &PathBuf| !std::fs::symlink_metadata(path).is_ok_and(|file| file.is_file());
    let gone = upload.files().map(|(path, _)| path).find(is_gone);
    if let Some(path) = gone {
        upload.failed();
        return Err(ImportError::Path {
            path: path.display().to_string(),
            source: io::Error::other("a file that was received is gone"),
        });
    }
    let sources = upload.files().map(|(path, name)| Source::File {
        path,
        name: name.to_owned(),
    });
    let sources = sources.collect();
    let outcome = ingest::import(lake, sources, &ImportOptions::default(), progress).await;
    match &outcome {
        Ok(_) => upload.done(),
        // Not for want of trying: with room on the disk, or the disk back, the next process can store it.
        Err(ImportError::Lake(_)) => drop(upload),
        Err(_) => upload.failed(),
    }
    outcome
}

/// What else is wrong with the disk is for the log, not for whoever asks.
fn failed(is_disk_full: bool) -> ImportState {
    let (what, more) = if is_disk_full {
        ("the disk is full: ", "Make room first")
    } else {
        ("", "Its log says more")
    };
    ImportState::Failed {
        message: format!(
            "{what}the sign-ins could not all be stored; what was stored stays, and the server tries again when \
             it starts the next time. {more}"
        ),
    }
}
