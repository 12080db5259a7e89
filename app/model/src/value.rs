//! One value of one column.

use std::cmp::Ordering;

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

    /// The order of two values of one column, by which they are sorted and filtered: texts by their code
    /// points, numbers by their size with -0 below 0 and what is no number at the ends, no before yes,
    /// moments by their microseconds. `None` where a type is compared with another, or with no value.
    pub fn order(&self, other: &Value) -> Option<Ordering> {
        match (self, other) {
            (Value::Text(left), Value::Text(right)) => Some(left.cmp(right)),
            (Value::Integer(left), Value::Integer(right)) => Some(left.cmp(right)),
            (Value::Decimal(left), Value::Decimal(right)) => Some(left.total_cmp(right)),
            (Value::Boolean(left), Value::Boolean(right)) => Some(left.cmp(right)),
            (Value::Instant(left), Value::Instant(right)) => {
                // What a reader writes more exactly than that means the microsecond that it is in.
                Some(left.timestamp_micros().cmp(&right.timestamp_micros()))
            }
            _ => None,
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

    #[test]
    fn values_of_one_type_have_an_order_and_others_none() {
        let moment = |nanos| {
            let moment = DateTime::from_timestamp(1_795_516_920, nanos);
            Value::Instant(moment.expect("a moment"))
        };
        let text = |text: &str| Value::Text(text.to_owned());
        let ascending = [
            (text("Z"), text("a")),
            (Value::Integer(-5), Value::Integer(3)),
            (Value::Decimal(-0.0), Value::Decimal(0.0)),
            (Value::Decimal(1e300), Value::Decimal(f64::NAN)),
            (Value::Boolean(false), Value::Boolean(true)),
            (moment(999), moment(1_000)),
        ];
        for (less, more) in &ascending {
            assert_eq!(less.order(more), Some(Ordering::Less), "{less:?} {more:?}");
            assert_eq!(more.order(less), Some(Ordering::Greater));
            assert_eq!(less.order(less), Some(Ordering::Equal));
            assert_eq!(less.order(&Value::Empty), None);
        }
        assert_eq!(moment(0).order(&moment(999)), Some(Ordering::Equal));
        assert_eq!(Value::Integer(1).order(&Value::Decimal(1.0)), None);
        assert_eq!(Value::Empty.order(&Value::Empty), None);
    }
}
