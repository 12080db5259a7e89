//! Who somebody is: passwords, signing in with them, and second factors.
//!
//! Accounts lie in the state; this crate says whether somebody is who they say they are. It knows neither requests nor
//! pages.

mod password;
mod random;
mod second_factor;
mod sign_in;

pub use password::{
    LONGEST_PASSWORD_CHARS, PasswordError, Passwords, SHORTEST_PASSWORD_CHARS, new_password,
};
pub use second_factor::{
    BEGUN_FOR_MS, RECOVERY_CODES, Shown, app_address, check_code, new_recovery_codes, new_secret,
    turn_on,
};
pub use sign_in::{Refusal, SignInError, minutes_until, sign_in};
