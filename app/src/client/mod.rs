//! What the client does with pages that the server wrote.
//!
//! Pages work without it. It saves page loads ([`navigation`]), and adds what markup alone cannot do: one
//! behaviour a file, each listening on the document for events of elements that it knows by a `data-`
//! attribute. A behaviour keeps no picture of the page: the markup is the state, and may be exchanged any
//! time ([`places`]).

mod columns;
pub mod copying;
pub mod dom;
pub mod fetching;
mod flyout_keys;
mod forms;
mod live;
mod more_rows;
pub mod navigation;
mod navigation_menu;
pub mod places;
mod posting;
pub mod saying;
mod sharing;
mod shortcuts;
mod toolbar;
mod widths;

/// Starts all behaviours, once in the life of a document; [`navigation::install`] went before.
pub fn install() {
    forms::install();
    flyout_keys::install();
    copying::install();
    live::install();
    more_rows::install();
    posting::install();
    columns::install();
    widths::install();
    toolbar::install();
    sharing::install();
    shortcuts::install();
    navigation_menu::install();
    refreshed();
}

/// Called when places have been exchanged, and once at the beginning: behaviours that have something to do
/// with new markup hang in here.
pub fn refreshed() {
    flyout_keys::refreshed();
    more_rows::refreshed();
    columns::refreshed();
    toolbar::refreshed();
}
