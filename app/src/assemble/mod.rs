//! Makes what pages show from the answers of the backend. Runs on the server only.

pub mod add_filter;
pub mod calendar;
pub mod client_apps;
pub mod completion;
pub mod date_pill;
pub mod empty;
pub mod filter_editor;
pub mod filters;
pub mod flyout;
pub mod grid;
pub mod import;
pub mod json_lines;
pub mod moments;
pub mod sign_ins;
pub mod typed_range;
pub mod value_list;
