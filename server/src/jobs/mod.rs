//! Work in the background: one file for each job.

pub mod imports;
pub mod upkeep;
pub mod uploads;
