//! The pages about one user, one address or one application, and the lists of them.

use super::chart::TimeChart;
use super::grid::{Moment, Tone};
use crate::error::UiError;

/// What a page is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// A person, guests included.
    User,
    /// An IP address.
    Address,
    /// An application or a workload's own identity.
    Application,
}

/// One of several links of which one is present.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Choice {
    /// Its words.
    pub words: String,
    /// Its address.
    pub address: String,
    /// Whether it is what the page shows.
    pub is_present: bool,
}

/// Over which time the page looks, and in which zone it says so.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct WindowBar {
    /// The ranges to choose from.
    pub ranges: Vec<Choice>,
    /// That the address says a time that was not understood.
    pub problem: Option<&'static str>,
    /// The present range in words, where it is none of those.
    pub other: Option<String>,
    /// Name of the zone.
    pub zone: String,
    /// The same page in the other zone; `None` where the reader's own is UTC.
    pub zone_switch: Option<Choice>,
}

/// A number that leads to the sign-ins it counts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Number {
    /// How many sign-ins.
    pub count: u64,
    /// Where they are.
    pub address: String,
}

/// Everything about one of them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entity {
    /// What it is.
    pub kind: Kind,
    /// Its name.
    pub name: String,
    /// Other names that the sign-ins give it.
    pub other_names: Vec<String>,
    /// What identifies it.
    pub identifiers: Vec<Identifier>,
    /// Over which time.
    pub window: WindowBar,
    /// Its sign-ins in the blade.
    pub blade: String,
    /// Its places on the map.
    pub map: String,
    /// How many there are.
    pub totals: Totals,
    /// The first and the last in the range; `None` when there is none.
    pub span: Option<(Moment, Moment)>,
    /// The first and the last of all time; `None` where the range is all time, or that is not known at once.
    pub ever: Option<(Moment, Moment)>,
    /// The newest of all and where to see them all, when the range has none.
    pub elsewhere: Option<(Moment, String)>,
    /// When they happened; `None` when there is none.
    pub timeline: Option<TimeChart>,
    /// What values they have.
    pub lists: Vec<BarList>,
    /// The newest ones.
    pub latest: Vec<LatestLine>,
    /// Whether the lake was read for it.
    pub is_from_lake: bool,
}

/// An identifier and what it is called.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Identifier {
    /// What it is called.
    pub label: &'static str,
    /// As it came, for copying.
    pub value: String,
    /// As it is shown.
    pub shown: String,
    /// Page of the same thing by this identifier, where that is another page.
    pub page: Option<String>,
}

/// Exact numbers.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Totals {
    /// All.
    pub all: u64,
    /// Success, failure, interrupted: with their words.
    pub by_outcome: Vec<(Tone, &'static str, Number)>,
    /// By kind of sign-in, those that there are.
    pub kinds: Vec<(&'static str, Number)>,
}

/// The most frequent values of something.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BarList {
    /// What.
    pub title: &'static str,
    /// Class of the bars.
    pub fill: &'static str,
    /// The values, the most frequent first.
    pub lines: Vec<BarLine>,
    /// How many values there are beyond these, and where all are.
    pub more: Option<(u64, String)>,
    /// How many sign-ins have no value.
    pub empty: Option<Number>,
    /// What to know about it.
    pub note: Option<&'static str>,
}

/// One value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BarLine {
    /// The value.
    pub words: String,
    /// Code or second name beside it.
    pub beside: Option<String>,
    /// A mark, such as "Legacy".
    pub mark: Option<&'static str>,
    /// The page about it, where there is one.
    pub page: Option<String>,
    /// How many sign-ins have it.
    pub number: Number,
    /// Of these failed, where that is known.
    pub failures: Option<u64>,
    /// Its share of all sign-ins, in words.
    pub share: String,
    /// Length of its bar in hundredths of a percent of the longest.
    pub length: u32,
}

/// One of the newest sign-ins.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LatestLine {
    /// When.
    pub date: Moment,
    /// Where the blade shows it.
    pub address: String,
    /// How it ended.
    pub tone: Tone,
    /// The same in words.
    pub status: String,
    /// Who, as far as the page does not say so already, and the page about them.
    pub who: (String, Option<String>),
    /// To what, likewise.
    pub what: (String, Option<String>),
    /// Why, and the error code.
    pub reason: Option<(String, Option<String>)>,
    /// From where.
    pub location: String,
}

/// What there is of a name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Found {
    /// What it names.
    Entity(Box<Entity>),
    /// The people who have it as their display name.
    Namesakes(Namesakes),
    /// Nothing.
    Nothing,
}

/// People of one display name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Namesakes {
    /// The display name.
    pub name: String,
    /// Username, identifier, page and number of sign-ins of each.
    pub people: Vec<(String, String, Option<String>, u64)>,
    /// How many there are in all.
    pub all: u64,
}

/// What a list is of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Listed {
    /// People with sign-ins.
    Users,
    /// Applications with sign-ins.
    Applications,
    /// Imported groups.
    Groups,
    /// People with sign-ins who are in a group: what a filter calls it.
    Members(String),
}

/// A list of users, applications, groups, or of the people in a group.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Directory {
    /// Of what.
    pub listed: Listed,
    /// Its path.
    pub path: String,
    /// About the group whose people it lists.
    pub group: Option<GroupFacts>,
    /// What came of an import of groups.
    pub imported: Vec<BroughtIn>,
    /// Over which time.
    pub window: WindowBar,
    /// The text searched for.
    pub find: String,
    /// Fields that are sent along with it.
    pub hidden: Vec<(String, String)>,
    /// Where nothing is searched for.
    pub reset: Option<String>,
    /// The columns: label, whether it holds numbers, address of its order, the present order.
    pub headers: Vec<DirectoryHeader>,
    /// The lines of this page.
    pub lines: Vec<DirectoryLine>,
    /// Number of the first line, from 1.
    pub first: u64,
    /// How many lines there are that match.
    pub matching: u64,
    /// How many there are in all.
    pub all: u64,
    /// Sign-ins that name none.
    pub nameless: Option<Number>,
    /// The page before and the page after.
    pub before: Option<String>,
    /// See [`Directory::before`].
    pub after: Option<String>,
    /// Whether there are more than can be listed, so that none is.
    pub is_too_many: bool,
    /// Why nothing could be read, where that is so, and where to try again.
    pub failure: Option<(UiError, String)>,
    /// Whether the lake was read for it.
    pub is_from_lake: bool,
}

/// A group, above the list of its people.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct GroupFacts {
    /// Its object ID, for removing it.
    pub id: String,
    /// Its name.
    pub name: String,
    /// Its sign-ins in the blade.
    pub blade: String,
    /// How many people are in it, how many of them signed in, where it came from, what is missing: sentences.
    pub facts: Vec<String>,
    /// People without a sign-in in the range, the first of them.
    pub silent: Vec<SilentMember>,
    /// How many there are in all.
    pub silent_number: u64,
}

/// Somebody in a group who did not sign in.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct SilentMember {
    /// Name, or what else is known.
    pub name: String,
    /// Username.
    pub username: String,
    /// The page about the person, where sign-ins of other times are.
    pub page: Option<String>,
}

/// What came of a file that was brought in beside the log.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct BroughtIn {
    /// What came of it, in a sentence.
    pub words: String,
    /// What else is to be known, in sentences.
    pub notes: Vec<String>,
    /// Whether nothing of it was kept.
    pub is_refused: bool,
}

/// A column of that list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DirectoryHeader {
    /// Its label.
    pub label: &'static str,
    /// Whether it holds numbers.
    pub is_number: bool,
    /// Where the lines are in its order.
    pub address: Option<String>,
    /// `ascending` or `descending`, where they are.
    pub sorted: Option<&'static str>,
}

/// A line of that list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DirectoryLine {
    /// Its name, and the page about it.
    pub name: String,
    /// See [`DirectoryLine::name`].
    pub page: Option<String>,
    /// Username of a person, identifier of an application, size of a group.
    pub second: String,
    /// Its sign-ins in the blade.
    pub all: Number,
    /// Of these failed.
    pub failures: Number,
    /// Share of those that worked, in words.
    pub rate: String,
    /// The same, and the share of those that did not fail, in hundredths of a percent.
    pub rate_lengths: [u32; 2],
    /// When the last one was.
    pub last: Option<Moment>,
}
