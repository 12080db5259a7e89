//! What comes back on a query, whichever engine answered it.

use chrono::{DateTime, Utc};

use crate::query::Cursor;
use crate::{Tab, Value};

/// Rows of a page, in order.
#[derive(Debug, Clone, PartialEq)]
pub struct Page {
    /// The rows.
    pub rows: Vec<Row>,
    /// Where the next page starts; `None` when there is none.
    pub next: Option<Cursor>,
}

/// One row of a page.
#[derive(Debug, Clone, PartialEq)]
pub struct Row {
    /// Request ID, by which the row is addressed.
    pub request_id: String,
    /// Moment of the sign-in.
    pub date: DateTime<Utc>,
    /// Values of the columns that were asked for, in their order; columns that are not stored are
    /// [`Value::Empty`].
    pub values: Vec<Value>,
}

/// Exact numbers of sign-ins that a query finds.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Counts {
    /// In each tab, in the order of [`Tab::ALL`].
    pub by_tab: [u64; 4],
    /// In the query's own tab: success, failure, interrupted.
    pub by_outcome: [u64; 3],
}

impl Counts {
    /// Number in the given tab.
    pub fn of_tab(&self, tab: Tab) -> u64 {
        self.by_tab[tab.index()]
    }
}

/// First and last moment of what is stored.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Span {
    /// Moment of the oldest sign-in.
    pub first: DateTime<Utc>,
    /// Moment of the newest sign-in.
    pub last: DateTime<Utc>,
}
