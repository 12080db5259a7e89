//! Stretches of time that charts are made of: where they begin and end, their words and their addresses.

use chrono::{DateTime, Duration, Utc};
use model::query::{Query, Range};
use model::{Tab, time};

use super::moments::Clock;
use crate::backend::{Backend, BackendError};
use crate::charts::buckets::{self, BucketSize};
use crate::charts::stack::Tick;
use crate::text::explore as text;

/// Most columns that a size may make over the rows of the blade, when a smaller one is to be preferred.
const READABLE: usize = 180;
/// The same on the page of a report.
const READABLE_IN_REPORT: usize = 93;
/// Sizes of the columns of a report, the smallest first.
const OF_REPORTS: [BucketSize; 5] = [
    BucketSize::HOUR,
    BucketSize::Day,
    BucketSize::Week,
    BucketSize::Month,
    BucketSize::Year,
];
/// Most columns at all: years of a log that holds wrong clocks.
const MOST: usize = 1_000;
/// Most labels under the columns.
const MOST_TICKS: usize = 9;
/// Stand for the edges in the address of a part.
const EDGE_WORDS: [&str; 2] = ["{from}", "{to}"];

/// Where the columns of a chart begin and end.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Scale {
    /// How much time a column holds.
    pub size: BucketSize,
    /// Its edges, in microseconds since 1970.
    pub edges_micros: Vec<i64>,
}

/// The columns for a query; `None` when there is no stretch of time to show.
///
/// # Errors
/// Those of the backend, which is asked how far back sign-ins go when the range does not say that.
pub async fn scale(
    backend: &dyn Backend,
    query: &Query,
    clock: &Clock,
) -> Result<Option<Scale>, BackendError> {
    let Some((first, end)) = stretch(backend, query, clock).await? else {
        return Ok(None);
    };
    let size = BucketSize::fitting(&BucketSize::OF_CHARTS, first, end, READABLE);
    Ok(Scale::of(size, first, end, clock))
}

/// The same on the page of a report: hours of up to two days, then days, weeks and longer ones.
///
/// # Errors
/// See [`scale`].
pub async fn scale_of_report(
    backend: &dyn Backend,
    query: &Query,
    clock: &Clock,
) -> Result<Option<Scale>, BackendError> {
    let stretch = stretch(backend, query, clock).await?;
    Ok(stretch.and_then(|(first, end)| Scale::of_report(first, end, clock)))
}

impl Scale {
    /// The columns of a size from one moment to another; `None` where there is none, or more than a chart can hold.
    pub fn of(
        size: BucketSize,
        first: DateTime<Utc>,
        end: DateTime<Utc>,
        clock: &Clock,
    ) -> Option<Scale> {
        let edges_micros = buckets::edges(first, end, size, clock.zone, MOST);
        edges_micros
            .filter(|edges| edges.len() > 1)
            .map(|edges_micros| Scale { size, edges_micros })
    }

    /// The columns of a report from one moment to another.
    pub fn of_report(first: DateTime<Utc>, end: DateTime<Utc>, clock: &Clock) -> Option<Scale> {
        let end = end.max(first + Duration::microseconds(1));
        let size = BucketSize::fitting(&OF_REPORTS, first, end, READABLE_IN_REPORT);
        Scale::of(size, first, end, clock)
    }

    /// Beginning and end of each column, in microseconds since 1970.
    pub fn stretches(&self) -> impl Iterator<Item = (i64, i64)> {
        let edges = self.edges_micros.windows(2);
        edges.filter_map(|edges| Some((*edges.first()?, *edges.last()?)))
    }
}

/// The range, where it is open as far as there are sign-ins. One that goes back from now reaches to now.
pub async fn stretch(
    backend: &dyn Backend,
    query: &Query,
    clock: &Clock,
) -> Result<Option<(DateTime<Utc>, DateTime<Utc>)>, BackendError> {
    let (from, to) = query.range.bounds(clock.now);
    let to = match query.range {
        Range::Between { .. } => to,
        _ => to.or(Some(clock.now + Duration::microseconds(1))),
    };
    if let (Some(from), Some(to)) = (from, to) {
        return Ok(Some((from, to)));
    }
    let mut span: Option<(DateTime<Utc>, DateTime<Utc>)> = None;
    for tab in Tab::ALL {
        if query.tabs().has(tab)
            && let Some((first, last)) = backend.span(tab).await?
        {
            let known = span.get_or_insert((first, last));
            *known = (known.0.min(first), known.1.max(last));
        }
    }
    let from = from.or(span.map(|(first, _)| first));
    Ok(from.zip(to.or(span.map(|(_, last)| last + Duration::microseconds(1)))))
}

/// The edges as an address has them, within the range that was asked for.
pub fn edges(query: &Query, scale: &Scale, clock: &Clock) -> Vec<String> {
    let (from, to) = query.range.bounds(clock.now);
    let edges = scale.edges_micros.iter().map(|edge| {
        let edge = moment(*edge);
        let edge = from.map_or(edge, |from| edge.max(from));
        time::write(to.map_or(edge, |to| edge.min(to)))
    });
    edges.collect()
}

/// The moment of microseconds since 1970.
pub fn moment(micros: i64) -> DateTime<Utc> {
    DateTime::from_timestamp_micros(micros).unwrap_or_default()
}

/// Where only the sign-ins of a stretch are shown, within the range that was asked for.
pub fn address_of(query: &Query, (begins, ends): (i64, i64), clock: &Clock, path: &str) -> String {
    let (from, to) = query.range.bounds(clock.now);
    let (begins, ends) = (moment(begins), moment(ends));
    let part = Range::Between {
        from: Some(from.map_or(begins, |from| from.max(begins))),
        to: Some(to.map_or(ends, |to| to.min(ends))),
    };
    query.without_row().with_range(part).to_address(path)
}

/// The address of a part of the range, with words in the place of its edges.
pub fn zoom(address: impl Fn(Range) -> String) -> String {
    // Moments that no address of a log has.
    let [from, to] = [i64::from(u16::MAX), i64::from(u16::MAX) + 1]
        .map(|seconds| DateTime::from_timestamp(seconds, 0).unwrap_or_default());
    let part = Range::Between {
        from: Some(from),
        to: Some(to),
    };
    let [from_word, to_word] = EDGE_WORDS;
    address(part)
        .replacen(&time::write(from), from_word, 1)
        .replacen(&time::write(to), to_word, 1)
}

/// Labels at round moments.
pub fn ticks(scale: &Scale, clock: &Clock) -> Vec<Tick> {
    let (Some(first), Some(last)) = (scale.edges_micros.first(), scale.edges_micros.last()) else {
        return Vec::new();
    };
    let (from, to) = (moment(*first), moment(*last));
    let size = BucketSize::fitting(&BucketSize::OF_CHARTS, from, to, MOST_TICKS);
    let words = Words { clock, size };
    let edges = buckets::edges(from, to, size, clock.zone, MOST).unwrap_or_default();
    edges
        .into_iter()
        .filter(|micros| (first..=last).contains(&micros))
        .map(|micros| Tick {
            micros,
            words: words.tick(micros),
        })
        .collect()
}

/// Moments in words that are as exact as the columns.
pub struct Words<'a> {
    /// The zone that they are in.
    pub clock: &'a Clock,
    /// How exact they are.
    pub size: BucketSize,
}

impl Words<'_> {
    fn written(&self, micros: i64, format: &str) -> String {
        let local = moment(micros).with_timezone(&self.clock.zone);
        local.format(format).to_string()
    }

    fn is_midnight(&self, micros: i64) -> bool {
        self.written(micros, "%H%M%S") == "000000"
    }

    /// The edge of a column, where its day is known: `01:45`.
    pub fn edge(&self, micros: i64) -> String {
        let format = match self.size {
            BucketSize::Seconds(..60) => "%H:%M:%S",
            BucketSize::Seconds(_) => "%H:%M",
            _ => return self.moment(micros),
        };
        self.written(micros, format)
    }

    /// A moment by itself: `24 Nov 01:45`.
    pub fn moment(&self, micros: i64) -> String {
        let format = match self.size {
            BucketSize::Seconds(..60) => "%-d %b %H:%M:%S",
            BucketSize::Seconds(_) | BucketSize::Hours(_) => "%-d %b %H:%M",
            BucketSize::Day | BucketSize::Week => "%-d %b %Y",
            BucketSize::Month => "%b %Y",
            BucketSize::Year => "%Y",
        };
        self.written(micros, format)
    }

    /// From one to another: the day is not said twice.
    pub fn stretch(&self, from: i64, to: i64) -> String {
        let is_one = match self.size {
            BucketSize::Seconds(_) | BucketSize::Hours(_) => false,
            BucketSize::Day | BucketSize::Month | BucketSize::Year => true,
            BucketSize::Week => false,
        };
        match self.size {
            _ if is_one => self.moment(from),
            BucketSize::Hours(_) => text::stretch(&self.moment(from), &self.written(to, "%H:%M")),
            BucketSize::Week => text::stretch(&self.moment(from), &self.moment(to)),
            _ => text::stretch(&self.moment(from), &self.edge(to)),
        }
    }

    /// Under the columns: `03:00`, and the day where it begins.
    fn tick(&self, micros: i64) -> String {
        let format = match self.size {
            BucketSize::Seconds(..60) => "%H:%M:%S",
            BucketSize::Seconds(_) | BucketSize::Hours(_) if !self.is_midnight(micros) => "%H:%M",
            BucketSize::Month => "%b %Y",
            BucketSize::Year => "%Y",
            _ => "%-d %b",
        };
        self.written(micros, format)
    }
}

#[cfg(test)]
mod tests {
    use chrono_tz::Tz;

    use super::*;

    fn clock(zone: Tz) -> Clock {
        let now = time::read("2026-11-24T10:42:00Z").expect("a moment");
        Clock {
            now,
            zone,
            own_zone: zone,
        }
    }

    fn scale_of(from: &str, to: &str, zone: Tz) -> Scale {
        let [first, end] = [from, to].map(|text| time::read(text).expect("a moment"));
        let size = BucketSize::fitting(&BucketSize::OF_CHARTS, first, end, READABLE);
        let edges = buckets::edges(first, end, size, zone, MOST).expect("few");
        Scale {
            size,
            edges_micros: edges,
        }
    }

    fn tick_words(from: &str, to: &str, zone: Tz) -> String {
        let ticks = ticks(&scale_of(from, to, zone), &clock(zone));
        let words: Vec<_> = ticks.into_iter().map(|tick| tick.words).collect();
        words.join(" ")
    }

    #[test]
    fn labels_are_round_in_the_readers_zone() {
        let day = ["2026-11-23T10:42:00Z", "2026-11-24T10:42:00Z"];
        assert_eq!(
            tick_words(day[0], day[1], Tz::UTC),
            "12:00 15:00 18:00 21:00 24 Nov 03:00 06:00 09:00"
        );
        assert_eq!(
            tick_words(day[0], day[1], Tz::Asia__Kolkata),
            "18:00 21:00 24 Nov 03:00 06:00 09:00 12:00 15:00"
        );
        assert_eq!(
            tick_words("2026-11-24T10:41:00Z", "2026-11-24T10:41:30Z", Tz::UTC),
            "10:41:00 10:41:05 10:41:10 10:41:15 10:41:20 10:41:25 10:41:30"
        );
        assert_eq!(
            tick_words("2026-11-01T00:00:00Z", "2026-11-30T00:00:00Z", Tz::UTC),
            "2 Nov 9 Nov 16 Nov 23 Nov 30 Nov"
        );
        assert_eq!(
            tick_words("2020-03-01T00:00:00Z", "2026-03-30T00:00:00Z", Tz::UTC),
            "2021 2022 2023 2024 2025 2026"
        );
    }

    #[test]
    fn the_address_of_a_part_has_words_for_its_edges() {
        let query = Query::parse("f=user:eq:{from}&range=7d&row=1").0;
        assert_eq!(
            zoom(|part| query.without_row().with_range(part).to_address("/sign-ins")),
            "/sign-ins?from={from}&to={to}&f=user:eq:%7Bfrom%7D"
        );
    }

    #[test]
    fn edges_are_as_exact_as_the_columns() {
        let clock = clock(Tz::Europe__Oslo);
        let micros = |text: &str| time::read(text).expect("a moment").timestamp_micros();
        let stretch = |size, from: &str, to: &str| {
            let words = Words {
                clock: &clock,
                size,
            };
            words.stretch(micros(from), micros(to))
        };
        assert_eq!(
            stretch(
                BucketSize::Seconds(900),
                "2026-11-24T00:45:00Z",
                "2026-11-24T01:00:00Z"
            ),
            "24 Nov 01:45 to 02:00"
        );
        assert_eq!(
            stretch(
                BucketSize::Seconds(5),
                "2026-11-24T00:45:00Z",
                "2026-11-24T00:45:05Z"
            ),
            "24 Nov 01:45:00 to 01:45:05"
        );
        assert_eq!(
            stretch(
                BucketSize::Hours(6),
                "2026-11-23T23:00:00Z",
                "2026-11-24T05:00:00Z"
            ),
            "24 Nov 00:00 to 06:00"
        );
        assert_eq!(
            stretch(
                BucketSize::Day,
                "2026-11-23T23:00:00Z",
                "2026-11-24T23:00:00Z"
            ),
            "24 Nov 2026"
        );
        assert_eq!(
            stretch(
                BucketSize::Month,
                "2026-10-31T23:00:00Z",
                "2026-11-30T23:00:00Z"
            ),
            "Nov 2026"
        );
    }
}
