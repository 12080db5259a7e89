//! Words of My sign-ins. Whoever reads them may never have heard of Conditional Access.

use chrono::{Days, NaiveDate};
use model::Outcome;

use crate::assemble::my_sign_ins::Unusual;

/// Above the cards.
pub const LEDE: &str = "Sign-ins to your work account that somebody made by hand, newest first. Check that you \
    recognise the place and the device.";
/// Label of the search.
pub const FIND: &str = "App, place, device or IP";
/// Button of the search.
pub const FIND_BUTTON: &str = "Find";
/// Name of the choice of outcomes.
pub const SHOW: &str = "Show";
/// All outcomes.
pub const ALL: &str = "All";
/// Only those that failed.
pub const FAILED: &str = "Unsuccessful";
/// Heading over what is unusual.
pub const LOOKS: &str = "Worth a look";
/// Labels of what a card says.
pub const WHEN: &str = "When";
/// Label of the place.
pub const WHERE: &str = "Where";
/// What a place is worth.
pub const ROUGH: &str = "From the internet address; can be off by hundreds of km";
/// Label of the device.
pub const DEVICE: &str = "Device";
/// Label of the address.
pub const ADDRESS: &str = "IP address";
/// Label of the application.
pub const APP: &str = "App";
/// Label of the account.
pub const ACCOUNT: &str = "Account";
/// Label of the second step.
pub const SECOND_STEP: &str = "Second step";
/// Button of who recognises it.
pub const WAS_ME: &str = "This was me";
/// Button of who does not.
pub const WAS_NOT_ME: &str = "This wasn't me";
/// After the first.
pub const SAID_ME: &str = "You said that this was you.";
/// After the second: what to do.
pub const SAID_NOT_ME: &str = "You reported this one. Change your password now, on a device that you trust, and tell your \
    help desk. Whoever looks after security sees your report.";
/// Heading of the usual places.
pub const USUAL: &str = "Usual for you";
/// Heading of the advice.
pub const LOOK_AFTER: &str = "Look after your account";
/// Where the password is changed: Microsoft's page.
pub const CHANGE_PASSWORD: (&str, &str) = (
    "Change password",
    "https://mysignins.microsoft.com/security-info/password/change",
);
/// Where second steps are looked after: Microsoft's page.
pub const SECURITY_INFO: (&str, &str) = (
    "Security info: phone, passkeys",
    "https://mysignins.microsoft.com/security-info",
);
/// Who else sees this.
pub const OTHERS: &str = "Administrators of your organisation see these sign-ins too.";
/// The account belongs to no person.
pub const NO_PERSON: &str = "This account belongs to no person in the log";
/// What to do about it.
pub const NO_PERSON_HELP: &str = "An administrator can say whose sign-ins are yours: by your object ID in Entra ID, or your user principal name.";
/// No sign-in is here.
pub const NONE: &str = "No sign-in of yours is here yet";
/// Why.
pub const NONE_HELP: &str = "They appear once your organisation's log has been brought in.";
/// Nothing is found.
pub const NONE_FOUND: &str = "Nothing found";
/// What to do about it.
pub const NONE_FOUND_HELP: &str = "Try fewer words, or show all sign-ins.";
/// The sign-ins cannot be read.
pub const FAILED_TITLE: &str = "Could not read your sign-ins";
/// Link to newer ones.
pub const NEWER: &str = "Newer";
/// Link to older ones.
pub const OLDER: &str = "Older";
/// Name of these links.
pub const PAGES: &str = "More sign-ins";
/// Without an application.
pub const NO_APPLICATION: &str = "An app without a name";
/// Without a place.
pub const NO_PLACE: &str = "Place unknown";
/// Without a device.
pub const NO_DEVICE: &str = "Device unknown";
/// Without an address.
pub const NO_ADDRESS: &str = "Unknown";

/// Somebody has the password.
pub const SECOND_STEP_FAILED: &str = "Someone entered your password correctly, but the second step was not completed. If \
    that was not you, change your password now.";
/// Signed in.
pub const SUCCESS: &str = "You signed in.";
/// Signed in with two steps.
pub const SUCCESS_TWO_STEPS: &str = "You signed in with a second step.";

/// What happened, by the error code, where the error book's words would say little to most people.
pub const WORDS: [(i64, &str); 12] = [
    (
        50_053,
        "Too many wrong tries: the account was locked for a while, or the address is known for attacks.",
    ),
    (50_055, "The password was right but has expired."),
    (50_056, "No password is set for the account."),
    (50_057, "The account is switched off."),
    (
        50_058,
        "No sign-in was open yet, so a password was asked for.",
    ),
    (50_072, "You were asked to set up a second step."),
    (50_074, "A second step was asked for."),
    (50_076, "A second step was asked for."),
    (50_079, "You were asked to set up a second step."),
    (50_126, "A wrong password was typed."),
    (50_140, "You were asked whether to stay signed in."),
    (
        53_003,
        "Your organisation's rules did not allow this sign-in.",
    ),
];

/// What stopped a sign-in.
pub fn stopped(is_interrupted: bool, short: Option<&str>, code: i64) -> String {
    let way = match is_interrupted {
        true => "Something else was asked for first",
        false => "The sign-in did not work",
    };
    match short {
        Some(short) => {
            let mut letters = short.chars();
            let first: String = letters
                .next()
                .into_iter()
                .flat_map(char::to_lowercase)
                .collect();
            format!("{way}: {first}{}.", letters.as_str())
        }
        None => format!("{way}, code {code}."),
    }
}

/// How it ended, in a word.
pub const fn outcome(outcome: Outcome) -> &'static str {
    match outcome {
        Outcome::Success => "Successful",
        Outcome::Interrupted => "Not finished",
        Outcome::Failure => "Unsuccessful",
    }
}

/// What is unusual.
pub const fn unusual(unusual: Unusual) -> &'static str {
    match unusual {
        Unusual::Country => "Your first sign-in from this country",
        Unusual::Device => "Your first sign-in with such a device",
        Unusual::SecondStep => "The password was right, the second step was not",
    }
}

/// Heading of a day.
pub fn day(day: NaiveDate, today: NaiveDate) -> String {
    if day == today {
        return "Today".to_owned();
    }
    if day.checked_add_days(Days::new(1)) == Some(today) {
        return "Yesterday".to_owned();
    }
    day.format("%A %-d %B %Y").to_string()
}

/// A day and a time: "Today 09:55", "Tue 24 Nov 15:16".
pub fn short(date: NaiveDate, today: NaiveDate, time: &str) -> String {
    let is_near = date == today || date.checked_add_days(Days::new(1)) == Some(today);
    match is_near {
        true => format!("{} {time}", day(date, today)),
        false => format!("{} {time}", date.format("%a %-d %b")),
    }
}

/// Under the usual places.
pub fn places_of(number: usize) -> String {
    format!(
        "Places of your last {number} sign-ins. A place comes from the internet address and is rough."
    )
}

/// How many there are.
pub fn found(found: usize, read: usize) -> String {
    match found == read {
        true => format!("{read} sign-ins"),
        false => format!("{found} of {read} sign-ins"),
    }
}

/// Name of a button about one sign-in.
pub fn about(words: &str, application: &str, moment: &str) -> String {
    format!("{words}: {application}, {moment}")
}
