//! What stands beside the sign-ins of a credential: its kind, when it expires, whether it was used, and from which networks
//! it was used for the first time.

use std::collections::{BTreeSet, HashMap, HashSet};

use chrono::{DateTime, Duration, Utc};
use model::answer::{Group, Groups, MOST_GROUPS};
use model::ask::{Ask, GroupAsk};
use model::column::choices::{CLIENT_CREDENTIAL_TYPE, label_of};
use model::query::{Filter, MOST_VALUES, Operator, Query, Range};
use model::registration::{ApplicationCredential, Registrations};
use model::{Column, Value};

use super::Report;
use super::beside::is_filtered;
use super::rows::ReportRow;
use crate::assemble::moments::Clock;
use crate::assemble::sign_ins::PATH as BLADE;
use crate::backend::{Backend, BackendError};
use crate::text::credentials as text;
use crate::view::entity::Number;

/// The report that it stands beside.
pub const REPORT: &str = "credentials";
/// An expiry that is nearer is told.
const SOON_DAYS: i64 = 30;
/// Most applications of which the name is looked up.
const MOST_NAMED: usize = 2_000;
const NETWORK: &str = "autonomous_system_number";

/// What is known of credentials, by their key IDs in small letters.
#[derive(Debug, Default)]
pub struct Credentials<'a> {
    listed: HashMap<String, &'a ApplicationCredential>,
    kinds: HashMap<String, String>,
    /// What applications are called, by their IDs in small letters.
    names: HashMap<String, String>,
    /// Networks of which the first sign-in is within the range, while the credential was used before it. `None` where that
    /// was not counted: over all time, under filters, and where memory does not reach back to the beginning.
    new_networks: Option<HashMap<String, BTreeSet<String>>>,
    /// The first moment of the range, and the first one behind it.
    bounds: (Option<DateTime<Utc>>, Option<DateTime<Utc>>),
    now: Option<DateTime<Utc>>,
}

impl<'a> Credentials<'a> {
    /// What lists and sign-ins say, for the report that it belongs to; of others nothing. The query is that of the report,
    /// and the rows are its lines.
    ///
    /// # Errors
    /// Those of the backend.
    pub async fn of(
        backend: &dyn Backend,
        report: &Report,
        query: &Query,
        (rows, kept): (&[ReportRow], &'a Registrations),
    ) -> Result<Credentials<'a>, BackendError> {
        if report.id != REPORT {
            return Ok(Credentials::default());
        }
        let now = backend.now();
        let [id, name] = report.columns();
        let mut credentials = Credentials {
            bounds: query.range.bounds(now),
            now: Some(now),
            ..Credentials::default()
        };
        for listed in &kept.credentials {
            let key = listed.key_id.to_lowercase();
            credentials.listed.insert(key, listed);
        }
        let kind = Column::named("client_credential_type");
        let answered = backend.ask(pairs(query.clone(), [id, kind], false)).await?;
        for pair in told(answered.answer.groups).unwrap_or_default() {
            // The most frequent one comes first.
            credentials.kinds.entry(pair.key).or_insert(pair.value);
        }
        // What follows looks at all that there ever was: nobody waits for the lake to be read for it.
        // Among some of the sign-ins the first from a network says nothing.
        if let ((Some(begin), end), false) = (credentials.bounds, is_filtered(report, query)) {
            let ever = query.clone().with_range(Range::Between {
                from: None,
                to: end,
            });
            let ask = pairs(ever, [id, Column::named(NETWORK)], true);
            let answered = backend.ask_memory(ask).await?;
            let seen = answered.and_then(|answered| told(answered.answer.groups));
            credentials.new_networks = seen.map(|seen| new_networks(seen, begin));
        }
        let unused = credentials.unused(report, rows);
        let of: BTreeSet<&String> = unused
            .iter()
            .filter_map(|listed| listed.application_id.as_ref())
            .collect();
        let of: Vec<&String> = of.into_iter().take(MOST_NAMED).collect();
        if !of.is_empty() {
            let application = Column::named("application_id");
            let ever = query.clone().with_range(Range::ALL);
            let theirs = ever.with_filter(Filter::new(application, Operator::In, of));
            let ask = pairs(theirs, [application, name], false);
            let answered = backend.ask_memory(ask).await?;
            let seen = answered.and_then(|answered| told(answered.answer.groups));
            for pair in seen.unwrap_or_default() {
                credentials.names.entry(pair.key).or_insert(pair.value);
            }
        }
        Ok(credentials)
    }

    /// Those that only a list knows, in the order of their key IDs.
    fn unused(&self, report: &Report, rows: &[ReportRow]) -> Vec<&'a ApplicationCredential> {
        let [id, _] = report.columns();
        let used: HashSet<String> = rows
            .iter()
            .filter(|row| row.column == id)
            .map(|row| row.key.to_lowercase())
            .collect();
        let mut others: Vec<&ApplicationCredential> = self
            .listed
            .iter()
            .filter(|(key, _)| !used.contains(*key))
            .map(|(_, listed)| *listed)
            // What was made after the range could not be used in it.
            .filter(|listed| {
                let (_, end) = self.bounds;
                let made = listed.created.zip(end);
                made.is_none_or(|(created, end)| created < end)
            })
            .collect();
        others.sort_by(|one, other| one.key_id.cmp(&other.key_id));
        others
    }

    /// Lines of those that only a list knows.
    pub fn others(&self, report: &Report, rows: &[ReportRow]) -> Vec<ReportRow> {
        let [id, _] = report.columns();
        let name_of = |listed: &ApplicationCredential| {
            let application = listed.application_id.as_ref()?;
            self.names.get(&application.to_lowercase()).cloned()
        };
        let line = |listed: &ApplicationCredential| ReportRow {
            column: id,
            key: listed.key_id.clone(),
            name: name_of(listed),
            by_outcome: [0; 3],
            users: Some(0),
            span: None,
        };
        self.unused(report, rows).into_iter().map(line).collect()
    }

    /// What a line is known by here; `None` for one that is known by a name.
    fn key(row: &ReportRow) -> Option<String> {
        (row.column.id == "credential_key_id").then(|| row.key.to_lowercase())
    }

    /// What a list says of a line.
    pub fn listed(&self, row: &ReportRow) -> Option<&'a ApplicationCredential> {
        self.listed.get(&Self::key(row)?).copied()
    }

    /// What it is, in Graph's word, as a list or else most of its sign-ins say it.
    pub fn kind(&self, row: &ReportRow) -> Option<String> {
        let listed = self.listed(row).and_then(|listed| listed.key_type.clone());
        listed.or_else(|| self.kinds.get(&Self::key(row)?).cloned())
    }

    /// The same in the portal's words; empty where nothing says it.
    pub fn kind_in_words(&self, row: &ReportRow) -> String {
        let kind = self.kind(row).unwrap_or_default();
        label_of(CLIENT_CREDENTIAL_TYPE, &kind).to_owned()
    }

    /// What is worth a look, in words: expired, expires soon, not used. Entra ID may have seen it used where sign-ins are
    /// missing here.
    pub fn to_look_at(&self, row: &ReportRow, clock: &Clock) -> String {
        let listed = self.listed(row);
        let expiry = listed
            .and_then(|listed| listed.expires)
            .zip(self.now)
            .and_then(|(at, now)| {
                let left = at - now;
                if left <= Duration::zero() {
                    Some(text::EXPIRED.to_owned())
                } else if left <= Duration::days(SOON_DAYS) {
                    Some(text::expires_in(left.num_days()))
                } else {
                    None
                }
            });
        let last_used = listed.and_then(|listed| listed.last_used);
        let (begin, end) = self.bounds;
        let is_within = last_used.is_some_and(|at| {
            begin.is_none_or(|begin| at >= begin) && end.is_none_or(|end| at < end)
        });
        let use_of_it = match (row.all(), last_used.filter(|_| is_within)) {
            (0, Some(at)) => Some(text::used_elsewhere(&clock.in_grid(at).text)),
            (0, None) => Some(text::UNUSED.to_owned()),
            _ => None,
        };
        let said: Vec<String> = expiry.into_iter().chain(use_of_it).collect();
        said.join("; ")
    }

    /// How many networks it was never used from before; `None` where that was not counted.
    pub fn new_networks_number(&self, row: &ReportRow) -> Option<u64> {
        let networks = self.new_networks.as_ref()?.get(&Self::key(row)?);
        Some(networks.map_or(0, |networks| networks.len() as u64))
    }

    /// The same with the way to its sign-ins from there, where there are any.
    pub fn new_networks(&self, row: &ReportRow, query: &Query, report: &Report) -> Option<Number> {
        let networks = self.new_networks.as_ref()?.get(&Self::key(row)?)?;
        let from = Filter::new(Column::named(NETWORK), Operator::In, networks.clone());
        let own = row.among(query, report).with_filter(from);
        Some(Number {
            count: networks.len() as u64,
            // A filter does not take more.
            address: match networks.len() <= MOST_VALUES {
                true => own.to_address(BLADE),
                false => String::new(),
            },
        })
    }
}

/// Asks for pairs of values that sign-ins have.
fn pairs(query: Query, by: [&'static Column; 2], span: bool) -> Ask {
    let mut ask = Ask::of(query);
    ask.groups = Some(GroupAsk {
        by: by.to_vec(),
        limit: MOST_GROUPS,
        users: false,
        span,
    });
    ask
}

/// A pair that sign-ins have.
struct Pair {
    /// The first value, in small letters.
    key: String,
    value: String,
    /// The first sign-in with both.
    first: Option<DateTime<Utc>>,
}

/// The pairs, the most frequent first; `None` where there are too many.
fn told(groups: Option<Groups>) -> Option<Vec<Pair>> {
    let groups = groups.unwrap_or_default();
    (!groups.is_too_many).then(|| groups.groups.iter().filter_map(pair).collect())
}

fn pair(group: &Group) -> Option<Pair> {
    let text = |place: usize| {
        let value = group.keys.get(place).filter(|value| !value.is_empty());
        value.map(Value::to_text)
    };
    Some(Pair {
        key: text(0)?.to_lowercase(),
        value: text(1)?,
        first: group.span.map(|span| span.first),
    })
}

fn new_networks(seen: Vec<Pair>, begin: DateTime<Utc>) -> HashMap<String, BTreeSet<String>> {
    // Spellings of a key are pairs of their own.
    let mut first: HashMap<String, HashMap<String, bool>> = HashMap::new();
    for pair in seen {
        let is_before = pair.first.is_some_and(|first| first < begin);
        let networks = first.entry(pair.key).or_default();
        *networks.entry(pair.value).or_default() |= is_before;
    }
    let mut new = HashMap::new();
    #[expect(
        clippy::iter_over_hash_type,
        reason = "each goes to a place of its own"
    )]
    for (key, networks) in first {
        if networks.values().any(|is_before| *is_before) {
            let networks = networks.into_iter().filter(|(_, is_before)| !is_before);
            let networks: BTreeSet<String> = networks.map(|(network, _)| network).collect();
            if !networks.is_empty() {
                new.insert(key, networks);
            }
        }
    }
    new
}

#[cfg(test)]
#[path = "credentials/tests.rs"]
mod tests;
