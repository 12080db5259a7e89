//! Data files: rows to Parquet bytes, with what the Delta log needs to know of them.

use std::collections::HashMap;
use std::sync::Arc;
use std::time::{SystemTime, UNIX_EPOCH};

use arrow::array::{Array, RecordBatch, TimestampMicrosecondArray};
use arrow::datatypes::DataType;
use chrono::{DateTime, NaiveDate, Utc};
use deltalake::kernel::Add;
use deltalake::parquet::arrow::ArrowWriter;
use deltalake::parquet::arrow::arrow_reader::ParquetRecordBatchReaderBuilder;
use deltalake::parquet::basic::{Compression, Encoding, ZstdLevel};
use deltalake::parquet::file::properties::{EnabledStatistics, WriterProperties};
use deltalake::parquet::schema::types::ColumnPath;
use deltalake::{ObjectStore, Path};
use object_store::ObjectStoreExt;

use crate::error::Result;
use crate::schema;

/// Rows of a row group: the unit that a query skips.
const ROW_GROUP_ROWS: usize = 65_536;
/// Size of a page of original records: what is unpacked to show one.
const RAW_PAGE_BYTES: usize = 128 * 1024;

/// How data files are written.
pub(crate) fn properties() -> Result<WriterProperties> {
    let raw = ColumnPath::from(schema::RAW);
    let mut properties = WriterProperties::builder()
        .set_compression(Compression::ZSTD(ZstdLevel::try_new(1)?))
        .set_max_row_group_row_count(Some(ROW_GROUP_ROWS))
        .set_statistics_enabled(EnabledStatistics::Chunk)
        .set_column_dictionary_enabled(raw.clone(), false)
        .set_column_encoding(raw.clone(), Encoding::PLAIN)
        .set_column_data_page_size_limit(raw.clone(), RAW_PAGE_BYTES)
        .set_column_statistics_enabled(raw, EnabledStatistics::None)
        .set_column_bloom_filter_enabled(ColumnPath::from(schema::ID_KEY), true);
    // Values that hardly repeat gain nothing from a dictionary but the work of building it.
    for id in [
        schema::ID_KEY,
        schema::CONTENT_KEY,
        "request_id",
        "correlation_id",
        "unique_token_identifier",
        "date",
    ] {
        properties = properties.set_column_dictionary_enabled(ColumnPath::from(id), false);
    }
    Ok(properties.build())
}

/// Writes rows of one day (or of an unpartitioned table) and returns the action that adds them.
/// The action is not committed yet: until it is, nobody sees the file.
pub(crate) async fn write(
    store: &Arc<dyn ObjectStore>,
    rows: RecordBatch,
    day: Option<NaiveDate>,
) -> Result<Add> {
    let (bytes, rows) = tokio::task::spawn_blocking(move || {
        let without_day = match rows.schema().index_of(schema::DAY) {
            Ok(index) => {
                let mut rows = rows.clone();
                rows.remove_column(index);
                rows
            }
            Err(_) => rows.clone(),
        };
        encode(&without_day).map(|bytes| (bytes, rows))
    })
    .await??;
    let name = format!("part-{}.zstd.parquet", uuid::Uuid::new_v4());
    let path = match day {
        Some(day) => format!("{}={day}/{name}", schema::DAY),
        None => name,
    };
    let size = i64::try_from(bytes.len()).unwrap_or(i64::MAX);
    store.put(&Path::from(path.clone()), bytes.into()).await?;
    Ok(Add {
        path,
        partition_values: day
            .map(|day| HashMap::from([(schema::DAY.to_owned(), Some(day.to_string()))]))
            .unwrap_or_default(),
        size,
        modification_time: now_millis(),
        data_change: true,
        stats: Some(statistics(&rows)),
        tags: None,
        deletion_vector: None,
        base_row_id: None,
        default_row_commit_version: None,
        clustering_provider: None,
    })
}

/// Reads all rows of a data file; the partition's day is put back in its place.
pub(crate) async fn read(
    store: &Arc<dyn ObjectStore>,
    path: &Path,
    day: Option<NaiveDate>,
) -> Result<Vec<RecordBatch>> {
    let bytes = store.get(path).await?.bytes().await?;
    tokio::task::spawn_blocking(move || {
        let reader = ParquetRecordBatchReaderBuilder::try_new(bytes)?
            .with_batch_size(8_192)
            .build()?;
        reader
            .map(|batch| {
                let batch = batch?;
                match day {
                    Some(day) => with_day(&batch, day),
                    None => Ok(batch),
                }
            })
            .collect()
    })
    .await?
}

fn with_day(batch: &RecordBatch, day: NaiveDate) -> Result<RecordBatch> {
    let days = arrow::array::Date32Array::from(vec![day_number(day); batch.num_rows()]);
    let mut columns: Vec<arrow::array::ArrayRef> = vec![Arc::new(days)];
    let wanted = schema::sign_ins();
    for (index, field) in batch.schema().fields().iter().enumerate() {
        let expected = wanted
            .field_with_name(field.name())
            .map_or(field.data_type(), |field| field.data_type());
        let column = batch.column(index);
        columns.push(if column.data_type() == expected {
            Arc::clone(column)
        } else {
            arrow::compute::cast(column, expected)?
        });
    }
    Ok(RecordBatch::try_new(wanted, columns)?)
}

/// Days since 1970.
pub(crate) fn day_number(day: NaiveDate) -> i32 {
    i32::try_from(day.signed_duration_since(NaiveDate::default()).num_days()).unwrap_or_default()
}

/// The day with this number of days since 1970.
pub(crate) fn day_of_number(number: i32) -> NaiveDate {
    NaiveDate::default() + chrono::Duration::days(i64::from(number))
}

fn encode(rows: &RecordBatch) -> Result<Vec<u8>> {
    let mut bytes = Vec::with_capacity(rows.get_array_memory_size() / 6);
    let mut writer = ArrowWriter::try_new(&mut bytes, rows.schema(), Some(properties()?))?;
    writer.write(rows)?;
    writer.close()?;
    Ok(bytes)
}

/// The log's statistics of a file: rows, and the span of the sign-ins' moments, by which readers
/// pass over files.
fn statistics(rows: &RecordBatch) -> String {
    let mut statistics = serde_json::json!({ "numRecords": rows.num_rows() });
    let dates = rows
        .column_by_name("date")
        .filter(|column| matches!(column.data_type(), DataType::Timestamp(..)))
        .and_then(|column| column.as_any().downcast_ref::<TimestampMicrosecondArray>());
    if let Some(dates) = dates
        && let (Some(least), Some(most)) = (arrow::compute::min(dates), arrow::compute::max(dates))
    {
        statistics["minValues"] = serde_json::json!({ "date": moment(least) });
        // Readers in other engines know milliseconds only: the upper bound is rounded up.
        statistics["maxValues"] = serde_json::json!({ "date": moment(most.saturating_add(999)) });
        statistics["nullCount"] = serde_json::json!({ "date": dates.null_count() });
    }
    statistics.to_string()
}

fn moment(micros: i64) -> String {
    DateTime::<Utc>::from_timestamp_micros(micros)
        .unwrap_or_default()
        .format("%Y-%m-%dT%H:%M:%S%.3fZ")
        .to_string()
}

pub(crate) fn now_millis() -> i64 {
    let elapsed = SystemTime::now()
        .duration_since(UNIX_EPOCH)
        .unwrap_or_default();
    i64::try_from(elapsed.as_millis()).unwrap_or(i64::MAX)
}

pub(crate) fn now_micros() -> i64 {
    let elapsed = SystemTime::now()
        .duration_since(UNIX_EPOCH)
        .unwrap_or_default();
    i64::try_from(elapsed.as_micros()).unwrap_or(i64::MAX)
}
