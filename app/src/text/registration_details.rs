//! Words of *User registration details*.

use model::present::count;
use model::registration::Flag;

use crate::assemble::insights::registration::details::DetailsOrder;

/// What is listed.
pub const LEDE: &str = "Person by person, what the newest imported list says. Capable is who registered a method that the policy allows.";
/// Label of the field that looks for people.
pub const FIND: &str = "Find a person";
/// Narrows the list.
pub const APPLY: &str = "Apply";
/// Takes all filters out.
pub const RESET: &str = "Show all";
/// Name of the filters.
pub const FILTERS: &str = "Filters";
/// Answers to a yes or no.
pub const ANSWERS: [(&str, &str); 4] = [
    ("", "Any"),
    ("yes", "Yes"),
    ("no", "No"),
    ("unknown", "Not said"),
];
/// Label of the choice of a method.
pub const METHOD: &str = "Method registered";
/// Label of the choice of a default method.
pub const DEFAULT_METHOD: &str = "Default method";
/// Narrows nothing.
pub const ANY_METHOD: &str = "Any";
/// Label of the choice by phishing-resistant methods.
pub const RESISTANT: &str = "Phishing-resistant";
/// Its answers.
pub const RESISTANT_ANSWERS: [(&str, &str); 3] =
    [("", "Any"), ("yes", "Has one"), ("no", "Has none")];
/// Label of the choice of people.
pub const TYPE: &str = "People";
/// Label of the choice of roles.
pub const ROLE: &str = "Roles";
/// Yes.
pub const YES: &str = "Yes";
/// No.
pub const NO: &str = "No";
/// No list says it.
pub const NOT_SAID: &str = "Not said";
/// Nothing is registered.
pub const NO_METHODS: &str = "None";
/// Somebody who administers.
pub const ADMIN: &str = "Admin";
/// A guest.
pub const GUEST: &str = "Guest";
/// Nobody matches.
pub const NONE_FOUND: &str = "Nobody in the lists matches that.";

/// Head of a column.
pub const fn column(order: DetailsOrder) -> &'static str {
    match order {
        DetailsOrder::Name => "User",
        DetailsOrder::Flag(Flag::PasswordlessCapable) => "Passwordless capable",
        DetailsOrder::Flag(Flag::ResetRegistered) => "Reset registered",
        DetailsOrder::Flag(Flag::ResetEnabled) => "Reset enabled",
        DetailsOrder::Flag(Flag::ResetCapable) => "Reset capable",
        DetailsOrder::Flag(_) => "Multifactor capable",
        DetailsOrder::Default => "Default method",
        DetailsOrder::Methods => "Methods registered",
        DetailsOrder::Updated => "Last updated",
    }
}

/// Which lines these are.
pub fn lines(first: u64, shown: u64, matching: u64, all: u64, one: &str, many: &str) -> String {
    let noun = if all == 1 { one } else { many };
    let whole = match matching < all {
        true => format!("{} of {} {noun}", count(matching), count(all)),
        false => format!("{} {noun}", count(all)),
    };
    match shown < matching {
        true => format!(
            "{} to {} of {whole}",
            count(first),
            count(first + shown - 1)
        ),
        false => whole,
    }
}
