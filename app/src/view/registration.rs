//! Reports from the lists beside the log: what people registered, registrations and resets, and the lists themselves.

use model::registration::FACTS;

use super::entity::BroughtIn;
use super::entity::{Choice, DirectoryHeader, WindowBar};
use super::grid::Moment;
use crate::error::UiError;

/// The tabs of *Authentication methods activity*.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum InsightsTab {
    /// What people can do and registered.
    Registration,
    /// How they signed in.
    Usage,
    /// Person by person.
    Details,
    /// What was registered and reset.
    Events,
}

/// Where something came from, and of when it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AsOf {
    /// Of when it is.
    pub moment: Moment,
    /// The file; empty where its name is not shown.
    pub origin: String,
    /// When that was imported.
    pub imported: Moment,
}

/// A list that is not here, and where to get it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Missing {
    /// What is not here.
    pub title: &'static str,
    /// Where the portal has it.
    pub portal: &'static str,
    /// The address at Graph.
    pub graph: &'static str,
}

/// How many of how many.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CapableTile {
    /// Capable of what.
    pub name: &'static str,
    /// A name for its links.
    pub id: &'static str,
    /// How many, of how many.
    pub numbers: (u64, u64),
    /// The same in hundredths of a percent.
    pub length: u32,
    /// The people who are, where they are listed.
    pub are: Option<String>,
    /// Those who are not.
    pub are_not: Option<(u64, String)>,
    /// Those of whom no list says it.
    pub unknown: Option<(u64, String)>,
}

/// A method as a bar.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MethodBar {
    /// What it is called.
    pub name: String,
    /// The people or events, where they are listed.
    pub address: Option<String>,
    /// How many.
    pub count: u64,
    /// Their share, in words; empty where there is none.
    pub share: String,
    /// How many did not work; `None` where that is not counted.
    pub failed: Option<u64>,
    /// How long the bar is, and that of those that did not work behind it, in hundredths of a percent.
    pub lengths: (u32, u32),
}

/// Somebody who administers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WeakAdmin {
    /// What they are called.
    pub name: String,
    /// The page about them.
    pub page: Option<String>,
    /// Their default method.
    pub default_method: String,
    /// Their last sign-in of the range.
    pub last: Option<Moment>,
}

/// Those who administer without a method that nobody can be talked out of.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct WeakAdmins {
    /// The first of them.
    pub admins: Vec<WeakAdmin>,
    /// How many there are, of how many.
    pub numbers: (u64, u64),
    /// All of them.
    pub address: String,
    /// Those of whom no list says the methods.
    pub unknown: u64,
}

/// What sign-ins say by themselves.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Proven {
    /// People with a successful sign-in, of whom so many used two factors or what counts as such.
    pub people: Option<(u64, u64)>,
    /// Methods other than the password.
    pub methods: Vec<MethodBar>,
    /// Whether the lake was read for it.
    pub is_from_lake: bool,
}

/// The page about registration.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RegistrationPage {
    /// Its own address.
    pub address: String,
    /// The query string of its time, which the tabs carry along.
    pub carried: String,
    /// Over which time events and sign-ins are counted.
    pub window: WindowBar,
    /// Which people: everyone, members, guests.
    pub types: Vec<Choice>,
    /// Which roles.
    pub roles: Vec<Choice>,
    /// Of when the people are.
    pub as_of: Option<AsOf>,
    /// How many people are only in lists that are older than the newest, and where they are.
    pub outdated: Option<(u64, String)>,
    /// Capable of what.
    pub tiles: Vec<CapableTile>,
    /// Whether tiles or methods were counted by Entra ID itself.
    pub is_summary: bool,
    /// Methods of people.
    pub methods: Vec<MethodBar>,
    /// Registrations of the range by method; `None` where none is known at all.
    pub recent: Option<Vec<MethodBar>>,
    /// The period of a summary that these came from.
    pub recent_period: Option<String>,
    /// Of when the events are.
    pub events_as_of: Option<AsOf>,
    /// Who administers with weak methods; `None` where no list says who administers.
    pub admins: Option<WeakAdmins>,
    /// What is not here.
    pub missing: Vec<Missing>,
    /// What sign-ins say, where lists are missing.
    pub proven: Option<Proven>,
    /// Files with the same.
    pub files: Vec<(&'static str, String)>,
    /// Why there is nothing, and where to try again.
    pub failure: Option<(UiError, String)>,
}

/// A choice of a form: name, label, values with their words, and the value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FilterSelect {
    /// Name of the field.
    pub name: &'static str,
    /// Its label.
    pub label: &'static str,
    /// Values and their words; the first one narrows nothing.
    pub choices: Vec<(String, String)>,
    /// The value that is chosen.
    pub chosen: String,
}

/// What a cell of a line says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ListCell {
    /// A text.
    Text(String),
    /// Yes, no, or not said.
    Flag(Option<bool>),
    /// Success, failure, or not said.
    Outcome(Option<bool>),
    /// A moment.
    Moment(Option<Moment>),
}

/// A line of a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ListLine {
    /// What it begins with.
    pub name: String,
    /// What stands below that.
    pub second: String,
    /// The page about it.
    pub page: Option<String>,
    /// Marks beside the name.
    pub tags: Vec<&'static str>,
    /// The other cells.
    pub cells: Vec<ListCell>,
}

/// A page with a list of people or of events.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ListPage {
    /// Which tab it is.
    pub tab: InsightsTab,
    /// What it lists and from where.
    pub lede: &'static str,
    /// Its path.
    pub path: String,
    /// Its own address.
    pub address: String,
    /// The query string of its time, which the tabs carry along.
    pub carried: String,
    /// Over which time, where that counts.
    pub window: Option<WindowBar>,
    /// Of when it is.
    pub as_of: Option<AsOf>,
    /// The text searched for.
    pub find: String,
    /// What it can be narrowed by.
    pub selects: Vec<FilterSelect>,
    /// Fields that are sent along.
    pub hidden: Vec<(String, String)>,
    /// Where nothing is narrowed.
    pub reset: Option<String>,
    /// Columns.
    pub headers: Vec<DirectoryHeader>,
    /// The lines of this page.
    pub lines: Vec<ListLine>,
    /// Number of the first line, from 1, lines that match, and lines in all.
    pub numbers: (u64, u64, u64),
    /// The page before and the page after.
    pub turns: [Option<String>; 2],
    /// Files with all that matches.
    pub files: Vec<(&'static str, String)>,
    /// What is not here.
    pub missing: Option<Missing>,
    /// What sign-ins say instead.
    pub proven: Option<Proven>,
    /// Why there is nothing, and where to try again.
    pub failure: Option<(UiError, String)>,
}

/// A file that something came from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ImportedFile {
    /// Its name here.
    pub id: String,
    /// The file.
    pub origin: String,
    /// When it was imported.
    pub imported: Moment,
    /// How many people, events, relying parties, summaries and credentials are of it.
    pub facts: [u64; FACTS],
}

/// The page with the imported lists.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ListsPage {
    /// What came of an import.
    pub brought_in: Vec<BroughtIn>,
    /// The files, the newest first.
    pub files: Vec<ImportedFile>,
    /// Why there is nothing, and where to try again.
    pub failure: Option<(UiError, String)>,
}
