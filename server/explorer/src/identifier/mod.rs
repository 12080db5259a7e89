//! Identifiers of which nearly every row has its own: 16 bytes each where they are GUIDs or tokens of
//! that size, the text as it came where they are not. The values of a segment are in order.

mod form;
mod tallied;

use std::cmp::Ordering;

use xxhash_rust::xxh3::xxh3_64;

use crate::codes::Local;
use crate::directory;
use crate::rows::Cell;

pub(crate) use self::form::Form;
use self::form::{GUID_LETTERS, TOKEN_LETTERS, guid, guid_range, read, token_starting, write};
pub(crate) use self::tallied::Tallied;

/// The identifiers of a segment, each once. Their local codes count from 1; 0 is no value.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Identifiers {
    form: Form,
    /// Those of the form, ascending.
    regular: Box<[u128]>,
    /// All others, ascending.
    odd: Box<[Box<str>]>,
}

/// One identifier, comparable across segments.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(crate) enum Identifier {
    /// One that fits the form.
    Regular(Form, u128),
    /// Any other.
    Odd(Box<str>),
}

/// An identifier that is yet to be written as a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Written {
    form: Form,
    value: u128,
}

impl Written {
    /// Calls with the text, which lives only for the call.
    pub fn with<T>(&self, call: impl FnOnce(&str) -> T) -> T {
        let mut written = [0u8; GUID_LETTERS];
        let length = write(self.form, self.value, &mut written);
        // It is written in ASCII.
        call(std::str::from_utf8(&written[..length]).unwrap_or_default())
    }
}

impl Identifiers {
    /// Takes the texts of the rows in their order, and says which of the identifiers each row has.
    pub fn new(texts: &[Option<&str>]) -> (Identifiers, Vec<Local>) {
        let first = texts.iter().flatten().find_map(|text| {
            let mut forms = [Form::Guid, Form::Token].into_iter();
            forms.find(|form| read(*form, text).is_some())
        });
        let form = first.unwrap_or(Form::Guid);
        let mut regular: Vec<(u128, usize)> = Vec::with_capacity(texts.len());
        let mut odd: Vec<(&str, usize)> = Vec::new();
        for (row, text) in texts.iter().enumerate() {
            if let Some(text) = text {
                match read(form, text) {
                    Some(value) => regular.push((value, row)),
                    None => odd.push((text, row)),
                }
            }
        }
        regular.sort_unstable();
        odd.sort_unstable();
        let mut codes = vec![0; texts.len()];
        let regular = distinct(&regular, 0, &mut codes);
        let odd = distinct(&odd, regular.len(), &mut codes);
        let identifiers = Identifiers {
            form,
            regular: regular.into_boxed_slice(),
            odd: odd.into_iter().map(Box::from).collect(),
        };
        (identifiers, codes)
    }

    /// Of these parts, both ascending.
    pub fn of_parts(form: Form, regular: Box<[u128]>, odd: Box<[Box<str>]>) -> Identifiers {
        Identifiers { form, regular, odd }
    }

    /// The parts that it consists of.
    pub fn parts(&self) -> (Form, &[u128], &[Box<str>]) {
        (self.form, &self.regular, &self.odd)
    }

    /// How many local codes there are, that of no value included.
    pub fn codes(&self) -> usize {
        1 + self.regular.len() + self.odd.len()
    }

    /// Calls with the text of a local code, which lives only for the call; `None` is no value.
    pub fn with<T>(&self, code: Local, call: impl FnOnce(Option<&str>) -> T) -> T {
        let Some(index) = usize::from(code).checked_sub(1) else {
            return call(None);
        };
        if let Some(value) = self.regular.get(index) {
            let (form, value) = (self.form, *value);
            return Written { form, value }.with(|text| call(Some(text)));
        }
        call(self.odd.get(index - self.regular.len()).map(AsRef::as_ref))
    }

    /// The value of a local code, as a cell.
    pub fn cell(&self, code: Local) -> Cell<'_> {
        let Some(index) = usize::from(code).checked_sub(1) else {
            return Cell::Empty;
        };
        match self.regular.get(index) {
            Some(value) => Cell::Identifier(Written {
                form: self.form,
                value: *value,
            }),
            None => self
                .odd
                .get(index - self.regular.len())
                .map_or(Cell::Empty, |text| Cell::Text(text)),
        }
    }

    /// The identifier of a local code; `None` is no value.
    pub fn identifier(&self, code: Local) -> Option<Identifier> {
        let index = usize::from(code).checked_sub(1)?;
        match self.regular.get(index) {
            Some(value) => Some(Identifier::Regular(self.form, *value)),
            None => {
                let odd = self.odd.get(index - self.regular.len())?;
                Some(Identifier::of(odd))
            }
        }
    }

    /// The number of a local code that fits the form; numbers of one form are in the order of texts.
    pub fn regular(&self, code: Local) -> Option<(Form, u128)> {
        let index = usize::from(code).checked_sub(1)?;
        Some((self.form, *self.regular.get(index)?))
    }

    /// The GUID of a local code, when it is one.
    pub fn guid(&self, code: Local) -> Option<u128> {
        self.regular(code)
            .filter(|(form, _)| *form == Form::Guid)
            .map(|(_, value)| value)
    }

    /// Local codes in the order of their texts, where that is not their own order.
    pub fn ordered(&self) -> Option<Vec<Local>> {
        if self.odd.is_empty() {
            return None;
        }
        let mut codes: Vec<(String, Local)> = (1..self.codes())
            .map(|code| {
                let code = local(code);
                (
                    self.with(code, |text| text.unwrap_or_default().to_owned()),
                    code,
                )
            })
            .collect();
        codes.sort_unstable();
        Some(codes.into_iter().map(|(_, code)| code).collect())
    }

    /// Adds the local codes of the identifiers that are the text, in any letter case.
    pub fn equal(&self, text: &LookedUp, out: &mut Vec<Local>) {
        match self.form {
            Form::Guid => out.extend(
                text.guid
                    .and_then(|value| self.search(value))
                    .map(|index| local(index + 1)),
            ),
            Form::Token if text.folded.len() == TOKEN_LETTERS => {
                out.extend(self.tokens(&text.folded));
            }
            Form::Token => {}
        }
        if !self.odd.is_empty() {
            out.extend(self.odds(|held| held == text.folded));
        }
    }

    /// Whether some identifier is the text, in any letter case.
    pub fn has(&self, text: &LookedUp) -> bool {
        let mut found = Vec::new();
        self.equal(text, &mut found);
        !found.is_empty()
    }

    /// Local codes of the identifiers that begin with a text, given in lower case.
    pub fn starting(&self, folded: &str) -> Vec<Local> {
        let regular: Vec<Local> = match self.form {
            Form::Guid => guid_range(folded, &self.regular)
                .map(|index| local(index + 1))
                .collect(),
            Form::Token => self.tokens(folded).collect(),
        };
        let odds = self.odds(|held| held.starts_with(folded));
        regular.into_iter().chain(odds).collect()
    }

    /// Tokens that begin with a text, given in lower case, in any letter case.
    fn tokens(&self, folded: &str) -> impl Iterator<Item = Local> {
        let begins = token_starting(folded);
        let all = self.regular.iter().enumerate();
        all.filter(move |(_, value)| begins(**value))
            .map(|(index, _)| local(index + 1))
    }

    /// Odd identifiers that meet a test in lower case.
    fn odds(&self, meets: impl Fn(&str) -> bool) -> impl Iterator<Item = Local> {
        let odds = self.odd.iter().enumerate();
        let found = odds.filter(move |(_, held)| meets(&held.to_lowercase()));
        found.map(|(index, _)| local(self.regular.len() + index + 1))
    }

    /// Place of a regular value. Most are random: where it would lie, were they spread evenly, is
    /// nearly where it is, which reads much less memory than halving does.
    fn search(&self, value: u128) -> Option<usize> {
        let (mut low, mut high) = (0, self.regular.len());
        let top = (value >> 64) as u64;
        let (mut low_top, mut high_top) = (0u64, u64::MAX);
        for _ in 0..3 {
            if high - low < 16 || top <= low_top || high_top <= low_top {
                break;
            }
            let share = u128::from(top - low_top) * (high - low) as u128;
            let guess = share / (u128::from(high_top - low_top) + 1);
            let guess = low + usize::try_from(guess).unwrap_or(0).min(high - low - 1);
            // A little before and a little after: what is looked for mostly lies between.
            let slack = (high - low).isqrt() * 2;
            let (before, after) = (
                guess.saturating_sub(slack).max(low),
                (guess + slack).min(high - 1),
            );
            if self.regular[before] <= value {
                (low, low_top) = (before, (self.regular[before] >> 64) as u64);
            } else {
                high = before;
                high_top = (self.regular[before] >> 64) as u64;
                continue;
            }
            if self.regular[after] > value {
                (high, high_top) = (after, (self.regular[after] >> 64) as u64);
            } else {
                (low, low_top) = (after, (self.regular[after] >> 64) as u64);
            }
        }
        let found = self.regular.get(low..high)?.binary_search(&value).ok()?;
        Some(low + found)
    }

    /// Memory, about, in bytes.
    pub fn size_bytes(&self) -> usize {
        let odd: usize = self.odd.iter().map(|text| text.len() + 32).sum();
        size_of_val(&*self.regular) + odd
    }
}

/// The values without repeats; each row gets the code of its value, the first of which is one more
/// than `before`.
fn distinct<T: Copy + PartialEq>(
    sorted: &[(T, usize)],
    before: usize,
    codes: &mut [Local],
) -> Vec<T> {
    let mut values: Vec<T> = Vec::with_capacity(sorted.len());
    for (value, row) in sorted {
        if values.last() != Some(value) {
            values.push(*value);
        }
        codes[*row] = local(before + values.len());
    }
    values
}

fn local(index: usize) -> Local {
    Local::try_from(index).unwrap_or(Local::MAX)
}

/// A text that is looked for in any letter case.
pub(crate) struct LookedUp {
    folded: String,
    guid: Option<u128>,
}

impl LookedUp {
    /// The same for all texts that differ in letter case only.
    pub fn hash(&self) -> u64 {
        match self.guid {
            Some(value) => directory::hash_of_guid(value),
            None => xxh3_64(self.folded.as_bytes()),
        }
    }

    pub fn new(text: &str) -> LookedUp {
        let folded = text.to_lowercase();
        LookedUp {
            guid: guid(folded.as_bytes()),
            folded,
        }
    }
}

impl Identifier {
    /// The identifier of a text. What is odd in one segment may be of the form of another, so that it
    /// has to be read to be the same in both.
    pub fn of(text: &str) -> Identifier {
        let mut forms = [Form::Guid, Form::Token].into_iter();
        let read = forms.find_map(|form| Some(Identifier::Regular(form, read(form, text)?)));
        read.unwrap_or_else(|| Identifier::Odd(Box::from(text)))
    }

    /// The order of the texts.
    pub fn compare(&self, other: &Identifier) -> Ordering {
        match (self, other) {
            (Identifier::Regular(form, value), Identifier::Regular(other_form, other))
                if form == other_form =>
            {
                value.cmp(other)
            }
            (Identifier::Odd(text), Identifier::Odd(other)) => text.cmp(other),
            _ => self.text().cmp(&other.text()),
        }
    }

    /// The text.
    pub fn text(&self) -> String {
        match self {
            Identifier::Regular(form, value) => {
                let (form, value) = (*form, *value);
                Written { form, value }.with(str::to_owned)
            }
            Identifier::Odd(text) => text.to_string(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn texts(identifiers: &Identifiers, codes: &[Local]) -> Vec<Option<String>> {
        let text = |code: &Local| identifiers.with(*code, |text| text.map(str::to_owned));
        codes.iter().map(text).collect()
    }

    fn equal(identifiers: &Identifiers, text: &str) -> Vec<Local> {
        let mut found = Vec::new();
        identifiers.equal(&LookedUp::new(text), &mut found);
        found
    }

    /// Rows of which one of the codes was found.
    fn rows(codes: &[Local], found: &[Local]) -> Vec<usize> {
        (0..codes.len())
            .filter(|row| found.contains(&codes[*row]))
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
            Some("5e1f0c4e-2f0f-4c55-9d8e-6a5f6b0e4b00"),
        ];
        let (identifiers, codes) = Identifiers::new(&given);
        let back = texts(&identifiers, &codes);
        assert_eq!(back.iter().map(Option::as_deref).collect::<Vec<_>>(), given);
        let found = equal(&identifiers, "5E1f0c4e-2f0f-4c55-9d8e-6a5f6b0e4b00");
        assert_eq!(rows(&codes, &found), [0, 2, 7]);
        for (text, expected) in [
            ("5e1f", vec![0, 2, 7]),
            ("5e1f0c4e-", vec![0, 2, 7]),
            ("5e1f0c4e2", vec![]),
            ("0000", vec![3]),
            ("f", vec![4]),
            ("ä", vec![6]),
            ("kc5", vec![5]),
            ("zz", vec![]),
        ] {
            assert_eq!(
                rows(&codes, &identifiers.starting(text)),
                expected,
                "{text}"
            );
        }
    }

    #[test]
    fn tokens_are_found_in_any_letter_case() {
        let given = [
            Some("kC5TDWnuw0O_GRx7ujUBAA"),
            Some("Kc5tdwnuw0o_grX7UJubaa"),
            None,
        ];
        let (identifiers, codes) = Identifiers::new(&given);
        assert_eq!(
            rows(&codes, &equal(&identifiers, "KC5TDWNUW0O_GRX7UJUBAA")),
            [0, 1]
        );
        assert_eq!(rows(&codes, &identifiers.starting("kc5t")), [0, 1]);
        assert_eq!(rows(&codes, &identifiers.starting("c5t")), [0; 0]);
    }

    fn any_texts() -> impl Strategy<Value = Vec<Option<String>>> {
        prop::collection::vec(
            prop::option::of(prop_oneof![
                "[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}",
                "[A-Za-z0-9_-]{21}[AQgw]",
                "[A-Za-z0-9_-]{22}",
                "\\PC{1,40}",
            ]),
            0..80,
        )
    }

    proptest! {
        #[test]
        fn any_texts_come_back_and_are_in_order(given in any_texts()) {
            let given: Vec<Option<&str>> = given.iter().map(Option::as_deref).collect();
            let (identifiers, codes) = Identifiers::new(&given);
            let back = texts(&identifiers, &codes);
            prop_assert_eq!(back.iter().map(Option::as_deref).collect::<Vec<_>>(), given.clone());
            for (row, text) in given.iter().enumerate() {
                if let Some(text) = text {
                    prop_assert!(equal(&identifiers, text).contains(&codes[row]), "{}", text);
                    prop_assert_eq!(&identifiers.identifier(codes[row]).expect("held").text(), text);
                }
            }
            let own: Vec<Local> = (1..identifiers.codes()).map(local).collect();
            let mut expected: Vec<Option<String>> = texts(&identifiers, &own);
            expected.sort();
            prop_assert_eq!(texts(&identifiers, &identifiers.ordered().unwrap_or(own)), expected);
        }

        #[test]
        fn numbers_are_found_however_they_are_spread(
            mut numbers in prop::collection::vec(prop_oneof![any::<u128>(), 0u128..500, (0u128..9).prop_map(|top| top << 120)], 0..300),
            others in prop::collection::vec(any::<u128>(), 0..20),
        ) {
            numbers.sort_unstable();
            numbers.dedup();
            let identifiers = Identifiers::of_parts(Form::Guid, numbers.clone().into(), Box::default());
            for number in numbers.iter().chain(&others) {
                prop_assert_eq!(identifiers.search(*number), numbers.binary_search(number).ok());
            }
        }
    }
}
