//! Every sentence that a page says, by page.

#[cfg(feature = "ssr")]
pub mod entity;
pub mod frame;
pub mod import;
#[cfg(feature = "ssr")]
pub mod map;
pub mod sign_ins;
