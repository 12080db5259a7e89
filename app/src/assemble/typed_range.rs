//! The stretch of time as a reader writes it: `now-3d`, `2026-11-20`, `20 Nov 14:00`, in the zone that the page
//! shows. The address has it in UTC.

use chrono::{
    DateTime, Datelike, Days, Duration, NaiveDate, NaiveDateTime, NaiveTime, TimeZone, Utc,
};
use model::Query;
use model::query::{Ago, Problem, Range, take_parts};

use super::moments::{Clock, moment_of, start_of_day};
use crate::text::filters as text;

/// Fields of the form.
pub const FIELDS: [&str; 2] = ["from_local", "to_local"];

/// Days and times as they may be written, the one that pages write first.
const MOMENTS: [&str; 8] = [
    "%Y-%m-%d %H:%M:%S%.f",
    "%Y-%m-%d %H:%M",
    "%Y-%m-%dT%H:%M:%S%.f",
    "%Y-%m-%dT%H:%M",
    "%d %b %Y %H:%M:%S",
    "%d %b %Y %H:%M",
    "%d %B %Y %H:%M",
    "%d.%m.%Y %H:%M",
];
const DAYS: [&str; 4] = ["%Y-%m-%d", "%d %b %Y", "%d %B %Y", "%d.%m.%Y"];

/// Which end a text is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum End {
    From,
    To,
}

/// What a text says.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Written {
    /// Nothing: there is no such end.
    Open,
    Ago(Ago),
    Moment(DateTime<Utc>),
}

/// The query of a text that has the form's fields, with what could not be read; `None` when it has none.
pub fn taken(query: &str) -> Option<(Query, Vec<Problem>)> {
    let (fields, rest) = take_parts(query, &FIELDS);
    if fields.is_empty() {
        return None;
    }
    let (query, mut problems) = Query::parse(&rest);
    let clock = Clock::of_request(&query);
    let field = |name: &str| {
        let mut given = fields.iter();
        given
            .find(|(given, _)| given == name)
            .map_or("", |(_, value)| value.trim())
    };
    match range(field(FIELDS[0]), field(FIELDS[1]), &clock) {
        Ok(range) => Some((query.with_range(range), problems)),
        Err(message) => {
            problems.push(Problem {
                part: text::DATE.to_owned(),
                message,
            });
            Some((query, problems))
        }
    }
}

/// The stretch between two texts.
///
/// # Errors
/// What is wrong with them, for the reader.
pub fn range(from: &str, to: &str, clock: &Clock) -> Result<Range, String> {
    let (from, to) = (read(from, End::From, clock)?, read(to, End::To, clock)?);
    let range = match (from, to) {
        (Written::Ago(from), Written::Open | Written::Ago(Ago::NOW)) if from != Ago::NOW => {
            Range::Ago { from, to: Ago::NOW }
        }
        (Written::Ago(from), Written::Ago(to)) => Range::Ago { from, to },
        (from, to) => {
            let moment = |end| match end {
                Written::Open | Written::Ago(Ago::NOW) => None,
                Written::Ago(ago) => Some(clock.now - ago.duration()),
                Written::Moment(moment) => Some(moment),
            };
            if from == Written::Ago(Ago::NOW) {
                return Err(text::BACKWARDS.to_owned());
            }
            Range::Between {
                from: moment(from),
                to: moment(to),
            }
        }
    };
    let (first, end) = range.bounds(clock.now);
    match (first, end) {
        (Some(first), Some(end)) if end <= first => Err(text::BACKWARDS.to_owned()),
        _ => Ok(named(range)),
    }
}

/// The named range that says the same.
fn named(range: Range) -> Range {
    let Range::Ago { from, to: Ago::NOW } = range else {
        return range;
    };
    match from.duration() {
        length if length == Duration::hours(24) => Range::Last24Hours,
        length if length == Duration::days(7) => Range::Last7Days,
        length if length == Duration::days(30) => Range::Last1Month,
        _ => range,
    }
}

fn read(written: &str, end: End, clock: &Clock) -> Result<Written, String> {
    if written.is_empty() {
        return Ok(Written::Open);
    }
    if let Some(ago) = Ago::parse(written) {
        return Ok(Written::Ago(ago));
    }
    if let Some(day) = day(written, clock) {
        // A day alone is the whole day, also at the end.
        let day = match end {
            End::From => Some(day),
            End::To => day.checked_add_days(Days::new(1)),
        };
        return day
            .map(|day| Written::Moment(start_of_day(day, clock.zone)))
            .ok_or_else(|| text::not_a_moment(written));
    }
    if let Some(local) = local(written, clock) {
        return Ok(Written::Moment(in_utc(local, end, clock)));
    }
    // What names its own zone.
    let has_zone = written.ends_with(['Z', 'z'])
        || written
            .get(10..)
            .is_some_and(|time| time.contains(['+', '-']));
    model::time::read(written)
        .filter(|_| has_zone)
        .map(Written::Moment)
        .ok_or_else(|| text::not_a_moment(written))
}

fn day(written: &str, clock: &Clock) -> Option<NaiveDate> {
    let today = clock.now.with_timezone(&clock.zone).date_naive();
    match written.to_ascii_lowercase().as_str() {
        "today" => return Some(today),
        "yesterday" => return today.pred_opt(),
        _ => {}
    }
    let with_year = format!("{written} {}", today.year());
    let mut read = DAYS
        .iter()
        .filter_map(|form| NaiveDate::parse_from_str(written, form).ok());
    read.next()
        .or_else(|| NaiveDate::parse_from_str(&with_year, "%d %b %Y").ok())
        .filter(is_of_a_log)
}

fn local(written: &str, clock: &Clock) -> Option<NaiveDateTime> {
    let mut read = MOMENTS
        .iter()
        .filter_map(|form| NaiveDateTime::parse_from_str(written, form).ok());
    let found = read.next().or_else(|| {
        // `20 Nov 14:00`, `today 14:00`: a day and a time.
        let (before, time) = written.rsplit_once(' ')?;
        let time = ["%H:%M:%S", "%H:%M"]
            .iter()
            .find_map(|form| NaiveTime::parse_from_str(time, form).ok())?;
        Some(day(before.trim_end_matches([',', ' ']), clock)?.and_time(time))
    });
    found.filter(|moment| is_of_a_log(&moment.date()))
}

/// Whether a day can be one of a log; see [`model::time::read`].
fn is_of_a_log(day: &NaiveDate) -> bool {
    (2000..=2200).contains(&day.year())
}

/// The moment at which clocks of the zone show this. Where they show it twice, the range takes in both; where
/// they skip it, it is the moment that they would have shown it had they not been put forward.
fn in_utc(local: NaiveDateTime, end: End, clock: &Clock) -> DateTime<Utc> {
    let latest = match end {
        End::From => None,
        End::To => clock.zone.from_local_datetime(&local).latest(),
    };
    latest.map_or_else(
        || moment_of(local, clock.zone),
        |latest| latest.with_timezone(&Utc),
    )
}

/// A moment as a field has it, so that [`range`] reads back the same one.
pub fn field_text(moment: DateTime<Utc>, is_end: bool, clock: &Clock) -> String {
    let local = moment.with_timezone(&clock.zone);
    let form = match (moment.timestamp() % 60, moment.timestamp_subsec_micros()) {
        (0, 0) => "%Y-%m-%d %H:%M",
        (_, 0) => "%Y-%m-%d %H:%M:%S",
        _ => "%Y-%m-%d %H:%M:%S%.6f",
    };
    let written = local.format(form).to_string();
    let end = if is_end { End::To } else { End::From };
    match in_utc(local.naive_local(), end, clock) == moment {
        true => written,
        // The hour that clocks show twice.
        false => format!("{}", local.format("%Y-%m-%dT%H:%M:%S%.6f%:z")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use chrono_tz::Tz;

    fn clock(zone: Tz) -> Clock {
        let now = model::time::read("2026-11-24T10:42:00Z").expect("a moment");
        Clock {
            now,
            zone,
            own_zone: zone,
        }
    }

    /// The range in the words of an address.
    fn address(from: &str, to: &str, zone: Tz) -> String {
        match range(from, to, &clock(zone)) {
            Ok(range) => Query::default().with_range(range).to_text(),
            Err(message) => message,
        }
    }

    #[test]
    fn ages_and_moments_are_read() {
        let oslo = Tz::Europe__Oslo;
        for (from, to, expected) in [
            ("now-3d", "", "from=now-3d"),
            ("now-24h", "now", ""),
            ("now - 7D", "", "range=7d"),
            ("now-3d", "now-1d", "from=now-3d&to=now-1d"),
            ("", "", "from="),
            (
                "2026-11-20",
                "2026-11-20",
                "from=2026-11-19T23:00:00Z&to=2026-11-20T23:00:00Z",
            ),
            ("2026-11-20 14:00", "now", "from=2026-11-20T13:00:00Z"),
            ("2026-11-20T14:00:05", "", "from=2026-11-20T13:00:05Z"),
            ("20 Nov 14:00", "", "from=2026-11-20T13:00:00Z"),
            ("20 november 2025", "", "from=2025-11-19T23:00:00Z"),
            ("today 08:30", "", "from=2026-11-24T07:30:00Z"),
            (
                "yesterday",
                "yesterday",
                "from=2026-11-22T23:00:00Z&to=2026-11-23T23:00:00Z",
            ),
            (
                "now-1d",
                "2026-11-24 08:00",
                "from=2026-11-23T10:42:00Z&to=2026-11-24T07:00:00Z",
            ),
            (
                "2026-11-20T14:00:00Z",
                "2026-11-20T17:00:00+02:00",
                "from=2026-11-20T14:00:00Z&to=2026-11-20T15:00:00Z",
            ),
        ] {
            assert_eq!(address(from, to, oslo), expected, "{from} to {to}");
        }
    }

    #[test]
    fn what_cannot_be_read_is_said() {
        for (from, to) in [
            ("soon", ""),
            ("2026-02-30", ""),
            ("1601-01-01", ""),
            ("now", "now-1d"),
            ("2026-11-20", "2026-11-19"),
            ("now-1d", "now-3d"),
        ] {
            assert!(range(from, to, &clock(Tz::UTC)).is_err(), "{from} to {to}");
        }
    }

    #[test]
    fn the_hour_that_comes_twice_is_in_the_range_twice() {
        // On 25 October 2026, clocks in Oslo go from 03:00 back to 02:00 at 01:00 UTC.
        assert_eq!(
            address("2026-10-25 02:30", "2026-10-25 02:30", Tz::Europe__Oslo),
            "from=2026-10-25T00:30:00Z&to=2026-10-25T01:30:00Z"
        );
        assert_eq!(
            address("2026-10-25", "2026-10-25", Tz::Europe__Oslo),
            "from=2026-10-24T22:00:00Z&to=2026-10-25T23:00:00Z"
        );
    }

    #[test]
    fn the_hour_that_is_skipped_is_the_one_after() {
        // On 29 March 2026, clocks in Oslo go from 02:00 to 03:00 at 01:00 UTC.
        assert_eq!(
            address("2026-03-29 02:30", "2026-03-29 03:45", Tz::Europe__Oslo),
            "from=2026-03-29T01:30:00Z&to=2026-03-29T01:45:00Z"
        );
        // In Santiago, they skip midnight: the day begins at one.
        assert_eq!(
            address("2026-09-06", "2026-09-06", Tz::America__Santiago),
            "from=2026-09-06T04:00:00Z&to=2026-09-07T03:00:00Z"
        );
    }

    #[test]
    fn what_a_field_shows_is_read_as_the_same_moment() {
        for zone in [
            Tz::UTC,
            Tz::Europe__Oslo,
            Tz::America__Santiago,
            Tz::Asia__Kathmandu,
        ] {
            let clock = clock(zone);
            // The days around which these zones put their clocks forward and back.
            let days = ["2026-03-28", "2026-04-04", "2026-09-05", "2026-10-24"];
            let steps = days.iter().flat_map(|day| {
                let first = model::time::read(day).expect("a moment");
                (0..216).map(move |step| first + Duration::seconds(1_200 * step + step % 2))
            });
            for moment in steps {
                for (is_end, end) in [(false, End::From), (true, End::To)] {
                    let shown = field_text(moment, is_end, &clock);
                    let again = read(&shown, end, &clock);
                    assert_eq!(again, Ok(Written::Moment(moment)), "{shown} {zone}");
                }
            }
        }
    }
}
