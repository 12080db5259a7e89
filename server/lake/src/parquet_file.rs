//! Data files: rows to Parquet bytes, with what the Delta log needs to know of them.

use std::collections::HashMap;
use std::sync::Arc;
use std::time::{SystemTime, UNIX_EPOCH};

use arrow::array::{Array, RecordBatch, TimestampMicrosecondArray, new_null_array};
use arrow::datatypes::SchemaRef;
use arrow::error::ArrowError;
use chrono::{DateTime, NaiveDate, Utc};
use deltalake::kernel::Add;
use deltalake::parquet::arrow::ArrowWriter;
use deltalake::parquet::arrow::arrow_reader::ParquetRecordBatchReaderBuilder;
use deltalake::parquet::basic::{Compression, Encoding, ZstdLevel};
use deltalake::parquet::file::properties::{EnabledStatistics, WriterProperties};
use deltalake::parquet::file::reader::ChunkReader;
use deltalake::parquet::schema::types::ColumnPath;
use deltalake::{ObjectStore, Path};
use object_store::ObjectStoreExt;

use crate::error::Result;
use crate::schema;

/// Rows of a row group: the unit that a query skips.
const ROW_GROUP_ROWS: usize = 65_536;
/// Size of a page of original records: what is unpacked to show one.
const RAW_PAGE_BYTES: usize = 128 * 1024;
/// So much is unpacked at a time, about.
const READ_BYTES: i64 = 16 << 20;
/// Most rows that are unpacked at a time.
const READ_ROWS: i64 = 8_192;

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

/// A data file in the making: rows are pushed a piece at a time, so that a large file needs memory only
/// for its packed pages.
pub(crate) struct DataFile {
    writer: ArrowWriter<Vec<u8>>,
    rows: usize,
    /// Least and greatest moment of the sign-ins, in microseconds since 1970.
    span: Option<(i64, i64)>,
    rows_without_date: usize,
}

/// The bytes of a finished data file, and the statistics that the log keeps of it.
pub(crate) struct Encoded {
    bytes: Vec<u8>,
    statistics: String,
}

impl DataFile {
    /// An empty file of rows with this schema, the partition column left out.
    pub fn begin(schema: &SchemaRef) -> Result<DataFile> {
        Ok(DataFile {
            writer: ArrowWriter::try_new(Vec::new(), Arc::clone(schema), Some(properties()?))?,
            rows: 0,
            span: None,
            rows_without_date: 0,
        })
    }

    /// Adds rows. The partition column is left out if it is there: the file's folder says it.
    pub fn push(&mut self, mut rows: RecordBatch) -> Result<()> {
        if let Ok(index) = rows.schema().index_of(schema::DAY) {
            rows.remove_column(index);
        }
        self.rows += rows.num_rows();
        let dates = rows
            .column_by_name("date")
            .and_then(|column| column.as_any().downcast_ref::<TimestampMicrosecondArray>());
        if let Some(dates) = dates {
            self.rows_without_date += dates.null_count();
            let found = arrow::compute::min(dates).zip(arrow::compute::max(dates));
            self.span = match (self.span, found) {
                (Some((least, most)), Some((low, high))) => Some((least.min(low), most.max(high))),
                (span, found) => span.or(found),
            };
        }
        Ok(self.writer.write(&rows)?)
    }

    /// Rows pushed so far.
    pub fn rows(&self) -> usize {
        self.rows
    }

    /// Ends the file.
    pub fn finish(self) -> Result<Encoded> {
        let statistics = self.statistics();
        Ok(Encoded {
            bytes: self.writer.into_inner()?,
            statistics,
        })
    }

    /// The log's statistics: rows, and the span of the sign-ins' moments, by which readers pass over
    /// files.
    fn statistics(&self) -> String {
        let mut statistics = serde_json::json!({ "numRecords": self.rows });
        if let Some((least, most)) = self.span {
            statistics["minValues"] = serde_json::json!({ "date": moment(least) });
            // Readers in other engines know milliseconds only: the upper bound is rounded up.
            statistics["maxValues"] =
                serde_json::json!({ "date": moment(most.saturating_add(999)) });
            statistics["nullCount"] = serde_json::json!({ "date": self.rows_without_date });
        }
        statistics.to_string()
    }
}

/// Puts a file of one day (or of an unpartitioned table) where the table's files are and returns the
/// action that adds it. The action is not committed yet: until it is, nobody sees the file.
pub(crate) async fn put(
    store: &Arc<dyn ObjectStore>,
    file: Encoded,
    day: Option<NaiveDate>,
) -> Result<Add> {
    let name = format!("part-{}.zstd.parquet", uuid::Uuid::new_v4());
    let path = match day {
        Some(day) => format!("{}={day}/{name}", schema::DAY),
        None => name,
    };
    let size = i64::try_from(file.bytes.len()).unwrap_or(i64::MAX);
    store
        .put(&Path::from(path.clone()), file.bytes.into())
        .await?;
    Ok(Add {
        path,
        partition_values: day
            .map(|day| HashMap::from([(schema::DAY.to_owned(), Some(day.to_string()))]))
            .unwrap_or_default(),
        size,
        modification_time: now_millis(),
        data_change: true,
        stats: Some(file.statistics),
        tags: None,
        deletion_vector: None,
        base_row_id: None,
        default_row_commit_version: None,
        clustering_provider: None,
    })
}

/// Opens a data file. Its bytes are held in memory, packed as they are on the disk; rows are unpacked
/// as they are read.
pub(crate) async fn open(
    store: &Arc<dyn ObjectStore>,
    path: &Path,
) -> Result<ParquetRecordBatchReaderBuilder<impl ChunkReader + 'static>> {
    let bytes = store.get(path).await?.bytes().await?;
    let file = ParquetRecordBatchReaderBuilder::try_new(bytes)?;
    // Records may have any length: how many rows make a batch follows from the longest.
    let groups = file.metadata().row_groups().iter();
    let row_bytes = groups.map(|group| group.total_byte_size() / group.num_rows().max(1));
    let rows = (READ_BYTES / row_bytes.max().unwrap_or_default().max(1)).clamp(1, READ_ROWS);
    Ok(file.with_batch_size(usize::try_from(rows).unwrap_or(1)))
}

/// Rows of a file with the columns of the table: the library that merges files may have chosen other
/// types of the same meaning, and a file that is older than a column has nothing in it.
pub(crate) fn as_in_table(batch: &RecordBatch, wanted: &SchemaRef) -> Result<RecordBatch> {
    let columns = wanted
        .fields()
        .iter()
        .map(|field| match batch.column_by_name(field.name()) {
            Some(column) if column.data_type() == field.data_type() => Ok(Arc::clone(column)),
            Some(column) => arrow::compute::cast(column, field.data_type()),
            None => Ok(new_null_array(field.data_type(), batch.num_rows())),
        });
    let columns = columns.collect::<std::result::Result<Vec<_>, ArrowError>>()?;
    // A column that must have values is not made up: its nulls are refused here.
    Ok(RecordBatch::try_new(Arc::clone(wanted), columns)?)
}

/// Days since 1970.
pub(crate) fn day_number(day: NaiveDate) -> i32 {
    i32::try_from(day.signed_duration_since(NaiveDate::default()).num_days()).unwrap_or_default()
}

/// The day with this number of days since 1970.
pub(crate) fn day_of_number(number: i32) -> NaiveDate {
    NaiveDate::default() + chrono::Duration::days(i64::from(number))
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
