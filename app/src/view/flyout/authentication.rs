//! How a person proved who they are.

use super::fields::{FieldGroup, Verbs};
use crate::view::grid::Moment;

/// The tab of authentication details.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Authentication {
    /// Policies that asked for it, and those that ended the session before; only those there are.
    pub groups: Vec<FieldGroup>,
    /// The steps, oldest first.
    pub steps: Vec<Step>,
    /// What one has to know about them.
    pub notes: Vec<&'static str>,
}

/// One step.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Step {
    /// When, in short and in full; `None` when it was not recorded.
    pub date: Option<(Moment, String)>,
    /// Method.
    pub method: String,
    /// What can be done with it.
    pub verbs: Verbs,
    /// Detail of the method.
    pub method_detail: String,
    /// Whether it succeeded; `None` when that was not recorded.
    pub succeeded: Option<bool>,
    /// What came out.
    pub result: String,
    /// Which requirement it served.
    pub requirement: String,
}

/// State of a station on the way to a token.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum StepState {
    /// It was passed.
    Passed,
    /// It ended the sign-in.
    Failed,
    /// It was not reached, or did not matter.
    NotReached,
}

/// A station on the way to a token.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StripStep {
    /// How it went.
    pub state: StepState,
    /// What it is: "Password".
    pub name: String,
    /// What came out, in words.
    pub result: String,
}
