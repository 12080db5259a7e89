//! What the client does with pages that the server wrote.
//!
//! Pages work without it. It saves page loads ([`navigation`]), and adds what markup alone cannot do: one
//! behaviour a file, each listening on the document for events of elements that it knows by a `data-`
//! attribute. A behaviour keeps no picture of the page: the markup is the state, and may be exchanged any
//! time ([`places`]).

mod add_filter;
mod completion;
pub mod copying;
mod date_range;
pub mod dom;
mod editor;
pub mod fetching;
mod flyout_keys;
mod forms;
mod live;
mod more_rows;
pub mod navigation;
mod pills;
pub mod places;
pub mod saying;
mod value_list;

/// Starts all behaviours, once in the life of a document; [`navigation::install`] went before.
pub fn install() {
    forms::install();
    editor::install();
    value_list::install();
    pills::install();
    add_filter::install();
    date_range::install();
    completion::install();
    flyout_keys::install();
    copying::install();
    live::install();
    more_rows::install();
    refreshed();
}

/// Called when places have been exchanged, and once at the beginning: behaviours that have something to do
/// with new markup hang in here.
pub fn refreshed() {
    flyout_keys::refreshed();
    pills::refreshed();
    more_rows::refreshed();
}
