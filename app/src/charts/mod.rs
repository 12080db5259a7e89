//! Charts, written by the server as SVG.
//!
//! - [`buckets`]: the round stretches of time that a chart counts by.
//! - [`donut`]: a ring of shares.
//! - [`heat`]: days across and hours down, in steps of one colour.
//! - [`lines`]: lines over time.
//! - [`map`]: the world, and places on it.
//! - [`spark`]: small columns in a line of text.
//! - [`stack`]: columns over time, stacked.
//! - [`svg`]: where plotters draws: SVG with classes, widths in percent and heights in pixels, so that a
//!   chart is sharp at every width and takes its colours from the theme.

pub mod buckets;
pub mod donut;
pub mod heat;
pub mod lines;
pub mod map;
pub mod spark;
pub mod stack;
pub mod svg;
