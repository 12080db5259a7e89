//! The error book: what the result codes of sign-ins mean, in a few plain words.
//!
//! Codes and names are those of the published list of `AADSTS` errors and of community notes; the
//! short texts are our own. A code that is not here is shown by its number alone.

mod authentication;
mod clients;
mod passwords;
mod policies;
mod services;
mod tokens;

use serde::Serialize;

use crate::outcome::Outcome;

/// One result code.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
pub struct ErrorEntry {
    /// The code, `status.errorCode` of a sign-in and the number of `AADSTS…`.
    pub code: i64,
    /// Microsoft's name for it, such as `DeviceNotCompliant`, where it has one.
    pub name: Option<&'static str>,
    /// What a sign-in with this code came to.
    pub outcome: Outcome,
    /// The cause in at most 48 characters, without a full stop.
    pub short: &'static str,
}

/// The tables, in the order of their codes.
static TABLES: [&[ErrorEntry]; 6] = [
    tokens::ENTRIES,
    authentication::ENTRIES,
    policies::ENTRIES,
    services::ENTRIES,
    passwords::ENTRIES,
    clients::ENTRIES,
];

/// What the book says about a code.
pub fn entry(code: i64) -> Option<&'static ErrorEntry> {
    TABLES.iter().find_map(|table| {
        let position = table.binary_search_by_key(&code, |entry| entry.code).ok()?;
        table.get(position)
    })
}

/// All entries, sorted by code.
pub fn entries() -> impl Iterator<Item = &'static ErrorEntry> {
    TABLES.iter().copied().flatten()
}

const fn row(code: i64, name: &'static str, outcome: Outcome, short: &'static str) -> ErrorEntry {
    let name = if name.is_empty() { None } else { Some(name) };
    ErrorEntry {
        code,
        name,
        outcome,
        short,
    }
}

/// A row for a code that means success; an empty name means that Microsoft gives none.
const fn succeeded(code: i64, name: &'static str, short: &'static str) -> ErrorEntry {
    row(code, name, Outcome::Success, short)
}

/// A row for a code that means failure; an empty name means that Microsoft gives none.
const fn failed(code: i64, name: &'static str, short: &'static str) -> ErrorEntry {
    row(code, name, Outcome::Failure, short)
}

/// A row for a code that asks for one more step; an empty name means that Microsoft gives none.
const fn interrupted(code: i64, name: &'static str, short: &'static str) -> ErrorEntry {
    row(code, name, Outcome::Interrupted, short)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::outcome::INTERRUPT_CODES;

    /// The number of codes in the collected list the tables were written from.
    const COLLECTED_CODES: usize = 369;

    #[test]
    fn the_book_is_sorted_and_complete() {
        let codes: Vec<i64> = entries().map(|entry| entry.code).collect();
        assert!(codes.is_sorted_by(|left, right| left < right));
        assert_eq!(codes.len(), COLLECTED_CODES);
    }

    #[test]
    fn every_code_is_found_and_agrees_with_the_outcome_rule() {
        for listed in entries() {
            assert_eq!(entry(listed.code), Some(listed));
            assert_eq!(
                Outcome::of_error_code(listed.code),
                listed.outcome,
                "{}",
                listed.code
            );
        }
        for code in INTERRUPT_CODES {
            assert!(
                entry(code).is_some(),
                "{code} is an interrupt and not in the book"
            );
        }
    }

    #[test]
    fn codes_beside_the_known_ones_are_not_found() {
        for code in [
            -1,
            1,
            50125 - 100_000,
            50099 + 1_000_000,
            7_000_223,
            i64::MAX,
        ] {
            assert_eq!(entry(code), None);
        }
    }

    #[test]
    fn short_texts_follow_the_guide() {
        for entry in entries() {
            let short = entry.short;
            assert!((1..=48).contains(&short.chars().count()), "{short}");
            assert!(!short.ends_with(['.', '!']), "{short}");
            assert!(short.starts_with(char::is_uppercase), "{short}");
            assert_eq!(short, short.trim(), "{short}");
            for word in ["please", "oops", "successfully", "AADSTS"] {
                assert!(
                    !short.to_lowercase().contains(&word.to_lowercase()),
                    "{short}"
                );
            }
        }
    }

    #[test]
    fn texts_shown_in_the_design_stay() {
        let short = |code| entry(code).map(|entry| entry.short);
        assert_eq!(short(53000), Some("Device is not compliant"));
        assert_eq!(short(50126), Some("Wrong user name or password"));
        assert_eq!(short(50074), Some("Asked for a second factor"));
        assert_eq!(short(50105), Some("Not assigned to the app"));
        assert_eq!(short(50058), Some("No session yet, sign-in started"));
        assert_eq!(short(500_121), Some("Second factor failed or unanswered"));
        assert_eq!(entry(50056).and_then(|entry| entry.name), None);
        assert_eq!(
            entry(53000).and_then(|entry| entry.name),
            Some("DeviceNotCompliant")
        );
    }
}
