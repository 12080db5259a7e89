//! What the log says of places: positions, the names logged with them, and what has no position.
//!
//! A position is what sign-ins have as latitude and longitude, exactly. Its name comes from the sign-ins with
//! the same latitude and those with the same longitude: what is logged with both is its name.

use std::collections::HashMap;

use model::answer::{Group, Groups};
use model::query::{Filter, Operator, Query};
use model::{Column, Value};

use crate::assemble::sign_ins::PATH;
use crate::charts::map::on_paper;
use crate::text::map as text;
use crate::view::entity::Number;
use crate::view::map::PlaceLine;
use crate::view::safe_text::shown;

/// Most names of one position that are said.
const MOST_NAMES: usize = 2;
/// Most characters of a name.
const CHARACTERS: usize = 80;

/// A position with its sign-ins.
#[derive(Debug, Clone, PartialEq)]
pub struct Place {
    /// Its name.
    pub name: String,
    /// Latitude in degrees.
    pub latitude: f64,
    /// Longitude in degrees.
    pub longitude: f64,
    /// Number of sign-ins.
    pub rows: u64,
    /// Of these success, failure, interrupted.
    pub by_outcome: [u64; 3],
    /// The location of its sign-ins, where these and no others have it.
    pub location: Option<String>,
}

/// Sign-ins without a position that can be shown.
#[derive(Debug, Clone, PartialEq)]
struct Nowhere {
    name: String,
    filters: Vec<Filter>,
    rows: u64,
    by_outcome: [u64; 3],
}

/// All places.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Places {
    /// Those with a position, the most frequent first.
    pub on_map: Vec<Place>,
    /// Sign-ins with half a position, or with one that is not on the globe.
    pub unusable: u64,
    nowhere: Vec<Nowhere>,
    without_position: u64,
    at_zero: u64,
}

impl Place {
    /// The sign-ins of this place among those of a query.
    pub fn filters(&self) -> Vec<Filter> {
        match &self.location {
            Some(location) => vec![equal("location", location.clone())],
            None => vec![
                equal("latitude", self.latitude.to_string()),
                equal("longitude", self.longitude.to_string()),
            ],
        }
    }
}

fn equal(column: &'static str, value: String) -> Filter {
    Filter::new(Column::named(column), Operator::Equal, [value])
}

fn empty(column: &'static str) -> Filter {
    Filter::new(Column::named(column), Operator::Empty, Vec::<String>::new())
}

/// The same query with more filters.
pub fn with_filters(query: &Query, filters: impl IntoIterator<Item = Filter>) -> Query {
    filters
        .into_iter()
        .fold(query.clone(), |query, filter| query.with_filter(filter))
}

/// Names logged with one coordinate: location and number of sign-ins.
type Names<'a> = HashMap<u64, HashMap<&'a str, u64>>;

fn names_of(groups: &Groups) -> Names<'_> {
    let mut names = Names::new();
    for group in &groups.groups {
        if let [Value::Decimal(coordinate), Value::Text(location)] = group.keys.as_slice() {
            let of_coordinate = names.entry(coordinate.to_bits()).or_default();
            of_coordinate.insert(location.as_str(), group.rows);
        }
    }
    names
}

/// Places from groups by latitude and longitude, by latitude and location, and by longitude and location.
pub fn read(positions: &Groups, by_latitude: &Groups, by_longitude: &Groups) -> Places {
    let (latitudes, longitudes) = (names_of(by_latitude), names_of(by_longitude));
    let mut rows_of: HashMap<&str, u64> = HashMap::new();
    for group in &by_latitude.groups {
        if let Some(Value::Text(location)) = group.keys.get(1) {
            *rows_of.entry(location.as_str()).or_default() += group.rows;
        }
    }
    let mut places = Places::default();
    for group in &positions.groups {
        let [latitude, longitude] = group.keys.as_slice() else {
            continue;
        };
        let (Value::Decimal(latitude), Value::Decimal(longitude)) = (latitude, longitude) else {
            match latitude.is_empty() {
                true => places.without_position += group.rows,
                false => places.unusable += group.rows,
            }
            continue;
        };
        let (latitude, longitude) = (*latitude, *longitude);
        if latitude == 0.0 && longitude == 0.0 {
            places.at_zero += group.rows;
            places.nowhere.push(at_position(group, text::AT_ZERO));
            continue;
        }
        if on_paper(latitude, longitude).is_none() {
            places.unusable += group.rows;
            places.nowhere.push(at_position(group, text::OFF_GLOBE));
            continue;
        }
        let no_names = HashMap::new();
        let of_latitude = latitudes.get(&latitude.to_bits()).unwrap_or(&no_names);
        let of_longitude = longitudes.get(&longitude.to_bits()).unwrap_or(&no_names);
        let mut names: Vec<(&str, u64)> = of_latitude
            .iter()
            .filter_map(|(name, rows)| {
                let other = of_longitude.get(name)?;
                Some((*name, *rows.min(other)))
            })
            .collect();
        names.sort_by(|left, right| right.1.cmp(&left.1).then_with(|| left.0.cmp(right.0)));
        let location = match names.as_slice() {
            // All of the location is here, and all that is here is of the location.
            [(name, rows)] if *rows == group.rows && rows_of.get(name) == Some(rows) => {
                Some((*name).to_owned())
            }
            _ => None,
        };
        places.on_map.push(Place {
            name: name_of(&names),
            latitude,
            longitude,
            rows: group.rows,
            by_outcome: group.by_outcome,
            location,
        });
    }
    places
        .nowhere
        .extend(without_position(positions, by_latitude));
    places
        .nowhere
        .sort_by_key(|nowhere| std::cmp::Reverse(nowhere.rows));
    places
}

fn name_of(names: &[(&str, u64)]) -> String {
    let said: Vec<String> = names
        .iter()
        .take(MOST_NAMES)
        .map(|(name, _)| shown(name, CHARACTERS))
        .collect();
    match names.len().saturating_sub(MOST_NAMES) {
        _ if names.is_empty() => text::NAMELESS.to_owned(),
        0 => said.join(text::OR),
        more => text::and_more(&said.join(text::OR), more),
    }
}

fn at_position(group: &Group, name: &str) -> Nowhere {
    let columns = ["latitude", "longitude"];
    let filters = columns.into_iter().zip(&group.keys);
    Nowhere {
        name: name.to_owned(),
        filters: filters
            .map(|(column, value)| equal(column, value.to_text()))
            .collect(),
        rows: group.rows,
        by_outcome: group.by_outcome,
    }
}

/// Those without latitude, by the location that they may have; and those with only one of the two.
fn without_position(positions: &Groups, by_latitude: &Groups) -> Vec<Nowhere> {
    let locations = by_latitude.groups.iter().filter_map(|group| {
        let [Value::Empty, location] = group.keys.as_slice() else {
            return None;
        };
        let (name, filter) = match location {
            Value::Empty => (text::NO_PLACE.to_owned(), empty("location")),
            location => {
                let name = location.to_text();
                (shown(&name, CHARACTERS), equal("location", name))
            }
        };
        Some(Nowhere {
            name,
            filters: vec![empty("latitude"), filter],
            rows: group.rows,
            by_outcome: group.by_outcome,
        })
    });
    let half = positions.groups.iter().filter_map(|group| {
        let [Value::Decimal(latitude), Value::Empty] = group.keys.as_slice() else {
            return None;
        };
        Some(Nowhere {
            name: text::HALF_A_POSITION.to_owned(),
            filters: vec![equal("latitude", latitude.to_string()), empty("longitude")],
            rows: group.rows,
            by_outcome: group.by_outcome,
        })
    });
    locations.chain(half).collect()
}

impl Places {
    /// Sign-ins without a position, and where they are.
    pub fn without_position(&self, query: &Query) -> Option<Number> {
        let filters = vec![empty("latitude")];
        self.some(self.without_position, query, filters)
    }

    /// Sign-ins at 0, 0, and where they are.
    pub fn at_zero(&self, query: &Query) -> Option<Number> {
        let filters = ["latitude", "longitude"].map(|column| equal(column, "0".to_owned()));
        self.some(self.at_zero, query, filters.into())
    }

    fn some(&self, count: u64, query: &Query, filters: Vec<Filter>) -> Option<Number> {
        (count > 0).then(|| Number {
            count,
            address: with_filters(query, filters).to_address(PATH),
        })
    }

    /// How many lines the table of all has.
    pub fn number_of_lines(&self) -> usize {
        self.on_map.len() + self.nowhere.len()
    }

    /// The first lines of the table: those on the map, then those that are not.
    pub fn lines(&self, query: &Query, most: usize) -> Vec<PlaceLine> {
        let line = |name: &str, position, filters, rows, by_outcome| PlaceLine {
            name: name.to_owned(),
            position,
            all: Number {
                count: rows,
                address: with_filters(query, filters).to_address(PATH),
            },
            by_outcome,
        };
        let on_map = self.on_map.iter().map(|place| {
            let position = text::position(place.latitude, place.longitude);
            line(
                &place.name,
                Some(position),
                place.filters(),
                place.rows,
                place.by_outcome,
            )
        });
        let nowhere = self.nowhere.iter().map(|nowhere| {
            line(
                &nowhere.name,
                None,
                nowhere.filters.clone(),
                nowhere.rows,
                nowhere.by_outcome,
            )
        });
        on_map.chain(nowhere).take(most).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn group(first: Value, second: Value, rows: u64) -> Group {
        Group {
            keys: vec![first, second],
            rows,
            by_outcome: [rows, 0, 0],
            users: None,
            span: None,
        }
    }

    fn groups(all: &[(Value, Value, u64)]) -> Groups {
        Groups {
            groups: all
                .iter()
                .map(|(first, second, rows)| group(first.clone(), second.clone(), *rows))
                .collect(),
            distinct: all.len() as u64,
            is_too_many: false,
        }
    }

    fn text(text: &str) -> Value {
        Value::Text(text.to_owned())
    }

    #[test]
    fn positions_have_the_names_that_are_logged_with_both_coordinates() {
        use Value::{Decimal, Empty};
        let positions = groups(&[
            (Decimal(59.9), Decimal(10.7), 5),
            (Decimal(59.9), Decimal(30.3), 3),
            (Decimal(0.0), Decimal(0.0), 2),
            (Empty, Empty, 4),
            (Decimal(91.0), Decimal(1.0), 1),
        ]);
        let by_latitude = groups(&[
            (Decimal(59.9), text("Oslo"), 5),
            (Decimal(59.9), text("Somewhere"), 3),
            (Decimal(0.0), Empty, 2),
            (Empty, text("Kraków"), 3),
            (Empty, Empty, 1),
            (Decimal(91.0), text("Moon"), 1),
        ]);
        let by_longitude = groups(&[
            (Decimal(10.7), text("Oslo"), 5),
            (Decimal(30.3), text("Somewhere"), 3),
            (Decimal(0.0), Empty, 2),
            (Empty, text("Kraków"), 3),
            (Empty, Empty, 1),
            (Decimal(1.0), text("Moon"), 1),
        ]);
        let places = read(&positions, &by_latitude, &by_longitude);
        let said: Vec<_> = places
            .on_map
            .iter()
            .map(|place| (place.name.as_str(), place.rows))
            .collect();
        assert_eq!(said, [("Oslo", 5), ("Somewhere", 3)]);
        assert_eq!(places.on_map[0].location.as_deref(), Some("Oslo"));
        assert_eq!(places.unusable, 1);
        let query = Query::default();
        let lines = places.lines(&query, 10);
        assert_eq!(lines.iter().map(|line| line.all.count).sum::<u64>(), 15);
        assert_eq!(lines.len(), places.number_of_lines());
        let unknown = places.without_position(&query).expect("some");
        assert_eq!(
            (unknown.count, unknown.address.as_str()),
            (4, "/sign-ins?f=latitude:empty")
        );
        let zero = places.at_zero(&query).expect("some");
        assert_eq!(zero.address, "/sign-ins?f=latitude:eq:0&f=longitude:eq:0");
    }

    #[test]
    fn a_location_with_two_positions_is_no_filter_for_either() {
        use Value::Decimal;
        let positions = groups(&[
            (Decimal(1.5), Decimal(2.5), 5),
            (Decimal(1.6), Decimal(2.5), 1),
        ]);
        let by_latitude = groups(&[(Decimal(1.5), text("X"), 5), (Decimal(1.6), text("X"), 1)]);
        let by_longitude = groups(&[(Decimal(2.5), text("X"), 6)]);
        let places = read(&positions, &by_latitude, &by_longitude);
        let address = with_filters(&Query::default(), places.on_map[0].filters()).to_address(PATH);
        assert_eq!(address, "/sign-ins?f=latitude:eq:1.5&f=longitude:eq:2.5");
    }
}
