//! Every sentence that a page says, by page.

pub mod filters;
pub mod frame;
pub mod import;
pub mod sign_ins;
