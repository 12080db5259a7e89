//! The parts that pages are made of.
//!
//! Those that stand behind `ssr` are written by the server alone: the client exchanges them as markup.

#[cfg(feature = "ssr")]
pub mod add_filter;
#[cfg(feature = "ssr")]
pub mod command_bar;
#[cfg(feature = "ssr")]
pub mod date_range;
pub mod empty_state;
pub mod failure;
pub mod file_list;
#[cfg(feature = "ssr")]
pub mod filter_bar;
#[cfg(feature = "ssr")]
pub mod filter_editor;
#[cfg(feature = "ssr")]
pub mod flyout;
pub mod frame;
#[cfg(feature = "ssr")]
pub mod grid;
#[cfg(feature = "ssr")]
pub mod grid_footer;
#[cfg(feature = "ssr")]
pub mod grid_rows;
pub mod icon;
#[cfg(feature = "ssr")]
pub mod load_more;
#[cfg(feature = "ssr")]
pub mod outcome;
#[cfg(feature = "ssr")]
pub mod pill;
#[cfg(feature = "ssr")]
pub mod popover;
#[cfg(feature = "ssr")]
pub mod problem_list;
#[cfg(feature = "ssr")]
pub mod search_line;
pub mod server_sheet;
pub mod symbol;
#[cfg(feature = "ssr")]
pub mod tabs;
pub mod upload;
#[cfg(feature = "ssr")]
pub mod value_list;
