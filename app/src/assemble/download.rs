//! The download menu of a query.

use chrono::{DateTime, Utc};
use model::download::{Format, PATH, PortalFile};
use model::present;
use model::query::Query;
use model::tab::Tabs;

use crate::text::download as text;
use crate::view::download::{DownloadLink, DownloadMenu};
use crate::viewer::sight;
use model::answer::Counts;

/// What can be downloaded of what a query finds.
pub fn menu(query: &Query, counts: Option<&Counts>, now: DateTime<Utc>) -> DownloadMenu {
    let query = Query {
        after: None,
        widths_px: Vec::new(),
        ..query.without_row()
    };
    let links = |formats: &[Format]| {
        let formats = formats.iter().copied();
        let seen = formats.filter(|format| sight().people || !format.is_of_records());
        seen.map(|format| link(&query, counts, format, now))
            .collect()
    };
    DownloadMenu {
        number: rows(counts, query.tabs()).map_or_else(String::new, text::number),
        of_columns: links(&[Format::Csv, Format::Xlsx, Format::Parquet]),
        of_records: links(&[Format::Json, Format::Ndjson, Format::Graph]),
        portal: links(&[Format::PortalZip]),
        portal_files: links(&PortalFile::ALL.map(Format::Portal)),
    }
}

fn link(
    query: &Query,
    counts: Option<&Counts>,
    format: Format,
    now: DateTime<Utc>,
) -> DownloadLink {
    let tabs = format.tabs(query.tabs());
    // The number of most stands over the menu; the lines of steps are not counted.
    let is_counted = matches!(
        format,
        Format::PortalZip | Format::Portal(PortalFile::SignIns(_))
    );
    let number = is_counted.then(|| rows(counts, tabs)).flatten();
    let word = format.as_str();
    let address = match query.to_text() {
        text if text.is_empty() => format!("{PATH}?format={word}"),
        text => format!("{PATH}?format={word}&{text}"),
    };
    DownloadLink {
        name: text::name(format),
        help: text::help(format),
        number: number.map(present::count),
        file: format.file_name(query, tabs, now),
        address,
    }
}

/// How many sign-ins of some kinds there are.
fn rows(counts: Option<&Counts>, tabs: Tabs) -> Option<u64> {
    counts.map(|counts| counts.of_tabs(tabs))
}
