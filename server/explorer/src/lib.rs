//! Sign-ins in memory, column by column, and the questions over them: what is clicked is answered here.
//!
//! A segment holds at most 65,535 rows of one kind of one data file of the lake, newest first: moments,
//! identifiers in 16 bytes, everything else as codes of the values that the segment has, which are
//! numbers of values in a dictionary that all segments share. A filter is decided once for each value of a
//! dictionary; rows are then a matter of comparing codes, 64 at a time. Readers hold a view of one version,
//! which no writer changes.

mod codes;
mod condition;
mod dates;
mod dictionary;
mod directory;
mod explorer;
mod facets;
mod flat;
mod fold;
mod groups;
mod histogram;
mod identifier;
mod largest;
mod layout;
mod listed;
mod load;
mod mask;
mod narrow;
mod order;
mod outcome;
mod page;
mod parallel;
mod pass;
mod plan;
mod predicate;
mod rows;
#[cfg(test)]
mod sample;
mod segment;
mod series;
mod snapshot;
mod users;
mod view;
mod whereabouts;

pub use explorer::Explorer;
pub use flat::Flat;
pub use identifier::Written;
pub use load::{KIND, LoadError, numbered_columns, plain_columns};
pub use rows::{Cell, Rows};
pub use view::View;
