//! What the parts of a page show, ready to be shown: the answers of the server functions.
//!
//! All texts from logs in here are cut to what a page can hold and cleared of characters that would
//! disturb it; see [`safe_text`].

pub mod carried;
pub mod chart;
pub mod columns;
pub mod download;
#[cfg(feature = "ssr")]
pub mod entity;
#[cfg(feature = "ssr")]
pub mod errors;
pub mod filters;
#[cfg(feature = "ssr")]
pub mod flyout;
pub mod folded;
pub mod grid;
pub mod groups;
pub mod histogram;
pub mod import;
#[cfg(feature = "ssr")]
pub mod insights;
#[cfg(feature = "ssr")]
pub mod map;
pub mod pasted;
pub mod rail;
#[cfg(feature = "ssr")]
pub mod registration;
pub mod row_menu;
pub mod safe_text;
pub mod saved;
pub mod sign_ins;
#[cfg(feature = "ssr")]
pub mod summary;
