//! After something that is no record: how much of the text goes with it, and where to go on.

use super::super::output::{extend_fault, new_fault, trim_fault};
use super::super::{Fault, FaultReason};
use super::scan::{Scan, scan_value};
use super::{Frame, Machine, Mode, Open, Step};

/// Blanks at the start of a line beyond this are not looked behind.
const INDENT_LIMIT: usize = 4096;

/// So many bytes may be looked at twice because of faults, whatever the length of the text.
const SEEN_TWICE_BYTES: u64 = 64 << 20;
/// And so many more for each byte of the text.
const SEEN_TWICE_SHARE: u64 = 4;

/// A fault that is still growing.
pub(super) struct Skip {
    fault: Fault,
    /// `None`: the fault ends with its line. Otherwise it ends before a line that opens a value
    /// at no more than this indentation.
    indent: Option<usize>,
    /// The line at the current position may end the fault.
    at_line_start: bool,
    /// The fault has at least so many bytes.
    not_before: u64,
}

/// What the start of a line says.
enum Opening {
    Yes {
        indent: usize,
    },
    No,
    /// The line's start is not in the window yet.
    Unknown,
}

/// Values that stand where records should.
enum Run {
    /// There is no whole value.
    None,
    /// The first one goes on beyond the window.
    Cut,
    /// They end before `end`; the first is `found`.
    Found { end: usize, found: &'static str },
}

impl Machine<'_, '_, '_> {
    /// Starts a fault at `at` that goes on to the place where records can start again; the text
    /// up to `seen` was looked at to find it.
    ///
    /// The lines between are looked at again, each of which may turn out to be broken only at
    /// `seen`. Hostile text could make that quadratic, so what is looked at twice is limited to
    /// a share of the whole; beyond it the fault includes everything up to `seen`.
    pub(super) fn fault(&mut self, at: usize, seen: usize, reason: FaultReason) -> Step {
        let place = self.window.mark(at);
        self.seen_twice_bytes += (seen - at) as u64;
        let allowed = SEEN_TWICE_BYTES + place.offset_bytes.saturating_mul(SEEN_TWICE_SHARE);
        let not_before = if self.seen_twice_bytes > allowed {
            (seen - at) as u64
        } else {
            0
        };
        self.end_reported = reason == FaultReason::EndsInsideRecord;
        let indent = (self.mode != Mode::Lines || !self.frames.is_empty()).then_some(place.indent);
        self.skip = Some(Skip {
            fault: new_fault(place, reason),
            indent,
            at_line_start: false,
            not_before,
        });
        self.window.pos = at;
        Step::Again
    }

    /// Reports the text from `at` to `end` as a fault.
    pub(super) fn fault_exactly(&mut self, at: usize, end: usize, reason: FaultReason) {
        let mut fault = new_fault(self.window.mark(at), reason);
        extend_fault(
            &mut fault,
            &self.window.text[at..end],
            self.options.fault_bytes,
        );
        trim_fault(&mut fault);
        self.end_reported = false;
        self.out.fault(fault);
        self.window.pos = end;
    }

    /// The value at `at` cannot be JSON because of what is at `place`.
    pub(super) fn broken(&mut self, at: usize, place: usize, expected: &'static str) -> Step {
        let reason = self.syntax(place, expected);
        self.fault(at, place, reason)
    }

    /// The value at `at` does not end within the window.
    pub(super) fn incomplete(&mut self, at: usize) -> Step {
        let limit_bytes = self.options.record_bytes;
        let seen = self.window.text.len();
        if seen - at > limit_bytes {
            self.fault(at, seen, FaultReason::TooLong { limit_bytes })
        } else if self.window.ended {
            self.fault(at, seen, FaultReason::EndsInsideRecord)
        } else {
            self.window.pos = at;
            Step::More
        }
    }

    /// Grows the fault by one line, or ends it.
    pub(super) fn skip_on(&mut self) -> Step {
        let Some(mut skip) = self.skip.take() else {
            return Step::Again;
        };
        if skip.at_line_start
            && skip.fault.length_bytes >= skip.not_before
            && let Some(limit) = skip.indent
        {
            match opening(self.window.rest(), limit) {
                Opening::Yes { indent } => {
                    self.leave_frames(indent);
                    return self.end_skip(skip);
                }
                Opening::Unknown if !self.window.ended => {
                    self.skip = Some(skip);
                    return Step::More;
                }
                Opening::No | Opening::Unknown => {}
            }
        }
        let rest = self.window.rest();
        let line_end = memchr::memchr(b'\n', rest);
        let length = line_end.map_or(rest.len(), |end| end + 1);
        extend_fault(&mut skip.fault, &rest[..length], self.options.fault_bytes);
        self.window.pos += length;
        skip.at_line_start = line_end.is_some();
        let done = if line_end.is_some() {
            skip.indent.is_none() && skip.fault.length_bytes >= skip.not_before
        } else {
            self.window.ended
        };
        if done {
            self.end_reported |= line_end.is_none();
            return self.end_skip(skip);
        }
        self.skip = Some(skip);
        if line_end.is_some() {
            Step::Again
        } else {
            Step::More
        }
    }

    fn end_skip(&mut self, mut skip: Skip) -> Step {
        trim_fault(&mut skip.fault);
        self.out.fault(skip.fault);
        Step::Again
    }

    /// Records start again on a line with this indentation: objects that carry records and were
    /// opened no further left are taken for cut off.
    fn leave_frames(&mut self, indent: usize) {
        let next_row = matches!(
            self.frames.last(),
            Some(Open {
                frame: Frame::Rows(_),
                ..
            })
        ) && !self.window.rest().trim_ascii_start().starts_with(b"{");
        if next_row {
            return;
        }
        let cut_off =
            |open: &Open| matches!(open.frame, Frame::Carrier { .. }) && open.indent >= indent;
        if let Some(first) = self.frames.iter().position(cut_off) {
            self.strays_allowed += self.frames.len() - first;
            while self.frames.len() > first {
                self.close_top();
            }
        }
    }

    /// Something that is no object where a record should be.
    pub(super) fn stray_value(&mut self, at: usize) -> Step {
        if self.window.rest().len() < b"false".len() && !self.window.ended {
            return Step::More;
        }
        let lines = self.mode == Mode::Lines && self.frames.is_empty();
        match if lines {
            Run::None
        } else {
            self.run_of_values(at)
        } {
            Run::Cut => return self.incomplete(at),
            Run::Found { end, found } => {
                let rows = matches!(
                    self.frames.last(),
                    Some(Open {
                        frame: Frame::Rows(_),
                        ..
                    })
                );
                let reason = if rows {
                    self.syntax(at, "a row in brackets")
                } else {
                    FaultReason::NotAnObject { found }
                };
                self.fault_exactly(at, end, reason);
                return Step::Again;
            }
            Run::None => {}
        }
        if self.window.text[at] < b' ' {
            return self.fault(at, at, FaultReason::NotText);
        }
        let expected = match self.frames.last() {
            Some(Open {
                frame: Frame::Carrier { awaited: None } | Frame::Table(_),
                ..
            }) => "a key in quotes",
            Some(Open {
                frame: Frame::Rows(_),
                ..
            }) => "a row in brackets",
            _ => "an object",
        };
        self.broken(at, at, expected)
    }
    /// Values that are no objects, from `at` on. A run of them is one fault: a list of a million
    /// numbers is one mistake.
    fn run_of_values(&self, at: usize) -> Run {
        let text = &self.window.text;
        let mut end = at;
        let mut next = at;
        let mut found = "";
        loop {
            let kind = match text.get(next) {
                Some(b'"') => "a string",
                Some(b'0'..=b'9' | b'-') => "a number",
                Some(b't' | b'f') if is_word(text, next, &[b"true", b"false"]) => "true or false",
                Some(b'n') if is_word(text, next, &[b"null"]) => "null",
                Some(b'[' | b'{') if next == at => "a list or an object",
                _ => break,
            };
            let value_end = match scan_value(text, next) {
                Scan::Complete { end, .. } | Scan::Deep { end } => end,
                Scan::Incomplete
                    if found.is_empty() && (!self.window.ended || kind != "a number") =>
                {
                    return Run::Cut;
                }
                _ => break,
            };
            match text.get(value_end) {
                Some(b',' | b']' | b'}' | b' ' | b'\t' | b'\r' | b'\n') => {}
                None if self.window.ended => {}
                None if found.is_empty() => return Run::Cut,
                _ => break,
            }
            found = if found.is_empty() { kind } else { found };
            end = value_end;
            let separator = |b: &&u8| matches!(b, b',' | b' ' | b'\t' | b'\r' | b'\n');
            next = end + text[end..].iter().take_while(separator).count();
            if !matches!(
                text.get(next),
                Some(b'"' | b'0'..=b'9' | b'-' | b't' | b'f' | b'n')
            ) {
                break;
            }
        }
        if found.is_empty() {
            Run::None
        } else {
            Run::Found { end, found }
        }
    }
}

/// Whether one of the words stands at `at`.
fn is_word(text: &[u8], at: usize, words: &[&[u8]]) -> bool {
    words.iter().any(|word| text[at..].starts_with(word))
}

/// Whether a record or list opens at the start of this line, at no more than this indentation:
/// `{`, `[`, and these after `,` or `},`.
fn opening(line: &[u8], limit: usize) -> Opening {
    let blanks = |from: usize| {
        line[from..]
            .iter()
            .take(INDENT_LIMIT)
            .take_while(|b| matches!(b, b' ' | b'\t'))
            .count()
    };
    let indent = blanks(0);
    if indent > limit || indent >= INDENT_LIMIT {
        return Opening::No;
    }
    let mut at = indent;
    for separator in [b'}', b','] {
        match line.get(at) {
            None => return Opening::Unknown,
            Some(byte) if *byte == separator => at += 1 + blanks(at + 1),
            Some(_) if separator == b',' && at > indent => return Opening::No,
            Some(_) => {}
        }
    }
    match line.get(at) {
        None => Opening::Unknown,
        Some(b'{' | b'[') => Opening::Yes { indent },
        Some(_) => Opening::No,
    }
}
