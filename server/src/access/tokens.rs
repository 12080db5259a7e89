//! API tokens: what is sent, and what is kept of it.

use state::hash_of_secret;

/// What every token begins with, so that it is known where it should not be.
const PREFIX: &str = "vestibule_";

/// A new token: 244 random bits. It is shown once.
pub fn new() -> String {
    let half = || uuid::Uuid::new_v4().simple().to_string();
    format!("{PREFIX}{}{}", half(), half())
}

/// Under what a token is kept.
pub fn hash_of(token: &str) -> String {
    hash_of_secret(token.trim())
}
