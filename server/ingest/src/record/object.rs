//! JSON objects read without building a tree: names and raw values that lie in the text.

use std::borrow::Cow;
use std::collections::HashMap;
use std::fmt;

use serde::Deserializer;
use serde::de::{DeserializeSeed, MapAccess, Visitor};
use serde_json::value::RawValue;

/// One property: its name, and its value as JSON text.
pub type Entry<'a> = (Cow<'a, str>, &'a str);

/// The properties of the object in `text`, in order; a repeated name stands as often as it came.
///
/// # Errors
/// When the text is no JSON object, with line and column.
pub fn entries(text: &str) -> Result<Vec<Entry<'_>>, serde_json::Error> {
    let mut found = Vec::with_capacity(64);
    let mut reader = serde_json::Deserializer::from_str(text);
    Collect(&mut found).deserialize(&mut reader)?;
    reader.end()?;
    Ok(found)
}

/// Of properties that come twice, keeps the last, as JSON readers do.
pub(super) fn keep_last(entries: &mut Vec<Entry<'_>>) {
    let mut slots: HashMap<Cow<'_, str>, usize> = HashMap::with_capacity(entries.len());
    let mut kept: Vec<Entry<'_>> = Vec::with_capacity(entries.len());
    for entry in entries.drain(..) {
        match slots.get(&entry.0) {
            Some(slot) => kept[*slot].1 = entry.1,
            None => {
                slots.insert(entry.0.clone(), kept.len());
                kept.push(entry);
            }
        }
    }
    *entries = kept;
}

/// Whether a name comes twice. Records of usual size are looked through directly, which is faster
/// than any set.
pub(super) fn has_repeats(entries: &[Entry<'_>]) -> bool {
    const USUAL_NAMES: usize = 128;
    entries.len() > USUAL_NAMES
        || entries
            .iter()
            .enumerate()
            .any(|(index, (name, _))| entries[..index].iter().any(|(other, _)| other == name))
}

struct Collect<'v, 'a>(&'v mut Vec<Entry<'a>>);

impl<'de> DeserializeSeed<'de> for Collect<'_, 'de> {
    type Value = ();
    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_map(self)
    }
}

impl<'de> Visitor<'de> for Collect<'_, 'de> {
    type Value = ();

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        while let Some(name) = map.next_key_seed(Name)? {
            let value: &'de RawValue = map.next_value()?;
            self.0.push((name, value.get()));
        }
        Ok(())
    }
}

/// A name that is borrowed unless it holds escapes.
struct Name;

impl<'de> DeserializeSeed<'de> for Name {
    type Value = Cow<'de, str>;
    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Cow<'de, str>, D::Error> {
        deserializer.deserialize_str(self)
    }
}

impl<'de> Visitor<'de> for Name {
    type Value = Cow<'de, str>;
    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("a property name")
    }
    fn visit_borrowed_str<E>(self, name: &'de str) -> Result<Cow<'de, str>, E> {
        Ok(Cow::Borrowed(name))
    }
    fn visit_str<E>(self, name: &str) -> Result<Cow<'de, str>, E> {
        Ok(Cow::Owned(name.to_owned()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_kept_as_they_stand() {
        let found =
            entries(r#" {"a": 17.80, "b\u0062": {"c":[1, 2]}, "a":null} "#).expect("an object");
        assert_eq!(found[0], (Cow::Borrowed("a"), "17.80"));
        assert_eq!(found[1], (Cow::Borrowed("bb"), r#"{"c":[1, 2]}"#));
        assert_eq!(found[2].1, "null");
    }

    #[test]
    fn what_is_no_object_is_refused() {
        for text in [
            "",
            "[]",
            "1",
            "{",
            r#"{"a":}"#,
            r#"{"a":1} x"#,
            r#"{"a":000}"#,
        ] {
            assert!(entries(text).is_err(), "{text}");
        }
    }

    #[test]
    fn deep_nesting_does_not_overflow_the_stack() {
        let text = format!(r#"{{"a":{}1{}}}"#, "[".repeat(100_000), "]".repeat(100_000));
        assert_eq!(entries(&text).map(|found| found.len()).ok(), Some(1));
    }
}
