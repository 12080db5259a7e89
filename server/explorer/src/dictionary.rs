//! The values of one column, each kept once; rows hold their numbers.
//!
//! Numbers are given in the order in which values first come and never change, so that all segments
//! share one dictionary. What readers hold is a cheap copy that later values do not touch.

use std::collections::HashMap;
use std::sync::Arc;

use model::Value;

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

#[derive(Clone, Default)]
struct Chunk {
    values: Vec<Value>,
    /// The texts in lower case, one behind the other: what filters compare with.
    folded: String,
    /// Where each of them ends.
    ends: Vec<usize>,
}

impl Dictionary {
    /// How many codes there are, that of no value included.
    pub fn codes(&self) -> usize {
        self.length + 1
    }

    /// The value of a code.
    pub fn value(&self, code: Code) -> Value {
        self.get(code).cloned().unwrap_or_default()
    }

    fn get(&self, code: Code) -> Option<&Value> {
        let index = (code as usize).checked_sub(1)?;
        self.chunks
            .get(index / CHUNK_VALUES)?
            .values
            .get(index % CHUNK_VALUES)
    }

    /// Every value with its code, and its text in lower case (empty for what is no text).
    pub fn each(&self) -> impl Iterator<Item = (Code, &Value, &str)> {
        let values = self.chunks.iter().flat_map(|chunk| {
            chunk.values.iter().enumerate().map(|(index, value)| {
                let start = index.checked_sub(1).map_or(0, |before| chunk.ends[before]);
                let folded = chunk.folded.get(start..chunk.ends[index]);
                (value, folded.unwrap_or_default())
            })
        });
        (1..)
            .zip(values)
            .map(|(code, (value, folded))| (code, value, folded))
    }

    fn push(&mut self, value: Value) {
        if self.length.is_multiple_of(CHUNK_VALUES) {
            self.chunks.push(Arc::default());
        }
        if let Some(last) = self.chunks.last_mut() {
            let chunk = Arc::make_mut(last);
            if let Value::Text(text) = &value {
                chunk.folded.push_str(&text.to_lowercase());
            }
            chunk.ends.push(chunk.folded.len());
            chunk.values.push(value);
            self.length += 1;
        }
    }

    /// Memory of the values, about, in bytes.
    pub fn size_bytes(&self) -> usize {
        let chunks = self.chunks.iter().map(|chunk| {
            let texts = chunk.values.iter().filter_map(Value::as_text).map(str::len);
            chunk.values.len() * (size_of::<Value>() + size_of::<usize>())
                + texts.sum::<usize>()
                + chunk.folded.len()
        });
        chunks.sum()
    }
}

/// A dictionary that takes new values.
#[derive(Default)]
pub(crate) struct Growing {
    view: Dictionary,
    texts: HashMap<Box<str>, Code>,
    /// Numbers by their bits.
    numbers: HashMap<u64, Code>,
}

impl Growing {
    /// The values so far.
    pub fn view(&self) -> Dictionary {
        self.view.clone()
    }

    /// The code of a text.
    pub fn text(&mut self, text: &str) -> Code {
        if let Some(code) = self.texts.get(text) {
            return *code;
        }
        self.view.push(Value::Text(text.to_owned()));
        let code = last_code(&self.view);
        self.texts.insert(Box::from(text), code);
        code
    }

    /// The code of a value that is no text, told apart by these bits.
    pub fn number(&mut self, bits: u64, value: impl FnOnce() -> Value) -> Code {
        if let Some(code) = self.numbers.get(&bits) {
            return *code;
        }
        self.view.push(value());
        let code = last_code(&self.view);
        self.numbers.insert(bits, code);
        code
    }
}

fn last_code(view: &Dictionary) -> Code {
    Code::try_from(view.length).unwrap_or(Code::MAX)
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
        let before = growing.view();
        assert_eq!(growing.text("Value 17"), 18);
        assert_eq!(growing.text("Ärger"), 3_001);
        assert_eq!(growing.number(7, || Value::Integer(7)), 3_002);
        assert_eq!(growing.number(7, || Value::Integer(8)), 3_002);
        assert_eq!(before.codes(), 3_001);
        assert_eq!(before.value(3_001), Value::Empty);
        let after = growing.view();
        assert_eq!(after.value(3_001), Value::Text("Ärger".to_owned()));
        assert_eq!(after.value(0), Value::Empty);
        let each: Vec<_> = after.each().collect();
        assert_eq!(each.len(), 3_002);
        assert_eq!(
            each[3_000],
            (3_001, &Value::Text("Ärger".to_owned()), "ärger")
        );
        assert_eq!(each[3_001].2, "");
    }
}
