//! Words of *Authentication methods activity*: what its pages have in common, and the one about registration.

use model::present::count;
use model::registration::Flag;

use crate::view::registration::{InsightsTab, Missing};

/// Title of all of them.
pub const TITLE: &str = "Authentication methods activity";
/// Name of the tabs.
pub const TABS: &str = "Views";
/// What the page counts.
pub const LEDE: &str = "What people can do and which methods they registered, as lists of Entra ID say that were imported here. Sign-ins do not say it.";
/// Name of the choice of people.
pub const TYPES: &str = "People";
/// Name of the choice of roles.
pub const ROLES: &str = "Roles";
/// Heading of the methods.
pub const METHODS: &str = "Users registered by authentication method";
/// Below them.
pub const METHODS_NOTE: &str = "One person can have several.";
/// Where no list says the methods.
pub const NO_METHODS_KNOWN: &str = "No list that is here says which methods people registered.";
/// Heading of recent registrations.
pub const RECENT: &str = "Recent registration by authentication method";
/// None was recent.
pub const NO_RECENT: &str = "Nothing was registered in this range.";
/// Where a method is not said.
pub const NO_METHOD: &str = "Method not said";
/// Legend of those that worked.
pub const REGISTERED: &str = "Registered";
/// Legend of those that did not.
pub const FAILED: &str = "Failed";
/// Heading of those who administer.
pub const ADMINS: &str = "Privileged admins without a phishing-resistant method";
/// All of them have one.
pub const ADMINS_FINE: &str = "Every admin in the lists has a phishing-resistant method.";
/// Columns of that table.
pub const ADMIN_COLUMNS: [&str; 3] = ["Admin", "Default method", "Last sign-in"];
/// Somebody without a sign-in.
pub const NEVER: &str = "None in this range";
/// All of those.
pub const ALL_ADMINS: &str = "See all";
/// It could not be read.
pub const FAILED_TITLE: &str = "Could not read the lists";
/// Above what sign-ins say.
pub const PROVEN: &str = "What sign-ins show in the meantime";
/// What that means.
pub const PROVEN_HELP: &str = "Counted from the sign-ins of this range, not from a list: who signed in by hand and succeeded, and what they used. Who registered a method and did not use it is missing, and so is who did not sign in.";
/// No sign-in shows any.
pub const PROVEN_NONE: &str =
    "No successful sign-in of this range says a method other than the password.";
/// Below these methods.
pub const PROVEN_NOTE: &str = "People by method among the steps of their successful sign-ins.";
/// How many of them cannot be said.
pub const NOT_COUNTED: &str = "How many people these are is not known exactly in this range.";
/// Leads to where lists are brought in.
pub const BRING_IN: &str = "Bring a list in";
/// Leads to the lists that are here.
pub const LISTS: &str = "Imported lists";
/// Says that Entra ID counted.
pub const SUMMARY: &str =
    "Counted by Entra ID: without a list of people, nobody can be opened from these numbers.";
/// In front of the portal's way to a list.
pub const PORTAL: &str = "In the Entra admin center:";
/// In front of Graph's address of a list.
pub const GRAPH: &str = "From Microsoft Graph:";
/// What asking Graph takes.
pub const GRAPH_HELP: &str = "It takes AuditLog.Read.All and the role Reports Reader. Save the answer, all pages of it, as JSON.";
/// Behind a number of days that Entra ID was asked for.
pub const UNKNOWN_PERIOD: &str = "From a summary that does not say its period.";

/// No list of people is here.
pub const NO_PEOPLE: Missing = Missing {
    title: "No list of people's methods is here yet",
    portal: "Authentication methods, User registration details, Download",
    graph: "GET /v1.0/reports/authenticationMethods/userRegistrationDetails",
};
/// No list of events is here.
pub const NO_EVENTS: Missing = Missing {
    title: "No list of registrations and resets is here yet",
    portal: "Authentication methods, Registration and reset events, Download",
    graph: "GET /beta/reports/authenticationMethods/userEventsSummary",
};

/// A tab.
pub const fn tab(tab: InsightsTab) -> &'static str {
    match tab {
        InsightsTab::Registration => "Registration",
        InsightsTab::Usage => "Usage",
        InsightsTab::Details => "User registration details",
        InsightsTab::Events => "Registration and reset events",
    }
}

/// A choice of people.
pub fn types(id: &str) -> &'static str {
    match id {
        "member" => "Members",
        "guest" => "Guests",
        _ => "Everyone",
    }
}

/// A choice of roles.
pub fn roles(id: &str) -> &'static str {
    match id {
        "admin" => "Privileged admins",
        "user" => "Users",
        _ => "All roles",
    }
}

/// Name of a tile.
pub const fn capable(flag: Flag) -> &'static str {
    match flag {
        Flag::PasswordlessCapable => "Capable of passwordless",
        Flag::ResetCapable => "Capable of self-service reset",
        _ => "Capable of multifactor",
    }
}

/// How many of how many.
pub fn of(number: u64, all: u64) -> String {
    format!("{} of {}", count(number), count(all))
}

/// Those who are, for readers of the page aloud.
pub fn are(name: &str, number: u64, all: u64) -> String {
    format!("{name}: {}", of(number, all))
}

/// Those who are not.
pub fn are_not(number: u64) -> String {
    match number {
        1 => "1 person is not".to_owned(),
        _ => format!("{} people are not", count(number)),
    }
}

/// Those of whom it is not said.
pub fn unknown(number: u64) -> String {
    match number {
        1 => "not said of 1 person".to_owned(),
        _ => format!("not said of {} people", count(number)),
    }
}

/// Of when something is: the moment stands between the two.
pub fn as_of(origin: &str) -> [String; 2] {
    let from = match origin {
        "" => String::new(),
        origin => format!(" from {origin}"),
    };
    ["As of ".to_owned(), format!("{from}, imported ")]
}

/// People who are in older lists alone.
pub fn outdated(number: u64) -> String {
    match number {
        1 => "1 person is not in the newest list and may have left".to_owned(),
        _ => format!(
            "{} people are not in the newest list and may have left",
            count(number)
        ),
    }
}

/// Administrators of whom no list says the methods.
pub fn admins_unknown(number: u64) -> String {
    format!("Of {} more no list says the methods.", count(number))
}

/// How many failed, behind how many worked.
pub fn failed(number: u64) -> String {
    format!("{} failed", count(number))
}

/// What sign-ins say of multifactor.
pub fn proven(with_two: u64, all: u64) -> String {
    format!(
        "{} of {} people who signed in by hand had to give two factors, and did.",
        count(with_two),
        count(all)
    )
}

/// The period of a summary.
pub fn period(period: &str) -> String {
    match period {
        "D1" => "Counted by Entra ID over 24 hours.".to_owned(),
        "D7" => "Counted by Entra ID over 7 days.".to_owned(),
        "D30" => "Counted by Entra ID over 30 days.".to_owned(),
        _ => UNKNOWN_PERIOD.to_owned(),
    }
}
