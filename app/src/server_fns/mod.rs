//! The calls that the browser makes. Each only reads: it parses, asks the backend, and hands the answer
//! to [`crate::assemble`]. Their addresses, `/api/ui/app/server_fns/<module>/<name>`, stay as they are over releases.

pub mod import;
pub mod sign_ins;
