//! One object: a record, or something that carries records.

use std::ops::ControlFlow;

use super::super::block::{Block, Event, Piece};
use super::super::output::Output;
use super::super::window::Window;
use super::super::{FaultReason, Shape, SplitOptions};
use super::keys::{Key, Shelf};
use super::scan::{Scan, scan};
use super::unescape::unescape;
use super::{CARRIER_LIMIT, Frame, Machine, Mode, Open, Step};

/// Records as text inside records as text are followed this deep.
const TEXT_LEVELS: usize = 2;

impl Machine<'_, '_, '_> {
    /// The object that opens at `at`.
    pub(super) fn object(&mut self, at: usize) -> Step {
        if self.mode == Mode::Lines
            && self.frames.is_empty()
            && let Some(step) = self.lines()
        {
            return step;
        }
        let depth = self
            .frames
            .iter()
            .filter(|open| matches!(open.frame, Frame::Carrier { .. }))
            .count();
        let mut wanted = if depth < CARRIER_LIMIT {
            Shelf::carriers()
        } else {
            Shelf::closed()
        };
        match scan(&self.window.text, at, &mut wanted) {
            Scan::Complete { end, .. } if end - at > self.options.record_bytes => {
                self.fault_exactly(
                    at,
                    end,
                    FaultReason::TooLong {
                        limit_bytes: self.options.record_bytes,
                    },
                );
            }
            Scan::Complete { end, inner } => {
                let Some(whole_line) = self.fills_its_line(at, end) else {
                    return Step::More;
                };
                let unwrapped = inner.is_some_and(|inner| self.unwrap_text(at, inner));
                if !unwrapped {
                    let place = self.window.mark(at);
                    self.out.piece(Piece {
                        start: at,
                        end,
                        line: place.line,
                        offset_bytes: place.offset_bytes,
                    });
                }
                self.settle(whole_line, unwrapped);
                self.window.pos = end;
            }
            Scan::Deep { end } => self.fault_exactly(at, end, FaultReason::TooDeep),
            Scan::Found { key, value_at } => {
                let indent = self.window.mark(at).indent;
                self.frames.push(Open {
                    frame: Frame::Carrier { awaited: Some(key) },
                    indent,
                });
                self.mode = if self.mode == Mode::Undecided {
                    Mode::Structure
                } else {
                    self.mode
                };
                if matches!(
                    self.shape,
                    None | Some(Shape::Array | Shape::Object | Shape::Ndjson)
                ) {
                    self.shape = Some(match key {
                        Key::Records => Shape::RecordsObject,
                        Key::Value => Shape::GraphPage,
                        Key::Tables | Key::Columns | Key::Rows => Shape::QueryTables,
                        Key::Events => Shape::Events,
                    });
                }
                self.window.pos = value_at;
            }
            Scan::Incomplete => return self.incomplete(at),
            Scan::Broken {
                at: place,
                expected,
            } => return self.broken(at, place, expected),
        }
        Step::Again
    }

    /// While undecided: whether the object is alone on one line. `None` when the text has to go
    /// on before that can be said.
    fn fills_its_line(&self, at: usize, end: usize) -> Option<bool> {
        if self.mode != Mode::Undecided {
            return Some(false);
        }
        let text = &self.window.text;
        if self.window.place(at).column > self.window.place(at).indent as u64 + 1
            && !self.starts_with_mark(at)
        {
            return Some(false);
        }
        if memchr::memchr(b'\n', &text[at..end]).is_some() {
            return Some(false);
        }
        match text[end..]
            .iter()
            .find(|b| !matches!(b, b' ' | b'\t' | b'\r' | b','))
        {
            Some(b'\n') => Some(true),
            Some(_) => Some(false),
            None if self.window.ended => Some(true),
            None if text.len() - end > self.options.record_bytes => Some(false),
            None => None,
        }
    }

    /// Whether what stands before `at` on its line is a byte order mark.
    fn starts_with_mark(&self, at: usize) -> bool {
        self.window.text[..at].ends_with(b"\xEF\xBB\xBF") && self.window.place(at).column == 4
    }

    /// Decides by the first record what the file is.
    fn settle(&mut self, whole_line: bool, unwrapped: bool) {
        if self.mode == Mode::Undecided {
            self.mode = if whole_line && !unwrapped {
                Mode::Lines
            } else {
                Mode::Structure
            };
        }
        if unwrapped {
            if !matches!(self.shape, Some(Shape::WrappedEvents)) {
                self.shape = Some(Shape::WrappedEvents);
            }
        } else if self.shape.is_none() {
            self.shape = Some(Shape::Object);
        } else if self.shape == Some(Shape::Object) {
            self.shape = Some(Shape::Ndjson);
        }
    }

    /// Puts the record that is text in a string in the string's place. `false` when the string
    /// holds no record; then nothing was changed.
    fn unwrap_text(&mut self, at: usize, (start, end): (usize, usize)) -> bool {
        let content = &self.window.text[start..end];
        if !content.trim_ascii().starts_with(b"{") || self.level >= TEXT_LEVELS {
            return false;
        }
        let mut inner = Vec::with_capacity(content.len());
        if !unescape(content, &mut inner) {
            return false;
        }
        let Some(found) = split_text(&mut inner, self.options, self.level + 1) else {
            return false;
        };
        let place = self.window.mark(at);
        self.window.text[start..start + inner.len()].copy_from_slice(&inner);
        for (piece_start, piece_end) in found {
            self.out.piece(Piece {
                start: start + piece_start,
                end: start + piece_end,
                line: place.line,
                offset_bytes: place.offset_bytes,
            });
        }
        true
    }
}

/// Splits a text that was a string. The pieces' ranges; `None` when there is anything else in it.
/// The text may change where a piece of it was a string again.
fn split_text(
    text: &mut [u8],
    options: &SplitOptions,
    level: usize,
) -> Option<Vec<(usize, usize)>> {
    let start = text.len() - text.trim_ascii_start().len();
    let trimmed = text.trim_ascii_end().len();
    if let Scan::Complete { end, inner: None } = scan(text, start, &mut Shelf::carriers())
        && end == trimmed
    {
        return Some(vec![(start, end)]);
    }
    let whole = SplitOptions {
        block_bytes: text.len() + 1,
        ..*options
    };
    let mut pieces = Vec::new();
    let mut changed = None;
    let mut clean = true;
    {
        let mut sink = |event| match event {
            Event::Block(Block::Json {
                text,
                pieces: found,
            }) if changed.is_none() => {
                pieces.extend(found.iter().map(|piece| (piece.start, piece.end)));
                changed = Some(text);
                ControlFlow::Continue(())
            }
            _ => {
                clean = false;
                ControlFlow::Break(())
            }
        };
        let mut reader = &*text;
        let mut window = Window::new(&mut reader, &whole);
        window.fill();
        let mut out = Output::new(&mut sink);
        Machine::new(&mut window, &mut out, &whole, level).run();
    }
    if let Some(changed) = changed {
        text[..changed.len()].copy_from_slice(&changed);
    }
    clean.then_some(pieces)
}
