//! Words about lists beside the log, where they are brought in and listed.

use model::present::count;

use super::groups::LINE;
use crate::registrations::FileOfRegistrations;

/// Title of the page.
pub const TITLE: &str = "Imported lists";
/// What the lists are.
pub const LEDE: &str = "Files that say what sign-ins do not: which methods people registered, registrations and resets, whether relying parties of AD FS can move, and when credentials of applications expire. A newer list says anew what an older one said; the same file again changes nothing.";
/// None is here.
pub const NONE: &str = "No list is here yet.";
/// Columns.
pub const COLUMNS: [&str; 7] = [
    "File",
    "Imported",
    "People",
    "Events",
    "Relying parties",
    "Summaries",
    "Credentials",
];
/// Below them: what is counted.
pub const COUNTED: &str =
    "Counted is what each file said last. What a newer file said anew counts there.";
/// A file whose name is not shown.
pub const NAMELESS: &str = "A file";
/// Removes a list.
pub const REMOVE: &str = "Remove";
/// What that means, on opening it.
pub const REMOVE_HELP: &str = "All that it said last is forgotten. What an older file said of the same does not come back; import that file again.";
/// Does it.
pub const REMOVE_NOW: &str = "Remove this list";
/// Behind files of which there are more pages.
pub const HAS_MORE: &str = "this is one page of several; bring in the others too";

/// What came of a file.
pub fn imported(name: &str, file: &FileOfRegistrations) -> String {
    let kinds = [
        ("person", "people"),
        ("event", "events"),
        ("relying party", "relying parties"),
        ("summary", "summaries"),
        ("credential", "credentials"),
    ];
    let facts = file.facts.iter().zip(kinds);
    let facts = facts.filter(|(number, _)| **number > 0);
    let facts: Vec<String> = facts
        .map(|(number, (one, many))| {
            let noun = if *number == 1 { one } else { many };
            format!("{} {noun}", count(*number))
        })
        .collect();
    let facts = facts.join(", ");
    match file.is_known {
        true => format!("{name}: {facts}; this file is here already, nothing was changed"),
        false => format!(
            "{name}: {facts}; {} new, {} changed",
            count(file.new),
            count(file.changed)
        ),
    }
}

/// A file that was refused.
pub fn refused(name: &str, problem: &str) -> String {
    format!("{name} was not brought in: {problem}.")
}

/// Rows that say nothing.
pub fn skipped(number: u64, first: &[(u64, &'static str)]) -> String {
    let first: Vec<String> = first
        .iter()
        .map(|(line, why)| format!("{LINE} {line} {why}"))
        .collect();
    let more = match number > first.len() as u64 {
        true => ", and others",
        false => "",
    };
    format!("{} passed over: {}{more}.", count(number), first.join("; "))
}
