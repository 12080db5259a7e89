//! Makes what pages show from the answers of the backend. Runs on the server only.

pub mod empty;
pub mod entity;
pub mod filters;
pub mod flyout;
pub mod grid;
pub mod import;
pub mod json_lines;
pub mod moments;
pub mod sign_ins;
