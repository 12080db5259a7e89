//! Taking rows in: new, repeated or changed, and committing them.
//!
//! Rows wait in memory until enough have come, are written as Parquet files of one day each, and count
//! as stored only after the Delta commit that adds the files is on the disk. While one such group is
//! being written, the next one fills.

use std::collections::HashSet;
use std::sync::Arc;

use arrow::array::BooleanArray;
use arrow::compute::filter_record_batch;
use deltalake::Path;
use deltalake::kernel::{Action, Add};
use object_store::ObjectStoreExt;
use tokio::task::JoinHandle;

use crate::Lake;
use crate::error::Result;
use crate::group::{Group, Written};
use crate::known::{Known, KnownIndex, MOST_PENDING, Place, RowKey, version_key};
use crate::lock::WriteLock;
use crate::replace;
use crate::row::SignInBatch;
use crate::table::Table;

/// Rows are committed when so many wait, unless the caller says otherwise...
pub const GROUP_ROWS: usize = 200_000;
/// ...or when they hold so much memory.
const GROUP_BYTES: usize = 192 << 20;

/// What became of the rows given to an importer. Rows count once they are committed.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Committed {
    /// Sign-ins that were not known.
    pub new: u64,
    /// Sign-ins whose row was replaced by what came; the row as it was is kept among the versions.
    pub updated: u64,
    /// Records that say what is stored already.
    pub duplicates: u64,
    /// Records that differ from the stored row but are poorer or older; kept among the versions.
    pub older: u64,
}

impl std::ops::AddAssign for Committed {
    fn add_assign(&mut self, other: Committed) {
        self.new += other.new;
        self.updated += other.updated;
        self.duplicates += other.duplicates;
        self.older += other.older;
    }
}

impl std::ops::Sub for Committed {
    type Output = Committed;
    fn sub(self, other: Committed) -> Committed {
        Committed {
            new: self.new - other.new,
            updated: self.updated - other.updated,
            duplicates: self.duplicates - other.duplicates,
            older: self.older - other.older,
        }
    }
}

/// The one writer of the lake, from when it is made until it is dropped.
pub struct Importer {
    lake: Lake,
    known: KnownIndex,
    pending: Group,
    writing: Option<JoinHandle<Result<Committed>>>,
    committed: Committed,
    group_rows: usize,
    /// Keys of the stored rejects, read when the first reject comes.
    pub(crate) reject_keys: Option<HashSet<i64>>,
    lock: Arc<WriteLock>,
}

impl Importer {
    /// Waits until nobody else writes, and learns what is stored. Rows are committed when
    /// `group_rows` of them wait.
    ///
    /// # Errors
    /// When the tables cannot be read.
    pub async fn begin(lake: &Lake, group_rows: usize) -> Result<Importer> {
        let lock = WriteLock::wait(lake.folder()).await?;
        lake.settle().await?;
        Ok(Importer {
            lake: lake.clone(),
            known: KnownIndex::load(lake).await?,
            pending: Group::default(),
            writing: None,
            committed: Committed::default(),
            group_rows: group_rows.clamp(1, MOST_PENDING / 2),
            reject_keys: None,
            lock: Arc::new(lock),
        })
    }

    /// Takes rows and says what becomes of them. They are stored with one of the next commits: see
    /// [`Importer::committed`].
    ///
    /// # Errors
    /// When an earlier group could not be committed.
    pub async fn add(&mut self, batch: SignInBatch) -> Result<Committed> {
        let before = self.pending.counts;
        let mut kept = Vec::with_capacity(batch.keys.len());
        let mut outdated = Vec::with_capacity(batch.keys.len());
        for key in &batch.keys {
            let (keep, old) = self.judge(key);
            kept.push(keep);
            outdated.push(old);
        }
        if outdated.contains(&true) {
            let rows = filter_record_batch(&batch.rows, &BooleanArray::from(outdated))?;
            self.pending.bytes += rows.get_array_memory_size();
            self.pending.outdated.push(rows);
        }
        if kept.contains(&true) {
            let rows = if kept.contains(&false) {
                filter_record_batch(&batch.rows, &BooleanArray::from(kept))?
            } else {
                batch.rows
            };
            self.pending.bytes += rows.get_array_memory_size();
            self.pending.push(rows)?;
        }
        let judged = self.pending.counts - before;
        if self.pending.keys.len() >= self.group_rows || self.pending.bytes >= GROUP_BYTES {
            self.start_writing().await?;
        }
        Ok(judged)
    }

    /// Decides about one record: whether it is kept as a present row, whether as an older version.
    fn judge(&mut self, key: &RowKey) -> (bool, bool) {
        let counts = &mut self.pending.counts;
        let Some(known) = self.known.rows.get(&key.id_key).copied() else {
            counts.new += 1;
            self.take_as_present(key);
            return (true, false);
        };
        let version = version_key(key.id_key, key.content_key);
        if known.content_key() == key.content_key || self.known.versions.contains(&version) {
            counts.duplicates += 1;
            return (false, false);
        }
        if !known.yields_to(key) {
            counts.older += 1;
            self.known.versions.insert(version);
            return (false, true);
        }
        counts.updated += 1;
        self.known
            .versions
            .insert(version_key(key.id_key, known.content_key()));
        match known.place() {
            Place::Pending(position) => {
                if let Some(present) = self.pending.present.get_mut(position as usize) {
                    *present = false;
                }
            }
            Place::Stored(day) => {
                self.pending
                    .replaced
                    .entry(day)
                    .or_default()
                    .insert(key.id_key);
            }
        }
        self.take_as_present(key);
        (true, false)
    }

    fn take_as_present(&mut self, key: &RowKey) {
        let place = Place::Pending(u32::try_from(self.pending.keys.len()).unwrap_or(u32::MAX));
        self.known.rows.insert(key.id_key, Known::new(key, place));
        self.pending.present.push(true);
        self.pending.keys.push(*key);
    }

    /// The lake that is written to.
    pub(crate) fn lake(&self) -> &Lake {
        &self.lake
    }

    /// What was committed so far.
    pub fn committed(&self) -> Committed {
        self.committed
    }

    /// Commits everything that waits. When this returns, all rows given are stored.
    ///
    /// # Errors
    /// When a file or a commit could not be written: rows since the last successful commit are not
    /// stored, and importing them again is safe.
    pub async fn flush(&mut self) -> Result<Committed> {
        self.start_writing().await?;
        self.finish_writing().await?;
        Ok(self.committed)
    }

    async fn start_writing(&mut self) -> Result<()> {
        self.finish_writing().await?;
        let group = std::mem::take(&mut self.pending);
        // From here on the rows are found in the table, or will be before the next group is committed.
        for key in &group.keys {
            if let Some(known) = self.known.rows.get_mut(&key.id_key)
                && known.content_key() == key.content_key
            {
                *known = Known::new(key, Place::Stored(key.day));
            }
        }
        self.writing = Some(tokio::spawn(store(
            self.lake.clone(),
            group,
            Arc::clone(&self.lock),
        )));
        Ok(())
    }

    async fn finish_writing(&mut self) -> Result<()> {
        let Some(writing) = self.writing.take() else {
            return Ok(());
        };
        let counts = writing.await??;
        self.committed += counts;
        // Acknowledged: whoever reads this line may rely on it.
        tracing::debug!(
            new = counts.new,
            updated = counts.updated,
            new_in_all = self.committed.new,
            "committed"
        );
        Ok(())
    }
}

/// Writes and commits a group, in a task of its own so that the next one fills meanwhile. It holds the
/// right to write until it ends, whatever becomes of the importer.
async fn store(lake: Lake, group: Group, _lock: Arc<WriteLock>) -> Result<Committed> {
    let counts = group.counts;
    let mut written = Written::default();
    let mut removed = Vec::new();
    if let Err(error) = write(&lake, group, &mut written, &mut removed).await {
        // No commit will ever name them. Where the disk is full they would keep it full.
        discard(&lake.sign_ins, &written.present).await;
        discard(&lake.versions, &written.versions).await;
        return Err(error);
    }
    // Versions first: a crash in between leaves a version too many, never one too few.
    let versions = written.versions.into_iter().map(Action::Add).collect();
    if let Err(error) = lake.versions.commit(versions).await {
        discard(&lake.sign_ins, &written.present).await;
        return Err(error);
    }
    removed.extend(written.present.into_iter().map(Action::Add));
    lake.sign_ins.commit(removed).await?;
    Ok(counts)
}

/// Writes the files of a group, and files anew that hold rows which it replaces.
async fn write(
    lake: &Lake,
    mut group: Group,
    written: &mut Written,
    removed: &mut Vec<Action>,
) -> Result<()> {
    let (store, version_store) = (lake.sign_ins.store().await, lake.versions.store().await);
    let replaced = std::mem::take(&mut group.replaced);
    group.write(&store, &version_store, written).await?;
    for (day, ids) in replaced {
        replace::move_to_versions(lake, day, ids, written, removed).await?;
    }
    Ok(())
}

/// Deletes files that were written and are in no commit. Files of a commit that failed are not for this:
/// it may be in the log all the same.
async fn discard(table: &Table, files: &[Add]) {
    let store = table.store().await;
    for file in files {
        // What stays is deleted by the next compaction that is an hour later.
        store.delete(&Path::from(file.path.as_str())).await.ok();
    }
}

#[cfg(test)]
#[path = "import_tests.rs"]
mod tests;

#[cfg(test)]
#[path = "older_tests.rs"]
mod older_tests;
