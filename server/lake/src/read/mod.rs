//! Answering queries from the tables, through DataFusion in this process.
//!
//! Windows that memory does not hold are answered here; the plan is the same one that a cluster
//! would run.

mod answer;
mod counts;
mod detail;
mod everything;
mod facets;
mod files;
mod folded;
mod groups;
mod histogram;
mod page;
mod predicate;
mod restated;
mod search;
mod series;
pub(crate) mod session;

pub use detail::{StoredRecord, id_key};
pub use everything::{Everything, Pinned};
pub use files::{DataFile, DataFiles};
pub(crate) use predicate::instant;
