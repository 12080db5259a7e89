//! What signing in takes.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, OnceLock};

use identity::{PasswordError, Passwords};
use sha2::{Digest, Sha256};
use state::{StateError, Store};

use super::audit::Audit;
use super::provider::SignInProvider;

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
    provider: OnceLock<SignInProvider>,
}

impl Access {
    /// With accounts, or for whoever sits at this machine.
    ///
    /// # Errors
    /// When no password can be hashed.
    pub async fn new(store: Store, has_accounts: bool) -> Result<Access, PasswordError> {
        Ok(Access(Arc::new(Inner {
            audit: Audit::start(store.clone()),
            store,
            passwords: Passwords::new().await?,
            has_accounts,
            set_up_code: uuid::Uuid::new_v4().simple().to_string(),
            is_set_up: AtomicBool::new(false),
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

    /// Where accounts are kept.
    pub fn store(&self) -> &Store {
        &self.0.store
    }

    /// Where it is noted who looks at what.
    pub fn audit(&self) -> &Audit {
        &self.0.audit
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
