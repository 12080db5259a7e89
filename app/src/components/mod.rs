//! The parts that pages are made of.

pub mod empty_state;
pub mod failure;
pub mod file_list;
pub mod filter_bar;
pub mod flyout;
pub mod frame;
pub mod grid;
pub mod grid_rows;
pub mod icon;
pub mod load_more;
pub mod outcome;
pub mod pill;
pub mod popover;
pub mod symbol;
pub mod tabs;
pub mod upload;
