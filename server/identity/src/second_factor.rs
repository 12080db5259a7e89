//! A second factor: codes that an app makes (TOTP, RFC 6238), and recovery codes for whoever has lost it.

use state::{Account, StateError, Store, Whose, hash_of_secret};
use totp_rs::{Builder, Secret, Totp};

use crate::random;
use crate::sign_in::{Refusal, SignInError};

/// How many recovery codes somebody gets.
pub const RECOVERY_CODES: usize = 10;
/// A second factor that was begun has to be turned on within so many milliseconds: 15 minutes.
pub const BEGUN_FOR_MS: i64 = 15 * 60_000;

/// What was typed to show who somebody is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shown {
    /// A code of their app.
    Code,
    /// A recovery code, which is gone now.
    RecoveryCode,
}

/// A new secret for an app, in base 32: 160 random bits.
pub fn new_secret() -> String {
    Secret::new_stack(random::bytes()).to_base32()
}

/// What apps read to learn a secret, mostly from a QR code.
pub fn app_address(secret: &str, issuer: &str, username: &str) -> String {
    let escaped = |text: &str| -> String {
        // Apps differ in whether they read `+` as a gap.
        text.bytes()
            .map(|byte| match byte {
                b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'.' | b'_' => {
                    char::from(byte).to_string()
                }
                byte => format!("%{byte:02X}"),
            })
            .collect()
    };
    let (issuer, username) = (escaped(issuer), escaped(username));
    format!("otpauth://totp/{issuer}:{username}?secret={secret}&issuer={issuer}")
}

/// New recovery codes, and the hashes under which they are kept.
pub fn new_recovery_codes() -> (Vec<String>, Vec<String>) {
    let codes: Vec<String> = (0..RECOVERY_CODES).map(|_| random::words()).collect();
    let hashes = codes.iter().map(|code| hash_of_recovery_code(code));
    let hashes = hashes.collect();
    (codes, hashes)
}

/// Looks at what somebody typed after their password: whether it is a code of the account's app that was not taken
/// before, or one of its recovery codes. Either is taken by it.
///
/// An attempt is counted before it is looked at; what is typed during a pause is not looked at.
///
/// # Errors
/// When the state fails, or the account has no second factor.
pub async fn check_code(
    store: &Store,
    account: &Account,
    typed: &str,
    address: &str,
    now_ms: i64,
) -> Result<Result<Shown, Refusal>, SignInError> {
    let factor = store.second_factor(&account.id).await?;
    let factor = factor
        .filter(|factor| factor.is_on)
        .ok_or(StateError::NoSecondFactor)?;
    let attempt = Attempt::begin(store, account, address, now_ms).await?;
    let attempt = match attempt {
        Ok(attempt) => attempt,
        Err(refusal) => return Ok(Err(refusal)),
    };
    let shown = match step_of(&factor.secret, typed, now_ms) {
        Some(step) => {
            let is_taken = store.take_code_step(&account.id, step).await?;
            is_taken.then_some(Shown::Code)
        }
        // It would be looked for among the recovery codes in vain.
        None if is_code(typed) => None,
        None => {
            let hash = hash_of_recovery_code(typed);
            let is_taken = store.take_recovery_code(&account.id, &hash).await?;
            is_taken.then_some(Shown::RecoveryCode)
        }
    };
    Ok(match shown {
        Some(shown) => {
            attempt.succeeded(store).await?;
            Ok(shown)
        }
        None => Err(attempt.failed(store).await?),
    })
}

/// Turns on the second factor that was begun, with a code of the app that has its secret. Gives the recovery codes,
/// which are shown once. Other sessions of the account end.
///
/// # Errors
/// When the state fails, or none was begun within the last minutes.
pub async fn turn_on(
    store: &Store,
    account: &Account,
    typed: &str,
    kept_session: &str,
    (address, now_ms): (&str, i64),
) -> Result<Result<Vec<String>, Refusal>, SignInError> {
    let begun = store.second_factor(&account.id).await?;
    let begun = begun
        .filter(|factor| !factor.is_on && now_ms - factor.created_ms < BEGUN_FOR_MS)
        .ok_or(StateError::NoSecondFactor)?;
    let attempt = Attempt::begin(store, account, address, now_ms).await?;
    let attempt = match attempt {
        Ok(attempt) => attempt,
        Err(refusal) => return Ok(Err(refusal)),
    };
    let Some(step) = step_of(&begun.secret, typed, now_ms) else {
        return Ok(Err(attempt.failed(store).await?));
    };
    let (codes, hashes) = new_recovery_codes();
    let with = (begun.secret.as_str(), step);
    store
        .turn_second_factor_on(&account.id, with, &hashes, kept_session)
        .await?;
    attempt.succeeded(store).await?;
    Ok(Ok(codes))
}

/// One that was counted.
struct Attempt<'a> {
    whose: [Whose<'a>; 2],
    now_ms: i64,
}

impl<'a> Attempt<'a> {
    async fn begin(
        store: &Store,
        account: &'a Account,
        address: &'a str,
        now_ms: i64,
    ) -> Result<Result<Attempt<'a>, Refusal>, StateError> {
        let whose = [
            Whose::CodeFrom(&account.id, address),
            Whose::Code(&account.id),
        ];
        let paused = store.begin_attempt(&whose, now_ms).await?;
        Ok(match paused {
            Some(until_ms) => Err(Refusal::Paused { until_ms }),
            None => Ok(Attempt { whose, now_ms }),
        })
    }

    async fn succeeded(self, store: &Store) -> Result<(), StateError> {
        for one in self.whose {
            store.forget_failed(one).await?;
        }
        Ok(())
    }

    async fn failed(self, store: &Store) -> Result<Refusal, StateError> {
        let [from_here, _] = self.whose;
        let after = store.attempts(from_here, self.now_ms).await?;
        Ok(Refusal::after(after, self.now_ms))
    }
}

/// Which 30 seconds the code is of: the present ones, those before, or those after, since clocks differ.
fn step_of(secret: &str, typed: &str, now_ms: i64) -> Option<i64> {
    if !is_code(typed) {
        return None;
    }
    let seconds = u64::try_from(now_ms / 1_000).ok()?;
    let step = app_of(secret)?.check(&plain(typed), seconds)?;
    i64::try_from(step).ok()
}

fn app_of(secret: &str) -> Option<Totp> {
    let secret = Secret::try_from_base32(secret).ok()?;
    Builder::new().with_secret(secret).with_skew(1).build().ok()
}

/// Whether it looks like a code of an app: six digits, however they are grouped.
fn is_code(typed: &str) -> bool {
    let plain = plain(typed);
    plain.len() == 6 && plain.bytes().all(|byte| byte.is_ascii_digit())
}

/// What was typed without what only groups it, in small letters.
fn plain(typed: &str) -> String {
    let letters = typed.chars().filter(|letter| letter.is_alphanumeric());
    letters.flat_map(char::to_lowercase).take(64).collect()
}

fn hash_of_recovery_code(typed: &str) -> String {
    hash_of_secret(plain(typed))
}

#[cfg(test)]
mod tests;
