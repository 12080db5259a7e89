//! The calls that the browser makes. Each only reads: it parses, asks the backend, and hands the answer
//! to [`crate::assemble`]. Their addresses are
//! `/api/ui/app/server_fns/<module>/<function>`, the same in every release.

pub mod import;
