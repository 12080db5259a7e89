//! Rows as a text that a spreadsheet makes a table of when it is pasted there.

use std::borrow::Cow;

use model::formula;

/// The cells of a row, parted by tabs: each stays the text that it is.
pub fn line(cells: &[String]) -> String {
    let cells: Vec<_> = cells.iter().map(|cell| written(cell)).collect();
    cells.join("\t")
}

/// No cell is run as a formula, and a quotation mark is no beginning of a cell that goes on over the next ones.
fn written(cell: &str) -> Cow<'_, str> {
    let guarded = formula::guarded(cell);
    match guarded.contains('"') {
        true => Cow::Owned(format!("\"{}\"", guarded.replace('"', "\"\""))),
        false => guarded,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_pasted_is_neither_a_formula_nor_runs_into_the_next_cell() {
        let cells = [
            "Ann",
            "=1+1",
            "\u{ff1d}1+1",
            "'=1",
            "-5",
            "\"quoted",
            "=\"x\"",
            "",
        ];
        let cells = cells.map(str::to_owned);
        let expected = [
            "Ann",
            "'=1+1",
            "'\u{ff1d}1+1",
            "''=1",
            "'-5",
            "\"\"\"quoted\"",
            "\"'=\"\"x\"\"\"",
            "",
        ];
        assert_eq!(line(&cells), expected.join("\t"));
    }
}
