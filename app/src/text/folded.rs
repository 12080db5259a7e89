//! Words of the lines that stand for several sign-ins.

use model::present::count;
use model::query::Every;

/// Label of the choice; the portal's.
pub const TIME_AGGREGATE: &str = "Time aggregate";
/// Header of the column with the number of sign-ins; the portal's.
pub const NUMBER: &str = "# sign-ins";

/// A stretch of time in the choice.
pub const fn every(every: Every) -> &'static str {
    match every {
        Every::Off => "Off",
        Every::Hour => "1 hour",
        Every::SixHours => "6 hours",
        Every::Day => "24 hours",
    }
}

/// Beside the choice: what makes sign-ins alike.
pub fn alike(labels: &[&str]) -> String {
    let (last, before) = match labels {
        [before @ .., last] if !before.is_empty() => (last, before.join(", ")),
        _ => return String::new(),
    };
    format!("One line for sign-ins with the same {before} and {last}")
}

/// Beside the choice, when each sign-in has a line of its own.
pub const ONE_BY_ONE: &str = "One line for each sign-in";

/// Beside the choice, when another order keeps sign-ins apart.
pub fn sorted(column: &str) -> String {
    format!("Off while sorted by {column}; choosing a stretch of time sorts by date again")
}

/// Beside the choice, when an identifier is looked up.
pub const LOOKED_UP: &str = "Off while an identifier is searched for";

/// Name of the link on the number of a line.
pub fn open(sign_ins: u64) -> String {
    format!("{} sign-ins, show one by one", count(sign_ins))
}

/// What a line covers.
pub fn span(first: &str, last: &str) -> String {
    format!("From {first} to {last}")
}

/// After the number of sign-ins: how they are folded. The number of lines is only said when it is known.
pub fn lines(lines: Option<u64>, every: Every) -> String {
    match (lines, every) {
        (Some(1), _) => " in 1 line".to_owned(),
        (Some(lines), _) => format!(" in {} lines", count(lines)),
        (None, Every::Hour) => " folded by hour".to_owned(),
        (None, Every::SixHours) => " folded by 6 hours".to_owned(),
        (None, _) => " folded by day".to_owned(),
    }
}

/// Beside the link to more lines.
pub fn shown_of(number: usize, lines: Option<u64>) -> String {
    match lines {
        Some(lines) => format!("{} of {} lines shown", count(number as u64), count(lines)),
        None => format!("{} lines shown", count(number as u64)),
    }
}

/// Said aloud when lines were added.
pub fn added(number: usize) -> String {
    format!("{} more lines", count(number as u64))
}

/// Said aloud when a line was opened.
pub fn opened(number: usize) -> String {
    match number {
        1 => "1 sign-in shown below".to_owned(),
        _ => format!("{} sign-ins shown below", count(number as u64)),
    }
}

/// Said aloud when a line was closed.
pub const CLOSED: &str = "Sign-ins hidden";

/// Said aloud while sign-ins are on their way.
pub const READING: &str = "Reading the sign-ins of this line";

/// Link to further sign-ins of a line.
pub fn more(next: u64, shown: u64, all: u64) -> String {
    format!(
        "Show {} more, {} of {} shown",
        count(next),
        count(shown),
        count(all)
    )
}

/// When a stretch of time has more lines than are put together.
pub const TOO_MANY: &str =
    "There are more than a million lines in one stretch of time. Choose a shorter one, or Off.";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_alike_is_a_list_in_words() {
        assert_eq!(
            alike(&["Status", "Resource ID"]),
            "One line for sign-ins with the same Status and Resource ID"
        );
        assert_eq!(
            alike(&["A", "B", "C"]),
            "One line for sign-ins with the same A, B and C"
        );
        assert_eq!(alike(&[]), "");
    }

    #[test]
    fn lines_are_only_counted_when_known() {
        assert_eq!(lines(Some(1_302), Every::Day), " in 1,302 lines");
        assert_eq!(lines(None, Every::SixHours), " folded by 6 hours");
        assert_eq!(shown_of(100, None), "100 lines shown");
    }
}
