//! What the client does with pages that the server wrote.
//!
//! Pages work without it. It saves page loads ([`navigation`]), and adds what markup alone cannot do: one
//! behaviour a file, each listening on the document for events of elements that it knows by a `data-`
//! attribute. A behaviour keeps no picture of the page: the markup is the state, and may be exchanged any
//! time ([`places`]).

mod add_filter;
mod brush;
mod cell_verbs;
mod chart_copying;
mod chosen;
mod columns;
mod completion;
pub mod copying;
mod date_range;
mod density;
pub mod dom;
mod downloading;
mod editor;
mod expanding;
pub mod fetching;
mod flyout_keys;
mod flyout_size;
mod flyout_tabs;
mod following;
mod forms;
mod grid_keys;
mod in_use;
mod live;
pub mod navigation;
mod navigation_menu;
mod opened;
mod paging;
mod pills;
pub mod places;
mod posting;
mod pressing;
mod rail;
mod readout;
mod row_menu;
pub mod saying;
mod sharing;
mod shortcuts;
mod toolbar;
mod value_list;
mod widths;

/// Starts all behaviours, once in the life of a document; [`navigation::install`] went before.
pub fn install() {
    pressing::install();
    brush::install();
    readout::install();
    chart_copying::install();
    cell_verbs::install();
    rail::install();
    forms::install();
    editor::install();
    value_list::install();
    pills::install();
    add_filter::install();
    date_range::install();
    completion::install();
    flyout_keys::install();
    flyout_size::install();
    flyout_tabs::install();
    copying::install();
    downloading::install();
    live::install();
    chosen::install();
    row_menu::install();
    grid_keys::install();
    density::install();
    paging::install();
    following::install();
    opened::install();
    expanding::install();
    posting::install();
    columns::install();
    widths::install();
    toolbar::install();
    sharing::install();
    shortcuts::install();
    navigation_menu::install();
    refreshed();
}

/// Called when all of a page is there that came.
fn settled() {
    live::settled();
    chosen::settled();
    following::refreshed();
}

/// Called when rows have been added to a body of the grid.
fn rows_came(body: &leptos::web_sys::Element) {
    grid_keys::take_from_tab_order(body);
    chosen::mark(body);
    paging::grant_focus();
}

/// Called when places have been exchanged, and once at the beginning: behaviours that have something to do
/// with new markup hang in here.
pub fn refreshed() {
    flyout_size::refreshed();
    flyout_tabs::refreshed();
    flyout_keys::refreshed();
    rail::refreshed();
    readout::refreshed();
    grid_keys::refreshed();
    paging::refreshed();
    following::refreshed();
    chosen::refreshed();
    live::refreshed();
    columns::refreshed();
    toolbar::refreshed();
    pills::refreshed();
}
