//! Lines that stand for several sign-ins.

use model::query::Every;

/// What the link on the number of a line carries where it stands for the events of one sign-in.
pub const OF_EVENTS: &str = "events";

/// The first cell of a row where sign-ins are folded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Fold {
    /// The row stands for sign-ins that are alike, and shows the newest of them.
    Line {
        /// How many there are.
        sign_ins: u64,
        /// From when to when, in words.
        span: String,
        /// Whether these are events of one sign-in of a person.
        is_of_events: bool,
        /// Where they are shown one by one. `None` where there is only the one, or no address could say it.
        address: Option<String>,
    },
    /// The row is one sign-in of the line above.
    Member,
}

/// How the sign-ins of a page are folded, and how they could be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Folding {
    /// As they are.
    pub every: Every,
    /// What the choice is called.
    pub label: &'static str,
    /// The choices.
    pub choices: Vec<Choice>,
    /// What that means, or why it is not so.
    pub note: String,
    /// How many lines there are in all, where that is known.
    pub lines: Option<u64>,
}

/// One choice.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Choice {
    /// Its words.
    pub label: String,
    /// Its address.
    pub address: String,
    /// Whether it is the present one.
    pub is_present: bool,
}
