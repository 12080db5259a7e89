//! The data files of the sign-ins, for those who keep them in memory.

use std::sync::Arc;

use arrow::array::{RecordBatch, RecordBatchOptions, new_null_array};
use arrow::datatypes::{DataType, Field, Schema};
use deltalake::Path;
use deltalake::kernel::LogicalFileView;
use deltalake::parquet::arrow::ProjectionMask;
use deltalake::parquet::arrow::arrow_reader::{
    ArrowReaderMetadata, ArrowReaderOptions, ParquetRecordBatchReaderBuilder,
};
use model::interrupt_codes::InterruptCodes;
use object_store::ObjectStoreExt;

use super::restated;
use crate::error::Result;
use crate::{Lake, schema};

/// Rows that are unpacked at a time: a row group, so that its dictionaries are read once.
const READ_ROWS: usize = 65_536;

/// The files of one version of the sign-ins.
#[derive(Debug, Clone)]
pub struct DataFiles {
    /// The version.
    pub version: u64,
    /// Its files, those of the newest days first.
    pub files: Vec<DataFile>,
}

/// A data file. A file never changes: what is written anew has another name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DataFile {
    /// Name of the file, below the table's folder; it begins with the day.
    pub name: String,
    /// Number of rows.
    pub rows: u64,
}

impl Lake {
    /// The files of the version of the sign-ins that is known now.
    ///
    /// # Errors
    /// When the table's log cannot be read.
    pub async fn data_files(&self) -> Result<DataFiles> {
        let table = self.sign_ins.snapshot().await;
        let snapshot = table
            .snapshot()
            .map_err(|source| self.sign_ins.fail(source))?;
        let file = |view: LogicalFileView| DataFile {
            name: view.object_store_path().to_string(),
            rows: view.num_records().unwrap_or_default() as u64,
        };
        let mut files: Vec<DataFile> = snapshot.log_data().iter().map(file).collect();
        files.sort_by(|left, right| right.name.cmp(&left.name));
        Ok(DataFiles {
            version: table.version().unwrap_or_default(),
            files,
        })
    }

    /// Columns of a data file, in the order of its rows: `plain` ones as arrays of their type, texts
    /// named in `numbered` as dictionary arrays. A file that is older than a column holds no values in
    /// it.
    ///
    /// # Errors
    /// When the file cannot be read; it may have been deleted since, when it is no longer part of the
    /// table.
    pub async fn read_columns(
        &self,
        file: &DataFile,
        plain: &[&str],
        numbered: &[&str],
    ) -> Result<Vec<RecordBatch>> {
        let store = self.sign_ins.store().await;
        let bytes = store
            .get(&Path::from(file.name.as_str()))
            .await?
            .bytes()
            .await?;
        let names: Vec<String> = plain
            .iter()
            .chain(numbered)
            .map(|name| (*name).to_owned())
            .collect();
        let numbered: Vec<String> = numbered.iter().map(|name| (*name).to_owned()).collect();
        tokio::task::spawn_blocking(move || {
            let found = ArrowReaderMetadata::load(&bytes, ArrowReaderOptions::new())?;
            let fields = found.schema().fields().iter().map(|field| {
                let data_type = match field.data_type() {
                    DataType::Utf8 | DataType::Utf8View | DataType::LargeUtf8
                        if numbered.contains(field.name()) =>
                    {
                        numbered_text()
                    }
                    DataType::Utf8View | DataType::LargeUtf8 => DataType::Utf8,
                    other => other.clone(),
                };
                Field::new(field.name(), data_type, field.is_nullable())
            });
            let schema = Arc::new(Schema::new(fields.collect::<Vec<_>>()));
            let wanted = ArrowReaderMetadata::try_new(
                Arc::clone(found.metadata()),
                ArrowReaderOptions::new().with_schema(schema),
            )?;
            let mask =
                ProjectionMask::columns(found.parquet_schema(), names.iter().map(String::as_str));
            let reader = ParquetRecordBatchReaderBuilder::new_with_metadata(bytes, wanted)
                .with_projection(mask)
                .with_batch_size(READ_ROWS)
                .build()?;
            let missing: Vec<Field> = schema::sign_ins()
                .fields()
                .iter()
                .filter(|field| names.contains(field.name()))
                .filter(|field| found.schema().field_with_name(field.name()).is_err())
                .map(|field| match field.data_type() {
                    DataType::Utf8 if numbered.contains(field.name()) => {
                        Field::new(field.name(), numbered_text(), true)
                    }
                    plain => Field::new(field.name(), plain.clone(), true),
                })
                .collect();
            reader
                .map(|batch| {
                    let rows = with_nulls(&batch?, &missing)?;
                    restated::rows(&rows, InterruptCodes::in_force())
                })
                .collect()
        })
        .await?
    }
}

fn numbered_text() -> DataType {
    DataType::Dictionary(Box::new(DataType::Int32), Box::new(DataType::Utf8))
}

/// The rows with these columns besides, which hold nothing.
fn with_nulls(batch: &RecordBatch, missing: &[Field]) -> Result<RecordBatch> {
    let rows = batch.num_rows();
    let mut fields = batch.schema().fields().to_vec();
    let mut columns = batch.columns().to_vec();
    for field in missing {
        fields.push(Arc::new(field.clone()));
        columns.push(new_null_array(field.data_type(), rows));
    }
    let options = RecordBatchOptions::new().with_row_count(Some(rows));
    Ok(RecordBatch::try_new_with_options(
        Arc::new(Schema::new(fields)),
        columns,
        &options,
    )?)
}
