//! Fields of a sign-in: names, values, and what can be done with them.

use crate::view::errors::Guidance;
use crate::view::grid::{Moment, Tone};

/// A group of fields.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FieldGroup {
    /// Heading.
    pub label: String,
    /// The fields in order.
    pub fields: Vec<Field>,
}

/// A name and its values.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Field {
    /// The portal's label.
    pub label: String,
    /// The values: one, or those of a list. None are written as "None", because that may matter.
    pub values: Vec<FieldValue>,
}

/// One value of a field.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FieldValue {
    /// How it is written.
    pub written: Written,
    /// Page about what the value names.
    pub address: Option<String>,
    /// What can be done with it.
    pub verbs: Verbs,
}

/// How a value is written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Written {
    /// Text.
    Text(String),
    /// Identifier or code in the fixed-width face.
    Code(String),
    /// A moment.
    Moment(Moment),
    /// Status icon and word.
    Status(Tone, String),
}

/// What can be done with a value.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Verbs {
    /// The value in the names of the verbs: "Only Microsoft Teams".
    pub named: String,
    /// Address of the sign-ins that have it.
    pub only: Option<String>,
    /// Address of the sign-ins that do not.
    pub without: Option<String>,
    /// The whole value, to copy.
    pub copy: Option<String>,
}

/// What the error book says about a code, in place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ErrorMeaning {
    /// The code.
    pub code: String,
    /// Microsoft's name for it.
    pub name: Option<&'static str>,
    /// What the book says.
    pub guide: Guidance,
    /// Its page in the book.
    pub page: String,
}
