//! Reports that are more than one list: tiles, charts and small tables.

use super::chart::{Donut, HeatMap, TimeChart};
use super::entity::{BarList, DirectoryHeader, WindowBar};
use super::insights::Line;
use crate::components::icon::Icon;
use crate::error::UiError;

/// A number with its name.
#[derive(Debug, Clone, PartialEq)]
pub struct Tile {
    /// Its mark.
    pub icon: Icon,
    /// Its name.
    pub words: &'static str,
    /// The number.
    pub value: String,
    /// What it is of.
    pub of: Option<String>,
    /// What else is to be known.
    pub detail: Option<String>,
    /// Whether more than usual is worse, better, or neither: how the detail is coloured.
    pub tone: Option<&'static str>,
    /// Where its sign-ins are; empty where there are none.
    pub address: String,
}

/// A small table.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct SmallTable {
    /// Its id in the page.
    pub id: &'static str,
    /// Its title.
    pub title: &'static str,
    /// Its columns.
    pub headers: Vec<DirectoryHeader>,
    /// Its lines.
    pub lines: Vec<Line>,
    /// What to say where there is none.
    pub empty: &'static str,
    /// What to know about it.
    pub note: Option<String>,
}

/// A part of such a page.
#[derive(Debug, Clone, PartialEq)]
pub enum Block {
    /// Columns over time.
    Time(Box<TimeChart>),
    /// Days and hours.
    Heat(Box<HeatMap>),
    /// Shares.
    Donut(Donut),
    /// The most frequent values.
    Bars(BarList),
    /// A table.
    Table(SmallTable),
}

/// The page.
#[derive(Debug, Clone, PartialEq)]
pub struct SummaryPage {
    /// Its title.
    pub title: &'static str,
    /// What it counts.
    pub lede: &'static str,
    /// Over which time.
    pub window: WindowBar,
    /// The query string of that time, for pages beside this one.
    pub carried: String,
    /// Files with all of it: words and address.
    pub files: Vec<(&'static str, String)>,
    /// Numbers on top.
    pub tiles: Vec<Tile>,
    /// What comes below, two beside each other where there is room.
    pub blocks: Vec<Block>,
    /// What is to be known about all of it.
    pub notes: Vec<String>,
    /// Why there is nothing, and where to try again.
    pub failure: Option<(UiError, String)>,
    /// Whether the lake was read for it.
    pub is_from_lake: bool,
}
