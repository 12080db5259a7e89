//! The pane that reads one sign-in.

use super::grid::{Moment, Tone};

/// One sign-in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Flyout {
    /// Who signed in to what.
    pub title: String,
    /// How it ended.
    pub tone: Tone,
    /// The same in the portal's word.
    pub status: String,
    /// When.
    pub date: Moment,
    /// In which time zone that is said.
    pub zone: String,
    /// Why, in a few words, with the error code.
    pub reason: Option<(String, Option<String>)>,
    /// The fields.
    pub sections: Vec<FieldGroup>,
    /// The record as it came, in lines.
    pub record: String,
    /// How many characters of the record are left out.
    pub record_left_out: usize,
    /// File or feed that it came from.
    pub origin: String,
    /// What the shape it came in is called.
    pub shape: String,
    /// How many earlier versions are kept.
    pub earlier_versions: usize,
}

/// A group of fields.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FieldGroup {
    /// Heading.
    pub label: String,
    /// The fields in order.
    pub fields: Vec<Field>,
}

/// A name and its value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Field {
    /// The portal's label.
    pub label: String,
    /// The value.
    pub value: FieldValue,
}

/// How a value is written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FieldValue {
    /// Nothing was recorded, which may matter.
    None,
    /// Text.
    Text(String),
    /// Identifier or code in the fixed-width face.
    Code(String),
    /// A moment.
    Moment(Moment),
    /// Status icon and word.
    Status(Tone, String),
}
