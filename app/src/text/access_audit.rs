//! Words of the record of who looked at what.

use model::present::count;

/// Above the list.
pub const LEDE: &str = "Who looked at what, when and from where, the newest first. Lines are only added; \
    vestibule check finds one that was changed or taken out.";
/// Columns.
pub const COLUMNS: [&str; 5] = [WHEN, WHO, WHAT, OF_WHAT, FROM];
/// Column of the moment.
pub const WHEN: &str = "When";
/// Column of the person.
pub const WHO: &str = "Who";
/// Column of the action.
pub const WHAT: &str = "What";
/// Column of what it was done to.
pub const OF_WHAT: &str = "Of what";
/// Column of the address.
pub const FROM: &str = "From";
/// Field with the account's id.
pub const ACCOUNT: &str = "Account";
/// Field with the line's number.
pub const NUMBER: &str = "Line";
/// Field with the line's hash.
pub const HASH: &str = "Hash of this line and the one before";
/// Pills: label, and what to know about the value.
pub const FILTERS: [(&str, &str); 4] = [
    ("User name", "The whole name"),
    ("What", ""),
    ("From", "The whole address"),
    ("Of what", "Any part of it"),
];
/// Command: the lines as a file.
pub const DOWNLOAD: &str = "Download CSV";
/// Command: the newest lines.
pub const REFRESH: &str = "Refresh";
/// Closes the line.
pub const CLOSE: &str = "Close";
/// Link from a line to what was asked.
pub const ASK_AGAIN: &str = "Ask the same";
/// Link from a value to the lines that have it.
pub const ONLY: &str = "Only";
/// There is no such line.
pub const NO_LINE: &str = "There is no such line";
/// What to do about it.
pub const NO_LINE_HELP: &str = "It may be past the record's retention, or the address is mistyped.";
/// Columns of the file.
pub const FILE_COLUMNS: [&str; 7] = [
    "Line",
    "Date (UTC)",
    "User name",
    "Account",
    "Action",
    "Of what",
    "From",
];
/// All actions.
pub const EVERYTHING: &str = "Everything";
/// Link back to the newest.
pub const NEWEST: &str = "Newest";
/// Name of these links.
pub const PAGES: &str = "More lines";
/// Nothing is there.
pub const NONE: &str = "Nothing is recorded here.";
/// Nothing was found so far.
pub const NONE_YET: &str = "Nothing so far.";
/// Somebody who is not signed in.
pub const NOBODY: &str = "Nobody";
/// The record cannot be read.
pub const UNREADABLE: &str = "The record cannot be read at the moment.";

/// What is done, as it is kept and in words.
pub const ACTIONS: [(&str, &str); 20] = [
    ("query", "Looked at sign-ins"),
    ("open", "Opened a sign-in"),
    ("value", "Pointed at a value"),
    ("download", "Downloaded sign-ins"),
    ("unmask", "Saw what is masked"),
    ("own", "Looked at their own sign-ins"),
    ("report", "Spoke of an own sign-in"),
    ("import", "Imported files"),
    ("groups", "Changed groups"),
    ("registrations", "Changed imported lists"),
    ("settings", "Looked at settings"),
    ("change", "Changed settings"),
    ("sign_in", "Signed in"),
    ("sign_in_begun", "Typed the right password, code asked for"),
    ("sign_in_refused", "Failed to sign in"),
    ("sign_out", "Signed out"),
    ("set_up", "Made the first account"),
    ("retention", "Forgot old lines"),
    ("audit_download", "Downloaded this record"),
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

/// How many lines are shown.
pub fn lines(number: usize) -> String {
    match number {
        1 => "1 line".to_owned(),
        number => format!("{} lines", count(number as u64)),
    }
}

/// Link to older lines: where fewer than a page were found, the search went no further.
pub const fn older(shown: usize, page: usize) -> &'static str {
    if shown < page {
        "Look further back"
    } else {
        "Older"
    }
}

/// Name of the link that opens a line.
pub fn open(moment: &str, number: i64) -> String {
    format!("{moment}, line {number}")
}

/// Name of the link to the lines that have a value.
pub fn only(value: &str) -> String {
    format!("Only {value}")
}
