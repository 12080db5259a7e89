//! Words of the pane that reads one sign-in.

use model::present::count;

/// Closes the pane.
pub const CLOSE: &str = "Close";
/// Copies the address of the pane.
pub const COPY_LINK: &str = "Copy link";
/// Copies the record.
pub const COPY_JSON: &str = "Copy as JSON";
/// To the row above.
pub const PREVIOUS: &str = "Previous sign-in";
/// To the row below.
pub const NEXT: &str = "Next sign-in";
/// Makes the pane wider, or as wide as it was.
pub const WIDE: &str = "Wide pane";
/// To the comparison.
pub const COMPARE: &str = "Compare with last success";
/// Name of the pane's tabs.
pub const DETAILS: &str = "Details";
/// Name of the strip of steps.
pub const STRIP: &str = "Steps of this sign-in";
/// Value of a field that has none.
pub const NONE: &str = "None";
/// What was not recorded.
pub const NOT_RECORDED: &str = "Not recorded";
/// Fold with the record.
pub const RECORD: &str = "Record as it came";
/// Heading of where the record came from.
pub const ORIGIN: &str = "Where this came from";
/// Label of the file or feed.
pub const ORIGIN_FILE: &str = "File";
/// Label of the format.
pub const ORIGIN_SHAPE: &str = "Format";
/// Label of the moment when it was stored.
pub const ORIGIN_STORED: &str = "Stored";
/// Label of the moment when the source wrote it.
pub const ORIGIN_EMITTED: &str = "Written by the source";
/// Label of the number of earlier versions.
pub const ORIGIN_VERSIONS: &str = "Earlier versions kept";
/// Heading when the request ID is unknown.
pub const UNKNOWN_ROW: &str = "No sign-in has this request ID";
/// What to do then.
pub const UNKNOWN_ROW_HELP: &str = "It was not imported here, or its day is no longer kept.";
/// Heading when reading failed.
pub const ROW_FAILED: &str = "Could not read this sign-in";
/// A sign-in that names nobody and nothing.
pub const SIGN_IN: &str = "Sign-in";

/// Verb of a value: what has it.
pub const ONLY: &str = "Only";
/// Verb of a value: what has it not.
pub const WITHOUT: &str = "Without";
/// Verb of a value.
pub const COPY: &str = "Copy";

/// Label of whether access is looked at again while a token lives.
pub const CONTINUOUS_ACCESS: &str = "Continuous access evaluation";
/// The portal's label of the text beside the failure reason.
pub const ADDITIONAL_DETAILS: &str = "Additional Details";
/// Heading of the device that runs the Authenticator app.
pub const AUTHENTICATOR: &str = "Authenticator app";
/// Heading of named networks.
pub const NETWORKS: &str = "Networks";
/// Link to the page about a code.
pub const MEANING_PAGE: &str = "Open in the error book";
/// Word of the error book about success.
pub const NO_LOCATION: &str = "This record says nothing about a place.";
/// Word of the tab of the device where there is none.
pub const NO_DEVICE: &str = "This record says nothing about a device.";
/// Word of the tab of further details where there are none.
pub const NO_ADDITIONAL: &str = "This record has no additional details.";
/// Word of the first tab where there is nothing.
pub const NO_BASICS: &str = "This record has none of the known fields.";

/// Heading of the rows of the processing.
pub const PROCESSING: &str = "Authentication processing details";
/// Heading of custom authentication extensions.
pub const LISTENERS: &str = "Custom authentication extensions";
/// Heading of the private link.
pub const PRIVATE_LINK: &str = "Private link";
/// Heading of resources that Conditional Access looked at.
pub const AUDIENCES: &str = "Resources that Conditional Access looked at";
/// Heading of properties that are not known.
pub const OTHER: &str = "Further properties of the record";

/// Heading of the policies that asked for a step.
pub const REQUIRED_BY: &str = "Authentication Policies Applied";
/// Label of a policy that asked for a step.
pub const REQUIRED_FIELD: &str = "Required by";
/// Label of a policy that ended the session.
pub const SESSION_FIELD: &str = "Session lifetime";
/// Heading of the policies that ended the session.
pub const SESSION_POLICIES: &str = "Session Lifetime Policies Applied";
/// Heading of the authentication contexts.
pub const CONTEXTS: &str = "Authentication contexts";
/// Heading of the steps.
pub const STEPS: &str = "Authentication steps";
/// Columns of the table of steps.
pub const STEP_COLUMNS: [&str; 6] = [
    "Date",
    "Authentication method",
    "Authentication method detail",
    "Succeeded",
    "Result detail",
    "Requirement",
];
/// A step that went well, where its result does not say it.
pub const SUCCEEDED: &str = "Succeeded";
/// One that did not.
pub const FAILED: &str = "Failed";
/// When there are none.
pub const NO_STEPS: &str = "This record has no authentication steps.";
/// Why there are none, for people.
pub const NO_STEPS_OF_PEOPLE: &str = "Exports of Graph v1.0 and portal CSV files leave them out; Graph beta and diagnostic settings have them.";
/// Why there are none, for workloads.
pub const NO_STEPS_OF_WORKLOADS: &str = "Workloads prove themselves with a credential, in one go.";
/// A record that is an early one.
pub const NOTE_YOUNG: &str = "This record was stored less than 2 hours after the sign-in: steps may still be missing, and a later version of the record would replace this one.";
/// No first factor.
pub const NOTE_NO_PRIMARY: &str = "No primary authentication is recorded. It can be missing in a record that was written soon after the sign-in.";
/// A claim in the token.
pub const NOTE_CLAIM: &str = "“Satisfied by claim in the token” means that nobody was asked: an earlier sign-in counted. Soon after the sign-in it can stand there before the real step arrives.";

/// Columns of the table of policies.
pub const POLICY_COLUMNS: [&str; 4] = [
    "Policy name",
    "Grant controls",
    "Session controls",
    "Result",
];
/// Columns of the details of a policy.
pub const CONDITION_COLUMNS: [&str; 3] = ["Assignment", "This sign-in", "Policy"];
/// A policy without a name.
pub const UNNAMED_POLICY: &str = "Policy without a name";
/// Name of the details of a policy.
pub const POLICY_ID: &str = "Policy ID";
/// No policy at all.
pub const NO_POLICIES: &str = "This record lists no Conditional Access policies.";
/// Why.
pub const NO_POLICIES_WHY: &str =
    "None was looked at, or the account that exported it was not allowed to read policies.";
/// No policy that is only reported on.
pub const NO_REPORT_ONLY: &str = "This record lists no policies in report-only mode.";
/// A condition that held.
pub const MATCHED: &str = "Matched";
/// A condition that did not hold.
pub const NOT_MATCHED: &str = "Not matched";
/// A condition that the policy does not have.
pub const NOT_CONFIGURED: &str = "Not configured";
/// A condition that the record is silent about, of a policy that did not apply.
pub const NOT_REACHED: &str = "Not configured or not reached";
/// A control that was met.
pub const SATISFIED: &str = "Satisfied";
/// A control that was not met.
pub const NOT_SATISFIED: &str = "Not satisfied";
/// A control that was one of several, of which enough were met.
pub const SATISFIED_TOGETHER: &str = "Satisfied, with the others";
/// A control of a policy that did not apply.
pub const NOT_APPLIED: &str = "Not applied";
/// A session control of a policy that applied.
pub const APPLIED: &str = "Applied";
/// The control that lets nobody in.
pub const BLOCKED: &str = "Blocked";
/// The control that would let nobody in.
pub const WOULD_BLOCK: &str = "Would block";
/// About a policy whose conditions are not in the record.
pub const NOTE_NO_CONDITIONS: &str = "This record does not say which conditions matched: Graph v1.0 and portal exports leave that out.";
/// About a policy that did not apply.
pub const NOTE_NOT_APPLIED: &str = "A policy is looked at until one condition does not match; what comes after that is not recorded.";
/// About controls of which it is not known which one failed.
pub const NOTE_CONTROLS: &str = "The record says what the policy came to as a whole. Which control decided is read from the steps and the device where they prove it.";
/// Rows of conditions beside the names of the schema.
pub const CONDITION_USER: &str = "User";
/// The workload.
pub const CONDITION_WORKLOAD: &str = "Service principal";

/// Tab of the sign-ins with the same correlation ID.
pub const TIMELINE: &str = "Timeline";
/// Above them.
pub const TIMELINE_ABOUT: &str =
    "Sign-ins of every kind with the same correlation ID, oldest first.";
/// Where the record has no correlation ID.
pub const NO_CORRELATION: &str =
    "This record has no correlation ID, so nothing can be put beside it.";
/// Link to the comparison with one of them.
pub const COMPARE_WITH_THIS: &str = "Compare with the open one";
/// The one that is open.
pub const THIS_ONE: &str = "this sign-in";

/// Tab of the versions.
pub const VERSIONS: &str = "Versions";
/// The version that counts.
pub const PRESENT_VERSION: &str = "Current";
/// Above the first version.
pub const FIRST_VERSION: &str = "First version";
/// Above what changed.
pub const CHANGED: &str = "Changed since the version before";
/// Fold with what did not change.
pub const UNCHANGED_NOTE: &str = "The known fields are the same; the records differ elsewhere.";
/// Columns of the changes.
pub const CHANGE_COLUMNS: [&str; 3] = ["Field", "Before", "This version"];
/// Above the versions.
pub const VERSIONS_ABOUT: &str = "Entra ID writes a record again when steps or risk are known later. Every version that came in is kept.";

/// From the details of a policy to other sign-ins.
pub const POLICY_APPLIED: &str = "Sign-ins where this policy applied";
/// From the details of a policy to other sign-ins.
pub const POLICY_RESULT: &str = "Sign-ins with this result of it";
/// From the details of a policy to where it is kept.
pub const POLICY_ELSEWHERE: &str = "Open in the Entra admin center";

/// Title of the comparison with the last success.
pub const LAST_SUCCESS: &str = "Compared with the last success";
/// Title of the comparison with a chosen sign-in.
pub const CHOSEN: &str = "Compared with another sign-in";
/// Back from there.
pub const BACK_TO_DETAILS: &str = "Back to the details";
/// Column of the open one.
pub const THIS: &str = "This sign-in";
/// Column of the last success.
pub const LAST: &str = "Last success";
/// Column of a chosen one.
pub const OTHER_ONE: &str = "The other one";
/// Column of the names.
pub const FIELD: &str = "Field";
/// Mark of a field that differs.
pub const DIFFERS: &str = "Differs";
/// When nothing does.
pub const NOTHING_DIFFERS: &str = "No known field differs.";
/// Name of the table of what differs.
pub const DIFFERENCES: &str = "Fields that differ";
/// When there is no success.
pub const NO_LAST_SUCCESS: &str =
    "No successful sign-in of the same account before this one was imported here.";
/// When nobody is named.
pub const NOBODY_NAMED: &str =
    "This record names no account whose last success could be looked for.";
/// When the other request ID is unknown.
pub const NO_OTHER: &str = "No sign-in has the request ID to compare with. It was not imported here, or its day is no longer kept.";
/// When the other one is the open one.
pub const SAME_ONE: &str = "This is the same sign-in: there is nothing to compare.";

/// Title of the pane.
pub fn who_to_what(who: Option<&str>, what: Option<&str>) -> String {
    match (who, what) {
        (Some(who), Some(what)) => format!("{who} to {what}"),
        (Some(one), None) | (None, Some(one)) => one.to_owned(),
        (None, None) => SIGN_IN.to_owned(),
    }
}

/// Under a record that is too long to show.
pub fn left_out(characters: usize) -> String {
    format!(
        "{} further characters are not shown.",
        count(characters as u64)
    )
}

/// Where a row stands among all.
pub fn position(number: u64, all: u64) -> String {
    format!("{} of {}", count(number), count(all))
}

/// Name of a verb.
pub fn verb(verb: &str, value: &str) -> String {
    format!("{verb} {value}")
}

/// Fold about an error code.
pub fn meaning_of(code: &str) -> String {
    format!("What {code} means")
}

/// Fold with the fields that have no value.
pub fn empty_fields(number: usize) -> String {
    match number {
        1 => "1 field without a value".to_owned(),
        _ => format!("{number} fields without a value"),
    }
}

/// Above the policies.
pub fn policies(all: usize, applied: usize, failed: usize) -> String {
    let looked_at = match all {
        1 => "1 policy was looked at".to_owned(),
        _ => format!("{all} policies were looked at"),
    };
    match (applied, failed) {
        (0, _) => format!("{looked_at}; none applied."),
        (_, 0) => format!("{looked_at}; {applied} applied and none of them stood in the way."),
        _ => format!("{looked_at}; {applied} applied, of which {failed} stood in the way."),
    }
}

/// Above the policies in report-only mode.
pub fn report_only_policies(all: usize, would: usize) -> String {
    let looked_at = match all {
        1 => "1 policy in report-only mode was looked at".to_owned(),
        _ => format!("{all} policies in report-only mode were looked at"),
    };
    match would {
        0 => format!("{looked_at}; none would have stood in the way."),
        _ => format!("{looked_at}; {would} would have stood in the way or asked for more."),
    }
}

/// Under a timeline that is too long.
pub fn more_events(number: u64) -> String {
    format!("{} more are not shown.", count(number))
}

/// A stretch of time after the event before it.
pub fn later(duration: &str) -> String {
    format!("{duration} later")
}

/// Tab of the versions with their number.
pub fn versions(number: usize) -> String {
    format!("{VERSIONS} ({number})")
}

/// Name of a version.
pub fn version_of(number: usize, all: usize) -> String {
    format!("Version {number} of {all}")
}

/// How much a version changed.
pub fn changes(number: usize) -> String {
    match number {
        0 => "No known field changed".to_owned(),
        1 => "1 field changed".to_owned(),
        _ => format!("{number} fields changed"),
    }
}

/// Heading over what differs.
pub fn differences(number: usize) -> String {
    match number {
        0 => NOTHING_DIFFERS.to_owned(),
        1 => "1 field differs".to_owned(),
        _ => format!("{number} fields differ"),
    }
}

/// Fold with what any two sign-ins differ in.
pub fn always_different(number: usize) -> String {
    format!("{number} moments and numbers that any two sign-ins differ in")
}

/// Fold with what is the same.
pub fn same(number: usize) -> String {
    match number {
        1 => "1 field is the same".to_owned(),
        _ => format!("{number} fields are the same"),
    }
}

/// Name of the verdict.
pub const WHY: &str = "Why?";
/// In front of who acts next.
pub const WHO_ACTS: &str = "Next:";
/// Fold with what the verdict was worked out from.
pub const FIELDS_USED: &str = "Fields used";
/// The place of an event among more than were looked at.
pub fn event_of_many(least: usize) -> String {
    format!("One of at least {least} events of this sign-in")
}

/// Before the links to the other events of a sign-in.
pub fn event_of(number: usize, all: usize) -> String {
    format!("Event {number} of {all} of this sign-in")
}
/// An event beside the open one: how it ended, and how far away it is.
pub fn event_beside(status: &str, code: Option<i64>, away: &str, is_before: bool) -> String {
    let code = code
        .filter(|code| *code != 0)
        .map(|code| format!(" {code}"));
    let code = code.unwrap_or_default();
    match is_before {
        true => format!("{status}{code}, {away} before"),
        false => format!("{status}{code}, {away} later"),
    }
}
/// The link to all that have the same correlation ID.
pub const ALL_EVENTS: &str = "All in the timeline";

/// While more of the record may come.
pub const SETTLING: &str = "Still settling: this record was stored soon after the sign-in, and steps are missing or under way in it. Entra fills them in later; the newer version takes its place when it is imported.";

/// How certain the verdict is.
pub fn certainty(word: &str, fields: usize) -> String {
    match fields {
        1 => format!("{word}, from 1 field"),
        fields => format!("{word}, from {fields} fields"),
    }
}

/// Link to the error book.
pub fn error(code: i64) -> String {
    format!("Error {code}")
}

/// Link to the sign-ins of the same day with the same error, this one among them.
pub fn alike(all: u64) -> String {
    format!("All {} like this that day", count(all))
}
