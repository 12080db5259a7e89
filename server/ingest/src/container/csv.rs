//! CSV as the portal and Log Analytics write it, and as spreadsheets write it back.

use std::sync::Arc;

use super::block::{Cell, CellFormat};
use super::csv_row::{Cut, cut_row};
use super::output::{Output, extend_fault, new_fault, trim_fault};
use super::window::Window;
use super::{Fault, FaultReason, SplitOptions};

/// A column name beyond this is none.
const NAME_BYTES: usize = 1024;
/// More columns than this are no log.
const MAX_COLUMNS: usize = 10_000;

/// The first row, when it is a header.
pub(super) struct Header {
    pub names: Arc<[String]>,
    pub delimiter: u8,
}

/// Reads the start of the text as a CSV header: at least two cells by comma, semicolon or tab,
/// none of them long or with brackets in it.
pub(super) fn header(text: &[u8], ended: bool) -> Option<Header> {
    let mut best: Option<Header> = None;
    for delimiter in [b',', b';', b'\t'] {
        let mut cells = Vec::new();
        let Cut::Row { .. } = cut_row(text, 0, delimiter, &mut cells, ended) else {
            continue;
        };
        let name_of = |cell: &Cell| {
            let raw = &text[cell.start as usize..cell.end as usize];
            String::from_utf8_lossy(raw).replace("\"\"", "\"")
        };
        let names: Vec<String> = cells.iter().take(MAX_COLUMNS + 1).map(name_of).collect();
        let filled = names.iter().filter(|name| !name.trim().is_empty()).count();
        let plain = names
            .iter()
            .all(|name| name.len() <= NAME_BYTES && !name.contains(['{', '}', '\0']));
        let better = best
            .as_ref()
            .is_none_or(|best| names.len() > best.names.len());
        if filled >= 2 && names.len() <= MAX_COLUMNS && plain && better {
            best = Some(Header {
                names: names.into(),
                delimiter,
            });
        }
    }
    best
}

/// Splits CSV text into rows.
pub(super) struct Table<'a, 'r, 's> {
    window: &'a mut Window<'r>,
    out: &'a mut Output<'s>,
    options: &'a SplitOptions,
    header: Header,
    header_line: Vec<u8>,
    cells: Vec<Cell>,
    skip: Option<Fault>,
    /// The text starts inside a line that belongs to the fault.
    inside_line: bool,
}

impl<'a, 'r, 's> Table<'a, 'r, 's> {
    pub(super) fn new(
        window: &'a mut Window<'r>,
        out: &'a mut Output<'s>,
        options: &'a SplitOptions,
        header: Header,
    ) -> Self {
        Self {
            window,
            out,
            options,
            header,
            header_line: Vec::new(),
            cells: Vec::new(),
            skip: None,
            inside_line: false,
        }
    }

    /// Goes through the whole text.
    pub(super) fn run(mut self) {
        while !self.out.stopped {
            let more_in_window = self.advance();
            if more_in_window && !self.out.is_full() {
                continue;
            }
            self.out.flush(self.window);
            if more_in_window {
                continue;
            }
            if self.window.ended {
                return;
            }
            self.window.fill();
        }
    }

    /// Takes one row, or one line of a fault. `false` when the window has no more.
    fn advance(&mut self) -> bool {
        let at = self.window.pos;
        if at == self.window.text.len() {
            if self.window.ended {
                self.end_skip();
            }
            return false;
        }
        if self.inside_line {
            return self.skip_to_line_end();
        }
        self.cells.clear();
        let ended = self.window.ended;
        let cut = cut_row(
            &self.window.text,
            at,
            self.header.delimiter,
            &mut self.cells,
            ended,
        );
        let limit_bytes = self.options.record_bytes;
        match cut {
            Cut::Row { content_end, end } if content_end - at <= limit_bytes => {
                self.window.pos = end;
                self.take_row(at, content_end, end);
                true
            }
            Cut::Incomplete if self.window.text.len() - at <= limit_bytes && !ended => false,
            Cut::Incomplete if ended => self.skip_line(FaultReason::EndsInsideRecord),
            Cut::Row { .. } | Cut::Incomplete => {
                self.skip_line(FaultReason::TooLong { limit_bytes })
            }
            Cut::Bad => self.skip_line(FaultReason::Quote),
        }
    }

    /// What lies between `start` and `content_end` is a row by its quotes.
    fn take_row(&mut self, start: usize, content_end: usize, end: usize) {
        let raw = &self.window.text[start..content_end];
        let expected = self.header.names.len();
        let found = self.cells.len();
        let blank = |cell: &Cell| {
            self.window.text[cell.start as usize..cell.end as usize]
                .trim_ascii()
                .is_empty()
        };
        if self.header_line.is_empty() {
            self.header_line = raw.to_vec();
            return;
        }
        let surplus_blank = self.cells.iter().skip(expected).all(blank);
        // Spreadsheets leave out empty cells at the end of a row; half a row is not that.
        let ends_early =
            found < expected && found * 2 >= expected && found > 1 && end > content_end;
        let fits = found == expected || (found > expected && surplus_blank) || ends_early;
        if self.skip.is_some() && !fits {
            // Still inside what went wrong before.
            self.grow_skip(start, end);
            return;
        }
        let empty = self.cells.iter().all(blank);
        if self.skip.is_some() && empty {
            self.grow_skip(start, end);
            return;
        }
        // Blank lines, and headers of exports that were appended to one another.
        let is_record = !empty && raw != self.header_line;
        self.end_skip();
        if !is_record {
            return;
        }
        let place = self.window.mark(start);
        if fits {
            self.cells.truncate(expected);
            self.out.row(
                &self.header.names,
                CellFormat::Csv,
                place,
                (start, content_end),
                &self.cells,
            );
            return;
        }
        let cut_off = end == content_end && found < expected;
        let reason = if cut_off {
            FaultReason::EndsInsideRecord
        } else {
            FaultReason::RowWidth { expected, found }
        };
        let mut fault = new_fault(place, reason);
        extend_fault(
            &mut fault,
            &self.window.text[start..content_end],
            self.options.fault_bytes,
        );
        self.out.fault(fault);
    }

    /// The row cannot be read: its first line becomes a fault, and so do the lines after it up
    /// to the next one that is a whole row.
    fn skip_line(&mut self, reason: FaultReason) -> bool {
        let at = self.window.pos;
        if self.skip.is_none() {
            self.skip = Some(new_fault(self.window.mark(at), reason));
        }
        self.skip_to_line_end()
    }

    fn skip_to_line_end(&mut self) -> bool {
        let at = self.window.pos;
        let rest = self.window.rest();
        let line_end = memchr::memchr(b'\n', rest);
        let length = line_end.map_or(rest.len(), |end| end + 1);
        self.inside_line = line_end.is_none();
        self.grow_skip(at, at + length);
        self.window.pos = at + length;
        true
    }

    fn grow_skip(&mut self, start: usize, end: usize) {
        if let Some(fault) = &mut self.skip {
            extend_fault(
                fault,
                &self.window.text[start..end],
                self.options.fault_bytes,
            );
        }
    }

    fn end_skip(&mut self) {
        if let Some(mut fault) = self.skip.take() {
            trim_fault(&mut fault);
            self.out.fault(fault);
        }
    }
}
