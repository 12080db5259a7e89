//! The map of sign-ins by place.

use super::entity::{Choice, Number, WindowBar};
use crate::error::UiError;

/// Everything that the map's page shows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MapPage {
    /// Over which time.
    pub window: WindowBar,
    /// Which kinds of sign-in.
    pub kinds: Vec<Choice>,
    /// The filters in words, each with the address of the page without it.
    pub filters: Vec<(String, String)>,
    /// Parts of the address that were not understood, in words.
    pub problems: Vec<String>,
    /// The same sign-ins in the blade.
    pub blade: String,
    /// The map.
    pub map: Map,
    /// All places, the most frequent first.
    pub places: Vec<PlaceLine>,
    /// How many places there are beyond these.
    pub more_places: u64,
    /// Why nothing could be read, and where to try again.
    pub failure: Option<(UiError, String)>,
    /// Whether there are more places than can be told apart, so that none is shown.
    pub is_too_many: bool,
    /// Whether the lake was read for it.
    pub is_from_lake: bool,
}

/// The drawing with its numbers.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Map {
    /// What one sees, in a sentence.
    pub finding: String,
    /// Address of the outlines.
    pub outlines: String,
    /// The part of the drawing that is shown: left, top, width, height in its units.
    pub view_box: String,
    /// Whole world, or a part of it.
    pub areas: Vec<Choice>,
    /// The circles, the largest first.
    pub circles: Vec<Circle>,
    /// All sign-ins, and those with a position.
    pub all: u64,
    /// See [`Map::all`].
    pub placed: u64,
    /// Sign-ins whose place lies outside the part of the world that is shown.
    pub outside: u64,
    /// Sign-ins without a position in the log.
    pub without_position: Option<Number>,
    /// Sign-ins whose position is 0, 0, which stands for none.
    pub at_zero: Option<Number>,
    /// Sign-ins with half a position, or with one that is not on the globe.
    pub unusable: u64,
}

/// One place, or several that lie too near to each other for a circle each.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Circle {
    /// Its name and numbers, in words.
    pub words: String,
    /// Its sign-ins in the blade, or the table where no filter says just these.
    pub address: String,
    /// Centre, in tenths of the drawing's units.
    pub x: i32,
    /// See [`Circle::x`].
    pub y: i32,
    /// Radius, in tenths of the drawing's units.
    pub radius: i32,
    /// Radius of what can be hit, likewise.
    pub hit_radius: i32,
    /// Radius of the circle within it whose area stands for those that failed; 0 for none.
    pub failed_radius: i32,
}

/// One place in the table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlaceLine {
    /// Its name.
    pub name: String,
    /// Latitude and longitude in words; `None` where the log has none that can be.
    pub position: Option<String>,
    /// How many sign-ins.
    pub all: Number,
    /// Success, failure, interrupted.
    pub by_outcome: [u64; 3],
}
