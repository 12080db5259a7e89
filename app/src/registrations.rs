//! What the backend tells of bringing in lists of what people registered.

use model::registration::FACTS;

/// What came of an import.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct RegistrationImport {
    /// Each file by itself.
    pub files: Vec<FileOfRegistrations>,
}

/// What came of one file.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct FileOfRegistrations {
    /// Its name.
    pub name: String,
    /// People, events, relying parties, summaries and credentials in it.
    pub facts: [u64; FACTS],
    /// Facts about what was not known before.
    pub new: u64,
    /// Facts that took the place of others.
    pub changed: u64,
    /// Whether the same file is here already.
    pub is_known: bool,
    /// Whether it says that there are further pages.
    pub has_more: bool,
    /// How many rows or objects say nothing that is known here.
    pub skipped: u64,
    /// The first of these: line or place, and why.
    pub first_skipped: Vec<(u64, &'static str)>,
    /// Why nothing of it was kept, where that is so: in lower case, without a full stop.
    pub problem: Option<String>,
}
