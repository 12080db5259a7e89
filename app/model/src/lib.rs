//! The vocabulary of Vestibule: what a sign-in is, which columns it has, and what can be asked of it.
//!
//! Everything else is written in these terms. The crate does no I/O, reads no clock and builds for
//! the server as well as for WASM.

pub mod access;
pub mod answer;
pub mod ask;
pub mod authentication_method;
pub mod column;
pub mod download;
pub mod error_book;
pub mod folded;
pub mod formula;
pub mod gist;
#[macro_use]
mod open_enum;
pub mod import;
pub mod interrupt_codes;
pub mod list;
pub mod membership;
pub mod network;
pub mod outcome;
pub mod present;
pub mod query;
pub mod reason;
pub mod registration;
pub mod sight;
pub mod sign_in;
pub mod tab;
pub mod time;
pub mod value;

pub use column::Column;
pub use outcome::Outcome;
pub use query::Query;
pub use sign_in::SignIn;
pub use tab::{Noise, Tab};
pub use value::Value;
