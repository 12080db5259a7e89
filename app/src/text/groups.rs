//! Words about groups.

use model::present::count;

/// Above the form that brings groups in.
pub const BRING_IN: &str = "Bring groups in";
/// What can be brought in.
pub const HELP: &str = "Sign-in logs do not say who is in which group. Bring in what Graph answers to groups?$expand=members, \
    groups/{id}/transitiveMembers or users?$expand=memberOf, the portal's export of a group's members, or a CSV with a \
    column of user IDs or usernames. A group that is here already is replaced.";
/// Label of the field for files.
pub const FILES: &str = "Files";
/// Label of the field for a name.
pub const NAME_OF_LIST: &str = "Name of the group, for a list that does not say it";
/// Sends them.
pub const SEND: &str = "Bring in";
/// Column: how many people a group has.
pub const PEOPLE: &str = "People";
/// Heading where there is no group.
pub const NONE: &str = "No group is here yet";
/// Opens the blade with the sign-ins of a group.
pub const OPEN_BLADE: &str = "Open in sign-in logs";
/// Removes a group.
pub const REMOVE: &str = "Remove this group";
/// What that means.
pub const REMOVE_HELP: &str =
    "Its sign-ins stay. Filters and saved views that name it will say that it is not here.";
/// Does it.
pub const REMOVE_NOW: &str = "Remove";
/// Under the list of those who did not sign in.
pub const SILENT_HELP: &str = "They are in the group and have no sign-in at that time.";
/// Where too many people signed in to count them.
pub const TOO_MANY: &str =
    "Too many people signed in at that time to count them by group. Choose a shorter time.";
/// Title of the page of an unknown group.
pub const UNKNOWN_TITLE: &str = "There is no such group here";
/// A row of a file.
pub const LINE: &str = "line";

/// Why nothing is shown under a filter that names an unknown group.
pub fn unknown(name: &str) -> String {
    format!(
        "No group “{name}” is here. Bring its members in on the Groups page, or take the filter out."
    )
}

/// Heading of those who did not sign in.
pub fn silent(number: u64) -> String {
    match number {
        1 => "1 person without a sign-in".to_owned(),
        _ => format!("{} people without a sign-in", count(number)),
    }
}

/// How many of those are shown.
pub fn first_of(shown: u64, all: u64) -> String {
    format!("The first {} of {}.", count(shown), count(all))
}

/// How many people.
pub fn people(number: u64) -> String {
    match number {
        1 => "1 person".to_owned(),
        _ => format!("{} people", count(number)),
    }
}

/// About a group: how many of its people signed in.
pub fn signed_in(number: u64, all: u64) -> String {
    format!(
        "{} of {} signed in at that time.",
        count(number),
        people(all)
    )
}

/// About a group: other members.
pub fn others(number: u64) -> String {
    match number {
        1 => "One more member is a device or an application.".to_owned(),
        _ => format!(
            "{} more members are devices or applications.",
            count(number)
        ),
    }
}

/// About a group: groups in it that are not here.
pub fn unknown_groups(number: u64) -> String {
    match number {
        1 => "A group in it is not here, so its people are missing. Bring that group in too."
            .to_owned(),
        _ => format!(
            "{} groups in it are not here, so their people are missing. Bring these groups in too.",
            count(number)
        ),
    }
}

/// About a group: that people may be missing.
pub const CUT: &str = "The export may have left people out: Graph gives 20 members where they are expanded, and pages of more \
    elsewhere. Bring in groups/{id}/transitiveMembers with all its pages.";

/// About a group: where it came from.
pub fn origin(file: &str, when: &str) -> String {
    format!("From {file}, {when}.")
}

/// What came of a file.
pub fn imported(file: &str, groups: u64, members: u64) -> String {
    let groups = match groups {
        1 => "1 group".to_owned(),
        _ => format!("{} groups", count(groups)),
    };
    format!("{file}: {groups} with {}.", people(members))
}

/// Why a file was refused.
pub fn refused(file: &str, problem: &str) -> String {
    format!("{file}: {problem}.")
}

/// About a file: rows that say nothing.
pub fn skipped(number: u64, first: &[(u64, &str)]) -> String {
    let first: Vec<String> = first
        .iter()
        .take(3)
        .map(|(line, why)| format!("{LINE} {line} {why}"))
        .collect();
    let words = match number {
        1 => "1 row was passed over".to_owned(),
        _ => format!("{} rows were passed over", count(number)),
    };
    format!("{words}: {}.", first.join("; "))
}

/// About a file: groups that may be cut.
pub fn cut(names: &[String]) -> String {
    let shown: Vec<&str> = names.iter().take(5).map(String::as_str).collect();
    let more = match names.len().saturating_sub(shown.len()) {
        0 => String::new(),
        more => format!(" and {more} more"),
    };
    format!("People may be missing in {}{more}. {CUT}", shown.join(", "))
}

/// Under the heading of the page of an unknown group.
pub fn unknown_help(name: &str) -> String {
    format!(
        "Looked for “{name}” as an object ID and as a name. It was never brought in, or it was removed."
    )
}
