//! Whether relying parties of AD FS can move to Entra ID, as imported summaries say it, beside their sign-ins.

use std::collections::{HashMap, HashSet};

use model::Column;
use model::registration::{MigrationTest, Registrations, RelyingParty};

use super::Report;
use super::rows::ReportRow;
use crate::text::migration as text;
use crate::view::insights::{MigrationFacts, MigrationTestLine};
use crate::view::safe_text::{MOST_IN_CELL, shown};

/// The report that they stand beside.
pub const REPORT: &str = "adfs-applications";
/// Most tests of one that are shown.
const MOST_TESTS: usize = 100;

/// Relying parties by what their sign-ins call them.
#[derive(Default)]
pub struct Migration<'a> {
    parties: &'a [RelyingParty],
    places: HashMap<String, usize>,
}

impl<'a> Migration<'a> {
    /// What the lists say, for the report that it belongs to; of others nothing.
    pub fn of(report: &Report, kept: &'a Registrations) -> Migration<'a> {
        if report.id != REPORT {
            return Migration::default();
        }
        let parties = &kept.relying_parties;
        let mut places = HashMap::new();
        for (place, party) in parties.iter().enumerate() {
            places.insert(party.party_id.to_lowercase(), place);
            if let Some(name) = &party.name {
                places.entry(name.to_lowercase()).or_insert(place);
            }
        }
        Migration { parties, places }
    }

    /// Whether nothing is known.
    pub fn is_empty(&self) -> bool {
        self.parties.is_empty()
    }

    /// What is said of something by its identifier or its name.
    pub fn named(&self, name: &str) -> Option<&'a RelyingParty> {
        let place = self.places.get(&name.to_lowercase())?;
        self.parties.get(*place)
    }

    /// What is said of a line.
    pub fn of_row(&self, row: &ReportRow) -> Option<&'a RelyingParty> {
        let by_key = self.named(&row.key);
        by_key.or_else(|| self.named(row.name.as_deref()?))
    }

    /// Lines of those that have no sign-in.
    pub fn others(&self, report: &Report, rows: &[ReportRow]) -> Vec<ReportRow> {
        let has_line: HashSet<&str> = rows
            .iter()
            .filter_map(|row| self.of_row(row))
            .map(|party| party.party_id.as_str())
            .collect();
        let [id, _] = report.columns();
        let others = self.parties.iter();
        let others = others.filter(|party| !has_line.contains(party.party_id.as_str()));
        others.map(|party| without_sign_ins(id, party)).collect()
    }
}

fn without_sign_ins(column: &'static Column, party: &RelyingParty) -> ReportRow {
    ReportRow {
        column,
        key: party.party_id.clone(),
        name: party.name.clone(),
        by_outcome: [0; 3],
        users: Some(0),
        span: None,
    }
}

/// The status in words; empty where none is said.
pub fn status(party: Option<&RelyingParty>) -> String {
    let word = party.and_then(|party| party.migration_status.as_deref());
    shown(&text::status(word.unwrap_or_default()), MOST_IN_CELL)
}

/// All that is said of one.
pub fn facts(party: &RelyingParty) -> MigrationFacts {
    let line = |test: &MigrationTest| MigrationTestLine {
        name: shown(&text::test(&test.name), MOST_IN_CELL),
        is_passed: test.is_passed(),
        message: shown(test.message.as_deref().unwrap_or_default(), MOST_IN_CELL),
    };
    let mut tests: Vec<MigrationTestLine> = party.tests.iter().take(MOST_TESTS).map(line).collect();
    // Those that did not pass come first.
    tests.sort_by_key(|test| test.is_passed == Some(true));
    let passed = tests.iter().filter(|test| test.is_passed == Some(true));
    MigrationFacts {
        status: status(Some(party)),
        passed: (passed.count() as u64, tests.len() as u64),
        tests,
        counted: text::counted(party.unique_users, party.successful, party.failed),
        reply_urls: party
            .reply_urls
            .iter()
            .map(|url| shown(url, MOST_IN_CELL))
            .collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_is_known_by_its_identifier_or_by_its_name() {
        let party = |id: &str, name: &str| RelyingParty {
            party_id: id.to_owned(),
            name: Some(name.to_owned()),
            ..RelyingParty::default()
        };
        let kept = Registrations {
            relying_parties: vec![party("urn:pay", "Payroll"), party("urn:crm", "CRM")],
            ..Registrations::default()
        };
        let report = Report::of_id(REPORT).expect("the report");
        let migration = Migration::of(report, &kept);
        let row = |key: &str| without_sign_ins(report.columns()[0], &party(key, "x"));
        assert!(migration.of_row(&row("URN:pay")).is_some());
        assert!(migration.of_row(&row("payroll")).is_some());
        let others = migration.others(report, &[row("payroll"), row("other")]);
        let keys: Vec<&str> = others.iter().map(|row| row.key.as_str()).collect();
        assert_eq!(keys, ["urn:crm"]);
        let applications = Report::of_id("applications").expect("the report");
        assert!(Migration::of(applications, &kept).is_empty());
    }
}
