//! What comes back on a query, whichever engine answered it.

use std::collections::HashMap;

use chrono::{DateTime, Utc};

use crate::column::Column;
use crate::folded::Folded;
use crate::query::Cursor;
use crate::tab::Tabs;
use crate::{Tab, Value};

/// What was asked for; the rest is `None` or empty.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Answer {
    /// The page.
    pub page: Option<Page>,
    /// The numbers.
    pub counts: Option<Counts>,
    /// The buckets of the histogram, in the order of time.
    pub histogram: Vec<Bucket>,
    /// The histograms by value.
    pub series: Option<Series>,
    /// The facets, in the order of the columns asked for.
    pub facets: Vec<Facet>,
    /// The groups.
    pub groups: Option<Groups>,
    /// The lines of sign-ins that are alike.
    pub folded: Option<Folded>,
}

/// A stretch of time in a histogram.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Bucket {
    /// First moment in it, in microseconds since 1970.
    pub from_micros: i64,
    /// First moment after it.
    pub to_micros: i64,
    /// Number of sign-ins.
    pub rows: u64,
    /// Of these success, failure, interrupted.
    pub by_outcome: [u64; 3],
}

/// A histogram for each value of a column.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Series {
    /// The values with the most sign-ins in the buckets; of equal ones the lesser value first, no value last. A
    /// sign-in that lists several values counts once for each.
    pub lines: Vec<SeriesLine>,
    /// How many values there are in all.
    pub distinct: u64,
    /// Whether there are more than [`MOST_SERIES_BUCKETS`] to count, or the column is not one to chart by; none
    /// is told then.
    pub is_too_many: bool,
}

/// The histogram of one value.
#[derive(Debug, Clone, PartialEq)]
pub struct SeriesLine {
    /// The value.
    pub value: Value,
    /// What is in each bucket, in the order of time.
    pub buckets: Vec<Counted>,
}

/// Sign-ins, and what became of them.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Counted {
    /// Number of sign-ins.
    pub rows: u64,
    /// Of these success, failure, interrupted.
    pub by_outcome: [u64; 3],
}

impl Counted {
    /// Counts others in.
    pub fn add(&mut self, other: &Counted) {
        self.rows += other.rows;
        for (sum, more) in self.by_outcome.iter_mut().zip(other.by_outcome) {
            *sum += more;
        }
    }
}

impl SeriesLine {
    /// All of its buckets together.
    pub fn all(&self) -> Counted {
        let mut all = Counted::default();
        self.buckets.iter().for_each(|bucket| all.add(bucket));
        all
    }

    /// Counts the buckets of another line in.
    pub fn join(&mut self, other: &SeriesLine) {
        let buckets = self.buckets.iter_mut().zip(&other.buckets);
        buckets.for_each(|(bucket, more)| bucket.add(more));
    }
}

impl Series {
    /// The histograms of these values, in their order, cut to at most so many. Lines without sign-ins are left out.
    pub fn of(mut lines: Vec<SeriesLine>, limit: usize) -> Series {
        lines.retain(|line| line.all().rows > 0);
        let order = |left: &Value, right: &Value| {
            let by_presence = || left.is_empty().cmp(&right.is_empty());
            left.order(right).unwrap_or_else(by_presence)
        };
        lines.sort_by(|left, right| {
            let by_rows = right.all().rows.cmp(&left.all().rows);
            by_rows.then_with(|| order(&left.value, &right.value))
        });
        let distinct = lines.len() as u64;
        lines.truncate(limit);
        Series {
            lines,
            distinct,
            is_too_many: false,
        }
    }

    /// Values that differ in letter case alone as one, as filters take them, under the spelling that most have.
    #[must_use]
    pub fn joined(&self) -> Series {
        let mut lines: Vec<SeriesLine> = Vec::with_capacity(self.lines.len());
        let mut places: HashMap<String, usize> = HashMap::new();
        for line in &self.lines {
            let key = line.value.to_text().to_lowercase();
            let place = *places.entry(key).or_insert(lines.len());
            match lines.get_mut(place) {
                Some(known) => known.join(line),
                None => lines.push(line.clone()),
            }
        }
        Series::of(lines, usize::MAX)
    }

    /// The answer where there are too many.
    pub fn too_many() -> Series {
        Series {
            is_too_many: true,
            ..Series::default()
        }
    }
}

/// Most buckets that are counted for the histograms by value, of all values together.
pub const MOST_SERIES_BUCKETS: usize = 1 << 20;

/// The values of one column.
#[derive(Debug, Clone, PartialEq)]
pub struct Facet {
    /// The column.
    pub column: &'static Column,
    /// The most frequent values, with their number of rows; of equal ones the lesser value first. A row
    /// that lists several values counts once for each.
    pub values: Vec<(Value, u64)>,
    /// How many values there are in all.
    pub distinct: u64,
    /// Rows without a value.
    pub empty: u64,
}

/// Groups by one or two columns.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Groups {
    /// The largest groups; of equal ones the lesser key first, no value last.
    pub groups: Vec<Group>,
    /// How many groups there are in all.
    pub distinct: u64,
    /// Whether there are more than [`MOST_GROUPS`], of which none is told: they would take more memory
    /// than one question may.
    pub is_too_many: bool,
}

/// Most groups that are put together for an answer.
pub const MOST_GROUPS: usize = 1_000_000;
/// Most pairs of a group and a user that are put together for an answer.
pub const MOST_GROUP_USERS: usize = 10_000_000;
/// How often sign-ins may be put into one more group, because they list several items, for an answer.
pub const MOST_GROUP_ITEMS: usize = 50_000_000;

impl Groups {
    /// The answer where there are too many.
    pub fn too_many() -> Groups {
        Groups {
            is_too_many: true,
            ..Groups::default()
        }
    }
}

/// What has the same values in the columns grouped by.
#[derive(Debug, Clone, PartialEq)]
pub struct Group {
    /// The values; a column that lists values puts a row into the group of each.
    pub keys: Vec<Value>,
    /// Number of sign-ins.
    pub rows: u64,
    /// Of these success, failure, interrupted.
    pub by_outcome: [u64; 3],
    /// Number of user IDs among them, where asked for.
    pub users: Option<u64>,
    /// The oldest and the newest, where asked for.
    pub span: Option<Span>,
}

/// Rows of a page, in order.
#[derive(Debug, Clone, Default, PartialEq)]
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
    /// In the tabs that were asked about: success, failure, interrupted; nothing where not asked for.
    pub by_outcome: [u64; 3],
}

impl Counts {
    /// Number in the given tab.
    pub fn of_tab(&self, tab: Tab) -> u64 {
        self.by_tab[tab.index()]
    }

    /// Number in all of the given tabs together.
    pub fn of_tabs(&self, tabs: Tabs) -> u64 {
        let asked = Tab::ALL.into_iter().filter(|tab| tabs.has(*tab));
        asked.map(|tab| self.of_tab(tab)).sum()
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tabs_are_counted_together() {
        let counts = Counts {
            by_tab: [1, 20, 300, 4_000],
            by_outcome: [0; 3],
        };
        assert_eq!(counts.of_tabs(Tabs::NONE), 0);
        assert_eq!(counts.of_tabs(Tabs::USERS), 21);
        assert_eq!(counts.of_tabs(Tabs::only(Tab::ServicePrincipal)), 300);
        assert_eq!(counts.of_tabs(Tabs::ALL), 4_321);
    }
}
