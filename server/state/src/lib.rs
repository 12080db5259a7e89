//! What people keep here, apart from the log: accounts, saved views, short links, and groups with
//! their members.
//!
//! It lies in one file, `<data>/state/state.sqlite`, or in a database of PostgreSQL, which several servers can share.
//! Nobody else reads or writes it, and no other part of the program knows its SQL: each thing that is kept has a module
//! with typed functions.
//! Whose something is, is a text key, whatever stands behind it.

mod access_audit;
mod accounts;
mod api_tokens;
mod authorization_requests;
mod copy;
mod error;
mod failed_sign_ins;
mod groups;
mod hash;
mod links;
mod masking;
mod migrations;
mod person_reports;
mod provider_accounts;
mod registrations;
mod second_factors;
mod sessions;
mod store;
#[cfg(test)]
mod testing;
mod views;

pub use access_audit::{AccessAsk, AccessEvent, AccessPage, AuditFault};
pub use accounts::{
    Account, AccountToAdd, AccountsAsk, AccountsPage, LONGEST_USERNAME_CHARS, ListedAccount,
    MOST_ACCOUNTS, Person,
};
pub use api_tokens::{ApiToken, LONGEST_TOKEN_NAME_CHARS, MOST_TOKENS_OF_ONE};
pub use authorization_requests::{
    AUTHORIZATION_REQUEST_MS, AuthorizationRequest, MOST_AUTHORIZATION_REQUESTS,
};
pub use error::StateError;
pub use failed_sign_ins::{Attempts, PAUSE_MS, Whose};
pub use groups::{KeptGroup, MOST_GROUPS, MOST_MEMBERSHIPS};
pub use hash::hash_of_secret;
pub use links::MOST_LINKS;
pub use masking::MOST_UNMASKED;
pub use person_reports::{MOST_REPORTS_OF_ONE, PersonReport};
pub use provider_accounts::ProviderPerson;
pub use registrations::{
    KeptRegistrations, MOST_EVENTS, MOST_REGISTERED, MOST_RELYING_PARTIES, MOST_SUMMARIES,
};
pub use second_factors::SecondFactor;
pub use sessions::{Session, SessionToBegin};
pub use store::{FILE, Store};
pub use views::{
    LONGEST_NAME_CHARS, LONGEST_QUERY_BYTES, MOST_SHARED_VIEWS, MOST_VIEWS, MOST_VIEWS_OF_ONE,
    SavedView, ViewToSave,
};
