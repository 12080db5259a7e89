//! One number for what a record says, by which repeats are recognised.
//!
//! Spacing, the order of properties, letter case of names, and the difference between absent, null
//! and empty do not count: the same sign-in exported twice gives the same number.

use xxhash_rust::xxh3::{xxh3_64, xxh3_64_with_seed};

/// Longest name that is folded without allocating.
const SHORT_NAME_BYTES: usize = 64;

/// Collects properties; the order in which they come does not matter.
#[derive(Debug, Default, Clone)]
pub struct Fingerprint {
    sum: u64,
    other: u64,
    minified: Vec<u8>,
}

impl Fingerprint {
    /// Forgets what was collected, keeping the memory.
    pub fn clear(&mut self) {
        self.sum = 0;
        self.other = 0;
    }

    /// Adds a property with its value as JSON text. A name that comes twice counts with its last
    /// value only when the caller adds only that.
    pub fn add(&mut self, name: &str, value: &str) {
        let value = value.as_bytes();
        if is_empty(value) {
            return;
        }
        let name = name.trim();
        let seed = if name.len() <= SHORT_NAME_BYTES {
            let mut buffer = [0u8; SHORT_NAME_BYTES];
            let folded = &mut buffer[..name.len()];
            folded.copy_from_slice(name.as_bytes());
            folded.make_ascii_lowercase();
            xxh3_64(folded)
        } else {
            xxh3_64(name.to_ascii_lowercase().as_bytes())
        };
        let hash = if matches!(value.first(), Some(b'{' | b'[')) && !is_surely_compact(value) {
            minify(value, &mut self.minified);
            xxh3_64_with_seed(&self.minified, seed)
        } else {
            xxh3_64_with_seed(value, seed)
        };
        self.sum = self.sum.wrapping_add(hash);
        self.other = self
            .other
            .wrapping_add(hash.rotate_left(23).wrapping_mul(0x9e37_79b9_7f4a_7c15));
    }

    /// The number.
    pub fn number(&self) -> u64 {
        self.sum
    }

    /// A name for a record that has none, the same for the same content.
    pub fn synthetic_id(&self) -> String {
        format!("vestibule-{:016x}{:016x}", self.sum, self.other)
    }
}

fn is_empty(value: &[u8]) -> bool {
    matches!(value, b"null" | b"\"\"" | b"[]" | b"{}" | b"")
}

/// Whether there is surely no white space between the tokens of JSON text. Most sources write so, and
/// finding spaces is much faster than finding tokens: one that has no sign of a token beside it can
/// only lie within a string.
fn is_surely_compact(text: &[u8]) -> bool {
    let behind = |at: usize, steps: usize| at.checked_sub(steps).and_then(|at| text.get(at));
    let lies_within_a_string = |at: usize| {
        let follows_a_token = match behind(at, 1) {
            None | Some(b'{' | b'}' | b'[' | b']' | b'"' | b' ') => true,
            // A colon between tokens stands behind a name, a comma behind a value: in "CA001: block"
            // and "Bern, CH" they do not.
            Some(b':') => matches!(behind(at, 2), Some(b'"' | b' ')),
            Some(b',') => matches!(
                behind(at, 2),
                Some(b'"' | b'}' | b']' | b' ' | b'0'..=b'9' | b'e' | b'l')
            ),
            Some(_) => false,
        };
        !follows_a_token
            && !matches!(
                text.get(at + 1),
                None | Some(b'}' | b']' | b',' | b':' | b' ')
            )
    };
    memchr::memchr3(b'\n', b'\r', b'\t', text).is_none()
        && memchr::memchr_iter(b' ', text).all(lies_within_a_string)
}

/// Copies JSON text without the white space between its tokens.
fn minify(text: &[u8], out: &mut Vec<u8>) {
    out.clear();
    let mut at = 0;
    while at < text.len() {
        match text[at] {
            b' ' | b'\n' | b'\r' | b'\t' => at += 1,
            b'"' => {
                let end = string_end(text, at);
                out.extend_from_slice(&text[at..end]);
                at = end;
            }
            byte => {
                out.push(byte);
                at += 1;
            }
        }
    }
}

/// One past the closing quote of the string that opens at `start`.
fn string_end(text: &[u8], start: usize) -> usize {
    let mut at = start + 1;
    while let Some(found) = memchr::memchr2(b'"', b'\\', &text[at.min(text.len())..]) {
        at += found;
        if text[at] == b'"' {
            return at + 1;
        }
        at += 2;
    }
    text.len()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::record::object::entries;

    fn number(text: &str) -> u64 {
        let mut fingerprint = Fingerprint::default();
        for (name, value) in entries(text).expect("an object") {
            fingerprint.add(&name, value);
        }
        fingerprint.number()
    }

    #[test]
    fn spacing_order_case_and_emptiness_do_not_count() {
        let compact = number(r#"{"id":"a b","status":{"errorCode":0},"city":""}"#);
        let pretty = number(
            "{\n  \"Status\": {\n    \"errorCode\": 0\n  },\n  \"id\": \"a b\", \"state\": null\n}",
        );
        assert_eq!(compact, pretty);
    }

    #[test]
    fn every_difference_in_content_counts() {
        let base = number(r#"{"id":"a b","status":{"errorCode":0}}"#);
        for other in [
            r#"{"id":"ab","status":{"errorCode":0}}"#,
            r#"{"id":"a b","status":{"errorCode":1}}"#,
            r#"{"id":"a b","state":{"errorCode":0}}"#,
            r#"{"id":"a b","status":{"errorCode":0},"city":"Oslo"}"#,
            r#"{"id":"a\" b","status":{"errorCode":0}}"#,
        ] {
            assert_ne!(base, number(other), "{other}");
        }
    }

    #[test]
    fn only_text_without_spacing_passes_for_compact() {
        for text in [
            r#"{"a":"b c"}"#,
            r#"[1,"Windows 10",null]"#,
            r#"["CA001: block","Bern, CH"]"#,
            "[]",
        ] {
            assert!(is_surely_compact(text.as_bytes()), "{text}");
        }
        let compact = r#"{"a":[1,true,"b c",{"d":null}],"e":-2.5,"f":"}"}"#;
        let breaks: Vec<usize> = compact
            .char_indices()
            .filter(|(at, sign)| *at > 0 && "{}[],:".contains(*sign) && *at < compact.len() - 3)
            .flat_map(|(at, _)| [at, at + 1])
            .collect();
        for at in breaks {
            for space in [" ", "  ", "\n", "\t", "\r\n"] {
                let mut text = compact.to_owned();
                text.insert_str(at, space);
                assert!(!is_surely_compact(text.as_bytes()), "{text}");
            }
        }
    }

    #[test]
    fn unclosed_text_is_survived() {
        let mut out = Vec::new();
        minify(br#"{"a": "b\"#, &mut out);
        minify(b"[\"", &mut out);
        assert_eq!(out, b"[\"");
    }
}
