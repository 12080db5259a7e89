//! Words of what is explored with: the chart over time, the fields, the groups, the dial.

use model::Noise;
use model::present::count;

/// Name of the chart.
pub const CHART: &str = "Sign-ins over time";
/// Button that shows the numbers of the chart.
pub const AS_TABLE: &str = "Show as table";
/// Hides the columns of the chart.
pub const HIDE_CHART: &str = "Hide chart";
/// Shows them again.
pub const SHOW_CHART: &str = "Show chart";
/// Narrows the range to what is marked.
pub const ZOOM_IN: &str = "Zoom in";
/// Widens the range.
pub const ZOOM_OUT: &str = "Zoom out";
/// Takes the marking back.
pub const CLEAR: &str = "Clear";
/// Name of the slider at the beginning of what is marked.
pub const MARK_FROM: &str = "Beginning of the marked time";
/// Name of the slider at its end.
pub const MARK_TO: &str = "End of the marked time";
/// Header of the stretches of time.
pub const STRETCH: &str = "Time";
/// Header of all numbers.
pub const ALL: &str = "Sign-ins";
/// Under the number of an identifier that was looked for.
pub const LOOKED_UP: &str = "Found by their identifier, whenever they were and of whatever kind.";

/// Name of the fields.
pub const FIELDS: &str = "Fields";
/// Button that closes them.
pub const HIDE_FIELDS: &str = "Hide fields";
/// Leads past the fields.
pub const SKIP_FIELDS: &str = "Skip the fields";
/// Label and hint of the search over their names.
pub const FIND_FIELD: &str = "Find a field";
/// Heading of the fields that come second.
pub const OTHER_FIELDS: &str = "More fields";
/// Button that counts a field, without scripts.
pub const COUNT_FIELD: &str = "Count its values";
/// Button for more values.
pub const MORE_VALUES: &str = "Show more";
/// What stands for no value.
pub const NO_VALUE: &str = "No value";
/// A field without any value.
pub const NOTHING_RECORDED: &str = "Nothing was recorded.";
/// What the error code is called where its words are shown.
pub const REASON: &str = "Reason";

/// Name of the command that groups.
pub const GROUP: &str = "Group";
/// Heading of its list.
pub const GROUP_BY: &str = "Group by";
/// Label and hint of the search over the columns.
pub const FIND_COLUMN: &str = "Find a column";
/// Shows sign-ins one by one again.
pub const NO_GROUPS: &str = "No groups";
/// Name of the table of groups.
pub const GROUPS: &str = "Groups of sign-ins";
/// Headers of the numbers of a group.
pub const SUCCESS: &str = "Success";
/// See [`SUCCESS`].
pub const FAILURE: &str = "Failure";
/// See [`SUCCESS`].
pub const INTERRUPTED: &str = "Interrupted";
/// See [`SUCCESS`].
pub const FAILURE_RATE: &str = "Failure rate";
/// See [`SUCCESS`].
pub const USERS: &str = "Users";
/// See [`SUCCESS`].
pub const FIRST_SEEN: &str = "First seen";
/// See [`SUCCESS`].
pub const LAST_SEEN: &str = "Last seen";
/// Heading when there are too many groups.
pub const TOO_MANY_GROUPS: &str = "Too many groups to count";
/// What to do then.
pub const TOO_MANY_GROUPS_HELP: &str =
    "Take a shorter time, add a filter, or group by a column with fewer values.";

/// First tab.
pub const ALL_KINDS: &str = "All sign-ins";
/// Name of the dial.
pub const NOISE: &str = "Noise";
/// Link to what the dial hides.
pub const SHOW_HIDDEN: &str = "Show them";

/// Width of the columns in the line over the chart: "15 min".
pub fn bar_width(seconds: i64) -> String {
    let (number, unit) = whole(seconds);
    let unit = match unit {
        Unit::Second => "s",
        Unit::Minute => "min",
        Unit::Hour => "h",
        Unit::Day => "day",
        Unit::Week => "week",
        Unit::Month => "month",
        Unit::Year => "year",
    };
    format!("{number} {unit}")
}

/// The same in a sentence: "15 minutes".
pub fn bar_width_in_words(seconds: i64) -> String {
    let (number, unit) = whole(seconds);
    let unit = match unit {
        Unit::Second => "second",
        Unit::Minute => "minute",
        Unit::Hour => "hour",
        Unit::Day => "day",
        Unit::Week => "week",
        Unit::Month => "month",
        Unit::Year => "year",
    };
    match number {
        1 => format!("one {unit}"),
        _ => format!("{number} {unit}s"),
    }
}

enum Unit {
    Second,
    Minute,
    Hour,
    Day,
    Week,
    Month,
    Year,
}

/// A width of columns in its own unit.
fn whole(seconds: i64) -> (i64, Unit) {
    const DAY: i64 = 24 * 3_600;
    match seconds {
        ..60 => (seconds, Unit::Second),
        60..3_600 => (seconds / 60, Unit::Minute),
        3_600..DAY => (seconds / 3_600, Unit::Hour),
        DAY => (1, Unit::Day),
        _ if seconds <= 7 * DAY => (1, Unit::Week),
        _ if seconds <= 31 * DAY => (1, Unit::Month),
        _ => (1, Unit::Year),
    }
}

/// Over the chart: "15 min bars, highest 148".
pub fn scale(width: &str, highest: u64) -> String {
    format!("{width} bars, highest {}", count(highest))
}

/// What the chart shows. `most` and `most_failures` say when, and how many.
pub fn finding(
    all: u64,
    range: &str,
    width: &str,
    most: Option<(&str, u64)>,
    most_failures: Option<(&str, u64)>,
) -> String {
    let noun = super::sign_ins::sign_ins(all);
    let mut words = format!("{} {noun}, {range}, in bars of {width}", count(all));
    if let Some((when, rows)) = most {
        words += &format!("; the highest is {} from {when}", count(rows));
    }
    words += &match most_failures {
        Some((when, rows)) => format!("; failures peak at {} from {when}", count(rows)),
        None => "; no failures".to_owned(),
    };
    words + "; the table lists every bar."
}

/// What is not within the columns.
pub fn outside(number: u64) -> String {
    format!("{} outside the bars", count(number))
}

/// A column in words: "24 Nov 01:45 to 02:00: 25 sign-ins, 20 failures".
pub fn bar(stretch: &str, all: u64, failures: u64) -> String {
    let noun = super::sign_ins::sign_ins(all);
    match failures {
        0 => format!("{stretch}: {} {noun}", count(all)),
        1 => format!("{stretch}: {} {noun}, 1 failure", count(all)),
        _ => format!(
            "{stretch}: {} {noun}, {} failures",
            count(all),
            count(failures)
        ),
    }
}

/// Between two moments.
pub fn stretch(from: &str, to: &str) -> String {
    format!("{from} to {to}")
}

/// What is marked in the chart.
pub fn marked(from: &str, to: &str) -> String {
    format!("{from} to {to} marked")
}

/// What the slider at the beginning says.
pub fn mark_from(words: &str) -> String {
    format!("from {words}")
}

/// What the slider at the end says.
pub fn mark_to(words: &str) -> String {
    format!("to {words}")
}

/// Over the fields.
pub fn counted_over(all: u64) -> String {
    format!("Counted over all {}", count(all))
}

/// Over the reasons: what their shares are shares of.
pub fn of_those_with_reason(number: u64) -> String {
    format!("Of {} that did not simply work", count(number))
}

/// A number of tenths of a percent: "41.4%".
pub fn share(permille: u64) -> String {
    format!("{}.{}%", permille / 10, permille % 10)
}

/// Tooltip of a value: its text and its exact number.
pub fn value_with_rows(value: &str, rows: u64) -> String {
    let noun = super::sign_ins::sign_ins(rows);
    format!("{value}: {} {noun}", count(rows))
}

/// Verb on a value.
pub fn only(value: &str) -> String {
    format!("Only {value}")
}

/// Verb on a value.
pub fn without(value: &str) -> String {
    format!("Without {value}")
}

/// Verb on a value that names something: to the page about it.
pub fn about(value: &str) -> String {
    format!("About {value}")
}

/// Under the values of a field.
pub fn other_values(number: u64) -> String {
    match number {
        1 => "1 other value".to_owned(),
        _ => format!("{} other values", count(number)),
    }
}

/// Second column of a grouping.
pub fn then_by(label: &str) -> String {
    format!("Then by {label}")
}

/// Under a table with all groups.
pub fn all_groups(number: u64) -> String {
    match number {
        1 => "1 group".to_owned(),
        _ => format!("{} groups", count(number)),
    }
}

/// Under a table with the first of all groups.
pub fn first_groups(shown: u64, all: u64) -> String {
    format!("top {} of {} groups", count(shown), count(all))
}

/// Under a table with the first of the largest groups, where it is not known that they are the first of all.
pub fn first_of_largest(shown: u64, looked_at: u64, all: u64) -> String {
    format!(
        "top {} of the {} largest of {} groups; smaller groups are not compared",
        count(shown),
        count(looked_at),
        count(all)
    )
}

/// The steps of the dial.
pub const fn noise(noise: Noise) -> &'static str {
    match noise {
        Noise::People => "People",
        Noise::Silent => "+ silent",
        Noise::Workloads => "+ workloads",
    }
}

/// What a step hides.
pub const fn hidden_kinds(noise: Noise) -> &'static str {
    match noise {
        Noise::People => "workload and silent",
        Noise::Silent | Noise::Workloads => "workload",
    }
}

/// In the footer of the view of all kinds, in front of the name of the step.
pub fn hidden_rows(number: u64, kinds: &str) -> String {
    let noun = if number == 1 { "row" } else { "rows" };
    format!("{} {kinds} {noun} hidden by ", count(number))
}

#[cfg(all(test, feature = "ssr"))]
mod tests {
    use super::*;
    use crate::charts::buckets::BucketSize;

    #[test]
    fn widths_of_columns_have_words() {
        let words = BucketSize::OF_CHARTS.map(|size| bar_width(size.seconds()));
        assert_eq!(
            words.join(", "),
            "1 s, 5 s, 15 s, 30 s, 1 min, 5 min, 15 min, 30 min, 1 h, 3 h, 6 h, 12 h, 1 day, 1 week, 1 month, 1 year"
        );
        assert_eq!(bar_width_in_words(900), "15 minutes");
        assert_eq!(bar_width_in_words(3_600), "one hour");
    }

    #[test]
    fn the_finding_is_one_sentence() {
        assert_eq!(
            finding(
                4_812,
                "Last 24 hours",
                "15 minutes",
                Some(("24 Nov 10:15", 148)),
                Some(("02:15", 31))
            ),
            "4,812 sign-ins, Last 24 hours, in bars of 15 minutes; the highest is 148 from 24 Nov 10:15; \
             failures peak at 31 from 02:15; the table lists every bar."
        );
    }
}
