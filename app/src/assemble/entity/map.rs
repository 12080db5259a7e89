//! The map of the sign-ins of a query by place.

use leptos::prelude::use_context;
use model::answer::{Counts, Groups};
use model::ask::{Ask, GroupAsk};
use model::query::{Problem, Query, take_parts};
use model::{Column, Noise, Tab, answer, present};

use super::circles::{self, View};
use super::places::{self, Places};
use super::window::Window;
use crate::assemble::moments::{Clock, in_known_zone};
use crate::assemble::sign_ins::PATH as BLADE;
use crate::assets::ClientAssets;
use crate::backend::{Backend, BackendError};
use crate::error::UiError;
use crate::text::map as text;
use crate::view::entity::Choice;
use crate::view::map::{Map, MapPage};
use crate::view::safe_text::shown;

/// Address of the page.
pub const PATH: &str = "/map";
/// Most places in the table.
const MOST_LINES: usize = 500;

/// A part of the world.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Area {
    /// All of it.
    World,
    /// The part with all sign-ins.
    Close,
    /// One of [`text::AREAS`]: its word in addresses and its bounds.
    Named(&'static str, text::Bounds),
}

impl Area {
    const CLOSE: &'static str = "close";

    fn parse(word: &str) -> Area {
        let mut named = text::AREAS.iter();
        match named.find(|(known, ..)| *known == word) {
            Some((known, _, bounds)) => Area::Named(known, *bounds),
            None if word == Area::CLOSE => Area::Close,
            None => Area::World,
        }
    }

    fn word(self) -> Option<&'static str> {
        match self {
            Area::World => None,
            Area::Close => Some(Area::CLOSE),
            Area::Named(word, _) => Some(word),
        }
    }

    fn view(self, places: &Places) -> View {
        match self {
            Area::World => View::WORLD,
            Area::Close => View::around(&places.on_map),
            Area::Named(_, bounds) => View::of_area(bounds),
        }
    }
}

/// What an address asks of the map: the blade's query, and which part of the world is shown.
#[derive(Debug, Clone, PartialEq)]
pub struct MapAsk {
    /// Which sign-ins.
    pub query: Query,
    /// Which part of the world.
    pub area: Area,
}

impl MapAsk {
    /// What a query string asks, and what of it was not understood.
    pub fn of(query: &str) -> (MapAsk, Vec<Problem>) {
        let (own, rest) = take_parts(query, &["area"]);
        let (query, problems) = in_known_zone(Query::parse(&rest));
        let query = Query {
            after: None,
            ..query.without_row()
        };
        let word = own.last().map_or("", |(_, value)| value.as_str());
        let area = Area::parse(word);
        (MapAsk { query, area }, problems)
    }

    /// Its address.
    pub fn address(&self) -> String {
        let address = self.query.to_address(PATH);
        match (self.area.word(), address.contains('?')) {
            (None, _) => address,
            (Some(word), false) => format!("{address}?area={word}"),
            (Some(word), true) => format!("{address}&area={word}"),
        }
    }

    fn with(&self, query: Query) -> String {
        MapAsk {
            query,
            ..self.clone()
        }
        .address()
    }
}

/// What the log says of the places of some sign-ins.
pub struct PlacesAnswer {
    /// Exact numbers.
    pub counts: Counts,
    /// The places; `None` when there are too many to tell apart.
    pub places: Option<Places>,
    /// Whether the lake was read.
    pub is_from_lake: bool,
}

/// Asks for the places.
///
/// # Errors
/// Those of the backend.
pub async fn ask_places(
    backend: &dyn Backend,
    query: &Query,
) -> Result<PlacesAnswer, BackendError> {
    let [latitude, longitude, location] = ["latitude", "longitude", "location"].map(Column::named);
    let mut is_from_lake = false;
    let mut counts = Counts::default();
    let mut answers: Vec<Groups> = Vec::new();
    for by in [
        [latitude, longitude],
        [latitude, location],
        [longitude, location],
    ] {
        let mut ask = Ask::of(query.clone());
        ask.counts = true;
        ask.outcomes = answers.is_empty();
        ask.groups = Some(GroupAsk {
            by: by.to_vec(),
            limit: answer::MOST_GROUPS,
            users: false,
            span: false,
        });
        let answered = backend.ask(ask).await?;
        is_from_lake |= answered.is_from_lake;
        if answers.is_empty() {
            counts = answered.answer.counts.unwrap_or_default();
        }
        answers.push(answered.answer.groups.unwrap_or_default());
    }
    let is_too_many = answers.iter().any(|groups| groups.is_too_many);
    let places = match (is_too_many, answers.as_slice()) {
        (false, [positions, by_latitude, by_longitude]) => {
            Some(places::read(positions, by_latitude, by_longitude))
        }
        _ => None,
    };
    Ok(PlacesAnswer {
        counts,
        places,
        is_from_lake,
    })
}

/// Everything that the map's page shows.
pub async fn page(
    backend: &dyn Backend,
    ask: &MapAsk,
    problems: &[Problem],
    clock: &Clock,
) -> MapPage {
    let query = &ask.query;
    let window = Window::of_query(query);
    let mut page = MapPage {
        window: window.bar(clock, |window| {
            ask.with(Query {
                range: window.range,
                time_zone: window.time_zone,
                ..query.clone()
            })
        }),
        kinds: kinds(ask),
        filters: filters(ask),
        problems: problems
            .iter()
            .map(|problem| shown(&format!("{}: {}", problem.part, problem.message), 400))
            .collect(),
        blade: query.to_address(BLADE),
        map: Map::default(),
        places: Vec::new(),
        more_places: 0,
        failure: None,
        is_too_many: false,
        is_from_lake: false,
    };
    match ask_places(backend, query).await {
        Ok(answer) => {
            page.is_from_lake = answer.is_from_lake;
            match answer.places {
                Some(places) => {
                    let all = shown_kinds(&answer.counts, query);
                    page.places = places.lines(query, MOST_LINES);
                    page.more_places = places.number_of_lines().saturating_sub(MOST_LINES) as u64;
                    page.map = map(&places, ask, all);
                }
                None => page.is_too_many = true,
            }
        }
        Err(error) => page.failure = Some((UiError::from(error), ask.address())),
    }
    page
}

/// How many there are of the kinds that are asked for.
fn shown_kinds(counts: &Counts, query: &Query) -> u64 {
    let tabs = query.tabs();
    let of_tabs = Tab::ALL.into_iter().filter(|tab| tabs.has(*tab));
    of_tabs.map(|tab| counts.of_tab(tab)).sum()
}

fn map(places: &Places, ask: &MapAsk, all: u64) -> Map {
    let view = ask.area.view(places);
    let choice = |words: &str, area: Area| Choice {
        words: words.to_owned(),
        address: MapAsk {
            area,
            ..ask.clone()
        }
        .address(),
        is_present: area == ask.area,
    };
    // Of the parts of the world those that have any; and the present one in any case.
    let named = text::AREAS.iter().filter_map(|(word, words, bounds)| {
        let area = Area::Named(word, *bounds);
        let has_any = places
            .on_map
            .iter()
            .any(|place| area.view(places).has(place));
        (has_any || area == ask.area).then(|| choice(words, area))
    });
    let whole = [
        choice(text::WORLD, Area::World),
        choice(text::CLOSE, Area::Close),
    ];
    let outside = places.on_map.iter().filter(|place| !view.has(place));
    let placed = places.on_map.iter().map(|place| place.rows).sum();
    let most = places
        .on_map
        .first()
        .map(|place| (place.name.as_str(), place.rows));
    Map {
        finding: text::finding(placed, places.on_map.len() as u64, most),
        outlines: use_context::<ClientAssets>()
            .map(|assets| assets.world)
            .unwrap_or_default(),
        view_box: view.to_text(),
        areas: whole.into_iter().chain(named).collect(),
        circles: circles::circles(&places.on_map, view, &ask.query),
        all,
        placed,
        outside: outside.map(|place| place.rows).sum(),
        without_position: places.without_position(&ask.query),
        at_zero: places.at_zero(&ask.query),
        unusable: places.unusable,
    }
}

fn kinds(ask: &MapAsk) -> Vec<Choice> {
    let query = &ask.query;
    let everything = Choice {
        words: text::ALL_KINDS.to_owned(),
        address: ask.with(query.with_noise(Noise::Workloads)),
        is_present: query.noise == Some(Noise::Workloads),
    };
    let of_tab = Tab::ALL.into_iter().map(|tab| Choice {
        words: crate::text::entity::kind_of_sign_in(tab).to_owned(),
        address: ask.with(query.with_tab(tab)),
        is_present: query.noise.is_none() && query.tab == tab,
    });
    [everything].into_iter().chain(of_tab).collect()
}

/// The filters and the search in words, with where they are gone.
fn filters(ask: &MapAsk) -> Vec<(String, String)> {
    let query = &ask.query;
    let filters = query.filters.iter().enumerate().map(|(index, filter)| {
        let values: Vec<String> = filter
            .values
            .iter()
            .map(|value| {
                let value = model::Value::Text(value.clone());
                present::value(filter.column, &value)
            })
            .collect();
        let words = text::filter(
            filter.column.label,
            filter.operator.label(),
            &values.join(", "),
            filter.paused,
        );
        (shown(&words, 120), ask.with(query.without_filter(index)))
    });
    let search = query.search.iter().map(|search| {
        let without = Query {
            search: None,
            ..query.clone()
        };
        (shown(&text::search(search), 120), ask.with(without))
    });
    filters.chain(search).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_map_takes_the_query_of_the_blade() {
        for address in [
            "/map",
            "/map?area=close",
            "/map?area=north-america",
            "/map?tab=all&noise=workloads&range=7d&f=user:eq:Ann&area=close",
        ] {
            let query = address.split_once('?').map_or("", |(_, query)| query);
            let (ask, problems) = MapAsk::of(query);
            assert_eq!((ask.address().as_str(), problems.len()), (address, 0));
        }
        let (ask, problems) = MapAsk::of("row=x&area=moon&f=colour:eq:red");
        assert_eq!((ask.address().as_str(), problems.len()), ("/map", 1));
    }
}
