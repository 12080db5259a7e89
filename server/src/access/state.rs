//! What signing in takes.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, OnceLock};

use identity::{PasswordError, Passwords};
use model::access::{Right, Role, Roles};
use sha2::{Digest, Sha256};
use state::{Account, StateError, Store};

use super::audit::Audit;
use super::provider::SignInProvider;
use super::tokens;
use crate::sight::Masks;

/// Name of the secret by which names are masked.
const MASKS: &str = "masks";

/// Why nobody can be let in.
#[derive(Debug, thiserror::Error)]
pub enum AccessError {
    /// No password can be hashed.
    #[error(transparent)]
    Password(#[from] PasswordError),
    /// The state does not answer.
    #[error(transparent)]
    State(#[from] StateError),
}

/// What signing in takes, and whether anybody has to.
#[derive(Clone)]
pub struct Access(Arc<Inner>);

struct Inner {
    store: Store,
    passwords: Passwords,
    has_accounts: bool,
    /// Shows that somebody sees what the server prints; needed once.
    set_up_code: String,
    /// Whether there is an account. Once there is one, there always is.
    is_set_up: AtomicBool,
    audit: Audit,
    masks: Masks,
    /// Roles for which names and addresses are masked.
    masked: Vec<Role>,
    /// Whether administrators have to turn their second factor on.
    wants_second_factors: AtomicBool,
    provider: OnceLock<SignInProvider>,
}

impl Access {
    /// With accounts, or for whoever sits at this machine.
    ///
    /// # Errors
    /// When no password can be hashed, or the state does not answer.
    pub async fn new(
        store: Store,
        has_accounts: bool,
        masked: &[Role],
    ) -> Result<Access, AccessError> {
        let secret = store.secret(MASKS, &tokens::new()).await?;
        Ok(Access(Arc::new(Inner {
            audit: Audit::start(store.clone()),
            masks: Masks::new(&secret),
            masked: masked.to_vec(),
            store,
            passwords: Passwords::new().await?,
            has_accounts,
            set_up_code: uuid::Uuid::new_v4().simple().to_string(),
            is_set_up: AtomicBool::new(false),
            wants_second_factors: AtomicBool::new(false),
            provider: OnceLock::new(),
        })))
    }

    /// Lets people sign in at a provider from now on; once.
    pub fn set_provider(&self, provider: SignInProvider) {
        self.0.provider.get_or_init(|| provider);
    }

    /// Where people sign in, where that is not here.
    pub fn provider(&self) -> Option<&SignInProvider> {
        self.0.provider.get()
    }

    /// Whether people sign in with passwords.
    pub fn takes_passwords(&self) -> bool {
        self.provider()
            .is_none_or(|provider| provider.has_passwords)
    }

    /// Whether people have to sign in.
    pub fn has_accounts(&self) -> bool {
        self.0.has_accounts
    }

    /// Wants administrators to turn their second factor on.
    pub fn want_second_factors(&self) {
        self.0.wants_second_factors.store(true, Ordering::Relaxed);
    }

    /// Whether a second factor is wanted of an account that it has not. Those without a password are asked for theirs by
    /// their provider.
    ///
    /// # Errors
    /// When the state does not answer.
    pub async fn lacks_second_factor(&self, account: &Account) -> Result<bool, StateError> {
        let is_wanted = self.0.wants_second_factors.load(Ordering::Relaxed);
        if !is_wanted || !account.roles.may(Right::Accounts) {
            return Ok(false);
        }
        let factor = self.0.store.second_factor(&account.id).await?;
        let has_password = self.0.store.password_hash(&account.id).await?.is_some();
        Ok(has_password && !factor.is_some_and(|factor| factor.is_on))
    }

    /// Where accounts are kept.
    pub fn store(&self) -> &Store {
        &self.0.store
    }

    /// Where it is noted who looks at what.
    pub fn audit(&self) -> &Audit {
        &self.0.audit
    }

    /// What masks names and addresses.
    pub fn masks(&self) -> &Masks {
        &self.0.masks
    }

    /// Whether names and addresses are masked for somebody with these roles: when all of those that show the sign-ins of
    /// others are among the masked ones.
    pub fn is_masked(&self, roles: &Roles) -> bool {
        let mut showing = roles
            .each()
            .filter(|role| role.rights().contains(&Right::SignIns));
        !self.0.masked.is_empty() && showing.all(|role| self.0.masked.contains(&role))
    }

    /// What looks at passwords.
    pub fn passwords(&self) -> &Passwords {
        &self.0.passwords
    }

    /// The code that the first account takes.
    pub fn set_up_code(&self) -> &str {
        &self.0.set_up_code
    }

    /// Whether this is that code. It takes as long, however much of it is right.
    pub fn is_set_up_code(&self, typed: &str) -> bool {
        Sha256::digest(typed.trim()) == Sha256::digest(&self.0.set_up_code)
    }

    /// Whether there is an account.
    ///
    /// # Errors
    /// When the state does not answer.
    pub async fn is_set_up(&self) -> Result<bool, StateError> {
        if self.0.is_set_up.load(Ordering::Relaxed) {
            return Ok(true);
        }
        let is_set_up = self.0.store.has_accounts().await?;
        self.0.is_set_up.store(is_set_up, Ordering::Relaxed);
        Ok(is_set_up)
    }
}
