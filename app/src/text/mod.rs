//! Every sentence that a page says, by page.

pub mod columns;
pub mod commands;
pub mod download;
#[cfg(feature = "ssr")]
pub mod entity;
pub mod explore;
pub mod filters;
pub mod flyout;
pub mod folded;
pub mod frame;
pub mod grid;
#[cfg(feature = "ssr")]
pub mod groups;
pub mod import;
#[cfg(feature = "ssr")]
pub mod map;
pub mod shortcuts;
pub mod sign_ins;
pub mod views;
