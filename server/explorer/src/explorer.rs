//! Keeping the segments in step with the lake.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, RwLock};

use arrow::array::RecordBatch;

use crate::dictionary::Growing;
use crate::layout::Layout;
use crate::load::{self, LoadError};
use crate::segment::Segment;
use crate::view::View;

/// The sign-ins in memory. One task writes, any number read.
#[derive(Default)]
pub struct Explorer {
    view: RwLock<Option<Arc<View>>>,
    writer: Mutex<Writer>,
}

struct Writer {
    dictionaries: Vec<Growing>,
    /// Segments by the name of their data file.
    segments: BTreeMap<String, Vec<Arc<Segment>>>,
}

impl Default for Writer {
    fn default() -> Writer {
        let columns = Layout::get().columns.iter();
        Writer {
            dictionaries: columns.map(|_| Growing::default()).collect(),
            segments: BTreeMap::new(),
        }
    }
}

impl Explorer {
    /// What was published last; `None` before anything was.
    pub fn view(&self) -> Option<Arc<View>> {
        self.view
            .read()
            .unwrap_or_else(PoisonError::into_inner)
            .clone()
    }

    /// Whether the rows of a data file are here already.
    pub fn has(&self, file: &str) -> bool {
        self.writer().segments.contains_key(file)
    }

    /// Takes the rows of a data file. Nobody sees them before [`Explorer::publish`].
    ///
    /// # Errors
    /// When the rows lack a column or have one of another type.
    pub fn take(&self, file: &str, batches: &[RecordBatch]) -> Result<(), LoadError> {
        let mut writer = self.writer();
        let segments = load::segments(batches, &mut writer.dictionaries)?;
        writer.segments.insert(file.to_owned(), segments.into_iter().map(Arc::new).collect());
        Ok(())
    }

    /// Shows the version of the lake that consists of these files, all at once, and forgets segments
    /// of other files. Returns false, and shows nothing, while one of them is missing.
    pub fn publish(&self, version: u64, files: &BTreeSet<String>) -> bool {
        let mut writer = self.writer();
        if !files.iter().all(|file| writer.segments.contains_key(file)) {
            return false;
        }
        writer.segments.retain(|file, _| files.contains(file));
        let segments = writer.segments.values().flatten().cloned().collect();
        let dictionaries = writer.dictionaries.iter().map(|growing| growing.view().clone()).collect();
        let earlier = self.view();
        let view = Arc::new(View::new(version, segments, dictionaries, earlier.as_deref()));
        *self.view.write().unwrap_or_else(PoisonError::into_inner) = Some(view);
        true
    }

    /// Forgets all rows and gives their memory back; readers keep the view that they hold.
    pub fn clear(&self) {
        let mut writer = self.writer();
        *self.view.write().unwrap_or_else(PoisonError::into_inner) = None;
        *writer = Writer::default();
    }

    fn writer(&self) -> MutexGuard<'_, Writer> {
        self.writer.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
