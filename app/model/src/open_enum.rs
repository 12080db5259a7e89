//! Enumerations that never lose a value: the known spellings as variants, everything else kept as text.
//!
//! Microsoft adds members without notice, and the same member comes in different letter case from
//! Graph, diagnostic settings and exports. So a value is recognised without letter case and then
//! carries its canonical spelling; a value nobody knows stays exactly as it came, in `Other`.

use std::borrow::Cow;
use std::fmt;
use std::marker::PhantomData;

use serde::de::{Deserializer, Visitor};

/// What all enumerations made by `open_enum!` can do; lets generic code read any of them.
pub trait OpenEnum: for<'a> From<&'a str> + 'static {
    /// The known members, in the order of the schema.
    const KNOWN: &'static [Self];
    /// Whether the schema declares a flags type, so that several members can be set at once.
    const FLAGS: bool;

    /// The spelling used by Microsoft Graph, or the text of an unknown value as it came.
    fn as_str(&self) -> &str;
    /// The words the portal shows; an unknown value is shown as it came.
    fn label(&self) -> Cow<'_, str>;
    /// The number the schema gives this member, where it gives one.
    fn number(&self) -> Option<i64>;

    /// The member with this number, as diagnostic records sometimes write it. Several bits of a
    /// flags type become the comma separated names; an unknown number is kept as its digits.
    fn from_number(number: i64) -> Self {
        if let Some(known) = Self::KNOWN
            .iter()
            .find(|known| known.number() == Some(number))
        {
            return Self::from(known.as_str());
        }
        Self::from_bits(number).unwrap_or_else(|| Self::from(number.to_string().as_str()))
    }

    /// The member for text that may be the wire spelling or the portal's label, as in CSV
    /// downloads. Text that is neither is kept as it came.
    fn from_label(text: &str) -> Self {
        let member = Self::from(text);
        if Self::KNOWN
            .iter()
            .any(|known| known.as_str() == member.as_str())
        {
            return member;
        }
        let wanted = text.trim();
        match Self::KNOWN
            .iter()
            .find(|known| known.label().eq_ignore_ascii_case(wanted))
        {
            Some(known) => Self::from(known.as_str()),
            None => member,
        }
    }

    /// The names of all bits of `number`, or nothing when a bit has no name.
    fn from_bits(number: i64) -> Option<Self> {
        if !Self::FLAGS || number <= 0 {
            return None;
        }
        let mut rest = number;
        let mut names = Vec::new();
        for known in Self::KNOWN {
            if let Some(bit) = known.number()
                && bit > 0
                && rest & bit == bit
            {
                names.push(known.as_str());
                rest &= !bit;
            }
        }
        (rest == 0).then(|| Self::from(names.join(",").as_str()))
    }
}

/// The label of a text that is no single known member: the labels of its comma separated parts.
pub fn label_of_other<T: OpenEnum>(text: &str) -> Cow<'_, str> {
    if !text.contains(',') {
        return Cow::Borrowed(text);
    }
    let labels: Vec<String> = text
        .split(',')
        .map(|part| {
            let part = part.trim();
            let known = T::KNOWN
                .iter()
                .find(|known| known.as_str().eq_ignore_ascii_case(part));
            known.map_or_else(|| part.to_owned(), |known| known.label().into_owned())
        })
        .collect();
    Cow::Owned(labels.join(", "))
}

/// Reads an open enumeration from text or from the numbers of the schema.
///
/// # Errors
/// Only when the value is neither text nor a whole number.
pub fn deserialize<'de, T: OpenEnum, D: Deserializer<'de>>(deserializer: D) -> Result<T, D::Error> {
    struct Reader<T>(PhantomData<T>);

    impl<T: OpenEnum> Visitor<'_> for Reader<T> {
        type Value = T;

        fn expecting(&self, formatter: &mut fmt::Formatter) -> fmt::Result {
            formatter.write_str("a member name or its number")
        }

        fn visit_str<E>(self, text: &str) -> Result<T, E> {
            Ok(T::from(text))
        }

        fn visit_i64<E>(self, number: i64) -> Result<T, E> {
            Ok(T::from_number(number))
        }

        fn visit_u64<E>(self, number: u64) -> Result<T, E> {
            Ok(match i64::try_from(number) {
                Ok(number) => T::from_number(number),
                Err(_) => T::from(number.to_string().as_str()),
            })
        }
    }

    deserializer.deserialize_any(Reader(PhantomData))
}

/// Declares an open enumeration.
///
/// Each line is `Variant: "wireSpelling" (number) => "Portal label",`; the number is left out where
/// the schema gives none. `pub enum Name: flags` marks a flags type. `Other(Box<str>)` is added.
macro_rules! open_enum {
    (
        $(#[$about:meta])*
        pub enum $name:ident $(: $kind:ident)? {
            $( $(#[$doc:meta])* $variant:ident : $wire:literal $(($number:literal))? => $label:literal, )+
        }
    ) => {
        $(#[$about])*
        #[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum $name {
            $(
                $(#[$doc])*
                #[doc = concat!("`", $wire, "`, shown as \"", $label, "\".")]
                $variant,
            )+
            /// A value that is not in the list above, exactly as it came.
            Other(Box<str>),
        }

        impl $name {
            /// The known members, in the order of the schema.
            pub const KNOWN: &'static [Self] = &[$(Self::$variant),+];

            /// The spelling used by Microsoft Graph, or the text of an unknown value as it came.
            pub fn as_str(&self) -> &str {
                match self {
                    $(Self::$variant => $wire,)+
                    Self::Other(text) => text,
                }
            }

            /// The words the portal shows; an unknown value is shown as it came.
            pub fn label(&self) -> ::std::borrow::Cow<'_, str> {
                match self {
                    $(Self::$variant => ::std::borrow::Cow::Borrowed($label),)+
                    Self::Other(text) => $crate::open_enum::label_of_other::<Self>(text),
                }
            }

            /// The member for a wire spelling or a portal label, in any letter case.
            pub fn from_label(text: &str) -> Self {
                <Self as $crate::open_enum::OpenEnum>::from_label(text)
            }

            /// The member with this number; an unknown number is kept as its digits.
            pub fn from_number(number: i64) -> Self {
                <Self as $crate::open_enum::OpenEnum>::from_number(number)
            }
        }

        impl $crate::open_enum::OpenEnum for $name {
            const KNOWN: &'static [Self] = Self::KNOWN;
            const FLAGS: bool = open_enum!(@flags $($kind)?);

            fn as_str(&self) -> &str {
                self.as_str()
            }

            fn label(&self) -> ::std::borrow::Cow<'_, str> {
                self.label()
            }

            fn number(&self) -> Option<i64> {
                match self {
                    $(Self::$variant => open_enum!(@number $($number)?),)+
                    Self::Other(_) => None,
                }
            }
        }

        impl From<&str> for $name {
            fn from(text: &str) -> Self {
                $(
                    if text.eq_ignore_ascii_case($wire) {
                        return Self::$variant;
                    }
                )+
                Self::Other(text.into())
            }
        }

        impl ::std::fmt::Display for $name {
            fn fmt(&self, formatter: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                formatter.write_str(self.as_str())
            }
        }

        impl ::serde::Serialize for $name {
            fn serialize<S: ::serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str(self.as_str())
            }
        }

        impl<'de> ::serde::Deserialize<'de> for $name {
            fn deserialize<D: ::serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                $crate::open_enum::deserialize(deserializer)
            }
        }
    };
    (@flags) => { false };
    (@flags flags) => { true };
    (@number) => { None };
    (@number $number:literal) => { Some($number) };
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::OpenEnum;

    open_enum! {
        /// An enumeration of its own, so that the laws do not hang on the schema.
        pub enum Weather {
            Sunny: "clearSky" (0) => "Clear sky",
            Wet: "rain" (4) => "Rain",
            Windy: "wind" => "Wind",
        }
    }

    open_enum! {
        /// A flags type of its own.
        pub enum Door: flags {
            Shut: "shut" (0) => "Shut",
            Open: "open" (1) => "Open",
            Locked: "locked" (4) => "Locked",
        }
    }

    #[test]
    fn a_known_value_in_any_letter_case_carries_the_canonical_spelling() {
        assert_eq!(Weather::from("CLEARSKY"), Weather::Sunny);
        assert_eq!(Weather::from("CLEARSKY").to_string(), "clearSky");
        assert_eq!(Weather::Sunny.label(), "Clear sky");
    }

    #[test]
    fn an_unknown_value_is_shown_as_it_came() {
        let hail = Weather::from(" Hail ");
        assert_eq!(hail, Weather::Other(" Hail ".into()));
        assert_eq!(hail.label(), " Hail ");
    }

    #[test]
    fn numbers_are_read_as_the_schema_counts() {
        assert_eq!(Weather::from_number(4), Weather::Wet);
        assert_eq!(Weather::from_number(9), Weather::Other("9".into()));
        assert_eq!(serde_json::from_str::<Weather>("4").unwrap(), Weather::Wet);
        assert_eq!(
            serde_json::from_str::<Weather>("18446744073709551615")
                .unwrap()
                .as_str(),
            "18446744073709551615"
        );
        assert!(serde_json::from_str::<Weather>("{}").is_err());
    }

    #[test]
    fn several_bits_of_a_flags_type_become_names() {
        assert_eq!(Door::from_number(5), Door::Other("open,locked".into()));
        assert_eq!(Door::from_number(5).label(), "Open, Locked");
        assert_eq!(Door::from_number(0), Door::Shut);
        assert_eq!(Door::from_number(7), Door::Other("7".into()));
        assert_eq!(Door::from_label("LOCKED"), Door::Locked);
        assert_eq!(
            Weather::from_number(5),
            Weather::Other("5".into()),
            "not a flags type"
        );
    }

    #[test]
    fn a_label_is_read_as_its_member() {
        assert_eq!(Weather::from_label("clear SKY"), Weather::Sunny);
        assert_eq!(Weather::from_label("Rain"), Weather::Wet);
        assert_eq!(Weather::from_label("Snow"), Weather::Other("Snow".into()));
    }

    proptest! {
        #[test]
        fn any_text_comes_out_as_it_went_in(text in any::<String>()) {
            let value = Weather::from(text.as_str());
            prop_assert!(value.as_str() == text || value.as_str().eq_ignore_ascii_case(&text));
            let json = serde_json::to_string(&value).unwrap();
            prop_assert_eq!(serde_json::from_str::<Weather>(&json).unwrap(), value);
        }

        #[test]
        fn any_letter_case_of_a_known_value_is_that_value(
            index in 0..Weather::KNOWN.len(),
            upper in proptest::collection::vec(any::<bool>(), 16),
        ) {
            let known = &Weather::KNOWN[index];
            let text: String = known.as_str().chars().zip(upper)
                .map(|(letter, upper)| if upper { letter.to_ascii_uppercase() } else { letter })
                .collect();
            prop_assert_eq!(&Weather::from(text.as_str()), known);
        }

        #[test]
        fn every_number_survives(number in any::<i64>()) {
            let value = Door::from_number(number);
            let bits = value.as_str().split(',').map(|name| Door::from(name).number());
            let sum = bits.sum::<Option<i64>>().or_else(|| value.as_str().parse().ok());
            prop_assert_eq!(sum, Some(number));
        }
    }
}
