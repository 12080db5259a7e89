//! Sign-ins in groups, in the place of the rows.

use super::grid::{Moment, Sorted};
use super::sign_ins::Totals;

/// The table of the groups.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct GroupTable {
    /// Headers in order: keys first.
    pub headers: Vec<GroupHeader>,
    /// The groups in order.
    pub groups: Vec<GroupLine>,
    /// How many groups there are and which are shown.
    pub summary: String,
    /// Whether nothing is shown because there are more groups than can be put together.
    pub is_too_many: bool,
    /// Where the sign-ins are shown one by one.
    pub ungrouped: String,
}

/// Header of a column of the table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GroupHeader {
    /// Its words.
    pub label: String,
    /// Where the groups are ordered by it.
    pub address: String,
    /// The present order, if it is by this column.
    pub sorted: Option<Sorted>,
    /// Whether numbers stand below.
    pub is_number: bool,
}

/// One group.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GroupLine {
    /// What its sign-ins have in common, in words, with the code behind them.
    pub keys: Vec<(String, Option<String>)>,
    /// Where its sign-ins are shown; `None` where no filter can say that.
    pub address: Option<String>,
    /// The pages about what its keys name: words and address.
    pub about: Vec<(String, String)>,
    /// Exact numbers.
    pub totals: Totals,
    /// Share of failures, in tenths of a percent.
    pub failed_permille: u64,
    /// Number of distinct users.
    pub users: u64,
    /// The oldest sign-in.
    pub first: Option<Moment>,
    /// The newest sign-in.
    pub last: Option<Moment>,
}

/// The command that groups.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct GroupMenu {
    /// What is grouped by now.
    pub present: Option<String>,
    /// Where nothing is grouped; `None` when nothing is.
    pub off: Option<String>,
    /// The columns to choose from.
    pub choices: Vec<GroupChoice>,
    /// Whether the client fetches them when the list is opened.
    pub is_fetched: bool,
}

/// One column to group by.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GroupChoice {
    /// What it is called.
    pub label: &'static str,
    /// Where the groups are by it alone.
    pub address: String,
    /// Where they are by the present first one and by this one.
    pub then: Option<String>,
    /// Whether groups are by it now.
    pub is_present: bool,
}
