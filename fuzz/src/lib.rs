//! The code under test: the parts of the crate `ingest` that meet bytes from outside.
//!
//! They are compiled from their own files instead of through the crate, which depends on the whole
//! lake.

#[path = "../../server/ingest/src/container/mod.rs"]
pub mod container;
#[path = "../../server/ingest/src/record/mod.rs"]
pub mod record;

pub mod source;
