//! An import: one thread reads and splits, several resolve records, one task commits.
//!
//! Blocks are numbered when they are read and committed in that order, so that the same files give
//! the same result however the threads ran.

mod block;
mod committer;
mod progress;
mod reader;
mod row_json;
mod source;
mod steps;

pub use progress::Progress;
pub use source::{Source, collect};

use std::collections::BTreeMap;
use std::sync::mpsc::sync_channel;
use std::sync::{Arc, Mutex};
use std::thread;

use lake::{Importer, Lake, LakeError};
use model::Tab;
use model::import::ImportSummary;
use tokio::sync::mpsc;

use crate::container::Limits;
use crate::record::{KindHint, RecordKind};
use block::{BlockWorker, Item};
use committer::Committer;
use reader::{Job, Numbered, Reader};
use steps::StepBook;

/// Why an import ended early. What was committed before stays.
#[derive(Debug, thiserror::Error)]
pub enum ImportError {
    /// The lake failed.
    #[error(transparent)]
    Lake(#[from] LakeError),
    /// A path does not exist or cannot be listed.
    #[error("cannot read {path}: {source}; check that it exists and that you may read it")]
    Path {
        /// The path.
        path: String,
        /// Why.
        source: std::io::Error,
    },
    /// A thread of the import ended before its time.
    #[error("a part of the import ended before its time; what was stored stays, import again")]
    Worker,
}

impl ImportError {
    /// What kind of failure it is, in a word that holds nothing of the log's contents.
    pub fn kind(&self) -> &'static str {
        match self {
            ImportError::Lake(error) => error.kind(),
            ImportError::Path { .. } => "path",
            ImportError::Worker => "worker",
        }
    }
}

/// How to import.
#[derive(Debug, Clone)]
pub struct ImportOptions {
    /// Kind of the sign-ins where neither record nor file name says it.
    pub kind: Option<Tab>,
    /// Guards against archives that unpack to far more than they should.
    pub limits: Limits,
    /// Threads that resolve records.
    pub workers: usize,
    /// Rows of one commit.
    pub commit_rows: usize,
}

impl Default for ImportOptions {
    fn default() -> ImportOptions {
        ImportOptions {
            kind: None,
            limits: Limits::default(),
            workers: thread::available_parallelism().map_or(2, usize::from),
            commit_rows: lake::GROUP_ROWS,
        }
    }
}

/// Blocks that wait between two stages: more would only take memory.
const WAITING_BLOCKS: usize = 2;

/// Imports the sources, in their order, and returns what became of every record. All of it is
/// stored when this returns.
///
/// # Errors
/// When the lake cannot be written. Unreadable files and records are part of the summary instead.
pub async fn import(
    lake: &Lake,
    sources: Vec<Source>,
    options: &ImportOptions,
    progress: &Arc<Progress>,
) -> Result<ImportSummary, ImportError> {
    let mut importer = Importer::begin(lake, options.commit_rows).await?;
    progress.start(&sources);
    let steps = Arc::new(StepBook::default());
    let (job_sender, job_receiver) = sync_channel::<Numbered<Job>>(WAITING_BLOCKS);
    let (result_sender, mut results) = mpsc::channel(options.workers + WAITING_BLOCKS);
    // A slow block must not let those behind it pile up: so many are under way, from when they are read
    // until they are committed.
    let (begun, ended) = sync_channel(options.workers + 4 * WAITING_BLOCKS);
    let jobs = Arc::new(Mutex::new(job_receiver));
    let mut threads = Vec::new();
    for _ in 0..options.workers.max(1) {
        let (jobs, result_sender, steps) =
            (Arc::clone(&jobs), result_sender.clone(), Arc::clone(&steps));
        threads.push(thread::spawn(move || {
            BlockWorker::new(steps).run(&jobs, &result_sender)
        }));
    }
    let reader = Reader {
        jobs: job_sender,
        begun,
        steps: Arc::clone(&steps),
        limits: options.limits,
        kind: KindHint(options.kind),
        progress: Arc::clone(progress),
        next_number: 0,
    };
    threads.push(thread::spawn(move || reader.run(&sources)));
    drop(result_sender);

    let mut committer = Committer::new(Arc::clone(progress));
    let mut early = BTreeMap::new();
    let mut expected = 0;
    while let Some(Numbered { number, item }) = results.recv().await {
        early.insert(number, item);
        while let Some(item) = early.remove(&expected) {
            expected += 1;
            if matches!(item, Item::Records(_) | Item::Fault(_)) {
                ended.try_recv().ok();
            }
            // On failure the receiver is dropped, which ends the threads.
            committer.take(item, &mut importer).await?;
        }
    }
    for thread in threads {
        thread.join().map_err(|_| ImportError::Worker)?;
    }
    committer
        .join_left_over_steps(&steps, lake, &mut importer)
        .await?;
    committer.finish(&mut importer).await
}

/// Names an other kind for the summary, within reason: the name comes from the record.
fn kind_name(kind: &RecordKind) -> Option<String> {
    match kind {
        RecordKind::Other(name) => Some(model::present::shortened(name, 60)),
        RecordKind::SignIn(_) | RecordKind::AuthenticationStep => None,
    }
}
