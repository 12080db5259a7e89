//! From the rows of a data file to segments.

use std::collections::HashMap;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::sync::Arc;

use arrow::array::{Array, ArrayRef, AsArray, RecordBatch};
use arrow::datatypes::{DataType, Float64Type, Int32Type, Int64Type, TimestampMicrosecondType};
use chrono::{DateTime, Utc};
use model::column::ValueType;
use model::{Column, Tab, Value};

use crate::codes::{Coded, Codes, Local};
use crate::dates::Dates;
use crate::dictionary::{Code, Growing};
use crate::identifier::Identifiers;
use crate::layout::Layout;
use crate::segment::{self, MOST_ROWS, Segment, Shared, Values};

/// Name of the column that says the tab, which is also one of the layout's.
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
}

/// The columns that rows must have as plain arrays of their type.
pub fn plain_columns() -> impl Iterator<Item = &'static str> {
    let columns = Layout::get().columns.iter();
    let plain = columns.filter(|column| column.is_singular() || !is_text_column(column));
    plain.map(|column| column.id).chain(["date"])
}

/// The columns of text that rows may have as dictionary arrays, which are taken much faster.
pub fn numbered_columns() -> impl Iterator<Item = &'static str> {
    let columns = Layout::get().columns.iter();
    let texts = columns.filter(|column| !column.is_singular() && is_text_column(column));
    texts.map(|column| column.id)
}

fn is_text_column(column: &Column) -> bool {
    !matches!(
        column.value_type,
        ValueType::Integer | ValueType::Decimal | ValueType::Boolean | ValueType::Instant
    )
}

/// Makes segments of rows in any order; new values go into the dictionaries.
pub(crate) fn segments(
    batches: &[RecordBatch],
    dictionaries: &mut [Growing],
) -> Result<Vec<Segment>, LoadError> {
    let dates = moments(batches)?;
    let kinds = kinds(batches)?;
    let ids = texts(batches, "request_id")?;
    let mut parts: Vec<(Tab, Vec<usize>)> = Vec::new();
    for tab in Tab::ALL {
        let mut rows: Vec<usize> = (0..dates.len())
            .filter(|row| kinds[*row] == Some(tab))
            .collect();
        rows.sort_by(|left, right| {
            let by_date = dates[*right].cmp(&dates[*left]);
            by_date.then_with(|| ids[*left].cmp(&ids[*right]))
        });
        parts.extend(rows.chunks(MOST_ROWS).map(|rows| (tab, rows.to_vec())));
    }
    let mut builders: Vec<Builder> = parts.iter().map(|_| Builder::default()).collect();
    let mut scratch = Scratch::default();
    for (column, dictionary) in Layout::get().columns.iter().zip(dictionaries) {
        if column.is_singular() {
            let texts = texts(batches, column.id)?;
            for (builder, (_, rows)) in builders.iter_mut().zip(&parts) {
                let texts: Vec<Option<&str>> = rows.iter().map(|row| texts[*row]).collect();
                builder.identifiers(&texts);
            }
        } else {
            let mut codes: Vec<Code> = Vec::with_capacity(dates.len());
            for array in arrays(batches, column.id)? {
                code(column, &array, dictionary, &mut codes)?;
            }
            for (builder, (_, rows)) in builders.iter_mut().zip(&parts) {
                let codes: Vec<Code> = rows.iter().map(|row| codes[*row]).collect();
                builder.coded(&codes, &mut scratch);
            }
        }
    }
    let segments = builders
        .into_iter()
        .zip(parts)
        .map(|(builder, (tab, rows))| {
            let dates: Vec<i64> = rows.iter().map(|row| dates[*row]).collect();
            Segment::new(tab, Dates::new(&dates), builder.columns.into_boxed_slice())
        });
    Ok(segments.collect())
}

/// The columns of a segment that is being made. Columns that go together, such as a user's name and
/// ID, have the same local codes, which are then kept once.
#[derive(Default)]
struct Builder {
    columns: Vec<segment::Column>,
    shared: HashMap<u64, Vec<Arc<Coded>>>,
}

impl Builder {
    fn coded(&mut self, codes: &[Code], scratch: &mut Scratch) {
        let (values, codes) = scratch.localize(codes);
        let codes = Codes::new(codes, values.len());
        let rows = self.rows(codes, values.len(), true);
        self.columns.push(segment::Column {
            rows,
            values: Values::Shared(Shared::new(values)),
        });
    }

    fn identifiers(&mut self, texts: &[Option<&str>]) {
        let (identifiers, codes) = Identifiers::new(texts);
        // Of no values at all there is only that of no value.
        let codes = Codes::new(codes, identifiers.codes());
        let rows = self.rows(codes, identifiers.codes(), false);
        let mut earlier = self
            .columns
            .iter()
            .filter_map(|column| match &column.values {
                Values::Own(held) => Some(held),
                Values::Shared(_) => None,
            });
        let same = earlier.find(|held| ***held == identifiers).cloned();
        let values = Values::Own(same.unwrap_or_else(|| Arc::new(identifiers)));
        self.columns.push(segment::Column { rows, values });
    }

    fn rows(&mut self, codes: Codes, values: usize, counted: bool) -> Arc<Coded> {
        let mut hasher = DefaultHasher::new();
        (&codes, counted).hash(&mut hasher);
        let same = self.shared.entry(hasher.finish()).or_default();
        if let Some(held) = same.iter().find(|held| *held.codes() == codes) {
            return Arc::clone(held);
        }
        let rows = Arc::new(Coded::new(codes, values, counted));
        same.push(Arc::clone(&rows));
        rows
    }
}

/// Memory that is used again for each column.
#[derive(Default)]
struct Scratch {
    present: Vec<u64>,
    locals: Vec<Local>,
}

impl Scratch {
    /// The distinct codes, ascending, and for each row the place of its code among them.
    fn localize(&mut self, codes: &[Code]) -> (Box<[Code]>, Vec<Local>) {
        let most = codes.iter().copied().max().unwrap_or_default() as usize;
        self.present.clear();
        self.present.resize(most / 64 + 1, 0);
        for code in codes {
            self.present[*code as usize / 64] |= 1 << (code % 64);
        }
        self.locals.resize(self.locals.len().max(most + 1), 0);
        let mut values: Vec<Code> = Vec::new();
        for (word, bits) in (0..).zip(&self.present) {
            let mut left = *bits;
            while left != 0 {
                let code: Code = word * 64 + left.trailing_zeros();
                left &= left - 1;
                self.locals[code as usize] = Local::try_from(values.len()).unwrap_or(Local::MAX);
                values.push(code);
            }
        }
        let locals = codes.iter().map(|code| self.locals[*code as usize]);
        (values.into_boxed_slice(), locals.collect())
    }
}

fn arrays(batches: &[RecordBatch], name: &str) -> Result<Vec<ArrayRef>, LoadError> {
    let array = |batch: &RecordBatch| batch.column_by_name(name).cloned();
    let found: Option<Vec<ArrayRef>> = batches.iter().map(array).collect();
    found.ok_or_else(|| LoadError::Missing(name.to_owned()))
}

fn wrong_type(column: &str, array: &dyn Array) -> LoadError {
    LoadError::Type {
        column: column.to_owned(),
        found: array.data_type().to_string(),
    }
}

fn moments(batches: &[RecordBatch]) -> Result<Vec<i64>, LoadError> {
    let mut moments = Vec::new();
    for array in arrays(batches, "date")? {
        let Some(dates) = array.as_primitive_opt::<TimestampMicrosecondType>() else {
            return Err(wrong_type("date", &array));
        };
        moments.extend_from_slice(dates.values());
    }
    Ok(moments)
}

fn kinds(batches: &[RecordBatch]) -> Result<Vec<Option<Tab>>, LoadError> {
    let kinds = texts(batches, KIND)?;
    Ok(kinds
        .into_iter()
        .map(|kind| kind.and_then(Tab::parse))
        .collect())
}

/// The texts of a column, of all rows.
fn texts<'b>(batches: &'b [RecordBatch], name: &str) -> Result<Vec<Option<&'b str>>, LoadError> {
    let mut texts = Vec::new();
    for batch in batches {
        let array = batch.column_by_name(name);
        let array = array.ok_or_else(|| LoadError::Missing(name.to_owned()))?;
        if !is_text(array.data_type()) {
            return Err(wrong_type(name, array));
        }
        texts.extend((0..array.len()).map(|row| text_at(array, row)));
    }
    Ok(texts)
}

fn is_text(data_type: &DataType) -> bool {
    match data_type {
        DataType::Utf8 => true,
        DataType::Dictionary(key, value) => **key == DataType::Int32 && **value == DataType::Utf8,
        _ => false,
    }
}

/// The text of a row; the type was looked at before. Empty text is no value.
fn text_at(array: &dyn Array, row: usize) -> Option<&str> {
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

/// Adds the codes of a column's values.
fn code(
    column: &Column,
    array: &ArrayRef,
    dictionary: &mut Growing,
    out: &mut Vec<Code>,
) -> Result<(), LoadError> {
    let rows = array.len();
    if array.null_count() == rows {
        out.extend(std::iter::repeat_n(0, rows));
    } else if let Some(numbered) = array.as_dictionary_opt::<Int32Type>() {
        let Some(values) = numbered.values().as_string_opt::<i32>() else {
            return Err(wrong_type(column.id, array));
        };
        let code = |text: Option<&str>| text.map_or(0, |text| dictionary.text(text));
        let codes: Vec<Code> = values.iter().map(code).collect();
        let of_key = |row| numbered.key(row).and_then(|key| codes.get(key).copied());
        out.extend((0..rows).map(|row| of_key(row).unwrap_or(0)));
    } else if let Some(texts) = array.as_string_opt::<i32>() {
        out.extend(
            texts
                .iter()
                .map(|text| text.map_or(0, |text| dictionary.text(text))),
        );
    } else if let Some(numbers) = array.as_primitive_opt::<Int64Type>() {
        let code =
            |held: Option<i64>| held.map_or(0, |held| dictionary.other(&Value::Integer(held)));
        out.extend(numbers.iter().map(code));
    } else if let Some(numbers) = array.as_primitive_opt::<Float64Type>() {
        let code =
            |held: Option<f64>| held.map_or(0, |held| dictionary.other(&Value::Decimal(held)));
        out.extend(numbers.iter().map(code));
    } else if let Some(flags) = array.as_boolean_opt() {
        let code =
            |held: Option<bool>| held.map_or(0, |held| dictionary.other(&Value::Boolean(held)));
        out.extend(flags.iter().map(code));
    } else if let Some(moments) = array.as_primitive_opt::<TimestampMicrosecondType>() {
        let moment = |held: Option<i64>| held.and_then(DateTime::from_timestamp_micros);
        let code = |held: Option<DateTime<Utc>>| {
            held.map_or(0, |held| dictionary.other(&Value::Instant(held)))
        };
        out.extend(moments.iter().map(moment).map(code));
    } else {
        return Err(wrong_type(column.id, array));
    }
    Ok(())
}

#[cfg(test)]
#[path = "load_tests.rs"]
mod tests;
