//! The reports of *Usage & insights* that count sign-ins by what they are of: one table says what each counts.

pub mod beside;
pub mod credentials;
pub mod day;
pub mod failures;
pub mod lists;
pub mod migration;
pub mod overview;
pub mod overview_page;
pub mod page;
pub mod policies;
pub mod registration;
pub mod rows;
pub mod summary;
pub mod trend;
pub mod usage;
pub mod usage_page;
pub mod usage_resets;

use model::query::{Filter, Operator, Query};
use model::{Column, Tab};

use crate::assemble::entity::window::Window;
use crate::text::insights as text;

/// The path that all reports begin with.
pub const PATH: &str = "/insights";

/// A report that counts sign-ins by an identifier.
#[derive(Debug, PartialEq, Eq)]
pub struct Report {
    /// Its name in addresses.
    pub id: &'static str,
    /// Its title.
    pub title: &'static str,
    /// What it counts, from which fields, and its limits.
    pub lede: &'static str,
    /// What a line is called.
    pub line: &'static str,
    /// Which kind of sign-in.
    pub tab: Tab,
    /// Which of them: a column and its value.
    pub only: Option<(&'static str, &'static str)>,
    /// Columns of the identifier and of the name.
    pub by: [&'static str; 2],
    /// What is said of each line.
    pub measures: &'static [Measure],
    /// Whether a line has a page of its own, with a chart and its failures.
    pub has_pages: bool,
}

/// What is said of a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Measure {
    /// Sign-ins in all.
    All,
    /// Those that succeeded.
    Successful,
    /// Those that failed.
    Failed,
    /// Those that were interrupted.
    Interrupted,
    /// Successes among those that succeeded or failed.
    Rate,
    /// People.
    Users,
    /// When they were: drawn on the page, in no file.
    Trend,
    /// When the first one was.
    First,
    /// When the last one was.
    Last,
}

impl Measure {
    /// Its name in addresses, files and answers.
    pub const fn id(self) -> &'static str {
        match self {
            Measure::All => "sign_ins",
            Measure::Successful => "successful",
            Measure::Failed => "failed",
            Measure::Interrupted => "interrupted",
            Measure::Rate => "success_rate",
            Measure::Users => "users",
            Measure::Trend => "trend",
            Measure::First => "first",
            Measure::Last => "last",
        }
    }
}

impl Measure {
    /// Whether lines can be put in its order, and files have it.
    pub const fn is_told(self) -> bool {
        !matches!(self, Measure::Trend)
    }
}

/// The reports.
pub static REPORTS: [Report; 4] = [
    Report {
        id: "applications",
        title: text::APPLICATIONS,
        lede: text::APPLICATIONS_LEDE,
        line: text::APPLICATION,
        tab: Tab::Interactive,
        only: None,
        by: ["application_id", "application"],
        measures: &[
            Measure::All,
            Measure::Successful,
            Measure::Failed,
            Measure::Interrupted,
            Measure::Rate,
            Measure::Users,
            Measure::Trend,
            Measure::Last,
        ],
        has_pages: true,
    },
    Report {
        id: "adfs-applications",
        title: text::ADFS,
        lede: text::ADFS_LEDE,
        line: text::RELYING_PARTY,
        tab: Tab::Interactive,
        only: Some(("token_issuer_type", "ADFederationServices")),
        by: ["application_id", "application"],
        measures: &[
            Measure::All,
            Measure::Users,
            Measure::Successful,
            Measure::Failed,
            Measure::Rate,
            Measure::Trend,
            Measure::Last,
        ],
        has_pages: true,
    },
    Report {
        id: "service-principals",
        title: text::SERVICE_PRINCIPALS,
        lede: text::SERVICE_PRINCIPALS_LEDE,
        line: text::SERVICE_PRINCIPAL,
        tab: Tab::ServicePrincipal,
        only: None,
        by: ["service_principal_id", "service_principal_name"],
        measures: &[
            Measure::All,
            Measure::Failed,
            Measure::Rate,
            Measure::Trend,
            Measure::First,
            Measure::Last,
        ],
        has_pages: true,
    },
    Report {
        id: "credentials",
        title: text::CREDENTIALS,
        lede: text::CREDENTIALS_LEDE,
        line: text::CREDENTIAL,
        tab: Tab::ServicePrincipal,
        only: None,
        by: ["credential_key_id", "service_principal_name"],
        measures: &[Measure::All, Measure::Failed, Measure::First, Measure::Last],
        has_pages: false,
    },
];

/// Files with the numbers of a report over this time: words and address.
pub fn files_of(id: &str, window: Window) -> Vec<(&'static str, String)> {
    let query = Query {
        range: window.range,
        time_zone: window.time_zone,
        ..Query::default()
    };
    let said = query.to_text();
    let and = if said.is_empty() { "" } else { "&" };
    let file = |(format, words)| {
        (
            words,
            format!("/api/v1{PATH}/{id}?{said}{and}format={format}"),
        )
    };
    text::FILES.map(file).to_vec()
}

impl Report {
    /// The report of this name.
    pub fn of_id(id: &str) -> Option<&'static Report> {
        REPORTS.iter().find(|report| report.id == id)
    }

    /// Its address, without a stretch of time.
    pub fn path(&self) -> String {
        format!("{PATH}/{}", self.id)
    }

    /// Columns of the identifier and of the name.
    pub fn columns(&self) -> [&'static Column; 2] {
        self.by.map(Column::named)
    }

    /// The sign-ins that it counts, of those of a query with a stretch of time and filters.
    pub fn of(&self, query: Query) -> Query {
        let query = Query {
            tab: self.tab,
            noise: None,
            ..query
        };
        match self.only {
            Some((column, value)) => {
                query.with_filter(Filter::new(Column::named(column), Operator::Equal, [value]))
            }
            None => query,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reports_are_known_by_their_names_and_count_what_there_is() {
        for report in &REPORTS {
            assert_eq!(Report::of_id(report.id), Some(report));
            // Columns that do not exist would not come so far.
            assert!(
                report
                    .columns()
                    .iter()
                    .all(|column| column.tabs.has(report.tab))
            );
            assert!(!report.measures.is_empty());
        }
        assert_eq!(Report::of_id("nothing"), None);
    }
}
