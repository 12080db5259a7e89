//! Rows of tables as JSON objects, which is how they are kept and read again.

use serde_json::Value;

use crate::container::{CellFormat, Row, Rows};
use crate::record::entries;

/// Names of the columns, a repeated one with a number so that no cell is lost: `Incoming token
/// type`, `Incoming token type (2)`.
pub(super) fn distinct_names(header: &[String]) -> Vec<String> {
    let mut names: Vec<String> = Vec::with_capacity(header.len());
    for name in header {
        let repeats = header[..names.len()]
            .iter()
            .filter(|other| *other == name)
            .count();
        names.push(if repeats == 0 {
            name.clone()
        } else {
            format!("{name} ({})", repeats + 1)
        });
    }
    names
}

/// The row as a JSON object. `None` when a cell is no UTF-8 text, or no JSON where it should be.
pub(super) fn to_json(rows: &Rows, row: &Row, names: &[String]) -> Option<String> {
    let mut text = String::with_capacity(row.end - row.start + names.len() * 24);
    text.push('{');
    for (name, cell) in names.iter().zip(rows.cells(row)) {
        let cell = std::str::from_utf8(&cell).ok()?.to_owned();
        if cell.is_empty() {
            continue;
        }
        if text.len() > 1 {
            text.push(',');
        }
        text.push_str(&serde_json::to_string(name).ok()?);
        text.push(':');
        match rows.format {
            CellFormat::Csv => text.push_str(&serde_json::to_string(&cell).ok()?),
            CellFormat::Json => text.push_str(&cell),
        }
    }
    text.push('}');
    Some(text)
}

/// Name of Graph's property for the authentication steps, also used in rows of the portal's CSV.
pub(super) const STEPS: &str = "authenticationDetails";

/// The object with these steps behind all else that it says, which stays as it came. `None` when the
/// text is no object.
pub(super) fn with_steps(json: &str, steps: &Value) -> Option<String> {
    let mut said = entries(json).ok()?;
    said.retain(|(name, _)| name != STEPS);
    let mut joined = String::with_capacity(json.len() + 1_024);
    for (name, value) in said {
        joined.push(if joined.is_empty() { '{' } else { ',' });
        joined.push_str(&Value::from(name).to_string());
        joined.push(':');
        joined.push_str(value);
    }
    joined.push(if joined.is_empty() { '{' } else { ',' });
    joined.push_str(&format!("\"{STEPS}\":{steps}}}"));
    Some(joined)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn repeated_names_are_numbered() {
        let header = ["a", "b", "a", "a"].map(str::to_owned);
        assert_eq!(distinct_names(&header), ["a", "b", "a (2)", "a (3)"]);
    }

    #[test]
    fn steps_stand_behind_what_was_said_before() {
        let steps = serde_json::json!([{"succeeded": true}]);
        let joined = with_steps(r#"{"z":17.80,"a\"b":{"y":1,"x":2}}"#, &steps);
        let expected =
            r#"{"z":17.80,"a\"b":{"y":1,"x":2},"authenticationDetails":[{"succeeded":true}]}"#;
        assert_eq!(joined.as_deref(), Some(expected));
        assert_eq!(
            with_steps(expected, &steps).as_deref(),
            Some(expected),
            "once"
        );
        let alone = r#"{"authenticationDetails":[{"succeeded":true}]}"#;
        assert_eq!(with_steps("{}", &steps).as_deref(), Some(alone));
        assert_eq!(with_steps("[]", &steps), None);
    }
}
