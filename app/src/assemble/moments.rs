//! Moments in the reader's time zone. This is the only place that knows time zones.

use chrono::{DateTime, Datelike, SecondsFormat, Timelike, Utc};
use chrono_tz::Tz;
use leptos::prelude::use_context;
use model::query::{Ago, Problem, Query, Range, TimeZone, ZoneName};

use crate::backend::SharedBackend;
use crate::context::{TIME_ZONE_COOKIE, cookie};
use crate::text;
use crate::view::grid::Moment;

/// Names of the months in a grid.
const MONTHS: [&str; 12] = [
    "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
];

/// What time it is and where the reader is.
#[derive(Debug, Clone, Copy)]
pub struct Clock {
    /// The moment of the request.
    pub now: DateTime<Utc>,
    /// The zone in which moments are shown.
    pub zone: Tz,
    /// The reader's own zone, whichever is shown.
    pub own_zone: Tz,
}

impl Clock {
    /// The clock of this request: the zone that the query names, or else that of the reader's cookie, or UTC
    /// without one.
    pub fn of_request(query: &Query) -> Clock {
        let own_zone = cookie(TIME_ZONE_COOKIE)
            .and_then(|name| name.parse().ok())
            .unwrap_or(Tz::UTC);
        Clock {
            now: use_context::<SharedBackend>()
                .map_or(DateTime::UNIX_EPOCH, |backend| backend.now()),
            zone: match query.time_zone {
                TimeZone::Local => own_zone,
                TimeZone::Utc => Tz::UTC,
                TimeZone::Named(name) => zone_of(name).unwrap_or(own_zone),
            },
            own_zone,
        }
    }

    /// The reader's own zone as an address says it to somebody else.
    pub fn own_zone_named(&self) -> TimeZone {
        match self.own_zone {
            Tz::UTC => TimeZone::Utc,
            zone => ZoneName::parse(zone.name()).map_or(TimeZone::Local, TimeZone::Named),
        }
    }

    /// `24 Nov 10:41:57`; with the year where it is not the present one.
    pub fn in_grid(&self, moment: DateTime<Utc>) -> Moment {
        let local = moment.with_timezone(&self.zone);
        let present_year = self.now.with_timezone(&self.zone).year();
        let year = if local.year() == present_year {
            String::new()
        } else {
            format!(" {}", local.year())
        };
        // Every row has one, and reading a format takes longer than writing a moment.
        let month = MONTHS.get(local.month0() as usize).unwrap_or(&"");
        let (day, hour, minute, second) =
            (local.day(), local.hour(), local.minute(), local.second());
        Moment {
            datetime: local.to_rfc3339_opts(SecondsFormat::AutoSi, true),
            text: format!("{day} {month}{year} {hour:02}:{minute:02}:{second:02}"),
        }
    }

    /// `Tue 24 Nov 2026, 10:41:57 Europe/Oslo`.
    pub fn in_pane(&self, moment: DateTime<Utc>) -> Moment {
        let local = moment.with_timezone(&self.zone);
        Moment {
            datetime: local.to_rfc3339_opts(SecondsFormat::AutoSi, true),
            text: format!(
                "{} {}",
                local.format("%a %-d %b %Y, %H:%M:%S"),
                self.zone.name()
            ),
        }
    }

    /// A range in words.
    pub fn range(&self, range: Range) -> String {
        let bound = |moment: Option<DateTime<Utc>>| moment.map(|moment| self.in_grid(moment).text);
        match range {
            Range::Between { from, to } => {
                text::sign_ins::between(bound(from).as_deref(), bound(to).as_deref())
            }
            Range::Ago { from, to: Ago::NOW } => text::filters::last(&length(from.duration())),
            Range::Ago { from, to } => text::filters::ages(&from.to_text(), &to.to_text()),
            named => named.label().unwrap_or_default().to_owned(),
        }
    }
}

/// The zone of a name, where there is one.
fn zone_of(name: ZoneName) -> Option<Tz> {
    name.as_str().parse().ok()
}

/// What was read of an address, with the reader's own zone in the place of one that there is not.
pub fn in_known_zone((mut query, mut problems): (Query, Vec<Problem>)) -> (Query, Vec<Problem>) {
    if let TimeZone::Named(name) = query.time_zone
        && zone_of(name).is_none()
    {
        query.time_zone = TimeZone::Local;
        problems.push(Problem {
            part: format!("tz={}", name.as_str()),
            message: Problem::NO_TIME_ZONE.to_owned(),
        });
    }
    (query, problems)
}

/// A length in the largest unit that it is a whole number of: "3 days".
fn length(length: chrono::Duration) -> String {
    let minutes = length.num_minutes();
    let units = [(24 * 60, "day"), (60, "hour")];
    let (unit, word) = units
        .into_iter()
        .find(|(unit, _)| minutes % unit == 0)
        .unwrap_or((1, "minute"));
    text::filters::length(minutes / unit, word)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn clock(zone: Tz) -> Clock {
        let now = model::time::read("2026-11-24T10:42:00Z").expect("a moment");
        Clock {
            now,
            zone,
            own_zone: zone,
        }
    }

    #[test]
    fn moments_are_said_in_the_readers_zone() {
        let moment = model::time::read("2026-11-24T09:41:57.25Z").expect("a moment");
        let shown = clock(Tz::Europe__Oslo).in_grid(moment);
        assert_eq!(shown.text, "24 Nov 10:41:57");
        assert_eq!(shown.datetime, "2026-11-24T10:41:57.250+01:00");
        assert_eq!(
            clock(Tz::Europe__Oslo).in_pane(moment).text,
            "Tue 24 Nov 2026, 10:41:57 Europe/Oslo"
        );
        assert_eq!(
            clock(Tz::UTC).in_pane(moment).text,
            "Tue 24 Nov 2026, 09:41:57 UTC"
        );
    }

    #[test]
    fn ranges_are_said_in_words() {
        let said = |address: &str| clock(Tz::UTC).range(Query::parse(address).0.range);
        assert_eq!(said(""), "Last 24 hours");
        assert_eq!(said("from=now-3d"), "Last 3 days");
        assert_eq!(said("from=now-90m"), "Last 90 minutes");
        assert_eq!(said("from=now-36h"), "Last 36 hours");
        assert_eq!(said("from=now-3d&to=now-1d"), "now-3d to now-1d");
        assert_eq!(said("from="), "All time");
    }

    #[test]
    fn a_zone_is_known_by_its_name() {
        let read = |address: &str| in_known_zone(Query::parse(address));
        let (query, problems) = read("tz=America/New_York");
        assert_eq!(query.to_text(), "tz=America/New_York");
        assert_eq!(problems, []);
        let (query, problems) = read("tz=Mars/Olympus&q=x");
        assert_eq!(query.to_text(), "q=x");
        assert_eq!(
            problems[0].to_string(),
            "tz=Mars/Olympus: no such time zone; there are local, utc, and names such as Europe/Oslo"
        );
    }

    #[test]
    fn every_zone_can_be_said_in_an_address() {
        for zone in chrono_tz::TZ_VARIANTS {
            let said = clock(zone).own_zone_named();
            let query = Query {
                time_zone: said,
                ..Query::default()
            };
            assert_eq!(
                in_known_zone(Query::parse(&query.to_text())),
                (query, Vec::new())
            );
            assert_ne!(said, TimeZone::Local, "{zone}");
        }
    }

    #[test]
    fn another_year_is_named() {
        let moment = model::time::read("2025-12-31T23:30:00Z").expect("a moment");
        assert_eq!(clock(Tz::UTC).in_grid(moment).text, "31 Dec 2025 23:30:00");
        assert_eq!(
            clock(Tz::Europe__Oslo).in_grid(moment).text,
            "1 Jan 00:30:00"
        );
    }
}
