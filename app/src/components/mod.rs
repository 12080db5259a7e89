//! The parts that pages are made of.
//!
//! Those that stand behind `ssr` are written by the server alone: the client exchanges them as markup.

#[cfg(feature = "ssr")]
pub mod columns_pane;
#[cfg(feature = "ssr")]
pub mod command_bar;
#[cfg(feature = "ssr")]
pub mod commands;
pub mod empty_state;
pub mod failure;
pub mod file_list;
#[cfg(feature = "ssr")]
pub mod filter_bar;
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
pub mod save_view;
#[cfg(feature = "ssr")]
pub mod saved_views;
pub mod server_sheet;
#[cfg(feature = "ssr")]
pub mod share;
#[cfg(feature = "ssr")]
pub mod shortcut_sheet;
pub mod symbol;
#[cfg(feature = "ssr")]
pub mod tabs;
pub mod upload;
