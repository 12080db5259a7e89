//! Words of charts.

use model::present::count;

use crate::charts::buckets::BucketSize;

/// Heading of the fold with the same numbers as a table.
pub const AS_TABLE: &str = "Show as table";
/// Column of the table with the stretches of time.
pub const TIME: &str = "Time";
/// Column of the table with the sums.
pub const ALL: &str = "All";
/// Opens the menu of what can be done with a chart.
pub const MORE: &str = "Copy or download this chart";
/// Copies it as a picture of pixels.
pub const COPY_PNG: &str = "Copy as PNG";
/// Copies it as a drawing.
pub const COPY_SVG: &str = "Copy as SVG";
/// Its numbers as a file.
pub const FILE: &str = "Numbers as CSV";
/// Values beyond those with a colour of their own.
pub const OTHER: &str = "Other";
/// No value was recorded.
pub const NOT_RECORDED: &str = "Not recorded";

/// How long a column is: "per day".
pub fn per(size: BucketSize) -> String {
    format!("per {}", unit(size))
}

fn unit(size: BucketSize) -> &'static str {
    match size {
        BucketSize::Seconds(_) => "moment",
        BucketSize::Hours(1) => "hour",
        BucketSize::Hours(_) => "few hours",
        BucketSize::Day => "day",
        BucketSize::Week => "week",
        BucketSize::Month => "month",
        BucketSize::Year => "year",
    }
}

fn units(size: BucketSize) -> &'static str {
    match size {
        BucketSize::Hours(1) => "hours",
        BucketSize::Day => "days",
        BucketSize::Week => "weeks",
        BucketSize::Month => "months",
        BucketSize::Year => "years",
        _ => "stretches",
    }
}

/// What the columns show: in how many of them there are any, and which is the highest.
pub fn finding(
    size: BucketSize,
    (with_any, all): (usize, usize),
    peak: Option<(&str, u64)>,
    largest: Option<(&str, u64)>,
) -> String {
    let Some((when, number)) = peak else {
        return format!("No sign-ins in {all} {}.", units(size));
    };
    let mut words = format!(
        "Sign-ins in {with_any} of {all} {}, most from {when}: {}.",
        units(size),
        count(number)
    );
    if let Some((name, number)) = largest {
        words += &format!(" {name} has the most: {}.", count(number));
    }
    words
}

/// What a column says: "24 Nov: Success 4, Failure 2".
pub fn column(when: &str, parts: &[(&str, u64)]) -> String {
    let said: Vec<String> = parts
        .iter()
        .filter(|(_, number)| *number > 0)
        .map(|(words, number)| format!("{words} {}", count(*number)))
        .collect();
    match said.is_empty() {
        true => format!("{when}: none"),
        false => format!("{when}: {}", said.join(", ")),
    }
}

/// Values beyond those with a colour of their own.
pub fn other(values: u64) -> String {
    format!("{OTHER}, {}", count(values))
}

/// Sign-ins after the last column, where the log is ahead of the clock.
pub fn outside(number: u64) -> String {
    format!(
        "{} {} later than now, after the last bar.",
        count(number),
        if number == 1 { "is" } else { "are" }
    )
}

/// Name of what is reached by the columns of a chart.
pub fn columns_of(title: &str) -> String {
    format!("Columns of {title}; arrow keys go from one to the next")
}

/// Name of what is reached by the cells of a field.
pub fn cells_of(title: &str) -> String {
    format!("Hours of {title}; arrow keys go from one to the next")
}

/// A step of the colour of a field: "5 to 16".
pub fn level(least: u64, most: u64) -> String {
    match least == most {
        true => count(most),
        false => format!("{} to {}", count(least), count(most)),
    }
}
