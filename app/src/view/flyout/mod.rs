//! The pane that reads one sign-in.

pub mod authentication;
pub mod compare;
pub mod fields;
pub mod policies;
pub mod timeline;
pub mod verdict;
pub mod versions;

use self::authentication::{Authentication, StripStep};
use self::compare::Compared;
use self::fields::{ErrorMeaning, FieldGroup};
use self::policies::Policies;
use self::timeline::Timeline;
use self::verdict::Verdict;
use self::versions::Versions;
use super::grid::{Moment, Tone};

/// One sign-in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Flyout {
    /// Who signed in to what.
    pub title: String,
    /// How it ended.
    pub tone: Tone,
    /// The same in the portal's word.
    pub status: String,
    /// When.
    pub date: Moment,
    /// Why it went as it did.
    pub verdict: Verdict,
    /// What the record proves of the way to a token; empty when that is nothing.
    pub strip: Vec<StripStep>,
    /// The rows around it.
    pub walk: Walk,
    /// What the address of another row adds to show it in the same tab: `&pane=location`, or nothing.
    pub keep_pane: String,
    /// Address that compares it with the last success; `None` while that is shown, or where nobody is named
    /// whose success could be looked for.
    pub compare: Option<String>,
    /// The tabs, in order; none while it is compared.
    pub tabs: Vec<PaneTab>,
    /// What is shown below them.
    pub body: Body,
    /// The record as it came.
    pub record: Record,
    /// What is masked.
    pub masked: Masked,
}

/// What of a sign-in is masked for whoever looks at it.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Masked {
    /// Who it was.
    pub person: bool,
    /// From which address.
    pub address: bool,
    /// Whether whoever looks may see it for a reason.
    pub can_be_seen: bool,
}

/// A tab of the pane.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PaneTab {
    /// Name in the address.
    pub name: &'static str,
    /// The portal's label.
    pub label: String,
    /// Where it is shown.
    pub address: String,
    /// Whether it is shown.
    pub is_current: bool,
}

/// What is shown below the tabs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Body {
    /// Groups of fields.
    Fields(Fields),
    /// How the person proved who they are.
    Authentication(Authentication),
    /// What policies made of it.
    Policies(Policies),
    /// The sign-ins with the same correlation ID.
    Timeline(Timeline),
    /// What the record said before.
    Versions(Box<Versions>),
    /// Another sign-in beside it.
    Compared(Box<Compared>),
}

/// A tab of groups of fields.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fields {
    /// The groups.
    pub groups: Vec<FieldGroup>,
    /// Labels of the fields that such a sign-in can have, and this one has not.
    pub empty: Vec<String>,
    /// What the error code means.
    pub meaning: Option<ErrorMeaning>,
    /// What is said when there is no group at all.
    pub nothing: &'static str,
}

/// The rows around the open one, in the order of the grid.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Walk {
    /// "3 of 4,812", when that is known exactly.
    pub position: Option<String>,
    /// Address of the row above.
    pub previous: Option<String>,
    /// Address of the row below.
    pub next: Option<String>,
}

/// A record as it came.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Record {
    /// Its JSON in lines, in which nothing can disturb the page.
    pub text: String,
    /// How many characters of it are left out.
    pub left_out: usize,
}
