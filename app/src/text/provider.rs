//! Words around signing in at a provider: the button, the way there and back, and what can go wrong.

/// What the button says where nothing else is set.
pub const DEFAULT_LABEL: &str = "Sign in with your organisation";
/// Between the button and the form with the password.
pub const OR: &str = "or";
/// Title while somebody is led to the provider.
pub const LEADING: &str = "One moment";
/// Under that.
pub const LEADING_HELP: &str = "You are taken to where your organisation signs you in.";
/// The link, for browsers that do not go by themselves.
pub const LEADING_LINK: &str = "Go on";
/// Title while somebody is led to the provider to sign out.
pub const LEAVING: &str = "Signed out here";
/// Under that.
pub const LEAVING_HELP: &str = "You are taken to your organisation, to sign out there as well.";
/// Button that tries again.
pub const AGAIN: &str = "Try again";
/// Button that signs in as somebody else.
pub const ANOTHER: &str = "Use another account";
/// Link to the page with all ways in.
pub const BACK: &str = "Back to the sign-in page";
/// Beside a form that only somebody who has signed in a moment ago may send.
pub const FRESH_HELP: &str = "It works for ten minutes after you have signed in.";
/// Somebody signed in too long ago for that.
pub const SIGN_IN_AGAIN: &str =
    "You signed in more than ten minutes ago. Sign out, sign in again, and make it then.";
/// A password was sent where nobody signs in with one.
pub const NO_PASSWORDS: &str = "Nobody signs in with a password here. Use the button above.";
/// Somebody wants to sign in at a provider where there is none, as from a page of before.
pub const NO_PROVIDER: &str = "Nobody signs in at a provider here.";
/// Where the roles of an account of a provider come from.
pub const ROLES_FROM: &str = "This person signs in at the provider, which says at each sign-in what they are called and which roles they have.";
/// The same to whoever has the account.
pub const OWN_ROLES_FROM: &str =
    "Your organisation says at each sign-in what you are called and which roles you have.";
/// Label of the provider.
pub const PROVIDER: &str = "Signs in at";
/// The same to whoever has the account.
pub const OWN_PROVIDER: &str = "You sign in at";
/// An account of a provider in a list.
pub const TAG: &str = "Provider";

/// What went wrong, for the person, and what to do next.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Fault {
    /// Title.
    pub title: &'static str,
    /// What happened, and what to do.
    pub help: &'static str,
    /// Whether another account may help more than another try.
    pub as_another: bool,
}

/// The words for a cause, as the log has it.
pub fn fault(cause: &str) -> Option<Fault> {
    let (title, help, as_another) = match cause {
        "denied" => (
            "You were not signed in",
            "Signing in was called off, or your organisation does not let this account use Vestibule. Try again, or ask whoever manages accounts there.",
            true,
        ),
        "no_role" => (
            "Your account has no role here",
            "Your organisation knows you, but has given you no role that opens Vestibule. Ask your administrator for one, then sign in again.",
            true,
        ),
        "too_many_groups" => (
            "Your roles could not be read",
            "You are in so many groups that your organisation left them out. Tell your administrator: app roles, or fewer groups, get around that.",
            false,
        ),
        "account_disabled" => (
            "Your account is disabled here",
            "Somebody disabled it in Vestibule. Ask your administrator why.",
            true,
        ),
        "unknown_state" => (
            "This way back is not good any more",
            "It works once and for ten minutes. Sign in again; nothing else is needed.",
            false,
        ),
        "other_browser" => (
            "This sign-in began in another browser",
            "Begin and end it in the same one, with cookies allowed. If you did not begin it, somebody sent you their own link: close this page.",
            false,
        ),
        "provider_down" => (
            "Your organisation does not answer",
            "The place where it signs you in cannot be reached at the moment. Try again in a few minutes.",
            false,
        ),
        "code_refused" => (
            "This sign-in was used already",
            "Your organisation takes it only once, and only at once. Sign in again.",
            false,
        ),
        "expired" | "not_yet_valid" => (
            "The times do not match",
            "What your organisation sent is too old, or not good yet. Sign in again. If it stays like this, tell your administrator that a clock is wrong.",
            false,
        ),
        "question_refused" | "client_refused" | "provider_metadata" => (
            "Signing in is not set up right",
            "Vestibule and your organisation do not understand each other. Only an administrator can change that: tell them the word below.",
            false,
        ),
        "wrong_nonce" | "wrong_issuer" | "wrong_audience" | "wrong_signature" | "unknown_key"
        | "no_code" | "no_token" => (
            "You were not signed in",
            "What came back from your organisation is not what was asked for, so nobody was let in with it. Try again. If it happens again, tell your administrator the word below.",
            false,
        ),
        _ => return None,
    };
    Some(Fault {
        title,
        help,
        as_another,
    })
}

/// What an administrator finds the fault by.
pub fn cause(cause: &str) -> String {
    format!("For your administrator: the server's log says more under {cause}.")
}
