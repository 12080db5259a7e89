//! What the pages need of the things that people keep: see [`Keeping`].

use std::sync::Arc;

use chrono::{DateTime, Utc};
use model::access::Roles;

use crate::backend::Answer;

/// Name of the cookie that says who a reader is where there are no accounts: a random text.
pub const READER_COOKIE: &str = "vestibule_reader";

/// Who keeps saved views. The server puts one into the context of every render.
pub trait Keeping: Send + Sync + 'static {
    /// The views that a reader sees: an account by its id, or somebody by the text of [`READER_COOKIE`].
    fn views(&self, reader: Option<String>) -> Answer<'_, KeptViews>;

    /// All accounts, in the order of their user names.
    fn accounts(&self) -> Answer<'_, Vec<KeptAccount>>;

    /// The sessions of an account, the one that was used last first.
    fn sessions(&self, account_id: String) -> Answer<'_, Vec<KeptSession>>;

    /// What an account said of its sign-ins: request IDs, and whether it was them.
    fn said(&self, account_id: String) -> Answer<'_, Vec<(String, bool)>>;

    /// The newest sign-ins that people did not recognise.
    fn unrecognised(&self) -> Answer<'_, Vec<KeptReport>>;

    /// What is recorded of who looked at what, the newest first.
    fn access_events(&self, ask: AuditAsk) -> Answer<'_, Vec<KeptEvent>>;
}

/// Which lines of the record are wanted.
#[derive(Debug, Clone, Default)]
pub struct AuditAsk {
    /// Of this user name alone; empty for all.
    pub username: String,
    /// Of this action alone; empty for all.
    pub action: String,
    /// Those before the line with this number.
    pub before: Option<i64>,
    /// At most so many.
    pub limit: usize,
}

/// A line of the record.
#[derive(Debug, Clone)]
pub struct KeptEvent {
    /// Its number.
    pub number: i64,
    /// When.
    pub at: DateTime<Utc>,
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
