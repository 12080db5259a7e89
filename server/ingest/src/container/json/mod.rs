//! JSON in every container it comes in: values one after another, arrays, objects that carry
//! records under a known key, and any of these inside one another.
//!
//! [`Machine`] keeps a stack of what is open around the records (never the records' own
//! brackets), walks from one record to the next, and leaves the inside of a record to
//! [`scan`]. A list of records of any length therefore needs memory for one record only.

mod keys;
mod lines;
mod records;
mod recover;
mod scan;
mod tables;
mod unescape;

use std::sync::Arc;

use super::output::Output;
use super::window::{Place, Window};
use super::{FaultReason, NESTING_LIMIT, Shape, SplitOptions};
use keys::{AfterKey, Key, carrier, value_after_key};
use recover::Skip;
use scan::{Scan, StringEnd, scan_value, string_end};
use tables::Table;

/// Objects that carry records are followed into one another this deep; below, they are records.
const CARRIER_LIMIT: usize = 4;

/// What is open around the records.
enum Frame {
    /// An array of records.
    List,
    /// An object that carries records; `awaited` is the key whose value comes next.
    Carrier { awaited: Option<Key> },
    /// The array under `tables`.
    Tables,
    /// One table.
    Table(Box<Table>),
    /// The array under `rows` of the table below in the stack.
    Rows(Arc<[String]>),
}

/// A frame, and the indentation of the line on which it was opened.
struct Open {
    frame: Frame,
    indent: usize,
}

/// Whether every line is taken for a record.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Mode {
    /// Not known yet.
    Undecided,
    /// The first value was a record that filled its line.
    Lines,
    /// Anything else.
    Structure,
}

/// What to do next.
enum Step {
    Again,
    /// More text is needed to go on.
    More,
    End,
}

/// Splits JSON text into record candidates.
pub(super) struct Machine<'a, 'r, 's> {
    window: &'a mut Window<'r>,
    out: &'a mut Output<'s>,
    options: &'a SplitOptions,
    frames: Vec<Open>,
    mode: Mode,
    shape: Option<Shape>,
    skip: Option<Skip>,
    /// Closing brackets of frames that were given up after a fault.
    strays_allowed: usize,
    /// The last thing reported was that the text ends too early.
    end_reported: bool,
    /// Text that was looked at in vain because of faults.
    seen_twice_bytes: u64,
    /// How many strings this text was inside of.
    level: usize,
}

impl<'a, 'r, 's> Machine<'a, 'r, 's> {
    pub(super) fn new(
        window: &'a mut Window<'r>,
        out: &'a mut Output<'s>,
        options: &'a SplitOptions,
        level: usize,
    ) -> Self {
        Self {
            window,
            out,
            options,
            frames: Vec::new(),
            mode: Mode::Undecided,
            shape: None,
            skip: None,
            strays_allowed: 0,
            end_reported: false,
            seen_twice_bytes: 0,
            level,
        }
    }

    /// Goes through the whole text. Returns the shape that was recognised, `None` when there was
    /// no JSON value in it.
    pub(super) fn run(mut self) -> Option<Shape> {
        loop {
            if self.out.stopped {
                return self.shape;
            }
            match self.advance() {
                Step::Again if self.out.is_full() => self.out.flush(self.window),
                Step::Again => {}
                Step::More => {
                    self.out.flush(self.window);
                    self.window.fill();
                }
                Step::End => {
                    self.out.flush(self.window);
                    return self.shape;
                }
            }
        }
    }

    fn advance(&mut self) -> Step {
        if self.skip.is_some() {
            return self.skip_on();
        }
        self.window.skip_blanks();
        let at = self.window.pos;
        let Some(&byte) = self.window.text.get(at) else {
            return if self.window.ended {
                self.finish()
            } else {
                Step::More
            };
        };
        if byte == 0xEF && !self.window.ended && self.window.rest().len() < 3 {
            return Step::More;
        }
        if byte == b',' {
            self.window.pos += 1;
            return Step::Again;
        }
        match (self.frames.last_mut().map(|open| &mut open.frame), byte) {
            (_, b']' | b'}') => self.close(at, byte),
            (Some(Frame::Carrier { .. } | Frame::Table(_)), b'"') => self.member(at),
            (Some(Frame::Carrier { awaited }), b'{' | b'[') => match *awaited {
                None => self.unclosed(at),
                Some(key) => self.awaited(at, key, byte == b'['),
            },
            (Some(Frame::Table(_)), b'{' | b'[') => self.unclosed(at),
            (None | Some(Frame::List), b'{') => self.object(at),
            (None | Some(Frame::List), b'[') => self.open(at, Frame::List),
            (Some(Frame::Tables), b'{') => self.table(at),
            (Some(Frame::Rows(_)), b'[') => self.row(at),
            _ => self.stray_value(at),
        }
    }

    /// The value of the key by which an object carries records.
    fn awaited(&mut self, at: usize, key: Key, list: bool) -> Step {
        let carrier = self.frames.len() - 1;
        let step = match (key, list) {
            (Key::Tables, true) => self.open(at, Frame::Tables),
            (Key::Tables, false) => self.table(at),
            (_, true) => self.open(at, Frame::List),
            (_, false) => self.object(at),
        };
        if !matches!(step, Step::More)
            && let Some(Open {
                frame: Frame::Carrier { awaited },
                ..
            }) = self.frames.get_mut(carrier)
        {
            *awaited = None;
        }
        step
    }

    /// Opens a frame whose bracket is at `at`.
    fn open(&mut self, at: usize, frame: Frame) -> Step {
        if self.frames.len() >= NESTING_LIMIT {
            return self.fault(at, at, FaultReason::TooDeep);
        }
        if self.mode == Mode::Undecided {
            self.mode = Mode::Structure;
        }
        if self.shape.is_none() {
            self.shape = Some(Shape::Array);
        }
        let indent = self.window.mark(at).indent;
        self.frames.push(Open { frame, indent });
        self.window.pos = at + 1;
        Step::Again
    }

    /// A closing bracket where a record could start.
    fn close(&mut self, at: usize, byte: u8) -> Step {
        let fits = |open: &Open| {
            let array = matches!(open.frame, Frame::List | Frame::Tables | Frame::Rows(_));
            array == (byte == b']')
        };
        match self.frames.iter().rposition(fits) {
            Some(top) if top + 1 == self.frames.len() => {
                self.close_top();
                self.window.pos = at + 1;
            }
            Some(found) => {
                self.syntax_without_bytes(at, "the bracket that closes the inner list");
                while self.frames.len() > found {
                    self.close_top();
                }
                self.window.pos = at + 1;
            }
            None if self.strays_allowed > 0 => {
                self.strays_allowed -= 1;
                self.window.pos = at + 1;
            }
            None => {
                let run = |b: &&u8| matches!(b, b']' | b'}' | b',' | b' ' | b'\t' | b'\r' | b'\n');
                let length = self.window.rest().iter().take_while(run).count();
                let reason = self.syntax(at, "a record or the end of the file");
                self.fault_exactly(at, at + length, reason);
            }
        }
        Step::Again
    }

    /// Takes the innermost frame off the stack.
    fn close_top(&mut self) {
        if let Some(Open {
            frame: Frame::Table(table),
            ..
        }) = self.frames.pop()
        {
            self.table_without_columns(*table);
        }
    }

    /// A value where the carrier should have been closed: it was cut off.
    fn unclosed(&mut self, at: usize) -> Step {
        self.syntax_without_bytes(at, "`,` or `}`");
        self.close_top();
        Step::Again
    }

    /// A key and its value in an object that carries records.
    fn member(&mut self, at: usize) -> Step {
        let text = &self.window.text;
        let key_end = match string_end(text, at + 1) {
            StringEnd::At(end) => end,
            StringEnd::Incomplete => return self.incomplete(at),
            StringEnd::LineBreak(place) => return self.broken(at, place, "the end of a string"),
        };
        let value_at = match value_after_key(text, key_end) {
            AfterKey::Value(value_at) => value_at,
            AfterKey::Incomplete => return self.incomplete(at),
            AfterKey::NoColon(place) => return self.broken(at, place, "`:`"),
        };
        if matches!(
            self.frames.last(),
            Some(Open {
                frame: Frame::Table(_),
                ..
            })
        ) {
            return self.table_member(at, (at + 1, key_end), value_at);
        }
        if let Some(key) = carrier(&text[at + 1..key_end])
            && matches!(text[value_at], b'{' | b'[')
        {
            if let Some(Open {
                frame: Frame::Carrier { awaited },
                ..
            }) = self.frames.last_mut()
            {
                *awaited = Some(key);
            }
            self.window.pos = value_at;
            return Step::Again;
        }
        self.pass_value(at, value_at)
    }

    /// Passes over a value that carries no records.
    fn pass_value(&mut self, at: usize, value_at: usize) -> Step {
        match scan_value(&self.window.text, value_at) {
            Scan::Complete { end, .. } | Scan::Deep { end } => {
                self.window.pos = end;
                Step::Again
            }
            Scan::Incomplete | Scan::Found { .. } => self.incomplete(at),
            Scan::Broken {
                at: place,
                expected,
            } => self.broken(at, place, expected),
        }
    }

    /// The end of the text, between records.
    fn finish(&mut self) -> Step {
        let at = self.window.pos;
        let inside_list = !self.frames.is_empty();
        while !self.frames.is_empty() {
            self.close_top();
        }
        if inside_list && !self.end_reported {
            let place = self.window.mark(at);
            self.out
                .fault_without_bytes(place, FaultReason::EndsInsideList);
        }
        Step::End
    }

    fn syntax(&self, at: usize, expected: &'static str) -> FaultReason {
        let Place { line, column, .. } = self.window.place(at);
        FaultReason::NotJson {
            expected,
            line,
            column,
        }
    }

    fn syntax_without_bytes(&mut self, at: usize, expected: &'static str) {
        let reason = self.syntax(at, expected);
        let place = self.window.mark(at);
        self.out.fault_without_bytes(place, reason);
    }
}
