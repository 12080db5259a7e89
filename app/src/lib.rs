//! The pages of Vestibule: rendered by the server, taken over in the browser.
//!
//! - [`pages`]: one module per address.
//! - [`components`]: the parts that pages are made of, one per noun.
//! - [`view`]: what a part shows, ready to be shown. Moments, numbers and addresses are words already,
//!   so that the browser needs neither clock nor time zones, and shows what the server showed.
//! - [`assemble`] (server only): makes these from the answers of the [`backend`].
//! - `charts` (server only): marks of charts as SVG.
//! - [`server_fns`]: the calls that the browser makes to get them.
//! - [`text`]: every sentence that a page says.
//!
//! The address holds all state of a page. Filters, sorting and paging are links and forms; the client
//! only saves page loads.

pub mod app;
#[cfg(feature = "ssr")]
pub mod asked;
#[cfg(feature = "ssr")]
pub mod assemble;
pub mod assets;
#[cfg(feature = "ssr")]
pub mod backend;
#[cfg(feature = "ssr")]
pub mod charts;
#[cfg(feature = "hydrate")]
mod client;
pub mod components;
pub mod context;
pub mod error;
#[cfg(feature = "ssr")]
pub mod groups;
#[cfg(feature = "ssr")]
pub mod keeping;
pub mod pages;
#[cfg(feature = "ssr")]
pub mod parts;
#[cfg(feature = "ssr")]
pub mod registrations;
pub mod server_fns;
pub mod sheet;
#[cfg(feature = "ssr")]
mod shell;
pub mod text;
pub mod view;
#[cfg(feature = "ssr")]
pub mod viewer;

pub use app::App;
#[cfg(feature = "ssr")]
pub use shell::shell;

#[cfg(test)]
#[cfg(feature = "ssr")]
mod tests;
