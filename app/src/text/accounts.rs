//! Words of the list of accounts.

use model::present::count;

/// Above the list.
pub const LEDE: &str =
    "Who may come in, and what each may see and do. Roles are those of Entra ID.";
/// Columns of the list.
pub const COLUMNS: [&str; 7] = [
    NAME,
    USERNAME,
    ROLES,
    "Person in the log",
    "Second factor",
    "API tokens",
    "Signed in last",
];
/// Label of the search box.
pub const FIND_HINT: &str = "Name, user name or person";
/// Button of the search box.
pub const FIND: &str = "Find";
/// Link back to all of them.
pub const RESET_FIND: &str = "Show all";
/// Nobody is found.
pub const NONE_FOUND: &str = "No account is called that.";
/// Link to the page before.
pub const BEFORE: &str = "Before";
/// Link to the page after.
pub const AFTER: &str = "After";
/// Name of these links.
pub const PAGES: &str = "More accounts";
/// Column of the name.
pub const NAME: &str = "Name";
/// Column of the user name.
pub const USERNAME: &str = "User name";
/// Column of the roles.
pub const ROLES: &str = "Roles";
/// Nobody has signed in.
pub const NEVER: &str = "Never";
/// An account that nobody can sign in with.
pub const DISABLED: &str = "Disabled";
/// Heading of the form.
pub const ADD: &str = "Add an account";
/// Button of that form.
pub const ADD_BUTTON: &str = "Add";
/// What to give the person.
pub const PASSWORD_HELP: &str =
    "At least 12 characters. Tell it to the person yourself; they can change it.";
/// Label of the password.
pub const PASSWORD: &str = "First password";
/// Label of the object ID.
pub const OBJECT_ID: &str = "Object ID in Entra ID";
/// Label of the user principal name.
pub const USER_PRINCIPAL_NAME: &str = "User principal name";
/// What these are for.
pub const PERSON_HELP: &str = "Whose sign-ins this account sees as its own.";
/// Button that keeps the roles.
pub const SAVE_ROLES: &str = "Save roles";
/// Heading over the new password.
pub const OTHER_PASSWORD: &str = "Another password";
/// Button of that.
pub const SET_PASSWORD: &str = "Set password";
/// What happens then.
pub const SET_PASSWORD_HELP: &str =
    "At least 12 characters. All sessions and tokens of the account end.";
/// Button that keeps the name and the person.
pub const SAVE_PERSON: &str = "Save name and person";
/// Opens the form that turns the second factor off.
pub const FACTOR_OFF: &str = "Turn the second factor off";
/// What happens then.
pub const FACTOR_OFF_HELP: &str = "For somebody who has lost their app and their recovery codes. \
    Their password alone is enough then, and their sessions end.";
/// Button of that.
pub const FACTOR_OFF_NOW: &str = "Turn off";
/// Button that disables.
pub const DISABLE: &str = "Disable";
/// Button that lets in again.
pub const ENABLE: &str = "Enable";
/// Opens the form that forgets the account.
pub const REMOVE: &str = "Remove this account";
/// What goes with it.
pub const REMOVE_HELP: &str =
    "Its views, tokens and reports go with it. To keep them, disable it instead.";
/// Button that forgets the account.
pub const REMOVE_NOW: &str = "Remove";
/// Link back from one account.
pub const CLOSE: &str = "Close";
/// The table of rights.
pub const TABLE: &str = "What each role may";
/// Somebody may.
pub const YES: &str = "Yes";
/// Somebody may not.
pub const NO: &str = "No";
/// The accounts cannot be read.
pub const UNREADABLE: &str = "The accounts cannot be read at the moment.";

/// Which accounts of how many a page shows.
pub fn lines(skipped: usize, shown: usize, matching: usize, all: usize) -> String {
    let of = match matching == all {
        true => count(all as u64),
        false => format!(
            "{} found, {} in all",
            count(matching as u64),
            count(all as u64)
        ),
    };
    match shown {
        0 => of,
        _ => format!(
            "{} to {} of {of}",
            count((skipped + 1) as u64),
            count((skipped + shown) as u64)
        ),
    }
}

/// Link to change an account.
pub fn change(name: &str) -> String {
    format!("Change {name}")
}

/// The first letter as a capital one: what a right is for, as a heading.
pub fn heading(words: &str) -> String {
    let mut letters = words.chars();
    let first: String = letters
        .next()
        .into_iter()
        .flat_map(char::to_uppercase)
        .collect();
    format!("{first}{}", letters.as_str())
}
