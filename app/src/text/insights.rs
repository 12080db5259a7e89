//! Words of the reports of *Usage & insights*.

use model::present::count;

use crate::assemble::insights::Measure;
use crate::charts::buckets::BucketSize;

/// Title of the report on applications.
pub const APPLICATIONS: &str = "Application activity";
/// What it counts.
pub const APPLICATIONS_LEDE: &str = "Interactive sign-ins of people, by application, as Entra's own report counts them. The rate is successes among successes and failures: an interrupted sign-in is a step on the way to one of them.";
/// A line of it.
pub const APPLICATION: &str = "Application";
/// Title of the report on relying parties of AD FS.
pub const ADFS: &str = "AD FS application activity";
/// What it counts.
pub const ADFS_LEDE: &str = "Sign-ins at AD FS, by relying party: those whose token issuer type is AD FS. AD FS writes several records for some sign-ins. Whether a relying party is ready to move to Entra ID is known from imported lists alone.";
/// A line of it.
pub const RELYING_PARTY: &str = "Relying party";
/// Title of the report on services.
pub const SERVICE_PRINCIPALS: &str = "Service principal sign-in activity";
/// What it counts.
pub const SERVICE_PRINCIPALS_LEDE: &str =
    "Sign-ins of services, by service principal, with the first and the last of this range.";
/// A line of it.
pub const SERVICE_PRINCIPAL: &str = "Service principal";
/// Title of the report on credentials.
pub const CREDENTIALS: &str = "Application credential activity";
/// What it counts.
pub const CREDENTIALS_LEDE: &str = "Sign-ins of services, by the key ID of the credential they used. Before you remove a credential that is not here, make sure that all sign-ins of its service were imported: what is not stored here is not counted. When one expires is known from imported lists alone. A network is new where the credential was used from it for the first time in this range, and from others before.";
/// A line of it.
pub const CREDENTIAL: &str = "Credential";
/// Title of the report on policies.
pub const POLICIES: &str = "Conditional Access policies";
/// What it counts.
pub const POLICIES_LEDE: &str = "What each policy came to, over sign-ins of every kind. A sign-in counts for each policy that was looked at. Policies in report-only mode are counted by what they would have done. People and applications are those that a policy kept out, or would have, and those for which it would have asked for something.";
/// A line of it.
pub const POLICY: &str = "Policy";
/// Its columns.
pub const POLICY_COLUMNS: [&str; 10] = [
    "Met",
    "Not met",
    "Not applied",
    "Report-only: met",
    "Report-only: would block",
    "Report-only: would ask",
    "People kept out",
    "Applications kept out",
    "People it would ask",
    "Applications it would ask for",
];
/// Label of the field that looks for lines.
pub const FIND: &str = "Find a name or an ID";
/// Its button.
pub const FIND_BUTTON: &str = "Find";
/// Nothing was found.
pub const NONE: &str = "No sign-in of this range is counted here.";
/// Nothing fits.
pub const NONE_FOUND: &str = "Nothing has this name or ID.";
/// There are too many lines.
pub const TOO_MANY: &str = "There are too many lines to put together. Choose a shorter time.";
/// It could not be counted.
pub const FAILED_TITLE: &str = "Could not count the sign-ins";
/// Opens the sign-ins of a line.
pub const VIEW_ACTIVITY: &str = "View sign-in activity";
/// Closes the line that is open.
pub const CLOSE: &str = "Close";
/// Heading of the failures.
pub const FAILURES: &str = "Sign-in failures";
/// Columns of the failures.
pub const FAILURE_COLUMNS: [&str; 4] = ["Error", "Failure reason", "Count", "Last"];
/// None failed.
pub const NO_FAILURES: &str = "None failed.";
/// None is in the range.
pub const NO_SIGN_INS: &str = "No sign-in in this range.";
/// Files of a report.
pub const FILES: [(&str, &str); 2] = [("csv", "CSV"), ("json", "JSON")];
/// Label of the files.
pub const DOWNLOAD: &str = "Download";
/// A number that is not known exactly.
pub const NOT_KNOWN: &str = "Not counted";
/// Without a code.
pub const NO_CODE: &str = "None";

/// Head of a column.
pub const fn measure(measure: Measure) -> &'static str {
    match measure {
        Measure::All => "Sign-ins",
        Measure::Successful => "Successful sign-ins",
        Measure::Failed => "Failed sign-ins",
        Measure::Interrupted => "Interrupted",
        Measure::Rate => "Success rate",
        Measure::Users => "Users",
        Measure::Trend => "Trend",
        Measure::First => "First",
        Measure::Last => "Last",
    }
}

/// What small columns show.
pub fn trend(size: BucketSize, when: &str, most: u64) -> String {
    format!(
        "{}: most from {when}, {}",
        super::chart::per(size),
        count(most)
    )
}

/// How many lines there are.
pub fn lines(shown: usize, fitting: usize, all: usize) -> String {
    let number = |number: usize| count(number as u64);
    match (shown < fitting, fitting < all) {
        (true, _) => format!(
            "The first {} of {}; the files have all of them.",
            number(shown),
            number(fitting)
        ),
        (false, true) => format!("{} of {}", number(fitting), number(all)),
        (false, false) => format!("{} in all", number(all)),
    }
}

/// Sign-ins that name nothing.
pub fn nameless(number: u64) -> String {
    format!("{} without an ID or a name", count(number))
}
