//! Words of the pages in front of the portal: signing in, and setting it up.

/// Title of the page where people sign in.
pub const SIGN_IN: &str = "Sign in";
/// Title of the page where the first account is made.
pub const SET_UP: &str = "Set up Vestibule";
/// Beside the form: what the portal is for.
pub const PROMISE: &str = "Who came in, from where, and why it was let through.";
/// Under that.
pub const PROMISE_MORE: &str = "Every sign-in of your organisation in one place, kept as long as you want, on your own machine.";
/// Label of the name that is typed.
pub const USERNAME: &str = "User name";
/// Label of the password.
pub const PASSWORD: &str = "Password";
/// Label of a new password.
pub const NEW_PASSWORD: &str = "New password";
/// What a new password has to be.
pub const PASSWORD_HELP: &str =
    "At least 12 characters, of any kind. A sentence is easy to remember.";
/// Label of what the account is called.
pub const DISPLAY_NAME: &str = "Your name";
/// Label of the one-time code.
pub const CODE: &str = "Set-up code";
/// Where it stands.
pub const CODE_HELP: &str =
    "The server printed it when it started. It shows that you may look at the machine it runs on.";
/// Under the title of the set-up.
pub const SET_UP_LEDE: &str =
    "The first account administers the others. Until it exists, nobody can see anything.";
/// Button of the set-up.
pub const MAKE_ACCOUNT: &str = "Make this account";
/// What is kept of what people do here.
pub const LOGGED: &str = "Signing in is recorded, and when it failed.";
/// A wrong code.
pub const WRONG_CODE: &str =
    "This is not the set-up code. The server prints a new one each time it starts.";
/// Somebody else was faster.
pub const SET_UP_ALREADY: &str = "There is an account already. Sign in with it.";
/// The form was left empty.
pub const NOTHING_TYPED: &str = "Type your user name and your password.";
/// The state does not answer.
pub const NOT_NOW: &str = "Nobody can sign in at the moment. The log of the server says why.";
/// User name and password do not belong together.
pub const WRONG: &str = "User name and password do not match. After five attempts that fail there is a pause of 15 minutes.";
/// Title of the page that asks for a code.
pub const SECOND_FACTOR_TITLE: &str = "Second factor";
/// Under that.
pub const SECOND_FACTOR_LEDE: &str =
    "Your password is right. Show that it is you with a code, within five minutes.";
/// Label of the code.
pub const SECOND_FACTOR: &str = "Code";
/// Where it stands.
pub const SECOND_FACTOR_HELP: &str = "The six digits that your authenticator app shows for Vestibule now, \
    or one of your recovery codes. An administrator can turn the second factor off.";
/// Nothing was typed.
pub const NO_CODE_TYPED: &str = "Type the code.";
/// A code that is none, or was taken before.
pub const WRONG_SECOND_FACTOR: &str = "This code is not right, or was used before. \
    Wait for the next one, and see that the clock of your phone is right.";
/// Link to begin anew.
pub const OTHER_ACCOUNT: &str = "Sign in with another account";
/// Nobody typed a code in time.
pub const TOO_LATE: &str =
    "There are five minutes for the code after the password. Type your password again.";
/// Link back from what is shown once.
pub const BACK_TO_ACCOUNT: &str = "To your account";
/// After signing out.
pub const SIGNED_OUT: &str = "You are signed out.";

/// Under the title of the sign-in: the tenant.
pub fn lede(tenant: &str) -> String {
    match tenant {
        "" => "to look at the sign-in logs".to_owned(),
        tenant => format!("to look at the sign-in logs of {tenant}"),
    }
}

/// Too many attempts failed.
pub fn paused(minutes: i64) -> String {
    let words = if minutes == 1 { "minute" } else { "minutes" };
    format!("Too many attempts failed. Try again in {minutes} {words}.")
}
