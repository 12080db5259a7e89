//! Rows for tests.

use std::sync::Arc;

use arrow::array::{
    ArrayRef, BooleanArray, Float64Array, Int64Array, RecordBatch, StringArray,
    TimestampMicrosecondArray, new_null_array,
};
use arrow::datatypes::{DataType, Field, Schema};
use model::Tab;
use model::column::ValueType;

use crate::layout::Layout;
use crate::load::KIND;

/// Rows with numbers from `first` on: each a minute older than the one before, with some values in
/// some columns.
pub(crate) fn rows(first: usize, count: usize) -> RecordBatch {
    let numbers: Vec<usize> = (first..first + count).collect();
    let texts = |text: &dyn Fn(usize) -> Option<String>| -> ArrayRef {
        Arc::new(StringArray::from_iter(
            numbers.iter().map(|number| text(*number)),
        ))
    };
    let mut fields = Vec::new();
    let mut arrays: Vec<ArrayRef> = Vec::new();
    let mut push = |name: &str, array: ArrayRef| {
        fields.push(Field::new(name, array.data_type().clone(), true));
        arrays.push(array);
    };
    let newest = 1_795_000_000_000_000i64;
    let dates = numbers
        .iter()
        .map(|number| newest - i64::try_from(*number).expect("small") * 60_000_000);
    push(
        "date",
        Arc::new(TimestampMicrosecondArray::from_iter_values(dates)),
    );
    for column in &Layout::get().columns {
        let array: ArrayRef = match column.id {
            KIND => texts(&|number| Some(Tab::ALL[number % 3].as_str().to_owned())),
            "request_id" => {
                texts(&|number| Some(format!("{number:08x}-0000-4000-8000-{number:012x}")))
            }
            "correlation_id" => texts(&|number| Some(format!("odd {}", number / 3))),
            "user" | "username" | "user_id" => {
                texts(&|number| Some(format!("{} {}", column.id, number % 700)))
            }
            "status" => texts(&|number| {
                Some(["success", "failure", "interrupted"][number / 7 % 3].to_owned())
            }),
            "city" => texts(&|number| (number % 2 == 0).then(|| "Zürich".to_owned())),
            _ => {
                let array: ArrayRef = match column.value_type {
                    ValueType::Integer => Arc::new(Int64Array::from_iter(
                        numbers
                            .iter()
                            .map(|number| Some(i64::try_from(number % 90).expect("small"))),
                    )),
                    ValueType::Decimal => {
                        Arc::new(Float64Array::from_iter(numbers.iter().map(|_| Some(1.5))))
                    }
                    ValueType::Boolean => Arc::new(BooleanArray::from_iter(
                        numbers.iter().map(|number| Some(number % 5 == 0)),
                    )),
                    _ => new_null_array(&DataType::Utf8, count),
                };
                array
            }
        };
        push(column.id, array);
    }
    RecordBatch::try_new(Arc::new(Schema::new(fields)), arrays).expect("columns of one length")
}
