//! Rows on their way into a file, column by column.

use std::borrow::Cow;

use arrow::array::{Array, ArrayRef, AsArray};
use arrow::datatypes::{DataType, Float64Type, Int64Type, TimestampMicrosecondType};
use chrono::{DateTime, Utc};
use explorer::Written;
use model::column::{Derived, Source};
use model::gist::Gist;
use model::{Column, Tab, Value, present};

/// A column of a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Field {
    /// Which kind of sign-in a row is: for files that have several.
    Kind,
    /// A column of the table.
    Column(&'static Column),
}

impl Field {
    /// Short name of the column.
    pub fn id(self) -> &'static str {
        match self {
            Field::Kind => "kind",
            Field::Column(column) => column.id,
        }
    }
}

/// What a cell holds.
#[derive(Debug, Clone)]
pub enum Cell<'a> {
    /// No value.
    Empty,
    /// A text; the items of a list as [`model::list`] joins them.
    Text(Cow<'a, str>),
    /// An identifier, which memory holds in another form.
    Identifier(Written),
    /// A whole number.
    Integer(i64),
    /// A number with a fraction.
    Decimal(f64),
    /// Yes or no.
    Boolean(bool),
    /// A moment.
    Moment(DateTime<Utc>),
}

/// Some rows.
pub struct Block<'a> {
    /// How many there are.
    pub rows: usize,
    /// Cells of each field, in the order of the fields.
    pub columns: Vec<Vec<Cell<'a>>>,
}

impl<'a> Cell<'a> {
    /// Calls with the text of a text or identifier.
    pub fn with_text<T>(&self, call: impl FnOnce(&str) -> T) -> Option<T> {
        match self {
            Cell::Text(text) => Some(call(text)),
            Cell::Identifier(id) => Some(id.with(call)),
            _ => None,
        }
    }

    /// The text of a text or identifier; none of other cells.
    pub fn to_text(&self) -> Option<String> {
        self.with_text(str::to_owned)
    }

    /// The cell as a value.
    pub fn to_value(&self) -> Value {
        match self {
            Cell::Empty => Value::Empty,
            Cell::Text(_) | Cell::Identifier(_) => self.to_text().map_or(Value::Empty, Value::Text),
            Cell::Integer(number) => Value::Integer(*number),
            Cell::Decimal(number) => Value::Decimal(*number),
            Cell::Boolean(flag) => Value::Boolean(*flag),
            Cell::Moment(moment) => Value::Instant(*moment),
        }
    }

    /// A cell of memory.
    pub fn of_memory(cell: explorer::Cell<'a>) -> Cell<'a> {
        match cell {
            explorer::Cell::Empty => Cell::Empty,
            explorer::Cell::Text(text) => Cell::Text(Cow::Borrowed(text)),
            explorer::Cell::Identifier(id) => Cell::Identifier(id),
            explorer::Cell::Moment(value) => Cell::of_value(&value),
            explorer::Cell::Value(value) => match value {
                Value::Text(text) => Cell::Text(Cow::Borrowed(text)),
                other => Cell::of_value(other),
            },
        }
    }

    fn of_value(value: &Value) -> Cell<'a> {
        match value {
            Value::Empty => Cell::Empty,
            Value::Text(text) => Cell::Text(Cow::Owned(text.clone())),
            Value::Integer(number) => Cell::Integer(*number),
            Value::Decimal(number) => Cell::Decimal(*number),
            Value::Boolean(flag) => Cell::Boolean(*flag),
            Value::Instant(moment) => Cell::Moment(*moment),
        }
    }

    /// The cells of a column of the lake.
    pub fn of_array(array: &'a ArrayRef) -> Vec<Cell<'a>> {
        let rows = 0..array.len();
        let cells = |cell: &dyn Fn(usize) -> Cell<'a>| {
            rows.map(|row| match array.is_null(row) {
                true => Cell::Empty,
                false => cell(row),
            })
            .collect()
        };
        match array.data_type() {
            DataType::Utf8 => {
                let texts = array.as_string::<i32>();
                cells(&|row| Cell::Text(Cow::Borrowed(texts.value(row))))
            }
            DataType::Int64 => {
                let numbers = array.as_primitive::<Int64Type>();
                cells(&|row| Cell::Integer(numbers.value(row)))
            }
            DataType::Float64 => {
                let numbers = array.as_primitive::<Float64Type>();
                cells(&|row| Cell::Decimal(numbers.value(row)))
            }
            DataType::Boolean => {
                let flags = array.as_boolean();
                cells(&|row| Cell::Boolean(flags.value(row)))
            }
            DataType::Timestamp(..) => {
                let moments = array.as_primitive::<TimestampMicrosecondType>();
                cells(&|row| {
                    DateTime::from_timestamp_micros(moments.value(row))
                        .map_or(Cell::Empty, Cell::Moment)
                })
            }
            _ => vec![Cell::Empty; array.len()],
        }
    }
}

impl<'a> Block<'a> {
    /// The rows of these kinds, with what can be read of each column.
    pub fn read(
        fields: &[Field],
        tabs: &[Tab],
        read: impl Fn(&'static Column) -> Vec<Cell<'a>>,
    ) -> Block<'a> {
        let columns = fields.iter().map(|field| match field {
            Field::Kind => {
                let kinds = tabs.iter().map(|tab| Cell::Text(tab.as_str().into()));
                kinds.collect()
            }
            Field::Column(column) if column.source == Source::Derived(Derived::Reason) => {
                let [codes, gists, policies] = OF_REASON.map(|id| read(Column::named(id)));
                let rows = codes.iter().zip(&gists).zip(&policies);
                rows.map(reason).collect()
            }
            Field::Column(column) => read(column),
        });
        Block {
            rows: tabs.len(),
            columns: columns.collect(),
        }
    }
}

/// The columns that the reason is worked out from.
const OF_REASON: [&str; 3] = ["error_code", "verdict", "deciding_policy"];

/// Why a sign-in ended as it did.
fn reason<'a>(((code, gist), policy): ((&Cell<'_>, &Cell<'_>), &Cell<'_>)) -> Cell<'a> {
    let code = match code {
        Cell::Integer(code) => Some(*code),
        _ => None,
    };
    let gist = gist.to_text();
    let gist = gist.as_deref().and_then(Gist::of_id);
    let policy = policy.to_text();
    match present::reason(code, gist, policy.as_deref()) {
        nothing if nothing.is_empty() => Cell::Empty,
        reason => Cell::Text(Cow::Owned(reason)),
    }
}

/// The columns from the lake or from memory that have to be read for some fields.
pub fn read_columns(fields: &[Field]) -> Vec<&'static str> {
    let mut ids: Vec<&'static str> = Vec::new();
    for field in fields {
        let of_field: &[&'static str] = match field {
            Field::Kind => &[],
            Field::Column(column) if column.is_stored() => &[column.id],
            Field::Column(_) => &OF_REASON,
        };
        for id in of_field {
            if !ids.contains(id) {
                ids.push(id);
            }
        }
    }
    ids
}
