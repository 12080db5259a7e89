//! What people keep here, apart from the log: saved views, short links, and groups with their members.
//!
//! It lies in one file, `<data>/state/state.sqlite`, or in a database of PostgreSQL, which several servers can share.
//! Nobody else reads or writes it, and no other part of the program knows its SQL: each thing that is kept has a module
//! with typed functions.
//! Whose something is, is a text key, whatever stands behind it.

mod error;
mod groups;
mod links;
mod migrations;
mod store;
#[cfg(test)]
mod testing;
mod views;

pub use error::StateError;
pub use groups::{KeptGroup, MOST_GROUPS, MOST_MEMBERSHIPS};
pub use links::MOST_LINKS;
pub use store::Store;
pub use views::{
    LONGEST_NAME_CHARS, LONGEST_QUERY_BYTES, MOST_SHARED_VIEWS, MOST_VIEWS, MOST_VIEWS_OF_ONE,
    SavedView, ViewToSave,
};
