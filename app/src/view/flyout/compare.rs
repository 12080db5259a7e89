//! Two sign-ins beside each other.

use crate::view::grid::{Moment, Tone};

/// Two sign-ins, or why there is no second one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Compared {
    /// What the open one is compared with: "Last success of the same user".
    pub title: &'static str,
    /// Address of the details of the open one.
    pub back: String,
    /// The open one.
    pub this: Side,
    /// The other one, or why there is none.
    pub other: Result<Side, String>,
    /// What they differ in.
    pub different: Vec<Difference>,
    /// What any two sign-ins differ in: moments and numbers.
    pub always_different: Vec<Difference>,
    /// What is the same: label and value.
    pub same: Vec<(String, String)>,
}

/// One of two sign-ins.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Side {
    /// How it ended.
    pub tone: Tone,
    /// The same in the portal's word.
    pub status: String,
    /// Kind of sign-in.
    pub kind: &'static str,
    /// When.
    pub date: Moment,
    /// Where it opens.
    pub address: String,
}

/// A field in which two differ.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Difference {
    /// Name of the field.
    pub label: String,
    /// Its value in the first; empty when it has none.
    pub first: String,
    /// Its value in the second; empty when it has none.
    pub second: String,
}
