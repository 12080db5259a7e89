//! Work in the background: one file for each job, and what one of them keeps in memory.

pub mod access_audit;
pub mod explorer;
mod following;
pub mod imports;
pub mod memory;
mod room;
pub mod upkeep;
pub mod uploads;
