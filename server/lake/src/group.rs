//! Rows that wait for one commit, and how they become files.

use std::collections::{BTreeMap, HashSet};
use std::sync::Arc;

use arrow::array::{AsArray, RecordBatch};
use arrow::compute::{concat_batches, interleave_record_batch};
use arrow::datatypes::{Date32Type, TimestampMicrosecondType};
use deltalake::ObjectStore;
use deltalake::kernel::Add;
use tokio::task::JoinHandle;

use crate::error::Result;
use crate::import::Committed;
use crate::known::RowKey;
use crate::parquet_file::{self, DataFile, Encoded, day_of_number};
use crate::schema;

/// Most rows of one file.
const MOST_FILE_ROWS: usize = 131_072;
/// A day with fewer rows is one file.
const FEWEST_FILE_ROWS: usize = 8_192;
/// Files that are encoded at the same time: a group that is all of one day is still encoded on more
/// than one core.
const FILES_AT_ONCE: usize = 2;
/// Rows that are gathered at a time: few enough that their memory is used again for the next ones,
/// many enough that the columns' writers are called seldom.
const GATHERED_ROWS: usize = 1_024;

/// Rows that wait for a commit.
#[derive(Default)]
pub(crate) struct Group {
    pub batches: Vec<RecordBatch>,
    /// For each row of the batches, whether it is the present version of its sign-in.
    pub present: Vec<bool>,
    pub keys: Vec<RowKey>,
    pub bytes: usize,
    /// Days and ids of stored rows that a waiting row replaces.
    pub replaced: BTreeMap<i32, HashSet<u64>>,
    /// Rows that are older versions from the beginning.
    pub outdated: Vec<RecordBatch>,
    pub counts: Committed,
}

/// Files that are written but not committed.
#[derive(Default)]
pub(crate) struct Written {
    pub present: Vec<Add>,
    pub versions: Vec<Add>,
}

/// A row by its batch and its place there.
type RowPlace = (usize, usize);

/// Batches with fewer rows are small...
const SMALL_ROWS: usize = 64;
/// ...and so many of them in a row are made one: each has over a hundred columns, whatever its rows.
const SMALL_BATCHES: usize = 64;

impl Group {
    /// Adds rows that are kept as present ones.
    pub fn push(&mut self, rows: RecordBatch) -> Result<()> {
        self.batches.push(rows);
        let small = |batch: &&RecordBatch| batch.num_rows() < SMALL_ROWS;
        if self.batches.iter().rev().take_while(small).count() >= SMALL_BATCHES {
            let parts = self.batches.split_off(self.batches.len() - SMALL_BATCHES);
            let bytes_of = |batches: &[RecordBatch]| -> usize {
                batches.iter().map(RecordBatch::get_array_memory_size).sum()
            };
            let joined = concat_batches(&schema::sign_ins(), &parts)?;
            self.bytes = self.bytes.saturating_sub(bytes_of(&parts));
            self.bytes += joined.get_array_memory_size();
            self.batches.push(joined);
        }
        Ok(())
    }

    /// Writes the files of the group. When one of them cannot be written, `written` has those that were.
    pub async fn write(
        self,
        store: &Arc<dyn ObjectStore>,
        version_store: &Arc<dyn ObjectStore>,
        written: &mut Written,
    ) -> Result<()> {
        let (batches, outdated) = (Arc::new(self.batches), Arc::new(self.outdated));
        let (mut present, mut replaced_at_once) = (Vec::new(), Vec::new());
        for (place, is_present) in places(&batches).zip(self.present) {
            if is_present {
                present.push(place);
            } else {
                replaced_at_once.push(place);
            }
        }
        let versions = &mut written.versions;
        let outdated_rows = places(&outdated).collect();
        write_days(&outdated, outdated_rows, version_store, versions).await?;
        write_days(&batches, replaced_at_once, version_store, versions).await?;
        write_days(&batches, present, store, &mut written.present).await
    }
}

fn places(batches: &[RecordBatch]) -> impl Iterator<Item = RowPlace> + '_ {
    let numbered = batches.iter().enumerate();
    numbered.flat_map(|(batch, rows)| (0..rows.num_rows()).map(move |row| (batch, row)))
}

/// Writes rows as files of one day each, in the order of their moments.
async fn write_days(
    batches: &Arc<Vec<RecordBatch>>,
    rows: Vec<RowPlace>,
    store: &Arc<dyn ObjectStore>,
    written: &mut Vec<Add>,
) -> Result<()> {
    let mut tasks = Vec::new();
    let mut outcome = start_days(batches, rows, store, &mut tasks, written).await;
    // Also after a failure: nothing may be written behind the back of whoever deletes what is there.
    for task in tasks {
        outcome = outcome.and(finish(task, written).await);
    }
    outcome
}

/// The files of [`write_days`], a few at a time; the last ones are still being written.
async fn start_days(
    batches: &Arc<Vec<RecordBatch>>,
    rows: Vec<RowPlace>,
    store: &Arc<dyn ObjectStore>,
    tasks: &mut Vec<JoinHandle<Result<Add>>>,
    written: &mut Vec<Add>,
) -> Result<()> {
    for (day, rows) in by_day(batches, rows) {
        let file_rows = rows.len().div_ceil(FILES_AT_ONCE);
        for part in rows.chunks(file_rows.clamp(FEWEST_FILE_ROWS, MOST_FILE_ROWS)) {
            if tasks.len() >= FILES_AT_ONCE {
                finish(tasks.remove(0), written).await?;
            }
            let (batches, part) = (Arc::clone(batches), part.to_vec());
            let store = Arc::clone(store);
            tasks.push(tokio::spawn(async move {
                let file = tokio::task::spawn_blocking(move || encode(&batches, &part)).await??;
                parquet_file::put(&store, file, Some(day_of_number(day))).await
            }));
        }
    }
    Ok(())
}

async fn finish(task: JoinHandle<Result<Add>>, written: &mut Vec<Add>) -> Result<()> {
    written.push(task.await??);
    Ok(())
}

/// Gathers rows straight out of their batches, so that each is copied once.
fn encode(batches: &[RecordBatch], rows: &[RowPlace]) -> Result<Encoded> {
    let batches: Vec<&RecordBatch> = batches.iter().collect();
    let mut file = DataFile::begin(&schema::sign_in_files())?;
    for part in rows.chunks(GATHERED_ROWS) {
        file.push(interleave_record_batch(&batches, part)?)?;
    }
    file.finish()
}

/// The rows of each day, in the order of their moments; rows of one moment stay in the order in which
/// they came.
fn by_day(batches: &[RecordBatch], rows: Vec<RowPlace>) -> BTreeMap<i32, Vec<RowPlace>> {
    let columns: Vec<_> = batches
        .iter()
        .filter_map(|batch| {
            let day = batch.column_by_name(schema::DAY)?;
            let date = batch.column_by_name("date")?;
            Some((
                day.as_primitive::<Date32Type>(),
                date.as_primitive::<TimestampMicrosecondType>(),
            ))
        })
        .collect();
    let mut days: BTreeMap<i32, Vec<(i64, RowPlace)>> = BTreeMap::new();
    for (batch, row) in rows {
        let (day, date) = columns[batch];
        let moment = date.value(row);
        days.entry(day.value(row))
            .or_default()
            .push((moment, (batch, row)));
    }
    let ordered = days.into_iter().map(|(day, mut rows)| {
        rows.sort_by_key(|(moment, _)| *moment);
        (day, rows.into_iter().map(|(_, place)| place).collect())
    });
    ordered.collect()
}
