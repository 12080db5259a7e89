//! What sign-ins mean: the error book, and the verdict on one sign-in. No I/O and no clock; the same input gives the same
//! words.

pub mod acts;
pub mod book;
pub mod settling;
pub mod verdict;
