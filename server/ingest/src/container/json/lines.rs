//! The short way through files with one record per line.

use super::super::block::Piece;
use super::super::{FaultReason, Shape};
use super::keys::may_carry;
use super::{Machine, Step};

/// From so many bytes on, the first key of a line can be judged.
const FIRST_KEY_BYTES: usize = 64;

impl Machine<'_, '_, '_> {
    /// Takes lines that start with `{` and end with `}` as records without looking inside, up to
    /// the first line that is anything else. `None` when that is the very next line.
    pub(super) fn lines(&mut self) -> Option<Step> {
        let mut at = self.window.pos;
        self.window.mark(at);
        let mut found = false;
        loop {
            let text = &self.window.text;
            let Some(rest) = text.get(at..).filter(|rest| rest.first() == Some(&b'{')) else {
                break;
            };
            let line_end = memchr::memchr(b'\n', rest);
            let length = line_end.unwrap_or(rest.len());
            let line = trim_end(&rest[..length]);
            if line_end.is_none() && !self.window.ended {
                // Wait for the line's end before judging it, unless it may be a list of any length.
                let judged = length > self.options.record_bytes
                    || (length > FIRST_KEY_BYTES && may_carry(line));
                if found || judged {
                    break;
                }
                return Some(Step::More);
            }
            if line.last() != Some(&b'}') || may_carry(line) {
                break;
            }
            found = true;
            if line.len() > self.options.record_bytes {
                let limit_bytes = self.options.record_bytes;
                let end = at + line.len();
                self.fault_exactly(at, end, FaultReason::TooLong { limit_bytes });
                self.window.mark(end);
            } else {
                let (line_number, offset_bytes) = self.window.quick_place(at);
                self.out.piece(Piece {
                    start: at,
                    end: at + line.len(),
                    line: line_number,
                    offset_bytes,
                });
                if line_end.is_some() {
                    self.window.mark_next_line(at + length + 1);
                }
            }
            at += length + usize::from(line_end.is_some());
            if self.out.is_full() {
                break;
            }
        }
        self.window.pos = at;
        if found && self.shape == Some(Shape::Object) {
            self.shape = Some(Shape::Ndjson);
        }
        found.then_some(Step::Again)
    }
}

/// The line without blanks, carriage returns and separating commas at its end.
fn trim_end(line: &[u8]) -> &[u8] {
    let mut line = line;
    while let Some((b' ' | b'\t' | b'\r' | b',', before)) = line.split_last() {
        line = before;
    }
    line
}
