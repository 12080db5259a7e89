//! What stands beside the sign-ins of a report's lines, from imported lists and from other sign-ins.

use model::registration::Registrations;
use model::{Query, Value};

use super::Report;
use super::credentials::{self, Credentials};
use super::migration::{self, Migration};
use super::rows::ReportRow;
use crate::assemble::moments::Clock;
use crate::backend::{Backend, BackendError};
use crate::text::{credentials as credential_text, migration as migration_text};
use crate::view::insights::Cell;

/// It, for one report.
pub struct Beside<'a> {
    report: &'static Report,
    query: Query,
    /// Of relying parties of AD FS.
    pub migration: Migration<'a>,
    credentials: Credentials<'a>,
    misses_lists: bool,
}

/// Whether a report has anything beside it that imported lists say.
pub fn needs_lists(report: &Report) -> bool {
    [migration::REPORT, credentials::REPORT].contains(&report.id)
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
            query: query.clone(),
            report,
            migration,
        })
    }

    /// What to say where a list is missing that would say more.
    pub fn missing(&self) -> Option<&'static str> {
        self.misses_lists.then_some(match self.report.id {
            credentials::REPORT => credential_text::MISSING,
            _ => migration_text::MISSING,
        })
    }

    /// Lines of what only lists know.
    pub fn others(&self, rows: &[ReportRow]) -> Vec<ReportRow> {
        let mut others = self.migration.others(self.report, rows);
        others.extend(self.credentials.others(self.report, rows));
        others
    }

    /// The heads of its columns.
    pub fn heads(&self) -> &'static [&'static str] {
        match self.report.id {
            migration::REPORT if !self.migration.is_empty() => &[migration_text::STATUS],
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
                let networks = self.credentials.new_networks(row, &self.query, self.report);
                vec![
                    Cell::Words(self.credentials.kind(row)),
                    Cell::Moment(self.credentials.expires(row).map(|at| clock.in_grid(at))),
                    Cell::Words(self.credentials.state(row)),
                    networks.map_or_else(|| Cell::Words(String::new()), Cell::Number),
                ]
            }
            _ => Vec::new(),
        }
    }

    /// Its names in answers and files.
    pub fn names(&self) -> &'static [&'static str] {
        match self.report.id {
            migration::REPORT => &["migration_status"],
            credentials::REPORT => &["kind", "expires", "to_look_at", "new_networks"],
            _ => &[],
        }
    }

    /// What a line has under them.
    pub fn values(&self, row: &ReportRow) -> Vec<Value> {
        let text = |text: String| match text.is_empty() {
            true => Value::Empty,
            false => Value::Text(text),
        };
        match self.report.id {
            migration::REPORT => {
                let party = self.migration.of_row(row);
                let status = party.and_then(|party| party.migration_status.clone());
                vec![text(status.unwrap_or_default())]
            }
            credentials::REPORT => {
                let networks = self.credentials.new_networks_number(row);
                vec![
                    text(self.credentials.kind(row)),
                    self.credentials
                        .expires(row)
                        .map_or(Value::Empty, Value::Instant),
                    text(self.credentials.state(row)),
                    Value::Integer(i64::try_from(networks).unwrap_or(i64::MAX)),
                ]
            }
            _ => Vec::new(),
        }
    }
}
