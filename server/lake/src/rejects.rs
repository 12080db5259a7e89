//! What could not be read: kept with its bytes, its place and the reason, to be listed, downloaded
//! and tried again.

use std::collections::HashSet;
use std::sync::Arc;

use arrow::array::{
    AsArray, BinaryArray, Int64Array, RecordBatch, StringArray, TimestampMicrosecondArray,
};
use arrow::datatypes::{Int64Type, TimestampMicrosecondType};
use chrono::{DateTime, Utc};
use datafusion::common::ScalarValue;
use deltalake::kernel::Action;
use futures::{Stream, StreamExt, TryStreamExt};
use xxhash_rust::xxh3::Xxh3;

use crate::error::Result;
use crate::parquet_file::DataFile;
use crate::read::session;
use crate::{Importer, Lake, parquet_file, schema};

/// A record that was set aside.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reject {
    /// Name of the file, and of the member within an archive.
    pub origin: String,
    /// Line on which it begins, from 1; 0 where lines mean nothing.
    pub line: u64,
    /// Where it begins in the unpacked text, in bytes.
    pub offset_bytes: u64,
    /// Short name of the reason, by which rejects are counted: "date is not a date".
    pub reason: String,
    /// The reason in full: "createdDateTime is `24/13/2026`".
    pub detail: String,
    /// Length of the whole record; `bytes` may hold only its beginning.
    pub size_bytes: u64,
    /// The record as it was.
    pub bytes: Vec<u8>,
}

/// A reject in the lake.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredReject {
    /// Number by which it is addressed.
    pub key: i64,
    /// When it was set aside.
    pub stored: DateTime<Utc>,
    /// What it is.
    pub reject: Reject,
}

impl Reject {
    /// A number that is the same whenever the same bytes are refused at the same place.
    pub fn key(&self) -> i64 {
        let mut hash = Xxh3::new();
        hash.update(self.origin.as_bytes());
        hash.update(&self.line.to_le_bytes());
        hash.update(&self.offset_bytes.to_le_bytes());
        hash.update(&self.bytes);
        hash.digest().cast_signed()
    }
}

impl Importer {
    /// Stores rejects, leaving out those that are stored already, and returns how many were new.
    ///
    /// # Errors
    /// When they could not be committed.
    pub async fn reject(&mut self, rejects: &[Reject]) -> Result<u64> {
        if rejects.is_empty() {
            return Ok(0);
        }
        let lake = self.lake().clone();
        let mut known = match self.reject_keys.take() {
            Some(known) => known,
            None => known_keys(&lake).await?,
        };
        let fresh: Vec<&Reject> = rejects
            .iter()
            .filter(|reject| known.insert(reject.key()))
            .collect();
        self.reject_keys = Some(known);
        if fresh.is_empty() {
            return Ok(0);
        }
        let store = lake.rejects.store().await;
        let mut file = DataFile::begin(&schema::rejects())?;
        file.push(to_batch(&fresh)?)?;
        let add = parquet_file::put(&store, file.finish()?, None).await?;
        lake.rejects.commit(vec![Action::Add(add)]).await?;
        Ok(fresh.len() as u64)
    }
}

impl Lake {
    /// The newest rejects, at most `limit`, without their bytes: newest import first and then in the
    /// order of the file.
    ///
    /// # Errors
    /// When the table cannot be read.
    pub async fn rejects(&self, limit: usize) -> Result<Vec<StoredReject>> {
        use datafusion::prelude::{col, lit};
        let frame = session::table(&self.rejects)
            .await?
            .with_column("bytes", lit(ScalarValue::Binary(Some(Vec::new()))))?
            .sort(vec![
                col(schema::STORED).sort(false, false),
                col(schema::ORIGIN).sort(true, false),
                col("line").sort(true, false),
                col("offset_bytes").sort(true, false),
                col("reject_key").sort(true, false),
            ])?
            .limit(0, Some(limit))?;
        from_frame(frame).await
    }

    /// All rejects with their bytes, a few at a time and in no particular order: there may be more of
    /// them than memory.
    ///
    /// # Errors
    /// When the table cannot be read.
    pub async fn all_rejects(
        &self,
    ) -> Result<impl Stream<Item = Result<Vec<StoredReject>>> + Send + 'static> {
        let stream = session::table_of_long_rows(&self.rejects)
            .await?
            .execute_stream()
            .await?;
        Ok(stream.map(|batch| of_batch(&batch?)))
    }

    /// The rejects with these numbers, those that are still there, in no particular order.
    ///
    /// # Errors
    /// When the table cannot be read.
    pub async fn rejects_of(&self, keys: &[i64]) -> Result<Vec<StoredReject>> {
        use datafusion::prelude::{col, lit};
        let keys = keys.iter().map(|key| lit(*key)).collect();
        let frame = session::table(&self.rejects)
            .await?
            .filter(col("reject_key").in_list(keys, false))?;
        from_frame(frame).await
    }

    /// Number of rejects stored.
    ///
    /// # Errors
    /// When the table cannot be read.
    pub async fn reject_count(&self) -> Result<u64> {
        self.rejects.row_count().await
    }

    /// The reject with this number.
    ///
    /// # Errors
    /// When the table cannot be read.
    pub async fn reject(&self, key: i64) -> Result<Option<StoredReject>> {
        use datafusion::prelude::{col, lit};
        let frame = session::table(&self.rejects)
            .await?
            .filter(col("reject_key").eq(lit(key)))?;
        Ok(from_frame(frame).await?.into_iter().next())
    }
}

async fn known_keys(lake: &Lake) -> Result<HashSet<i64>> {
    let mut keys = HashSet::new();
    let mut stream = session::table(&lake.rejects)
        .await?
        .select_columns(&["reject_key"])?
        .execute_stream()
        .await?;
    while let Some(batch) = stream.try_next().await? {
        keys.extend(
            batch
                .column(0)
                .as_primitive::<Int64Type>()
                .values()
                .iter()
                .copied(),
        );
    }
    Ok(keys)
}

fn to_batch(rejects: &[&Reject]) -> Result<RecordBatch> {
    let signed = |number: u64| i64::try_from(number).unwrap_or(i64::MAX);
    let stored = vec![parquet_file::now_micros(); rejects.len()];
    Ok(RecordBatch::try_new(
        schema::rejects(),
        vec![
            Arc::new(Int64Array::from_iter_values(
                rejects.iter().map(|reject| reject.key()),
            )),
            Arc::new(TimestampMicrosecondArray::from(stored).with_data_type(schema::instant())),
            Arc::new(StringArray::from_iter_values(
                rejects.iter().map(|reject| &reject.origin),
            )),
            Arc::new(Int64Array::from_iter_values(
                rejects.iter().map(|reject| signed(reject.line)),
            )),
            Arc::new(Int64Array::from_iter_values(
                rejects.iter().map(|reject| signed(reject.offset_bytes)),
            )),
            Arc::new(StringArray::from_iter_values(
                rejects.iter().map(|reject| &reject.reason),
            )),
            Arc::new(StringArray::from_iter_values(
                rejects.iter().map(|reject| &reject.detail),
            )),
            Arc::new(Int64Array::from_iter_values(
                rejects.iter().map(|reject| signed(reject.size_bytes)),
            )),
            Arc::new(BinaryArray::from_iter_values(
                rejects.iter().map(|reject| &reject.bytes),
            )),
        ],
    )?)
}

async fn from_frame(frame: datafusion::prelude::DataFrame) -> Result<Vec<StoredReject>> {
    let mut rejects = Vec::new();
    let mut stream = frame.execute_stream().await?;
    while let Some(batch) = stream.try_next().await? {
        rejects.extend(of_batch(&batch)?);
    }
    Ok(rejects)
}

fn of_batch(batch: &RecordBatch) -> Result<Vec<StoredReject>> {
    let batch = session::plain(batch, &schema::rejects())?;
    let mut rejects = Vec::with_capacity(batch.num_rows());
    let text =
        |index: usize, row: usize| batch.column(index).as_string::<i32>().value(row).to_owned();
    let number =
        |index: usize, row: usize| batch.column(index).as_primitive::<Int64Type>().value(row);
    for row in 0..batch.num_rows() {
        let micros = batch
            .column(1)
            .as_primitive::<TimestampMicrosecondType>()
            .value(row);
        rejects.push(StoredReject {
            key: number(0, row),
            stored: DateTime::from_timestamp_micros(micros).unwrap_or_default(),
            reject: Reject {
                origin: text(2, row),
                line: number(3, row).cast_unsigned(),
                offset_bytes: number(4, row).cast_unsigned(),
                reason: text(5, row),
                detail: text(6, row),
                size_bytes: number(7, row).cast_unsigned(),
                bytes: batch.column(8).as_binary::<i32>().value(row).to_vec(),
            },
        });
    }
    Ok(rejects)
}
