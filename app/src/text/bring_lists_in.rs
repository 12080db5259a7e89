//! Words of the form that brings lists in that stand beside the log.

/// Heading.
pub const TITLE: &str = "Lists beside the log";
/// What can be brought in.
pub const HELP: &str = "Which methods people registered, registrations and resets, whether relying parties of AD FS can move, and when credentials expire: Microsoft Graph's answers to reports/authenticationMethods/userRegistrationDetails, userEventsSummary, reports/getRelyingPartyDetailedSummary and reports/appCredentialSignInActivities, or the portal's CSV of the same.";
/// Label of the field for files.
pub const FILES: &str = "Files with lists";
/// Sends them.
pub const SEND: &str = "Bring in";
/// Leads to those that are here.
pub const LISTS: &str = "Lists that are here";
