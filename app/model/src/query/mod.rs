//! What is asked of the sign-ins: one tab, a time range, filters, a search, an order.
//!
//! A query has one canonical text, the query string of the page's address, which is also what the
//! command line and the API take. [`Query::parse`] never fails: what it cannot read it reports as a
//! [`Problem`] that names the part, and the rest still works.

mod cursor;
mod filter;
mod fold;
pub mod line;
mod parse;
mod percent;
mod range;
mod search;
mod time_zone;
mod verbs;
mod write;

pub use cursor::Cursor;
pub use filter::{Filter, Operator, People};
pub use fold::{Every, GroupNumber, GroupOrder};
pub use parse::{Line, MOST_VALUES, Problem};
pub use percent::take_parts;
pub use range::{Ago, Range};
pub use search::{SearchRule, searched};
pub use time_zone::{TimeZone, ZoneName};

use crate::column::Column;
use crate::sight::Sight;
use crate::tab::{Noise, Tab, Tabs};

/// A question to the sign-in log.
#[derive(Debug, Clone, PartialEq)]
pub struct Query {
    /// Which kind of sign-in, unless `noise` says otherwise.
    pub tab: Tab,
    /// In the view of all kinds: up to which. `None` shows the one kind of `tab`.
    pub noise: Option<Noise>,
    /// Which stretch of time, by the moment of the sign-in.
    pub range: Range,
    /// In which time zone moments are shown. The range itself is in UTC.
    pub time_zone: TimeZone,
    /// All of these must hold, but for paused ones. Inside one filter any value suffices.
    pub filters: Vec<Filter>,
    /// Text that some column must hold, as [`searched`] says.
    pub search: Option<String>,
    /// The order of the rows.
    pub sort: Sort,
    /// Chosen columns, in order; `None` for the tab's default ones.
    pub columns: Option<Vec<&'static Column>>,
    /// Chosen widths of columns in the grid, in pixels.
    pub widths_px: Vec<(&'static Column, u16)>,
    /// Within which stretch of time sign-ins that are alike are one line; `None` leaves it to the tab, see
    /// [`Query::folds`].
    pub every: Option<Every>,
    /// The one or two columns by which the sign-ins are shown in groups; none shows them one by one.
    pub group: Vec<&'static Column>,
    /// The order of these groups.
    pub group_order: GroupOrder,
    /// Request ID of the row whose flyout is open.
    pub row: Option<String>,
    /// Which tab of the flyout is open; none of its names is known here.
    pub pane: Option<String>,
    /// Request ID of the sign-in that the open row is compared with, or [`Query::LAST_SUCCESS`].
    pub compare: Option<String>,
    /// Id of the saved view that this came from, changed since or not.
    pub view: Option<String>,
    /// Where the page starts: after this row.
    pub after: Option<Cursor>,
    /// What whoever asks sees: the free search passes over what is hidden or masked.
    pub sight: Sight,
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
            noise: None,
            range: Range::Last24Hours,
            time_zone: TimeZone::Local,
            filters: Vec::new(),
            search: None,
            sort: Sort::default(),
            columns: None,
            widths_px: Vec::new(),
            every: None,
            group: Vec::new(),
            group_order: GroupOrder::default(),
            row: None,
            pane: None,
            compare: None,
            view: None,
            after: None,
            sight: Sight::ALL,
        }
    }
}

impl Query {
    /// A column that is filtered, ordered or grouped by though it is hidden, or ordered by though it is masked: what is
    /// found, and in what order, would say what it holds.
    pub fn telling_column(&self, sight: Sight) -> Option<&'static Column> {
        let filtered = self.filters.iter().map(|filter| filter.column);
        let sorted = self.sort.column;
        let mut columns = filtered.chain([sorted]).chain(self.group.iter().copied());
        columns
            .find(|column| !sight.shows(column))
            .or_else(|| sight.masks(sorted).then_some(sorted))
    }

    /// The same question without what [`Query::telling_column`] finds, from its first page.
    pub fn without_telling(&self, sight: Sight) -> Query {
        let mut query = Query {
            after: None,
            ..self.clone()
        };
        query.filters.retain(|filter| sight.shows(filter.column));
        query.group.retain(|column| sight.shows(column));
        if !sight.shows(query.sort.column) || sight.masks(query.sort.column) {
            query.sort = Sort::default();
        }
        query
    }

    /// In the place of a request ID to compare with: the last success of the same user.
    pub const LAST_SUCCESS: &str = "last-success";
    /// The narrowest and the widest a column of the grid can be, in pixels.
    pub const WIDTHS_PX: std::ops::RangeInclusive<u16> = 48..=1200;

    /// The columns to show: the chosen ones, or the default ones.
    pub fn shown_columns(&self) -> Vec<&'static Column> {
        self.columns
            .clone()
            .unwrap_or_else(|| self.default_columns())
    }

    /// The columns that are shown before anybody chose: those of the tab, or of any of the kinds shown.
    pub fn default_columns(&self) -> Vec<&'static Column> {
        match self.noise {
            None => Column::defaults(self.tab),
            Some(noise) => Column::defaults_of_all(noise.tabs()),
        }
    }

    /// The kinds of sign-in that are asked for.
    pub fn tabs(&self) -> Tabs {
        self.noise.map_or(Tabs::only(self.tab), Noise::tabs)
    }

    /// Within which stretch of time sign-ins that are alike are one line. As in the portal, that is a day for
    /// all but interactive ones, which are shown event by event until somebody wants otherwise; and never when
    /// they are sorted by anything but the date. Who looks up an identifier wants to see that one sign-in.
    pub fn folds(&self) -> Every {
        let is_sorted = self.sort != Sort::default();
        if !self.can_fold() || is_sorted || self.looked_up().is_some() {
            return Every::Off;
        }
        let of_tab = Every::of(self.tab);
        let chosen = self.every.filter(|every| of_tab.contains(every));
        chosen.unwrap_or(Every::usual(self.tab))
    }

    /// Whether it is about one kind of sign-in: those of several are never put together.
    pub fn can_fold(&self) -> bool {
        self.noise.is_none()
    }

    /// The same question folded otherwise, from its first page.
    pub fn with_every(&self, every: Every) -> Query {
        Query {
            every: (every != Every::usual(self.tab)).then_some(every),
            after: None,
            ..self.without_row()
        }
    }

    /// Width of a column in the grid, in pixels.
    pub fn width_px(&self, column: &Column) -> u16 {
        let mut chosen = self.widths_px.iter();
        chosen
            .find(|(other, _)| *other == column)
            .map_or(column.width_px, |(_, width_px)| *width_px)
    }

    /// The identifier that is searched for, when the search is one whole GUID. When a sign-in has it as
    /// its request ID or correlation ID, that is what is meant: see [`crate::ask::Ask::looked_up`].
    pub fn looked_up(&self) -> Option<&str> {
        let text = self.search.as_deref()?.trim();
        is_guid(text).then_some(text)
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
            pane: None,
            compare: None,
            ..self.clone()
        }
    }

    /// What a saved view keeps of it: all but the open row, the place in the list, and where it came from.
    pub fn as_view(&self) -> Query {
        Query {
            view: None,
            after: None,
            ..self.without_row()
        }
    }

    /// The same question of another tab, from its first page.
    pub fn with_tab(&self, tab: Tab) -> Query {
        Query {
            tab,
            noise: None,
            columns: None,
            widths_px: Vec::new(),
            every: None,
            after: None,
            ..self.without_row()
        }
    }

    /// The same question of all kinds up to this one, from its first page.
    pub fn with_noise(&self, noise: Noise) -> Query {
        let all = Query {
            tab: Tab::Interactive,
            noise: Some(noise),
            after: None,
            ..self.without_row()
        };
        match self.noise {
            Some(_) => all,
            None => Query {
                columns: None,
                widths_px: Vec::new(),
                every: None,
                ..all
            },
        }
    }

    /// The same question with the filter at this position changed, from its first page.
    pub fn with_filter_changed(&self, index: usize, change: impl FnOnce(&mut Filter)) -> Query {
        let mut query = Query {
            after: None,
            ..self.clone()
        };
        if let Some(filter) = query.filters.get_mut(index) {
            change(filter);
        }
        query
    }

    /// The same question in groups by these columns, from the first page.
    pub fn with_group(&self, group: Vec<&'static Column>) -> Query {
        Query {
            group,
            after: None,
            ..self.without_row()
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

/// Whether a text is written as identifiers of Entra ID are.
pub fn is_guid(text: &str) -> bool {
    let is_dash = |at: usize| matches!(at, 8 | 13 | 18 | 23);
    let mut bytes = text.bytes().enumerate();
    text.len() == 36
        && bytes.all(|(at, byte)| match is_dash(at) {
            true => byte == b'-',
            false => byte.is_ascii_hexdigit(),
        })
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
