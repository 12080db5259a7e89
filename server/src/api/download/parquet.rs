//! Parquet of the shown columns under their ids, with their types: lists as lists, moments in UTC.

use std::io::{self, Write};
use std::sync::Arc;

use arrow::array::{
    ArrayRef, BooleanArray, Float64Array, Int64Array, ListBuilder, RecordBatch, StringBuilder,
    TimestampMicrosecondArray,
};
use arrow::compute::concat_batches;
use arrow::datatypes::{DataType, Field as ArrowField, Schema};
use model::column::ValueType;
use model::list;
use parquet::arrow::ArrowWriter;
use parquet::basic::{Compression, ZstdLevel};
use parquet::file::properties::WriterProperties;

use super::block::{Block, Cell, Field};
use super::task::Task;

/// Rows that are packed together: the memory that it takes depends on this alone.
const ROW_GROUP_ROWS: usize = 65_536;
/// Rows that are handed over at a time.
const BATCH_ROWS: usize = 8_192;

/// Writes the file.
pub fn write(task: &Task, out: &mut (impl Write + Send)) -> io::Result<()> {
    let fields = task.fields.iter().map(|field| {
        let data_type = match field {
            Field::Column(column) => data_type(&column.value_type),
            Field::Kind => DataType::Utf8,
        };
        ArrowField::new(field.id(), data_type, true)
    });
    let schema = Arc::new(Schema::new(fields.collect::<Vec<_>>()));
    let level = ZstdLevel::try_new(1).map_err(io::Error::other)?;
    let properties = WriterProperties::builder()
        .set_compression(Compression::ZSTD(level))
        .set_max_row_group_row_count(Some(ROW_GROUP_ROWS))
        .build();
    let mut writer = ArrowWriter::try_new(out, Arc::clone(&schema), Some(properties))
        .map_err(io::Error::other)?;
    let mut waiting: Vec<RecordBatch> = Vec::new();
    let mut hand_over = |waiting: &mut Vec<RecordBatch>| {
        let batch = concat_batches(&schema, &*waiting).map_err(io::Error::other)?;
        waiting.clear();
        writer.write(&batch).map_err(unpacked)
    };
    task.part.blocks(&task.fields, &task.reception, |block| {
        let rows = block.rows;
        waiting.push(batch(&schema, block)?);
        if waiting.iter().map(RecordBatch::num_rows).sum::<usize>() >= BATCH_ROWS {
            hand_over(&mut waiting)?;
        }
        task.progress.add(rows);
        Ok(())
    })?;
    hand_over(&mut waiting)?;
    writer.close().map_err(unpacked)?;
    Ok(())
}

/// The failure of the writing itself, where that is what the library met.
fn unpacked(error: parquet::errors::ParquetError) -> io::Error {
    let text = error.to_string();
    match error {
        parquet::errors::ParquetError::External(source) => match source.downcast::<io::Error>() {
            Ok(error) => *error,
            Err(other) => io::Error::other(other.to_string()),
        },
        _ => io::Error::other(text),
    }
}

fn data_type(value_type: &ValueType) -> DataType {
    match value_type {
        ValueType::List => {
            DataType::List(Arc::new(ArrowField::new_list_field(DataType::Utf8, true)))
        }
        other => lake::schema::data_type(other),
    }
}

fn batch(schema: &Arc<Schema>, block: Block<'_>) -> io::Result<RecordBatch> {
    let arrays = schema
        .fields()
        .iter()
        .zip(&block.columns)
        .map(|(field, cells)| array(field.data_type(), cells));
    RecordBatch::try_new(Arc::clone(schema), arrays.collect()).map_err(io::Error::other)
}

fn array(data_type: &DataType, cells: &[Cell<'_>]) -> ArrayRef {
    match data_type {
        DataType::Int64 => Arc::new(Int64Array::from_iter(cells.iter().map(|cell| match cell {
            Cell::Integer(number) => Some(*number),
            _ => None,
        }))),
        DataType::Float64 => Arc::new(Float64Array::from_iter(cells.iter().map(
            |cell| match cell {
                Cell::Decimal(number) => Some(*number),
                _ => None,
            },
        ))),
        DataType::Boolean => Arc::new(BooleanArray::from_iter(cells.iter().map(
            |cell| match cell {
                Cell::Boolean(flag) => Some(*flag),
                _ => None,
            },
        ))),
        DataType::Timestamp(..) => {
            let moments = cells.iter().map(|cell| match cell {
                Cell::Moment(moment) => Some(moment.timestamp_micros()),
                _ => None,
            });
            Arc::new(
                TimestampMicrosecondArray::from_iter(moments)
                    .with_data_type(lake::schema::instant()),
            )
        }
        DataType::List(_) => {
            let mut lists = ListBuilder::new(StringBuilder::new());
            for cell in cells {
                let has_items = cell.with_text(|text| {
                    list::items(text).for_each(|item| lists.values().append_value(item));
                });
                lists.append(has_items.is_some());
            }
            Arc::new(lists.finish())
        }
        _ => {
            let mut texts = StringBuilder::with_capacity(cells.len(), cells.len() * 16);
            for cell in cells {
                if cell.with_text(|text| texts.append_value(text)).is_none() {
                    texts.append_null();
                }
            }
            Arc::new(texts.finish())
        }
    }
}
