//! CSV of the shown columns: as the grid words them, or with `raw` as they are stored.

use std::io::{self, Write};

use model::column::{Display, ValueType, choices};
use model::{formula, list};

use super::block::{Cell, Field};
use super::task::Task;

/// Tells spreadsheets that the text is UTF-8.
pub const BYTE_ORDER_MARK: &[u8] = b"\xef\xbb\xbf";

/// Writes the file.
pub fn write(task: &Task, out: &mut impl Write) -> io::Result<()> {
    let mut line: Vec<u8> = Vec::new();
    if !task.raw {
        line.extend_from_slice(BYTE_ORDER_MARK);
    }
    for (index, field) in task.fields.iter().enumerate() {
        if index > 0 {
            line.push(b',');
        }
        let name = if task.raw {
            field.id().to_owned()
        } else {
            header(*field)
        };
        push_cell(&name, false, &mut line);
    }
    line.extend_from_slice(b"\r\n");
    out.write_all(&line)?;
    let mut text = String::new();
    task.part.blocks(&task.fields, &task.reception, |block| {
        line.clear();
        for row in 0..block.rows {
            for (index, (field, cells)) in task.fields.iter().zip(&block.columns).enumerate() {
                if index > 0 {
                    line.push(b',');
                }
                text.clear();
                if task.raw {
                    push_stored(&cells[row], &mut text);
                    push_cell(&text, false, &mut line);
                } else {
                    let is_text = push_worded(*field, &cells[row], &mut text);
                    push_cell(&text, is_text, &mut line);
                }
            }
            line.extend_from_slice(b"\r\n");
        }
        out.write_all(&line)?;
        task.progress.add(block.rows);
        Ok(())
    })
}

/// Adds a cell, in quotes where it needs them, and with a guard where a spreadsheet would run it.
pub fn push_cell(text: &str, is_guarded: bool, line: &mut Vec<u8>) {
    if is_guarded && formula::is_formula(text.trim_start_matches(formula::GUARD)) {
        return push_quoted(text, true, line);
    }
    let is_special = |byte: &u8| matches!(byte, b',' | b'"' | b'\n' | b'\r' | b';' | b'\t');
    // All of it is looked at, without leaving early: most are short, and have nothing to quote.
    let needs_quotes = text
        .bytes()
        .fold(false, |found, byte| found | is_special(&byte));
    if needs_quotes {
        push_quoted(text, false, line);
    } else {
        line.extend_from_slice(text.as_bytes());
    }
}

/// Adds a cell in quotes.
pub fn push_quoted(text: &str, is_guarded: bool, line: &mut Vec<u8>) {
    line.push(b'"');
    let text = if is_guarded {
        formula::guarded(text)
    } else {
        text.into()
    };
    let mut rest = text.as_bytes();
    while let Some(quote) = memchr::memchr(b'"', rest) {
        let (before, after) = rest.split_at(quote + 1);
        line.extend_from_slice(before);
        line.push(b'"');
        rest = after;
    }
    line.extend_from_slice(rest);
    line.push(b'"');
}

/// What stands over a column: the unit too, where cells have none.
pub fn header(field: Field) -> String {
    match field {
        Field::Kind => "Kind".to_owned(),
        Field::Column(column) => match (column.value_type, column.display) {
            (ValueType::Instant, _) => format!("{} (UTC)", column.label),
            (_, Display::Milliseconds) => format!("{} (ms)", column.label),
            _ => column.label.to_owned(),
        },
    }
}

/// Adds the words of a cell, and says whether they are text that others wrote.
pub fn push_worded(field: Field, cell: &Cell<'_>, out: &mut String) -> bool {
    let value_type = match field {
        Field::Kind => None,
        Field::Column(column) => Some(column.value_type),
    };
    match (cell, value_type) {
        (Cell::Text(text), None) => {
            let tab = model::Tab::parse(text);
            out.push_str(tab.map_or(text.as_ref(), |tab| tab.label()));
            true
        }
        (Cell::Text(text), Some(ValueType::Choice(known))) => {
            out.push_str(choices::label_of(known, text));
            true
        }
        (Cell::Text(text), Some(ValueType::List)) => {
            out.push_str(&list::shown(text, "; "));
            true
        }
        (Cell::Boolean(flag), _) => {
            out.push_str(if *flag { "Yes" } else { "No" });
            false
        }
        _ => push_stored(cell, out),
    }
}

/// Adds a cell as it is stored, and says whether that is a text.
fn push_stored(cell: &Cell<'_>, out: &mut String) -> bool {
    match cell {
        Cell::Text(text) => out.push_str(text),
        Cell::Identifier(id) => id.with(|text| out.push_str(text)),
        other => {
            out.push_str(&other.to_value().to_text());
            return false;
        }
    }
    true
}

#[cfg(test)]
mod tests {
    use model::Column;

    use super::*;

    fn worded(id: &str, cell: &Cell<'_>) -> String {
        let field = Field::Column(Column::find(id).expect("a column"));
        let (mut text, mut line) = (String::new(), Vec::new());
        let is_text = push_worded(field, cell, &mut text);
        push_cell(&text, is_text, &mut line);
        String::from_utf8(line).expect("text")
    }

    #[test]
    fn cells_are_worded_as_in_the_grid_and_run_in_no_spreadsheet() {
        let text = |text: &'static str| Cell::Text(text.into());
        for (id, cell, expected) in [
            ("user", text("Ann \"A\" Berg"), "\"Ann \"\"A\"\" Berg\""),
            ("user", text("=1+1"), "\"'=1+1\""),
            ("user", text("\tx"), "\"'\tx\""),
            ("user", text("a;=1"), "\"a;=1\""),
            ("status", text("interrupted"), "Interrupted"),
            ("conditional_access", text("-odd"), "\"'-odd\""),
            (
                "network_names",
                text("Bergen, all\nOslo"),
                "\"Bergen, all; Oslo\"",
            ),
            ("latency_ms", Cell::Integer(-5), "-5"),
            ("compliant", Cell::Boolean(false), "No"),
            ("user", Cell::Empty, ""),
        ] {
            assert_eq!(worded(id, &cell), expected);
        }
    }

    #[test]
    fn headers_say_the_unit() {
        let of = |id: &str| header(Field::Column(Column::find(id).expect("a column")));
        assert_eq!(of("date"), "Date (UTC)");
        assert_eq!(of("latency_ms"), "Latency (ms)");
        assert_eq!(of("user"), "User");
    }
}
