//! What is asked of the sign-ins: one tab, a time range, filters, a search, an order.
//!
//! A query has one canonical text, the query string of the page's address, which is also what the
//! command line and the API take. [`Query::parse`] never fails: what it cannot read it reports as a
//! [`Problem`] that names the part, and the rest still works.

mod cursor;
mod filter;
mod parse;
mod percent;
mod range;
mod search;
mod write;

pub use cursor::Cursor;
pub use filter::{Filter, Operator};
pub use parse::Problem;
pub use percent::take_parts;
pub use range::{Range, TimeZone};
pub use search::{SearchRule, searched};

use crate::column::Column;
use crate::tab::Tab;

/// A question to the sign-in log.
#[derive(Debug, Clone, PartialEq)]
pub struct Query {
    /// Which kind of sign-in.
    pub tab: Tab,
    /// Which stretch of time, by the moment of the sign-in.
    pub range: Range,
    /// In which time zone moments are shown. The range itself is in UTC.
    pub time_zone: TimeZone,
    /// All of these must hold. Inside one filter any value suffices.
    pub filters: Vec<Filter>,
    /// Text that some column must hold, as [`searched`] says.
    pub search: Option<String>,
    /// The order of the rows.
    pub sort: Sort,
    /// Chosen columns, in order; `None` for the tab's default ones.
    pub columns: Option<Vec<&'static Column>>,
    /// Request ID of the row whose flyout is open.
    pub row: Option<String>,
    /// Where the page starts: after this row.
    pub after: Option<Cursor>,
}

/// The order of rows: by one column, and within equal values newest first.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Sort {
    /// The column.
    pub column: &'static Column,
    /// Whether the greatest (newest, last in the alphabet) comes first.
    pub descending: bool,
}

impl Default for Sort {
    fn default() -> Sort {
        Sort {
            column: Column::named("date"),
            descending: true,
        }
    }
}

impl Default for Query {
    /// What the blade opens with: interactive sign-ins of the last 24 hours, newest first.
    fn default() -> Query {
        Query {
            tab: Tab::Interactive,
            range: Range::Last24Hours,
            time_zone: TimeZone::Local,
            filters: Vec::new(),
            search: None,
            sort: Sort::default(),
            columns: None,
            row: None,
            after: None,
        }
    }
}

impl Query {
    /// The columns to show: the chosen ones, or the tab's default ones.
    pub fn shown_columns(&self) -> Vec<&'static Column> {
        self.columns
            .clone()
            .unwrap_or_else(|| Column::defaults(self.tab))
    }

    /// The identifier that is searched for, when the search is one whole GUID. When a sign-in has it as
    /// its request ID or correlation ID, that is what is meant: see [`crate::ask::Ask::looked_up`].
    pub fn looked_up(&self) -> Option<&str> {
        let text = self.search.as_deref()?.trim();
        let is_dash = |at: usize| matches!(at, 8 | 13 | 18 | 23);
        let mut bytes = text.bytes().enumerate();
        let is_guid = text.len() == 36
            && bytes.all(|(at, byte)| {
                if is_dash(at) {
                    byte == b'-'
                } else {
                    byte.is_ascii_hexdigit()
                }
            });
        is_guid.then_some(text)
    }

    /// The same question with the flyout of `request_id` open.
    pub fn with_row(&self, request_id: &str) -> Query {
        Query {
            row: Some(request_id.to_owned()),
            ..self.clone()
        }
    }

    /// The same question with the flyout closed.
    pub fn without_row(&self) -> Query {
        Query {
            row: None,
            ..self.clone()
        }
    }

    /// The same question of another tab, from its first page.
    pub fn with_tab(&self, tab: Tab) -> Query {
        Query {
            tab,
            columns: None,
            row: None,
            after: None,
            ..self.clone()
        }
    }

    /// The same question of another stretch of time, from its first page.
    pub fn with_range(&self, range: Range) -> Query {
        Query {
            range,
            after: None,
            ..self.clone()
        }
    }

    /// The same question continued after a row.
    pub fn with_after(&self, after: Cursor) -> Query {
        Query {
            after: Some(after),
            row: None,
            ..self.clone()
        }
    }

    /// The same question with one more filter, from its first page.
    pub fn with_filter(&self, filter: Filter) -> Query {
        let mut query = Query {
            after: None,
            ..self.clone()
        };
        if !query.filters.contains(&filter) {
            query.filters.push(filter);
        }
        query
    }

    /// The same question without the filter at this position, from its first page.
    pub fn without_filter(&self, index: usize) -> Query {
        let mut query = Query {
            after: None,
            ..self.clone()
        };
        if index < query.filters.len() {
            query.filters.remove(index);
        }
        query
    }

    /// The same question with no filter and no search, from its first page.
    pub fn without_filters(&self) -> Query {
        Query {
            filters: Vec::new(),
            search: None,
            after: None,
            ..self.clone()
        }
    }

    /// The same question in another order, from its first page.
    pub fn with_sort(&self, sort: Sort) -> Query {
        Query {
            sort,
            after: None,
            ..self.clone()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_whole_guid_is_looked_up() {
        let searching = |text: &str| Query {
            search: Some(text.to_owned()),
            ..Query::default()
        };
        let id = "5E1f0c4e-2f0f-4c55-9d8e-6a5f6b0e4b00";
        assert_eq!(searching(&format!(" {id} ")).looked_up(), Some(id));
        for other in ["5e1f0c4e", "5e1f0c4e-2f0f-4c55-9d8e-6a5f6b0e4b0g", "ann"] {
            assert_eq!(searching(other).looked_up(), None, "{other}");
        }
    }

    #[test]
    fn adding_a_filter_twice_keeps_one() {
        let filter = Filter::new(Column::named("user"), Operator::Contains, ["ann"]);
        let query = Query::default()
            .with_filter(filter.clone())
            .with_filter(filter);
        assert_eq!(query.filters.len(), 1);
        assert!(query.without_filter(0).filters.is_empty());
        assert_eq!(query.without_filter(7).filters.len(), 1);
    }
}
