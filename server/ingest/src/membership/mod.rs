//! Groups and who is in them, out of exports: Graph's `groups?$expand=members`, `groups/{id}/members`,
//! `groups/{id}/transitiveMembers` and `users?$expand=memberOf`, each as a page, as a list or as lines; the
//! portal's `exportGroupMembers` CSV; and any CSV with a column of people and perhaps one of groups.

mod csv;
mod json;

use std::collections::BTreeMap;

use encoding_rs::UTF_8;
use model::membership::{Member, Membership};

/// Most bytes of a file, which is read as a whole: a hundred thousand members and more.
pub const MOST_BYTES: usize = 32 << 20;
/// Most characters of a name of a group or person; longer ones are cut.
const MOST_NAME_CHARS: usize = 256;
/// Most rows that could not be read that are told one by one.
const MOST_SKIPPED: usize = 20;

/// What a file says.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Memberships {
    /// The groups, in the order of their names.
    pub groups: Vec<Membership>,
    /// How many rows or objects say nothing of a member.
    pub skipped: u64,
    /// The first of these: line, or place in the file, from 1, and why.
    pub first_skipped: Vec<(u64, &'static str)>,
}

/// Why a file says nothing of groups.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum MembershipError {
    /// It is too large.
    #[error("the file is larger than {} MiB; export fewer groups at a time", MOST_BYTES >> 20)]
    TooLarge,
    /// It is empty.
    #[error("the file is empty")]
    Empty,
    /// It is a sign-in log.
    #[error("this is a log of sign-ins, not a list of members; bring it in on the Import page")]
    SignIns,
    /// It looks like JSON and is none.
    #[error("line {line}: not the JSON that Graph writes ({what})")]
    Json {
        /// The line.
        line: usize,
        /// What is wrong there.
        what: String,
    },
    /// It has no column of people.
    #[error(
        "no column says who the members are; it is called `id`, `userPrincipalName`, `User ID` or `Username`"
    )]
    NoPeople,
    /// It has nobody and no group.
    #[error("the file has no group and no member")]
    Nothing,
}

/// Reads a file. `list_name` is the name of the group where the file does not say one.
///
/// # Errors
/// When the file is no list of members.
pub fn read(bytes: &[u8], list_name: &str) -> Result<Memberships, MembershipError> {
    if bytes.len() > MOST_BYTES {
        return Err(MembershipError::TooLarge);
    }
    let (text, _, _) = UTF_8.decode(bytes);
    let mut gathered = Gathered::new(list_name);
    match text.trim_start().chars().next() {
        None => return Err(MembershipError::Empty),
        Some('{' | '[') => json::read(&text, &mut gathered)?,
        Some(_) => csv::read(&text, &mut gathered)?,
    }
    gathered.finish()
}

/// What was read so far.
struct Gathered<'a> {
    list_name: &'a str,
    /// By object ID, or by name in small letters where there is none.
    groups: BTreeMap<(bool, String), Membership>,
    skipped: u64,
    first_skipped: Vec<(u64, &'static str)>,
}

impl<'a> Gathered<'a> {
    fn new(list_name: &'a str) -> Gathered<'a> {
        Gathered {
            list_name,
            groups: BTreeMap::new(),
            skipped: 0,
            first_skipped: Vec::new(),
        }
    }

    /// The group with this object ID or, without one, this name. Without either it is the list itself.
    fn group(&mut self, id: Option<&str>, name: Option<&str>) -> &mut Membership {
        let id = id.map(str::trim).filter(|id| !id.is_empty());
        let name = name.map(str::trim).filter(|name| !name.is_empty());
        let name = shortened(name.or(id).unwrap_or(self.list_name));
        let key = match id {
            Some(id) => (true, id.to_lowercase()),
            None => (false, name.to_lowercase()),
        };
        self.groups.entry(key).or_insert_with(|| Membership {
            id: id.map(str::to_owned),
            name,
            ..Membership::default()
        })
    }

    fn skip(&mut self, place: u64, why: &'static str) {
        self.skipped += 1;
        if self.first_skipped.len() < MOST_SKIPPED {
            self.first_skipped.push((place, why));
        }
    }

    fn finish(self) -> Result<Memberships, MembershipError> {
        if self.groups.is_empty() && self.skipped == 0 {
            return Err(MembershipError::Nothing);
        }
        let mut groups: Vec<Membership> = self.groups.into_values().collect();
        for group in &mut groups {
            group.people.sort();
            group.people.dedup();
            group.groups.sort();
            group.groups.dedup();
        }
        groups.sort_by(|left, right| {
            (left.name.to_lowercase(), &left.id).cmp(&(right.name.to_lowercase(), &right.id))
        });
        Ok(Memberships {
            groups,
            skipped: self.skipped,
            first_skipped: self.first_skipped,
        })
    }
}

/// What a member is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum MemberKind {
    Person,
    Group,
    Other,
}

impl MemberKind {
    /// By the type that an export says, such as `#microsoft.graph.user` or `Group`.
    fn of(text: &str) -> MemberKind {
        let word = text.rsplit('.').next().unwrap_or(text).trim();
        match word.to_lowercase().as_str() {
            "" | "user" | "member" | "guest" => MemberKind::Person,
            "group" => MemberKind::Group,
            _ => MemberKind::Other,
        }
    }
}

/// Puts a member into a group. Says `false` where nothing tells who it is.
fn put(
    group: &mut Membership,
    kind: MemberKind,
    [id, username, display_name]: [Option<&str>; 3],
) -> bool {
    let kept = |text: Option<&str>| {
        let text = text.map(str::trim).filter(|text| !text.is_empty());
        text.map(shortened)
    };
    let member = Member {
        user_id: kept(id),
        username: kept(username),
        display_name: kept(display_name),
    };
    match kind {
        MemberKind::Person if member.key().is_some() => group.people.push(member),
        MemberKind::Group if member.user_id.is_some() => group.groups.extend(member.user_id),
        MemberKind::Other => group.others += 1,
        _ => return false,
    }
    true
}

fn shortened(text: &str) -> String {
    text.chars().take(MOST_NAME_CHARS).collect()
}

#[cfg(test)]
mod tests;
