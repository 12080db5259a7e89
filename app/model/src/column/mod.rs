//! The column table: every column there is, described once.
//!
//! Grid, column picker, filters, flyout, lake schema, import, CSV, API and command line all follow
//! from [`table::COLUMNS`]. A new column is one entry there.

pub mod choices;
mod group;
mod personal;
mod section;
mod table;

pub use choices::Choice;
pub use group::GROUP;
pub use personal::Personal;
pub use section::Section;
pub use table::COLUMNS;

use crate::access::Right;
use crate::list;
use crate::query::Operator;
use crate::tab::{Tab, Tabs};
use crate::value::Value;

/// What the managed identities' tab calls columns that it shares with the other tabs.
const MANAGED_IDENTITY_LABELS: [(&str, &str); 2] = [
    ("service_principal_name", "Managed identity name"),
    ("service_principal_id", "Managed identity ID"),
];

/// One column of the sign-in log.
#[derive(Debug)]
pub struct Column {
    /// Short name in addresses, in the lake and on the command line, such as `error_code`.
    pub id: &'static str,
    /// What the portal calls it, such as "Sign-in error code".
    pub label: &'static str,
    /// Where the value comes from.
    pub source: Source,
    /// What the values are.
    pub value_type: ValueType,
    /// How a cell is drawn.
    pub display: Display,
    /// Where the flyout lists it.
    pub section: Section,
    /// The tabs that have it.
    pub tabs: Tabs,
    /// The tabs that show it before anybody chose columns.
    pub default_tabs: Tabs,
    /// Width in the grid, in pixels.
    pub width_px: u16,
}

/// Where a column's value comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Source {
    /// A property of the Graph sign-in, by its path: `deviceDetail/browser`.
    Property(&'static str),
    /// Worked out from other properties when the record is read.
    Derived(Derived),
}

/// Columns that are worked out rather than read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Derived {
    /// Success, failure or interrupted, from `status/errorCode`.
    Status,
    /// Why it ended so, in plain words: from the verdict, the error book and the deciding policy. Not stored.
    Reason,
    /// "City, State, Country" from `location`.
    Location,
    /// What the verdict comes to: [`crate::gist::Gist`].
    Verdict,
    /// First Conditional Access policy whose result is failure.
    DecidingPolicy,
    /// Tenant that wrote the log, from the envelope of the record.
    TenantId,
    /// Names of the Conditional Access policies that applied, be it only to be reported on.
    AppliedPolicies,
    /// Every Conditional Access policy that is switched on, with what it came to.
    PolicyResults,
    /// The methods of the authentication steps.
    AuthenticationMethods,
    /// Names of the networks that the address belongs to.
    NetworkNames,
    /// Which of the four kinds of sign-in it is, which the lake keeps of every row.
    Kind,
    /// Whether the agent's type is one that acts, rather than none.
    IsAgent,
    /// Whether more of an interactive sign-in's record may still come: it lacks steps, and was stored soon after.
    Settling,
    /// Whether access is looked at again while a token lives, from the processing details.
    ContinuousAccess,
    /// Groups that the person is in: [`GROUP`]. Not stored.
    Group,
}

/// What the values of a column are, which decides its operators and its storage.
#[derive(Debug, Clone, Copy)]
pub enum ValueType {
    /// Free text; compared without regard to letter case.
    Text,
    /// An opaque identifier, mostly a GUID; compared without regard to letter case.
    Identifier,
    /// An IP address, kept as the text that came.
    Address,
    /// Several short texts, kept as [`crate::list`] says; compared item by item, without regard to
    /// letter case.
    List,
    /// One of a few known words, though unknown ones are kept as they came.
    Choice(&'static [Choice]),
    /// A whole number.
    Integer,
    /// A number with a fraction.
    Decimal,
    /// Yes or no.
    Boolean,
    /// A moment.
    Instant,
}

/// How a cell is drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Display {
    /// The moment, as the link that opens the row.
    Moment,
    /// Plain text in full ink.
    Plain,
    /// Plain text in quiet ink.
    Quiet,
    /// Status icon and word.
    Status,
    /// Reason and error code.
    Reason,
    /// Identifier or code in the fixed-width face.
    Code,
    /// A number of milliseconds.
    Milliseconds,
}

impl ValueType {
    /// The operators that make sense for such values, in the order in which they are offered.
    pub const fn operators(&self) -> &'static [Operator] {
        use Operator as O;
        match self {
            ValueType::Text | ValueType::Identifier | ValueType::List => &[
                O::Contains,
                O::NotContains,
                O::Equal,
                O::NotEqual,
                O::In,
                O::NotIn,
                O::Starts,
                O::NotStarts,
                O::Ends,
                O::NotEnds,
                O::Empty,
                O::NotEmpty,
            ],
            ValueType::Address => &[
                O::Starts,
                O::NotStarts,
                O::Equal,
                O::NotEqual,
                O::In,
                O::NotIn,
                O::Within,
                O::NotWithin,
                O::Contains,
                O::NotContains,
                O::Ends,
                O::NotEnds,
                O::Empty,
                O::NotEmpty,
            ],
            ValueType::Choice(_) => &[
                O::Equal,
                O::NotEqual,
                O::In,
                O::NotIn,
                O::Contains,
                O::NotContains,
                O::Empty,
                O::NotEmpty,
            ],
            ValueType::Integer | ValueType::Decimal => &[
                O::Equal,
                O::NotEqual,
                O::In,
                O::NotIn,
                O::Greater,
                O::GreaterOrEqual,
                O::Less,
                O::LessOrEqual,
                O::Empty,
                O::NotEmpty,
            ],
            ValueType::Boolean => &[O::Equal, O::NotEqual, O::Empty, O::NotEmpty],
            ValueType::Instant => &[
                O::GreaterOrEqual,
                O::Greater,
                O::LessOrEqual,
                O::Less,
                O::Empty,
                O::NotEmpty,
            ],
        }
    }

    /// The known words, when the values are choices.
    pub const fn choices(&self) -> &'static [Choice] {
        match self {
            ValueType::Choice(choices) => choices,
            _ => &[],
        }
    }
}

/// Columns with what Conditional Access decided, which is more than its status.
const OF_CONDITIONAL_ACCESS: [&str; 3] = [
    "deciding_policy",
    "conditional_access_policies",
    "conditional_access_results",
];

/// Columns of which nearly every sign-in has its own value.
const SINGULAR: [&str; 7] = [
    "request_id",
    "correlation_id",
    "unique_token_identifier",
    "session_id",
    "client_session_id",
    "original_request_id",
    "federated_token_id",
];

impl Column {
    /// Whether nearly every sign-in has its own value in the column.
    pub fn is_singular(&self) -> bool {
        SINGULAR.contains(&self.id)
    }

    /// Whether there is a histogram for each of its values: it is stored, and sign-ins share values.
    pub fn is_charted(&self) -> bool {
        self.is_stored() && self.id != "date" && !self.is_singular()
    }

    /// What seeing its values takes beside seeing sign-ins.
    pub fn right(&self) -> Option<Right> {
        OF_CONDITIONAL_ACCESS
            .contains(&self.id)
            .then_some(Right::ConditionalAccess)
    }

    /// The column with this id.
    pub fn find(id: &str) -> Option<&'static Column> {
        COLUMNS.iter().find(|column| column.id == id)
    }

    /// The column with this id, which is known to exist because it is named in the code.
    ///
    /// # Panics
    /// When the table has no such column; a test names every id used so.
    pub fn named(id: &'static str) -> &'static Column {
        match Column::find(id) {
            Some(column) => column,
            None => panic!("the column table has no column `{id}`"),
        }
    }

    /// Says that there is no column with this id, and which one was perhaps meant: the one whose id shares
    /// the longest beginning with it, when that is at least three letters.
    pub fn unknown(id: &str) -> String {
        let shared = |other: &str| {
            id.bytes()
                .zip(other.bytes())
                .take_while(|(left, right)| left.eq_ignore_ascii_case(right))
                .count()
        };
        let nearest = COLUMNS
            .iter()
            .filter(|column| column.is_filterable())
            .map(|column| (shared(column.id), column.id))
            .filter(|(length, _)| *length >= 3)
            .max_by_key(|(length, other)| (*length, std::cmp::Reverse(other.len())));
        match nearest {
            Some((_, near)) => format!("no column `{id}`; did you mean `{near}`?"),
            None => format!("no column `{id}`"),
        }
    }

    /// Columns that a tab shows before anybody chose, in the order of the table.
    pub fn defaults(tab: Tab) -> Vec<&'static Column> {
        COLUMNS
            .iter()
            .filter(|column| column.default_tabs.has(tab))
            .collect()
    }

    /// Columns that the view of several tabs shows before anybody chose, in the order of the table.
    pub fn defaults_of_all(tabs: Tabs) -> Vec<&'static Column> {
        let of_people = [
            "location",
            "conditional_access",
            "authentication_requirement",
        ];
        let shown = |column: &&Column| {
            let mut of_tabs = tabs.each();
            of_tabs.any(|tab| column.default_tabs.has(tab))
                || (column.is_kind() && column.is_of(tabs))
        };
        let all = COLUMNS.iter().filter(shown);
        all.filter(|column| tabs == Tabs::INTERACTIVE || !of_people.contains(&column.id))
            .collect()
    }

    /// Columns that a tab has, in the order of the table.
    pub fn of_tab(tab: Tab) -> Vec<&'static Column> {
        COLUMNS
            .iter()
            .filter(|column| column.is_of(Tabs::only(tab)))
            .collect()
    }

    /// Whether the column says something where these tabs are shown together: one of them has it. Which kind a
    /// sign-in is, is worth saying where there are several.
    pub fn is_of(&self, tabs: Tabs) -> bool {
        let mut having = tabs.each().filter(|tab| self.tabs.has(*tab));
        having.nth(usize::from(self.is_kind())).is_some()
    }

    /// What the column is called where these tabs are shown: the service principals of managed identities are
    /// those.
    pub fn label_in(&self, tabs: Tabs) -> &'static str {
        let of_managed_identities = || {
            let mut renamed = MANAGED_IDENTITY_LABELS.iter();
            renamed.find(|(id, _)| *id == self.id)
        };
        let renamed = (tabs == Tabs::MANAGED_IDENTITY).then(of_managed_identities);
        renamed.flatten().map_or(self.label, |(_, label)| *label)
    }

    /// Columns that are written to the lake, in the order of the table.
    pub fn stored() -> impl Iterator<Item = &'static Column> {
        COLUMNS.iter().filter(|column| column.is_stored())
    }

    /// Columns of which a record says the value, in the order of the table: all that are written to the lake but
    /// the kind, which the lake keeps beside them.
    pub fn recorded() -> impl Iterator<Item = &'static Column> {
        Column::stored().filter(|column| !column.is_kind())
    }

    /// Whether it is the kind of sign-in.
    pub const fn is_kind(&self) -> bool {
        matches!(self.source, Source::Derived(Derived::Kind))
    }

    /// Whether the lake has the column. The reason is worked out when it is shown, so that a better
    /// error book speaks for old sign-ins too.
    pub const fn is_stored(&self) -> bool {
        !matches!(
            self.source,
            Source::Derived(Derived::Reason | Derived::Group)
        )
    }

    /// Whether filters may use the column.
    pub const fn is_filterable(&self) -> bool {
        self.is_stored() || self.is_group()
    }

    /// Whether it is [`GROUP`], about which no sign-in says anything.
    pub const fn is_group(&self) -> bool {
        matches!(self.source, Source::Derived(Derived::Group))
    }

    /// What can be filtered by under this id: a column that is stored, or the group.
    pub fn filterable(id: &str) -> Option<&'static Column> {
        Column::find(id)
            .or((id == GROUP.id).then_some(&GROUP))
            .filter(|column| column.is_filterable())
    }

    /// The operators of its filters, in the order in which they are offered.
    pub const fn operators(&self) -> &'static [Operator] {
        if self.is_group() {
            &[
                Operator::Equal,
                Operator::NotEqual,
                Operator::In,
                Operator::NotIn,
            ]
        } else {
            self.value_type.operators()
        }
    }

    /// A value of the column as JSON: numbers and booleans as such, a list as an array, no value as
    /// `null`.
    pub fn json(&self, value: &Value) -> serde_json::Value {
        match (value, self.value_type) {
            (Value::Text(text), ValueType::List) => list::items(text).collect(),
            _ => value.to_json(),
        }
    }

    /// Whether the operator may be used with the column.
    pub fn takes(&self, operator: Operator) -> bool {
        self.is_filterable() && self.operators().contains(&operator)
    }
}

impl PartialEq for Column {
    fn eq(&self, other: &Column) -> bool {
        self.id == other.id
    }
}

impl Eq for Column {}

#[cfg(test)]
mod tests;
