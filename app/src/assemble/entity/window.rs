//! Over which time a page looks: the same parts of an address as in the blade, with 30 days where none is said.

use model::query::{Query, Range, TimeZone, take_parts};
use model::{Column, Noise, Value};

use super::address::{address_beside, address_of};
use crate::assemble::moments::{Clock, in_known_zone};
use crate::text::entity as text;
use crate::view::entity::{Choice, WindowBar};
use crate::view::safe_text::escaped;

/// A stretch of time and the zone it is said in.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Window {
    /// The stretch.
    pub range: Range,
    /// The zone.
    pub time_zone: TimeZone,
    /// What the address said that was not understood.
    pub misread: Option<Misread>,
}

/// What of an address was not understood.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Misread {
    /// The stretch of time.
    Time,
    /// The zone.
    Zone,
}

impl Window {
    /// The window of a query string.
    pub fn of(query: &str) -> Window {
        let (parsed, _) = in_known_zone(Query::parse(query));
        let is_misread = |names: &[&str]| {
            let (said, _) = take_parts(query, names);
            // A form sends what nobody chose.
            let said = said.iter().filter(|(name, value)| {
                !value.is_empty() || matches!(name.as_str(), "from" | "to")
            });
            let said: Vec<String> = said
                .map(|(name, value)| format!("{name}={}", escaped(value)))
                .collect();
            let (_, problems) = in_known_zone(Query::parse(&said.join("&")));
            !problems.is_empty()
        };
        let misread = if is_misread(&["range", "from", "to"]) {
            Some(Misread::Time)
        } else {
            is_misread(&["tz"]).then_some(Misread::Zone)
        };
        let says_when = query.split('&').any(|part| {
            let (name, value) = part.split_once('=').unwrap_or((part, ""));
            matches!(name, "from" | "to") || (name == "range" && !value.is_empty())
        });
        Window {
            range: match says_when && misread != Some(Misread::Time) {
                true => parsed.range,
                false => Range::Last1Month,
            },
            time_zone: parsed.time_zone,
            misread,
        }
    }

    /// The query string that says it; what is so anyway is left out.
    pub fn to_text(self) -> String {
        let (range, said) = match self.range {
            Range::Last1Month => (Range::Last24Hours, ""),
            Range::Last24Hours => (Range::Last24Hours, "range=24h"),
            other => (other, ""),
        };
        let rest = Query {
            range,
            time_zone: self.time_zone,
            ..Query::default()
        }
        .to_text();
        joined(&[said, &rest])
    }

    /// Address of a page over this time, with more parts.
    pub fn address(self, path: &str, more: &str) -> String {
        match joined(&[&self.to_text(), more]) {
            text if text.is_empty() => path.to_owned(),
            text => format!("{path}?{text}"),
        }
    }

    /// The window of a query of the blade.
    pub fn of_query(query: &Query) -> Window {
        Window {
            range: query.range,
            time_zone: query.time_zone,
            misread: None,
        }
    }

    /// The page about what this value of this column names, over this time.
    pub fn page_of(self, column: &Column, value: &Value) -> Option<String> {
        address_of(column, value).map(|path| self.address(&path, ""))
    }

    /// The window of a page about something that an answer to a query names: the usual one where it holds all of
    /// the time that was asked for, else that time.
    pub fn around(query: &Query) -> Window {
        Window {
            range: match query.range {
                Range::Last24Hours | Range::Last7Days => Range::Last1Month,
                other => other,
            },
            time_zone: query.time_zone,
            misread: None,
        }
    }

    /// The page about what this value of this column names, by the identifier beside it: see [`address_beside`].
    pub fn page_beside(
        self,
        column: &Column,
        value: &Value,
        identifier: Option<&Value>,
    ) -> Option<String> {
        address_beside(column, value, identifier).map(|path| self.address(&path, ""))
    }

    /// All sign-ins of that time in the blade, of every kind.
    pub fn query(self) -> Query {
        Query {
            noise: Some(Noise::Workloads),
            range: self.range,
            time_zone: self.time_zone,
            ..Query::default()
        }
    }

    /// The choice of it, on the page whose address over a window this gives.
    pub fn bar(self, clock: &Clock, address: impl Fn(Window) -> String) -> WindowBar {
        let named = [
            Range::Last24Hours,
            Range::Last7Days,
            Range::Last1Month,
            Range::ALL,
        ];
        let ranges = named.map(|range| Choice {
            words: text::range(range).to_owned(),
            address: address(Window { range, ..self }),
            is_present: range == self.range,
        });
        // From the reader's own zone to UTC, from any other to the reader's own.
        let (words, time_zone) = match clock.zone == clock.own_zone {
            true => (text::IN_UTC.to_owned(), TimeZone::Utc),
            false => (text::in_zone(clock.own_zone.name()), TimeZone::Local),
        };
        let has_zones = clock.zone != clock.own_zone || clock.own_zone != chrono_tz::Tz::UTC;
        WindowBar {
            problem: self.misread.map(|misread| match misread {
                Misread::Time => text::MISREAD_TIME,
                Misread::Zone => text::MISREAD_ZONE,
            }),
            other: (!named.contains(&self.range)).then(|| clock.range(self.range)),
            ranges: ranges.into(),
            zone: clock.zone.name().to_owned(),
            zone_switch: has_zones.then(|| Choice {
                words,
                address: address(Window { time_zone, ..self }),
                is_present: false,
            }),
        }
    }
}

fn joined(parts: &[&str]) -> String {
    let said: Vec<&str> = parts
        .iter()
        .copied()
        .filter(|part| !part.is_empty())
        .collect();
    said.join("&")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn thirty_days_where_none_is_said() {
        assert_eq!(Window::of("").range, Range::Last1Month);
        assert_eq!(Window::of("tz=utc&find=x").range, Range::Last1Month);
        assert_eq!(Window::of("range=24h").range, Range::Last24Hours);
        assert_eq!(Window::of("from=").range, Range::ALL);
    }

    #[test]
    fn a_time_that_is_none_is_told() {
        for query in ["range=fortnight", "from=yesterday", "find=x&to=soon"] {
            let window = Window::of(query);
            assert_eq!(window.misread, Some(Misread::Time), "{query}");
            assert_eq!(window.range, Range::Last1Month, "{query}");
        }
        let elsewhere = Window::of("range=7d&tz=Mars/Base");
        assert_eq!(elsewhere.misread, Some(Misread::Zone));
        assert_eq!(elsewhere.range, Range::Last7Days);
        for query in [
            "",
            "range=&find=x",
            "from=",
            "range=7d&tz=utc",
            "f=nonsense",
        ] {
            assert_eq!(Window::of(query).misread, None, "{query}");
        }
    }

    #[test]
    fn a_page_about_something_holds_the_time_that_was_asked_for() {
        let around = |query: &str| Window::around(&Query::parse(query).0).to_text();
        assert_eq!(around(""), "");
        assert_eq!(around("range=7d&tz=utc&q=x"), "tz=utc");
        assert_eq!(around("range=1mo"), "");
        assert_eq!(around("from="), "from=");
        assert_eq!(around("from=now-3d"), "from=now-3d");
    }

    #[test]
    fn what_is_written_is_read_back() {
        for query in [
            "",
            "range=24h",
            "range=7d&tz=utc",
            "from=",
            "tz=utc",
            "from=now-3d",
            "range=7d&tz=Europe/Oslo",
        ] {
            let window = Window::of(query);
            assert_eq!(Window::of(&window.to_text()), window, "{query}");
            assert_eq!(window.to_text(), query);
        }
        assert_eq!(Window::of("").address("/ip/x", "page=2"), "/ip/x?page=2");
    }
}
