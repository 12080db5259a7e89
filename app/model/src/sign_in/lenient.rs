//! Reading values that are not quite of the declared type.
//!
//! The same property is a number in Graph, text in Log Analytics and JSON inside text in a CSV
//! cell. What can be understood is read; what cannot is handed back unchanged, so that the caller
//! can keep it. Nothing here fails a whole record.

use serde_json::{Map, Number, Value};

use crate::open_enum::OpenEnum;

/// A type that can be read from JSON which may be of another type than the schema says.
pub trait Lenient: Sized {
    /// Reads the value. `Ok(None)` means it says nothing (null, empty text, empty object).
    ///
    /// # Errors
    /// The value itself, unchanged, when it cannot be understood.
    fn read(value: Value) -> Result<Option<Self>, Value>;

    /// Whether [`Lenient::read`] would understand the value.
    fn understands(value: &Value) -> bool {
        Self::read(value.clone()).is_ok()
    }

    /// Reads one object that stands where an array is expected.
    ///
    /// # Errors
    /// The object, unchanged, when it cannot be understood.
    fn read_list(object: Map<String, Value>) -> Result<Vec<Self>, Value> {
        Self::read(Value::Object(object)).map(|one| one.into_iter().collect())
    }
}

/// A field of a record that a value can be read into.
pub trait Slot {
    /// Fills the field; says whether the value held anything.
    ///
    /// # Errors
    /// The value itself, unchanged, when it cannot be understood; the field stays as it was.
    fn fill(&mut self, value: Value) -> Result<bool, Value>;
}

/// Fields that are left out of the JSON when they say nothing.
pub trait Blank {
    /// Whether there is nothing to write.
    fn is_blank(&self) -> bool;
}

impl<T> Blank for Option<T> {
    fn is_blank(&self) -> bool {
        self.is_none()
    }
}

impl<T> Blank for Vec<T> {
    fn is_blank(&self) -> bool {
        self.is_empty()
    }
}

impl<T: Lenient> Slot for Option<T> {
    fn fill(&mut self, value: Value) -> Result<bool, Value> {
        let read = T::read(value)?;
        let filled = read.is_some();
        if filled {
            *self = read;
        }
        Ok(filled)
    }
}

impl<T: Lenient> Slot for Vec<T> {
    fn fill(&mut self, value: Value) -> Result<bool, Value> {
        let items = match value {
            Value::Null => return Ok(false),
            Value::Array(items) => {
                if !items.iter().all(T::understands) {
                    return Err(Value::Array(items));
                }
                items
                    .into_iter()
                    .filter_map(|item| T::read(item).ok().flatten())
                    .collect()
            }
            Value::Object(object) => T::read_list(object)?,
            Value::String(text) => match json_in_text(&text) {
                Some(inner) => {
                    return self.fill(inner).map_err(|_| Value::String(text));
                }
                None => T::read(Value::String(text))?.into_iter().collect(),
            },
            scalar => T::read(scalar)?.into_iter().collect(),
        };
        let filled = !items.is_empty();
        if filled {
            *self = items;
        }
        Ok(filled)
    }
}

/// The JSON written inside a text, where an object or an array is expected: dynamic columns of Log
/// Analytics come as text, sometimes quoted twice.
pub fn json_in_text(text: &str) -> Option<Value> {
    let start = text.trim_start().as_bytes().first()?;
    if !matches!(start, b'{' | b'[' | b'"') && text.trim() != "null" {
        return None;
    }
    serde_json::from_str(text).ok()
}

impl Lenient for String {
    fn read(value: Value) -> Result<Option<Self>, Value> {
        match value {
            Value::Null => Ok(None),
            Value::String(text) => Ok((!text.is_empty()).then_some(text)),
            Value::Number(number) => Ok(Some(number.to_string())),
            Value::Bool(truth) => Ok(Some(truth.to_string())),
            other => Err(other),
        }
    }

    fn understands(value: &Value) -> bool {
        !value.is_array() && !value.is_object()
    }
}

impl Lenient for bool {
    fn read(value: Value) -> Result<Option<Self>, Value> {
        let truth = match &value {
            Value::Null => return Ok(None),
            Value::Bool(truth) => Some(*truth),
            Value::Number(number) => truth_of_number(number),
            Value::String(text) => match text.trim() {
                "" => return Ok(None),
                word => truth_of_word(word),
            },
            Value::Array(_) | Value::Object(_) => None,
        };
        truth.map(Some).ok_or(value)
    }
}

fn truth_of_number(number: &Number) -> Option<bool> {
    match number.as_f64() {
        Some(0.0) => Some(false),
        Some(1.0) => Some(true),
        _ => None,
    }
}

fn truth_of_word(word: &str) -> Option<bool> {
    if ["true", "yes", "1"]
        .iter()
        .any(|known| word.eq_ignore_ascii_case(known))
    {
        Some(true)
    } else if ["false", "no", "0"]
        .iter()
        .any(|known| word.eq_ignore_ascii_case(known))
    {
        Some(false)
    } else {
        None
    }
}

impl Lenient for i64 {
    fn read(value: Value) -> Result<Option<Self>, Value> {
        let whole = match &value {
            Value::Null => return Ok(None),
            Value::Number(number) => number.as_i64().or_else(|| whole_of_float(number.as_f64()?)),
            Value::String(text) => match text.trim() {
                "" => return Ok(None),
                digits => digits
                    .strip_suffix("ms")
                    .unwrap_or(digits)
                    .trim_end()
                    .parse()
                    .ok(),
            },
            _ => None,
        };
        whole.map(Some).ok_or(value)
    }
}

/// A number written with a fraction of zero, such as `143.0`; nothing beyond exact whole numbers.
fn whole_of_float(number: f64) -> Option<i64> {
    const EXACT_LIMIT: f64 = 9_007_199_254_740_992.0;
    #[expect(
        clippy::cast_possible_truncation,
        reason = "checked to be whole and within range"
    )]
    (number.fract() == 0.0 && number.abs() <= EXACT_LIMIT).then_some(number as i64)
}

impl Lenient for f64 {
    fn read(value: Value) -> Result<Option<Self>, Value> {
        let number = match &value {
            Value::Null => return Ok(None),
            Value::Number(number) => number.as_f64(),
            Value::String(text) => match text.trim() {
                "" => return Ok(None),
                digits => digits.parse().ok(),
            },
            _ => None,
        };
        number
            .filter(|number: &f64| number.is_finite())
            .map(Some)
            .ok_or(value)
    }
}

impl Lenient for Value {
    fn read(value: Value) -> Result<Option<Self>, Value> {
        Ok((!value.is_null() && value != "").then_some(value))
    }
}

impl<T: OpenEnum> Lenient for T {
    fn read(value: Value) -> Result<Option<Self>, Value> {
        match value {
            Value::Null => Ok(None),
            Value::String(text) => Ok((!text.is_empty()).then(|| T::from(&text))),
            Value::Number(number) => Ok(Some(match number.as_i64() {
                Some(number) => T::from_number(number),
                None => T::from(&number.to_string()),
            })),
            other => Err(other),
        }
    }

    fn understands(value: &Value) -> bool {
        matches!(value, Value::Null | Value::String(_) | Value::Number(_))
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn read<T: Lenient>(value: Value) -> Result<Option<T>, Value> {
        T::read(value)
    }

    #[test]
    fn text_takes_numbers_and_truth() {
        assert_eq!(read(json!(7018)), Ok(Some("7018".to_owned())));
        assert_eq!(read(json!(true)), Ok(Some("true".to_owned())));
        assert_eq!(read::<String>(json!("")), Ok(None));
        assert_eq!(read::<String>(json!(["a"])), Err(json!(["a"])));
    }

    #[test]
    fn truth_takes_words_and_numbers() {
        for yes in [
            json!(true),
            json!("True"),
            json!("YES"),
            json!("1"),
            json!(1),
            json!(1.0),
        ] {
            assert_eq!(read(yes), Ok(Some(true)));
        }
        for no in [
            json!(false),
            json!("False"),
            json!("no"),
            json!("0"),
            json!(0),
        ] {
            assert_eq!(read(no), Ok(Some(false)));
        }
        assert_eq!(read::<bool>(json!(null)), Ok(None));
        assert_eq!(read::<bool>(json!(" ")), Ok(None));
        assert_eq!(read::<bool>(json!("perhaps")), Err(json!("perhaps")));
        assert_eq!(read::<bool>(json!(2)), Err(json!(2)));
    }

    #[test]
    fn whole_numbers_take_text_and_milliseconds() {
        for number in [
            json!(143),
            json!("143"),
            json!(" 143 "),
            json!("143ms"),
            json!("143 ms"),
            json!(143.0),
        ] {
            assert_eq!(read(number), Ok(Some(143_i64)));
        }
        assert_eq!(read::<i64>(json!("")), Ok(None));
        for odd in [
            json!(1.5),
            json!("twelve"),
            json!(1e300),
            json!(u64::MAX),
            json!(true),
            json!({}),
        ] {
            assert_eq!(read::<i64>(odd.clone()), Err(odd));
        }
    }

    #[test]
    fn coordinates_take_text_but_no_infinity() {
        assert_eq!(read(json!("51.5")), Ok(Some(51.5_f64)));
        assert_eq!(read(json!(2)), Ok(Some(2.0_f64)));
        assert_eq!(read::<f64>(json!("inf")), Err(json!("inf")));
    }

    #[test]
    fn a_list_takes_one_value_and_json_in_text() {
        let mut names: Vec<String> = Vec::new();
        assert_eq!(names.fill(json!("alone")), Ok(true));
        assert_eq!(names, ["alone"]);
        assert_eq!(names.fill(json!("[\"a\", null, 5]")), Ok(true));
        assert_eq!(names, ["a", "5"]);
        assert_eq!(names.fill(json!("[User.Read, x]")), Ok(true));
        assert_eq!(
            names,
            ["[User.Read, x]"],
            "text that only looks like JSON stays text"
        );
        assert_eq!(names.fill(json!("[]")), Ok(false));
        assert_eq!(names.fill(json!("null")), Ok(false));
        assert_eq!(
            names.fill(json!(["a", {"b": 1}])),
            Err(json!(["a", {"b": 1}]))
        );
        assert_eq!(names, ["[User.Read, x]"], "a refused value changes nothing");
    }
}
