//! Values out of JSON text and out of CSV cells.

use bumpalo::Bump;
use lake::CellValue;
use model::column::{Column, ValueType, choices};
use model::formula;

use super::lists;

/// Texts that mean "no value" in exports.
fn says_nothing(text: &str) -> bool {
    matches!(text, "" | "-" | "<null>" | "null")
}

/// The text inside a JSON string, or the JSON text itself when it is no string.
pub(super) fn text<'b>(value: &'b str, memory: &'b Bump) -> &'b str {
    let Some(inner) = value
        .strip_prefix('"')
        .and_then(|rest| rest.strip_suffix('"'))
    else {
        return value;
    };
    if !inner.as_bytes().contains(&b'\\') {
        return inner;
    }
    match serde_json::from_str::<String>(value) {
        Ok(unescaped) => memory.alloc_str(&unescaped),
        // Half of a surrogate pair is valid in JSON's grammar but is no character: kept escaped.
        Err(_) => inner,
    }
}

/// The JSON string without the apostrophe that keeps spreadsheets from running what is behind it.
pub(super) fn unguarded<'b>(value: &'b str, memory: &'b Bump) -> &'b str {
    let Some(rest) = value.strip_prefix("\"'") else {
        return value;
    };
    match formula::unguarded(text(value, memory)) {
        Some(_) => memory.alloc_str(&format!("\"{rest}")),
        None => value,
    }
}

/// The value of a column from JSON text. A value of an unexpected type gives what can be made of it,
/// and nothing where nothing can: the original record keeps it.
pub(super) fn value<'b>(column: &Column, json: &'b str, memory: &'b Bump) -> CellValue<'b> {
    if json == "null" {
        return CellValue::Empty;
    }
    match json.as_bytes().first() {
        _ if matches!(column.value_type, ValueType::List) => {
            if says_nothing(text(json, memory).trim()) {
                return CellValue::Empty;
            }
            lists::joined(lists::words(json, memory), memory)
        }
        Some(b'[') => list(column, json, memory),
        Some(b'{') if json == "{}" => CellValue::Empty,
        _ => plain(column, text(json, memory), memory),
    }
}

/// The value of a column from plain text.
pub(super) fn plain<'b>(column: &Column, raw: &'b str, memory: &'b Bump) -> CellValue<'b> {
    let trimmed = raw.trim();
    if says_nothing(trimmed) {
        return CellValue::Empty;
    }
    match column.value_type {
        ValueType::Text | ValueType::Identifier | ValueType::Address => CellValue::Text(raw),
        ValueType::List => lists::joined([raw], memory),
        ValueType::Choice(known) => {
            CellValue::Text(choices::canonical(known, trimmed).unwrap_or(raw))
        }
        ValueType::Integer => integer(trimmed).map_or(CellValue::Empty, CellValue::Integer),
        ValueType::Decimal => match trimmed.parse::<f64>() {
            Ok(number) if number.is_finite() => CellValue::Decimal(number),
            _ => CellValue::Empty,
        },
        ValueType::Boolean => boolean(trimmed).map_or(CellValue::Empty, CellValue::Boolean),
        ValueType::Instant => model::time::read(trimmed).map_or(CellValue::Empty, |moment| {
            CellValue::Instant(moment.timestamp_micros())
        }),
    }
}

/// A whole number, also as `143ms`, `143 ms` or `5.0`.
pub(super) fn integer(text: &str) -> Option<i64> {
    let text = text.strip_suffix("ms").map_or(text, str::trim_end);
    match text.parse::<i64>() {
        Ok(number) => Some(number),
        Err(_) => text.strip_suffix(".0")?.parse().ok(),
    }
}

/// Yes or no in the words of exports.
pub(super) fn boolean(text: &str) -> Option<bool> {
    if ["true", "yes", "1"]
        .iter()
        .any(|word| text.eq_ignore_ascii_case(word))
    {
        Some(true)
    } else if ["false", "no", "0"]
        .iter()
        .any(|word| text.eq_ignore_ascii_case(word))
    {
        Some(false)
    } else {
        None
    }
}

/// A list of words as one text: "a, b".
fn list<'b>(column: &Column, json: &'b str, memory: &'b Bump) -> CellValue<'b> {
    if json == "[]" {
        return CellValue::Empty;
    }
    let joined = match serde_json::from_str::<Vec<serde_json::Value>>(json) {
        Ok(items) => items
            .iter()
            .map(|item| {
                item.as_str()
                    .map_or_else(|| item.to_string(), str::to_owned)
            })
            .collect::<Vec<_>>()
            .join(", "),
        Err(_) => return CellValue::Text(json),
    };
    plain(column, memory.alloc_str(&joined), memory)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(id: &str, json: &str) -> String {
        let memory = Bump::new();
        let column = Column::find(id).expect("a column");
        format!("{:?}", value(column, json, &memory))
    }

    #[test]
    fn types_are_bent_where_they_can_be() {
        assert_eq!(of("autonomous_system_number", "\"7018\""), "Integer(7018)");
        assert_eq!(of("autonomous_system_number", "7018"), "Integer(7018)");
        assert_eq!(of("latency_ms", "\"143ms\""), "Integer(143)");
        assert_eq!(of("compliant", "\"Yes\""), "Boolean(true)");
        assert_eq!(of("user_type", "\"Member\""), "Text(\"member\")");
        assert_eq!(of("user", "17"), "Text(\"17\")");
        assert_eq!(of("user", "\"\""), "Empty");
        assert_eq!(of("ip_address", "\"<null>\""), "Empty");
        assert_eq!(of("risk_event_types", r#"["a","b"]"#), "Text(\"a\\nb\")");
        assert_eq!(
            of("risk_event_types", r#""[\"a\",\"b\"]""#),
            "Text(\"a\\nb\")"
        );
        assert_eq!(of("risk_event_types", r#""a, b""#), "Text(\"a, b\")");
        for nothing in ["[]", "\"\"", "\"[]\"", "null", "{}", "[null]", "\"-\""] {
            assert_eq!(of("risk_event_types", nothing), "Empty", "{nothing}");
        }
        assert_eq!(of("user", r#"["a","b"]"#), "Text(\"a, b\")");
        assert_eq!(of("error_code", "{}"), "Empty");
        assert_eq!(of("latitude", "\"NaN\""), "Empty");
    }

    #[test]
    fn escapes_are_undone() {
        assert_eq!(
            of("user", r#""Mei\u2013Lin \"T\"""#),
            "Text(\"Mei–Lin \\\"T\\\"\")"
        );
        assert_eq!(of("user", r#""half \ud83d""#), "Text(\"half \\\\ud83d\")");
    }
}
