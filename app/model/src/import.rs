//! What an import did, as the command line prints it, the API returns it and the page shows it.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

/// Numbers of an import. Every record is counted once: as new, updated, duplicate, older, step,
/// rejected, or among the other kinds.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ImportSummary {
    /// Files read, members of archives counted one by one.
    pub files: u64,
    /// Records found.
    pub records: u64,
    /// Sign-ins that were not here before.
    pub new: u64,
    /// Sign-ins whose row was replaced by a newer or fuller one; the earlier one is kept.
    pub updated: u64,
    /// Records that say what was here already.
    pub duplicates: u64,
    /// Records that are poorer or older than what is here; kept as versions.
    pub older: u64,
    /// Authentication steps that were joined to their sign-ins.
    pub steps: u64,
    /// Records that could not be read; kept, with the reason.
    pub rejected: u64,
    /// Rejected records by reason.
    pub rejected_by_reason: BTreeMap<String, u64>,
    /// Records of other kinds, by the name of the kind: counted, not imported yet.
    pub other_kinds: BTreeMap<String, u64>,
    /// The same for every file, in the order in which they were read.
    pub by_file: Vec<FileSummary>,
    /// What should be known about the import as a whole, in plain sentences.
    pub notes: Vec<String>,
}

/// Numbers of one file.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct FileSummary {
    /// Name, with the archive's name before a member's.
    pub name: String,
    /// Size as it lies on the disk, where known.
    pub size_bytes: u64,
    /// What the file is, in plain words: "portal CSV", "Graph page", "not a log: a PDF document".
    pub format: String,
    /// Records found.
    pub records: u64,
    /// See [`ImportSummary::new`].
    pub new: u64,
    /// See [`ImportSummary::updated`].
    pub updated: u64,
    /// See [`ImportSummary::duplicates`].
    pub duplicates: u64,
    /// See [`ImportSummary::older`].
    pub older: u64,
    /// See [`ImportSummary::steps`].
    pub steps: u64,
    /// See [`ImportSummary::rejected`].
    pub rejected: u64,
    /// Numbers under which the first hundred rejected records are kept: see `/api/rejects/<number>`.
    /// As text, because scripts in browsers cannot hold such numbers.
    pub reject_keys: Vec<String>,
    /// Records of other kinds.
    pub other: u64,
    /// Moment of the oldest sign-in in the file, RFC 3339.
    pub first: Option<String>,
    /// Moment of the newest sign-in in the file, RFC 3339.
    pub last: Option<String>,
    /// Why nothing could be read, where that is so.
    pub problem: Option<String>,
}

impl ImportSummary {
    /// Adds the numbers of a file.
    pub fn add(&mut self, file: FileSummary) {
        self.files += 1;
        self.records += file.records;
        self.new += file.new;
        self.updated += file.updated;
        self.duplicates += file.duplicates;
        self.older += file.older;
        self.steps += file.steps;
        self.rejected += file.rejected;
        self.by_file.push(file);
    }
}

/// Where an import stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "state", rename_all = "lowercase")]
pub enum ImportState {
    /// Another import is being written.
    Waiting,
    /// Files are being read.
    Running,
    /// All is stored.
    Done,
    /// It ended early; what was committed before stays.
    Failed {
        /// Why, and what to do.
        message: String,
    },
}

/// An import under way or done.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ImportProgress {
    /// Number of the import in this process.
    pub id: u64,
    /// Where it stands.
    #[serde(flatten)]
    pub state: ImportState,
    /// Bytes of all files together.
    pub total_bytes: u64,
    /// Bytes read so far.
    pub read_bytes: u64,
    /// Records read so far.
    pub records: u64,
    /// Time since it began, in milliseconds.
    pub elapsed_ms: u64,
    /// Name of the file being read.
    pub current: Option<String>,
    /// Numbers of the files that are done; complete when the state is done.
    pub summary: ImportSummary,
}
