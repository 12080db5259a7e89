//! Work in the background: one file for each job.

pub mod explorer;
mod following;
pub mod imports;
mod room;
pub mod upkeep;
pub mod uploads;
