//! What stands beside the sign-ins of a report's lines, from imported lists and from other sign-ins.

use chrono::{DateTime, Utc};
use model::registration::Registrations;
use model::{Query, Value, present};

use super::Report;
use super::credentials::{self, Credentials};
use super::migration::{self, Migration};
use super::rows::ReportRow;
use crate::assemble::moments::Clock;
use crate::backend::{Backend, BackendError};
use crate::text::{credentials as credential_text, insights as text, migration as migration_text};
use crate::view::insights::Cell;

/// It, for one report.
pub struct Beside<'a> {
    report: &'static Report,
    query: Query,
    /// Of relying parties of AD FS.
    pub migration: Migration<'a>,
    credentials: Credentials<'a>,
    misses_lists: bool,
    /// Whether filters leave some sign-ins out, so that a line without any says nothing.
    is_filtered: bool,
}

/// Whether a report has anything beside it that imported lists say.
pub fn needs_lists(report: &Report) -> bool {
    [migration::REPORT, credentials::REPORT].contains(&report.id)
}

/// Whether a query leaves some of the sign-ins out that the report is of.
pub fn is_filtered(report: &Report, query: &Query) -> bool {
    let applied = query.filters.iter().filter(|filter| !filter.paused);
    query.search.is_some() || applied.count() > usize::from(report.only.is_some())
}

impl<'a> Beside<'a> {
    /// Gathers it. The query is that of the report, and the rows are its lines.
    ///
    /// # Errors
    /// Those of the backend.
    pub async fn of(
        backend: &dyn Backend,
        report: &'static Report,
        query: &Query,
        (rows, kept): (&[ReportRow], &'a Registrations),
    ) -> Result<Beside<'a>, BackendError> {
        let migration = Migration::of(report, kept);
        Ok(Beside {
            misses_lists: match report.id {
                migration::REPORT => migration.is_empty(),
                credentials::REPORT => kept.credentials.is_empty(),
                _ => false,
            },
            credentials: Credentials::of(backend, report, query, (rows, kept)).await?,
            is_filtered: is_filtered(report, query),
            query: query.clone(),
            report,
            migration,
        })
    }

    /// What to say where a list is missing that would say more.
    pub fn missing_lists(&self) -> Option<&'static str> {
        self.misses_lists.then_some(match self.report.id {
            credentials::REPORT => credential_text::MISSING,
            _ => migration_text::MISSING,
        })
    }

    /// Lines of what only lists know; none where sign-ins are left out.
    pub fn others(&self, rows: &[ReportRow]) -> Vec<ReportRow> {
        if self.is_filtered {
            return Vec::new();
        }
        let mut others = self.migration.others(self.report, rows);
        others.extend(self.credentials.others(self.report, rows));
        others
    }

    /// The heads of its columns, and whether they stand over numbers or moments.
    pub fn heads(&self) -> &'static [(&'static str, bool)] {
        match self.report.id {
            migration::REPORT if !self.migration.is_empty() => &[(migration_text::STATUS, false)],
            credentials::REPORT => &credential_text::COLUMNS,
            _ => &[],
        }
    }

    /// The cells of a line, below them.
    pub fn cells(&self, row: &ReportRow, clock: &Clock) -> Vec<Cell> {
        match self.report.id {
            migration::REPORT if !self.migration.is_empty() => {
                let party = self.migration.of_row(row);
                vec![Cell::Words(migration::status(party))]
            }
            credentials::REPORT => {
                let credentials = &self.credentials;
                let expires = credentials.listed(row).and_then(|listed| listed.expires);
                let networks = credentials.new_networks(row, &self.query, self.report);
                vec![
                    Cell::Words(credentials.kind_in_words(row)),
                    Cell::Moment(expires.map(|at| clock.in_grid(at))),
                    Cell::Words(credentials.to_look_at(row, clock)),
                    match (networks, credentials.new_networks_number(row)) {
                        (Some(number), _) if !number.address.is_empty() => Cell::Number(number),
                        (_, Some(networks)) => Cell::Said(present::count(networks)),
                        (_, None) => Cell::Said(text::NOT_KNOWN.to_owned()),
                    },
                ]
            }
            _ => Vec::new(),
        }
    }

    /// Its names in answers and files.
    pub fn names(&self) -> &'static [&'static str] {
        match self.report.id {
            migration::REPORT => &["migration_status"],
            credentials::REPORT => &["kind", "expires", "last_use_listed", "new_networks"],
            _ => &[],
        }
    }

    /// What a line has under them.
    pub fn values(&self, row: &ReportRow) -> Vec<Value> {
        let word = |word: String| match word.is_empty() {
            true => Value::Empty,
            false => Value::Text(word),
        };
        match self.report.id {
            migration::REPORT => {
                let party = self.migration.of_row(row);
                let status = party.and_then(|party| party.migration_status.clone());
                vec![word(status.unwrap_or_default())]
            }
            credentials::REPORT => {
                let listed = self.credentials.listed(row);
                let moment = |at: Option<DateTime<Utc>>| at.map_or(Value::Empty, Value::Instant);
                let networks = self.credentials.new_networks_number(row);
                vec![
                    word(self.credentials.kind(row).unwrap_or_default()),
                    moment(listed.and_then(|listed| listed.expires)),
                    moment(listed.and_then(|listed| listed.last_used)),
                    networks.map_or(Value::Empty, |networks| {
                        Value::Integer(i64::try_from(networks).unwrap_or(i64::MAX))
                    }),
                ]
            }
            _ => Vec::new(),
        }
    }
}
