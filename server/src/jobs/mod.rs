//! Work in the background: one file for each job.

pub mod explorer;
pub mod imports;
pub mod upkeep;
pub mod uploads;
