//! Why a sign-in went as it did.

use crate::view::grid::Tone;

/// The verdict, in words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Verdict {
    /// What is asked: "Why did this fail?".
    pub question: &'static str,
    /// Tint; `None` where nobody can tell.
    pub tone: Option<Tone>,
    /// The cause.
    pub cause: String,
    /// What follows.
    pub follows: String,
    /// Who acts next; `None` where nobody has to.
    pub acts: Option<&'static str>,
    /// How certain it is, and from how many fields: "Certain, from 4 fields".
    pub certainty: String,
    /// The fields that it was worked out from.
    pub fields: Vec<VerdictField>,
    /// Page of the error book: words and address.
    pub book: Option<(String, String)>,
    /// The sign-ins of the same day with the same code: words and address.
    pub alike: Option<(String, String)>,
    /// The other events of the same sign-in; `None` where there are none.
    pub events: Option<Events>,
    /// What is said while more of the record may come.
    pub settling: Option<&'static str>,
}

/// The events of the sign-in that the open one is part of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Events {
    /// Which of them is open.
    pub place: String,
    /// The nearest others, in the order of time: words and address.
    pub others: Vec<(String, String)>,
    /// The timeline, where not all are among these.
    pub all: Option<(String, String)>,
}

/// A field that was used.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct VerdictField {
    /// Its label.
    pub label: &'static str,
    /// What the record has in it.
    pub value: String,
    /// The tab where it stands.
    pub address: String,
}
