//! The pages, one module per address.

pub mod import;
pub mod not_found;
pub mod sign_ins;
mod sign_ins_keys;
