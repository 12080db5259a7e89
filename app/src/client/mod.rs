//! What the client does with pages that the server wrote.
//!
//! Pages work without it. It saves page loads ([`navigation`]), and adds what markup alone cannot do: one
//! behaviour a file, each listening on the document for events of elements that it knows by a `data-`
//! attribute. A behaviour keeps no picture of the page: the markup is the state, and may be exchanged any
//! time ([`places`]).

pub mod copying;
pub mod dom;
pub mod fetching;
mod flyout_keys;
mod flyout_size;
mod flyout_tabs;
mod forms;
mod live;
mod more_rows;
pub mod navigation;
pub mod places;
pub mod saying;

/// Starts all behaviours, once in the life of a document; [`navigation::install`] went before.
pub fn install() {
    forms::install();
    flyout_keys::install();
    flyout_size::install();
    flyout_tabs::install();
    copying::install();
    live::install();
    more_rows::install();
    refreshed();
}

/// Called when places have been exchanged, and once at the beginning: behaviours that have something to do
/// with new markup hang in here.
pub fn refreshed() {
    flyout_size::refreshed();
    flyout_tabs::refreshed();
    flyout_keys::refreshed();
    more_rows::refreshed();
}
