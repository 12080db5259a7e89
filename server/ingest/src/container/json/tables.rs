//! Tables of the Log Analytics query API: `{"columns":[{"name":…}],"rows":[[…],…]}`.

use std::sync::Arc;

use serde::Deserialize;

use super::super::block::{Cell, CellFormat, Piece, Row, Rows};
use super::super::output::{extend_fault, new_fault};
use super::super::window::Place;
use super::super::{Fault, FaultReason};
use super::keys::{Key, Shelf};
use super::scan::{Scan, scan, scan_value};
use super::{Frame, Machine, Open, Step};

/// What is known of a table.
#[derive(Default)]
pub(super) struct Table {
    header: Option<Arc<[String]>>,
    /// Rows that came before the columns.
    early_rows: Option<EarlyRows>,
}

struct EarlyRows {
    text: Vec<u8>,
    place: Place,
}

/// A column, as the query API or Kusto's first version writes it, or as a bare name.
#[derive(Deserialize)]
#[serde(untagged)]
enum Column {
    Named {
        #[serde(alias = "Name", alias = "ColumnName", alias = "columnName")]
        name: String,
    },
    Bare(String),
}

impl Machine<'_, '_, '_> {
    /// The object at `at` stands where a table is expected.
    pub(super) fn table(&mut self, at: usize) -> Step {
        match scan(&self.window.text, at, &mut Shelf::table()) {
            Scan::Found { .. } => {
                let step = self.open(at, Frame::Table(Box::default()));
                if matches!(step, Step::Again) && self.skip.is_none() {
                    // Members before the one found are passed by like those after it.
                    self.window.pos = at + 1;
                }
                step
            }
            Scan::Complete { end, .. } => {
                // Not a table after all; let the next stage say what it is.
                let place = self.window.mark(at);
                self.out.piece(Piece {
                    start: at,
                    end,
                    line: place.line,
                    offset_bytes: place.offset_bytes,
                });
                self.window.pos = end;
                Step::Again
            }
            Scan::Deep { end } => {
                self.fault_exactly(at, end, FaultReason::TooDeep);
                Step::Again
            }
            Scan::Incomplete => self.incomplete(at),
            Scan::Broken {
                at: place,
                expected,
            } => self.broken(at, place, expected),
        }
    }

    /// A member of a table whose value is at `value_at`.
    pub(super) fn table_member(
        &mut self,
        at: usize,
        (key_start, key_end): (usize, usize),
        value_at: usize,
    ) -> Step {
        let name = &self.window.text[key_start..key_end];
        let array = self.window.text[value_at] == b'[';
        let key = match name {
            _ if !array => None,
            _ if name.eq_ignore_ascii_case(b"columns") => Some(Key::Columns),
            _ if name.eq_ignore_ascii_case(b"rows") => Some(Key::Rows),
            _ => None,
        };
        let Some(Open {
            frame: Frame::Table(table),
            ..
        }) = self.frames.last()
        else {
            return Step::Again;
        };
        match (key, &table.header) {
            (None, _) => self.pass_value(at, value_at),
            (Some(Key::Rows), Some(header)) => {
                let rows = Frame::Rows(Arc::clone(header));
                self.open(value_at, rows)
            }
            (Some(key), _) => match scan_value(&self.window.text, value_at) {
                Scan::Complete { end, .. } if key == Key::Rows => self.keep_rows(value_at, end),
                Scan::Complete { end, .. } => self.columns(value_at, end),
                Scan::Deep { end } => {
                    self.fault_exactly(at, end, FaultReason::TooDeep);
                    Step::Again
                }
                Scan::Incomplete | Scan::Found { .. } => self.incomplete(at),
                Scan::Broken {
                    at: place,
                    expected,
                } => self.broken(at, place, expected),
            },
        }
    }

    /// Rows without columns yet: they are kept, up to the length of a record.
    fn keep_rows(&mut self, start: usize, end: usize) -> Step {
        if end - start > self.options.record_bytes {
            self.fault_exactly(
                start,
                end,
                FaultReason::TooLong {
                    limit_bytes: self.options.record_bytes,
                },
            );
            return Step::Again;
        }
        let place = self.window.mark(start);
        let early = EarlyRows {
            text: self.window.text[start..end].to_vec(),
            place,
        };
        self.window.pos = end;
        if let Some(Open {
            frame: Frame::Table(table),
            ..
        }) = self.frames.last_mut()
            && let Some(before) = table.early_rows.replace(early)
        {
            self.no_columns(&before);
        }
        Step::Again
    }

    fn columns(&mut self, start: usize, end: usize) -> Step {
        let Ok(columns) = serde_json::from_slice::<Vec<Column>>(&self.window.text[start..end])
        else {
            self.fault_exactly(start, end, FaultReason::NoColumns);
            return Step::Again;
        };
        let names = columns.into_iter().map(|column| match column {
            Column::Named { name } | Column::Bare(name) => name,
        });
        let header: Arc<[String]> = names.collect();
        self.window.pos = end;
        let Some(Open {
            frame: Frame::Table(table),
            ..
        }) = self.frames.last_mut()
        else {
            return Step::Again;
        };
        table.header = Some(Arc::clone(&header));
        if let Some(early) = table.early_rows.take() {
            self.early_rows(&header, early);
        }
        Step::Again
    }

    /// Emits rows that came before their columns; they have a text of their own.
    fn early_rows(&mut self, header: &Arc<[String]>, early: EarlyRows) {
        let EarlyRows { text, place } = early;
        let mut ready = Rows {
            header: Arc::clone(header),
            format: CellFormat::Json,
            text: Arc::default(),
            rows: Vec::new(),
            cells: Vec::new(),
        };
        let (mut at, mut line, mut counted) = (1, place.line, 0);
        while at + 1 < text.len() {
            let end = match scan_value(&text, at) {
                Scan::Complete { end, .. }
                    if !matches!(text[at], b',' | b' ' | b'\t' | b'\r' | b'\n') =>
                {
                    end
                }
                _ => {
                    at += 1;
                    continue;
                }
            };
            line += memchr::memchr_iter(b'\n', &text[counted..at]).count() as u64;
            counted = at;
            let row_place = Place {
                line,
                column: 1,
                offset_bytes: place.offset_bytes + at as u64,
                indent: 0,
            };
            match self.cells_of_row(&text, (at, end), header.len(), row_place) {
                Ok(cells) => {
                    ready.rows.push(Row {
                        start: at,
                        end,
                        line,
                        offset_bytes: row_place.offset_bytes,
                        first_cell: ready.cells.len(),
                        cell_count: cells.len(),
                    });
                    ready.cells.extend(cells);
                }
                Err(fault) => self.out.fault(fault),
            }
            at = end;
        }
        ready.text = Arc::new(text);
        self.out.ready_rows(ready);
    }

    /// The row whose bracket is at `at`.
    pub(super) fn row(&mut self, at: usize) -> Step {
        match scan_value(&self.window.text, at) {
            Scan::Complete { end, .. } => {
                let Some(Open {
                    frame: Frame::Rows(header),
                    ..
                }) = self.frames.last()
                else {
                    return Step::Again;
                };
                let header = Arc::clone(header);
                let place = self.window.mark(at);
                match self.cells_of_row(&self.window.text, (at, end), header.len(), place) {
                    Ok(cells) => self
                        .out
                        .row(&header, CellFormat::Json, place, (at, end), &cells),
                    Err(fault) => self.out.fault(fault),
                }
                self.window.pos = end;
                Step::Again
            }
            Scan::Deep { end } => {
                self.fault_exactly(at, end, FaultReason::TooDeep);
                Step::Again
            }
            Scan::Incomplete | Scan::Found { .. } => self.incomplete(at),
            Scan::Broken {
                at: place,
                expected,
            } => self.broken(at, place, expected),
        }
    }

    /// The row's cells, or a fault when it is no row of this table.
    fn cells_of_row(
        &self,
        text: &[u8],
        (start, end): (usize, usize),
        expected: usize,
        place: Place,
    ) -> Result<Vec<Cell>, Fault> {
        let cells = if text[start] == b'[' {
            cut_cells(text, start, end)
        } else {
            Vec::new()
        };
        if cells.len() == expected && text[start] == b'[' {
            return Ok(cells);
        }
        let mut fault = new_fault(
            place,
            FaultReason::RowWidth {
                expected,
                found: cells.len(),
            },
        );
        extend_fault(&mut fault, &text[start..end], self.options.fault_bytes);
        Err(fault)
    }

    /// A table is closed; rows that still wait for columns are a fault.
    pub(super) fn table_without_columns(&mut self, table: Table) {
        if let Some(early) = table.early_rows {
            self.no_columns(&early);
        }
    }

    fn no_columns(&mut self, early: &EarlyRows) {
        let mut fault = new_fault(early.place, FaultReason::NoColumns);
        extend_fault(&mut fault, &early.text, self.options.fault_bytes);
        self.out.fault(fault);
    }
}

/// The places of the values in the array from `start` to `end`.
fn cut_cells(text: &[u8], start: usize, end: usize) -> Vec<Cell> {
    let mut cells = Vec::new();
    let mut at = start + 1;
    while at + 1 < end {
        if matches!(text[at], b' ' | b'\t' | b'\r' | b'\n' | b',') {
            at += 1;
            continue;
        }
        let next = match scan_value(&text[..end], at) {
            Scan::Complete { end, .. } => end,
            _ => at + 1,
        };
        cells.push(Cell::new(at, next, false));
        at = next;
    }
    cells
}
