//! Who somebody is: passwords, and signing in with them.
//!
//! Accounts lie in the state; this crate says whether somebody is who they say they are. It knows neither requests nor
//! pages.

mod password;
mod sign_in;

pub use password::{
    LONGEST_PASSWORD_CHARS, PasswordError, Passwords, SHORTEST_PASSWORD_CHARS, new_password,
};
pub use sign_in::{Refusal, SignInError, sign_in};
