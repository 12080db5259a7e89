//! A workbook of the shown columns, sent while it is written. Texts are texts by their type: no spreadsheet
//! runs them, and none becomes a number.

use std::io::{self, Write};

use chrono::DateTime;
use model::formula;
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use super::block::{Cell, Field};
use super::csv::{header, push_worded};
use super::task::Task;
use super::xlsx_text::push_text;

/// Rows of a sheet, the header among them.
const SHEET_ROWS: usize = 1_048_576;
/// A sheet ends when it is so long, unpacked: from 4 GiB on not every program can read it.
const SHEET_BYTES: u64 = 3 << 30;
/// Days from 1899-12-30, where sheets begin to count, to 1970.
const DAYS_BEFORE_1970: f64 = 25_569.0;
const DAY_MICROS: f64 = 86_400_000_000.0;
/// Pixels of a letter, about: widths of columns are in letters.
const LETTER_PX: u16 = 7;

/// Formats of cells, by their place in [`STYLES`].
const BOLD: u8 = 1;
const MOMENT: u8 = 2;
/// A text that looks like a formula: it stays one when somebody edits the cell.
const GUARDED: u8 = 3;

const HEAD: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n";
const MAIN: &str = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
const RELATIONS: &str = "http://schemas.openxmlformats.org/package/2006/relationships";
const OFFICE: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const TYPES: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml";

/// Writes the file.
pub fn write(task: &Task, out: &mut impl Write) -> io::Result<()> {
    let mut book = Book::begin(ZipWriter::new_stream(out), &task.fields)?;
    let mut text = String::new();
    let mut line: Vec<u8> = Vec::new();
    task.part.blocks(&task.fields, &task.reception, |block| {
        for row in 0..block.rows {
            line.clear();
            for (field, cells) in task.fields.iter().zip(&block.columns) {
                push_cell(*field, &cells[row], &mut text, &mut line);
            }
            book.row(&line)?;
        }
        task.progress.add(block.rows);
        Ok(())
    })?;
    book.end()
}

/// A workbook in the making.
struct Book<W: Write> {
    zip: ZipWriter<zip::write::StreamWriter<W>>,
    /// What every sheet begins with.
    top: String,
    sheets: usize,
    rows: usize,
    bytes: u64,
}

impl<W: Write> Book<W> {
    fn begin(zip: ZipWriter<zip::write::StreamWriter<W>>, fields: &[Field]) -> io::Result<Book<W>> {
        let mut book = Book {
            zip,
            top: top(fields)?,
            sheets: 0,
            rows: 0,
            bytes: 0,
        };
        book.file(
            "_rels/.rels",
            &relations(&[("rId1", "officeDocument", "xl/workbook.xml")]),
        )?;
        book.file("xl/styles.xml", STYLES)?;
        book.begin_sheet()?;
        Ok(book)
    }

    fn file(&mut self, name: &str, content: &str) -> io::Result<()> {
        self.zip.start_file(name, SimpleFileOptions::default())?;
        self.zip.write_all(HEAD.as_bytes())?;
        self.zip.write_all(content.as_bytes())
    }

    fn begin_sheet(&mut self) -> io::Result<()> {
        self.sheets += 1;
        self.rows = 1;
        self.bytes = 0;
        let top = self.top.clone();
        self.file(&format!("xl/worksheets/sheet{}.xml", self.sheets), &top)
    }

    fn row(&mut self, cells: &[u8]) -> io::Result<()> {
        if self.rows == SHEET_ROWS || self.bytes > SHEET_BYTES {
            self.zip.write_all(b"</sheetData></worksheet>")?;
            self.begin_sheet()?;
        }
        self.rows += 1;
        self.bytes += cells.len() as u64 + 11;
        self.zip.write_all(b"<row>")?;
        self.zip.write_all(cells)?;
        self.zip.write_all(b"</row>")
    }

    fn end(mut self) -> io::Result<()> {
        self.zip.write_all(b"</sheetData></worksheet>")?;
        let numbers = 1..=self.sheets;
        let sheets: String = numbers
            .clone()
            .map(|number| {
                let name = match number {
                    1 => "Sign-ins".to_owned(),
                    number => format!("Sign-ins {number}"),
                };
                format!("<sheet name=\"{name}\" sheetId=\"{number}\" r:id=\"rId{number}\"/>")
            })
            .collect();
        let book = format!(
            "<workbook xmlns=\"{MAIN}\" xmlns:r=\"{OFFICE}\"><sheets>{sheets}</sheets></workbook>"
        );
        self.file("xl/workbook.xml", &book)?;
        let named: Vec<(String, String)> = numbers
            .clone()
            .map(|number| {
                (
                    format!("rId{number}"),
                    format!("worksheets/sheet{number}.xml"),
                )
            })
            .collect();
        let mut parts: Vec<(&str, &str, &str)> = named
            .iter()
            .map(|(id, path)| (id.as_str(), "worksheet", path.as_str()))
            .collect();
        parts.push(("styles", "styles", "styles.xml"));
        self.file("xl/_rels/workbook.xml.rels", &relations(&parts))?;
        let part = |path: &str, kind: &str| {
            format!("<Override PartName=\"/xl/{path}.xml\" ContentType=\"{TYPES}.{kind}+xml\"/>")
        };
        let sheets: String = numbers
            .map(|number| part(&format!("worksheets/sheet{number}"), "worksheet"))
            .collect();
        let types = format!(
            "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\">\
             <Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/>\
             <Default Extension=\"xml\" ContentType=\"application/xml\"/>{}{}{sheets}</Types>",
            part("workbook", "sheet.main"),
            part("styles", "styles"),
        );
        self.file("[Content_Types].xml", &types)?;
        self.zip.finish()?;
        Ok(())
    }
}

fn relations(parts: &[(&str, &str, &str)]) -> String {
    let parts: String = parts
        .iter()
        .map(|(id, kind, path)| {
            format!("<Relationship Id=\"{id}\" Type=\"{OFFICE}/{kind}\" Target=\"{path}\"/>")
        })
        .collect();
    format!("<Relationships xmlns=\"{RELATIONS}\">{parts}</Relationships>")
}

/// Plain, bold, moments, and texts that stay texts.
const STYLES: &str = "<styleSheet xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\">\
    <numFmts count=\"1\"><numFmt numFmtId=\"164\" formatCode=\"yyyy\\-mm\\-dd\\ hh:mm:ss\"/></numFmts>\
    <fonts count=\"2\"><font><sz val=\"11\"/><name val=\"Calibri\"/></font>\
    <font><b/><sz val=\"11\"/><name val=\"Calibri\"/></font></fonts>\
    <fills count=\"2\"><fill><patternFill patternType=\"none\"/></fill>\
    <fill><patternFill patternType=\"gray125\"/></fill></fills>\
    <borders count=\"1\"><border><left/><right/><top/><bottom/><diagonal/></border></borders>\
    <cellStyleXfs count=\"1\"><xf numFmtId=\"0\" fontId=\"0\" fillId=\"0\" borderId=\"0\"/></cellStyleXfs>\
    <cellXfs count=\"4\"><xf numFmtId=\"0\" fontId=\"0\" fillId=\"0\" borderId=\"0\" xfId=\"0\"/>\
    <xf numFmtId=\"0\" fontId=\"1\" fillId=\"0\" borderId=\"0\" xfId=\"0\" applyFont=\"1\"/>\
    <xf numFmtId=\"164\" fontId=\"0\" fillId=\"0\" borderId=\"0\" xfId=\"0\" applyNumberFormat=\"1\"/>\
    <xf numFmtId=\"49\" fontId=\"0\" fillId=\"0\" borderId=\"0\" xfId=\"0\" quotePrefix=\"1\" applyNumberFormat=\"1\"/>\
    </cellXfs></styleSheet>";

/// What a sheet begins with: the header stays in sight, and columns are about as wide as in the grid.
fn top(fields: &[Field]) -> io::Result<String> {
    let mut widths = String::new();
    let mut cells: Vec<u8> = Vec::new();
    for (number, field) in (1..).zip(fields) {
        let width_px = match field {
            Field::Kind => 200,
            Field::Column(column) => column.width_px,
        };
        let width = width_px / LETTER_PX + 1;
        let range = format!("min=\"{number}\" max=\"{number}\"");
        widths.push_str(&format!(
            "<col {range} width=\"{width}\" customWidth=\"1\"/>"
        ));
        push_string(&header(*field), BOLD, &mut cells);
    }
    let cells = String::from_utf8(cells).map_err(io::Error::other)?;
    Ok(format!(
        "<worksheet xmlns=\"{MAIN}\"><sheetViews><sheetView workbookViewId=\"0\">\
         <pane ySplit=\"1\" topLeftCell=\"A2\" activePane=\"bottomLeft\" state=\"frozen\"/>\
         </sheetView></sheetViews><cols>{widths}</cols><sheetData><row>{cells}</row>"
    ))
}

fn push_cell(field: Field, cell: &Cell<'_>, text: &mut String, out: &mut Vec<u8>) {
    match cell {
        Cell::Empty => out.extend_from_slice(b"<c/>"),
        Cell::Integer(number) => push_number(number, 0, out),
        Cell::Decimal(number) if number.is_finite() => push_number(number, 0, out),
        Cell::Moment(moment) => push_number(serial(*moment), MOMENT, out),
        Cell::Boolean(_) | Cell::Decimal(_) | Cell::Text(_) | Cell::Identifier(_) => {
            text.clear();
            push_worded(field, cell, text);
            let style = if formula::is_formula(text) {
                GUARDED
            } else {
                0
            };
            push_string(text, style, out);
        }
    }
}

fn push_number(number: impl std::fmt::Display, style: u8, out: &mut Vec<u8>) {
    let cell = match style {
        0 => format!("<c><v>{number}</v></c>"),
        style => format!("<c s=\"{style}\"><v>{number}</v></c>"),
    };
    out.extend_from_slice(cell.as_bytes());
}

fn push_string(text: &str, style: u8, out: &mut Vec<u8>) {
    match style {
        0 => out.extend_from_slice(b"<c t=\"inlineStr\"><is><t xml:space=\"preserve\">"),
        style => {
            let begin = format!("<c t=\"inlineStr\" s=\"{style}\"><is><t xml:space=\"preserve\">");
            out.extend_from_slice(begin.as_bytes());
        }
    }
    push_text(text, out);
    out.extend_from_slice(b"</t></is></c>");
}

/// The moment as sheets count: in days.
fn serial(moment: DateTime<chrono::Utc>) -> f64 {
    #[expect(
        clippy::cast_precision_loss,
        reason = "a sheet has doubles, which hold microseconds of these centuries"
    )]
    let micros = moment.timestamp_micros() as f64;
    micros / DAY_MICROS + DAYS_BEFORE_1970
}
