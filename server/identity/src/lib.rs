//! Who somebody is: passwords, providers, and signing in with them.
//!
//! Accounts lie in the state; this crate says whether somebody is who they say they are. It knows neither requests nor
//! pages.

mod password;
mod provider;
mod sign_in;
mod sign_in_at_provider;

pub use password::{
    LONGEST_PASSWORD_CHARS, PasswordError, Passwords, SHORTEST_PASSWORD_CHARS, new_password,
};
pub use provider::{
    ClaimRules, Provider, ProviderFault, ProviderSettings, ProviderSettingsError, is_loopback,
};
pub use sign_in::{Refusal, SignInError, sign_in};
pub use sign_in_at_provider::{
    CameIn, StayedOut, WayBack, come_back_from_provider, leave_for_provider,
};
