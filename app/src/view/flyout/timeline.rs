//! Sign-ins with the same correlation ID.

use super::fields::Verbs;
use crate::view::grid::{Moment, Tone};

/// All of them, in the order of time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Timeline {
    /// The correlation ID; `None` when the record has none.
    pub correlation_id: Option<String>,
    /// What can be done with it.
    pub verbs: Verbs,
    /// The sign-ins.
    pub events: Vec<Event>,
    /// How many more there are.
    pub left_out: u64,
    /// Why they could not be read.
    pub failure: Option<String>,
}

/// One of them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Event {
    /// How it ended.
    pub tone: Tone,
    /// The same in the portal's word.
    pub status: String,
    /// Who signed in to what.
    pub title: String,
    /// What can be done with what was signed in to; nothing for the one that is open.
    pub verbs: Verbs,
    /// Kind of sign-in, and why it ended so.
    pub about: String,
    /// When.
    pub date: Moment,
    /// How long after the one before.
    pub gap: Option<String>,
    /// Where it opens; `None` for the one that is open.
    pub address: Option<String>,
    /// Where the open one is compared with it; `None` for the one that is open.
    pub compare: Option<String>,
}
