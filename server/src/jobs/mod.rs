//! Work in the background: one file for each job, and what one of them keeps in memory.

pub mod explorer;
pub mod imports;
pub mod memory;
pub mod upkeep;
pub mod uploads;
