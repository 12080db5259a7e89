//! Rows of tables as JSON objects, which is how they are kept and read again.

use crate::container::{CellFormat, Row, Rows};

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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn repeated_names_are_numbered() {
        let header = ["a", "b", "a", "a"].map(str::to_owned);
        assert_eq!(distinct_names(&header), ["a", "b", "a (2)", "a (3)"]);
    }
}
