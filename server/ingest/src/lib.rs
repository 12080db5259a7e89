//! From any export to rows of the lake.
//!
//! - [`container`] cuts files into records, whatever stands around them;
//! - [`record`] reads one record in any of its shapes;
//! - [`pipeline`] runs both on all cores and hands the rows to the lake's importer.
//!
//! Beside them, [`membership`] reads lists of groups and their members, and [`registration`] what people registered to
//! sign in with.

pub mod container;
pub mod membership;
pub mod pipeline;
pub mod record;
pub mod registration;

pub use pipeline::{ImportError, ImportOptions, Progress, Source, import};
