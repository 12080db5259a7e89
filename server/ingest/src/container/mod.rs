//! From any input bytes to record candidates with their places.
//!
//! [`open`] unpacks a file (gzip, zip, UTF-16) into members, and [`split`] cuts a member's text
//! into JSON objects or table rows, whatever stands around them: lines, arrays, pages appended
//! to one another, objects with `records`, `value`, `events` or `tables`, records that are text
//! inside a string, CSV. Nothing here knows what a sign-in is.
//!
//! Three promises hold for every input, hostile ones included:
//!
//! - Nothing is lost: what is no record comes out as a [`Fault`] with its bytes, place and
//!   reason, and the rest goes on. Only what stands around records (brackets, commas, other
//!   members of an object that carries records, CSV headers, rows of blank cells) is dropped.
//! - Memory is bounded by [`SplitOptions`], not by the input: a few blocks, and one record.
//! - The result depends on the text and the options, not on how the reader cuts its answers.

use std::io::Read;
use std::ops::ControlFlow;

mod archive;
mod block;
mod csv;
mod csv_row;
mod encoding;
mod error;
mod fault;
mod guard;
mod json;
mod output;
mod shape;
mod sniff;
mod source;
mod spool;
#[cfg(test)]
mod tests;
mod window;

pub use block::{Block, CellFormat, Event, Piece, Row, Rows};
pub use encoding::Encoding;
pub use error::ContainerError;
pub use fault::{Fault, FaultReason};
pub use guard::Limits;
pub use shape::{Shape, Split};
pub use source::{Each, Member, open, open_reader};

use output::Output;
use window::Window;

/// Brackets nested deeper than this are a fault.
pub const NESTING_LIMIT: usize = 256;

/// Sizes for [`split`]. Whole buffers stay below the sum of `block_bytes` and `record_bytes`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SplitOptions {
    /// About how much text a block has.
    pub block_bytes: usize,
    /// A record longer than this is a fault. At most 1 GiB.
    pub record_bytes: usize,
    /// So many bytes of a fault are kept.
    pub fault_bytes: usize,
    /// So much of the start is looked at to tell what the text is; a CSV header must fit in.
    pub look_bytes: usize,
}

impl Default for SplitOptions {
    fn default() -> Self {
        Self {
            block_bytes: 4 << 20,
            record_bytes: 32 << 20,
            fault_bytes: 1 << 20,
            look_bytes: 1 << 20,
        }
    }
}

/// Splits decoded text into blocks of record candidates and faults, and says what the text is.
/// The callback ends the work early with `Break`.
///
/// # Errors
/// [`ContainerError::TooLarge`] when the reader's guard stopped it; what came before has been
/// handed on. Any other read error becomes a fault at the place where it happened.
pub fn split(
    reader: &mut dyn Read,
    options: &SplitOptions,
    sink: &mut dyn FnMut(Event) -> ControlFlow<()>,
) -> Result<Split, ContainerError> {
    let options = SplitOptions {
        block_bytes: options.block_bytes.clamp(1, 1 << 30),
        record_bytes: options.record_bytes.clamp(1, 1 << 30),
        ..*options
    };
    let mut window = Window::new(reader, &options);
    let mut out = Output::new(sink);
    let shape = split_window(&mut window, &mut out, &options);
    let mut guard = None;
    if let Some(failure) = window.failure.take() {
        match ContainerError::from_io(failure) {
            Ok(error) => guard = Some(error),
            Err(cause) => {
                let place = window.mark(window.text.len());
                out.fault_without_bytes(
                    place,
                    FaultReason::Unreadable {
                        cause: cause.to_string(),
                    },
                );
            }
        }
    }
    match guard {
        Some(error) => Err(error),
        None => Ok(Split {
            shape,
            pieces: out.pieces,
            rows: out.rows,
            faults: out.faults,
            size_bytes: window.read_bytes(),
            stopped: out.stopped,
        }),
    }
}

/// Looks at the start of the text and hands it to the splitter for its kind.
fn split_window(window: &mut Window<'_>, out: &mut Output<'_>, options: &SplitOptions) -> Shape {
    window.resize(options.look_bytes.max(options.block_bytes));
    loop {
        window.fill();
        window.skip_blanks();
        if window.pos < window.text.len() {
            break;
        }
        if window.ended {
            return Shape::Empty;
        }
        window.drop_done();
    }
    window.resize(options.block_bytes);
    if let Some(what) = sniff::not_a_log(window.rest()) {
        return Shape::NotALog(what);
    }
    let header = match window.rest().first() {
        Some(b'{' | b'[' | b',') => None,
        _ => csv::header(window.rest(), window.ended),
    };
    if let Some(header) = header {
        csv::Table::new(window, out, options, header).run();
        return Shape::Csv;
    }
    if !sniff::has_json_line(window.rest()) {
        return Shape::NotALog("text without records");
    }
    json::Machine::new(window, out, options, 0)
        .run()
        .unwrap_or(Shape::Damaged)
}
