//! Why records are set aside.

/// Why a record was set aside.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// The bytes are no JSON object.
    #[error("not readable as JSON: {0}")]
    NotJson(String),
    /// The bytes are no UTF-8 text.
    #[error("not text: the bytes are not valid UTF-8")]
    NotText,
    /// It has no moment.
    #[error("has no date: neither createdDateTime nor the time it was sent is there")]
    NoDate,
    /// Its moment cannot be read, or lies outside the years 2000 to 2200.
    #[error("date is not a date: `{0}`")]
    BadDate(String),
    /// An envelope without the sign-in that it names.
    #[error("holds nothing of a sign-in: it names a sign-in log but has no `properties`")]
    NoProperties,
    /// A table whose headers are in a language that is not known.
    #[error("headers are not known; download the file with the portal set to English")]
    UnknownHeaders,
    /// Authentication steps of a sign-in that is nowhere.
    #[error("steps of a sign-in that is not here; import the sign-ins file together with this one")]
    StepWithoutSignIn,
}

impl Refusal {
    /// Short name by which rejects are counted.
    pub const fn reason(&self) -> &'static str {
        match self {
            Refusal::NotJson(_) => "not readable as JSON",
            Refusal::NotText => "not text",
            Refusal::NoDate => "no date",
            Refusal::BadDate(_) => "date is not a date",
            Refusal::NoProperties => "no properties",
            Refusal::UnknownHeaders => "headers are not known",
            Refusal::StepWithoutSignIn => "steps of a sign-in that is not here",
        }
    }
}
