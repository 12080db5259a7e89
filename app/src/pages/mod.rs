//! The pages: one module per address.
//!
//! Those of the log are written by the server ([`sheet`]); the import page runs in the browser too, because it
//! shows what happens while files travel.

#[cfg(feature = "ssr")]
mod application;
#[cfg(feature = "ssr")]
mod applications;
#[cfg(feature = "ssr")]
mod columns;
#[cfg(feature = "ssr")]
mod entity;
#[cfg(feature = "ssr")]
mod group;
#[cfg(feature = "ssr")]
mod groups;
pub mod import;
#[cfg(feature = "ssr")]
mod ip;
#[cfg(feature = "ssr")]
mod map;
#[cfg(feature = "ssr")]
pub mod not_found;
#[cfg(feature = "ssr")]
mod shortcuts;
#[cfg(feature = "ssr")]
pub mod sign_ins;
#[cfg(feature = "ssr")]
mod user;
#[cfg(feature = "ssr")]
mod users;

#[cfg(feature = "ssr")]
use crate::asked::Asked;
#[cfg(feature = "ssr")]
use crate::sheet::Sheet;

/// What came of a request for a page.
#[cfg(feature = "ssr")]
pub enum Written {
    /// The page.
    Sheet(Sheet),
    /// Nothing has this address.
    NotFound(Sheet),
    /// Another address says the same in the canonical way.
    Elsewhere(String),
}

/// Writes the page of an address.
#[cfg(feature = "ssr")]
pub async fn written(asked: &Asked) -> Written {
    match asked.segments().as_slice() {
        [] | ["sign-ins"] => sign_ins::written(asked).await,
        ["users"] => users::written(asked).await,
        ["users", name] => user::written(asked, name).await,
        ["ip", address] => ip::written(asked, address).await,
        ["applications"] => applications::written(asked).await,
        ["applications", name] => application::written(asked, name).await,
        ["groups"] => groups::written(asked).await,
        ["groups", name] => group::written(asked, name).await,
        ["map"] => map::written(asked).await,
        ["sign-ins", "columns"] => columns::written(asked),
        ["shortcuts"] => Written::Sheet(shortcuts::sheet(asked)),
        segments => Written::NotFound(not_found::sheet(segments)),
    }
}
