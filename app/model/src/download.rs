//! What can be downloaded of the sign-ins that a query finds, and what the files are called.

use chrono::{DateTime, Duration, Utc};

use crate::query::Query;
use crate::tab::{Tab, Tabs};

/// Address of downloads; the format and the query follow as a query string.
pub const PATH: &str = "/api/v1/signins/download";

/// A kind of file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// One of the files of the portal's CSV download.
    Portal(PortalFile),
    /// All six of them in a zip.
    PortalZip,
    /// The shown columns as CSV.
    Csv,
    /// The shown columns as a workbook.
    Xlsx,
    /// The shown columns, with their types.
    Parquet,
    /// The records as they came, as a JSON array.
    Json,
    /// The records as they came, one a line.
    Ndjson,
    /// The records as Graph writes sign-ins, as a JSON array: what the portal downloads as JSON.
    Graph,
}

/// One of the six files of the portal's CSV download.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PortalFile {
    /// Sign-ins of this kind.
    SignIns(Tab),
    /// The authentication steps of people's sign-ins of this kind.
    Steps(Tab),
}

impl PortalFile {
    /// The six files, in the portal's order.
    pub const ALL: [PortalFile; 6] = [
        PortalFile::SignIns(Tab::Interactive),
        PortalFile::Steps(Tab::Interactive),
        PortalFile::SignIns(Tab::NonInteractive),
        PortalFile::Steps(Tab::NonInteractive),
        PortalFile::SignIns(Tab::ServicePrincipal),
        PortalFile::SignIns(Tab::ManagedIdentity),
    ];

    /// The kind of sign-in that it is about.
    pub const fn tab(self) -> Tab {
        match self {
            PortalFile::SignIns(tab) | PortalFile::Steps(tab) => tab,
        }
    }

    /// What the portal's name of the file begins with.
    pub const fn stem(self) -> &'static str {
        match self {
            PortalFile::SignIns(tab) => stem_of(tab),
            PortalFile::Steps(Tab::NonInteractive) => "NonInteractiveSignIns_AuthDetails",
            PortalFile::Steps(_) => "InteractiveSignIns_AuthDetails",
        }
    }
}

const fn stem_of(tab: Tab) -> &'static str {
    match tab {
        Tab::Interactive => "InteractiveSignIns",
        Tab::NonInteractive => "NonInteractiveSignIns",
        Tab::ServicePrincipal => "ApplicationSignIns",
        Tab::ManagedIdentity => "MSISignIns",
    }
}

impl Format {
    /// Whether it has what no column holds.
    pub const fn is_of_records(self) -> bool {
        matches!(
            self,
            Format::Json
                | Format::Ndjson
                | Format::Graph
                | Format::PortalZip
                | Format::Portal(PortalFile::Steps(_))
        )
    }

    /// All formats, in the order in which they are offered.
    pub const ALL: [Format; 13] = [
        Format::PortalZip,
        Format::Portal(PortalFile::ALL[0]),
        Format::Portal(PortalFile::ALL[1]),
        Format::Portal(PortalFile::ALL[2]),
        Format::Portal(PortalFile::ALL[3]),
        Format::Portal(PortalFile::ALL[4]),
        Format::Portal(PortalFile::ALL[5]),
        Format::Csv,
        Format::Xlsx,
        Format::Parquet,
        Format::Json,
        Format::Ndjson,
        Format::Graph,
    ];

    /// The word in addresses.
    pub const fn as_str(self) -> &'static str {
        match self {
            Format::Portal(PortalFile::SignIns(Tab::Interactive)) => "portal-interactive",
            Format::Portal(PortalFile::SignIns(Tab::NonInteractive)) => "portal-noninteractive",
            Format::Portal(PortalFile::SignIns(Tab::ServicePrincipal)) => "portal-serviceprincipal",
            Format::Portal(PortalFile::SignIns(Tab::ManagedIdentity)) => "portal-managedidentity",
            Format::Portal(PortalFile::Steps(Tab::NonInteractive)) => "portal-noninteractive-steps",
            Format::Portal(PortalFile::Steps(_)) => "portal-interactive-steps",
            Format::PortalZip => "portal",
            Format::Csv => "csv",
            Format::Xlsx => "xlsx",
            Format::Parquet => "parquet",
            Format::Json => "json",
            Format::Ndjson => "ndjson",
            Format::Graph => "graph",
        }
    }

    /// Reads the word of [`Format::as_str`].
    pub fn parse(word: &str) -> Option<Format> {
        let mut all = Format::ALL.into_iter();
        all.find(|format| format.as_str() == word)
    }

    /// The kinds of sign-in that the file has, of those that are asked about: the portal has a file for each.
    pub const fn tabs(self, asked: Tabs) -> Tabs {
        match self {
            Format::Portal(file) => Tabs::only(file.tab()),
            Format::PortalZip => Tabs::ALL,
            _ => asked,
        }
    }

    /// Whether it has the columns that are shown, and no others.
    pub const fn has_columns(self) -> bool {
        matches!(self, Format::Csv | Format::Xlsx | Format::Parquet)
    }

    /// What its name ends with.
    pub const fn extension(self) -> &'static str {
        match self {
            Format::Portal(_) | Format::Csv => "csv",
            Format::PortalZip => "zip",
            Format::Xlsx => "xlsx",
            Format::Parquet => "parquet",
            Format::Json | Format::Graph => "json",
            Format::Ndjson => "ndjson",
        }
    }

    /// Name of the file: what it has, the days that it is about in UTC, and its kind. An open beginning has no
    /// day.
    pub fn file_name(self, query: &Query, tabs: Tabs, now: DateTime<Utc>) -> String {
        let mut of_tabs = Tab::ALL.into_iter().filter(|tab| tabs.has(*tab));
        let stem = match (self, of_tabs.next(), of_tabs.next()) {
            (Format::Portal(file), ..) => file.stem(),
            (_, Some(tab), None) => stem_of(tab),
            _ => "SignIns",
        };
        let columns = if self.has_columns() { "_Columns" } else { "" };
        let (from, to) = query.range.bounds(now);
        let from = from.map_or_else(String::new, |from| format!("_{}", from.date_naive()));
        // What ends at midnight has nothing of the day that begins then.
        let last = to.map_or(now, |to| to - Duration::microseconds(1));
        let (last, extension) = (last.date_naive(), self.extension());
        format!("{stem}{columns}{from}_{last}.{extension}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_come_back_as_their_format() {
        for format in Format::ALL {
            assert_eq!(Format::parse(format.as_str()), Some(format));
        }
        assert_eq!(Format::parse("pdf"), None);
    }

    #[test]
    fn names_say_what_the_file_has() {
        let now = crate::time::read("2026-11-24T10:42:00Z").expect("a moment");
        let name = |format: &str, text: &str| {
            let (query, _) = Query::parse(text);
            let format = Format::parse(format).expect("a format");
            format.file_name(&query, format.tabs(query.tabs()), now)
        };
        assert_eq!(
            name("portal-interactive", ""),
            "InteractiveSignIns_2026-11-23_2026-11-24.csv"
        );
        assert_eq!(
            name("portal-noninteractive-steps", "from=&tab=managedidentity"),
            "NonInteractiveSignIns_AuthDetails_2026-11-24.csv"
        );
        assert_eq!(
            name(
                "xlsx",
                "tab=serviceprincipal&from=2026-11-01T00:00:00Z&to=2026-11-03T00:00:00Z"
            ),
            "ApplicationSignIns_Columns_2026-11-01_2026-11-02.xlsx"
        );
        assert_eq!(name("portal", "from="), "SignIns_2026-11-24.zip");
        assert_eq!(
            name("ndjson", "tab=all&noise=silent"),
            "SignIns_2026-11-23_2026-11-24.ndjson"
        );
    }
}
