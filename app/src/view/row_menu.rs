//! The menu of a row.

/// What can be done with one row, and with the value of one of its cells.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RowMenu {
    /// Where the row is open.
    pub open: String,
    /// Where it is compared with the last success of the same user.
    pub compare: String,
    /// Pages about what the cell's value names, or else about whom and what the row names: words and address.
    pub about: Vec<(String, String)>,
    /// Where nothing but the cell's value is left, and the words of the value.
    pub only: Option<(String, String)>,
    /// Where the cell's value is left out, and the words of the value.
    pub without: Option<(String, String)>,
}
