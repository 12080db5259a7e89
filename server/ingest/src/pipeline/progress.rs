//! How far an import is, for whoever watches.

use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};

use model::import::ImportSummary;

use super::source::Source;

/// Counters of a running import; reading them does not slow it.
#[derive(Debug, Default)]
pub struct Progress {
    total_bytes: AtomicU64,
    read_bytes: AtomicU64,
    records: AtomicU64,
    started: AtomicBool,
    current: Mutex<Option<String>>,
    summary: Mutex<ImportSummary>,
}

impl Progress {
    pub(super) fn start(&self, sources: &[Source]) {
        // Of a zip the members count, as they come.
        self.add_total(
            sources
                .iter()
                .filter(|source| !source.is_zip())
                .map(Source::size_bytes)
                .sum(),
        );
        self.started.store(true, Ordering::Relaxed);
    }

    /// Whether the import has the lake to itself and reads; before, it waits for another writer.
    pub fn started(&self) -> bool {
        self.started.load(Ordering::Relaxed)
    }

    /// Bytes of all files, as they lie on the disk; of a zip, as its members declare.
    pub fn total_bytes(&self) -> u64 {
        self.total_bytes.load(Ordering::Relaxed)
    }

    /// Bytes read.
    pub fn read_bytes(&self) -> u64 {
        self.read_bytes.load(Ordering::Relaxed)
    }

    /// Records read.
    pub fn records(&self) -> u64 {
        self.records.load(Ordering::Relaxed)
    }

    /// Name of the file being read.
    pub fn current(&self) -> Option<String> {
        self.current.lock().ok().and_then(|current| current.clone())
    }

    /// Numbers of the files that are done.
    pub fn summary(&self) -> ImportSummary {
        self.summary
            .lock()
            .map(|summary| summary.clone())
            .unwrap_or_default()
    }

    pub(super) fn add_total(&self, bytes: u64) {
        self.total_bytes.fetch_add(bytes, Ordering::Relaxed);
    }

    pub(super) fn add_read(&self, bytes: u64) {
        self.read_bytes.fetch_add(bytes, Ordering::Relaxed);
    }

    pub(super) fn add_records(&self, records: u64) {
        self.records.fetch_add(records, Ordering::Relaxed);
    }

    pub(super) fn set_current(&self, name: &str) {
        if let Ok(mut current) = self.current.lock() {
            *current = Some(name.to_owned());
        }
    }

    pub(super) fn set_summary(&self, new: &ImportSummary) {
        if let Ok(mut summary) = self.summary.lock() {
            *summary = new.clone();
        }
    }
}
