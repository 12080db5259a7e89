//! Taking replaced rows out of the files that hold them.

use std::collections::HashSet;
use std::sync::Arc;

use arrow::array::{AsArray, BooleanArray, RecordBatch};
use arrow::compute::{filter_record_batch, not};
use arrow::datatypes::Int64Type;
use deltalake::kernel::Action;
use deltalake::parquet::arrow::ProjectionMask;

use crate::error::Result;
use crate::group::Written;
use crate::parquet_file::{self, DataFile, Encoded, as_in_table, day_of_number};
use crate::{Lake, schema};

/// Writes each file of the day that holds one of the sign-ins anew, once without these rows and once
/// with nothing but them. A file is looked through by its ids alone, and rewritten a piece at a time.
/// `written` has the new files, also after a failure; `removed` takes the old ones out of the sign-ins.
pub(crate) async fn move_to_versions(
    lake: &Lake,
    day_number: i32,
    ids: HashSet<u64>,
    written: &mut Written,
    removed: &mut Vec<Action>,
) -> Result<()> {
    let day = Some(day_of_number(day_number));
    let ids = Arc::new(ids);
    let store = lake.sign_ins.store().await;
    let version_store = lake.versions.store().await;
    let folder = format!("{}={}/", schema::DAY, day_of_number(day_number));
    for file in lake.sign_ins.files().await? {
        if !file.path().starts_with(&folder) {
            continue;
        }
        let path = file.object_store_path();
        let reader = parquet_file::open(&store, &path).await?;
        let wanted = Arc::clone(&ids);
        let holds = move || {
            let only_ids = ProjectionMask::columns(reader.parquet_schema(), [schema::ID_KEY]);
            for batch in reader.with_projection(only_ids).build()? {
                if chosen(&batch?, &wanted).true_count() > 0 {
                    return Ok(true);
                }
            }
            Ok::<_, crate::LakeError>(false)
        };
        if !tokio::task::spawn_blocking(holds).await?? {
            continue;
        }
        let reader = parquet_file::open(&store, &path).await?;
        let wanted = Arc::clone(&ids);
        let parts = tokio::task::spawn_blocking(move || {
            split(reader.build()?.map(|batch| Ok(batch?)), &wanted)
        });
        let (left, taken) = parts.await??;
        removed.push(Action::Remove(file.remove_action(true)));
        if let Some(left) = left {
            let add = parquet_file::put(&store, left, day).await?;
            written.present.push(add);
        }
        let add = parquet_file::put(&version_store, taken, day).await?;
        written.versions.push(add);
    }
    Ok(())
}

/// The rows that stay, if there are any, and the rows with these ids.
fn split(
    batches: impl Iterator<Item = Result<RecordBatch>>,
    ids: &HashSet<u64>,
) -> Result<(Option<Encoded>, Encoded)> {
    let columns = schema::sign_in_files();
    let (mut left, mut taken) = (DataFile::begin(&columns)?, DataFile::begin(&columns)?);
    for batch in batches {
        let batch = as_in_table(&batch?, &columns)?;
        let mask = chosen(&batch, ids);
        taken.push(filter_record_batch(&batch, &mask)?)?;
        left.push(filter_record_batch(&batch, &not(&mask)?)?)?;
    }
    let left = (left.rows() > 0).then(|| left.finish()).transpose()?;
    Ok((left, taken.finish()?))
}

/// Which rows have one of these ids.
fn chosen(batch: &RecordBatch, ids: &HashSet<u64>) -> BooleanArray {
    let keys = batch
        .column_by_name(schema::ID_KEY)
        .map(|column| column.as_primitive::<Int64Type>());
    let is_chosen =
        |row: usize| keys.is_some_and(|keys| ids.contains(&keys.value(row).cast_unsigned()));
    BooleanArray::from_iter((0..batch.num_rows()).map(|row| Some(is_chosen(row))))
}
