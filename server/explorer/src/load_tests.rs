use arrow::array::{
    BooleanArray, Float64Array, Int64Array, StringArray, TimestampMicrosecondArray,
};
use chrono::DateTime;
use model::column::Choice;

use super::*;

const MICROS: i64 = 1_795_000_000_000_000;
const WORD: &str = "word";
const CHOICES: &[Choice] = &[];

/// One type of each.
const TYPES: [ValueType; 9] = [
    ValueType::Text,
    ValueType::Identifier,
    ValueType::Address,
    ValueType::List,
    ValueType::Choice(CHOICES),
    ValueType::Integer,
    ValueType::Decimal,
    ValueType::Boolean,
    ValueType::Instant,
];

/// A value and none, as the lake hands them over, and the value.
fn stored(value_type: &ValueType) -> (ArrayRef, Value) {
    match value_type {
        ValueType::Text
        | ValueType::Identifier
        | ValueType::Address
        | ValueType::List
        | ValueType::Choice(_) => (
            Arc::new(StringArray::from(vec![Some(WORD), None])),
            Value::Text(WORD.to_owned()),
        ),
        ValueType::Integer => (
            Arc::new(Int64Array::from(vec![Some(7), None])),
            Value::Integer(7),
        ),
        ValueType::Decimal => (
            Arc::new(Float64Array::from(vec![Some(1.5), None])),
            Value::Decimal(1.5),
        ),
        ValueType::Boolean => (
            Arc::new(BooleanArray::from(vec![Some(true), None])),
            Value::Boolean(true),
        ),
        ValueType::Instant => (
            Arc::new(
                TimestampMicrosecondArray::from(vec![Some(MICROS), None]).with_timezone("UTC"),
            ),
            Value::Instant(DateTime::from_timestamp_micros(MICROS).expect("a moment")),
        ),
    }
}

#[test]
fn every_type_of_value_can_be_taken() {
    for value_type in TYPES {
        let column = Column {
            value_type,
            ..*Column::named("city")
        };
        let (array, value) = stored(&column.value_type);
        let (mut dictionary, mut codes) = (Growing::default(), Vec::new());
        code(&column, &array, &mut dictionary, &mut codes).expect("taken");
        assert_eq!(codes, [1, 0], "{:?}", column.value_type);
        assert_eq!(dictionary.view().value(1), value);
        let is_text = is_text_column(&column);
        assert_eq!(
            is_text,
            value.as_text().is_some(),
            "{:?}",
            column.value_type
        );
    }
}

#[test]
fn numbered_texts_are_taken_like_plain_ones() {
    let numbered: arrow::array::DictionaryArray<Int32Type> =
        [Some("b"), None, Some("a"), Some("b")]
            .into_iter()
            .collect();
    let (mut dictionary, mut codes) = (Growing::default(), Vec::new());
    let array: ArrayRef = Arc::new(numbered);
    code(Column::named("city"), &array, &mut dictionary, &mut codes).expect("taken");
    assert_eq!(codes, [1, 0, 2, 1]);
}
