//! Building rows of the sign-ins table, column by column.

use std::sync::Arc;

use arrow::array::{
    ArrayRef, BooleanBuilder, Date32Builder, Float64Builder, Int32Builder, Int64Builder,
    RecordBatch, StringBuilder, TimestampMicrosecondBuilder,
};
use model::Column;
use model::Tab;
use model::column::ValueType;

use crate::error::Result;
use crate::known::RowKey;
use crate::schema;

/// One value on its way into the lake. Text that is empty is stored as no value.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum CellValue<'a> {
    /// Nothing was recorded.
    Empty,
    /// Text.
    Text(&'a str),
    /// A whole number.
    Integer(i64),
    /// A number with a fraction.
    Decimal(f64),
    /// Yes or no.
    Boolean(bool),
    /// Microseconds since 1970, UTC.
    Instant(i64),
}

/// What a row has beside its columns.
#[derive(Debug, Clone, Copy)]
pub struct RowMeta<'a> {
    /// Which tab the sign-in belongs to.
    pub kind: Tab,
    /// Identity and content.
    pub key: RowKey,
    /// When the source sent it, in microseconds since 1970.
    pub emitted_micros: Option<i64>,
    /// Shape in which it came.
    pub shape: &'a str,
    /// The record as it came.
    pub raw: &'a str,
}

/// Rows that are ready to be imported.
#[derive(Debug, Clone)]
pub struct SignInBatch {
    /// The rows, in the schema of the table.
    pub rows: RecordBatch,
    /// Their keys, in the same order.
    pub keys: Vec<RowKey>,
}

enum ColumnBuilder {
    Text(StringBuilder),
    Integer(Int64Builder),
    Decimal(Float64Builder),
    Boolean(BooleanBuilder),
    Instant(TimestampMicrosecondBuilder),
}

/// Collects rows into a [`SignInBatch`].
pub struct SignInBatchBuilder {
    day: Date32Builder,
    kind: StringBuilder,
    columns: Vec<ColumnBuilder>,
    id_key: Int64Builder,
    content_key: Int64Builder,
    fullness: Int32Builder,
    emitted: TimestampMicrosecondBuilder,
    shape: StringBuilder,
    raw: StringBuilder,
    keys: Vec<RowKey>,
    origin: Arc<str>,
    stored_micros: i64,
}

impl SignInBatchBuilder {
    /// A builder for about `rows` rows from one file or feed, whose records have about `raw_bytes` in
    /// all: room that is asked for at once is not moved while it fills.
    pub fn new(rows: usize, raw_bytes: usize, origin: &str) -> SignInBatchBuilder {
        let columns = Column::recorded()
            .map(|column| match column.value_type {
                ValueType::Text
                | ValueType::Identifier
                | ValueType::Address
                | ValueType::List
                | ValueType::Choice(_) => {
                    ColumnBuilder::Text(StringBuilder::with_capacity(rows, rows * 16))
                }
                ValueType::Integer => ColumnBuilder::Integer(Int64Builder::with_capacity(rows)),
                ValueType::Decimal => ColumnBuilder::Decimal(Float64Builder::with_capacity(rows)),
                ValueType::Boolean => ColumnBuilder::Boolean(BooleanBuilder::with_capacity(rows)),
                ValueType::Instant => ColumnBuilder::Instant(instants(rows)),
            })
            .collect();
        SignInBatchBuilder {
            day: Date32Builder::with_capacity(rows),
            kind: StringBuilder::with_capacity(rows, rows * 12),
            columns,
            id_key: Int64Builder::with_capacity(rows),
            content_key: Int64Builder::with_capacity(rows),
            fullness: Int32Builder::with_capacity(rows),
            emitted: instants(rows),
            shape: StringBuilder::with_capacity(rows, rows * 10),
            raw: StringBuilder::with_capacity(rows, raw_bytes),
            keys: Vec::with_capacity(rows),
            origin: Arc::from(origin),
            stored_micros: crate::parquet_file::now_micros(),
        }
    }

    /// When the rows are said to be stored, in microseconds since 1970.
    pub fn stored_micros(&self) -> i64 {
        self.stored_micros
    }

    /// Adds a row. `cells` stand in the order of [`Column::recorded`]; a cell of another type than its
    /// column's is stored as no value, since the original record keeps it.
    pub fn push(&mut self, meta: &RowMeta<'_>, cells: &[CellValue<'_>]) {
        self.day.append_value(meta.key.day);
        self.kind.append_value(meta.kind.as_str());
        for (index, builder) in self.columns.iter_mut().enumerate() {
            builder.push(cells.get(index).copied().unwrap_or(CellValue::Empty));
        }
        self.id_key.append_value(meta.key.id_key.cast_signed());
        self.content_key
            .append_value(meta.key.content_key.cast_signed());
        self.fullness
            .append_value(i32::try_from(meta.key.fullness.packed()).unwrap_or_default());
        self.emitted.append_option(meta.emitted_micros);
        self.shape.append_value(meta.shape);
        self.raw.append_value(meta.raw);
        self.keys.push(meta.key);
    }

    /// Number of rows so far.
    pub fn len(&self) -> usize {
        self.keys.len()
    }

    /// Whether there is no row yet.
    pub fn is_empty(&self) -> bool {
        self.keys.is_empty()
    }

    /// The rows. The builder is empty afterwards.
    ///
    /// # Errors
    /// When the columns do not fit the schema, which would be a defect of this crate.
    pub fn finish(&mut self) -> Result<SignInBatch> {
        let rows = self.keys.len();
        let mut arrays: Vec<ArrayRef> =
            vec![Arc::new(self.day.finish()), Arc::new(self.kind.finish())];
        arrays.extend(self.columns.iter_mut().map(ColumnBuilder::finish));
        let mut stored_at = instants(rows);
        let mut origin = StringBuilder::with_capacity(rows, rows * self.origin.len());
        for _ in 0..rows {
            stored_at.append_value(self.stored_micros);
            origin.append_value(&self.origin);
        }
        arrays.push(Arc::new(self.id_key.finish()));
        arrays.push(Arc::new(self.content_key.finish()));
        arrays.push(Arc::new(self.fullness.finish()));
        arrays.push(Arc::new(self.emitted.finish()));
        arrays.push(Arc::new(stored_at.finish()));
        arrays.push(Arc::new(origin.finish()));
        arrays.push(Arc::new(self.shape.finish()));
        arrays.push(Arc::new(self.raw.finish()));
        let rows = RecordBatch::try_new(schema::sign_ins(), arrays)?;
        Ok(SignInBatch {
            rows,
            keys: std::mem::take(&mut self.keys),
        })
    }
}

fn instants(rows: usize) -> TimestampMicrosecondBuilder {
    TimestampMicrosecondBuilder::with_capacity(rows).with_data_type(schema::instant())
}

impl ColumnBuilder {
    fn push(&mut self, cell: CellValue<'_>) {
        match (self, cell) {
            (ColumnBuilder::Text(builder), CellValue::Text(text)) if !text.is_empty() => {
                builder.append_value(text)
            }
            (ColumnBuilder::Text(builder), _) => builder.append_null(),
            (ColumnBuilder::Integer(builder), CellValue::Integer(number)) => {
                builder.append_value(number)
            }
            (ColumnBuilder::Integer(builder), _) => builder.append_null(),
            // There is one zero: engines differ in whether it equals the negative one.
            (ColumnBuilder::Decimal(builder), CellValue::Decimal(number)) => {
                builder.append_value(number + 0.0)
            }
            (ColumnBuilder::Decimal(builder), _) => builder.append_null(),
            (ColumnBuilder::Boolean(builder), CellValue::Boolean(flag)) => {
                builder.append_value(flag)
            }
            (ColumnBuilder::Boolean(builder), _) => builder.append_null(),
            (ColumnBuilder::Instant(builder), CellValue::Instant(micros)) => {
                builder.append_value(micros)
            }
            (ColumnBuilder::Instant(builder), _) => builder.append_null(),
        }
    }

    fn finish(&mut self) -> ArrayRef {
        match self {
            ColumnBuilder::Text(builder) => Arc::new(builder.finish()),
            ColumnBuilder::Integer(builder) => Arc::new(builder.finish()),
            ColumnBuilder::Decimal(builder) => Arc::new(builder.finish()),
            ColumnBuilder::Boolean(builder) => Arc::new(builder.finish()),
            ColumnBuilder::Instant(builder) => Arc::new(builder.finish()),
        }
    }
}
