//! Records: structs whose properties are found by name, whatever the letter case.
//!
//! `record!` declares a struct together with a table of its properties, so that reading is one
//! small loop for all types instead of generated code for each (the client is a WASM module, size
//! counts). What is not a known property, or cannot be understood, is kept in `other`.

use serde::Deserialize;
use serde::de::Deserializer;
use serde_json::{Map, Value};

use super::lenient::json_in_text;

/// Reads one value into one field; see [`super::lenient::Slot::fill`].
pub type Reader<T> = fn(&mut T, Value) -> Result<bool, Value>;

/// One property of a record.
pub struct Property<T> {
    /// The name in Microsoft Graph.
    pub name: &'static str,
    /// Puts a value into the field.
    pub read: Reader<T>,
}

/// A struct made by `record!`.
pub trait Record: Default + PartialEq + 'static {
    /// All known properties, in the order of the fields.
    const PROPERTIES: &'static [Property<Self>];
    /// The properties by the length of their name, for the look-up.
    const INDEX: &'static LengthIndex = &LengthIndex::of(Self::PROPERTIES);
    /// Older names: (old name, name in the table).
    const ALIASES: &'static [(&'static str, &'static str)] = &[];

    /// What was not understood.
    fn other_mut(&mut self) -> &mut Map<String, Value>;

    /// Reads plain text where an object is expected, for types that know such a short form.
    fn from_text(_text: &str) -> Option<Self> {
        None
    }

    /// Reads an object that stands where an array of records is expected.
    fn from_object_list(object: Map<String, Value>) -> Vec<Self> {
        vec![from_map(object)]
    }
}

/// Longest property name that the index can hold; checked at compile time.
const LONGEST_NAME: usize = 47;
/// Most properties a record can have; checked at compile time.
const MOST_PROPERTIES: usize = 96;

/// Positions of properties grouped by the length of the name, so that a name is compared with the
/// two or three others of its length only.
pub struct LengthIndex {
    starts: [u8; LONGEST_NAME + 2],
    order: [u8; MOST_PROPERTIES],
}

impl LengthIndex {
    /// Builds the index of a property table.
    #[expect(
        clippy::cast_possible_truncation,
        clippy::indexing_slicing,
        reason = "runs at compile time; at most 96 properties, asserted"
    )]
    pub const fn of<T>(properties: &[Property<T>]) -> Self {
        assert!(properties.len() <= MOST_PROPERTIES, "too many properties");
        let mut starts = [0; LONGEST_NAME + 2];
        let mut order = [0; MOST_PROPERTIES];
        let mut filled = 0;
        let mut length = 0;
        while length <= LONGEST_NAME {
            starts[length] = filled as u8;
            let mut position = 0;
            while position < properties.len() {
                assert!(
                    properties[position].name.len() <= LONGEST_NAME,
                    "name too long"
                );
                if properties[position].name.len() == length {
                    order[filled] = position as u8;
                    filled += 1;
                }
                position += 1;
            }
            length += 1;
        }
        starts[LONGEST_NAME + 1] = filled as u8;
        Self { starts, order }
    }

    fn of_length(&self, length: usize) -> &[u8] {
        let (Some(start), Some(end)) = (self.starts.get(length), self.starts.get(length + 1))
        else {
            return &[];
        };
        self.order
            .get(usize::from(*start)..usize::from(*end))
            .unwrap_or_default()
    }
}

/// Where a name belongs.
#[derive(Clone, Copy)]
struct Place {
    slot: usize,
    exact: bool,
}

/// The part of a record that the reading loop needs, without its type.
trait Fields {
    fn place(&self, name: &str) -> Option<Place>;
    fn fill(&mut self, slot: usize, value: Value) -> Result<bool, Value>;
    fn keep(&mut self, name: String, value: Value);
}

impl<T: Record> Fields for T {
    fn place(&self, name: &str) -> Option<Place> {
        for slot in T::INDEX.of_length(name.len()) {
            let slot = usize::from(*slot);
            let known = T::PROPERTIES.get(slot)?.name;
            if known.eq_ignore_ascii_case(name) {
                return Some(Place {
                    slot,
                    exact: known == name,
                });
            }
        }
        let (_, name) = T::ALIASES
            .iter()
            .find(|(old, _)| old.eq_ignore_ascii_case(name))?;
        let slot = T::PROPERTIES
            .iter()
            .position(|property| property.name == *name)?;
        Some(Place { slot, exact: false })
    }

    fn fill(&mut self, slot: usize, value: Value) -> Result<bool, Value> {
        match T::PROPERTIES.get(slot) {
            Some(property) => (property.read)(self, value),
            None => Err(value),
        }
    }

    fn keep(&mut self, name: String, value: Value) {
        self.other_mut().insert(name, value);
    }
}

/// Reads all properties. The exact spelling wins over other spellings of the same name; what came
/// second is kept in `other`.
fn fill_all(record: &mut dyn Fields, map: Map<String, Value>) {
    let mut taken = 0_u128;
    let mut inexact = Vec::new();
    for (name, value) in map {
        match record.place(&name) {
            Some(Place { slot, exact: true }) => match record.fill(slot, value) {
                Ok(filled) => taken |= u128::from(filled) << slot,
                Err(value) => {
                    taken |= 1 << slot;
                    record.keep(name, value);
                }
            },
            Some(Place { slot, exact: false }) => inexact.push((slot, name, value)),
            None => record.keep(name, value),
        }
    }
    for (slot, name, value) in inexact {
        if taken >> slot & 1 == 1 {
            record.keep(name, value);
            continue;
        }
        match record.fill(slot, value) {
            Ok(filled) => taken |= u128::from(filled) << slot,
            Err(value) => record.keep(name, value),
        }
    }
}

/// Reads a record from its properties; never fails.
pub fn from_map<T: Record>(map: Map<String, Value>) -> T {
    let mut record = T::default();
    fill_all(&mut record, map);
    record
}

/// Reads a record from an object, from JSON in text, or from its short form.
///
/// # Errors
/// The value itself, unchanged, when it is none of these.
pub fn read<T: Record>(value: Value) -> Result<Option<T>, Value> {
    match value {
        Value::Null => Ok(None),
        Value::Object(object) => {
            let record = from_map::<T>(object);
            Ok((record != T::default()).then_some(record))
        }
        Value::String(text) if text.trim().is_empty() => Ok(None),
        Value::String(text) => match json_in_text(&text) {
            Some(inner) => read(inner).map_err(|_| Value::String(text)),
            None => T::from_text(&text).map(Some).ok_or(Value::String(text)),
        },
        other => Err(other),
    }
}

/// Reads a record as serde does: from an object of the data format, leniently inside.
///
/// # Errors
/// Only when the format itself is broken or holds no object.
pub fn deserialize<'de, T: Record, D: Deserializer<'de>>(deserializer: D) -> Result<T, D::Error> {
    Map::deserialize(deserializer).map(from_map)
}

/// Declares a record: a documented struct, each field with its name in Microsoft Graph. Old names
/// follow the name after `|`; `with { … }` overrides methods of [`Record`].
macro_rules! record {
    (
        $(#[$about:meta])*
        pub struct $name:ident {
            $( $(#[$doc:meta])* pub $field:ident : $type:ty = $wire:literal $(| $alias:literal)*, )+
        }
        $(with { $($method:item)* })?
    ) => {
        $(#[$about])*
        #[derive(Debug, Clone, Default, PartialEq, ::serde::Serialize)]
        pub struct $name {
            $(
                $(#[$doc])*
                #[serde(rename = $wire, skip_serializing_if = "crate::sign_in::lenient::Blank::is_blank")]
                pub $field: $type,
            )+
            /// Properties that are not listed above or could not be understood, as they came.
            #[serde(flatten)]
            pub other: ::serde_json::Map<String, ::serde_json::Value>,
        }

        impl crate::sign_in::record::Record for $name {
            const PROPERTIES: &'static [crate::sign_in::record::Property<Self>] = &[
                $(crate::sign_in::record::Property {
                    name: $wire,
                    read: |record, value| crate::sign_in::lenient::Slot::fill(&mut record.$field, value),
                },)+
            ];
            const ALIASES: &'static [(&'static str, &'static str)] = &[$($(($alias, $wire),)*)+];

            fn other_mut(&mut self) -> &mut ::serde_json::Map<String, ::serde_json::Value> {
                &mut self.other
            }

            $($($method)*)?
        }

        impl crate::sign_in::lenient::Lenient for $name {
            fn read(value: ::serde_json::Value) -> Result<Option<Self>, ::serde_json::Value> {
                crate::sign_in::record::read(value)
            }

            fn understands(value: &::serde_json::Value) -> bool {
                value.is_object() || value.is_null() || (value.is_string() && Self::read(value.clone()).is_ok())
            }

            fn read_list(
                object: ::serde_json::Map<String, ::serde_json::Value>,
            ) -> Result<Vec<Self>, ::serde_json::Value> {
                let mut list = <Self as crate::sign_in::record::Record>::from_object_list(object);
                list.retain(|record| *record != Self::default());
                Ok(list)
            }
        }

        impl<'de> ::serde::Deserialize<'de> for $name {
            fn deserialize<D: ::serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                crate::sign_in::record::deserialize(deserializer)
            }
        }
    };
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::{Record, from_map};

    record! {
        /// A record of its own, so that the rules do not hang on the schema.
        pub struct Parcel {
            /// Text.
            pub owner: Option<String> = "owner" | "keeper",
            /// A number.
            pub weight_grams: Option<i64> = "weightGrams",
        }
    }

    fn parcel(value: Value) -> Parcel {
        serde_json::from_value(value).unwrap()
    }

    #[test]
    fn the_exact_spelling_wins_and_the_second_is_kept() {
        let read = parcel(json!({"OWNER": "upper", "owner": "exact", "Keeper": "old"}));
        assert_eq!(read.owner.as_deref(), Some("exact"));
        assert_eq!(
            Value::Object(read.other),
            json!({"OWNER": "upper", "Keeper": "old"})
        );
    }

    #[test]
    fn an_empty_exact_spelling_leaves_room_for_another() {
        let read = parcel(json!({"owner": null, "KEEPER": "old"}));
        assert_eq!(read.owner.as_deref(), Some("old"));
        assert!(read.other.is_empty());
    }

    #[test]
    fn a_value_not_understood_is_kept_and_written_once() {
        let value = json!({"weightGrams": "heavy", "weightgrams": 5});
        let read = parcel(value.clone());
        assert_eq!(read.weight_grams, None);
        let written = serde_json::to_string(&read).unwrap();
        assert_eq!(written.matches("weightGrams").count(), 1);
        assert_eq!(serde_json::from_str::<Value>(&written).unwrap(), value);
    }

    #[test]
    fn names_longer_than_any_known_one_are_kept() {
        let name = "x".repeat(4000);
        let read = from_map::<Parcel>([(name.clone(), json!(1))].into_iter().collect());
        assert_eq!(read.other.get(&name), Some(&json!(1)));
        assert_eq!(Parcel::PROPERTIES.len(), 2);
    }
}
