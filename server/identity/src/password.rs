//! Passwords: what they have to be, and their hashes (argon2id).

use std::num::NonZero;
use std::sync::Arc;
use std::thread::available_parallelism;
use std::time::Duration;

use argon2::Argon2;
use argon2::password_hash::phc::PasswordHash;
use argon2::password_hash::{PasswordHasher, PasswordVerifier};
use tokio::sync::Semaphore;

use crate::random;

/// Fewest characters of a password. There are no rules about kinds of characters: NIST SP 800-63B advises against them.
pub const SHORTEST_PASSWORD_CHARS: usize = 12;
/// Most characters of a password: room for any sentence.
pub const LONGEST_PASSWORD_CHARS: usize = 256;

/// How long somebody waits for their turn.
const PATIENCE: Duration = Duration::from_secs(10);
/// Usernames of fewer characters stand in many a sentence by chance.
const TELLING_CHARS: usize = 4;

/// Why a password cannot be taken, or not be looked at.
#[derive(Debug, thiserror::Error)]
pub enum PasswordError {
    /// Too short.
    #[error(
        "a password has at least {SHORTEST_PASSWORD_CHARS} characters; a sentence is easy to remember"
    )]
    Short,
    /// Too long.
    #[error("a password has at most {LONGEST_PASSWORD_CHARS} characters")]
    Long,
    /// It is the username, or the same character over and over.
    #[error(
        "this password would be guessed first; take one that has nothing to do with the username"
    )]
    Obvious,
    /// No hash can be made, as without random numbers.
    #[error("the password cannot be hashed: {0}")]
    Hash(String),
    /// Too many passwords are being looked at.
    #[error("too many people sign in at once; try again in a moment")]
    Busy,
    /// The work was abandoned, as when the program ends.
    #[error("the password was not looked at; try again")]
    Abandoned,
}

/// A password that nobody can guess.
pub fn new_password() -> String {
    random::words()
}

/// Makes and compares hashes, as many at once as there are cores: each takes 19 MiB and tens of milliseconds.
#[derive(Clone)]
pub struct Passwords {
    room: Arc<Semaphore>,
    /// Hash of a password that nobody has. It is compared with where there is no account, so that it takes as long.
    nobodys: Arc<str>,
}

impl Passwords {
    /// # Errors
    /// When no hash can be made.
    pub async fn new() -> Result<Passwords, PasswordError> {
        let cores = available_parallelism().map_or(1, NonZero::get);
        let mut passwords = Passwords {
            room: Arc::new(Semaphore::new(cores)),
            nobodys: Arc::from(""),
        };
        let unknown = uuid::Uuid::new_v4().to_string();
        passwords.nobodys = Arc::from(passwords.hashed(unknown).await?);
        Ok(passwords)
    }

    /// The hash of a new password for an account, in the PHC format.
    ///
    /// # Errors
    /// When it is too short, too long or obvious.
    pub async fn hash_of_new(
        &self,
        password: &str,
        username: &str,
    ) -> Result<String, PasswordError> {
        check(password, username)?;
        self.hashed(password.to_owned()).await
    }

    /// Whether the password is the one behind a hash. Without a hash it takes as long, and is not.
    ///
    /// # Errors
    /// When the work was abandoned.
    pub async fn is_right(
        &self,
        password: &str,
        hash: Option<&str>,
    ) -> Result<bool, PasswordError> {
        // Nobody has such a password. What is looked at of it takes as long as any other.
        let is_long = password.chars().count() > LONGEST_PASSWORD_CHARS;
        let has_hash = hash.is_some() && !is_long;
        let (password, hash) = (
            password
                .chars()
                .take(LONGEST_PASSWORD_CHARS)
                .collect::<String>(),
            hash.unwrap_or(&self.nobodys).to_owned(),
        );
        let is_same = self
            .with_room(move || {
                PasswordHash::new(&hash).is_ok_and(|hash| {
                    Argon2::default()
                        .verify_password(password.as_bytes(), &hash)
                        .is_ok()
                })
            })
            .await?;
        Ok(is_same && has_hash)
    }

    async fn hashed(&self, password: String) -> Result<String, PasswordError> {
        self.with_room(move || {
            let hash: PasswordHash = Argon2::default()
                .hash_password(password.as_bytes())
                .map_err(|error| PasswordError::Hash(error.to_string()))?;
            Ok(hash.to_string())
        })
        .await?
    }

    async fn with_room<T: Send + 'static>(
        &self,
        work: impl FnOnce() -> T + Send + 'static,
    ) -> Result<T, PasswordError> {
        let room = Arc::clone(&self.room);
        let room = tokio::time::timeout(PATIENCE, room.acquire_owned())
            .await
            .map_err(|_| PasswordError::Busy)?
            .map_err(|_| PasswordError::Abandoned)?;
        let working = tokio::task::spawn_blocking(move || {
            let done = work();
            drop(room);
            done
        });
        working.await.map_err(|_| PasswordError::Abandoned)
    }
}

fn check(password: &str, username: &str) -> Result<(), PasswordError> {
    let length = password.chars().count();
    if length < SHORTEST_PASSWORD_CHARS {
        return Err(PasswordError::Short);
    }
    if length > LONGEST_PASSWORD_CHARS {
        return Err(PasswordError::Long);
    }
    let lower = password.to_lowercase();
    let name = username.trim().to_lowercase();
    let mut letters = lower.chars();
    let first = letters.next();
    let is_one_letter = letters.all(|letter| Some(letter) == first);
    let has_name = match name.chars().count() < TELLING_CHARS {
        true => lower == name,
        false => lower.contains(&name),
    };
    match is_one_letter || has_name {
        true => Err(PasswordError::Obvious),
        false => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const PASSWORD: &str = "correct horse battery staple";

    #[tokio::test]
    async fn a_password_is_known_again_and_no_other_is() {
        let passwords = Passwords::new().await.expect("hashes");
        let hash = passwords
            .hash_of_new(PASSWORD, "ann")
            .await
            .expect("a hash");
        assert!(
            hash.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"),
            "{hash}"
        );
        assert!(!hash.contains(PASSWORD));
        let other = passwords
            .hash_of_new(PASSWORD, "bob")
            .await
            .expect("a hash");
        assert_ne!(hash, other, "hashes of one password differ");
        let is_right = async |password: &str, hash: Option<&str>| {
            passwords.is_right(password, hash).await.expect("an answer")
        };
        assert!(is_right(PASSWORD, Some(&hash)).await);
        assert!(!is_right("Correct horse battery staple", Some(&hash)).await);
        assert!(!is_right("", Some(&hash)).await);
        assert!(!is_right(PASSWORD, None).await);
        assert!(!is_right(PASSWORD, Some("no hash")).await);
        let long = "x".repeat(10_000_000);
        assert!(!is_right(&long, Some(&hash)).await);
    }

    #[test]
    fn what_would_be_guessed_first_is_refused() {
        assert!(matches!(check("short", "ann"), Err(PasswordError::Short)));
        assert!(matches!(
            check(&"long".repeat(65), "ann"),
            Err(PasswordError::Long)
        ));
        for obvious in ["aaaaaaaaaaaaaaaa", "my name is ANNABEL.", "éééééééééééé"] {
            assert!(
                matches!(check(obvious, " Annabel "), Err(PasswordError::Obvious)),
                "{obvious}"
            );
        }
        // A short name stands in many a sentence.
        assert!(check(PASSWORD, "st").is_ok());
        assert!(
            check("прохладный вечер", "ann").is_ok(),
            "characters count, not bytes"
        );
        assert!(check(PASSWORD, "").is_ok());
    }
}
