//! From the rows of a data file to a segment.

use arrow::array::{Array, ArrayRef, AsArray, RecordBatch};
use arrow::datatypes::{DataType, Float64Type, Int32Type, Int64Type, TimestampMicrosecondType};
use model::column::ValueType;
use model::{Column, Tab, Value};

use crate::codes::Codes;
use crate::dictionary::{Code, Growing};
use crate::identifier::Identifiers;
use crate::layout::Layout;
use crate::segment::{Segment, code_of_tab};

/// Name of the column that says the tab.
pub const KIND: &str = "kind";

/// Why rows cannot be taken.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum LoadError {
    /// A column is not among the rows.
    #[error("the rows have no column `{0}`")]
    Missing(String),
    /// A column has another type than the column table says.
    #[error("column `{column}` is {found}, which is not how it is stored")]
    Type {
        /// The column.
        column: String,
        /// What it is.
        found: String,
    },
    /// A segment holds fewer than 2^32 rows.
    #[error("a data file has {0} rows, which are too many for one segment")]
    TooMany(usize),
}

/// The columns that rows must have as plain arrays of their type.
pub fn plain_columns() -> impl Iterator<Item = &'static str> {
    let layout = Layout::get();
    let numbers = layout.coded.iter().filter(|column| !is_text_column(column));
    let columns = numbers.chain(&layout.identifiers).map(|column| column.id);
    columns.chain(["date"])
}

/// The columns of text that rows may have as dictionary arrays, which are taken much faster.
pub fn numbered_columns() -> impl Iterator<Item = &'static str> {
    let texts = Layout::get()
        .coded
        .iter()
        .filter(|column| is_text_column(column));
    texts.map(|column| column.id).chain([KIND])
}

fn is_text_column(column: &Column) -> bool {
    !matches!(
        column.value_type,
        ValueType::Integer | ValueType::Decimal | ValueType::Boolean | ValueType::Instant
    )
}

/// Makes a segment of rows in any order; new values go into the dictionaries.
pub(crate) fn segment(
    batches: &[RecordBatch],
    dictionaries: &mut [Growing],
) -> Result<Segment, LoadError> {
    let rows: usize = batches.iter().map(RecordBatch::num_rows).sum();
    if u32::try_from(rows).is_err() {
        return Err(LoadError::TooMany(rows));
    }
    let moments = moments(batches)?;
    let ids = arrays(batches, "request_id")?;
    let mut order: Vec<(usize, usize)> = Vec::with_capacity(rows);
    for (batch, moments) in moments.iter().enumerate() {
        order.extend((0..moments.len()).map(|row| (batch, row)));
    }
    order.sort_by(|left, right| {
        let date = |(batch, row): &(usize, usize)| moments[*batch][*row];
        let id = |(batch, row): &(usize, usize)| text_at(&ids[*batch], *row).unwrap_or_default();
        date(right)
            .cmp(&date(left))
            .then_with(|| id(left).cmp(id(right)))
    });
    let dates = order
        .iter()
        .map(|(batch, row)| moments[*batch][*row])
        .collect();
    let kinds = kinds(batches)?;
    let in_order = |codes: &[Vec<Code>]| -> Vec<Code> {
        order
            .iter()
            .map(|(batch, row)| codes[*batch][*row])
            .collect()
    };
    let layout = Layout::get();
    let mut coded = Vec::with_capacity(layout.coded.len());
    for (column, dictionary) in layout.coded.iter().zip(dictionaries) {
        let mut codes = Vec::with_capacity(batches.len());
        for array in arrays(batches, column.id)? {
            codes.push(code(column, &array, dictionary)?);
        }
        coded.push(Codes::new(&in_order(&codes)));
    }
    let mut identifiers = Vec::with_capacity(layout.identifiers.len());
    for column in &layout.identifiers {
        let arrays = arrays(batches, column.id)?;
        for array in &arrays {
            if !is_text(array.data_type()) {
                return Err(wrong_type(column.id, array));
            }
        }
        let texts = order
            .iter()
            .map(|(batch, row)| text_at(&arrays[*batch], *row));
        identifiers.push(Identifiers::new(texts));
    }
    let kinds = Codes::new(&in_order(&kinds));
    Ok(Segment::new(dates, kinds, coded, identifiers))
}

fn arrays(batches: &[RecordBatch], name: &str) -> Result<Vec<ArrayRef>, LoadError> {
    let array = |batch: &RecordBatch| batch.column_by_name(name).cloned();
    let found: Option<Vec<ArrayRef>> = batches.iter().map(array).collect();
    found.ok_or_else(|| LoadError::Missing(name.to_owned()))
}

fn wrong_type(column: &str, array: &ArrayRef) -> LoadError {
    LoadError::Type {
        column: column.to_owned(),
        found: array.data_type().to_string(),
    }
}

fn moments(batches: &[RecordBatch]) -> Result<Vec<Vec<i64>>, LoadError> {
    let mut moments = Vec::with_capacity(batches.len());
    for array in arrays(batches, "date")? {
        let Some(dates) = array.as_primitive_opt::<TimestampMicrosecondType>() else {
            return Err(wrong_type("date", &array));
        };
        moments.push(dates.values().to_vec());
    }
    Ok(moments)
}

fn kinds(batches: &[RecordBatch]) -> Result<Vec<Vec<Code>>, LoadError> {
    let mut kinds = Vec::with_capacity(batches.len());
    for array in arrays(batches, KIND)? {
        if !is_text(array.data_type()) {
            return Err(wrong_type(KIND, &array));
        }
        let code = |row| {
            text_at(&array, row)
                .and_then(Tab::parse)
                .map_or(0, code_of_tab)
        };
        kinds.push((0..array.len()).map(code).collect());
    }
    Ok(kinds)
}

fn is_text(data_type: &DataType) -> bool {
    match data_type {
        DataType::Utf8 => true,
        DataType::Dictionary(key, value) => **key == DataType::Int32 && **value == DataType::Utf8,
        _ => false,
    }
}

/// The text of a row; the type was looked at before.
fn text_at(array: &ArrayRef, row: usize) -> Option<&str> {
    if array.is_null(row) {
        return None;
    }
    if let Some(texts) = array.as_string_opt::<i32>() {
        return Some(texts.value(row));
    }
    let numbered = array.as_dictionary_opt::<Int32Type>()?;
    let key = numbered.key(row)?;
    Some(numbered.values().as_string_opt::<i32>()?.value(key))
}

/// The codes of a column's values.
fn code(
    column: &Column,
    array: &ArrayRef,
    dictionary: &mut Growing,
) -> Result<Vec<Code>, LoadError> {
    let rows = array.len();
    if array.null_count() == rows {
        return Ok(vec![0; rows]);
    }
    if let Some(numbered) = array.as_dictionary_opt::<Int32Type>() {
        let Some(values) = numbered.values().as_string_opt::<i32>() else {
            return Err(wrong_type(column.id, array));
        };
        let codes: Vec<Code> = values
            .iter()
            .map(|text| text.map_or(0, |text| dictionary.text(text)))
            .collect();
        let of_key = |row| numbered.key(row).and_then(|key| codes.get(key).copied());
        return Ok((0..rows).map(|row| of_key(row).unwrap_or(0)).collect());
    }
    if let Some(texts) = array.as_string_opt::<i32>() {
        let code = |text: Option<&str>| text.map_or(0, |text| dictionary.text(text));
        return Ok(texts.iter().map(code).collect());
    }
    let mut number = |bits: u64, value: Value| dictionary.number(bits, || value);
    if let Some(numbers) = array.as_primitive_opt::<Int64Type>() {
        let code = |held: Option<i64>| {
            held.map_or(0, |held| number(held.cast_unsigned(), Value::Integer(held)))
        };
        return Ok(numbers.iter().map(code).collect());
    }
    if let Some(numbers) = array.as_primitive_opt::<Float64Type>() {
        let code =
            |held: Option<f64>| held.map_or(0, |held| number(held.to_bits(), Value::Decimal(held)));
        return Ok(numbers.iter().map(code).collect());
    }
    if let Some(flags) = array.as_boolean_opt() {
        let code = |held: Option<bool>| {
            held.map_or(0, |held| number(u64::from(held), Value::Boolean(held)))
        };
        return Ok(flags.iter().map(code).collect());
    }
    Err(wrong_type(column.id, array))
}
