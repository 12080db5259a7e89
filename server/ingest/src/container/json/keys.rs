//! The keys by which objects that carry records are told from records.

use super::scan::Scan;

/// A key that makes an object a carrier of records.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Key {
    /// Event Hub and storage account: `{"records":[…]}`.
    Records,
    /// Graph page: `{"value":[…]}`, or one object under `value`.
    Value,
    /// Other tools: `{"events":[…]}`.
    Events,
    /// Log Analytics query API: `{"tables":[{"columns":[…],"rows":[…]}]}`.
    Tables,
    /// Inside a table.
    Columns,
    /// Inside a table.
    Rows,
}

/// What to look for in an object.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Looking {
    Nothing,
    Carriers,
    Tables,
}

/// Looks at the keys of one object during its scan and keeps what it found.
#[derive(Debug)]
pub(super) struct Shelf {
    looking: Looking,
    /// A key was seen that only records have: a later `value` or `events` is then a property.
    is_record: bool,
    /// The outer key is `event` or `input`, and this key below it holds the record's text.
    below: Option<&'static [u8]>,
    /// The next string value is the record's text.
    awaited: Option<usize>,
    found: Option<(usize, usize)>,
    found_in_message: Option<(usize, usize)>,
}

impl Shelf {
    fn new(looking: Looking) -> Self {
        Self {
            looking,
            is_record: false,
            below: None,
            awaited: None,
            found: None,
            found_in_message: None,
        }
    }

    /// Looks for nothing.
    pub(super) fn closed() -> Self {
        Self::new(Looking::Nothing)
    }

    /// Looks for the keys that carry records.
    pub(super) fn carriers() -> Self {
        Self::new(Looking::Carriers)
    }

    /// Looks for the keys of a query-API table.
    pub(super) fn table() -> Self {
        Self::new(Looking::Tables)
    }

    /// Whether there is anything to look for.
    #[inline]
    pub(super) fn looks(&self) -> bool {
        self.looking != Looking::Nothing
    }

    /// The string that holds the record as text, if there is one: its content's range.
    pub(super) fn inner(&self) -> Option<(usize, usize)> {
        self.found
            .or(self.found_in_message.filter(|_| !self.is_record))
    }

    /// Looks at a key; an answer ends the scan.
    #[inline]
    pub(super) fn key(
        &mut self,
        text: &[u8],
        depth: usize,
        (start, end): (usize, usize),
    ) -> Option<Scan> {
        self.awaited = None;
        if depth == 2 {
            if self
                .below
                .is_some_and(|name| text[start..end].eq_ignore_ascii_case(name))
            {
                self.awaited = Some(2);
            }
            return None;
        }
        self.below = None;
        let name = &text[start..end];
        // Most keys are ruled out by their length.
        if !matches!(name.len(), 2 | 4..=8 | 10 | 15) {
            return None;
        }
        self.outer_key(text, name, end)
    }

    fn outer_key(&mut self, text: &[u8], name: &[u8], end: usize) -> Option<Scan> {
        let is = |other: &str| name.eq_ignore_ascii_case(other.as_bytes());
        if self.looking == Looking::Tables {
            let key = if is("columns") {
                Key::Columns
            } else {
                Key::Rows
            };
            return if key == Key::Columns || is("rows") {
                container_value(text, end, key, false)
            } else {
                None
            };
        }
        if is("event") {
            self.below = Some(b"original");
        } else if is("input") {
            self.below = Some(b"message");
        } else if is("message") {
            self.awaited = Some(1);
        } else if is("id")
            || is("time")
            || is("category")
            || is("properties")
            || is("createdDateTime")
        {
            self.is_record = true;
        } else if let Some(key) = carrier(name)
            && (!self.is_record || matches!(key, Key::Records | Key::Tables))
        {
            return container_value(text, end, key, true);
        }
        None
    }

    /// Takes note of a string value.
    #[inline]
    pub(super) fn string_value(&mut self, depth: usize, range: (usize, usize)) {
        if self.awaited.take() == Some(depth) {
            if depth == 2 {
                self.found = Some(range);
            } else {
                self.found_in_message = Some(range);
            }
        }
    }
}

/// The carrier that has this key, in any letter case.
pub(super) fn carrier(name: &[u8]) -> Option<Key> {
    [
        (&b"records"[..], Key::Records),
        (b"value", Key::Value),
        (b"events", Key::Events),
        (b"tables", Key::Tables),
    ]
    .into_iter()
    .find_map(|(known, key)| name.eq_ignore_ascii_case(known).then_some(key))
}

/// Ends the scan when an array (or, where that is sensible, an object) follows the key.
fn container_value(text: &[u8], key_end: usize, key: Key, objects: bool) -> Option<Scan> {
    match value_after_key(text, key_end) {
        AfterKey::Incomplete => Some(Scan::Incomplete),
        AfterKey::Value(value_at) => {
            let fits = text[value_at] == b'[' || (objects && text[value_at] == b'{');
            fits.then_some(Scan::Found { key, value_at })
        }
        AfterKey::NoColon(_) => None,
    }
}

/// What follows a key.
pub(super) enum AfterKey {
    Value(usize),
    Incomplete,
    NoColon(usize),
}

/// Finds the value of the key whose closing quote is at `key_end`.
pub(super) fn value_after_key(text: &[u8], key_end: usize) -> AfterKey {
    let next = |from: usize| {
        let rest = text.get(from..)?;
        rest.iter()
            .position(|b| !b.is_ascii_whitespace())
            .map(|blanks| from + blanks)
    };
    match next(key_end + 1) {
        None => AfterKey::Incomplete,
        Some(at) if text[at] == b':' => next(at + 1).map_or(AfterKey::Incomplete, AfterKey::Value),
        Some(at) => AfterKey::NoColon(at),
    }
}

/// Whether a line that starts with `{` may start an object that carries records: its first key
/// is one of the carriers', or one that stands before them.
#[inline]
pub(super) fn may_carry(line: &[u8]) -> bool {
    let Some(after) = line.get(1..) else {
        return false;
    };
    let blanks = after.iter().take_while(|b| b.is_ascii_whitespace()).count();
    let Some((b'"', name)) = after
        .get(blanks..)
        .and_then(|rest| rest.split_first())
        .map(|(q, n)| (*q, n))
    else {
        return false;
    };
    let starts = |known: &[u8]| {
        name.get(..known.len())
            .is_some_and(|start| start.eq_ignore_ascii_case(known))
    };
    match name.first() {
        Some(b'@') => starts(b"@odata"),
        Some(b'r' | b'R') => starts(b"records\""),
        Some(b'v' | b'V') => starts(b"value\""),
        Some(b'e' | b'E') => starts(b"event\"") || starts(b"events\""),
        Some(b't' | b'T') => starts(b"tables\""),
        Some(b'i' | b'I') => starts(b"input\""),
        Some(b'm' | b'M') => starts(b"message\""),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::super::scan::scan;
    use super::*;

    fn look(text: &str) -> Scan {
        scan(text.as_bytes(), 0, &mut Shelf::carriers())
    }

    #[test]
    fn carriers_are_known_in_any_letter_case_and_place() {
        assert_eq!(
            look(r#"{"Records": [1"#),
            Scan::Found {
                key: Key::Records,
                value_at: 12
            }
        );
        assert_eq!(
            look(r#"{"@odata.nextLink":"x","value":{}}"#),
            Scan::Found {
                key: Key::Value,
                value_at: 31
            }
        );
        assert_eq!(look(r#"{"value""#), Scan::Incomplete);
    }

    #[test]
    fn records_with_such_a_property_stay_records() {
        for record in [
            r#"{"id":"1","value":[1]}"#,
            r#"{"value":"x"}"#,
            r#"{"a":{"records":[1]}}"#,
        ] {
            assert_eq!(
                look(record),
                Scan::Complete {
                    end: record.len(),
                    inner: None
                },
                "{record}"
            );
        }
    }

    #[test]
    fn text_inside_is_found() {
        assert_eq!(
            look(r#"{"event":{"x":1,"original":"{}"}}"#),
            Scan::Complete {
                end: 33,
                inner: Some((28, 30))
            }
        );
        assert_eq!(
            look(r#"{"message":"{}"}"#),
            Scan::Complete {
                end: 16,
                inner: Some((12, 14))
            }
        );
        assert_eq!(
            look(r#"{"id":1,"message":"{}"}"#),
            Scan::Complete {
                end: 23,
                inner: None
            }
        );
        assert_eq!(
            look(r#"{"event":1,"x":{"original":"{}"}}"#),
            Scan::Complete {
                end: 33,
                inner: None
            }
        );
    }
}
