//! Identifiers of which nearly every row has its own: 16 bytes each where they are GUIDs or tokens of
//! that size, the text as it came where they are not.

use std::collections::BTreeMap;

/// No value.
const EMPTY: u128 = 0;
/// The text is kept beside.
const ODD: u128 = u128::MAX;

/// How 16 bytes are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Form {
    /// `5e1f0c4e-2f0f-4c55-9d8e-6a5f6b0e4b00`, in lower case.
    Guid,
    /// 22 letters of the URL-safe base 64.
    Token,
}

/// The identifiers of the rows of a segment.
#[derive(Debug)]
pub(crate) struct Identifiers {
    values: Box<[u128]>,
    form: Form,
    odd: BTreeMap<u32, Box<str>>,
}

impl Identifiers {
    /// Takes the texts of the rows in their order.
    pub fn new<'a>(texts: impl ExactSizeIterator<Item = Option<&'a str>>) -> Identifiers {
        let mut form = None;
        let mut odd = BTreeMap::new();
        let mut values = Vec::with_capacity(texts.len());
        for (row, text) in (0..).zip(texts) {
            let Some(text) = text else {
                values.push(EMPTY);
                continue;
            };
            let read = match form {
                Some(form) => read(form, text).map(|value| (form, value)),
                None => [Form::Guid, Form::Token]
                    .into_iter()
                    .find_map(|form| Some((form, read(form, text)?))),
            };
            match read {
                Some((found, value)) => {
                    form = Some(found);
                    values.push(value);
                }
                None => {
                    odd.insert(row, Box::from(text));
                    values.push(ODD);
                }
            }
        }
        if values.iter().all(|value| *value == EMPTY) {
            // Many columns are empty in most files.
            values = Vec::new();
        }
        Identifiers {
            values: values.into_boxed_slice(),
            form: form.unwrap_or(Form::Guid),
            odd,
        }
    }

    fn value(&self, row: usize) -> u128 {
        self.values.get(row).copied().unwrap_or(EMPTY)
    }

    /// Calls with the text of a row, which lives only for the call; `None` when it has none.
    pub fn with<T>(&self, row: usize, call: impl FnOnce(Option<&str>) -> T) -> T {
        let mut written = [0u8; 36];
        match self.value(row) {
            EMPTY => call(None),
            ODD => call(
                u32::try_from(row)
                    .ok()
                    .and_then(|row| self.odd.get(&row))
                    .map(AsRef::as_ref),
            ),
            value => {
                let length = write(self.form, value, &mut written);
                call(std::str::from_utf8(&written[..length]).ok())
            }
        }
    }

    /// The rows, of these, whose identifier is the text, in any letter case.
    pub fn is(&self, text: &str) -> impl Fn(usize) -> bool {
        let folded = text.to_lowercase();
        // A GUID has one value in any letter case; letters of a token mean something.
        let wanted = match self.form {
            Form::Guid => read(Form::Guid, &folded),
            Form::Token => None,
        };
        let plain = self.form == Form::Guid;
        move |row| match self.value(row) {
            EMPTY => false,
            ODD => self.with(row, |held| {
                held.is_some_and(|held| held.to_lowercase() == folded)
            }),
            value if plain => Some(value) == wanted,
            _ => self.with(row, |held| {
                held.is_some_and(|held| held.to_lowercase() == folded)
            }),
        }
    }

    /// The rows, of these, whose identifier has the text somewhere; the text is in lower case.
    pub fn contains<'a>(&'a self, folded: &'a str) -> impl Fn(usize) -> bool + 'a {
        // What is searched for is mostly a name, which no GUID can hold.
        let is_possible = match self.form {
            Form::Guid => {
                folded.len() <= 36
                    && folded
                        .bytes()
                        .all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f' | b'-'))
            }
            Form::Token => folded.len() <= 22 && folded.is_ascii(),
        };
        move |row| match self.value(row) {
            EMPTY => false,
            value if value != ODD && !is_possible => false,
            value if value != ODD && self.form == Form::Guid => {
                self.with(row, |held| held.is_some_and(|held| held.contains(folded)))
            }
            _ => self.with(row, |held| {
                held.is_some_and(|held| held.to_lowercase().contains(folded))
            }),
        }
    }

    /// Memory, about, in bytes.
    pub fn size_bytes(&self) -> usize {
        let odd: usize = self.odd.values().map(|text| text.len() + 32).sum();
        self.values.len() * size_of::<u128>() + odd
    }
}

fn read(form: Form, text: &str) -> Option<u128> {
    let value = match form {
        Form::Guid => guid(text.as_bytes())?,
        Form::Token => token(text.as_bytes())?,
    };
    (value != EMPTY && value != ODD).then_some(value)
}

fn guid(text: &[u8]) -> Option<u128> {
    if text.len() != 36 {
        return None;
    }
    let mut value = 0;
    for (at, byte) in text.iter().enumerate() {
        let digit = match byte {
            b'-' if matches!(at, 8 | 13 | 18 | 23) => continue,
            _ if matches!(at, 8 | 13 | 18 | 23) => return None,
            b'0'..=b'9' => byte - b'0',
            b'a'..=b'f' => byte - b'a' + 10,
            _ => return None,
        };
        value = value << 4 | u128::from(digit);
    }
    Some(value)
}

const LETTERS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

fn token(text: &[u8]) -> Option<u128> {
    if text.len() != 22 {
        return None;
    }
    let mut value: u128 = 0;
    for (at, byte) in text.iter().enumerate() {
        let bits = match byte {
            b'A'..=b'Z' => byte - b'A',
            b'a'..=b'z' => byte - b'a' + 26,
            b'0'..=b'9' => byte - b'0' + 52,
            b'-' => 62,
            b'_' => 63,
            _ => return None,
        };
        // The last letter carries two bits; what else it says would be lost.
        value = match at {
            21 if bits & 15 != 0 => return None,
            21 => value << 2 | u128::from(bits >> 4),
            _ => value << 6 | u128::from(bits),
        };
    }
    Some(value)
}

fn write(form: Form, value: u128, out: &mut [u8; 36]) -> usize {
    match form {
        Form::Guid => {
            const DIGITS: &[u8; 16] = b"0123456789abcdef";
            const PLACES: [usize; 16] = [0, 2, 4, 6, 9, 11, 14, 16, 19, 21, 24, 26, 28, 30, 32, 34];
            for at in [8, 13, 18, 23] {
                out[at] = b'-';
            }
            for (byte, at) in value.to_be_bytes().into_iter().zip(PLACES) {
                out[at] = DIGITS[usize::from(byte >> 4)];
                out[at + 1] = DIGITS[usize::from(byte & 15)];
            }
            36
        }
        Form::Token => {
            let mut shift = 128;
            for byte in out.iter_mut().take(21) {
                shift -= 6;
                *byte = LETTERS[(value >> shift & 63) as usize];
            }
            out[21] = LETTERS[((value & 3) << 4) as usize];
            22
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn texts(identifiers: &Identifiers, rows: usize) -> Vec<Option<String>> {
        (0..rows)
            .map(|row| identifiers.with(row, |text| text.map(str::to_owned)))
            .collect()
    }

    #[test]
    fn everything_comes_back_as_it_was() {
        let given = [
            Some("5e1f0c4e-2f0f-4c55-9d8e-6a5f6b0e4b00"),
            None,
            Some("5E1F0C4E-2F0F-4C55-9D8E-6A5F6B0E4B00"),
            Some("00000000-0000-0000-0000-000000000000"),
            Some("ffffffff-ffff-ffff-ffff-ffffffffffff"),
            Some("kC5TDWnuw0O_GRx7ujUBAA"),
            Some("ä"),
        ];
        let identifiers = Identifiers::new(given.into_iter());
        let back = texts(&identifiers, given.len());
        assert_eq!(back.iter().map(Option::as_deref).collect::<Vec<_>>(), given);
        let is = identifiers.is("5E1f0c4e-2f0f-4c55-9d8e-6a5f6b0e4b00");
        let found: Vec<usize> = (0..given.len()).filter(|row| is(*row)).collect();
        assert_eq!(found, [0, 2]);
        for (text, rows) in [
            ("5e1f", vec![0, 2]),
            ("-0000-", vec![3]),
            ("ä", vec![6]),
            ("rx7u", vec![5]),
            ("zz", vec![]),
        ] {
            let contains = identifiers.contains(text);
            let found: Vec<usize> = (0..given.len()).filter(|row| contains(*row)).collect();
            assert_eq!(found, rows, "{text}");
        }
    }

    #[test]
    fn nothing_takes_no_room() {
        let identifiers = Identifiers::new([None, None].into_iter());
        assert_eq!(identifiers.size_bytes(), 0);
        assert_eq!(texts(&identifiers, 2), [None, None]);
        assert!(!identifiers.is("")(1) && !identifiers.contains("")(1));
    }

    proptest! {
        #[test]
        fn any_texts_come_back(
            given in prop::collection::vec(
                prop::option::of(prop_oneof![
                    "[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}",
                    "[A-Za-z0-9_-]{21}[AQgw]",
                    "[A-Za-z0-9_-]{22}",
                    "\\PC{1,40}",
                ]),
                0..12,
            ),
        ) {
            let identifiers = Identifiers::new(given.iter().map(Option::as_deref));
            prop_assert_eq!(&texts(&identifiers, given.len()), &given);
            for (row, text) in given.iter().enumerate() {
                if let Some(text) = text {
                    prop_assert!(identifiers.is(text)(row), "{}", text);
                }
            }
        }
    }
}
