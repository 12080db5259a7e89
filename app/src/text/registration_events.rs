//! Words of *Registration and reset events*.

/// What is listed.
pub const LEDE: &str = "What people registered for multifactor authentication and self-service reset, and what they reset, as imported lists say it.";
/// Columns behind the person.
pub const COLUMNS: [&str; 6] = [
    "User",
    "Date",
    "Feature",
    "Method used",
    "Status",
    "Reason for failure",
];
/// Label of the choice of a feature.
pub const FEATURE: &str = "Feature";
/// The features.
pub const FEATURES: [(&str, &str); 3] = [
    ("", "Any"),
    ("registration", "Registration"),
    ("reset", "Reset"),
];
/// Label of the choice of a method.
pub const METHOD: &str = "Method used";
/// Label of the choice by outcome.
pub const STATUS: &str = "Status";
/// The outcomes.
pub const OUTCOMES: [(&str, &str); 3] =
    [("", "Any"), ("success", "Success"), ("failure", "Failure")];
/// It worked.
pub const SUCCESS: &str = "Success";
/// It did not.
pub const FAILURE: &str = "Failure";
/// Nothing matches.
pub const NONE_FOUND: &str = "No event of this range matches that.";

/// A feature in the portal's words; others as they come.
pub fn feature(word: &str) -> String {
    match word.to_lowercase().as_str() {
        "registration" => "Registration".to_owned(),
        "reset" => "Reset".to_owned(),
        _ => word.to_owned(),
    }
}
