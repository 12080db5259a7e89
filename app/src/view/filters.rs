//! The filter bar: pills and their editors.

use crate::components::icon::Icon;

/// A field of a form that is sent along unseen: name and value.
pub type Hidden = (String, String);

/// The filter bar.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct FilterBar {
    /// The text searched for, as the search line is written.
    pub search: String,
    /// The rest of the query, for the search form.
    pub search_hidden: Vec<Hidden>,
    /// All filters and the search as one line.
    pub line: String,
    /// The query without these.
    pub line_hidden: Vec<Hidden>,
    /// The stretch of time.
    pub date: DatePill,
    /// The other pills in order.
    pub pills: Vec<Pill>,
    /// Columns that can get a filter.
    pub addable: Vec<ColumnGroup>,
    /// The whole query, for the form that adds one.
    pub add_hidden: Vec<Hidden>,
    /// Where no filter is set; `None` when none is.
    pub reset: Option<String>,
}

/// Columns under a heading.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ColumnGroup {
    /// The heading.
    pub label: &'static str,
    /// Ids and labels.
    pub columns: Vec<(&'static str, &'static str)>,
}

/// The pill with the stretch of time.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct DatePill {
    /// The range in words.
    pub value: String,
    /// The named ranges: words, address, whether it is the present one.
    pub quick: Vec<(String, String, bool)>,
    /// Earlier, later, zoomed out: words and address.
    pub moves: Vec<(&'static str, String)>,
    /// Beginning as a reader writes it, in the zone shown; empty when open.
    pub from: String,
    /// End as a reader writes it, in the zone shown; empty when open.
    pub to: String,
    /// Zones in which moments can be shown: words, address, whether it is the present one.
    pub zones: Vec<(String, String, bool)>,
    /// The rest of the query.
    pub hidden: Vec<Hidden>,
}

/// One filter, or a column that waits for one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pill {
    /// What the ids of its elements end with.
    pub key: String,
    /// Column of the filter.
    pub column: String,
    /// The portal's label of the column.
    pub label: String,
    /// Position among the filters of the query; `None` when nothing is set.
    pub index: Option<usize>,
    /// Words between label and value, where it is not plain equality.
    pub operator: Option<String>,
    /// The values in words; `None` when nothing is set.
    pub value: Option<String>,
    /// All of it in words, to be said.
    pub said: Option<String>,
    /// Whether it leaves out rather than keeps.
    pub negated: bool,
    /// Whether it waits.
    pub paused: bool,
    /// Where the filter is gone; `None` when nothing is set.
    pub remove: Option<String>,
    /// What else can be done with it.
    pub actions: Vec<PillAction>,
    /// Operators that can be chosen.
    pub operators: Vec<OperatorChoice>,
    /// What the values are entered with.
    pub entry: Entry,
    /// The rest of the query.
    pub hidden: Vec<Hidden>,
    /// Whether its editor stands open in the page, for browsers without scripts.
    pub is_open: bool,
}

/// A link that changes a filter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PillAction {
    /// Its icon.
    pub icon: Icon,
    /// What it does.
    pub words: String,
    /// Where it is done.
    pub address: String,
}

/// An operator of an editor.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OperatorChoice {
    /// The word in addresses.
    pub value: &'static str,
    /// The words for it.
    pub words: &'static str,
    /// What it compares with.
    pub takes: Takes,
    /// Whether it is the present one.
    pub is_present: bool,
}

/// What an operator compares with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Takes {
    /// Whole values, which can be ticked.
    Values,
    /// Texts or numbers that are written.
    Text,
    /// Nothing.
    Nothing,
}

impl Takes {
    /// The word in the markup.
    pub const fn as_str(self) -> &'static str {
        match self {
            Takes::Values => "values",
            Takes::Text => "text",
            Takes::Nothing => "nothing",
        }
    }
}

/// How values are entered.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Entry {
    /// Known values to tick; without any, values are written.
    pub ticks: Vec<ValueGroup>,
    /// Fields to write in, with their present values; the last one is empty.
    pub texts: Vec<String>,
    /// The operator with which the list of values begins, where there is such a list.
    pub listed: Option<&'static str>,
}

/// Values under a heading.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ValueGroup {
    /// The heading, where there are several groups.
    pub label: Option<&'static str>,
    /// The values.
    pub values: Vec<ValueLine>,
}

/// A value that can be ticked.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ValueLine {
    /// The value.
    pub value: String,
    /// The words for it.
    pub words: String,
    /// What it means.
    pub help: Option<&'static str>,
    /// Whether it is ticked.
    pub is_ticked: bool,
    /// How many sign-ins have it, where that was counted.
    pub count: Option<String>,
    /// Their share of all, in tenths of a percent.
    pub share_permille: u64,
}

/// The values of a column with their numbers.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ValueList {
    /// Label of the column.
    pub label: String,
    /// The values. Several groups are a tree.
    pub groups: Vec<ValueGroup>,
    /// How many there are, in words.
    pub hint: String,
    /// The text that was looked for, where the column can be filtered by what contains it.
    pub contained: Option<String>,
}

/// What could be written next in the search line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Completion {
    /// What is written.
    pub puts: String,
    /// Shown for it.
    pub words: String,
    /// Beside it: a label or a number.
    pub note: String,
}

/// A month of the calendar.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Month {
    /// Its name with the year.
    pub title: String,
    /// Weeks of seven days, from Monday.
    pub weeks: Vec<[Day; 7]>,
}

/// A day of the calendar.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Day {
    /// `2026-11-20`.
    pub date: String,
    /// Number in the month.
    pub number: u32,
    /// In full, to be read.
    pub words: String,
    /// Whether it belongs to another month.
    pub is_out: bool,
    /// Whether it is today.
    pub is_today: bool,
    /// Whether the focus belongs here.
    pub is_focused: bool,
}
