//! Keeping the segments in step with the lake.

use std::collections::{BTreeMap, BTreeSet};
use std::io;
use std::path::Path;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, RwLock};

use arrow::array::RecordBatch;

use crate::dictionary::Growing;
use crate::layout::Layout;
use crate::load::{self, LoadError};
use crate::parallel;
use crate::segment::Segment;
use crate::snapshot::Snapshot;
use crate::view::{self, View};

/// Dictionaries with more values that no row has than values that rows have are made anew when these are
/// more than so many, or take more than such a part of the memory there is.
const MOST_UNUSED: usize = 100_000;
const MOST_UNUSED_PART: usize = 8;
/// Whether values are still of use is looked at when rows went that are such a part of those that stay:
/// looking takes a pass over all segments.
const FORGOTTEN_PART: usize = 4;

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
    snapshot: Option<Snapshot>,
    /// Rows that went since it was last looked at which values are of use; `None` when it never was.
    forgotten_rows: Option<usize>,
    /// Why something could not be written to the snapshot.
    trouble: Option<io::Error>,
}

impl Default for Writer {
    fn default() -> Writer {
        Writer {
            dictionaries: empty_dictionaries(),
            segments: BTreeMap::new(),
            snapshot: None,
            forgotten_rows: None,
            trouble: None,
        }
    }
}

impl Writer {
    fn rows(&self) -> usize {
        let segments = self.segments.values().flatten();
        segments.map(|segment| segment.rows()).sum()
    }
}

fn empty_dictionaries() -> Vec<Growing> {
    Layout::get()
        .columns
        .iter()
        .map(|_| Growing::default())
        .collect()
}

impl Explorer {
    /// An empty explorer that keeps what it takes in a folder, and finds there what it kept before.
    ///
    /// # Errors
    /// When the folder can be neither read nor written.
    pub fn with_snapshot(folder: &Path) -> io::Result<Explorer> {
        let mut dictionaries = empty_dictionaries();
        let snapshot = Snapshot::open(folder, &mut dictionaries)?;
        let writer = Writer {
            dictionaries,
            snapshot: Some(snapshot),
            ..Writer::default()
        };
        Ok(Explorer {
            view: RwLock::default(),
            writer: Mutex::new(writer),
        })
    }

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

    /// Takes the rows of data files from the snapshot, and says of which ones. Nobody sees them before
    /// [`Explorer::publish`].
    pub fn restore(&self, files: &[&str]) -> BTreeSet<String> {
        let Some(read) = self.writer().snapshot.as_ref().map(Snapshot::reader) else {
            return BTreeSet::new();
        };
        // Readers and the writer of other files go on meanwhile.
        let found = parallel::fold(files, usize::MAX, Vec::new, |found: &mut Vec<_>, file| {
            found.extend(read(file).map(|segments| (*file, segments)));
        });
        let mut writer = self.writer();
        let mut restored = BTreeSet::new();
        for (file, segments) in found.into_iter().flatten() {
            restored.insert(file.to_owned());
            writer.segments.insert(
                file.to_owned(),
                segments.into_iter().map(Arc::new).collect(),
            );
        }
        restored
    }

    /// Takes the rows of a data file, and keeps them in the snapshot. Nobody sees them before
    /// [`Explorer::publish`].
    ///
    /// # Errors
    /// When the rows lack a column or have one of another type.
    pub fn take(&self, file: &str, batches: &[RecordBatch]) -> Result<(), LoadError> {
        let mut writer = self.writer();
        let segments = load::segments(batches, &mut writer.dictionaries)?;
        let segments: Vec<Arc<Segment>> = segments.into_iter().map(Arc::new).collect();
        let Writer {
            dictionaries,
            snapshot,
            trouble,
            ..
        } = &mut *writer;
        if let Some(Err(error)) = snapshot
            .as_mut()
            .map(|snapshot| snapshot.write(file, &segments, dictionaries))
        {
            *trouble = Some(error);
        }
        writer.segments.insert(file.to_owned(), segments);
        Ok(())
    }

    /// Why something could not be kept in the snapshot since this was last asked. It will be read from
    /// the lake by the next start; nothing else depends on it.
    pub fn snapshot_trouble(&self) -> Option<io::Error> {
        self.writer().trouble.take()
    }

    /// Shows these files of a version of the lake, all at once. With `complete_from`, they hold all rows
    /// from that moment (microseconds since 1970) on; without, all there are. Returns false, and shows
    /// nothing, while one of them is missing.
    pub fn publish(
        &self,
        version: u64,
        files: &BTreeSet<String>,
        complete_from: Option<i64>,
    ) -> bool {
        let writer = self.writer();
        let mut shown: Vec<Arc<Segment>> = Vec::new();
        for file in files {
            match writer.segments.get(file) {
                Some(segments) => shown.extend(segments.iter().cloned()),
                None => return false,
            }
        }
        let dictionaries = writer
            .dictionaries
            .iter()
            .map(|growing| growing.view().clone())
            .collect();
        let earlier = self.view();
        let view = View::new(
            version,
            complete_from,
            shown,
            dictionaries,
            earlier.as_deref(),
        );
        *self.view.write().unwrap_or_else(PoisonError::into_inner) = Some(Arc::new(view));
        true
    }

    /// Forgets segments of all files but those `in_memory`, and snapshots of all but those `kept`.
    pub fn forget_all_but(&self, in_memory: &BTreeSet<String>, kept: &BTreeSet<String>) {
        let mut writer = self.writer();
        let before = writer.rows();
        writer.segments.retain(|file, _| in_memory.contains(file));
        let gone = before - writer.rows();
        writer.forgotten_rows = writer.forgotten_rows.map(|rows| rows + gone);
        if let Some(snapshot) = &writer.snapshot {
            snapshot.keep(kept);
        }
    }

    /// Lets go of everything when most values are those of rows that are not here any more, and take much
    /// of the memory there is; and says whether it did: all is then to be taken from the lake again.
    /// Readers keep the view that they have. It costs little when few rows went since the last time.
    pub fn discard_when_stale(&self, memory_bytes: usize) -> bool {
        let mut writer = self.writer();
        let is_due = writer
            .forgotten_rows
            .is_none_or(|rows| rows > writer.rows() / FORGOTTEN_PART);
        if !is_due {
            return false;
        }
        writer.forgotten_rows = Some(0);
        let known: usize = writer
            .dictionaries
            .iter()
            .map(|held| held.view().codes() - 1)
            .sum();
        let used = used(&writer);
        let unused = known - used;
        let values = writer.dictionaries.iter().map(view::most_bytes_of_values);
        let unused_bytes = values.sum::<usize>() / known.max(1) * unused;
        let is_much = unused > MOST_UNUSED || unused_bytes > memory_bytes / MOST_UNUSED_PART;
        let is_stale = unused > used && is_much;
        if is_stale {
            let Writer {
                dictionaries,
                segments,
                snapshot,
                trouble,
                ..
            } = &mut *writer;
            // Orders and codes of a view are those of its dictionaries: the next view begins anew.
            *self.view.write().unwrap_or_else(PoisonError::into_inner) = None;
            *dictionaries = empty_dictionaries();
            segments.clear();
            if let Some(Err(error)) = snapshot.as_mut().map(Snapshot::clear) {
                *snapshot = None;
                *trouble = Some(error);
            }
        }
        is_stale
    }

    /// Memory of what is held, shown or not, about, in bytes; with all that views make of it in time to
    /// find and sort quickly, whether they have yet or not.
    pub fn size_bytes(&self) -> usize {
        let writer = self.writer();
        let segments = writer.segments.values().flatten();
        let segments =
            segments.map(|segment| view::most_bytes_of_segment(segment, &writer.dictionaries));
        let values = writer.dictionaries.iter().map(view::most_bytes_of_values);
        segments.chain(values).sum()
    }

    /// The part of it that is the values of all columns, which all files share.
    pub fn values_size_bytes(&self) -> usize {
        let writer = self.writer();
        let values = writer.dictionaries.iter().map(view::most_bytes_of_values);
        values.sum()
    }

    /// The part of it that is the segments of one data file.
    pub fn size_bytes_of(&self, file: &str) -> usize {
        let writer = self.writer();
        let segments = writer.segments.get(file).into_iter().flatten();
        segments
            .map(|segment| view::most_bytes_of_segment(segment, &writer.dictionaries))
            .sum()
    }

    fn writer(&self) -> MutexGuard<'_, Writer> {
        self.writer.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// How many values of the dictionaries some row has.
fn used(writer: &Writer) -> usize {
    let columns = 0..writer.dictionaries.len();
    let of_column = |column: usize| {
        let mut is_used = vec![false; writer.dictionaries[column].view().codes()];
        for segment in writer.segments.values().flatten() {
            for code in segment.column(column).values.shared() {
                is_used[*code as usize] = true;
            }
        }
        // The first code is that of no value.
        is_used
            .into_iter()
            .skip(1)
            .filter(|is_used| *is_used)
            .count()
    };
    columns.map(of_column).sum()
}
