//! What the pages need of the things that people keep: see [`Keeping`].

use std::sync::Arc;

use chrono::{DateTime, Utc};
use model::access::{Right, Roles};

use crate::backend::Answer;

/// Name of the cookie that says who a reader is where there are no accounts: a random text.
pub const READER_COOKIE: &str = "vestibule_reader";

/// Who keeps saved views. The server puts one into the context of every render.
pub trait Keeping: Send + Sync + 'static {
    /// The views that a reader sees: an account by its id, or somebody by the text of [`READER_COOKIE`].
    fn views(&self, reader: Option<String>) -> Answer<'_, KeptViews>;

    /// A page of the accounts, in the order of their user names.
    fn accounts(&self, ask: AccountsAsk) -> Answer<'_, KeptAccounts>;

    /// The second factor of an account; `None` where it has no password that one could stand beside.
    fn second_factor(&self, account_id: String) -> Answer<'_, Option<KeptSecondFactor>>;

    /// The API tokens of an account that have not ended, the newest first.
    fn tokens(&self, account_id: String) -> Answer<'_, Vec<KeptToken>>;

    /// The sessions of an account, the one that was used last first.
    fn sessions(&self, account_id: String) -> Answer<'_, Vec<KeptSession>>;

    /// What an account said of its sign-ins: request IDs, and whether it was them.
    fn said(&self, account_id: String) -> Answer<'_, Vec<(String, bool)>>;

    /// The newest sign-ins that people did not recognise.
    fn unrecognised(&self) -> Answer<'_, Vec<KeptReport>>;

    /// What is recorded of who looked at what, the newest first.
    fn access_events(&self, ask: AuditAsk) -> Answer<'_, KeptEvents>;

    /// The line of the record with a number, and its hash.
    fn access_event(&self, number: i64) -> Answer<'_, Option<(KeptEvent, String)>>;
}

/// Which lines of the record are wanted.
#[derive(Debug, Clone, Default)]
pub struct AuditAsk {
    /// Of this user name alone; empty for all.
    pub username: String,
    /// Of this action alone; empty for all.
    pub action: String,
    /// From this address alone; empty for all.
    pub address: String,
    /// With this somewhere in what it was done to; empty for all.
    pub subject: String,
    /// First moment that counts.
    pub from: Option<DateTime<Utc>>,
    /// First moment that counts no more.
    pub to: Option<DateTime<Utc>>,
    /// Those before this line: its moment in milliseconds since 1970, and its number.
    pub before: Option<(i64, i64)>,
    /// At most so many.
    pub limit: usize,
}

/// Some lines of the record.
#[derive(Debug, Clone, Default)]
pub struct KeptEvents {
    /// The newest first.
    pub events: Vec<KeptEvent>,
    /// Before which line to go on; `None` when these were the last.
    pub next: Option<(i64, i64)>,
}

/// Which accounts are wanted.
#[derive(Debug, Clone, Default)]
pub struct AccountsAsk {
    /// Those that have it in their user name, name, or person; empty for all.
    pub find: String,
    /// So many are passed over.
    pub skip: usize,
    /// At most so many.
    pub limit: usize,
    /// This one is wanted as well, whichever page it is on.
    pub id: Option<String>,
}

/// A page of accounts.
#[derive(Debug, Clone, Default)]
pub struct KeptAccounts {
    /// In the order of their user names.
    pub accounts: Vec<KeptAccount>,
    /// How many there are that are wanted.
    pub matching: usize,
    /// How many there are in all.
    pub all: usize,
    /// The one that was wanted as well.
    pub one: Option<KeptAccount>,
}

/// A second factor.
#[derive(Debug, Clone)]
pub enum KeptSecondFactor {
    /// There is none.
    Off,
    /// An app is to learn the secret, and to show that it has.
    Begun {
        /// The secret in base 32.
        secret: String,
        /// The same as apps read it.
        app_address: String,
    },
    /// It is asked for.
    On {
        /// How many recovery codes are left.
        recovery_codes: usize,
    },
}

/// An API token, without what is sent.
#[derive(Debug, Clone)]
pub struct KeptToken {
    /// Its id: letters and digits.
    pub id: String,
    /// What its owner calls it.
    pub name: String,
    /// What it may ask for.
    pub scopes: Vec<Right>,
    /// When it was made.
    pub created: DateTime<Utc>,
    /// When it ends.
    pub ends: DateTime<Utc>,
    /// When it was used last, to the minute.
    pub used: Option<DateTime<Utc>>,
}

/// A line of the record.
#[derive(Debug, Clone)]
pub struct KeptEvent {
    /// Its number.
    pub number: i64,
    /// When.
    pub at: DateTime<Utc>,
    /// Whose account; `None` for somebody who was not signed in.
    pub account_id: Option<String>,
    /// Who: a user name, or nothing.
    pub username: String,
    /// What was done: a word.
    pub action: String,
    /// To what.
    pub subject: String,
    /// Where from.
    pub address: String,
}

/// A sign-in that somebody did not recognise.
#[derive(Debug, Clone)]
pub struct KeptReport {
    /// What the account is called that said so.
    pub display_name: String,
    /// Request ID.
    pub request_id: String,
    /// When they said so.
    pub said: DateTime<Utc>,
}

/// An account.
#[derive(Debug, Clone)]
pub struct KeptAccount {
    /// Its id: letters and digits.
    pub id: String,
    /// What is typed to sign in.
    pub username: String,
    /// What it is called.
    pub display_name: String,
    /// Its roles.
    pub roles: Roles,
    /// Object ID in Entra ID of the person whose account it is.
    pub object_id: Option<String>,
    /// User principal name of that person.
    pub user_principal_name: Option<String>,
    /// The provider that says who its person is and what they may; `None` for one with a password.
    pub issuer: Option<String>,
    /// Whether nobody can sign in with it.
    pub is_disabled: bool,
    /// When somebody signed in with it last.
    pub signed_in: Option<DateTime<Utc>>,
    /// How many API tokens it has.
    pub tokens: usize,
    /// Whether its second factor is on.
    pub has_second_factor: bool,
}

/// A session.
#[derive(Debug, Clone)]
pub struct KeptSession {
    /// Its name in lists.
    pub id: String,
    /// Hash of its secret.
    pub hash: String,
    /// Address that it was begun from.
    pub address: String,
    /// What the browser said it is.
    pub agent: String,
    /// When it was begun.
    pub began: DateTime<Utc>,
    /// When it was used last, to the minute.
    pub seen: DateTime<Utc>,
}

/// One as it lies in the context.
pub type SharedKeeping = Arc<dyn Keeping>;

/// The views that a reader sees.
#[derive(Debug, Clone, Default)]
pub struct KeptViews {
    /// In the order of their names.
    pub views: Vec<KeptView>,
    /// The one that the reader deleted within the last minute.
    pub deleted: Option<KeptView>,
}

/// A view.
#[derive(Debug, Clone)]
pub struct KeptView {
    /// Its id: letters and digits.
    pub id: String,
    /// Its name: any text.
    pub name: String,
    /// Whether it belongs to the reader.
    pub is_own: bool,
    /// Whether everybody sees it.
    pub is_shared: bool,
    /// The query string.
    pub query: String,
}
