//! Words of the page of one's own account.

/// The account itself.
pub const WHO: &str = "Who you are here";
/// Label of the user name.
pub const USERNAME: &str = "User name";
/// Label of the name.
pub const NAME: &str = "Name";
/// Label of the roles.
pub const ROLES: &str = "Roles";
/// Without roles.
pub const NO_ROLES: &str = "None: nothing can be seen with this account";
/// Label of what the roles are good for.
pub const MAY: &str = "You may";
/// Label of the person in Entra ID.
pub const PERSON: &str = "Your sign-ins are those of";
/// Without a person.
pub const NO_PERSON: &str = "Nobody: this account belongs to no person in the log";
/// The sessions.
pub const SESSIONS: &str = "Where you are signed in";
/// Under that.
pub const SESSIONS_HELP: &str =
    "A session ends after two hours without use, and after twelve hours in any case.";
/// Column of the browser.
pub const BROWSER: &str = "Browser";
/// Column of the address.
pub const ADDRESS: &str = "Address";
/// Column of the beginning.
pub const BEGAN: &str = "Signed in";
/// Column of the last use.
pub const SEEN: &str = "Last used";
/// Column of the buttons.
pub const ACTIONS: &str = "Actions";
/// The session that asks.
pub const THIS_ONE: &str = "This one";
/// Ends one session.
pub const END: &str = "End";
/// Ends all others.
pub const END_OTHERS: &str = "End all others";
/// The password.
pub const CHANGE_PASSWORD: &str = "Change password";
/// Label of the present one.
pub const PRESENT_PASSWORD: &str = "Present password";
/// Label of the new one.
pub const NEW_PASSWORD: &str = "New password";
/// What happens then.
pub const CHANGE_HELP: &str = "At least 12 characters, of any kind. Your other sessions end.";
/// The present password is another one.
pub const WRONG_PASSWORD: &str = "The present password is another one.";
/// The sessions cannot be read.
pub const UNREADABLE: &str = "Your sessions cannot be read at the moment.";
/// A browser that says nothing of itself.
pub const NO_BROWSER: &str = "Unknown";
/// Without accounts.
pub const NO_ACCOUNTS: &str =
    "This server was started without accounts: whoever sits at this machine may do everything.";

/// A browser and its system.
pub fn browser_on(name: &str, version: &str, system: &str) -> String {
    format!("{name} {version} on {system}")
}

/// Name of the button that ends a session.
pub fn end(browser: &str, address: &str) -> String {
    format!("End the session of {browser} at {address}")
}
