//! Words of the import page.

use model::present::count;

/// Under the title.
pub const LEDE: &str = "Portal downloads, Graph or storage exports, Event Hub captures, zipped or not. \
    The format is recognised, what is already here is skipped, and what cannot be read is kept with the reason.";
/// Heading of the drop zone.
pub const DROP: &str = "Drop files to let them in";
/// What can be dropped.
pub const FORMATS: &str = "CSV, JSON, NDJSON, ZIP, GZ";
/// Button.
pub const IMPORT: &str = "Import";
/// Heading over the import of the address.
pub const THIS_IMPORT: &str = "This import";
/// While the files travel to the server.
pub const SENDING: &str = "Sending";
/// The files did not arrive.
pub const NOT_SENT: &str =
    "The files did not arrive. Check that the server is running and try again.";
/// Waits for another import.
pub const WAITING: &str = "Waits for another import to end";
/// Ended well.
pub const DONE: &str = "Done";
/// Ended early.
pub const FAILED: &str = "Stopped";
/// No import has this number.
pub const UNKNOWN: &str =
    "No import of this number since the server started. What it stored is still here.";
/// Link to the sign-ins of a file or an import.
pub const SHOW: &str = "Show these sign-ins";
/// Column: where a record stood.
pub const WHERE: &str = "Where";
/// Column: why it was refused.
pub const WHY: &str = "Why it was refused";
/// Column: its beginning.
pub const SAID: &str = "What it said";
/// Link to the bytes of one record.
pub const DOWNLOAD: &str = "Download";
/// Link to all refused records.
pub const DOWNLOAD_ALL: &str = "Download all as they were";
/// The list of imports could not be read.
pub const LIST_FAILED: &str = "Could not read the imports";

/// How far an import is.
pub fn progress(records: u64, elapsed_ms: u64) -> String {
    let seconds = elapsed_ms / 1_000;
    if seconds == 0 {
        format!("{} read", count(records))
    } else {
        format!(
            "{} read in {} s, {} a second",
            count(records),
            count(seconds),
            count(records / seconds)
        )
    }
}

/// Fold over the refused records of a file.
pub fn refused_records(number: u64) -> String {
    format!(
        "{} refused {}",
        count(number),
        if number == 1 { "record" } else { "records" }
    )
}

/// The files that are not listed.
pub fn not_listed(files: u64, new: u64, refused: u64) -> String {
    format!(
        "and {} more files, not listed here, with {} new sign-ins and {} refused records",
        count(files),
        count(new),
        count(refused)
    )
}

/// Line in a file.
pub fn line(number: u64) -> String {
    format!("line {}", count(number))
}

/// Name of an import in the list.
pub fn import_number(id: u64) -> String {
    format!("Import {id}")
}

/// From when to when.
pub fn span(first: &str, last: &str) -> String {
    if first == last {
        first.to_owned()
    } else {
        format!("{first} to {last}")
    }
}

/// The words after the number of new sign-ins.
pub fn rows_in(number: u64) -> &'static str {
    if number == 1 { "row in" } else { "rows in" }
}
