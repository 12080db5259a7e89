//! Every sentence that a page says, by page.

pub mod explore;
pub mod folded;
pub mod download;
pub mod flyout;
#[cfg(feature = "ssr")]
pub mod entity;
pub mod columns;
pub mod commands;
pub mod filters;
pub mod frame;
pub mod grid;
pub mod import;
#[cfg(feature = "ssr")]
pub mod map;
pub mod shortcuts;
pub mod sign_ins;
pub mod views;
