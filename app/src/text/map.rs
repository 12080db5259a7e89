//! Words of the map.

use model::present::count;

use crate::text::sign_ins::sign_ins;

/// All kinds of sign-in.
pub const ALL_KINDS: &str = "All kinds";
/// Name of the choice of kinds.
pub const KINDS: &str = "Kinds of sign-in";
/// Name of the choice of areas.
pub const AREA: &str = "Part of the world";
/// All of it.
pub const WORLD: &str = "World";
/// The part with all sign-ins.
pub const CLOSE: &str = "Where sign-ins are";
/// Parts of the world: word in addresses, name, and their south, west, north and east in degrees.
pub const AREAS: [(&str, &str, Bounds); 6] = [
    ("europe", "Europe", (35.0, -11.0, 71.0, 42.0)),
    ("africa", "Africa", (-35.0, -18.0, 37.0, 52.0)),
    ("asia", "Asia", (-11.0, 45.0, 55.0, 146.0)),
    ("north-america", "North America", (8.0, -165.0, 72.0, -55.0)),
    (
        "south-america",
        "South America",
        (-55.0, -82.0, 13.0, -34.0),
    ),
    ("oceania", "Oceania", (-48.0, 110.0, 0.0, 179.0)),
];
/// South, west, north and east in degrees.
pub type Bounds = (f64, f64, f64, f64);
/// Heading of the table.
pub const PLACES: &str = "All places";
/// Column.
pub const PLACE: &str = "Place";
/// Column.
pub const POSITION: &str = "Position";
/// What the map knows and what not.
pub const HONEST: &str = "Positions are those of cities or countries as the log has them: where Entra believes the address to be, not where the person is.";
/// Where each circle says what it is.
pub const SIZES: &str = "The area of a circle grows with its sign-ins; the smallest are drawn a little larger. Places that lie near to each other share one.";
/// Legend.
pub const ALL: &str = "All sign-ins";
/// Legend.
pub const OF_THESE_FAILED: &str = "Of these failed";
/// A position without a name.
pub const NAMELESS: &str = "Place without a name";
/// Neither position nor name.
pub const NO_PLACE: &str = "No place recorded";
/// Position 0, 0.
pub const AT_ZERO: &str = "Position 0, 0: unknown";
/// Position that there is not.
pub const OFF_GLOBE: &str = "Position that is not on the globe";
/// Latitude without longitude.
pub const HALF_A_POSITION: &str = "Latitude without longitude";
/// In the place of a position.
pub const NO_POSITION: &str = "Unknown";
/// Between names of the same position.
pub const OR: &str = " or ";
/// Name of the list of filters.
pub const FILTERS: &str = "Filters";
/// To change the filters.
pub const CHANGE_FILTERS: &str = "Change filters in sign-in logs";
/// Where there are more places than can be told apart.
pub const TOO_MANY_TITLE: &str = "Too many places to tell apart";
/// What to do then.
pub const TOO_MANY_HELP: &str = "Choose a shorter time or add a filter.";
/// Heading where reading failed.
pub const FAILED_TITLE: &str = "Could not read the places";
/// Where there are no sign-ins.
pub const NONE: &str = "No sign-ins match, so there is nothing on the map.";

/// Names of a position beyond those said.
pub fn and_more(names: &str, more: usize) -> String {
    format!("{names} or {more} more")
}

/// What the map shows, in a sentence.
pub fn finding(placed: u64, places: u64, most: Option<(&str, u64)>) -> String {
    match most {
        None => "No sign-in here has a position.".to_owned(),
        Some((name, rows)) => format!(
            "{} {} from {} {}, most from {name}: {}.",
            count(placed),
            sign_ins(placed),
            count(places),
            if places == 1 { "place" } else { "places" },
            count(rows)
        ),
    }
}

/// A circle in words.
pub fn circle(names: &[&str], more: usize, rows: u64, failures: u64) -> String {
    let names = match (names, more) {
        ([one], 0) => (*one).to_owned(),
        ([first @ .., last], 0) => format!("{} and {last}", first.join("; ")),
        (names, more) => format!("{} and {more} more places", names.join("; ")),
    };
    format!(
        "{names}: {} {}, {} failed",
        count(rows),
        sign_ins(rows),
        count(failures)
    )
}

/// Latitude and longitude in degrees.
pub fn position(latitude: f64, longitude: f64) -> String {
    let side = |value: f64, sides: [char; 2]| if value < 0.0 { sides[1] } else { sides[0] };
    format!(
        "{:.2}° {}, {:.2}° {}",
        latitude.abs(),
        side(latitude, ['N', 'S']),
        longitude.abs(),
        side(longitude, ['E', 'W'])
    )
}

/// How many of all have a position.
pub fn placed(placed: u64, all: u64) -> String {
    format!(
        "{} of {} {} have a position.",
        count(placed),
        count(all),
        sign_ins(all)
    )
}

/// Sign-ins without a position.
pub fn without_position(number: u64) -> String {
    format!("{} without a position in the log", count(number))
}

/// Sign-ins at 0, 0.
pub fn at_zero(number: u64) -> String {
    format!(
        "{} at position 0, 0, which stands for unknown",
        count(number)
    )
}

/// Sign-ins with a position that cannot be.
pub fn unusable(number: u64) -> String {
    format!(
        "{} with half a position or one that is not on the globe",
        count(number)
    )
}

/// Sign-ins whose place is not in view.
pub fn outside(number: u64) -> String {
    format!("{} outside this part of the world", count(number))
}

/// A filter in words.
pub fn filter(label: &str, operator: &str, values: &str, is_paused: bool) -> String {
    let paused = if is_paused { " (paused)" } else { "" };
    let words = format!("{label} {operator} {values}");
    format!("{}{paused}", words.trim_end())
}

/// The search in words.
pub fn search(text: &str) -> String {
    format!("Search: {text}")
}

/// Takes a filter out.
pub fn remove(words: &str) -> String {
    format!("Remove filter {words}")
}

/// Under the table.
pub fn more_places(number: u64) -> String {
    format!("{} more places are not listed.", count(number))
}
