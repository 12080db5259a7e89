//! The page of the sign-ins, apart from the flyout.

use std::time::Duration;

use super::download::DownloadMenu;
use super::filters::FilterBar;
use super::folded::Folding;
use super::grid::{Header, Moment, Paging, Rows};
use super::groups::{GroupMenu, GroupTable};
use super::histogram::Histogram;
use super::rail::Rail;
use super::saved::{Saved, ShareLinks};
use crate::error::UiError;

/// Everything that the page of the sign-ins shows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SignIns {
    /// The tabs in order.
    pub tabs: Vec<TabLink>,
    /// Canonical address of what is shown, without an open row.
    pub address: String,
    /// What an address of an open row begins with; the escaped request ID follows.
    pub row_address: String,
    /// The filter bar.
    pub filters: FilterBar,
    /// Parts of the address that were not understood.
    pub problems: Vec<ProblemLine>,
    /// How sign-ins that are alike are folded; `None` for kinds that never are.
    pub folding: Option<Folding>,
    /// Headers in order.
    pub headers: Vec<Header>,
    /// Where the rows stand among all.
    pub paging: Paging,
    /// Position of the column whose cell links to the row.
    pub link_column: usize,
    /// The first rows.
    pub rows: Rows,
    /// Where the first page of the rows is, when this is a later one.
    pub first_page: Option<String>,
    /// What can be downloaded.
    pub downloads: DownloadMenu,
    /// How many there are in all.
    pub totals: Totals,
    /// In the view of all kinds: its steps, and what the present one hides.
    pub dial: Option<NoiseDial>,
    /// When they happened; `None` when nothing could be read.
    pub histogram: Option<Histogram>,
    /// The fields; `None` when the reader closed them, or nothing could be read.
    pub rail: Option<Rail>,
    /// Whether the reader closed the fields.
    pub is_rail_closed: bool,
    /// The groups that stand in the place of the rows, when there are groups.
    pub groups: Option<GroupTable>,
    /// The command that groups.
    pub group_menu: GroupMenu,
    /// In which time zone moments are shown.
    pub zone: String,
    /// Whether the lake was read for it, because memory does not hold all that was asked for.
    pub is_from_lake: bool,
    /// What the answer took.
    pub effort: Effort,
    /// What stands in the place of rows when there are none.
    pub empty: Option<Empty>,
    /// Why nothing could be read, where that is so.
    pub failure: Option<UiError>,
    /// The saved views; they come from elsewhere, and are put in by the page.
    pub saved: Saved,
    /// The links to this page.
    pub links: ShareLinks,
    /// Where the columns of this page are chosen.
    pub columns_address: String,
}

/// What an answer took.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Effort {
    /// How long the engine took, without waiting for a turn.
    pub engine: Duration,
    /// How many sign-ins memory holds, where it gave the answer.
    pub held: Option<u64>,
}

/// One tab.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TabLink {
    /// The portal's label.
    pub label: String,
    /// Its address.
    pub address: String,
    /// How many sign-ins it has, shortened above 100,000; `None` when unknown.
    pub count: Option<String>,
    /// The same, exact.
    pub exact: Option<String>,
    /// Whether it is the present tab.
    pub current: bool,
}

/// How much of the log the view of all kinds shows.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct NoiseDial {
    /// The steps: words, address, whether it is the present one.
    pub steps: Vec<(&'static str, String, bool)>,
    /// What the present step hides: how many rows, of which kinds, its name, and where they are shown.
    pub hidden: Option<HiddenRows>,
}

/// Rows that the view of all kinds does not show.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HiddenRows {
    /// How many there are.
    pub number: u64,
    /// Which kinds, in words.
    pub kinds: &'static str,
    /// Name of the step that hides them.
    pub by: &'static str,
    /// Where they are shown.
    pub address: String,
}

/// A part of the address that was not understood.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProblemLine {
    /// The part as it was written.
    pub part: String,
    /// What is wrong with it.
    pub message: String,
}

/// Exact numbers.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Totals {
    /// All.
    pub all: u64,
    /// That ended well.
    pub success: u64,
    /// That failed.
    pub failure: u64,
    /// That were one step of more.
    pub interrupted: u64,
}

/// Why there are no rows, and what to do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Empty {
    /// Nothing was ever imported.
    Nothing,
    /// This tab has nothing, others have.
    Tab {
        /// The tab's label.
        label: String,
    },
    /// The tab has sign-ins, at other times.
    Range {
        /// The stretch that was asked for, in words.
        range: String,
        /// When its newest sign-in was.
        newest: Moment,
        /// Where the day up to it is shown.
        address: String,
    },
    /// The filters leave none.
    Filters {
        /// How many there are without filters.
        unfiltered: u64,
        /// The stretch of time in words.
        range: String,
        /// Where no filter is set.
        reset: String,
    },
}
