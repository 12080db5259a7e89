//! Words of the pages about one user, address or application, and of the lists of them.

use model::Tab;
use model::present::count;
use model::query::Range;

use crate::text::frame;
use crate::text::sign_ins::sign_ins;
use crate::view::entity::{Kind, Listed};

/// List: applications.
pub const APPLICATIONS: &str = "Applications";
/// In front of an address, where the others have the name of their list.
pub const ADDRESSES: &str = "IP addresses";
/// List: people.
pub const PEOPLE: &str = "People";
/// List: places.
pub const PLACES: &str = "Places";
/// Under it.
pub const PLACES_NOTE: &str = "Place as the log has it: of the address, not of the person.";
/// List: resources.
pub const RESOURCES: &str = "Resources";
/// List: service principals.
pub const WORKLOADS: &str = "Service principals";
/// List: devices.
pub const DEVICES: &str = "Devices";
/// List: operating systems.
pub const SYSTEMS: &str = "Operating systems";
/// List: browsers.
pub const BROWSERS: &str = "Browsers";
/// List: client apps.
pub const CLIENT_APPS: &str = "Client apps";
/// Under it.
pub const CLIENT_APPS_NOTE: &str = "Legacy apps cannot ask for a second factor.";
/// Mark of such a client app.
pub const LEGACY: &str = "Legacy";
/// List: authentication requirements.
pub const REQUIREMENTS: &str = "Authentication requirement";
/// List: authentication methods.
pub const METHODS: &str = "Authentication methods";
/// Under it.
pub const METHODS_NOTE: &str = "A sign-in with several methods counts for each.";
/// List: credentials of applications.
pub const CREDENTIALS: &str = "Client credentials";
/// List: networks.
pub const NETWORKS: &str = "Networks, by autonomous system number";
/// List: error codes of failures.
pub const FAILURES: &str = "Failures by reason";
/// Under it.
pub const FAILURES_NOTE: &str = "Shares are of all failures.";
/// List: error codes of interruptions.
pub const INTERRUPTIONS: &str = "Interruptions by reason";
/// Under it.
pub const INTERRUPTIONS_NOTE: &str =
    "Shares are of all interruptions: steps of sign-ins that went on.";
/// Under a list that cannot be put together.
pub const TOO_MANY: &str = "There are too many to list. Choose a shorter time.";
/// Sign-ins without a value of a list.
pub const NOT_RECORDED: &str = "Not recorded";
/// Label of an identifier.
pub const USER_ID: &str = "User ID";
/// Label of an identifier, and of a column.
pub const USERNAME: &str = "Username";
/// Label of an address.
pub const ADDRESS: &str = "IP address";
/// Label of an identifier, and of a column.
pub const APPLICATION_ID: &str = "Application ID";
/// Label of an identifier.
pub const SERVICE_PRINCIPAL_ID: &str = "Service principal ID";
/// Name of the choice of ranges.
pub const RANGE: &str = "Time range";
/// The address says a time that is none.
pub const MISREAD_TIME: &str =
    "The time in this address was not understood: the last 30 days are shown.";
/// The address says a zone that is none.
pub const MISREAD_ZONE: &str = "The time zone in this address is not known.";
/// Shows moments in UTC.
pub const IN_UTC: &str = "Show times in UTC";
/// To the blade.
pub const OPEN_BLADE: &str = "Open in sign-in logs";
/// To the map.
pub const OPEN_MAP: &str = "Show on the map";
/// Tile: all sign-ins.
pub const SIGN_INS: &str = "Sign-ins";
/// Tile: the first one in the range.
pub const FIRST_SEEN: &str = "First in this range";
/// Tile, and column: the last one.
pub const LAST_IN_RANGE: &str = "Last in this range";
/// Tile: the first one of all time, as far as it was imported.
pub const FIRST_EVER: &str = "First seen here";
/// Tile: the last one of all time.
pub const LAST_EVER: &str = "Last seen here";
/// Column: the last one.
pub const LAST_SEEN: &str = "Last seen";
/// Column: those that failed.
pub const FAILED: &str = "Failed";
/// Column: share of those that worked.
pub const SUCCESS_RATE: &str = "Success rate";
/// Column: the name.
pub const NAME: &str = "Name";
/// Panel with the newest sign-ins.
pub const LATEST: &str = "Latest sign-ins";
/// Column of moments.
pub const DATE: &str = "Date";
/// Column of outcomes.
pub const STATUS: &str = "Status";
/// Column of reasons.
pub const REASON: &str = "Reason";
/// Column of places.
pub const LOCATION: &str = "Location";
/// Column of people.
pub const USER: &str = "User";
/// Column of applications.
pub const APPLICATION: &str = "Application";
/// Panel with the bars over time.
pub const ACTIVITY: &str = "Activity";
/// Fold with the same numbers as a table.
pub const AS_TABLE: &str = "Show as table";
/// Copies an identifier.
pub const COPY: &str = "Copy";
/// Heading where reading failed.
pub const FAILED_TITLE: &str = "Could not read the sign-ins";
/// Heading where the range has none.
pub const EMPTY_TITLE: &str = "No sign-ins at that time";
/// In front of the moment of the newest one.
pub const EMPTY_HELP: &str = "The newest one here is of ";
/// To all of them.
pub const EMPTY_ACTION: &str = "Show all time";
/// Heading of the page of an unknown name.
pub const UNKNOWN_TITLE: &str = "No sign-in has this name";
/// Searches in a list.
pub const FIND: &str = "Find";
/// Takes the search back.
pub const RESET_FIND: &str = "Show all";
/// Page before.
pub const BEFORE: &str = "Previous";
/// Page after.
pub const AFTER: &str = "Next";
/// Name of these two.
pub const PAGES: &str = "Pages";
/// Heading where nobody matches.
pub const NONE_FOUND: &str = "Nothing here has that name";

/// A range as a short choice.
pub fn range(range: Range) -> &'static str {
    match range {
        Range::Last24Hours => "24 hours",
        Range::Last7Days => "7 days",
        Range::Last1Month => "30 days",
        _ => "All time",
    }
}

/// Shows moments in the reader's zone.
pub fn in_zone(name: &str) -> String {
    format!("Show times in {name}")
}

/// Under everything: the clock of its times.
pub fn times_in(zone: &str) -> String {
    format!("Times and days in {zone}.")
}

/// A kind of sign-in as a choice or a word in a sentence.
pub fn kind_of_sign_in(tab: Tab) -> &'static str {
    match tab {
        Tab::Interactive => "Interactive",
        Tab::NonInteractive => "Non-interactive",
        Tab::ServicePrincipal => "Service principal",
        Tab::ManagedIdentity => "Managed identity",
    }
}

/// A name that is all there is of an identity.
pub fn looked_for_as(column: &str) -> &'static str {
    match column {
        "user_id" => USER_ID,
        "username" => USERNAME,
        "ip_address" => ADDRESS,
        "application_id" => APPLICATION_ID,
        "service_principal_id" => SERVICE_PRINCIPAL_ID,
        _ => NAME,
    }
}

/// Title of the list that a page belongs to.
pub fn list(kind: Kind) -> &'static str {
    match kind {
        Kind::User => frame::USERS,
        Kind::Address => ADDRESSES,
        Kind::Application => frame::APPLICATIONS,
    }
}

/// Other names of the same.
pub fn other_names(names: &[String]) -> String {
    format!("Also named {}.", names.join(", "))
}

/// A share in words: never 0% of some, never 100% of not all.
pub fn share(number: u64, of: u64) -> String {
    if number > 0 && number < of {
        let percent = u128::from(number) * 100 / u128::from(of);
        let rest = u128::from(number) * 100 % u128::from(of);
        return match percent {
            0 => "<1%".to_owned(),
            99 => ">99%".to_owned(),
            percent => format!("{}%", percent + u128::from(rest * 2 >= u128::from(of))),
        };
    }
    if number == 0 { "0%" } else { "100%" }.to_owned()
}

/// Link to values beyond those listed.
pub fn more(number: u64) -> String {
    format!("{} more", count(number))
}

/// Name of a link on a number.
pub fn number_of(number: u64, words: &str) -> String {
    format!("{} {} with {words}", count(number), sign_ins(number))
}

/// Beside a number: how many of them failed.
pub fn failed(number: u64) -> String {
    format!("{} failed", count(number))
}

/// Under the heading of the page of an unknown name.
pub fn unknown(kind: Kind, name: &str) -> String {
    match kind {
        Kind::User => format!(
            "Looked for “{name}” as a user ID, a username and a display name, at any time. It was not imported here, or its days are no longer kept."
        ),
        Kind::Address => format!(
            "Looked for sign-ins from “{name}”, at any time. None was imported here, or its days are no longer kept."
        ),
        Kind::Application => format!(
            "Looked for “{name}” as an ID and as a name of an application or a service principal, at any time. It was not imported here, or its days are no longer kept."
        ),
    }
}

/// Title of the page of a display name.
pub fn namesakes(all: u64, name: &str) -> String {
    match all {
        1 => format!("1 person has the name {name}"),
        _ => format!("{} people have the name {name}", count(all)),
    }
}

/// Under it.
pub const NAMESAKES_HELP: &str = "A display name may belong to several people, so the page of a person goes by username or user ID.";

/// Title of a list.
pub fn listed(listed: &Listed) -> &'static str {
    match listed {
        Listed::Users => frame::USERS,
        Listed::Applications => frame::APPLICATIONS,
        Listed::Groups => frame::GROUPS,
        Listed::Members(_) => PEOPLE,
    }
}

/// Which lines of a list are shown.
pub fn lines(first: u64, last: u64, matching: u64, all: u64, listed: &Listed) -> String {
    let things = match listed {
        Listed::Users => "users with sign-ins",
        Listed::Applications => "applications with sign-ins",
        Listed::Groups => "groups",
        Listed::Members(_) => "of its people with sign-ins",
    };
    let shown = match matching {
        0 => format!("0 of {}", count(all)),
        _ => format!("{} to {} of {}", count(first), count(last), count(matching)),
    };
    match matching == all || matching == 0 {
        true => format!("{shown} {things}"),
        false => format!("{shown} that match, {} {things} in all", count(all)),
    }
}

/// In the empty search field of a list.
pub fn find_hint(listed: &Listed) -> &'static str {
    match listed {
        Listed::Users | Listed::Members(_) => "Name or username",
        Listed::Applications => "Name or application ID",
        Listed::Groups => "Name of the group",
    }
}

/// Under a list: sign-ins that name nobody.
pub fn nameless(number: u64) -> String {
    let verb = if number == 1 { "names" } else { "name" };
    format!("{} {} {verb} none", count(number), sign_ins(number))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shares_are_honest_at_the_ends() {
        assert_eq!(share(0, 5), "0%");
        assert_eq!(share(1, 1_000), "<1%");
        assert_eq!(share(999, 1_000), ">99%");
        assert_eq!(share(5, 5), "100%");
        assert_eq!(share(2, 3), "67%");
        assert_eq!(share(0, 0), "0%");
        assert_eq!(share(u64::MAX - 1, u64::MAX), ">99%");
    }
}
