//! One value of one column.

use chrono::{DateTime, Utc};

/// What a cell holds. Absent, null and empty text are all [`Value::Empty`]; the original record
/// still tells them apart.
#[derive(Debug, Clone, PartialEq, Default)]
pub enum Value {
    /// Nothing was recorded.
    #[default]
    Empty,
    /// Text, as it came; the items of a list, as [`crate::list`] joins them.
    Text(String),
    /// A whole number.
    Integer(i64),
    /// A number with a fraction, such as a latitude in degrees.
    Decimal(f64),
    /// Yes or no.
    Boolean(bool),
    /// A moment, in UTC, to the microsecond.
    Instant(DateTime<Utc>),
}

impl Value {
    /// Text of the value for files and the command line: times as RFC 3339, empty as "".
    pub fn to_text(&self) -> String {
        match self {
            Value::Empty => String::new(),
            Value::Text(text) => text.clone(),
            Value::Integer(number) => number.to_string(),
            Value::Decimal(number) => number.to_string(),
            Value::Boolean(flag) => flag.to_string(),
            Value::Instant(moment) => crate::time::write(*moment),
        }
    }

    /// The value as JSON where no column says that it is a list: see [`crate::Column::json`].
    pub(crate) fn to_json(&self) -> serde_json::Value {
        match self {
            Value::Empty => serde_json::Value::Null,
            Value::Integer(number) => (*number).into(),
            Value::Decimal(number) => (*number).into(),
            Value::Boolean(flag) => (*flag).into(),
            Value::Text(_) | Value::Instant(_) => self.to_text().into(),
        }
    }

    /// Whether nothing was recorded.
    pub fn is_empty(&self) -> bool {
        matches!(self, Value::Empty)
    }

    /// The text, when the value is text.
    pub fn as_text(&self) -> Option<&str> {
        match self {
            Value::Text(text) => Some(text),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_stay_numbers_in_json() {
        assert_eq!(Value::Integer(50_126).to_json(), serde_json::json!(50126));
        assert_eq!(Value::Empty.to_json(), serde_json::Value::Null);
        assert_eq!(Value::Boolean(true).to_text(), "true");
    }
}
