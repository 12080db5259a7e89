//! One person's own sign-ins: found by who they are, put into plain words, and what is unusual among them.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, Duration, NaiveDate, Utc};
use model::query::{Filter, Operator};
use model::{Column, Outcome, Query, Value, error_book};

use super::moments::Clock;
use crate::backend::{Backend, BackendError, Row};
use crate::charts::map::{HEIGHT, WIDTH, on_paper};
use crate::text::my_sign_ins as text;
use crate::view::grid::Moment;
use crate::view::safe_text::shown;
use crate::viewer::Viewer;

/// Most sign-ins that are read, the newest ones.
pub const MOST: usize = 1_000;
/// Cards of one page.
pub const OF_PAGE: usize = 50;
/// How many sign-ins there have to be before one is called unusual.
const LEAST_KNOWN: usize = 10;
/// For how long one is worth a look.
const LOOK_DAYS: i64 = 30;
/// Most that are worth a look at once.
const MOST_LOOKS: usize = 5;
/// Places that are usual.
const MOST_PLACES: usize = 3;
/// Most characters of a value.
const LONGEST: usize = 200;
/// Codes of sign-ins whose password was right and whose second step failed.
const SECOND_STEP_FAILED: [i64; 2] = [500_121, 50_088];

/// Width and height of what a small map shows: a part of a continent.
const SMALL_MAP: (f64, f64) = (240.0, 120.0);

/// The columns that a card shows, in the order of [`Line`].
const COLUMNS: [&str; 14] = [
    "application",
    "status",
    "ip_address",
    "city",
    "state",
    "country",
    "operating_system",
    "browser",
    "username",
    "authentication_requirement",
    "mfa_auth_method",
    "additional_details",
    "latitude",
    "longitude",
];

/// A sign-in for the person whose it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Card {
    /// Request ID.
    pub request_id: String,
    /// The application.
    pub application: String,
    /// When, on its day.
    pub time: Moment,
    /// When, with the day.
    pub short: Moment,
    /// When, whole.
    pub moment: Moment,
    /// How it ended.
    pub outcome: Outcome,
    /// What happened, in plain words.
    pub what: String,
    /// City and country.
    pub place: String,
    /// The same on a map, where the record says it.
    pub map: Option<SmallMap>,
    /// Operating system and browser.
    pub device: String,
    /// IP address.
    pub address: String,
    /// The name that signed in.
    pub account: String,
    /// The second step and its result.
    pub second_step: String,
    /// What is unusual about it.
    pub unusual: Vec<Unusual>,
    /// What the person said of it: whether it was them.
    pub was_me: Option<bool>,
}

/// A part of the world with a place in its middle, in the units of [`crate::charts::map`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SmallMap {
    /// The part.
    pub view_box: String,
    /// The place, from the left.
    pub x: String,
    /// The place, from the top.
    pub y: String,
}

impl SmallMap {
    /// Around a latitude and a longitude. What has neither is written as 0, 0, in the sea: that is no place.
    fn around(latitude: f64, longitude: f64) -> Option<SmallMap> {
        let (x, y) = on_paper(latitude, longitude)?;
        let is_place = latitude.abs() > 0.001 || longitude.abs() > 0.001;
        let (width, height) = SMALL_MAP;
        is_place.then(|| {
            let (left, top) = (x - width / 2.0, y - height / 2.0);
            let left = left.clamp(0.0, WIDTH - width);
            let top = top.clamp(0.0, HEIGHT - height);
            SmallMap {
                view_box: format!("{left:.0} {top:.0} {width:.0} {height:.0}"),
                x: format!("{x:.1}"),
                y: format!("{y:.1}"),
            }
        })
    }
}

/// What is unusual about a sign-in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unusual {
    /// No sign-in before came from this country.
    Country,
    /// No sign-in before came from such a device.
    Device,
    /// The password was right, and the second step failed.
    SecondStep,
}

/// The page.
#[derive(Debug, Clone, Default)]
pub struct MySignIns {
    /// What is worth a look.
    pub looks: Vec<Card>,
    /// The others by day, the newest first.
    pub days: Vec<(String, Vec<Card>)>,
    /// Where most came from: place, how many, and of how many.
    pub places: Vec<(String, usize)>,
    /// How many were read.
    pub read: usize,
    /// How many of them are found.
    pub found: usize,
    /// What is looked for.
    pub find: String,
    /// Whether only those that failed are shown.
    pub only_failed: bool,
    /// Number of the page, from 1.
    pub page: usize,
}

/// What somebody asks of the page.
#[derive(Debug, Clone, Default)]
pub struct Wanted {
    /// Words that have to be on a card.
    pub find: String,
    /// Whether only those that failed are wanted.
    pub only_failed: bool,
    /// Number of the page, from 1.
    pub page: usize,
}

/// The question that finds the sign-ins of a viewer and nobody else's: by object ID, or, where none is known, by user
/// principal name; never by what somebody is called. `None` where the account belongs to no person.
pub fn question(viewer: &Viewer) -> Option<Query> {
    let (column, value) = match (&viewer.object_id, &viewer.user_principal_name) {
        (Some(id), _) => ("user_id", id),
        (None, Some(name)) => ("username", name),
        (None, None) => return None,
    };
    let (mut query, _) = Query::parse("from=");
    let filter = Filter::new(Column::named(column), Operator::Equal, [value.clone()]);
    query.filters.push(filter);
    Some(query)
}

/// The page; `None` where the account belongs to no person. `said` has what the person said of sign-ins.
///
/// # Errors
/// When the sign-ins cannot be read.
pub async fn page(
    backend: &dyn Backend,
    viewer: &Viewer,
    said: &BTreeMap<String, bool>,
    wanted: &Wanted,
    clock: &Clock,
) -> Result<Option<MySignIns>, BackendError> {
    let Some(query) = question(viewer) else {
        return Ok(None);
    };
    let columns: Vec<&'static Column> = COLUMNS.map(Column::named).to_vec();
    let rows = backend.rows(&query, &columns, MOST).await?.rows;
    let mut cards: Vec<Card> = rows.iter().map(|row| card(row, said, clock)).collect();
    mark_unusual(&mut cards, &rows);
    Ok(Some(assembled(cards, &rows, wanted, clock)))
}

/// Values of a row by the names of their columns.
struct Line<'a>(&'a Row);

impl Line<'_> {
    fn value(&self, column: &str) -> String {
        let index = COLUMNS.iter().position(|known| *known == column);
        let value = index.and_then(|index| self.0.values.get(index));
        match value {
            None | Some(Value::Empty) => String::new(),
            Some(value) => shown(&value.to_text(), LONGEST),
        }
    }

    fn number(&self, column: &str) -> Option<f64> {
        let index = COLUMNS.iter().position(|known| *known == column)?;
        match self.0.values.get(index)? {
            Value::Decimal(number) => Some(*number),
            _ => None,
        }
    }

    fn joined(&self, columns: [&str; 2]) -> String {
        let values = columns.map(|column| self.value(column));
        let values: Vec<&str> = values
            .iter()
            .map(String::as_str)
            .filter(|value| !value.is_empty())
            .collect();
        values.join(", ")
    }
}

fn card(row: &Row, said: &BTreeMap<String, bool>, clock: &Clock) -> Card {
    let line = Line(row);
    let outcome = outcome_of(row, &line);
    let or = |value: String, none: &str| match value.is_empty() {
        true => none.to_owned(),
        false => value,
    };
    let local = row.date.with_timezone(&clock.zone);
    let whole = clock.in_pane(row.date);
    let today = clock.now.with_timezone(&clock.zone).date_naive();
    Card {
        request_id: row.request_id.clone(),
        application: or(line.value("application"), text::NO_APPLICATION),
        time: Moment {
            datetime: whole.datetime.clone(),
            text: local.format("%H:%M").to_string(),
        },
        short: Moment {
            datetime: whole.datetime.clone(),
            text: text::short(
                local.date_naive(),
                today,
                &local.format("%H:%M").to_string(),
            ),
        },
        moment: whole,
        outcome,
        what: what_happened(row.error_code, outcome, &line),
        place: or(line.joined(["city", "country"]), text::NO_PLACE),
        map: line
            .number("latitude")
            .zip(line.number("longitude"))
            .and_then(|(latitude, longitude)| SmallMap::around(latitude, longitude)),
        device: or(
            line.joined(["operating_system", "browser"]),
            text::NO_DEVICE,
        ),
        address: or(line.value("ip_address"), text::NO_ADDRESS),
        account: line.value("username"),
        second_step: line.joined(["mfa_auth_method", "additional_details"]),
        unusual: Vec::new(),
        was_me: said.get(&row.request_id).copied(),
    }
}

/// How it ended, by its code, or where a record has none by its status.
fn outcome_of(row: &Row, line: &Line<'_>) -> Outcome {
    let of_status = || line.value("status").parse().ok();
    let outcome = row.error_code.map(Outcome::of_error_code);
    outcome.or_else(of_status).unwrap_or(Outcome::Failure)
}

fn what_happened(code: Option<i64>, outcome: Outcome, line: &Line<'_>) -> String {
    let code = code.unwrap_or_default();
    if SECOND_STEP_FAILED.contains(&code) {
        return text::SECOND_STEP_FAILED.to_owned();
    }
    if let Some((_, words)) = text::WORDS.iter().find(|(known, _)| *known == code) {
        return (*words).to_owned();
    }
    let is_two_steps = line.value("authentication_requirement") == "multiFactorAuthentication";
    match outcome {
        Outcome::Success if is_two_steps => text::SUCCESS_TWO_STEPS.to_owned(),
        Outcome::Success => text::SUCCESS.to_owned(),
        outcome => {
            let short = error_book::entry(code).map(|entry| entry.short);
            text::stopped(outcome == Outcome::Interrupted, short, code)
        }
    }
}

/// Marks what differs from everything before it. Cards and rows are in the same order, the newest first.
fn mark_unusual(cards: &mut [Card], rows: &[Row]) {
    let mut countries = BTreeSet::new();
    let mut devices = BTreeSet::new();
    for (known, (card, row)) in cards.iter_mut().zip(rows).rev().enumerate() {
        let line = Line(row);
        let country = line.value("country");
        let device = (
            family(&line.value("operating_system")),
            family(&line.value("browser")),
        );
        let is_new_country = !country.is_empty() && !countries.contains(&country);
        let is_new_device = !device.0.is_empty() && !devices.contains(&device);
        if known >= LEAST_KNOWN {
            if is_new_country {
                card.unusual.push(Unusual::Country);
            }
            if is_new_device {
                card.unusual.push(Unusual::Device);
            }
        }
        if row
            .error_code
            .is_some_and(|code| SECOND_STEP_FAILED.contains(&code))
        {
            card.unusual.push(Unusual::SecondStep);
        }
        countries.insert(country);
        devices.insert(device);
    }
}

/// The name without the version: "Chrome 131.0.0" and "Chrome 132.0.0" are one browser.
fn family(name: &str) -> String {
    let is_version = |word: &&str| word.starts_with(|first: char| first.is_ascii_digit());
    let words: Vec<&str> = name
        .split_whitespace()
        .filter(|word| !is_version(word))
        .collect();
    words.join(" ").to_lowercase()
}

fn assembled(cards: Vec<Card>, rows: &[Row], wanted: &Wanted, clock: &Clock) -> MySignIns {
    let read = cards.len();
    let places = usual_places(&cards);
    let words: Vec<String> = wanted
        .find
        .split_whitespace()
        .map(str::to_lowercase)
        .collect();
    let since = clock.now - Duration::days(LOOK_DAYS);
    let dated: Vec<(DateTime<Utc>, Card)> = rows.iter().map(|row| row.date).zip(cards).collect();
    let is_first = wanted.find.is_empty() && !wanted.only_failed && wanted.page <= 1;
    let looks = dated
        .iter()
        .filter(|(date, card)| {
            is_first && *date >= since && !card.unusual.is_empty() && card.was_me.is_none()
        })
        .map(|(_, card)| card.clone())
        .take(MOST_LOOKS);
    let looks: Vec<Card> = looks.collect();
    let found: Vec<(DateTime<Utc>, Card)> = dated
        .into_iter()
        .filter(|(_, card)| !wanted.only_failed || card.outcome == Outcome::Failure)
        .filter(|(_, card)| words.iter().all(|word| has(card, word)))
        .collect();
    let page = wanted.page.max(1);
    let number = found.len();
    let mut days: Vec<(NaiveDate, Vec<Card>)> = Vec::new();
    for (date, card) in found
        .into_iter()
        .skip((page - 1).saturating_mul(OF_PAGE))
        .take(OF_PAGE)
    {
        let day = date.with_timezone(&clock.zone).date_naive();
        match days.last_mut() {
            Some((known, cards)) if *known == day => cards.push(card),
            _ => days.push((day, vec![card])),
        }
    }
    let today = clock.now.with_timezone(&clock.zone).date_naive();
    MySignIns {
        looks,
        days: days
            .into_iter()
            .map(|(day, cards)| (text::day(day, today), cards))
            .collect(),
        places,
        read,
        found: number,
        find: wanted.find.clone(),
        only_failed: wanted.only_failed,
        page,
    }
}

/// Whether a word stands on a card.
fn has(card: &Card, word: &str) -> bool {
    let shown = [
        &card.application,
        &card.what,
        &card.place,
        &card.device,
        &card.address,
        &card.account,
        &card.second_step,
        &card.moment.text,
    ];
    let outcome = text::outcome(card.outcome).to_lowercase();
    outcome.contains(word) || shown.iter().any(|text| text.to_lowercase().contains(word))
}

fn usual_places(cards: &[Card]) -> Vec<(String, usize)> {
    let mut counted: BTreeMap<&str, usize> = BTreeMap::new();
    for card in cards.iter().filter(|card| card.place != text::NO_PLACE) {
        *counted.entry(&card.place).or_default() += 1;
    }
    let mut counted: Vec<(String, usize)> = counted
        .into_iter()
        .map(|(place, number)| (place.to_owned(), number))
        .collect();
    counted.sort_by_key(|(_, number)| std::cmp::Reverse(*number));
    counted.truncate(MOST_PLACES);
    counted
}

#[cfg(test)]
mod tests;
