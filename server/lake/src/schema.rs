//! Schemas of the tables. The sign-ins' follow from the column table of `model`.

use std::sync::Arc;

use arrow::datatypes::{DataType, Field, Schema, SchemaRef, TimeUnit};
use model::Column;
use model::column::ValueType;

/// Day of the sign-in (UTC); the partition column.
pub const DAY: &str = "day";
/// Which tab the sign-in belongs to, as [`model::Tab::as_str`]: the column of the same name.
pub const KIND: &str = "kind";
/// Hash of the request ID, by which rows are told apart.
pub const ID_KEY: &str = "id_key";
/// Hash of everything the record says, by which repeats are recognised.
pub const CONTENT_KEY: &str = "content_key";
/// How complete the record's source is: a fuller one is never replaced by a poorer one.
pub const FULLNESS: &str = "fullness";
/// When the source sent the record, in microseconds; null where the source does not say.
pub const EMITTED: &str = "emitted";
/// When the row was stored.
pub const STORED: &str = "stored";
/// Name of the file or feed that the record came from.
pub const ORIGIN: &str = "origin";
/// Shape in which the record came, which says how `raw` is to be read.
pub const SHAPE: &str = "shape";
/// The record as it came, as JSON text.
pub const RAW: &str = "raw";

/// Moments in the lake: microseconds since 1970, UTC.
pub fn instant() -> DataType {
    DataType::Timestamp(TimeUnit::Microsecond, Some(Arc::from("UTC")))
}

/// How values of this type are stored.
pub fn data_type(value_type: &ValueType) -> DataType {
    match value_type {
        ValueType::Text
        | ValueType::Identifier
        | ValueType::Address
        | ValueType::List
        | ValueType::Choice(_) => DataType::Utf8,
        ValueType::Integer => DataType::Int64,
        ValueType::Decimal => DataType::Float64,
        ValueType::Boolean => DataType::Boolean,
        ValueType::Instant => instant(),
    }
}

/// Schema of `sign_ins` and of `sign_in_versions`.
pub fn sign_ins() -> SchemaRef {
    let mut fields = vec![
        Field::new(DAY, DataType::Date32, false),
        Field::new(KIND, DataType::Utf8, false),
    ];
    fields.extend(
        Column::recorded().map(|column| Field::new(column.id, data_type(&column.value_type), true)),
    );
    fields.extend([
        Field::new(ID_KEY, DataType::Int64, false),
        Field::new(CONTENT_KEY, DataType::Int64, false),
        Field::new(FULLNESS, DataType::Int32, false),
        Field::new(EMITTED, instant(), true),
        Field::new(STORED, instant(), false),
        Field::new(ORIGIN, DataType::Utf8, false),
        Field::new(SHAPE, DataType::Utf8, false),
        Field::new(RAW, DataType::Utf8, false),
    ]);
    Arc::new(Schema::new(fields))
}

/// Schema of their data files, whose folder says the day.
pub fn sign_in_files() -> SchemaRef {
    let fields = sign_ins()
        .fields()
        .iter()
        .skip(1)
        .cloned()
        .collect::<Vec<_>>();
    Arc::new(Schema::new(fields))
}

/// Schema of `rejects`.
pub fn rejects() -> SchemaRef {
    Arc::new(Schema::new(vec![
        Field::new("reject_key", DataType::Int64, false),
        Field::new(STORED, instant(), false),
        Field::new(ORIGIN, DataType::Utf8, false),
        Field::new("line", DataType::Int64, false),
        Field::new("offset_bytes", DataType::Int64, false),
        Field::new("reason", DataType::Utf8, false),
        Field::new("detail", DataType::Utf8, false),
        Field::new("size_bytes", DataType::Int64, false),
        Field::new("bytes", DataType::Binary, false),
    ]))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_stored_column_is_a_field() {
        let schema = sign_ins();
        for column in Column::stored() {
            let field = schema.field_with_name(column.id).expect("a field");
            assert_eq!(*field.data_type(), data_type(&column.value_type));
        }
    }

    #[test]
    fn columns_and_housekeeping_do_not_collide() {
        let schema = sign_ins();
        let mut names: Vec<_> = schema
            .fields()
            .iter()
            .map(|field| field.name().clone())
            .collect();
        let count = names.len();
        names.sort();
        names.dedup();
        assert_eq!(names.len(), count);
    }
}
