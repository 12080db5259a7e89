//! Finds where a JSON value ends, by strings and brackets only.
//!
//! Whether the value is valid JSON is left to the stage that reads it, so that a stray comma
//! costs one record and not the file. What is checked is what tells that a record was cut off:
//! a bracket that closes another kind, a line break inside a string, an object that opens where
//! none can stand.

use super::super::NESTING_LIMIT;
use super::keys::{Key, Shelf};

/// What a scan found.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Scan {
    /// The value ends before `end`.
    Complete {
        end: usize,
        inner: Option<(usize, usize)>,
    },
    /// The value is closed but nested beyond the limit.
    Deep { end: usize },
    /// The object has this key, whose value starts at `value_at`; the scan stopped there.
    Found { key: Key, value_at: usize },
    /// The text stops before the value does.
    Incomplete,
    /// This cannot be JSON.
    Broken { at: usize, expected: &'static str },
}

/// Where a string ends.
pub(super) enum StringEnd {
    /// Position of the closing quote.
    At(usize),
    Incomplete,
    /// Position of a line break inside the string.
    LineBreak(usize),
}

/// Strings shorter than this are cheaper to walk than to search.
const SHORT_STRING: usize = 16;

/// Finds the end of a string whose content starts at `from`.
#[inline]
pub(super) fn string_end(text: &[u8], from: usize) -> StringEnd {
    let mut at = from;
    let near = text.len().min(from.saturating_add(SHORT_STRING));
    while at < near {
        match text[at] {
            b'"' => return StringEnd::At(at),
            b'\\' | b'\n' => break,
            _ => at += 1,
        }
    }
    loop {
        let Some(rest) = text.get(at..) else {
            return StringEnd::Incomplete;
        };
        let Some(found) = memchr::memchr3(b'"', b'\\', b'\n', rest) else {
            return StringEnd::Incomplete;
        };
        at += found;
        match text[at] {
            b'"' => return StringEnd::At(at),
            b'\n' => return StringEnd::LineBreak(at),
            _ if text.get(at + 1) == Some(&b'\n') => return StringEnd::LineBreak(at + 1),
            _ => at += 2,
        }
    }
}

/// The open brackets, innermost last, one bit each.
struct Brackets {
    arrays: [u64; NESTING_LIMIT / 64],
    depth: usize,
    deepest: usize,
    in_array: bool,
}

impl Brackets {
    fn open(&mut self, array: bool) {
        if self.depth < NESTING_LIMIT {
            let (word, bit) = (self.depth / 64, 1 << (self.depth % 64));
            if array {
                self.arrays[word] |= bit;
            } else {
                self.arrays[word] &= !bit;
            }
        }
        self.depth += 1;
        self.deepest = self.deepest.max(self.depth);
        self.in_array = array;
    }

    /// Beyond the limit kinds are not kept, and everything fits.
    fn known(&self) -> bool {
        self.depth <= NESTING_LIMIT
    }

    fn close(&mut self) {
        self.depth -= 1;
        if let Some(top) = self.depth.checked_sub(1).filter(|top| *top < NESTING_LIMIT) {
            self.in_array = self.arrays[top / 64] & (1 << (top % 64)) != 0;
        }
    }
}

/// Finds the end of the object or array that opens at `start`, looking on the way for the keys
/// that `shelf` tells to look for.
pub(super) fn scan(text: &[u8], start: usize, shelf: &mut Shelf) -> Scan {
    let mut open = Brackets {
        arrays: [0; NESTING_LIMIT / 64],
        depth: 0,
        deepest: 0,
        in_array: false,
    };
    // The last significant byte; a stand-in `s` for a string and `x` for anything else.
    let mut before = b':';
    open.open(text.get(start) == Some(&b'['));
    if let Some(first) = text.get(start) {
        before = *first;
    }
    let mut at = start + 1;
    while let Some(&byte) = text.get(at) {
        match byte {
            b'"' => {
                let end = match string_end(text, at + 1) {
                    StringEnd::At(end) => end,
                    StringEnd::Incomplete => return Scan::Incomplete,
                    StringEnd::LineBreak(at) => {
                        return Scan::Broken {
                            at,
                            expected: "the end of a string",
                        };
                    }
                };
                if open.depth <= 2 && !open.in_array && shelf.looks() {
                    if matches!(before, b'{' | b',') {
                        match shelf.key(text, open.depth, (at + 1, end)) {
                            None => {}
                            Some(Scan::Incomplete) => return Scan::Incomplete,
                            Some(found) => return found,
                        }
                    } else if before == b':' {
                        shelf.string_value(open.depth, (at + 1, end));
                    }
                }
                before = b's';
                at = end + 1;
            }
            b',' | b':' => {
                before = byte;
                at += 1;
            }
            b' ' | b'\t' | b'\r' | b'\n' => at += 1,
            b'{' | b'[' => {
                if open.known() {
                    let fits = if open.in_array {
                        matches!(before, b'[' | b',')
                    } else {
                        before == b':'
                    };
                    if !fits {
                        let expected = match (open.in_array, before) {
                            (false, b'{' | b',') => "a key in quotes",
                            (_, b'x' | b's' | b'}' | b']') => "`,` or a closing bracket",
                            _ => "a value",
                        };
                        return Scan::Broken { at, expected };
                    }
                }
                open.open(byte == b'[');
                before = byte;
                at += 1;
            }
            b'}' | b']' => {
                if open.known() && open.in_array != (byte == b']') {
                    let expected = if open.in_array {
                        "`,` or `]`"
                    } else {
                        "`,` or `}`"
                    };
                    return Scan::Broken { at, expected };
                }
                open.close();
                at += 1;
                if open.depth == 0 {
                    return if open.deepest > NESTING_LIMIT {
                        Scan::Deep { end: at }
                    } else {
                        Scan::Complete {
                            end: at,
                            inner: shelf.inner(),
                        }
                    };
                }
                before = byte;
            }
            _ => {
                before = b'x';
                at += 1;
            }
        }
    }
    Scan::Incomplete
}

/// Finds the end of any value that starts at `start`, without looking for keys.
pub(super) fn scan_value(text: &[u8], start: usize) -> Scan {
    match text.get(start) {
        None => Scan::Incomplete,
        Some(b'{' | b'[') => scan(text, start, &mut Shelf::closed()),
        Some(b'"') => match string_end(text, start + 1) {
            StringEnd::At(end) => Scan::Complete {
                end: end + 1,
                inner: None,
            },
            StringEnd::Incomplete => Scan::Incomplete,
            StringEnd::LineBreak(at) => Scan::Broken {
                at,
                expected: "the end of a string",
            },
        },
        Some(_) => {
            let length = text[start..]
                .iter()
                .take_while(|b| b.is_ascii_alphanumeric() || matches!(b, b'+' | b'-' | b'.'))
                .count();
            match length {
                0 => Scan::Broken {
                    at: start,
                    expected: "a value",
                },
                _ if start + length == text.len() => Scan::Incomplete,
                _ => Scan::Complete {
                    end: start + length,
                    inner: None,
                },
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn plain(text: &str) -> Scan {
        scan(text.as_bytes(), 0, &mut Shelf::closed())
    }

    #[test]
    fn an_object_ends_at_its_bracket() {
        assert_eq!(
            plain(r#"{"a":"}\"{","b":[{},[]]} x"#),
            Scan::Complete {
                end: 24,
                inner: None
            }
        );
        assert_eq!(
            plain(r#"{"a":1,}"#),
            Scan::Complete {
                end: 8,
                inner: None
            }
        );
        assert_eq!(
            plain(r#"{"a":"\\"}"#),
            Scan::Complete {
                end: 10,
                inner: None
            }
        );
    }

    #[test]
    fn cut_off_records_are_noticed() {
        assert_eq!(plain(r#"{"a":"x"#), Scan::Incomplete);
        assert_eq!(plain(r#"{"a":"x\"#), Scan::Incomplete);
        for broken in [
            "{\"a\":\"x\n",
            "{\"a\":\"x\\\n\"}",
            "{\"a\":1,\n{\"b\"",
            "{\"a\":1\n{\"b\"",
            "{\"a\":[1}",
            "{\"a\":1]",
        ] {
            assert!(matches!(plain(broken), Scan::Broken { .. }), "{broken}");
        }
    }

    #[test]
    fn depth_is_counted_without_recursion() {
        let deep = |levels: usize| format!("{}{}", "[".repeat(levels), "]".repeat(levels));
        assert_eq!(
            plain(&deep(256)),
            Scan::Complete {
                end: 512,
                inner: None
            }
        );
        assert_eq!(plain(&deep(257)), Scan::Deep { end: 514 });
        assert_eq!(plain(&deep(100_000)), Scan::Deep { end: 200_000 });
    }
}
