//! Every sentence that a page says, by page.

pub mod explore;
pub mod folded;
pub mod download;
pub mod flyout;
pub mod frame;
pub mod grid;
pub mod import;
pub mod sign_ins;
