//! Reading files as others read them.

use std::collections::BTreeMap;
use std::io::Cursor;

use bytes::Bytes;
use calamine::{Data, Reader, Xlsx};
use parquet::arrow::arrow_reader::ParquetRecordBatchReaderBuilder;

/// Header and rows of CSV, by RFC 4180.
pub fn csv(text: &str) -> (Vec<String>, Vec<Vec<String>>) {
    let mut rows = Vec::new();
    let (mut row, mut cell, mut is_quoted) = (Vec::new(), String::new(), false);
    let mut rest = text.chars().peekable();
    while let Some(character) = rest.next() {
        match character {
            '"' if is_quoted && rest.peek() == Some(&'"') => {
                rest.next();
                cell.push('"');
            }
            '"' => is_quoted = !is_quoted,
            ',' if !is_quoted => row.push(std::mem::take(&mut cell)),
            '\r' if !is_quoted && rest.peek() == Some(&'\n') => {}
            '\n' if !is_quoted => {
                row.push(std::mem::take(&mut cell));
                rows.push(std::mem::take(&mut row));
            }
            other => cell.push(other),
        }
    }
    assert!(
        row.is_empty() && cell.is_empty() && !is_quoted,
        "the last line is whole"
    );
    let header = rows.remove(0);
    for row in &rows {
        assert_eq!(row.len(), header.len());
    }
    (header, rows)
}

/// A cell of a workbook.
#[derive(Debug)]
pub struct Cell(Data);

impl Cell {
    /// The text; empty where there is none.
    pub fn text(&self) -> &str {
        match &self.0 {
            Data::String(text) => text,
            Data::Empty => "",
            other => panic!("no text: {other:?}"),
        }
    }

    pub fn number(&self) -> Option<f64> {
        match &self.0 {
            Data::Float(number) => Some(*number),
            #[expect(clippy::cast_precision_loss, reason = "codes are short")]
            Data::Int(number) => Some(*number as f64),
            Data::Empty => None,
            other => panic!("no number: {other:?}"),
        }
    }

    /// The moment in microseconds since 1970, as exact as a sheet is.
    pub fn micros(&self) -> f64 {
        let Data::DateTime(moment) = &self.0 else {
            panic!("no moment: {:?}", self.0);
        };
        (moment.as_f64() - 25_569.0) * 86_400_000_000.0
    }
}

/// Whether a cell says a text: some readers leave escaped characters as they are.
pub fn is_said(cell: &str, text: &str) -> bool {
    let escapes = [
        ("_x0001_", "\u{1}"),
        ("_x0007_", "\u{7}"),
        ("_x000D_", "\r"),
    ];
    let mut decoded = String::new();
    let mut rest = cell;
    while !rest.is_empty() {
        let found = escapes
            .iter()
            .find_map(|(escape, character)| Some((*character, rest.strip_prefix(escape)?)));
        let found = found.or_else(|| Some(("_", rest.strip_prefix("_x005F_")?)));
        let (character, after) =
            found.unwrap_or_else(|| rest.split_at(rest.chars().next().map_or(0, char::len_utf8)));
        decoded.push_str(character);
        rest = after;
    }
    cell == text || decoded == text
}

/// Rows of the first sheet.
pub fn workbook(bytes: &[u8]) -> Vec<Vec<Cell>> {
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).expect("a workbook");
    let sheet = book.worksheet_range("Sign-ins").expect("a sheet");
    let rows = sheet.rows();
    rows.map(|row| row.iter().cloned().map(Cell).collect())
        .collect()
}

/// Types by column, and the number of rows.
pub fn parquet(bytes: Vec<u8>) -> (BTreeMap<String, String>, usize) {
    let reader = ParquetRecordBatchReaderBuilder::try_new(Bytes::from(bytes)).expect("a file");
    let types = reader.schema().fields().iter();
    let types = types.map(|field| (field.name().clone(), field.data_type().to_string()));
    let types = types.collect();
    let rows = reader.build().expect("readable");
    (
        types,
        rows.map(|batch| batch.expect("rows").num_rows()).sum(),
    )
}
