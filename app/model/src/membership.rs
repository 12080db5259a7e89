//! Groups and who is in them, as exports say it. Sign-ins know nothing of groups.

/// A group and its direct members.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Membership {
    /// Object ID, where the export says it.
    pub id: Option<String>,
    /// Display name.
    pub name: String,
    /// The people.
    pub people: Vec<Member>,
    /// Object IDs of the groups that are members.
    pub groups: Vec<String>,
    /// How many members are neither, such as devices and applications.
    pub others: u64,
    /// Whether the export may have left members out, as Graph does after twenty that were expanded.
    pub is_cut: bool,
}

/// A person in a group. One of the two identifiers is there.
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Member {
    /// Object ID.
    pub user_id: Option<String>,
    /// User principal name.
    pub username: Option<String>,
    /// Display name.
    pub display_name: Option<String>,
}

impl Member {
    /// What the person is known by, in small letters: the object ID, or else the username.
    pub fn key(&self) -> Option<String> {
        let known = self.user_id.as_ref().or(self.username.as_ref());
        known.map(|key| key.to_lowercase())
    }
}
