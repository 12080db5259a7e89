//! Words of the record of who looked at what.

/// Above the list.
pub const LEDE: &str = "Who looked at what, when and from where, the newest first. Lines are only added; \
    vestibule check finds one that was changed, or taken out from between others.";
/// Columns.
pub const COLUMNS: [&str; 5] = ["When", "Who", "What", "Of what", "From"];
/// Label of the choice of a person.
pub const WHO: &str = "User name";
/// Label of the choice of an action.
pub const WHAT: &str = "What";
/// All actions.
pub const EVERYTHING: &str = "Everything";
/// Button of the choice.
pub const SHOW: &str = "Show";
/// Link to older lines.
pub const OLDER: &str = "Older";
/// Link back to the newest.
pub const NEWEST: &str = "Newest";
/// Name of these links.
pub const PAGES: &str = "More lines";
/// Nothing is there.
pub const NONE: &str = "Nothing is recorded here.";
/// Somebody who is not signed in.
pub const NOBODY: &str = "Nobody";
/// The record cannot be read.
pub const UNREADABLE: &str = "The record cannot be read at the moment.";

/// What is done, as it is kept and in words.
pub const ACTIONS: [(&str, &str); 16] = [
    ("query", "Looked at sign-ins"),
    ("open", "Opened a sign-in"),
    ("download", "Downloaded sign-ins"),
    ("unmask", "Saw what is masked"),
    ("own", "Looked at their own sign-ins"),
    ("report", "Spoke of an own sign-in"),
    ("import", "Imported files"),
    ("groups", "Changed groups"),
    ("settings", "Looked at settings"),
    ("change", "Changed settings"),
    ("sign_in", "Signed in"),
    ("sign_in_refused", "Failed to sign in"),
    ("sign_out", "Signed out"),
    ("set_up", "Made the first account"),
    ("retention", "Forgot old lines"),
    ("query_refused", "Looked at sign-ins: refused"),
];

/// The words for an action; one that is not known says itself.
pub fn action(action: &str) -> String {
    let words = |action: &str| {
        let mut known = ACTIONS.iter();
        let found = known.find(|(known, _)| *known == action);
        found.map(|(_, words)| *words)
    };
    let with = |end: &str, note: &str| {
        let words = words(action.strip_suffix(end)?)?;
        Some(format!("{words}: {note}"))
    };
    words(action)
        .map(str::to_owned)
        .or_else(|| with("_refused", "refused"))
        .or_else(|| with("_failed", "did not work"))
        .unwrap_or_else(|| action.to_owned())
}
