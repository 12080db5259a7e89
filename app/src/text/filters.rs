//! Words of the filter bar.

use model::present::count;

/// Name of the filter bar.
pub const FILTERS: &str = "Filters";
/// Label of the search field.
pub const SEARCH: &str = "Search these sign-ins";
/// Inside the empty search field.
pub const SEARCH_HINT: &str = "User, app, IP or field:value";
/// Name of what could be written next.
pub const COMPLETIONS: &str = "Suggestions";
/// Button to all filters as one line.
pub const AS_TEXT: &str = "Edit as text";
/// Title of that editor.
pub const AS_TEXT_TITLE: &str = "Filters as text";
/// Label of its field.
pub const LINE: &str = "Filters and search";
/// How it is written.
pub const LINE_HELP: &str = "Write field:value, field:operator:value, or free text. A minus in front means is not, ~ pauses. Put what holds blanks or commas into quotation marks.";
/// Under the field.
pub const LINE_HINT: &str = "Replaces all filters.";
/// Name of the date pill.
pub const DATE: &str = "Date";
/// Value of a pill that filters nothing.
pub const UNSET: &str = "None";
/// Name of the list of named ranges.
pub const QUICK_RANGES: &str = "Quick ranges";
/// Name of the links that move the range.
pub const MOVE_RANGE: &str = "Move the range";
/// The stretch before.
pub const EARLIER: &str = "Earlier";
/// The stretch after.
pub const LATER: &str = "Later";
/// A stretch twice as long around the present one.
pub const ZOOM_OUT: &str = "Zoom out";
/// Label of the field for the beginning.
pub const FROM: &str = "From";
/// Label of the field for the end.
pub const TO: &str = "To";
/// How moments are written.
pub const MOMENT_HELP: &str =
    "2026-11-20, 2026-11-20 14:00, today or now-3d. A day alone counts whole.";
/// Name of the choice of time zone.
pub const SHOW_DATES_AS: &str = "Show dates as";
/// The time zone of the log.
pub const UTC: &str = "UTC";
/// Under the two date fields.
pub const OPEN_ENDS: &str = "Leave one blank for no limit.";
/// When a range ends before it begins.
pub const BACKWARDS: &str = "the range ends before it begins; swap from and to";
/// Name of the calendar.
pub const CALENDAR: &str = "Calendar";
/// Button to the month before.
pub const MONTH_BEFORE: &str = "Month before";
/// Button to the month after.
pub const MONTH_AFTER: &str = "Month after";
/// Days of the week, as headings and in full.
pub const WEEKDAYS: [(&str, &str); 7] = [
    ("Mo", "Monday"),
    ("Tu", "Tuesday"),
    ("We", "Wednesday"),
    ("Th", "Thursday"),
    ("Fr", "Friday"),
    ("Sa", "Saturday"),
    ("Su", "Sunday"),
];
/// Label of the choice of operator.
pub const OPERATOR: &str = "Operator";
/// Label of a field for a value.
pub const VALUE: &str = "Value";
/// Above the boxes to tick.
pub const VALUES: &str = "Values";
/// Label of the field that finds values.
pub const FIND_VALUE: &str = "Find a value";
/// In the place of values that are on their way.
pub const READING: &str = "Reading values";
/// In the place of values when there are none.
pub const NO_VALUES: &str = "No sign-in under the other filters has a value here.";
/// In the place of values when none has the text.
pub const NO_MATCH: &str = "No value matches.";
/// Under several values.
pub const ANY_SUFFICES: &str = "Any of them suffices.";
/// Leaves an editor as it was.
pub const CANCEL: &str = "Cancel";
/// Takes what an editor says.
pub const APPLY: &str = "Apply";
/// Takes out all filters.
pub const RESET: &str = "Reset filters";
/// Makes a filter wait.
pub const PAUSE: &str = "Pause";
/// Makes a filter count again.
pub const RESUME: &str = "Resume";
/// Takes a filter out.
pub const REMOVE: &str = "Remove";
/// Read before the name of a paused filter.
pub const PAUSED: &str = "Paused: ";
/// Button to one more filter.
pub const ADD: &str = "Add filter";
/// Label of the field that finds columns.
pub const FIND_FIELD: &str = "Find a field";
/// When no column is left for a filter.
pub const NONE_LEFT: &str = "Every field has a filter already.";
/// When no column has the name that is looked for.
pub const NO_FIELD: &str = "No field has this name.";
/// Heading of the columns that the portal filters by.
pub const AS_IN_PORTAL: &str = "As in the portal";
/// Groups of client apps.
pub const MODERN_CLIENTS: &str = "Modern authentication clients";
/// Those without modern authentication.
pub const LEGACY_CLIENTS: &str = "Legacy authentication clients";
/// Those that are in neither list.
pub const UNKNOWN_CLIENTS: &str = "In neither list";
/// The word for equal in editors and pills, where several values can be.
pub const IS: &str = "is";
/// Its opposite.
pub const IS_NOT: &str = "is not";

/// Name of the actions on a filter.
pub fn actions_on(label: &str) -> String {
    format!("Filter {label}")
}

/// Name of the list of values.
pub fn values_of(label: &str) -> String {
    format!("Values of {label}")
}

/// Turns a filter round.
pub fn turn_into(operator: &str) -> String {
    format!("Turn into \u{201c}{operator}\u{201d}")
}

/// Takes the text that was looked for, rather than values.
pub fn contains(words: &str) -> String {
    format!("Any value with \u{201c}{words}\u{201d}")
}

/// Name of the button that takes a filter out.
pub fn remove_filter(label: &str) -> String {
    format!("Remove filter {label}")
}

/// A text that is no moment.
pub fn not_a_moment(written: &str) -> String {
    let written = model::present::shortened(written, 60);
    format!("`{written}` is not a moment; write it as 2026-11-20 14:00 or now-3d")
}

/// Local in the choice of zones.
pub fn local_zone(name: &str) -> String {
    format!("Local, {name}")
}

/// A range up to now: `3d`, `90m`.
pub fn last(length: &str) -> String {
    format!("Last {length}")
}

/// A range of ages.
pub fn ages(from: &str, to: &str) -> String {
    format!("{from} to {to}")
}

/// "1 hour", "3 days".
pub fn length(amount: i64, unit: &str) -> String {
    let plural = if amount == 1 { "" } else { "s" };
    format!("{amount} {unit}{plural}")
}

/// Under the values: how many there are.
pub fn value_number(shown: usize, all: u64) -> String {
    let values = if all == 1 { "value" } else { "values" };
    match shown as u64 >= all {
        true => format!("{} {values}", count(all)),
        false => format!(
            "{} of {} {values}, most frequent first",
            count(shown as u64),
            count(all)
        ),
    }
}

/// Under the values that have a text: "6 of 64 match, 1,903 sign-ins".
pub fn matching(number: u64, all: u64, sign_ins: u64) -> String {
    format!(
        "{} of {} match, {} {}",
        count(number),
        count(all),
        count(sign_ins),
        super::sign_ins::sign_ins(sign_ins)
    )
}

/// The same where not all values were looked at.
pub fn matching_at_least(number: u64, all: u64) -> String {
    format!("{} or more of {} match", count(number), count(all))
}

/// Said when filters changed: how many sign-ins there are now.
pub fn said(total: &str, added: &[String], removed: &[String]) -> String {
    let mut parts = vec![format!("{total} sign-ins")];
    parts.extend(added.iter().map(|words| format!("filter {words} added")));
    parts.extend(
        removed
            .iter()
            .map(|words| format!("filter {words} removed")),
    );
    parts.join(", ")
}
