//! How a sign-in ended, as the portal's Status column says it.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use crate::interrupt_codes::InterruptCodes;

/// Result codes that mean "the person has to do one more thing", not "refused", unless others are configured.
///
/// Microsoft does not publish the portal's own list. These are, merged and sorted: the 20 codes
/// that the sign-in workbooks of Azure Monitor call pending user action; the 7 more of their second
/// list and of the failure analysis workbook (29200, 50019, 50076, 50097, 50148, 50158, 165100);
/// and the 6 that the documentation describes as an interrupt (50168, 50199, 50201, 90095, 501314,
/// 1000002).
pub const INTERRUPT_CODES: [i64; 33] = [
    16000, 16001, 16003, 29200, 50019, 50055, 50058, 50059, 50072, 50074, 50076, 50097, 50125,
    50127, 50129, 50140, 50143, 50144, 50148, 50158, 50168, 50199, 50201, 51006, 52004, 65001,
    81010, 81012, 81014, 90095, 165100, 501314, 1000002,
];

/// How a sign-in ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "&'static str")]
pub enum Outcome {
    /// A token was issued: result code 0.
    Success,
    /// The sign-in was refused or broke.
    Failure,
    /// One step of a sign-in that goes on: the person was asked for something.
    Interrupted,
}

/// A text that names no outcome.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("\"{0}\" is no outcome: use success, failure or interrupted")]
pub struct UnknownOutcome(pub String);

impl Outcome {
    /// All outcomes, in the order in which the portal lists them.
    pub const ALL: [Self; 3] = [Self::Success, Self::Failure, Self::Interrupted];

    /// Place among [`Outcome::ALL`], and among counts by outcome.
    pub const fn index(self) -> usize {
        match self {
            Self::Success => 0,
            Self::Failure => 1,
            Self::Interrupted => 2,
        }
    }

    /// The outcome that a result code (`status.errorCode`) stands for, by the codes in force; unknown codes are failures.
    pub fn of_error_code(code: i64) -> Self {
        Self::by(code, InterruptCodes::in_force().has(code))
    }

    /// The outcome that is stored for a result code: by the list that is built in, whatever is in force.
    pub fn stored_for(code: i64) -> Self {
        Self::by(code, INTERRUPT_CODES.binary_search(&code).is_ok())
    }

    fn by(code: i64, is_interrupt: bool) -> Self {
        match code {
            0 => Self::Success,
            _ if is_interrupt => Self::Interrupted,
            _ => Self::Failure,
        }
    }

    /// The outcome named in the Status column of a portal download, if it names one.
    pub fn from_portal_status(text: &str) -> Option<Self> {
        text.parse().ok()
    }

    /// The spelling in queries and storage: lower case.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Success => "success",
            Self::Failure => "failure",
            Self::Interrupted => "interrupted",
        }
    }

    /// The word the portal shows.
    pub fn label(self) -> &'static str {
        match self {
            Self::Success => "Success",
            Self::Failure => "Failure",
            Self::Interrupted => "Interrupted",
        }
    }
}

impl FromStr for Outcome {
    type Err = UnknownOutcome;

    /// Reads an outcome in any letter case, with blanks around it.
    ///
    /// # Errors
    /// [`UnknownOutcome`] with the text when it names none.
    fn from_str(text: &str) -> Result<Self, UnknownOutcome> {
        let name = text.trim();
        Self::ALL
            .into_iter()
            .find(|outcome| outcome.as_str().eq_ignore_ascii_case(name))
            .ok_or_else(|| UnknownOutcome(text.to_owned()))
    }
}

impl TryFrom<String> for Outcome {
    type Error = UnknownOutcome;

    fn try_from(text: String) -> Result<Self, UnknownOutcome> {
        text.parse()
    }
}

impl From<Outcome> for &'static str {
    fn from(outcome: Outcome) -> Self {
        outcome.as_str()
    }
}

impl fmt::Display for Outcome {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn indices_are_places_among_all() {
        for (place, outcome) in Outcome::ALL.into_iter().enumerate() {
            assert_eq!(outcome.index(), place);
        }
    }

    #[test]
    fn the_interrupt_codes_are_sorted_and_unique() {
        assert!(INTERRUPT_CODES.is_sorted_by(|left, right| left < right));
    }

    #[test]
    fn codes_are_told_apart() {
        assert_eq!(Outcome::of_error_code(0), Outcome::Success);
        assert_eq!(Outcome::of_error_code(50074), Outcome::Interrupted);
        assert_eq!(Outcome::of_error_code(50158), Outcome::Interrupted);
        assert_eq!(Outcome::of_error_code(1_000_002), Outcome::Interrupted);
        assert_eq!(Outcome::of_error_code(50126), Outcome::Failure);
        assert_eq!(Outcome::of_error_code(987_654), Outcome::Failure);
        assert_eq!(Outcome::of_error_code(-1), Outcome::Failure);
    }

    #[test]
    fn names_are_read_in_any_letter_case() {
        for outcome in Outcome::ALL {
            assert_eq!(outcome.label().to_uppercase().parse(), Ok(outcome));
            assert_eq!(
                Outcome::from_portal_status(&format!(" {outcome} ")),
                Some(outcome)
            );
            let json = serde_json::to_string(&outcome).unwrap();
            assert_eq!(json, format!("\"{}\"", outcome.as_str()));
            assert_eq!(serde_json::from_str::<Outcome>(&json).unwrap(), outcome);
        }
        assert_eq!(Outcome::from_portal_status("Estado"), None);
        let message = "maybe".parse::<Outcome>().unwrap_err().to_string();
        assert_eq!(
            message,
            "\"maybe\" is no outcome: use success, failure or interrupted"
        );
    }
}
