//! What stands beside the sign-ins of a credential: its kind, when it expires, whether it was used, and from which networks
//! it was used for the first time.

use std::collections::{BTreeSet, HashMap, HashSet};

use chrono::{DateTime, Duration, Utc};
use model::answer::{Group, MOST_GROUPS};
use model::ask::{Ask, GroupAsk};
use model::column::choices::{CLIENT_CREDENTIAL_TYPE, label_of};
use model::query::{Filter, Operator, Query, Range};
use model::registration::{ApplicationCredential, Registrations};
use model::{Column, Value};

use super::Report;
use super::rows::ReportRow;
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
    /// Networks of which the first sign-in is within the range, while the credential was used before it.
    new_networks: HashMap<String, BTreeSet<String>>,
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
            now: Some(now),
            ..Credentials::default()
        };
        for listed in &kept.credentials {
            let key = listed.key_id.to_lowercase();
            credentials.listed.insert(key, listed);
        }
        let kind = Column::named("client_credential_type");
        for (key, kind, _) in pairs(backend, query.clone(), [id, kind], false).await? {
            // The most frequent one comes first.
            credentials.kinds.entry(key).or_insert(kind);
        }
        let (begin, end) = query.range.bounds(now);
        if let Some(begin) = begin {
            let ever = query.clone().with_range(Range::Between {
                from: None,
                to: end,
            });
            let network = Column::named(NETWORK);
            let seen = pairs(backend, ever, [id, network], true).await?;
            credentials.new_networks = new_networks(&seen, begin);
        }
        let application = Column::named("application_id");
        let unused = credentials.unused(report, rows);
        let of: BTreeSet<String> = unused
            .iter()
            .filter_map(|listed| listed.application_id.clone())
            .take(MOST_NAMED)
            .collect();
        if !of.is_empty() {
            let ever = query.clone().with_range(Range::ALL);
            let theirs = ever.with_filter(Filter::new(application, Operator::In, of));
            for (key, name, _) in pairs(backend, theirs, [application, name], false).await? {
                credentials.names.entry(key).or_insert(name);
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

    fn listed(&self, row: &ReportRow) -> Option<&'a ApplicationCredential> {
        self.listed.get(&row.key.to_lowercase()).copied()
    }

    /// What it is, in words; empty where neither a list nor a sign-in says it.
    pub fn kind(&self, row: &ReportRow) -> String {
        let listed = self.listed(row).and_then(|listed| listed.key_type.as_ref());
        let kind = listed.or_else(|| self.kinds.get(&row.key.to_lowercase()));
        kind.map_or_else(String::new, |kind| {
            label_of(CLIENT_CREDENTIAL_TYPE, kind).to_owned()
        })
    }

    /// When it expires, where a list says it.
    pub fn expires(&self, row: &ReportRow) -> Option<DateTime<Utc>> {
        self.listed(row)?.expires
    }

    /// What is worth a look: not used, expired, expires soon.
    pub fn state(&self, row: &ReportRow) -> String {
        let unused = (row.all() == 0).then(|| text::UNUSED.to_owned());
        let expiry = self.expires(row).zip(self.now).and_then(|(at, now)| {
            let left = at - now;
            if left <= Duration::zero() {
                Some(text::EXPIRED.to_owned())
            } else if left <= Duration::days(SOON_DAYS) {
                Some(text::expires_in(left.num_days()))
            } else {
                None
            }
        });
        let said: Vec<String> = expiry.into_iter().chain(unused).collect();
        said.join("; ")
    }

    /// Its sign-ins from networks that it was never used from before, with their number of networks; `None` where there
    /// is none.
    pub fn new_networks(&self, row: &ReportRow, query: &Query, report: &Report) -> Option<Number> {
        let networks = self.new_networks.get(&row.key.to_lowercase())?;
        let own = row.among(query, report);
        let from = Filter::new(Column::named(NETWORK), Operator::In, networks.clone());
        Some(Number {
            count: networks.len() as u64,
            address: own.with_filter(from).to_address(BLADE),
        })
    }

    /// How many of them there are.
    pub fn new_networks_number(&self, row: &ReportRow) -> u64 {
        let networks = self.new_networks.get(&row.key.to_lowercase());
        networks.map_or(0, |networks| networks.len() as u64)
    }
}

/// Pairs of values that sign-ins have, the most frequent first; the first one in small letters. None where there are too
/// many.
async fn pairs(
    backend: &dyn Backend,
    query: Query,
    by: [&'static Column; 2],
    span: bool,
) -> Result<Vec<(String, String, Option<DateTime<Utc>>)>, BackendError> {
    let mut ask = Ask::of(query);
    ask.groups = Some(GroupAsk {
        by: by.to_vec(),
        limit: MOST_GROUPS,
        users: false,
        span,
    });
    let groups = backend.ask(ask).await?.answer.groups.unwrap_or_default();
    if groups.is_too_many {
        return Ok(Vec::new());
    }
    Ok(groups.groups.iter().filter_map(pair).collect())
}

fn pair(group: &Group) -> Option<(String, String, Option<DateTime<Utc>>)> {
    let text = |place: usize| {
        let value = group.keys.get(place).filter(|value| !value.is_empty());
        value.map(Value::to_text)
    };
    let first = group.span.map(|span| span.first);
    Some((text(0)?.to_lowercase(), text(1)?, first))
}

fn new_networks(
    seen: &[(String, String, Option<DateTime<Utc>>)],
    begin: DateTime<Utc>,
) -> HashMap<String, BTreeSet<String>> {
    let is_before = |first: &Option<DateTime<Utc>>| first.is_some_and(|first| first < begin);
    let known: HashSet<&String> = seen
        .iter()
        .filter(|(_, _, first)| is_before(first))
        .map(|(key, ..)| key)
        .collect();
    let mut new: HashMap<String, BTreeSet<String>> = HashMap::new();
    for (key, network, first) in seen {
        if known.contains(key) && !is_before(first) {
            new.entry(key.clone()).or_default().insert(network.clone());
        }
    }
    new
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(day: u32) -> Option<DateTime<Utc>> {
        model::time::read(&format!("2026-11-{day:02}T00:00:00Z"))
    }

    fn row(key: &str, sign_ins: u64) -> ReportRow {
        ReportRow {
            column: Column::named("credential_key_id"),
            key: key.to_owned(),
            name: None,
            by_outcome: [sign_ins, 0, 0],
            users: None,
            span: None,
        }
    }

    #[test]
    fn a_network_is_new_to_a_credential_that_was_used_before() {
        let seen = [
            ("a".to_owned(), "64500".to_owned(), at(1)),
            ("a".to_owned(), "64501".to_owned(), at(20)),
            ("b".to_owned(), "64501".to_owned(), at(20)),
        ];
        let new = new_networks(&seen, at(10).expect("a moment"));
        assert_eq!(new.len(), 1);
        assert_eq!(new["a"], BTreeSet::from(["64501".to_owned()]));
    }

    #[test]
    fn what_is_unused_or_ends_is_told() {
        let listed = |expires| ApplicationCredential {
            key_id: "A".to_owned(),
            key_type: Some("clientSecret".to_owned()),
            expires,
            ..ApplicationCredential::default()
        };
        let said = |expires, sign_ins| {
            let listed = listed(expires);
            let credentials = Credentials {
                listed: HashMap::from([("a".to_owned(), &listed)]),
                now: at(10),
                ..Credentials::default()
            };
            let row = row("a", sign_ins);
            (credentials.kind(&row), credentials.state(&row))
        };
        let secret = "Client secret".to_owned();
        assert_eq!(said(at(9), 5), (secret.clone(), "Expired".to_owned()));
        assert_eq!(said(at(22), 5).1, "Expires in 12 days");
        assert_eq!(said(at(11), 5).1, "Expires in 1 day");
        assert_eq!(said(None, 0).1, "Not used in this range");
        assert_eq!(said(at(9), 0).1, "Expired; Not used in this range");
        assert_eq!(said(None, 1), (secret, String::new()));
    }
}
