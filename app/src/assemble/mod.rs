//! Makes what pages show from the answers of the backend. Runs on the server only.

pub mod choices;
pub mod download;
pub mod columns;
pub mod empty;
pub mod entity;
pub mod filters;
pub mod flyout;
pub mod folded;
pub mod grid;
pub mod groups;
pub mod histogram;
pub mod import;
pub mod json_lines;
pub mod kinds;
pub mod moments;
pub mod rail;
pub mod row_menu;
pub mod rows_from;
pub mod preferences;
pub mod saved;
pub mod sign_ins;
