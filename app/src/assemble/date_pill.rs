//! The pill with the stretch of time.

use chrono::Duration;
use model::query::{Query, Range, TimeZone};

use super::filters::fields;
use super::moments::Clock;
use super::typed_range::field_text;
use crate::text::filters as text;
use crate::view::filters::DatePill;

/// The pill of the page at `path`.
pub fn date_pill(query: &Query, clock: &Clock, path: &str) -> DatePill {
    let quick = Range::NAMED.into_iter().chain([Range::ALL]).map(|range| {
        let address = query.with_range(range).to_address(path);
        (clock.range(range), address, range == query.range)
    });
    let mut zones = vec![
        (TimeZone::Local, text::local_zone(clock.own_zone.name())),
        (TimeZone::Utc, text::UTC.to_owned()),
    ];
    // That of whoever sent the link.
    let is_named = matches!(query.time_zone, TimeZone::Named(_));
    let is_own = is_named && clock.zone == clock.own_zone;
    if is_named && !is_own {
        zones.push((query.time_zone, clock.zone.name().to_owned()));
    }
    let present = if is_own {
        TimeZone::Local
    } else {
        query.time_zone
    };
    let zones = zones.into_iter().map(|(zone, words)| {
        let shown = Query {
            time_zone: zone,
            ..query.clone()
        };
        (words, shown.to_address(path), zone == present)
    });
    let (from, to) = ends(query.range, clock);
    DatePill {
        value: clock.range(query.range),
        quick: quick.collect(),
        moves: moves(query.range, clock)
            .into_iter()
            .map(|(words, range)| (words, query.with_range(range).to_address(path)))
            .collect(),
        from,
        to,
        zones: zones.collect(),
        hidden: fields(&query.with_range(Range::default())),
    }
}

/// Both ends as a reader writes them.
fn ends(range: Range, clock: &Clock) -> (String, String) {
    let ago = |from: &str| (from.to_owned(), "now".to_owned());
    match range {
        Range::Last24Hours => ago("now-24h"),
        Range::Last7Days => ago("now-7d"),
        Range::Last1Month => ago("now-30d"),
        Range::Ago { from, to } => (from.to_text(), to.to_text()),
        Range::Between { from, to } => {
            let written = |moment: Option<_>, is_end| {
                moment.map_or_else(String::new, |moment| field_text(moment, is_end, clock))
            };
            (written(from, false), written(to, true))
        }
    }
}

/// Where the range can be moved: back, forth, and out. What has no beginning stays, and nothing lies after now.
fn moves(range: Range, clock: &Clock) -> Vec<(&'static str, Range)> {
    let (Some(from), to) = range.bounds(clock.now) else {
        return Vec::new();
    };
    let end = to.unwrap_or(clock.now);
    let length = end - from;
    if length <= Duration::zero() {
        return Vec::new();
    }
    let between = |from, to| Range::Between {
        from: Some(from),
        to,
    };
    let mut moves = vec![(text::EARLIER, between(from - length, Some(from)))];
    if end < clock.now {
        let later = end + length;
        moves.push((text::LATER, between(end, Some(later))));
    }
    let out = end + length / 2;
    moves.push((
        text::ZOOM_OUT,
        match out < clock.now {
            true => between(from - length / 2, Some(out)),
            // There is nothing on the other side of now: all of it goes to the beginning.
            false => between(from - length, to.filter(|to| *to < clock.now)),
        },
    ));
    moves
}

#[cfg(test)]
mod tests {
    use super::*;
    use chrono_tz::Tz;

    fn moved(address: &str) -> Vec<String> {
        let clock = Clock {
            now: model::time::read("2026-11-24T10:00:00Z").expect("a moment"),
            zone: Tz::UTC,
            own_zone: Tz::UTC,
        };
        let (query, _) = Query::parse(address);
        let moves = moves(query.range, &clock).into_iter();
        moves
            .map(|(words, range)| format!("{words} {}", query.with_range(range).to_text()))
            .collect()
    }

    #[test]
    fn a_range_moves_by_its_own_length() {
        assert_eq!(
            moved("from=2026-11-20T08:00:00Z&to=2026-11-20T10:00:00Z"),
            [
                "Earlier from=2026-11-20T06:00:00Z&to=2026-11-20T08:00:00Z",
                "Later from=2026-11-20T10:00:00Z&to=2026-11-20T12:00:00Z",
                "Zoom out from=2026-11-20T07:00:00Z&to=2026-11-20T11:00:00Z",
            ]
        );
    }

    #[test]
    fn the_zone_of_a_link_is_one_to_choose() {
        let zones = |address: &str, zone: Tz| {
            let clock = Clock {
                now: model::time::read("2026-11-24T10:00:00Z").expect("a moment"),
                zone,
                own_zone: Tz::America__New_York,
            };
            let zones = date_pill(&Query::parse(address).0, &clock, "/s").zones;
            let zones = zones.into_iter().map(|(words, address, is_present)| {
                format!("{words} {address}{}", if is_present { " *" } else { "" })
            });
            zones.collect::<Vec<_>>()
        };
        let own = format!("{} /s", text::local_zone("America/New_York"));
        let utc = format!("{} /s?tz=utc", text::UTC);
        assert_eq!(
            zones("tz=Europe/Oslo", Tz::Europe__Oslo),
            [
                own.clone(),
                utc.clone(),
                "Europe/Oslo /s?tz=Europe/Oslo *".to_owned()
            ]
        );
        assert_eq!(
            zones("tz=America/New_York", Tz::America__New_York),
            [format!("{own} *"), utc]
        );
    }

    #[test]
    fn nothing_lies_after_now() {
        assert_eq!(
            moved(""),
            [
                "Earlier from=2026-11-22T10:00:00Z&to=2026-11-23T10:00:00Z",
                "Zoom out from=2026-11-22T10:00:00Z",
            ]
        );
        assert_eq!(moved("from="), [""; 0]);
    }
}
