//! Reports of *Usage & insights*.

use super::chart::TimeChart;
use super::entity::{DirectoryHeader, Number, WindowBar};
use super::grid::Moment;
use crate::error::UiError;

/// A report as it is open.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReportPage {
    /// Its title.
    pub title: &'static str,
    /// What it counts.
    pub lede: &'static str,
    /// Its path.
    pub path: String,
    /// Over which time.
    pub window: WindowBar,
    /// What is looked for; `None` where nothing can be.
    pub find: Option<String>,
    /// Fields of the form that looks, beside that.
    pub hidden: Vec<(String, String)>,
    /// Columns.
    pub headers: Vec<DirectoryHeader>,
    /// Lines, in order.
    pub lines: Vec<Line>,
    /// How many lines there are, and how many fit what is looked for.
    pub numbers: (usize, usize),
    /// Sign-ins that name nothing.
    pub nameless: Option<Number>,
    /// Files with all of it: words and address.
    pub files: Vec<(&'static str, String)>,
    /// The line that is open.
    pub open: Option<OpenLine>,
    /// Whether there are too many lines.
    pub is_too_many: bool,
    /// Why there is nothing, and where to try again.
    pub failure: Option<(UiError, String)>,
    /// Whether the lake was read for it.
    pub is_from_lake: bool,
    /// That lists are missing that say more of its lines.
    pub missing_lists: Option<&'static str>,
}

/// A line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// By which the focus finds it again when it is opened; `None` where it has no page.
    pub id: Option<String>,
    /// What it is called.
    pub name: String,
    /// What it is known by, where that is another text.
    pub key: Option<String>,
    /// Where it opens, or where its sign-ins are.
    pub address: String,
    /// Whether it is open.
    pub is_open: bool,
    /// What is said of it.
    pub cells: Vec<Cell>,
}

/// What is said of a line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Cell {
    /// A number that leads to its sign-ins.
    Number(Number),
    /// A code.
    Code(String),
    /// A number in words, with its sign.
    Said(String),
    /// A number of people; `None` where that is not known exactly.
    People(Option<u64>),
    /// A share in words, and in hundredths of a percent.
    Rate(String, u32),
    /// When they were.
    Trend(Option<Trend>),
    /// A moment.
    Moment(Option<Moment>),
    /// Words; empty where nothing is said.
    Words(String),
}

/// Whether something can move from AD FS to Entra ID.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MigrationFacts {
    /// The status, in words.
    pub status: String,
    /// How many tests passed, of how many.
    pub passed: (u64, u64),
    /// The tests, those that did not pass first.
    pub tests: Vec<MigrationTestLine>,
    /// What the list counted, in a sentence.
    pub counted: Option<String>,
    /// Where answers go.
    pub reply_urls: Vec<String>,
}

/// A test.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MigrationTestLine {
    /// Its name.
    pub name: String,
    /// Whether it passed.
    pub is_passed: Option<bool>,
    /// What it says.
    pub message: String,
}

/// Small columns over time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Trend {
    /// The marks as SVG.
    pub marks: String,
    /// How many columns there are room for.
    pub columns: usize,
    /// What one sees, in a sentence.
    pub words: String,
}

/// The line that is open.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OpenLine {
    /// What it is called.
    pub name: String,
    /// Its sign-ins in the blade.
    pub blade: String,
    /// When; `None` where there is none.
    pub timeline: Option<TimeChart>,
    /// How they failed.
    pub failures: Vec<FailureLine>,
    /// Whether it can move from AD FS to Entra ID, where a list says it.
    pub migration: Option<MigrationFacts>,
    /// Address of the report without it.
    pub close: String,
}

/// A code that sign-ins failed with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FailureLine {
    /// The code.
    pub code: Option<i64>,
    /// Its page in the error book.
    pub page: Option<String>,
    /// What it means.
    pub reason: String,
    /// How many.
    pub number: Number,
    /// When the last one was.
    pub last: Option<Moment>,
}
