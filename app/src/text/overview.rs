//! Words of the overview.

use model::present::count;

/// Its title.
pub const TITLE: &str = "Overview";
/// What it counts.
pub const LEDE: &str =
    "Interactive sign-ins of people on one day, against the same day of the four weeks before.";
/// All.
pub const SIGN_INS: &str = "Sign-ins by people";
/// Those that failed.
pub const FAILURES: &str = "Failures";
/// People.
pub const INTERRUPTED: &str = "Interrupted for another step";
/// Share with multifactor.
pub const COVERAGE: &str = "Signed in with multifactor";
/// By old protocols.
pub const LEGACY: &str = "Weak sign-ins";
/// Title of the chart of the day.
pub const HOURS: &str = "The day";
/// What its line is.
pub const HOURS_NOTE: &str = "The dashed line is what is usual for the hour: the mean of the same weekday of the weeks before.";
/// Title of the list of changes.
pub const CHANGES: &str = "What changed";
/// Its columns.
pub const CHANGE_COLUMNS: [&str; 4] = ["What", "That day", "Usual", "Change"];
/// Nothing changed.
pub const NO_CHANGES: &str = "Nothing differs much from the same day of the weeks before.";
/// There is no history.
pub const NO_HISTORY: &str =
    "There are no sign-ins of the same day of the weeks before to compare with.";
/// Title of the list of failures.
pub const REASONS: &str = "Failures by reason";
/// Its columns.
pub const REASON_COLUMNS: [&str; 4] = ["Reason", "Code", "Sign-ins", "People"];
/// Nothing failed.
pub const NO_FAILURES: &str = "No sign-in of that day failed.";
/// Title of the list of countries.
pub const COUNTRIES: &str = "Where from";
/// What it says.
pub const COUNTRIES_NOTE: &str = "Place as recorded by Entra.";
/// Title of the trend of old protocols.
pub const LEGACY_TREND: &str = "Weak sign-ins over 90 days";
/// What it counts.
pub const LEGACY_NOTE: &str = "By protocols that cannot ask for a second factor, such as IMAP, POP and authenticated SMTP. The aim is none.";
/// Who signs in so.
pub const LEGACY_PEOPLE: &str = "People behind weak sign-ins";
/// To what.
pub const LEGACY_APPLICATIONS: &str = "Applications behind weak sign-ins";
/// There are none.
pub const NO_LEGACY: &str = "No sign-in of the last 90 days used such a protocol.";
/// The day before.
pub const BEFORE: &str = "Day before";
/// The day after.
pub const AFTER: &str = "Day after";

/// Failures of something.
pub fn failures_of(what: &str) -> String {
    format!("Failures: {what}")
}

/// Sign-ins from somewhere.
pub fn sign_ins_from(place: &str) -> String {
    format!("Sign-ins from {place}")
}

/// Against what is usual.
pub fn against(today: u64, usual: u64) -> String {
    match today.cmp(&usual) {
        std::cmp::Ordering::Equal => format!("As usual: {}", count(usual)),
        std::cmp::Ordering::Greater => {
            format!("Up {} on the usual {}", count(today - usual), count(usual))
        }
        std::cmp::Ordering::Less => {
            format!(
                "Down {} on the usual {}",
                count(usual - today),
                count(usual)
            )
        }
    }
}

/// A share against what is usual, in tenths of a percent.
pub fn points(today: u64, usual: u64) -> String {
    let written = |permille: u64| format!("{}.{}", permille / 10, permille % 10);
    match today.cmp(&usual) {
        std::cmp::Ordering::Equal => format!("As usual: {}%", written(usual)),
        std::cmp::Ordering::Greater => {
            format!(
                "Up {} points on the usual {}%",
                written(today - usual),
                written(usual)
            )
        }
        std::cmp::Ordering::Less => {
            format!(
                "Down {} points on the usual {}%",
                written(usual - today),
                written(usual)
            )
        }
    }
}

/// More or less, with its sign.
pub fn change(today: u64, usual: u64) -> String {
    match today >= usual {
        true => format!("+{}", count(today - usual)),
        false => format!("\u{2212}{}", count(usual - today)),
    }
}
