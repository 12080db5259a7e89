//! What the parts of a page show, ready to be shown: the answers of the server functions.
//!
//! All texts from logs in here are cut to what a page can hold and cleared of characters that would
//! disturb it; see [`safe_text`].

pub mod columns;
pub mod filters;
pub mod flyout;
pub mod grid;
pub mod import;
pub mod safe_text;
pub mod saved;
pub mod sign_ins;
