//! The values of one column, each kept once; rows hold their numbers.
//!
//! Numbers are given in the order in which values first come and never change, so that all segments
//! share one dictionary. What readers hold is a cheap copy that later values do not touch.

use std::hash::{BuildHasher, RandomState};
use std::sync::Arc;

use hashbrown::HashTable;
use memchr::memmem;
use model::Value;

use crate::rows::Cell;

/// Number of a value; 0 stands for no value.
pub(crate) type Code = u32;

/// Values of a chunk: a reader's copy shares all chunks but the last.
const CHUNK_VALUES: usize = 1_024;

/// The values known at some moment.
#[derive(Clone, Default)]
pub(crate) struct Dictionary {
    chunks: Vec<Arc<Chunk>>,
    length: usize,
}

/// Up to 1,024 values; a column has either texts or other values.
#[derive(Clone, Default)]
struct Chunk {
    texts: Texts,
    /// The texts in lower case, which filters compare with, where that is not what they are anyway.
    folded: Option<Texts>,
    others: Vec<Value>,
}

/// Texts, one behind the other.
#[derive(Clone, Default)]
struct Texts {
    all: String,
    /// Where each of them ends.
    ends: Vec<u32>,
}

impl Texts {
    fn push(&mut self, text: &str) {
        self.all.push_str(text);
        self.ends
            .push(u32::try_from(self.all.len()).unwrap_or(u32::MAX));
    }

    fn start(&self, index: usize) -> usize {
        index
            .checked_sub(1)
            .map_or(0, |before| self.ends[before] as usize)
    }

    fn get(&self, index: usize) -> Option<&str> {
        let end = *self.ends.get(index)? as usize;
        self.all.get(self.start(index)..end)
    }

    /// Places of the texts that have the needle somewhere.
    fn containing(&self, needle: &memmem::Finder<'_>, mut found: impl FnMut(usize)) {
        let bytes = self.all.as_bytes();
        let (mut from, mut index) = (0, 0);
        // One search through all texts is much faster than one through each; what lies across the end
        // of a text is no match.
        while let Some(at) = bytes.get(from..).and_then(|rest| needle.find(rest)) {
            let start = from + at;
            while self
                .ends
                .get(index)
                .is_some_and(|end| *end as usize <= start)
            {
                index += 1;
            }
            match self.ends.get(index) {
                Some(end) if start + needle.needle().len() <= *end as usize => {
                    found(index);
                    from = *end as usize;
                }
                // Nor does it fit behind a later place of that text.
                Some(end) => from = *end as usize,
                None => return,
            }
        }
    }

    fn size_bytes(&self) -> usize {
        self.all.capacity() + self.ends.capacity() * size_of::<u32>()
    }
}

impl Chunk {
    fn folded(&self) -> &Texts {
        self.folded.as_ref().unwrap_or(&self.texts)
    }

    fn push(&mut self, value: Value) {
        let Value::Text(text) = value else {
            self.others.push(value);
            return;
        };
        let folded = text.to_lowercase();
        if self.folded.is_none() && folded != text {
            self.folded = Some(self.texts.clone());
        }
        if let Some(texts) = &mut self.folded {
            texts.push(&folded);
        }
        self.texts.push(&text);
    }
}

impl Dictionary {
    /// How many codes there are, that of no value included.
    pub fn codes(&self) -> usize {
        self.length + 1
    }

    /// The value of a code.
    pub fn value(&self, code: Code) -> Value {
        self.place(code)
            .map(|(chunk, index)| match chunk.texts.get(index) {
                Some(text) => Value::Text(text.to_owned()),
                None => chunk.others.get(index).cloned().unwrap_or_default(),
            })
            .unwrap_or_default()
    }

    /// The text of a code; `None` for what is no text.
    pub fn text(&self, code: Code) -> Option<&str> {
        let (chunk, index) = self.place(code)?;
        chunk.texts.get(index)
    }

    /// The text of a code in lower case; empty for what is no text.
    pub fn folded(&self, code: Code) -> &str {
        self.place(code)
            .and_then(|(chunk, index)| chunk.folded().get(index))
            .unwrap_or_default()
    }

    /// The value of a code that is no text.
    pub fn other(&self, code: Code) -> Option<&Value> {
        let (chunk, index) = self.place(code)?;
        chunk.others.get(index)
    }

    /// The value of a code, as a cell.
    pub fn cell(&self, code: Code) -> Cell<'_> {
        let Some((chunk, index)) = self.place(code) else {
            return Cell::Empty;
        };
        match (chunk.texts.get(index), chunk.others.get(index)) {
            (Some(text), _) => Cell::Text(text),
            (None, Some(value)) => Cell::Value(value),
            (None, None) => Cell::Empty,
        }
    }

    fn place(&self, code: Code) -> Option<(&Chunk, usize)> {
        let index = (code as usize).checked_sub(1)?;
        Some((self.chunks.get(index / CHUNK_VALUES)?, index % CHUNK_VALUES))
    }

    /// Every code but that of no value.
    pub fn each(&self) -> impl Iterator<Item = Code> + use<> {
        1..=code_of(self.length)
    }

    /// Whether the texts are all in lower case already.
    pub fn is_folded(&self) -> bool {
        self.chunks.iter().all(|chunk| chunk.folded.is_none())
    }

    /// The codes of texts that have a text, given in lower case, somewhere.
    pub fn containing(&self, folded: &str) -> Vec<Code> {
        if folded.is_empty() {
            return self
                .each()
                .filter(|code| self.text(*code).is_some())
                .collect();
        }
        let needle = memmem::Finder::new(folded);
        let mut codes = Vec::new();
        for (number, chunk) in self.chunks.iter().enumerate() {
            chunk.folded().containing(&needle, |index| {
                codes.push(code_of(number * CHUNK_VALUES + index + 1));
            });
        }
        codes
    }

    fn push(&mut self, value: Value) {
        if self.length.is_multiple_of(CHUNK_VALUES) {
            self.chunks.push(Arc::default());
        }
        if let Some(last) = self.chunks.last_mut() {
            Arc::make_mut(last).push(value);
            self.length += 1;
        }
    }

    /// Memory of the values, about, in bytes.
    pub fn size_bytes(&self) -> usize {
        let chunks = self.chunks.iter().map(|chunk| {
            chunk.texts.size_bytes()
                + chunk.folded.as_ref().map_or(0, Texts::size_bytes)
                + chunk.others.capacity() * size_of::<Value>()
        });
        chunks.sum()
    }
}

/// A dictionary that takes new values.
#[derive(Default)]
pub(crate) struct Growing {
    view: Dictionary,
    /// Codes by the hash of their value: those up to here.
    indexed: usize,
    codes: HashTable<Code>,
    hasher: RandomState,
}

impl Growing {
    /// The values so far.
    pub fn view(&self) -> &Dictionary {
        &self.view
    }

    /// Takes a value that is known to be new. It is indexed when values are next looked up, which
    /// may be never.
    pub fn restore(&mut self, value: Value) {
        self.view.push(value);
    }

    fn index(&mut self) {
        let (view, hasher) = (&self.view, &self.hasher);
        let hash = |code: &Code| match view.text(*code) {
            Some(text) => hasher.hash_one(text),
            None => hasher.hash_one(view.other(*code).map_or(0, bits)),
        };
        while self.indexed < view.length {
            self.indexed += 1;
            let code = code_of(self.indexed);
            self.codes.insert_unique(hash(&code), code, hash);
        }
    }

    /// The code of a text.
    pub fn text(&mut self, text: &str) -> Code {
        self.index();
        let hash = self.hasher.hash_one(text);
        let found = self
            .codes
            .find(hash, |code| self.view.text(*code) == Some(text));
        match found {
            Some(code) => *code,
            None => self.push(Value::Text(text.to_owned())),
        }
    }

    /// The code of a value that is no text.
    pub fn other(&mut self, value: &Value) -> Code {
        self.index();
        let bits = bits(value);
        let hash = self.hasher.hash_one(bits);
        let same = |code: &Code| {
            self.view
                .other(*code)
                .is_some_and(|held| self::bits(held) == bits)
        };
        match self.codes.find(hash, same) {
            Some(code) => *code,
            None => self.push(value.clone()),
        }
    }

    fn push(&mut self, value: Value) -> Code {
        self.view.push(value);
        self.index();
        code_of(self.view.length)
    }

    /// Memory of values and their index, about, in bytes.
    pub fn size_bytes(&self) -> usize {
        self.view.size_bytes() + self.codes.capacity() * (size_of::<Code>() + 1)
    }
}

/// What tells values apart that are no text; a column has values of one type.
fn bits(value: &Value) -> u64 {
    match value {
        Value::Empty | Value::Text(_) => 0,
        Value::Integer(number) => number.cast_unsigned(),
        Value::Decimal(number) => number.to_bits(),
        Value::Boolean(flag) => u64::from(*flag),
        Value::Instant(moment) => moment.timestamp_micros().cast_unsigned(),
    }
}

fn code_of(length: usize) -> Code {
    Code::try_from(length).unwrap_or(Code::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_kept_once_and_views_do_not_change() {
        let mut growing = Growing::default();
        for number in 0..3_000 {
            assert_eq!(growing.text(&format!("Value {number}")), number + 1);
        }
        let before = growing.view().clone();
        assert_eq!(growing.text("Value 17"), 18);
        assert_eq!(growing.text("Ärger"), 3_001);
        assert_eq!(before.codes(), 3_001);
        assert_eq!(before.value(3_001), Value::Empty);
        let after = growing.view();
        assert_eq!(after.value(3_001), Value::Text("Ärger".to_owned()));
        assert_eq!(after.value(0), Value::Empty);
        assert_eq!(after.each().count(), 3_001);
        assert_eq!(after.folded(3_001), "ärger");
        assert!(!after.is_folded());
    }

    #[test]
    fn numbers_are_told_apart_by_their_bits() {
        let mut growing = Growing::default();
        assert_eq!(growing.other(&Value::Decimal(0.0)), 1);
        assert_eq!(growing.other(&Value::Decimal(-0.0)), 2);
        assert_eq!(growing.other(&Value::Decimal(0.0)), 1);
        assert_eq!(growing.view().value(1), Value::Decimal(0.0));
        assert_eq!(growing.view().folded(1), "");
    }

    #[test]
    fn texts_are_searched_within_their_ends() {
        let mut growing = Growing::default();
        for text in ["xa", "bx", "Anna", "nana", "", "an"] {
            growing.text(text);
        }
        let values = growing.view();
        assert_eq!(values.containing("an"), [3, 4, 6]);
        assert_eq!(values.containing("ab"), [0; 0]);
        assert_eq!(values.containing("na"), [3, 4]);
        assert_eq!(values.containing("").len(), 6);
    }
}
