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
/// The second factor.
pub const SECOND_FACTOR: &str = "Second factor";
/// What it is good for.
pub const SECOND_FACTOR_HELP: &str = "With it, signing in asks for a code of an authenticator app after the password: \
    who learns your password cannot come in.";
/// It is wanted of this account.
pub const FACTOR_WANTED: &str =
    "This server wants a second factor of whoever administers accounts. Turn yours on to go on.";
/// Where it is off.
pub const FACTOR_OFF: &str = "Off";
/// Where it is on.
pub const FACTOR_ON: &str = "On: signing in asks for a code of your app.";
/// Button that begins to turn it on.
pub const FACTOR_BEGIN: &str = "Turn on";
/// What to do with the code and the key.
pub const FACTOR_SCAN: &str = "Scan this with an authenticator app, or type the key into it. Then type the six digits \
    that the app shows. It is on after that, and your other sessions end.";
/// What the picture is, for readers.
pub const FACTOR_PICTURE: &str = "QR code of the key below";
/// Label of the key.
pub const FACTOR_KEY: &str = "Key";
/// Label of the code.
pub const FACTOR_CODE: &str = "Code of the app";
/// Button that turns it on.
pub const FACTOR_CONFIRM: &str = "Turn on with this code";
/// Button that gives up.
pub const FACTOR_CANCEL: &str = "Cancel";
/// Opens the form that makes other recovery codes.
pub const FACTOR_NEW_CODES: &str = "Make other recovery codes";
/// What happens then.
pub const FACTOR_NEW_CODES_HELP: &str = "Those that you have are good for nothing after that.";
/// Button of that.
pub const FACTOR_NEW_CODES_NOW: &str = "Make them";
/// Opens the form that turns it off.
pub const FACTOR_TURN_OFF: &str = "Turn the second factor off";
/// What happens then.
pub const FACTOR_TURN_OFF_HELP: &str =
    "Your password alone is enough then. Your other sessions end.";
/// Button of that.
pub const FACTOR_TURN_OFF_NOW: &str = "Turn off";
/// The code is not that of the app.
pub const WRONG_CODE: &str =
    "This is not the code that the app shows now. See that the clock of your phone is right.";
/// It cannot be read.
pub const UNREADABLE_FACTOR: &str = "Your second factor cannot be read at the moment.";
/// Title of the page with recovery codes.
pub const RECOVERY_CODES: &str = "Your recovery codes";
/// What to do with them.
pub const RECOVERY_CODES_LEDE: &str = "Keep them where you keep nothing else of this, such as on paper. Each signs you \
    in once in the place of the app's code. They are not shown again.";
/// Title of the page with a token.
pub const NEW_TOKEN: &str = "Your new token";
/// What to do with it.
pub const NEW_TOKEN_LEDE: &str = "Copy it to where the program finds it. It is not shown again; whoever has it may ask \
    in your name.";
/// Title where no secret was made.
pub const NOTHING_MADE: &str = "That did not work";
/// The tokens.
pub const TOKENS: &str = "API tokens";
/// What they are good for.
pub const TOKENS_HELP: &str = "By which programs ask in your name, for /api/v1 and /api/imports. A token may no more \
    than your account.";
/// Without tokens.
pub const NO_TOKENS: &str = "You have none.";
/// Column of what it is called.
pub const TOKEN_NAME: &str = "Name";
/// Column of what it is for.
pub const TOKEN_SCOPES: &str = "May";
/// Column of when it was made.
pub const TOKEN_MADE: &str = "Made";
/// Column of the end.
pub const TOKEN_ENDS: &str = "Ends";
/// Column of the last use.
pub const TOKEN_USED: &str = "Last used";
/// It was never used.
pub const NEVER_USED: &str = "Never";
/// Takes a token back.
pub const TOKEN_REMOVE: &str = "Remove";
/// Heading of the form.
pub const TOKEN_ADD: &str = "Make a token";
/// Label of what it is called.
pub const TOKEN_CALLED: &str = "What it is for, in lists";
/// Label of the rights.
pub const TOKEN_MAY: &str = "It may";
/// Label of the end.
pub const TOKEN_AFTER: &str = "It ends after";
/// After how many days a token may end, with words.
pub const TOKEN_DAYS: [(i64, &str); 4] = [
    (7, "7 days"),
    (30, "30 days"),
    (90, "90 days"),
    (365, "a year"),
];
/// Which of them is chosen at first.
pub const USUAL_DAYS: i64 = 90;
/// Button of the form.
pub const TOKEN_ADD_BUTTON: &str = "Make token";
/// Without a right that programs can use.
pub const NO_TOKEN_RIGHTS: &str = "Your roles open nothing that a program could ask for.";
/// A token for nothing.
pub const NO_SCOPE: &str = "Tick what the token may: at least one thing that your roles open.";
/// A token without an end.
pub const NO_END: &str = "Choose after how long the token ends.";
/// The tokens cannot be read.
pub const UNREADABLE_TOKENS: &str = "Your tokens cannot be read at the moment.";
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

/// How many recovery codes are left.
pub fn recovery_codes_left(number: usize) -> String {
    match number {
        0 => "No recovery code is left: make other ones.".to_owned(),
        1 => "1 recovery code is left.".to_owned(),
        number => format!("{number} recovery codes are left."),
    }
}

/// Name of the button that takes a token back.
pub fn remove_token(name: &str) -> String {
    format!("Remove the token {name}")
}
