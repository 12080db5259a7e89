//! The files of the portal's CSV download. What is read from them again is what was written: see
//! [`model::formula`] for the one thing that is added.

use std::io::{self, Write};

use ingest::record::sign_in_of;
use model::download::PortalFile;

use super::block::Cell;
use super::csv::{BYTE_ORDER_MARK, push_quoted};
use super::portal_columns;
use super::task::Task;

/// The columns of the files with authentication steps.
const STEPS: [&str; 7] = [
    "Request ID",
    "Date",
    "Authentication method",
    "Authentication method detail",
    "Succeeded",
    "Result detail",
    "Requirement",
];

/// Writes one of the six files.
pub fn write(task: &Task, file: PortalFile, out: &mut impl Write) -> io::Result<()> {
    match file {
        PortalFile::SignIns(_) => sign_ins(task, file, out),
        PortalFile::Steps(_) => steps(task, out),
    }
}

fn sign_ins(task: &Task, file: PortalFile, out: &mut impl Write) -> io::Result<()> {
    let columns = portal_columns::of(file.tab());
    let mut lines = Lines::new(!task.raw);
    lines.row(columns.iter().map(|column| (column.header, false)));
    out.write_all(&lines.bytes)?;
    let fields = portal_columns::fields(columns);
    let mut text = String::new();
    task.part.blocks(&fields, &task.reception, |block| {
        let mut lines = Lines::bare(!task.raw);
        for row in 0..block.rows {
            let mut cells = block.columns.iter();
            for column in columns {
                let parts: Vec<&Cell<'_>> = cells
                    .by_ref()
                    .take(column.ids.len())
                    .map(|cells| &cells[row])
                    .collect();
                text.clear();
                let is_text = column.push(&parts, &mut text);
                lines.cell(&text, is_text);
            }
            lines.end_row();
        }
        out.write_all(&lines.bytes)?;
        task.progress.add(block.rows);
        Ok(())
    })
}

fn steps(task: &Task, out: &mut impl Write) -> io::Result<()> {
    let mut lines = Lines::new(!task.raw);
    lines.row(STEPS.into_iter().map(|header| (header, false)));
    out.write_all(&lines.bytes)?;
    task.part.records(&task.reception, |record| {
        let (sign_in, _) = sign_in_of(record.raw, record.tab).map_err(io::Error::other)?;
        let mut lines = Lines::bare(!task.raw);
        for step in &sign_in.authentication_details {
            let text = |text: &Option<String>| text.clone().unwrap_or_default();
            let succeeded = step.succeeded.map(|flag| flag.to_string());
            let cells = [
                text(&sign_in.id),
                text(&step.authentication_step_date_time),
                text(&step.authentication_method),
                text(&step.authentication_method_detail),
                succeeded.unwrap_or_default(),
                text(&step.authentication_step_result_detail),
                text(&step.authentication_step_requirement),
            ];
            lines.row(cells.iter().map(|cell| (cell.as_str(), true)));
        }
        out.write_all(&lines.bytes)?;
        task.progress.add(1);
        Ok(())
    })
}

/// Lines in the making. The portal puts every cell in quotes.
struct Lines {
    bytes: Vec<u8>,
    is_guarded: bool,
    has_cells: bool,
}

impl Lines {
    /// The first lines of a file.
    fn new(is_guarded: bool) -> Lines {
        Lines {
            bytes: BYTE_ORDER_MARK.to_vec(),
            ..Lines::bare(is_guarded)
        }
    }

    fn bare(is_guarded: bool) -> Lines {
        Lines {
            bytes: Vec::new(),
            is_guarded,
            has_cells: false,
        }
    }

    fn cell(&mut self, text: &str, is_text: bool) {
        if self.has_cells {
            self.bytes.push(b',');
        }
        self.has_cells = true;
        push_quoted(text, is_text && self.is_guarded, &mut self.bytes);
    }

    fn end_row(&mut self) {
        self.bytes.extend_from_slice(b"\r\n");
        self.has_cells = false;
    }

    /// Adds a line of texts, each with whether others may have written it.
    fn row<'a>(&mut self, cells: impl Iterator<Item = (&'a str, bool)>) {
        for (text, is_text) in cells {
            self.cell(text, is_text);
        }
        self.end_row();
    }
}
