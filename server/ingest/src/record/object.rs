//! JSON objects read without building a tree: names and raw values that lie in the text.

use std::borrow::Cow;
use std::collections::HashMap;
use std::fmt;

use serde::Deserializer;
use serde::de::{DeserializeSeed, IgnoredAny, MapAccess, SeqAccess, Visitor};
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

/// An envelope and what is in it.
pub(super) struct Opened<'a> {
    /// The properties of the envelope; that of the inner object has [`OPENED`] for its value.
    pub top: Vec<Entry<'a>>,
    /// The properties of the object under `properties`, if there is one.
    pub inner: Option<Vec<Entry<'a>>>,
}

/// Stands for the text of an object that was opened.
pub(super) const OPENED: &str = "{}";

/// Like [`entries`], but looks into the object under `properties` in the same reading: it is most of a
/// diagnostic-settings record, and reading it twice would cost more than anything else.
///
/// # Errors
/// When the text is no JSON object, with line and column.
pub(super) fn opened(text: &str) -> Result<Opened<'_>, serde_json::Error> {
    let mut found = Opened {
        top: Vec::with_capacity(24),
        inner: None,
    };
    let mut plain = true;
    let mut reader = serde_json::Deserializer::from_str(text);
    let envelope = Envelope {
        found: &mut found,
        plain: &mut plain,
    };
    let read = reader.deserialize_map(envelope).and_then(|()| reader.end());
    if read.is_err() || !plain {
        // Broken, or `properties` twice, as text or as something else: nothing is opened.
        found = Opened {
            top: entries(text)?,
            inner: None,
        };
    }
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

/// Whether a name comes twice. In records of usual size a name is compared with those before it only
/// where one of them shares its slot, which is faster than any set.
pub(super) fn has_repeats(entries: &[Entry<'_>]) -> bool {
    const USUAL_NAMES: usize = 128;
    let mut taken = [0u64; 16];
    let mut is_repeat = |(index, (name, _)): (usize, &Entry<'_>)| {
        let slot = slot(name.as_bytes());
        let (word, bit) = (&mut taken[slot / 64], 1 << (slot % 64));
        let shared = *word & bit != 0;
        *word |= bit;
        shared && entries[..index].iter().any(|(other, _)| other == name)
    };
    entries.len() > USUAL_NAMES || entries.iter().enumerate().any(&mut is_repeat)
}

/// A number below 1,024, from the length and three letters of a name.
fn slot(name: &[u8]) -> usize {
    let letter = |at: usize| name.get(at).map_or(0, |letter| usize::from(*letter));
    let last = name.len().saturating_sub(1);
    (name.len() * 31 + letter(0) * 7 + letter(last / 2) * 17 + letter(last) * 113) % 1_024
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

struct Envelope<'v, 'a> {
    found: &'v mut Opened<'a>,
    /// Whether `properties` is absent or one object.
    plain: &'v mut bool,
}

impl<'de> Visitor<'de> for Envelope<'_, 'de> {
    type Value = ();

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        while let Some(name) = map.next_key_seed(Name)? {
            if *self.plain && name.eq_ignore_ascii_case("properties") {
                let inner = map.next_value_seed(IfObject(Properties))?;
                *self.plain = inner.is_some() && self.found.inner.is_none();
                self.found.inner = inner;
                self.found.top.push((name, OPENED));
            } else {
                let value: &'de RawValue = map.next_value()?;
                self.found.top.push((name, value.get()));
            }
        }
        Ok(())
    }
}

/// What reads an object.
pub(super) trait ReadObject<'de> {
    /// What it makes of it.
    type Read;

    /// Reads the object.
    fn read<A: MapAccess<'de>>(self, map: A) -> Result<Self::Read, A::Error>;
}

/// Reads an object, and nothing where something else stands.
pub(super) struct IfObject<R>(pub R);

impl<'de, R: ReadObject<'de>> DeserializeSeed<'de> for IfObject<R> {
    type Value = Option<R::Read>;
    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de, R: ReadObject<'de>> Visitor<'de> for IfObject<R> {
    type Value = Option<R::Read>;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("anything")
    }
    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Self::Value, A::Error> {
        self.0.read(map).map(Some)
    }
    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Self::Value, A::Error> {
        while list.next_element::<IgnoredAny>()?.is_some() {}
        Ok(None)
    }
    fn visit_str<E>(self, _: &str) -> Result<Self::Value, E> {
        Ok(None)
    }
    fn visit_unit<E>(self) -> Result<Self::Value, E> {
        Ok(None)
    }
    fn visit_bool<E>(self, _: bool) -> Result<Self::Value, E> {
        Ok(None)
    }
    fn visit_u64<E>(self, _: u64) -> Result<Self::Value, E> {
        Ok(None)
    }
    fn visit_i64<E>(self, _: i64) -> Result<Self::Value, E> {
        Ok(None)
    }
    fn visit_f64<E>(self, _: f64) -> Result<Self::Value, E> {
        Ok(None)
    }
}

/// Reads all properties of an object.
struct Properties;

impl<'de> ReadObject<'de> for Properties {
    type Read = Vec<Entry<'de>>;

    fn read<A: MapAccess<'de>>(self, map: A) -> Result<Self::Read, A::Error> {
        let mut found = Vec::with_capacity(96);
        Collect(&mut found).visit_map(map)?;
        Ok(found)
    }
}

/// A name that is borrowed unless it holds escapes.
pub(super) struct Name;

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
    fn an_inner_object_is_opened_in_the_same_reading() {
        let text = r#"{"time":"x","Properties":{"id":"a","status":{"errorCode":0}},"level":4}"#;
        let found = opened(text).expect("an object");
        let names: Vec<_> = found.top.iter().map(|(name, _)| name.as_ref()).collect();
        assert_eq!(names, ["time", "Properties", "level"]);
        let inner = found.inner.expect("opened");
        assert_eq!(inner[0].1, "\"a\"");
        assert_eq!(inner[1].1, r#"{"errorCode":0}"#);
    }

    #[test]
    fn anything_else_under_that_name_stays_as_it_stands() {
        for value in [
            r#""{\"id\":1}""#,
            "null",
            "[1,{}]",
            "7",
            "-7",
            "1.5",
            "true",
            r#""half \ud83d""#,
        ] {
            let text = format!(r#"{{"properties":{value},"a":1}}"#);
            let found = opened(&text).expect("an object");
            assert!(found.inner.is_none(), "{text}");
            assert_eq!(found.top[0].1, value, "{text}");
            assert_eq!(found.top.len(), 2);
        }
        let twice = opened(r#"{"properties":{"a":1},"PROPERTIES":{"b":2}}"#).expect("an object");
        assert!(twice.inner.is_none());
        assert_eq!(twice.top[0].1, r#"{"a":1}"#);
        for broken in [
            r#"{"properties":{"a":}}"#,
            r#"{"properties":{},}"#,
            r#"{"properties":{}}}"#,
        ] {
            assert!(opened(broken).is_err(), "{broken}");
        }
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
    fn names_that_come_twice_are_noticed() {
        let names: Vec<String> = (0..100).map(|number| format!("name{number}")).collect();
        let mut found: Vec<Entry<'_>> = names.iter().map(|name| (name.into(), "1")).collect();
        assert!(!has_repeats(&found));
        for name in ["name0", "name57", "name99"] {
            found.push((name.into(), "2"));
            assert!(has_repeats(&found), "{name}");
            found.pop();
        }
        found.push(("Name0".into(), "2"));
        assert!(!has_repeats(&found), "another letter case is another name");
    }

    #[test]
    fn deep_nesting_does_not_overflow_the_stack() {
        let text = format!(r#"{{"a":{}1{}}}"#, "[".repeat(100_000), "]".repeat(100_000));
        assert_eq!(entries(&text).map(|found| found.len()).ok(), Some(1));
    }
}
