//! Makes what pages show from the answers of the backend. Runs on the server only.

pub mod columns;
pub mod empty;
pub mod filters;
pub mod flyout;
pub mod grid;
pub mod import;
pub mod json_lines;
pub mod moments;
pub mod preferences;
pub mod saved;
pub mod sign_ins;
