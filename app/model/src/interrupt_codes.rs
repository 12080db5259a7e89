//! Which result codes count as interrupted.
//!
//! Microsoft does not publish the portal's own list, and tenants see it differently: whoever runs the portal may name
//! another one. It holds for the whole process, as the process has one answer to "how did this end": it is put in force
//! once, at the start. Files keep the outcomes of the list that is built in, and readers restate them (ADR 029).

use std::collections::BTreeSet;
use std::fmt;
use std::str::FromStr;
use std::sync::{LazyLock, OnceLock};

use serde::{Deserialize, Serialize};

use crate::outcome::{INTERRUPT_CODES, Outcome};

/// The list that is built in.
static BUILT_IN: LazyLock<InterruptCodes> = LazyLock::new(|| InterruptCodes {
    codes: BTreeSet::from(INTERRUPT_CODES),
    is_whole: false,
});
static IN_FORCE: OnceLock<InterruptCodes> = OnceLock::new();

/// The word for no code at all.
const NONE: &str = "none";

/// Result codes that mean "the person has to do one more thing", not "refused".
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct InterruptCodes {
    codes: BTreeSet<i64>,
    /// Whether it was written as a whole list, which does not follow the one that is built in.
    is_whole: bool,
}

/// A text that names no such codes.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum InterruptCodesError {
    /// No code.
    #[error(
        "\"{0}\" is no result code that can be interrupted: write numbers above 0, joined by commas"
    )]
    NoCode(String),
    /// A whole list and changes of the one that is built in.
    #[error(
        "write either a whole list, as 50058,50140, or changes of the one that is built in, as +500121,-50158"
    )]
    Mixed,
}

impl InterruptCodes {
    /// The codes that count in this process.
    pub fn in_force() -> &'static InterruptCodes {
        IN_FORCE.get().unwrap_or(&BUILT_IN)
    }

    /// Lets them count from now on.
    ///
    /// # Errors
    /// When others were put in force before: what was counted since would be wrong.
    pub fn put_in_force(self) -> Result<(), InterruptCodes> {
        IN_FORCE.set(self)
    }

    /// Whether a code counts.
    pub fn has(&self, code: i64) -> bool {
        self.codes.contains(&code)
    }

    /// Whether it is the list that is built in.
    pub fn is_built_in(&self) -> bool {
        self.codes == BUILT_IN.codes
    }

    /// All of them as one text, by which two lists are told apart whatever is built in.
    pub fn key(&self) -> String {
        let codes: Vec<String> = self.codes.iter().map(i64::to_string).collect();
        codes.join(",")
    }

    /// Codes that count and did not by the list that is built in.
    pub fn added(&self) -> impl Iterator<Item = i64> {
        self.codes.difference(&BUILT_IN.codes).copied()
    }

    /// Codes that do not count any more.
    pub fn dropped(&self) -> impl Iterator<Item = i64> {
        BUILT_IN.codes.difference(&self.codes).copied()
    }

    /// The outcome that counts for one that was stored. What a source stated itself is another than the code stands for,
    /// and stays.
    pub fn restated(&self, stored: Outcome, code: i64) -> Outcome {
        match stored {
            Outcome::Failure if self.has(code) && !BUILT_IN.has(code) => Outcome::Interrupted,
            Outcome::Interrupted if !self.has(code) && BUILT_IN.has(code) => Outcome::Failure,
            stored => stored,
        }
    }
}

impl Default for InterruptCodes {
    fn default() -> Self {
        BUILT_IN.clone()
    }
}

impl FromStr for InterruptCodes {
    type Err = InterruptCodesError;

    /// Reads a whole list, `50058,50140` or `none`, or changes of the one that is built in, `+500121,-50158`. An empty text
    /// is the list that is built in.
    fn from_str(text: &str) -> Result<InterruptCodes, InterruptCodesError> {
        if text.trim().eq_ignore_ascii_case(NONE) {
            return Ok(InterruptCodes {
                codes: BTreeSet::new(),
                is_whole: true,
            });
        }
        let items = text
            .split(',')
            .map(str::trim)
            .filter(|item| !item.is_empty());
        let (changes, whole): (Vec<&str>, Vec<&str>) =
            items.partition(|item| item.starts_with(['+', '-']));
        if !changes.is_empty() && !whole.is_empty() {
            return Err(InterruptCodesError::Mixed);
        }
        if whole.is_empty() {
            let mut codes = BUILT_IN.codes.clone();
            for change in changes {
                match change.strip_prefix('-') {
                    Some(dropped) => codes.remove(&code(dropped)?),
                    None => codes.insert(code(change.trim_start_matches('+'))?),
                };
            }
            return Ok(InterruptCodes {
                codes,
                is_whole: false,
            });
        }
        Ok(InterruptCodes {
            codes: whole.into_iter().map(code).collect::<Result<_, _>>()?,
            is_whole: true,
        })
    }
}

fn code(text: &str) -> Result<i64, InterruptCodesError> {
    let number = text.trim().parse().ok().filter(|number| *number > 0);
    number.ok_or_else(|| InterruptCodesError::NoCode(text.to_owned()))
}

impl fmt::Display for InterruptCodes {
    /// As it was written: a whole list, or changes of the one that is built in; nothing where it is that one.
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.is_whole {
            return formatter.write_str(match self.key().as_str() {
                "" => NONE,
                codes => codes,
            });
        }
        let added = self.added().map(|code| format!("+{code}"));
        let dropped = self.dropped().map(|code| format!("-{code}"));
        let changes: Vec<String> = added.chain(dropped).collect();
        formatter.write_str(&changes.join(","))
    }
}

impl TryFrom<String> for InterruptCodes {
    type Error = InterruptCodesError;

    fn try_from(text: String) -> Result<InterruptCodes, InterruptCodesError> {
        text.parse()
    }
}

impl From<InterruptCodes> for String {
    fn from(codes: InterruptCodes) -> String {
        codes.to_string()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> InterruptCodes {
        text.parse().expect("codes")
    }

    #[test]
    fn a_list_is_read_whole_or_as_changes() {
        assert!(read("").is_built_in());
        let changed = read("+500121, -50158");
        assert!(changed.has(500_121) && !changed.has(50_158) && changed.has(50_074));
        assert_eq!(changed.to_string(), "+500121,-50158");
        assert_eq!(read(&changed.to_string()), changed);
        let whole = read("50140, 50058");
        assert!(whole.has(50_058) && !whole.has(50_074));
        assert_eq!(whole.to_string(), "50058,50140");
        assert_eq!(read(&whole.to_string()), whole);
        let none = read("none");
        assert!(!none.has(50_058));
        assert_eq!(read(&none.to_string()), none);
        // What is there anyway, or is not, changes nothing.
        assert!(read("+50074,-500121").is_built_in());
    }

    #[test]
    fn what_is_no_list_is_refused() {
        for text in ["0", "+0", "-7x", "--5", "50058;50140", "1.5", "AADSTS50058"] {
            let error = text.parse::<InterruptCodes>();
            assert!(
                matches!(error, Err(InterruptCodesError::NoCode(_))),
                "{text}"
            );
        }
        assert_eq!(
            "50058,+50140".parse::<InterruptCodes>(),
            Err(InterruptCodesError::Mixed)
        );
    }

    /// Files hold the outcomes of this list, and nothing in them says so: with another one they would be restated
    /// wrongly. A code that is to count from now on needs a way to tell older files.
    #[test]
    fn the_list_that_is_built_in_never_changes() {
        let pinned = "16000,16001,16003,29200,50019,50055,50058,50059,50072,50074,50076,50097,50125,50127,50129,\
            50140,50143,50144,50148,50158,50168,50199,50201,51006,52004,65001,81010,81012,81014,90095,165100,501314,\
            1000002";
        assert_eq!(InterruptCodes::default().key(), pinned);
    }

    #[test]
    fn stored_outcomes_are_restated_where_the_lists_differ() {
        use Outcome::{Failure, Interrupted, Success};
        let codes = read("+500121,-50158");
        for (stored, code, expected) in [
            (Failure, 500_121, Interrupted),
            (Interrupted, 50_158, Failure),
            (Interrupted, 50_074, Interrupted),
            (Failure, 50_126, Failure),
            (Success, 0, Success),
            // What a portal file stated.
            (Success, 500_121, Success),
            (Failure, 50_074, Failure),
            (Interrupted, 50_126, Interrupted),
        ] {
            assert_eq!(codes.restated(stored, code), expected, "{stored} {code}");
        }
    }
}
