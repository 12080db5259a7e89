//! Every sentence that a page says, by page.

pub mod columns;
pub mod commands;
pub mod frame;
pub mod import;
pub mod shortcuts;
pub mod sign_ins;
pub mod views;
