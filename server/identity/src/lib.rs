//! Who somebody is: passwords, second factors, providers, and signing in with them.
//!
//! Accounts lie in the state; this crate says whether somebody is who they say they are. It knows neither requests nor
//! pages.

mod password;
mod provider;
mod random;
mod second_factor;
mod sign_in;
mod sign_in_at_provider;

pub use password::{
    LONGEST_PASSWORD_CHARS, PasswordError, Passwords, SHORTEST_PASSWORD_CHARS, new_password,
};
pub use provider::{
    ClaimRules, Provider, ProviderFault, ProviderSettings, ProviderSettingsError, is_loopback,
};
pub use second_factor::{
    BEGUN_FOR_MS, RECOVERY_CODES, Shown, app_address, check_code, new_recovery_codes, new_secret,
    turn_on,
};
pub use sign_in::{Refusal, SignInError, minutes_until, sign_in};
pub use sign_in_at_provider::{
    CameIn, StayedOut, WayBack, come_back_from_provider, leave_for_provider,
};
