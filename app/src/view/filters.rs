//! The filter bar: pills and their editors.

/// A field of a form that is sent along unseen: name and value.
pub type Hidden = (String, String);

/// The filter bar.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct FilterBar {
    /// The text searched for.
    pub search: String,
    /// The rest of the query, for the search form.
    pub search_hidden: Vec<Hidden>,
    /// The stretch of time.
    pub date: DatePill,
    /// The other pills in order.
    pub pills: Vec<Pill>,
    /// Where no filter is set; `None` when none is.
    pub reset: Option<String>,
}

/// The pill with the stretch of time.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct DatePill {
    /// The range in words.
    pub value: String,
    /// The named ranges: words, address, whether it is the present one.
    pub quick: Vec<(String, String, bool)>,
    /// Beginning as a date field takes it, UTC; empty when open.
    pub from: String,
    /// End as a date field takes it, UTC; empty when open.
    pub to: String,
    /// Zones in which moments can be shown: value, words, whether it is the present one.
    pub zones: Vec<(String, String, bool)>,
    /// The rest of the query.
    pub hidden: Vec<Hidden>,
}

/// One filter, or a field that waits for one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pill {
    /// Id of its editor in the page.
    pub editor_id: String,
    /// Column of the filter.
    pub column: String,
    /// The portal's label of the column.
    pub label: String,
    /// Words between label and value, where it is not plain equality.
    pub operator: Option<String>,
    /// The values in words; `None` when nothing is set.
    pub value: Option<String>,
    /// Whether it leaves out rather than keeps.
    pub negated: bool,
    /// Where the filter is gone; `None` when nothing is set.
    pub remove: Option<String>,
    /// Operators that can be chosen: value, words, whether it is the present one.
    pub operators: Vec<(String, String, bool)>,
    /// What the values are entered with.
    pub entry: Entry,
    /// The rest of the query.
    pub hidden: Vec<Hidden>,
}

/// How values are entered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Entry {
    /// Boxes to tick: value, words, whether it is ticked.
    Choices(Vec<(String, String, bool)>),
    /// Fields to write in, with their present values; the last one is empty.
    Texts(Vec<String>),
}
