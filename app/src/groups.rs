//! What the backend tells of imported groups.

use chrono::{DateTime, Utc};
use model::membership::Member;

/// A group and what its people did.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct GroupSeen {
    /// Its object ID, or one made here.
    pub id: String,
    /// Its name: any text.
    pub name: String,
    /// Whether another group has the same name.
    pub has_namesake: bool,
    /// How many people are in it, directly or through groups in it.
    pub people: u64,
    /// Members that are neither people nor groups.
    pub others: u64,
    /// Groups in it that were not imported, so that their people are missing.
    pub unknown_groups: u64,
    /// Whether its export may have left people out.
    pub is_cut: bool,
    /// File that it came from.
    pub origin: String,
    /// When it came.
    pub imported: Option<DateTime<Utc>>,
    /// Sign-ins; `None` when there are too many people to count them.
    pub numbers: Option<GroupNumbers>,
}

impl GroupSeen {
    /// What a filter calls it: its name, where no other group has it.
    pub fn word(&self) -> &str {
        match self.has_namesake {
            true => &self.id,
            false => &self.name,
        }
    }
}

/// A group, and those of its people without a sign-in.
pub type GroupWithSilent = (GroupSeen, Vec<Member>);

/// Sign-ins of the people of a group.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct GroupNumbers {
    /// How many.
    pub sign_ins: u64,
    /// Of these success, failure, interrupted.
    pub by_outcome: [u64; 3],
    /// How many people signed in.
    pub people: u64,
    /// The last one.
    pub last: Option<DateTime<Utc>>,
}

/// What came of an import.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct GroupImport {
    /// Each file by itself.
    pub files: Vec<FileOfMembers>,
}

/// What came of one file.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct FileOfMembers {
    /// Its name.
    pub name: String,
    /// Groups in it.
    pub groups: u64,
    /// Their people, each counted in each group.
    pub people: u64,
    /// Names of groups that the export may have cut.
    pub cut: Vec<String>,
    /// How many rows say nothing of a member.
    pub skipped: u64,
    /// The first of these: line or place, and why.
    pub first_skipped: Vec<(u64, &'static str)>,
    /// Why nothing of it was kept, where that is so: in lower case, without a full stop.
    pub problem: Option<String>,
}
