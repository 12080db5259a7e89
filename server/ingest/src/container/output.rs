//! Collects what one window holds and hands it to the caller when the window moves on.

use std::ops::ControlFlow;
use std::sync::Arc;

use super::block::{Block, Cell, CellFormat, Event, Piece, Row, Rows};
use super::window::{Place, Window};
use super::{Fault, FaultReason};

/// So many pieces, rows and cells are a block.
const FULL: usize = 1 << 19;

/// Candidates of one kind that follow one another in the window.
enum Section {
    Json(Vec<Piece>),
    Rows {
        header: Arc<[String]>,
        format: CellFormat,
        rows: Vec<Row>,
        cells: Vec<Cell>,
    },
    /// Rows with a text of their own.
    Ready(Rows),
}

/// Where events go, and how many there were.
pub(super) struct Output<'s> {
    sink: &'s mut dyn FnMut(Event) -> ControlFlow<()>,
    sections: Vec<Section>,
    /// Pieces, rows and cells in `sections`.
    held: usize,
    pub pieces: u64,
    pub rows: u64,
    pub faults: u64,
    /// The caller wants no more.
    pub stopped: bool,
}

impl<'s> Output<'s> {
    pub(super) fn new(sink: &'s mut dyn FnMut(Event) -> ControlFlow<()>) -> Self {
        Self {
            sink,
            sections: Vec::new(),
            held: 0,
            pieces: 0,
            rows: 0,
            faults: 0,
            stopped: false,
        }
    }

    pub(super) fn piece(&mut self, piece: Piece) {
        self.pieces += 1;
        self.held += 1;
        if let Some(Section::Json(pieces)) = self.sections.last_mut() {
            pieces.push(piece);
        } else {
            self.sections.push(Section::Json(vec![piece]));
        }
    }

    /// Adds a row whose cells are given; they move into the section.
    pub(super) fn row(
        &mut self,
        header: &Arc<[String]>,
        format: CellFormat,
        place: Place,
        (start, end): (usize, usize),
        new_cells: &[Cell],
    ) {
        self.rows += 1;
        self.held += 1 + new_cells.len();
        let fits = matches!(self.sections.last(), Some(Section::Rows { header: last, .. }) if Arc::ptr_eq(last, header));
        if !fits {
            let header = Arc::clone(header);
            self.sections.push(Section::Rows {
                header,
                format,
                rows: Vec::new(),
                cells: Vec::new(),
            });
        }
        if let Some(Section::Rows { rows, cells, .. }) = self.sections.last_mut() {
            rows.push(Row {
                start,
                end,
                line: place.line,
                offset_bytes: place.offset_bytes,
                first_cell: cells.len(),
                cell_count: new_cells.len(),
            });
            cells.extend_from_slice(new_cells);
        }
    }

    /// Adds rows that have a text of their own.
    pub(super) fn ready_rows(&mut self, rows: Rows) {
        if !rows.rows.is_empty() {
            self.rows += rows.rows.len() as u64;
            self.sections.push(Section::Ready(rows));
        }
    }

    pub(super) fn fault(&mut self, fault: Fault) {
        self.faults += 1;
        self.send(Event::Fault(fault));
    }

    /// A fault about a place, without bytes.
    pub(super) fn fault_without_bytes(&mut self, place: Place, reason: FaultReason) {
        self.fault(new_fault(place, reason));
    }

    /// There is enough for a block, however little text it has: what is kept for each piece
    /// and cell can be much longer than the text of tiny ones.
    pub(super) fn is_full(&self) -> bool {
        self.held >= FULL
    }

    /// Hands on what the window holds and lets the window drop it.
    pub(super) fn flush(&mut self, window: &mut Window<'_>) {
        if self.sections.is_empty() {
            window.drop_done();
            return;
        }
        self.held = 0;
        let text = Arc::new(window.take());
        for section in std::mem::take(&mut self.sections) {
            let text = Arc::clone(&text);
            self.send(Event::Block(match section {
                Section::Json(pieces) => Block::Json { text, pieces },
                Section::Ready(rows) => Block::Rows(rows),
                Section::Rows {
                    header,
                    format,
                    rows,
                    cells,
                } => Block::Rows(Rows {
                    header,
                    format,
                    text,
                    rows,
                    cells,
                }),
            }));
        }
    }

    fn send(&mut self, event: Event) {
        if !self.stopped && (self.sink)(event).is_break() {
            self.stopped = true;
        }
    }
}

/// A fault that starts at this place and has no bytes yet.
pub(super) fn new_fault(place: Place, reason: FaultReason) -> Fault {
    Fault {
        line: place.line,
        column: (place.column > 1).then_some(place.column),
        offset_bytes: place.offset_bytes,
        bytes: Vec::new(),
        length_bytes: 0,
        reason,
    }
}

/// Adds bytes to a fault, up to the cap.
pub(super) fn extend_fault(fault: &mut Fault, bytes: &[u8], cap: usize) {
    let room = cap.saturating_sub(fault.bytes.len()).min(bytes.len());
    fault.bytes.extend_from_slice(&bytes[..room]);
    fault.length_bytes += bytes.len() as u64;
}

/// Takes the final line break off a fault that was not capped.
pub(super) fn trim_fault(fault: &mut Fault) {
    for end in [b'\n', b'\r'] {
        if fault.bytes.len() as u64 == fault.length_bytes && fault.bytes.last() == Some(&end) {
            fault.bytes.pop();
            fault.length_bytes -= 1;
        }
    }
}
