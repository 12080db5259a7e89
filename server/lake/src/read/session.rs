//! The DataFusion session, and getting plain columns out of it.

use std::sync::{Arc, LazyLock};

use arrow::array::{Array, ArrayRef, AsArray, RecordBatch};
use arrow::compute::cast;
use arrow::datatypes::{DataType, Float64Type, Int64Type, SchemaRef, TimestampMicrosecondType};
use chrono::DateTime;
use datafusion::execution::memory_pool::FairSpillPool;
use datafusion::execution::runtime_env::RuntimeEnvBuilder;
use datafusion::prelude::{DataFrame, SessionConfig, SessionContext};
use model::Value;
use model::interrupt_codes::InterruptCodes;

use super::restated;
use crate::error::Result;
use crate::table::Table;

/// Memory of all queries at the same time. What is sorted or grouped goes on in a temporary file when it is used
/// up; what cannot ends with an error, not with the process.
const QUERY_BYTES: usize = 2 << 30;

/// One session for all queries: it caches what it learned of files.
static SESSION: LazyLock<SessionContext> = LazyLock::new(|| {
    let mut config = SessionConfig::new();
    let options = config.options_mut();
    options.execution.parquet.pushdown_filters = true;
    options.execution.parquet.reorder_filters = true;
    bounded(config, QUERY_BYTES)
});

/// A session for rows that may be very long: few of them are unpacked at a time.
static LONG_ROWS: LazyLock<SessionContext> =
    LazyLock::new(|| SessionContext::new_with_config(SessionConfig::new().with_batch_size(32)));

/// A session whose queries take no more memory than this together.
pub(crate) fn bounded(config: SessionConfig, bytes: usize) -> SessionContext {
    let pool = Arc::new(FairSpillPool::new(bytes));
    match RuntimeEnvBuilder::new().with_memory_pool(pool).build_arc() {
        Ok(runtime) => SessionContext::new_with_config_rt(config, runtime),
        // It fails where there is no folder for temporary files.
        Err(_) => SessionContext::new_with_config(config),
    }
}

/// The table as it is now, as a frame to query: its clones are of the same version.
pub(crate) async fn table(table: &Table) -> Result<DataFrame> {
    frame(table, &SESSION).await
}

/// The same for a table whose rows may be very long.
pub(crate) async fn table_of_long_rows(table: &Table) -> Result<DataFrame> {
    frame(table, &LONG_ROWS).await
}

pub(crate) async fn frame(table: &Table, session: &SessionContext) -> Result<DataFrame> {
    let snapshot = table.snapshot().await;
    snapshot
        .update_datafusion_session(&session.state())
        .map_err(|source| table.fail(source))?;
    let provider = snapshot.table_provider().await?;
    let stored = session.read_table(provider)?;
    restated::frame(stored, InterruptCodes::in_force())
}

/// Casts the columns of a result to the types of the schema: the engine prefers views and
/// dictionaries of text.
pub(crate) fn plain(batch: &RecordBatch, schema: &SchemaRef) -> Result<RecordBatch> {
    let mut columns: Vec<ArrayRef> = Vec::with_capacity(batch.num_columns());
    let mut fields = Vec::with_capacity(batch.num_columns());
    for (field, column) in batch.schema().fields().iter().zip(batch.columns()) {
        let wanted = schema
            .field_with_name(field.name())
            .map_or(field.data_type(), |field| field.data_type());
        columns.push(if column.data_type() == wanted {
            Arc::clone(column)
        } else {
            cast(column, wanted)?
        });
        fields.push(arrow::datatypes::Field::new(
            field.name(),
            wanted.clone(),
            true,
        ));
    }
    let schema = Arc::new(arrow::datatypes::Schema::new(fields));
    Ok(RecordBatch::try_new(schema, columns)?)
}

/// One value of a plain column.
pub(crate) fn value(column: &ArrayRef, row: usize) -> Value {
    if column.is_null(row) {
        return Value::Empty;
    }
    match column.data_type() {
        DataType::Utf8 => Value::Text(column.as_string::<i32>().value(row).to_owned()),
        DataType::Int64 => Value::Integer(column.as_primitive::<Int64Type>().value(row)),
        DataType::Float64 => Value::Decimal(column.as_primitive::<Float64Type>().value(row)),
        DataType::Boolean => Value::Boolean(column.as_boolean().value(row)),
        DataType::Timestamp(..) => {
            let micros = column.as_primitive::<TimestampMicrosecondType>().value(row);
            DateTime::from_timestamp_micros(micros).map_or(Value::Empty, Value::Instant)
        }
        _ => Value::Empty,
    }
}

#[cfg(test)]
mod tests {
    use arrow::array::Int64Array;
    use datafusion::prelude::ident;

    use super::*;
    use crate::error::LakeError;

    #[tokio::test]
    async fn queries_take_no_more_memory_than_they_may() {
        let numbers = Int64Array::from_iter_values((0..2_000_000).rev());
        let batch = RecordBatch::try_from_iter([("number", Arc::new(numbers) as ArrayRef)]);
        let batch = batch.expect("a batch");
        let sorted = |bytes| {
            let session = bounded(SessionConfig::new().with_target_partitions(1), bytes);
            let frame = session.read_batch(batch.clone()).expect("a frame");
            frame.sort(vec![ident("number").sort(true, false)])
        };
        let refused = sorted(1 << 20).expect("a plan").collect().await;
        let refused = LakeError::from(refused.expect_err("too little memory"));
        assert!(matches!(refused, LakeError::TooLarge), "{refused}");
        let found = sorted(1 << 30).expect("a plan").collect().await;
        let rows: usize = found
            .expect("sorted")
            .iter()
            .map(RecordBatch::num_rows)
            .sum();
        assert_eq!(rows, 2_000_000);
    }
}
