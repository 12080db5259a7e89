//! The conditions of a Conditional Access policy that were looked at.

use std::fmt;

use serde::{Deserialize, Deserializer, Serialize, Serializer};
use serde_json::Value;

use super::lenient::Lenient;

/// Names, bits and labels of `conditionalAccessConditions`, in the order of the schema.
const CONDITIONS: [(&str, u64, &str); 17] = [
    ("application", 1, "Application"),
    ("users", 1 << 1, "User"),
    ("devicePlatform", 1 << 2, "Device platform"),
    ("location", 1 << 3, "Location"),
    ("clientType", 1 << 4, "Client app"),
    ("signInRisk", 1 << 5, "Sign-in risk"),
    ("userRisk", 1 << 6, "User risk"),
    ("time", 1 << 7, "Time"),
    ("deviceState", 1 << 8, "Device state"),
    ("client", 1 << 9, "Client"),
    (
        "ipAddressSeenByAzureAD",
        1 << 10,
        "IP address seen by Entra",
    ),
    (
        "ipAddressSeenByResourceProvider",
        1 << 11,
        "IP address seen by resource",
    ),
    ("unknownFutureValue", 1 << 12, "Unknown"),
    ("servicePrincipals", 1 << 13, "Service principal"),
    ("servicePrincipalRisk", 1 << 14, "Service principal risk"),
    ("authenticationFlows", 1 << 15, "Authentication flow"),
    ("insiderRisk", 1 << 16, "Insider risk"),
];

/// A set of conditions. Graph writes names joined by commas, diagnostic records a bit mask; both
/// are read, names are written. Names that the schema does not know are kept.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash)]
pub struct ConditionalAccessConditions {
    bits: u64,
    unknown: Vec<Box<str>>,
}

impl ConditionalAccessConditions {
    /// The set with these bits.
    pub fn from_bits(bits: u64) -> Self {
        Self {
            bits,
            unknown: Vec::new(),
        }
    }

    /// The bit mask, without names that have no bit.
    pub fn bits(&self) -> u64 {
        self.bits
    }

    /// Whether no condition is set (`none`).
    pub fn is_none(&self) -> bool {
        self.bits == 0 && self.unknown.is_empty()
    }

    /// Whether the condition of this name is set, in any letter case.
    pub fn contains(&self, name: &str) -> bool {
        self.names()
            .iter()
            .any(|set| set.eq_ignore_ascii_case(name))
    }

    /// The names in the order of the schema, then what has no name there: unknown names as they
    /// came, unknown bits as the number they add up to. Empty for `none`.
    pub fn names(&self) -> Vec<String> {
        self.in_words(|(name, _, _)| name)
    }

    /// The words the portal uses, in the same order as [`Self::names`].
    pub fn labels(&self) -> Vec<String> {
        self.in_words(|(_, _, label)| label)
    }

    fn in_words(
        &self,
        word: fn(&(&'static str, u64, &'static str)) -> &'static str,
    ) -> Vec<String> {
        let set = CONDITIONS.iter().filter(|(_, bit, _)| self.bits & bit != 0);
        let mut words: Vec<String> = set.map(|known| word(known).to_owned()).collect();
        let known_bits = CONDITIONS.iter().fold(0, |sum, (_, bit, _)| sum | bit);
        let rest = self.bits & !known_bits;
        if rest != 0 {
            words.push(rest.to_string());
        }
        words.extend(self.unknown.iter().map(ToString::to_string));
        words
    }
}

impl From<&str> for ConditionalAccessConditions {
    /// Reads names joined by commas; a number among them is a bit mask.
    fn from(text: &str) -> Self {
        let mut conditions = Self::default();
        let parts = text.split(',').map(str::trim);
        for part in parts.filter(|part| !part.is_empty() && !part.eq_ignore_ascii_case("none")) {
            let known = CONDITIONS
                .iter()
                .find(|(name, _, _)| name.eq_ignore_ascii_case(part));
            if let Some((_, bit, _)) = known {
                conditions.bits |= bit;
            } else if let Ok(bits) = part.parse::<u64>() {
                conditions.bits |= bits;
            } else if !conditions.unknown.iter().any(|name| **name == *part) {
                conditions.unknown.push(part.into());
            }
        }
        conditions
    }
}

impl fmt::Display for ConditionalAccessConditions {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.is_none() {
            return formatter.write_str("none");
        }
        formatter.write_str(&self.names().join(","))
    }
}

impl Serialize for ConditionalAccessConditions {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for ConditionalAccessConditions {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let value = Value::deserialize(deserializer)?;
        Self::read(value)
            .map(Option::unwrap_or_default)
            .map_err(|value| {
                serde::de::Error::custom(format!(
                    "{value} is no list of conditions: use names or a bit mask"
                ))
            })
    }
}

impl Lenient for ConditionalAccessConditions {
    fn read(value: Value) -> Result<Option<Self>, Value> {
        match value {
            Value::Null => Ok(None),
            Value::String(text) if text.trim().is_empty() => Ok(None),
            Value::String(text) => Ok(Some(Self::from(text.as_str()))),
            Value::Number(number) => match number.as_u64() {
                Some(bits) => Ok(Some(Self::from_bits(bits))),
                None => Err(Value::Number(number)),
            },
            Value::Array(names) if names.iter().all(Value::is_string) => {
                let names: Vec<&str> = names.iter().filter_map(Value::as_str).collect();
                Ok((!names.is_empty()).then(|| Self::from(names.join(",").as_str())))
            }
            other => Err(other),
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use serde_json::json;

    use super::*;

    #[test]
    fn a_bit_mask_and_names_are_the_same_set() {
        let mask = ConditionalAccessConditions::from_bits(279);
        let names = "application,users,devicePlatform,clientType,deviceState";
        assert_eq!(mask.to_string(), names);
        assert_eq!(ConditionalAccessConditions::from(names), mask);
        assert_eq!(mask.labels()[1], "User");
        assert!(mask.contains("CLIENTTYPE"));
        assert!(!mask.contains("location"));
    }

    #[test]
    fn every_bit_is_used_once() {
        for (position, (name, bit, _)) in CONDITIONS.iter().enumerate() {
            assert_eq!(*bit, 1 << position, "{name}");
        }
    }

    #[test]
    fn none_is_a_set_and_not_a_missing_value() {
        let none = ConditionalAccessConditions::read(json!("none"))
            .unwrap()
            .unwrap();
        assert!(none.is_none());
        assert_eq!(none, ConditionalAccessConditions::from_bits(0));
        assert_eq!(none.to_string(), "none");
        assert_eq!(ConditionalAccessConditions::read(json!("")), Ok(None));
    }

    #[test]
    fn unknown_names_and_bits_are_kept() {
        let newer = ConditionalAccessConditions::from("users, moonPhase ,1048576");
        assert_eq!(newer.names(), ["users", "1048576", "moonPhase"]);
        assert_eq!(
            ConditionalAccessConditions::from(newer.to_string().as_str()),
            newer
        );
        assert_eq!(ConditionalAccessConditions::read(json!(-1)), Err(json!(-1)));
        assert_eq!(
            ConditionalAccessConditions::read(json!(["users", "location"])),
            Ok(Some(ConditionalAccessConditions::from_bits(10)))
        );
    }

    proptest! {
        #[test]
        fn any_bit_mask_is_read_back(bits in any::<u64>()) {
            let set = ConditionalAccessConditions::from_bits(bits);
            prop_assert_eq!(ConditionalAccessConditions::from(set.to_string().as_str()), set);
        }

        #[test]
        fn any_text_is_read_back(text in any::<String>()) {
            let set = ConditionalAccessConditions::from(text.as_str());
            prop_assert_eq!(ConditionalAccessConditions::from(set.to_string().as_str()), set);
        }
    }
}
