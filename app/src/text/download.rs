//! Words of the download menu and of downloads under way.

use model::download::Format;
use model::present::count;

use super::sign_ins::sign_ins;

/// Command: opens the menu.
pub const DOWNLOAD: &str = "Download";
/// Which rows are in the files.
pub const WHICH: &str =
    "Each by itself, under the present filters, in the present order. No limit.";
/// Group: files of the columns of the grid.
pub const OF_COLUMNS: &str = "These columns";
/// Group: files of whole records.
pub const OF_RECORDS: &str = "Whole records";
/// Group: the files of the portal's CSV download.
pub const OF_PORTAL: &str = "The portal's CSV files";
/// Fold with each of them.
pub const ONE_OF_PORTAL: &str = "One of the six alone";
/// Name of the progress bar.
pub const PROGRESS: &str = "Rows sent";

/// What a format is called in the menu.
pub const fn name(format: Format) -> &'static str {
    match format {
        Format::Portal(file) => file.stem(),
        Format::PortalZip => "All six in a zip",
        Format::Csv => "CSV",
        Format::Xlsx => "Excel workbook",
        Format::Parquet => "Parquet",
        Format::Json => "JSON",
        Format::Ndjson => "NDJSON",
        Format::Graph => "Graph JSON",
    }
}

/// What a format is good for, in a line.
pub const fn help(format: Format) -> &'static str {
    match format {
        Format::Portal(_) => "",
        Format::PortalZip => "All kinds, all columns; can be imported again",
        Format::Csv => "Worded as in the grid; safe to open in a spreadsheet",
        Format::Xlsx => "Dates and numbers as such; texts never run",
        Format::Parquet => "Typed columns for data tools",
        Format::Json => "Every record as it came, in one array",
        Format::Ndjson => "Every record as it came, one a line",
        Format::Graph => "Every record in Graph's form, like the portal's JSON",
    }
}

/// "4,812 sign-ins".
pub fn number(rows: u64) -> String {
    format!("{} {}", count(rows), sign_ins(rows))
}

/// A download whose rows are being counted.
pub const PREPARING: &str = "Preparing";

/// How far a download is.
pub fn sent_of(written: u64, rows: u64) -> String {
    format!("{} of {} rows", count(written), count(rows))
}

/// A download that was sent.
pub fn done(rows: u64) -> String {
    match rows {
        1 => "Done: 1 row".to_owned(),
        rows => format!("Done: {} rows", count(rows)),
    }
}

/// A download that ended too early.
pub const BROKEN: &str =
    "Ended before it was complete. What was saved is only a part; start it again.";
/// Beside the name of a file whose download begins, said aloud.
pub const BEGINS: &str = "Download begins: ";
