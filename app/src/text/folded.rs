//! Words of the lines that stand for several sign-ins.

use model::Tab;
use model::present::count;
use model::query::Every;

use super::sign_ins::sign_ins;

/// Label of the choice; the portal's.
pub const TIME_AGGREGATE: &str = "Time aggregate";
/// Label of the choice for interactive sign-ins, which the portal does not put together.
pub const EVENTS: &str = "Events of a sign-in";

/// Name of the choice.
pub const fn choice(tab: Tab) -> &'static str {
    match tab {
        Tab::Interactive => EVENTS,
        _ => TIME_AGGREGATE,
    }
}

/// Header of the column with the number of what a line stands for. Sign-ins are the portal's.
pub const fn number(every: Every) -> &'static str {
    match every {
        Every::SignIn => "# events",
        _ => "# sign-ins",
    }
}

/// A stretch of time in the choice.
pub const fn every(every: Every, tab: Tab) -> &'static str {
    match every {
        Every::Off if matches!(tab, Tab::Interactive) => "One line each",
        Every::Off => "Off",
        Every::SignIn => "One line per sign-in",
        Every::Hour => "1 hour",
        Every::SixHours => "6 hours",
        Every::Day => "24 hours",
    }
}

/// Beside the choice: what makes sign-ins alike.
pub fn alike(labels: &[&str]) -> String {
    match labels {
        [] | [_] => String::new(),
        _ => format!("One line for sign-ins with the same {}", joined(labels)),
    }
}

fn joined(labels: &[&str]) -> String {
    match labels {
        [] => String::new(),
        [one] => (*one).to_owned(),
        [before @ .., last] => format!("{} and {last}", before.join(", ")),
    }
}

/// Beside the choice, when each sign-in has a line of its own.
pub const fn one_by_one(tab: Tab) -> &'static str {
    match tab {
        Tab::Interactive => {
            "A sign-in that was interrupted and went on has several lines, one for each event"
        }
        _ => "One line for each sign-in",
    }
}

/// Beside the choice, where events are put together. Filters are said to come first where there are any.
pub fn of_sign_in(labels: &[&str], is_filtered: bool) -> String {
    let alike = joined(labels);
    let first = match is_filtered {
        true => "; filters choose among events first",
        false => "",
    };
    format!(
        "Events with the same {alike}, at most an hour apart, are one line that shows the last{first}"
    )
}

/// Beside the choice, when another order keeps sign-ins apart.
pub fn sorted(column: &str, tab: Tab) -> String {
    match tab {
        Tab::Interactive => {
            format!(
                "One line each while sorted by {column}; one line per sign-in sorts by date again"
            )
        }
        _ => {
            format!("Off while sorted by {column}; choosing a stretch of time sorts by date again")
        }
    }
}

/// Beside the choice, when an identifier is looked up.
pub const LOOKED_UP: &str = "Off while an identifier is searched for";

/// Name of the link on the number of a line.
pub fn open(sign_ins: u64, is_of_events: bool) -> String {
    let number = count(sign_ins);
    match is_of_events {
        true => format!("{number} events of this sign-in, show one by one"),
        false => format!("{number} sign-ins, show one by one"),
    }
}

/// The words after the number of all that are found.
pub const fn found(all: u64, every: Every) -> &'static str {
    match (every, all) {
        (Every::SignIn, 1) => "event",
        (Every::SignIn, _) => "events",
        _ => sign_ins(all),
    }
}

/// What a line covers.
pub fn span(first: &str, last: &str) -> String {
    format!("From {first} to {last}")
}

/// After the number of sign-ins: how they are folded. The number of lines is only said when it is known.
pub fn lines(lines: Option<u64>, every: Every) -> String {
    match (lines, every) {
        (Some(1), Every::SignIn) => " of 1 sign-in".to_owned(),
        (Some(lines), Every::SignIn) => format!(" of {} sign-ins", count(lines)),
        (None, Every::SignIn) => " put together by sign-in".to_owned(),
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
pub fn opened(number: usize, is_of_events: bool) -> String {
    match (number, is_of_events) {
        (1, false) => "1 sign-in shown below".to_owned(),
        (_, false) => format!("{} sign-ins shown below", count(number as u64)),
        (1, true) => "1 event shown below".to_owned(),
        (_, true) => format!("{} events shown below", count(number as u64)),
    }
}

/// Said aloud when a line was closed.
pub const fn closed(is_of_events: bool) -> &'static str {
    match is_of_events {
        true => "Events hidden",
        false => "Sign-ins hidden",
    }
}

/// Said aloud while what a line stands for is on its way.
pub const READING: &str = "Reading what this line stands for";

/// Before the steps of an event.
pub const STEPS: &str = "Steps";
/// In their place where a record has none.
pub const NO_STEPS: &str = "none in this record";

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
        assert_eq!(
            of_sign_in(&["A", "B", "C"], true),
            "Events with the same A, B and C, at most an hour apart, are one line that shows the last; \
             filters choose among events first"
        );
    }

    #[test]
    fn lines_are_only_counted_when_known() {
        assert_eq!(lines(Some(1_302), Every::Day), " in 1,302 lines");
        assert_eq!(lines(None, Every::SixHours), " folded by 6 hours");
        assert_eq!(shown_of(100, None), "100 lines shown");
        assert_eq!(lines(Some(1_302), Every::SignIn), " of 1,302 sign-ins");
        assert_eq!(lines(Some(1), Every::SignIn), " of 1 sign-in");
        assert_eq!(lines(None, Every::SignIn), " put together by sign-in");
    }
}
