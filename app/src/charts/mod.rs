//! Charts, written by the server as SVG.
//!
//! - [`buckets`]: the round stretches of time that a chart counts by.
//! - [`map`]: the world, and places on it.
//! - [`stack`]: columns over time, stacked by outcome.
//! - [`svg`]: where plotters draws: SVG with classes, widths in percent and heights in pixels, so that a
//!   chart is sharp at every width and takes its colours from the theme.

pub mod buckets;
pub mod map;
pub mod stack;
pub mod svg;
