//! Imports: under way and done.

use serde::{Deserialize, Serialize};

use crate::error::UiError;

/// Where an import stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Stage {
    /// Another import is being written.
    Waiting,
    /// Files are being read.
    Running,
    /// All is stored.
    Done,
    /// It ended early.
    Failed(String),
}

/// One import.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ImportView {
    /// Number of the import.
    pub id: u64,
    /// Where it stands.
    pub stage: Stage,
    /// How much is read, in percent, 0 to 100.
    pub percent: u8,
    /// How far it is, in words.
    pub progress: String,
    /// The file being read.
    pub current: Option<String>,
    /// Files that are done.
    pub files: Vec<FileView>,
    /// What should be known about the import as a whole.
    pub notes: Vec<String>,
    /// Where its sign-ins are shown, when there are any.
    pub show: Option<String>,
    /// Why the refused records could not be listed.
    pub rejects_failure: Option<UiError>,
}

impl ImportView {
    /// Whether it still changes.
    pub fn is_under_way(&self) -> bool {
        matches!(self.stage, Stage::Waiting | Stage::Running)
    }
}

/// One file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FileView {
    /// Name.
    pub name: String,
    /// Size and kind in words.
    pub meta: String,
    /// What came of it.
    pub result: FileResult,
    /// Numbers with their words: number, words, whether it is about refused records.
    pub counts: Vec<(String, String, bool)>,
    /// From when to when its sign-ins are.
    pub span: Option<String>,
    /// Where its sign-ins are shown.
    pub show: Option<String>,
    /// Why nothing could be read.
    pub problem: Option<String>,
    /// Its refused records, the first hundred.
    pub rejects: Vec<RejectView>,
}

/// What came of a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum FileResult {
    /// All of it was read.
    Whole,
    /// Some records were refused.
    Partly,
    /// Nothing could be read.
    None,
}

/// A record that was set aside.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RejectView {
    /// Where it stood.
    pub place: String,
    /// Why it was refused.
    pub why: String,
    /// Its beginning.
    pub excerpt: String,
    /// Where its bytes can be downloaded.
    pub download: String,
}
