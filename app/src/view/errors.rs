//! The error book: all codes, and the page of one.

use super::chart::TimeChart;
use super::entity::{BarList, Choice, Number, WindowBar};
use super::grid::{Moment, Tone};
use crate::error::UiError;

/// The book as it is open.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Book {
    /// What was looked for.
    pub find: String,
    /// Fields of the form that looks for codes, beside that.
    pub hidden: Vec<(String, String)>,
    /// Over which time sign-ins are counted.
    pub window: WindowBar,
    /// Which codes are listed: those seen here, or all.
    pub seen: Vec<Choice>,
    /// By what kind of result.
    pub classes: Vec<Choice>,
    /// By who acts.
    pub acts: Vec<Choice>,
    /// The codes.
    pub lines: Vec<BookLine>,
    /// How many codes the book has, and how many of them were seen here.
    pub numbers: (usize, usize),
    /// Address of the list alone.
    pub list: String,
    /// The page that is open.
    pub article: Option<Article>,
    /// Why nothing could be counted, and where to try again.
    pub failure: Option<(UiError, String)>,
    /// Whether the lake was read for it.
    pub is_from_lake: bool,
}

/// A code in the list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BookLine {
    /// The code.
    pub code: i64,
    /// What it is about.
    pub title: String,
    /// What it comes to and who acts, in a few words.
    pub about: String,
    /// How many sign-ins had it.
    pub count: u64,
    /// Where its page is.
    pub address: String,
    /// Whether that is open.
    pub is_present: bool,
}

/// The page of a code.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Article {
    /// The code.
    pub code: i64,
    /// How a sign-in with it counts.
    pub tone: Tone,
    /// The same in the portal's word.
    pub outcome: &'static str,
    /// What it is about.
    pub title: String,
    /// Microsoft's name for it.
    pub name: Option<&'static str>,
    /// What the book says; `None` for codes that it does not have.
    pub guide: Option<Guidance>,
    /// How often it occurs here; `None` where that could not be read.
    pub seen: Option<Seen>,
    /// Where Microsoft explains it.
    pub lookup: String,
}

/// What the book says of a code.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Guidance {
    /// What happened.
    pub means: String,
    /// Who acts.
    pub acts: &'static str,
    /// How worrying it is.
    pub worry: &'static str,
    /// What makes it more so.
    pub worry_note: Option<String>,
    /// What to say to the person.
    pub tell: Option<String>,
    /// What to check.
    pub check: Vec<String>,
    /// Codes that are mistaken for it: code, title, address.
    pub confused_with: Vec<(i64, &'static str, String)>,
    /// How far what is publicly known carries; `None` where Microsoft describes the code.
    pub doubt: Option<&'static str>,
    /// All of it as text, for a ticket.
    pub ticket: String,
}

/// How often a code occurs here.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Seen {
    /// The sign-ins of the range.
    pub number: Number,
    /// How many people they are of.
    pub people: u64,
    /// The first of all time, and the last.
    pub ever: Option<(Moment, Moment)>,
    /// When; `None` where there is none in the range.
    pub timeline: Option<TimeChart>,
    /// For whom, and where.
    pub lists: Vec<BarList>,
}
