//! Who asks, and whether they may.
//!
//! Around every request: the session of its cookie is found ([`sessions`]), whoever asks is known ([`identify`]), and
//! each route says what it needs ([`guard`]). What pages need is said by `app::pages`, by their addresses.

pub mod audit;
pub mod guard;
pub mod identify;
pub mod peer;
pub mod provider;
pub mod sessions;
mod state;
pub mod tokens;

pub use guard::{Guarded, Needs};
pub use state::Access;
