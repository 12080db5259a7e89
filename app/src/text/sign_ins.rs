//! Words of the page of the sign-ins.

use std::time::Duration;

use model::present::count;

/// Name of the row of tabs.
pub const TABS: &str = "Kinds of sign-in";
/// Command: ask again.
pub const REFRESH: &str = "Refresh";
/// Command: to the import page.
pub const IMPORT: &str = "Import";
/// Name of the grid.
pub const GRID: &str = "Sign-ins";
/// Name of what follows the grid.
pub const MORE_NAVIGATION: &str = "More sign-ins";
/// Link to the rows that follow.
pub const MORE: &str = "Load 100 more";
/// Link to the first page.
pub const NEWEST: &str = "Back to the first page";
/// While rows are on their way.
pub const LOADING_MORE: &str = "Reading more sign-ins";
/// Heading when nothing was ever imported.
pub const NOTHING_TITLE: &str = "Nobody has come in yet";
/// What to do then.
pub const NOTHING_HELP: &str =
    "Import a portal download, a Graph export or the files of a storage account.";
/// Button then.
pub const NOTHING_ACTION: &str = "Import a file";
/// Heading when filters leave none.
pub const FILTERED_TITLE: &str = "No sign-ins match";
/// Heading when the stretch of time has none.
pub const RANGE_TITLE: &str = "No sign-ins at that time";
/// Heading when the tab has none.
pub const TAB_TITLE: &str = "No sign-ins of this kind";
/// Heading when reading failed.
pub const FAILED_TITLE: &str = "Could not read the sign-ins";

/// Under the grid, where memory did not hold what was asked for.
pub const FROM_LAKE: &str = "Read from the lake";

/// Range without ends.
pub const ALL_TIME: &str = "All time";

/// Heading over the parts of an address that were not understood.
pub fn problems(number: usize) -> String {
    match number {
        1 => "One part of this address was not understood".to_owned(),
        _ => format!("{number} parts of this address were not understood"),
    }
}

/// After the first of the parts that were not understood.
pub fn more_problems(number: usize) -> String {
    format!("and {} more", model::present::count(number as u64))
}

/// "4,812 sign-ins" without the number.
pub const fn sign_ins(number: u64) -> &'static str {
    if number == 1 { "sign-in" } else { "sign-ins" }
}

/// Which rows are shown, after the number of all: ", 1 to 100 shown".
pub fn shown(first_page: bool, number: usize) -> String {
    match (first_page, number) {
        (_, 0) => String::new(),
        (true, number) => format!(", 1 to {} shown", count(number as u64)),
        (false, number) => format!(", {} shown", count(number as u64)),
    }
}

/// Beside the link to more rows.
pub fn shown_of(number: usize, all: u64) -> String {
    format!("{} of {} shown", count(number as u64), count(all))
}

/// Under the last row.
pub fn all_shown(all: u64, found: &str) -> String {
    format!("That is all: {} {found}.", count(all))
}

/// Under [`FILTERED_TITLE`]. `range` is the name of the stretch.
pub fn filtered_help(unfiltered: u64, range: &str) -> String {
    format!(
        "{} {} without the filters ({range}).",
        count(unfiltered),
        if unfiltered == 1 {
            "sign-in came in"
        } else {
            "sign-ins came in"
        },
    )
}

/// After the name of a filter, where no other one is at fault.
pub const ALONE_LEAVES_NONE: &str = " alone leaves none.";
/// In front of the name of a filter, one of several of which each leaves none.
pub const WITHOUT: &str = "Without ";
/// Button that pauses the filter named.
pub const PAUSE_CULPRIT: &str = "Pause that filter";

/// After the name of a filter that [`WITHOUT`] stands in front of.
pub fn there_would_be(rows: u64) -> String {
    format!(" there would be {}.", count(rows))
}

/// Under [`RANGE_TITLE`], in front of the moment.
pub fn range_help(range: &str) -> String {
    format!("{range}: none. The newest one here came in at ")
}

/// Link to the day of the newest one.
pub const RANGE_ACTION: &str = "Show the 24 hours up to it";

/// Under [`TAB_TITLE`].
pub fn tab_help(label: &str) -> String {
    format!("Nothing that was imported so far belongs to {label}.")
}

/// A range between two moments in words.
pub fn between(from: Option<&str>, to: Option<&str>) -> String {
    match (from, to) {
        (Some(from), Some(to)) => format!("{from} to {to}"),
        (Some(from), None) => format!("since {from}"),
        (None, Some(to)) => format!("before {to}"),
        (None, None) => ALL_TIME.to_owned(),
    }
}

/// Under the grid: the clock that its times are of.
pub fn times_in(zone: &str) -> String {
    format!("Times in {zone}")
}

/// How long an answer took, after where it was found: "in 38 ms".
pub fn took(engine: Duration) -> String {
    let milliseconds = engine.as_millis();
    match milliseconds {
        0 => "in under 1 ms".to_owned(),
        1..1_000 => format!("in {milliseconds} ms"),
        _ => format!("in {:.1} s", engine.as_secs_f64()),
    }
}

/// How many sign-ins memory holds: what an answer was found in.
pub fn among(held: u64) -> String {
    format!("Among {} {} in memory", count(held), sign_ins(held))
}
