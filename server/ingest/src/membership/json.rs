//! Objects as Graph returns them.

use serde::Deserialize;

use super::{Gathered, MemberKind, MembershipError, put};

/// How many members Graph gives where they are expanded, without a word about the others.
const MOST_EXPANDED: usize = 20;

/// A page, a list, or one object of its own.
#[derive(Deserialize)]
#[serde(untagged)]
enum Top {
    List(Vec<Object>),
    Page {
        value: Vec<Object>,
        #[serde(rename = "@odata.nextLink")]
        next: Option<String>,
    },
    One(Box<Object>),
}

/// A group, a user, or another object of the directory; and what tells a sign-in from these.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Object {
    #[serde(rename = "@odata.type")]
    kind: Option<String>,
    id: Option<String>,
    display_name: Option<String>,
    user_principal_name: Option<String>,
    #[serde(alias = "transitiveMembers")]
    members: Option<Vec<Object>>,
    #[serde(
        rename = "members@odata.nextLink",
        alias = "transitiveMembers@odata.nextLink"
    )]
    more_members: Option<String>,
    #[serde(alias = "transitiveMemberOf")]
    member_of: Option<Vec<Object>>,
    #[serde(
        rename = "memberOf@odata.nextLink",
        alias = "transitiveMemberOf@odata.nextLink"
    )]
    more_groups: Option<String>,
    created_date_time: Option<String>,
    app_display_name: Option<String>,
    correlation_id: Option<String>,
}

impl Object {
    fn kind(&self) -> MemberKind {
        MemberKind::of(self.kind.as_deref().unwrap_or_default())
    }

    fn names(&self) -> [Option<&str>; 3] {
        [
            self.id.as_deref(),
            self.user_principal_name.as_deref(),
            self.display_name.as_deref(),
        ]
    }

    fn is_sign_in(&self) -> bool {
        let of_sign_in = self.app_display_name.is_some() || self.correlation_id.is_some();
        self.created_date_time.is_some() && of_sign_in
    }
}

/// Reads one or more JSON texts that follow one another.
pub(super) fn read(text: &str, gathered: &mut Gathered<'_>) -> Result<(), MembershipError> {
    let mut place = 0;
    for top in serde_json::Deserializer::from_str(text).into_iter::<Top>() {
        let top = top.map_err(|error| MembershipError::Json {
            line: error.line(),
            what: error.classify_words(),
        })?;
        let (objects, is_cut) = match top {
            Top::List(objects) => (objects, false),
            Top::Page { value, next } => (value, next.is_some()),
            Top::One(object) => (vec![*object], false),
        };
        for object in objects {
            place += 1;
            take(object, place, is_cut, gathered)?;
        }
    }
    Ok(())
}

fn take(
    object: Object,
    place: u64,
    is_page_cut: bool,
    gathered: &mut Gathered<'_>,
) -> Result<(), MembershipError> {
    if object.is_sign_in() {
        return Err(MembershipError::SignIns);
    }
    if let Some(members) = &object.members {
        let is_cut = object.more_members.is_some() || members.len() == MOST_EXPANDED;
        let group = gathered.group(object.id.as_deref(), object.display_name.as_deref());
        group.is_cut |= is_cut;
        let unknown = members
            .iter()
            .filter(|member| !put(group, member.kind(), member.names()))
            .count();
        for _ in 0..unknown {
            gathered.skip(place, NOBODY);
        }
        return Ok(());
    }
    if let Some(groups) = &object.member_of {
        let groups = groups
            .iter()
            // Directory roles and administrative units have members too.
            .filter(|group| group.kind.is_none() || group.kind() == MemberKind::Group);
        for other in groups {
            let group = gathered.group(other.id.as_deref(), other.display_name.as_deref());
            group.is_cut |= object.more_groups.is_some() || is_page_cut;
            if !put(group, MemberKind::Person, object.names()) {
                gathered.skip(place, NOBODY);
            }
        }
        return Ok(());
    }
    let group = gathered.group(None, None);
    group.is_cut |= is_page_cut;
    if !put(group, object.kind(), object.names()) {
        gathered.skip(place, NOBODY);
    }
    Ok(())
}

/// Why a member was passed over.
const NOBODY: &str = "has neither an object ID nor a username";

trait InWords {
    /// What is wrong, without anything of the text itself.
    fn classify_words(&self) -> String;
}

impl InWords for serde_json::Error {
    fn classify_words(&self) -> String {
        match self.classify() {
            serde_json::error::Category::Eof => "it ends too early",
            serde_json::error::Category::Syntax => "it is no JSON",
            _ => "objects or lists are expected there",
        }
        .to_owned()
    }
}
