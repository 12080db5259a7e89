//! Rows put together: repeated ones into one line, and all into groups.

use crate::tab::Tab;

/// The stretch of time within which sign-ins that are alike are shown as one line, which the portal calls
/// "Time aggregate"; or all events of one sign-in of a person.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Every {
    /// Each sign-in has its own line.
    Off,
    /// One hour.
    Hour,
    /// Six hours.
    SixHours,
    /// A day.
    Day,
    /// As long as one sign-in of a person goes on, see [`crate::folded::MOST_BETWEEN_MICROS`].
    SignIn,
}

impl Every {
    /// All of them.
    pub const ALL: [Every; 5] = [
        Every::Off,
        Every::Hour,
        Every::SixHours,
        Every::Day,
        Every::SignIn,
    ];

    /// Those of a kind of sign-in, as the choice offers them.
    pub const fn of(tab: Tab) -> &'static [Every] {
        match tab {
            Tab::Interactive => &[Every::Off, Every::SignIn],
            _ => &[Every::Off, Every::Hour, Every::SixHours, Every::Day],
        }
    }

    /// What holds for a kind of sign-in before anybody chose, as in the portal.
    pub const fn usual(tab: Tab) -> Every {
        match tab {
            Tab::Interactive => Every::Off,
            _ => Every::Day,
        }
    }

    /// The word in addresses.
    pub const fn as_str(self) -> &'static str {
        match self {
            Every::Off => "off",
            Every::Hour => "1h",
            Every::SixHours => "6h",
            Every::Day => "24h",
            Every::SignIn => "signin",
        }
    }

    /// How long it is, in hours; 0 where that is not the same for all.
    pub const fn hours(self) -> u32 {
        match self {
            Every::Off | Every::SignIn => 0,
            Every::Hour => 1,
            Every::SixHours => 6,
            Every::Day => 24,
        }
    }

    /// Reads the word of [`Every::as_str`].
    pub fn parse(text: &str) -> Option<Every> {
        Every::ALL
            .into_iter()
            .find(|every| every.as_str().eq_ignore_ascii_case(text.trim()))
    }
}

/// The order of groups: by one of their numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct GroupOrder {
    /// The number.
    pub by: GroupNumber,
    /// Whether the greatest comes first.
    pub descending: bool,
}

impl Default for GroupOrder {
    fn default() -> GroupOrder {
        GroupOrder {
            by: GroupNumber::Rows,
            descending: true,
        }
    }
}

/// What is said of a group.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum GroupNumber {
    /// The values that it has in common.
    Key,
    /// Number of sign-ins.
    Rows,
    /// Of these, that ended well.
    Success,
    /// That failed.
    Failure,
    /// That were one step of more.
    Interrupted,
    /// The share that failed.
    FailureRate,
    /// Distinct users.
    Users,
    /// The oldest sign-in.
    First,
    /// The newest sign-in.
    Last,
}

impl GroupNumber {
    /// All of them, in the order of the table's columns.
    pub const ALL: [GroupNumber; 9] = [
        GroupNumber::Key,
        GroupNumber::Rows,
        GroupNumber::Success,
        GroupNumber::Failure,
        GroupNumber::Interrupted,
        GroupNumber::FailureRate,
        GroupNumber::Users,
        GroupNumber::First,
        GroupNumber::Last,
    ];

    /// The word in addresses.
    pub const fn as_str(self) -> &'static str {
        match self {
            GroupNumber::Key => "key",
            GroupNumber::Rows => "rows",
            GroupNumber::Success => "success",
            GroupNumber::Failure => "failure",
            GroupNumber::Interrupted => "interrupted",
            GroupNumber::FailureRate => "rate",
            GroupNumber::Users => "users",
            GroupNumber::First => "first",
            GroupNumber::Last => "last",
        }
    }
}

impl GroupOrder {
    /// `-rows`: a leading minus for descending.
    pub fn to_text(self) -> String {
        let sign = if self.descending { "-" } else { "" };
        format!("{sign}{}", self.by.as_str())
    }

    /// Reads the text of [`GroupOrder::to_text`].
    pub fn parse(text: &str) -> Option<GroupOrder> {
        let text = text.trim();
        let (word, descending) = match text.strip_prefix('-') {
            Some(word) => (word, true),
            None => (text, false),
        };
        let by = GroupNumber::ALL
            .into_iter()
            .find(|number| number.as_str().eq_ignore_ascii_case(word))?;
        Some(GroupOrder { by, descending })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_come_back() {
        for every in Every::ALL {
            assert_eq!(Every::parse(every.as_str()), Some(every));
        }
        for by in GroupNumber::ALL {
            for descending in [true, false] {
                let order = GroupOrder { by, descending };
                assert_eq!(GroupOrder::parse(&order.to_text()), Some(order));
            }
        }
        assert_eq!(GroupOrder::parse("-size"), None);
    }
}
