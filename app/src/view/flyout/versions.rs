//! What a record said before it was replaced.

use super::Record;
use super::compare::Difference;
use crate::view::grid::Moment;

/// All versions.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Versions {
    /// The versions, newest first.
    pub list: Vec<Version>,
    /// The chosen one.
    pub chosen: Option<Chosen>,
    /// Why they could not be read.
    pub failure: Option<String>,
}

/// One version.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Version {
    /// Its number, from 1 for the oldest.
    pub number: usize,
    /// Whether it is the one that counts now.
    pub is_present: bool,
    /// When it was stored here.
    pub stored: Option<Moment>,
    /// When its source wrote it.
    pub emitted: Option<Moment>,
    /// File or feed, and the shape it came in.
    pub origin: String,
    /// How much changed since the one before.
    pub changes: String,
    /// Where it is shown.
    pub address: String,
    /// Whether it is shown.
    pub is_chosen: bool,
}

/// A version in full.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Chosen {
    /// "Version 1 of 2".
    pub title: String,
    /// What changed since the version before; `None` for the first.
    pub changes: Option<Vec<Difference>>,
    /// The fields that did not change: label and value.
    pub same: Vec<(String, String)>,
    /// The record as it came.
    pub record: Record,
}
