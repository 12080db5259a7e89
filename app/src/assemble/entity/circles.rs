//! The circles of the map. Places whose circles would lie over each other share one.

use model::Column;
use model::Outcome;
use model::query::{Filter, Operator, Query};

use super::places::{Place, with_filters};
use crate::assemble::sign_ins::PATH;
use crate::charts::map::{HEIGHT, WIDTH, on_paper};
use crate::text::map as text;
use crate::view::map::Circle;

/// Width at which the map is usually shown, in pixels.
const SHOWN_WIDTH_PX: f64 = 880.0;
/// Radius of the largest circle, in pixels.
const MOST_RADIUS_PX: f64 = 26.0;
/// Radius of the smallest that is drawn, in pixels.
const LEAST_RADIUS_PX: f64 = 4.0;
/// Radius of what can be hit at least, in pixels.
const HIT_RADIUS_PX: f64 = 12.5;
/// Narrowest part of the world that is shown, in units of the outlines.
const LEAST_WIDTH: f64 = 320.0;
/// Most names that a circle says.
const MOST_NAMES: usize = 3;
/// Where the table of all places stands in the page.
const TABLE: &str = "#places";

/// The part of the outlines that is shown, in their units.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct View {
    left: f64,
    top: f64,
    width: f64,
}

impl View {
    /// All of it.
    pub const WORLD: View = View {
        left: 0.0,
        top: 0.0,
        width: WIDTH,
    };

    /// The part with these places, with some room around them.
    pub fn around(places: &[Place]) -> View {
        const ROOM: f64 = 1.25;
        let points = || {
            places
                .iter()
                .filter_map(|place| on_paper(place.latitude, place.longitude))
        };
        if points().next().is_none() {
            return View::WORLD;
        }
        let bounds = |values: &mut dyn Iterator<Item = f64>| {
            values.fold(
                (f64::INFINITY, f64::NEG_INFINITY),
                |(least, most), value| (least.min(value), most.max(value)),
            )
        };
        let (left, right) = bounds(&mut points().map(|(x, _)| x));
        let (top, bottom) = bounds(&mut points().map(|(_, y)| y));
        let shape = WIDTH / HEIGHT;
        let width = ((right - left).max((bottom - top) * shape) * ROOM).clamp(LEAST_WIDTH, WIDTH);
        let height = width / shape;
        View {
            left: (f64::midpoint(left, right) - width / 2.0).clamp(0.0, WIDTH - width),
            top: (f64::midpoint(top, bottom) - height / 2.0).clamp(0.0, HEIGHT - height),
            width,
        }
    }

    /// The part between two latitudes and two longitudes.
    pub fn of_area((south, west, north, east): (f64, f64, f64, f64)) -> View {
        let corner = |latitude, longitude| Place {
            name: String::new(),
            latitude,
            longitude,
            rows: 0,
            by_outcome: [0; 3],
            location: None,
        };
        View::around(&[corner(south, west), corner(north, east)])
    }

    /// Whether a place lies within it.
    pub fn has(self, place: &Place) -> bool {
        let height = self.width * HEIGHT / WIDTH;
        on_paper(place.latitude, place.longitude).is_some_and(|(x, y)| {
            // A hair more, for what lies on the edge of the world.
            (self.left - 0.5..=self.left + self.width + 0.5).contains(&x)
                && (self.top - 0.5..=self.top + height + 0.5).contains(&y)
        })
    }

    /// As a view box: left, top, width, height.
    pub fn to_text(self) -> String {
        let height = self.width * HEIGHT / WIDTH;
        format!(
            "{:.0} {:.0} {:.0} {:.0}",
            self.left, self.top, self.width, height
        )
    }

    /// Units of the outlines in a pixel.
    fn units_of_a_pixel(self) -> f64 {
        self.width / SHOWN_WIDTH_PX
    }
}

/// Places that share a circle, the most frequent first.
struct Cluster<'a> {
    x: f64,
    y: f64,
    rows: u64,
    failures: u64,
    places: Vec<&'a Place>,
}

impl Cluster<'_> {
    /// To the middle of both, where the larger one counts more.
    #[expect(
        clippy::cast_precision_loss,
        reason = "a drawing needs no more than three digits"
    )]
    fn move_towards(&mut self, other: &Cluster<'_>) {
        let share = other.rows as f64 / (self.rows + other.rows).max(1) as f64;
        self.x += (other.x - self.x) * share;
        self.y += (other.y - self.y) * share;
    }
}

/// The circles of the places of a view, the largest first.
pub fn circles(places: &[Place], view: View, query: &Query) -> Vec<Circle> {
    let mut clusters: Vec<Cluster<'_>> = places
        .iter()
        .filter(|place| view.has(place))
        .filter_map(|place| {
            let (x, y) = on_paper(place.latitude, place.longitude)?;
            Some(Cluster {
                x,
                y,
                rows: place.rows,
                failures: place.by_outcome[Outcome::Failure.index()],
                places: vec![place],
            })
        })
        .collect();
    loop {
        clusters.sort_by_key(|cluster| std::cmp::Reverse(cluster.rows));
        let before = clusters.len();
        clusters = joined(clusters, view);
        if clusters.len() == before {
            break;
        }
    }
    let most = most_rows(&clusters);
    let all = clusters.iter();
    all.map(|cluster| circle(cluster, most, view, query, places))
        .collect()
}

/// Clusters with those that touch a larger one put into that.
fn joined<'a>(clusters: Vec<Cluster<'a>>, view: View) -> Vec<Cluster<'a>> {
    let most = most_rows(&clusters);
    let mut kept: Vec<Cluster<'a>> = Vec::new();
    for cluster in clusters {
        let own = hit_radius(cluster.rows, most, view);
        let touched = kept.iter_mut().find(|larger| {
            let distance = (larger.x - cluster.x).hypot(larger.y - cluster.y);
            distance < own + hit_radius(larger.rows, most, view)
        });
        match touched {
            Some(larger) => {
                larger.move_towards(&cluster);
                larger.rows += cluster.rows;
                larger.failures += cluster.failures;
                larger.places.extend(cluster.places);
            }
            None => kept.push(cluster),
        }
    }
    kept
}

fn most_rows(clusters: &[Cluster<'_>]) -> u64 {
    clusters
        .iter()
        .map(|cluster| cluster.rows)
        .max()
        .unwrap_or(1)
}

/// In units of the outlines; the area grows with the number.
#[expect(
    clippy::cast_precision_loss,
    reason = "a drawing needs no more than three digits"
)]
fn radius(rows: u64, most: u64, view: View) -> f64 {
    let share = rows as f64 / most.max(1) as f64;
    (share.sqrt() * MOST_RADIUS_PX).max(LEAST_RADIUS_PX) * view.units_of_a_pixel()
}

/// The same, or what can be hit.
fn hit_radius(rows: u64, most: u64, view: View) -> f64 {
    radius(rows, most, view).max(HIT_RADIUS_PX * view.units_of_a_pixel())
}

#[expect(
    clippy::cast_possible_truncation,
    reason = "the outlines are 2,000 units wide"
)]
fn tenths(units: f64) -> i32 {
    (units * 10.0).round() as i32
}

#[expect(
    clippy::cast_precision_loss,
    reason = "a drawing needs no more than three digits"
)]
fn circle(cluster: &Cluster<'_>, most: u64, view: View, query: &Query, all: &[Place]) -> Circle {
    let radius = radius(cluster.rows, most, view);
    let failed = cluster.failures as f64 / cluster.rows.max(1) as f64;
    let names: Vec<&str> = cluster
        .places
        .iter()
        .take(MOST_NAMES)
        .map(|place| place.name.as_str())
        .collect();
    let more = cluster.places.len().saturating_sub(MOST_NAMES);
    Circle {
        words: text::circle(&names, more, cluster.rows, cluster.failures),
        address: address(cluster, query, all),
        x: tenths(cluster.x),
        y: tenths(cluster.y),
        radius: tenths(radius),
        hit_radius: tenths(hit_radius(cluster.rows, most, view)),
        failed_radius: tenths(radius * failed.sqrt()),
    }
}

/// The sign-ins of all its places and of no others, or the table where no filter says just these.
fn address(cluster: &Cluster<'_>, query: &Query, all: &[Place]) -> String {
    if let [place] = cluster.places.as_slice() {
        return with_filters(query, place.filters()).to_address(PATH);
    }
    let locations: Option<Vec<String>> = cluster
        .places
        .iter()
        .map(|place| place.location.clone())
        .collect();
    if let Some(locations) = locations {
        let filter = Filter::new(Column::named("location"), Operator::In, locations);
        return query.with_filter(filter).to_address(PATH);
    }
    let bounds = |of: fn(&Place) -> f64| {
        let values = || cluster.places.iter().map(|place| of(place));
        (
            values().fold(f64::INFINITY, f64::min),
            values().fold(f64::NEG_INFINITY, f64::max),
        )
    };
    let (south, north) = bounds(|place| place.latitude);
    let (west, east) = bounds(|place| place.longitude);
    let within = all.iter().filter(|place| {
        (south..=north).contains(&place.latitude) && (west..=east).contains(&place.longitude)
    });
    if within.count() != cluster.places.len() {
        return TABLE.to_owned();
    }
    let filters = [
        ("latitude", Operator::GreaterOrEqual, south),
        ("latitude", Operator::LessOrEqual, north),
        ("longitude", Operator::GreaterOrEqual, west),
        ("longitude", Operator::LessOrEqual, east),
    ];
    let filters = filters.map(|(column, operator, value)| {
        Filter::new(Column::named(column), operator, [value.to_string()])
    });
    with_filters(query, filters).to_address(PATH)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn place(name: &str, latitude: f64, longitude: f64, rows: u64) -> Place {
        Place {
            name: name.to_owned(),
            latitude,
            longitude,
            rows,
            by_outcome: [rows - rows / 4, rows / 4, 0],
            location: Some(name.to_owned()),
        }
    }

    #[test]
    fn near_places_share_a_circle_until_one_looks_closer() {
        let places = [
            place("Oslo", 59.91, 10.75, 100),
            place("Drammen", 59.74, 10.2, 20),
            place("Singapore", 1.29, 103.85, 8),
        ];
        let query = Query::default();
        let world = circles(&places, View::WORLD, &query);
        assert_eq!(world.len(), 2);
        assert_eq!(world[0].address, "/sign-ins?f=location:in:Oslo,Drammen");
        assert_eq!(world[0].words, "Oslo and Drammen: 120 sign-ins, 30 failed");
        assert_eq!(world[1].words, "Singapore: 8 sign-ins, 2 failed");
        assert!(world[0].radius > world[1].radius && world[1].radius < world[1].hit_radius);
        let half = world[1].radius / 2;
        assert!((world[1].failed_radius - half).abs() <= 1, "{half}");
        // Between the two, nearer to the larger one.
        let oslo = tenths(on_paper(59.91, 10.75).expect("a place").0);
        assert!(
            (oslo - 20..oslo).contains(&world[0].x),
            "{} {oslo}",
            world[0].x
        );
        let near = &places[..2];
        let close = View::around(near);
        assert!(close.width < WIDTH / 4.0, "{close:?}");
    }

    #[test]
    fn no_two_circles_touch() {
        let places: Vec<Place> = (0_u32..400)
            .map(|index| {
                let (latitude, longitude) = (
                    f64::from(index % 20) * 4.0 - 40.0,
                    f64::from(index / 20) * 8.0 - 80.0,
                );
                place("x", latitude, longitude, u64::from(index * index % 97) + 1)
            })
            .collect();
        let drawn = circles(&places, View::WORLD, &Query::default());
        let all: u64 = places.iter().map(|place| place.rows).sum();
        assert!(drawn.len() > 5, "{}", drawn.len());
        for (index, one) in drawn.iter().enumerate() {
            for other in &drawn[..index] {
                let distance = f64::from(one.x - other.x).hypot(f64::from(one.y - other.y));
                assert!(distance + 2.0 >= f64::from(one.hit_radius + other.hit_radius));
            }
        }
        assert!(all > 0);
    }

    #[test]
    fn places_without_a_location_of_their_own_are_filtered_by_their_bounds() {
        let nameless = |latitude, longitude| Place {
            location: None,
            ..place("x", latitude, longitude, 4)
        };
        let places = [nameless(50.0, 20.0), nameless(50.1, 20.2)];
        let drawn = circles(&places, View::WORLD, &Query::default());
        assert_eq!(
            drawn[0].address,
            "/sign-ins?f=latitude:ge:50&f=latitude:le:50.1&f=longitude:ge:20&f=longitude:le:20.2"
        );
    }
}
