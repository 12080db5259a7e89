//! What is wanted about a query, all of it in one go.
//!
//! A page of the blade needs rows, numbers, a histogram and facets of the same sign-ins. Asked together,
//! they are answered in one pass. Memory and lake answer the same asks in the same way.

use crate::column::Column;
use crate::folded::FoldAsk;
use crate::query::{Query, Range};
use crate::tab::Tabs;

/// What is wanted. What is not asked for is `None`, or empty, in the [`crate::answer::Answer`].
#[derive(Debug, Clone)]
pub struct Ask {
    /// Which sign-ins. Its tab says what the page shows; `tabs` says what counts.
    pub query: Query,
    /// The kinds of sign-in that page, outcomes, histogram, facets and groups are about.
    pub tabs: Tabs,
    /// The page after the query's cursor.
    pub page: Option<PageAsk>,
    /// How many there are in every tab.
    pub counts: bool,
    /// With the counts, how many there are by outcome, which takes a look at each row.
    pub outcomes: bool,
    /// When they happened.
    pub histogram: Option<HistogramAsk>,
    /// When they happened, by the values of a column.
    pub series: Option<SeriesAsk>,
    /// Which values there are.
    pub facets: Option<FacetAsk>,
    /// How many there are for each value, or pair of values, with what became of them.
    pub groups: Option<GroupAsk>,
    /// The lines of sign-ins that are alike.
    pub folded: Option<FoldAsk>,
}

/// A page of rows.
#[derive(Debug, Clone)]
pub struct PageAsk {
    /// Values to show for each row.
    pub columns: Vec<&'static Column>,
    /// Most rows.
    pub limit: usize,
    /// How many rows come before it, counted from the query's cursor, or from the first row of all.
    pub skip: usize,
}

/// A histogram over time.
#[derive(Debug, Clone)]
pub struct HistogramAsk {
    /// Where buckets begin and end, in microseconds since 1970, ascending: one more than there are
    /// buckets. Sign-ins before the first and from the last on are not in it.
    pub edges_micros: Vec<i64>,
}

/// A histogram for each value of a column.
#[derive(Debug, Clone)]
pub struct SeriesAsk {
    /// The column: one of those that [`Column::is_charted`] holds for.
    pub by: &'static Column,
    /// As of [`HistogramAsk::edges_micros`].
    pub edges_micros: Vec<i64>,
    /// Most values.
    pub limit: usize,
}

/// The most frequent values of columns.
#[derive(Debug, Clone)]
pub struct FacetAsk {
    /// Each gets its own facet.
    pub columns: Vec<&'static Column>,
    /// Most values of a column.
    pub limit: usize,
    /// Whether filters on a column count for its own facet. Without, it also shows the values that
    /// could be chosen beside those that are.
    pub own_filters: bool,
}

/// Groups by one or two columns.
#[derive(Debug, Clone)]
pub struct GroupAsk {
    /// One or two columns.
    pub by: Vec<&'static Column>,
    /// Most groups.
    pub limit: usize,
    /// Whether to count the users of each group.
    pub users: bool,
    /// Whether to say when each group's first and last sign-in was.
    pub span: bool,
}

impl Ask {
    /// Asks nothing yet about the sign-ins of the query's own kinds. Paused filters are left out here, so that
    /// nobody who answers needs to know of them.
    pub fn of(mut query: Query) -> Ask {
        query.filters.retain(|filter| !filter.paused);
        Ask {
            tabs: query.tabs(),
            query,
            page: None,
            counts: false,
            outcomes: false,
            histogram: None,
            series: None,
            facets: None,
            groups: None,
            folded: None,
        }
    }

    /// The same ask about the sign-ins that have the identifier that is searched for, whatever their
    /// kind, moment and values: who pastes an identifier wants to see its sign-ins. It takes the place of
    /// the ask when there are any, before anything is derived from its range or tabs; memory and lake
    /// answer what they are handed.
    #[must_use]
    pub fn looked_up(&self) -> Ask {
        let mut ask = self.clone();
        ask.query.range = Range::ALL;
        ask.query.filters.clear();
        ask.tabs = Tabs::ALL;
        ask
    }
}
