//! The stretch of decoded text that is in memory, and where it is in the whole.

use std::io::{self, Read};

use super::SplitOptions;

/// A place in the decoded text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Place {
    /// 1-based.
    pub line: u64,
    /// In bytes, 1-based.
    pub column: u64,
    pub offset_bytes: u64,
    /// Blanks at the start of the line.
    pub indent: usize,
}

/// Line bookkeeping up to a position of the window.
#[derive(Debug, Clone, Copy)]
struct Cursor {
    at: usize,
    line: u64,
    line_start: u64,
    indent: usize,
    indent_done: bool,
}

impl Cursor {
    /// The bookkeeping moved forward to `to`; `base` is the offset of `text[0]`.
    fn moved(mut self, text: &[u8], base: u64, to: usize) -> Self {
        let Some(passed) = text.get(self.at..to) else {
            return self;
        };
        let mut rest = passed;
        if let Some(last) = memchr::memrchr(b'\n', passed) {
            self.line += memchr::memchr_iter(b'\n', passed).count() as u64;
            self.line_start = base + (self.at + last + 1) as u64;
            self.indent = 0;
            self.indent_done = false;
            rest = &passed[last + 1..];
        }
        if !self.indent_done {
            let blanks = rest
                .iter()
                .take_while(|b| matches!(b, b' ' | b'\t'))
                .count();
            self.indent += blanks;
            self.indent_done = blanks < rest.len();
        }
        self.at = to;
        self
    }
}

/// Decoded text in memory: everything from `pos` on is still to be looked at.
///
/// The window is filled to a size that depends on the options and the text only, never on how
/// the reader cuts its answers, so that the same text always gives the same blocks.
pub(super) struct Window<'r> {
    reader: &'r mut dyn Read,
    pub text: Vec<u8>,
    /// Everything before this has been dealt with.
    pub pos: usize,
    /// The reader has no more (or failed, see `failure`).
    pub ended: bool,
    /// The error that ended the reading early.
    pub failure: Option<io::Error>,
    base: u64,
    cursor: Cursor,
    block_bytes: usize,
    record_bytes: usize,
}

impl<'r> Window<'r> {
    pub(super) fn new(reader: &'r mut dyn Read, options: &SplitOptions) -> Self {
        Self {
            reader,
            text: Vec::new(),
            pos: 0,
            ended: false,
            failure: None,
            base: 0,
            cursor: Cursor {
                at: 0,
                line: 1,
                line_start: 0,
                indent: 0,
                indent_done: false,
            },
            block_bytes: options.block_bytes,
            record_bytes: options.record_bytes,
        }
    }

    /// Fills to this size from now on.
    pub(super) fn resize(&mut self, block_bytes: usize) {
        self.block_bytes = block_bytes;
    }

    /// Text that is still to be looked at.
    pub(super) fn rest(&self) -> &[u8] {
        self.text.get(self.pos..).unwrap_or_default()
    }

    /// Takes the text that is dealt with and keeps the rest.
    pub(super) fn take(&mut self) -> Vec<u8> {
        self.mark(self.pos);
        let tail = self.rest();
        let mut kept = Vec::with_capacity(self.target(tail.len()));
        kept.extend_from_slice(tail);
        self.base += self.pos as u64;
        self.cursor.at = 0;
        let mut taken = std::mem::replace(&mut self.text, kept);
        taken.truncate(self.pos);
        self.pos = 0;
        taken
    }

    /// Drops the text that is dealt with.
    pub(super) fn drop_done(&mut self) {
        self.mark(self.pos);
        self.text.drain(..self.pos);
        self.base += self.pos as u64;
        self.cursor.at = 0;
        self.pos = 0;
    }

    /// Reads on, at least one byte unless the reader is at its end. A tail that waits for the
    /// end of its record at least doubles, so looking at it again and again stays linear.
    pub(super) fn fill(&mut self) {
        let filled = self.text.len();
        let target = self.target(filled);
        self.text.resize(target, 0);
        let mut at = filled;
        while at < target && !self.ended {
            match self.reader.read(&mut self.text[at..]) {
                Ok(0) => self.ended = true,
                Ok(count) => at = (at + count).min(target),
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) => {
                    self.failure = Some(error);
                    self.ended = true;
                }
            }
        }
        self.text.truncate(at);
    }

    fn target(&self, tail: usize) -> usize {
        let doubled = tail
            .saturating_mul(2)
            .min(self.record_bytes + self.block_bytes);
        self.block_bytes.max(doubled).max(tail + 1)
    }

    /// Where `at` is in the whole text; `at` is not before the last mark.
    pub(super) fn place(&self, at: usize) -> Place {
        let cursor = self.cursor.moved(&self.text, self.base, at);
        let offset_bytes = self.base + at as u64;
        Place {
            line: cursor.line,
            column: offset_bytes.saturating_sub(cursor.line_start) + 1,
            offset_bytes,
            indent: cursor.indent,
        }
    }

    /// Moves the line bookkeeping forward to `at` and says where that is.
    pub(super) fn mark(&mut self, at: usize) -> Place {
        self.cursor = self.cursor.moved(&self.text, self.base, at);
        self.place(at)
    }

    /// Like [`Self::mark`] for the position after the line that starts at the last mark,
    /// without looking at the bytes again.
    pub(super) fn mark_next_line(&mut self, next: usize) {
        self.cursor.at = next;
        self.cursor.line += 1;
        self.cursor.line_start = self.base + next as u64;
        self.cursor.indent = 0;
        self.cursor.indent_done = false;
    }

    /// Line at the last mark, and offset of `at`.
    pub(super) fn quick_place(&self, at: usize) -> (u64, u64) {
        (self.cursor.line, self.base + at as u64)
    }

    /// Moves `pos` past blanks, line breaks and byte order marks.
    pub(super) fn skip_blanks(&mut self) {
        loop {
            match self.text.get(self.pos) {
                Some(b' ' | b'\t' | b'\r' | b'\n') => self.pos += 1,
                Some(0xEF) if self.rest().starts_with(b"\xEF\xBB\xBF") => self.pos += 3,
                _ => return,
            }
        }
    }

    /// Offset of the end of what has been read.
    pub(super) fn read_bytes(&self) -> u64 {
        self.base + self.text.len() as u64
    }
}
