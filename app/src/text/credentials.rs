//! Words about credentials of applications.

/// Heads of the columns that stand beside sign-ins, and whether they stand over numbers or moments.
pub const COLUMNS: [(&str, bool); 4] = [
    ("Kind", false),
    ("Expires", true),
    ("To look at", false),
    ("New networks", true),
];
/// No sign-in of the range used it.
pub const UNUSED: &str = "Not used in this range";
/// Its time is over.
pub const EXPIRED: &str = "Expired";
/// Where nothing was imported.
pub const MISSING: &str = "When credentials expire, and which are not used at all, stands in Graph's answer to reports/appCredentialSignInActivities. Bring it in to see it here.";

/// A list says that it was used within the range, and no sign-in here does.
pub fn used_elsewhere(moment: &str) -> String {
    format!("Used on {moment}, says the list; that sign-in is not here")
}

/// How soon its time is over.
pub fn expires_in(days: i64) -> String {
    match days {
        0 => "Expires within a day".to_owned(),
        1 => "Expires in 1 day".to_owned(),
        days => format!("Expires in {days} days"),
    }
}
