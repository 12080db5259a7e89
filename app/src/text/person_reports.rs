//! Words of the list of sign-ins that people did not recognise.

/// Above the list.
pub const LEDE: &str =
    "Sign-ins of which people said \"This wasn't me\" on their own page, the newest report first.";
/// Column of the person.
pub const WHO: &str = "Who said so";
/// Column of the moment.
pub const WHEN: &str = "When they said so";
/// Column of the sign-in.
pub const SIGN_IN: &str = "Sign-in";
/// Nobody said so.
pub const NONE: &str = "Nobody has reported a sign-in.";
/// The reports cannot be read.
pub const UNREADABLE: &str = "The reports cannot be read at the moment.";

/// In the place of a name where names are masked.
pub const MASKED: &str = "Masked: see the sign-in";
