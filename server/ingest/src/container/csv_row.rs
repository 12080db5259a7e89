//! Cuts one CSV row into cells.

use super::block::Cell;

/// What was found at the start of a row.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Cut {
    /// A row: its content ends before `content_end`, the next row starts at `end`.
    Row { content_end: usize, end: usize },
    /// The text stops before the row does.
    Incomplete,
    /// Text after a closing quote.
    Bad,
}

/// Cuts the row that starts at `at` and adds its cells to `cells`.
pub(super) fn cut_row(
    text: &[u8],
    at: usize,
    delimiter: u8,
    cells: &mut Vec<Cell>,
    ended: bool,
) -> Cut {
    let mut at = at;
    loop {
        let (cell, after) = if text.get(at) == Some(&b'"') {
            match quoted(text, at, delimiter, ended) {
                Ok(found) => found,
                Err(cut) => return cut,
            }
        } else {
            let rest = text.get(at..).unwrap_or_default();
            let Some(length) =
                memchr::memchr2(delimiter, b'\n', rest).or(ended.then_some(rest.len()))
            else {
                return Cut::Incomplete;
            };
            let end = at + length;
            let is_last = text.get(end) != Some(&delimiter);
            let content = if is_last && length > 0 && text[end - 1] == b'\r' {
                end - 1
            } else {
                end
            };
            (Cell::new(at, content, false), end)
        };
        cells.push(cell);
        match text.get(after) {
            Some(byte) if *byte == delimiter => at = after + 1,
            Some(_) => {
                let content_end = if after > 0 && text[after - 1] == b'\r' {
                    after - 1
                } else {
                    after
                };
                return Cut::Row {
                    content_end,
                    end: after + 1,
                };
            }
            None => {
                return Cut::Row {
                    content_end: after,
                    end: after,
                };
            }
        }
    }
}

/// A cell in quotes, and the position of the delimiter, line break or end after it.
fn quoted(text: &[u8], open: usize, delimiter: u8, ended: bool) -> Result<(Cell, usize), Cut> {
    let mut at = open + 1;
    let mut doubled = false;
    let close = loop {
        let Some(found) = text.get(at..).and_then(|rest| memchr::memchr(b'"', rest)) else {
            return Err(Cut::Incomplete);
        };
        let quote = at + found;
        match text.get(quote + 1) {
            Some(b'"') => {
                doubled = true;
                at = quote + 2;
            }
            None if !ended => return Err(Cut::Incomplete),
            _ => break quote,
        }
    };
    let mut after = close + 1;
    while matches!(text.get(after), Some(b' ' | b'\r')) {
        after += 1;
    }
    let cell = Cell::new(open + 1, close, doubled);
    match text.get(after) {
        Some(byte) if *byte == delimiter || *byte == b'\n' => Ok((cell, after)),
        None if ended => Ok((cell, after)),
        None => Err(Cut::Incomplete),
        Some(_) => Err(Cut::Bad),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cells(text: &str) -> (Vec<&str>, Cut) {
        let mut cells = Vec::new();
        let cut = cut_row(text.as_bytes(), 0, b',', &mut cells, true);
        (
            cells
                .iter()
                .map(|cell| text.get(cell.start as usize..cell.end as usize).unwrap())
                .collect(),
            cut,
        )
    }

    #[test]
    fn rows_are_cut_at_delimiters_outside_quotes() {
        assert_eq!(
            cells("a,\"b,\r\n\"\"c\" ,\r\nx"),
            (
                vec!["a", "b,\r\n\"\"c", ""],
                Cut::Row {
                    content_end: 13,
                    end: 15
                }
            )
        );
        assert_eq!(
            cells("a"),
            (
                vec!["a"],
                Cut::Row {
                    content_end: 1,
                    end: 1
                }
            )
        );
        assert_eq!(cells("\"a\"b,c").1, Cut::Bad);
        assert_eq!(cells("x,\"a\nb").1, Cut::Incomplete);
    }
}
