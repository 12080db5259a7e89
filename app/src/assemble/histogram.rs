//! The chart over the rows: which stretch of time it shows, and what it shows of it.

use chrono::{DateTime, Duration, SubsecRound, Utc};
use model::answer::Bucket;
use model::query::{Query, Range};
use model::time;
use model::{Column, Outcome, Tab, Value};

use super::moments::Clock;
use super::rail;
use crate::backend::{Backend, BackendError};
use crate::charts::buckets::{self, BucketSize};
use crate::charts::stack::{self, Tick};
use crate::text::explore as text;
use crate::view::histogram::{Bar, Histogram, Plot};
use crate::view::sign_ins::Totals;

/// Most columns that a size may make, when a smaller one is to be preferred.
const READABLE: usize = 180;
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
    let edges_micros = buckets::edges(first, end, size, clock.zone, MOST);
    Ok(edges_micros
        .filter(|edges| edges.len() > 1)
        .map(|edges_micros| Scale { size, edges_micros }))
}

/// The range, where it is open as far as there are sign-ins. One that goes back from now reaches to now.
async fn stretch(
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

/// The chart. `scale` and `found` are what was asked for and what came back.
pub fn histogram(
    query: &Query,
    totals: Totals,
    scale: Option<&Scale>,
    found: &[Bucket],
    clock: &Clock,
    path: &str,
) -> Histogram {
    let drawn = scale.filter(|_| !found.is_empty() && totals.all > 0);
    Histogram {
        totals,
        verbs: Outcome::ALL.map(|outcome| {
            let value = Value::Text(outcome.as_str().to_owned());
            rail::verbs(query, Column::named("status"), &value, path)
        }),
        plot: drawn.map(|scale| plot(query, totals, scale, found, clock, path)),
        is_hidden: false,
        zoom_out: wider(query.range, clock)
            .map(|range| query.without_row().with_range(range).to_address(path)),
        is_table_fetched: false,
    }
}

fn plot(
    query: &Query,
    totals: Totals,
    scale: &Scale,
    found: &[Bucket],
    clock: &Clock,
    path: &str,
) -> Plot {
    let words = Words {
        clock,
        size: scale.size,
    };
    let highest = found.iter().map(|bucket| bucket.rows).max();
    let within: u64 = found.iter().map(|bucket| bucket.rows).sum();
    let seconds = scale.size.seconds();
    let places = stack::places(found);
    let bars = found
        .iter()
        .zip(places)
        .map(|(bucket, (start, width))| Bar {
            words: words.stretch(bucket.from_micros, bucket.to_micros),
            address: address_of(query, bucket, clock, path),
            start,
            width,
            totals: totals_of(bucket),
        });
    let most = |number: fn(&Bucket) -> u64| {
        let first_of_most = found
            .iter()
            .rev()
            .max_by_key(|bucket| number(bucket))
            .filter(|bucket| number(bucket) > 0)?;
        Some((
            words.moment(first_of_most.from_micros),
            number(first_of_most),
        ))
    };
    let (rows, failures) = (
        most(|bucket| bucket.rows),
        most(|bucket| bucket.by_outcome[1]),
    );
    Plot {
        scale: text::scale(&text::bar_width(seconds), highest.unwrap_or_default()),
        finding: text::finding(
            totals.all,
            &clock.range(query.range),
            &text::bar_width_in_words(seconds),
            rows.as_ref().map(|(when, rows)| (when.as_str(), *rows)),
            failures.as_ref().map(|(when, rows)| (when.as_str(), *rows)),
        ),
        marks: stack::stacked(found, &ticks(scale, clock)),
        bars: bars.collect(),
        edge_words: scale
            .edges_micros
            .iter()
            .map(|edge| words.edge(*edge))
            .collect(),
        edges: edges(query, scale, clock),
        zoom: zoom(query, path),
        outside: totals
            .all
            .checked_sub(within)
            .filter(|number| *number > 0)
            .map(text::outside),
    }
}

/// The edges as an address has them, within the range that was asked for.
fn edges(query: &Query, scale: &Scale, clock: &Clock) -> Vec<String> {
    let (from, to) = query.range.bounds(clock.now);
    let edges = scale.edges_micros.iter().map(|edge| {
        let edge = moment(*edge);
        let edge = from.map_or(edge, |from| edge.max(from));
        time::write(to.map_or(edge, |to| edge.min(to)))
    });
    edges.collect()
}

/// The numbers of a bucket.
fn totals_of(bucket: &Bucket) -> Totals {
    let [success, failure, interrupted] = bucket.by_outcome;
    Totals {
        all: bucket.rows,
        success,
        failure,
        interrupted,
    }
}

fn moment(micros: i64) -> DateTime<Utc> {
    DateTime::from_timestamp_micros(micros).unwrap_or_default()
}

/// Where only the sign-ins of a bucket are shown, within the range that was asked for.
fn address_of(query: &Query, bucket: &Bucket, clock: &Clock, path: &str) -> String {
    let (from, to) = query.range.bounds(clock.now);
    let (begins, ends) = (moment(bucket.from_micros), moment(bucket.to_micros));
    let part = Range::Between {
        from: Some(from.map_or(begins, |from| from.max(begins))),
        to: Some(to.map_or(ends, |to| to.min(ends))),
    };
    query.without_row().with_range(part).to_address(path)
}

/// The address of a part of the range, with words in the place of its edges.
fn zoom(query: &Query, path: &str) -> String {
    // Moments that no address of a log has.
    let [from, to] = [i64::from(u16::MAX), i64::from(u16::MAX) + 1]
        .map(|seconds| DateTime::from_timestamp(seconds, 0).unwrap_or_default());
    let part = Range::Between {
        from: Some(from),
        to: Some(to),
    };
    let address = query.without_row().with_range(part).to_address(path);
    let [from_word, to_word] = EDGE_WORDS;
    address
        .replacen(&time::write(from), from_word, 1)
        .replacen(&time::write(to), to_word, 1)
}

/// The next longer stretch of time, around the present one; `None` when it is all there is.
fn wider(range: Range, clock: &Clock) -> Option<Range> {
    let soon = clock.now.trunc_subsecs(0) + Duration::seconds(1);
    match range {
        Range::Last24Hours => Some(Range::Last7Days),
        Range::Last7Days => Some(Range::Last1Month),
        Range::Last1Month => Some(Range::ALL),
        Range::ALL => None,
        other => {
            let (from, to) = other.bounds(clock.now);
            let Some(from) = from else {
                return Some(Range::ALL);
            };
            let length = to.unwrap_or(soon) - from;
            // What has not happened yet is no reason to look further.
            let later = to.map(|to| (to + length).min(to.max(soon)));
            Some(Range::Between {
                from: from.checked_sub_signed(length),
                to: later,
            })
        }
    }
}

/// Labels at round moments.
fn ticks(scale: &Scale, clock: &Clock) -> Vec<Tick> {
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
struct Words<'a> {
    clock: &'a Clock,
    size: BucketSize,
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
    fn edge(&self, micros: i64) -> String {
        let format = match self.size {
            BucketSize::Seconds(..60) => "%H:%M:%S",
            BucketSize::Seconds(_) => "%H:%M",
            _ => return self.moment(micros),
        };
        self.written(micros, format)
    }

    /// A moment by itself: `24 Nov 01:45`.
    fn moment(&self, micros: i64) -> String {
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
    fn stretch(&self, from: i64, to: i64) -> String {
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
    fn zooming_out_reaches_everything() {
        let clock = clock(Tz::UTC);
        let range = |text: &str| Query::parse(text).0.range;
        let mut at = range("from=2026-11-24T02:00:00Z&to=2026-11-24T02:15:00Z");
        let mut steps = Vec::new();
        for _ in 0..3 {
            at = wider(at, &clock).expect("wider");
            steps.push(Query::default().with_range(at).to_text());
        }
        assert_eq!(
            steps,
            [
                "from=2026-11-24T01:45:00Z&to=2026-11-24T02:30:00Z",
                "from=2026-11-24T01:00:00Z&to=2026-11-24T03:15:00Z",
                "from=2026-11-23T22:45:00Z&to=2026-11-24T05:30:00Z"
            ]
        );
        let late = range("from=2026-11-24T10:00:00Z&to=2026-11-24T10:42:00Z");
        assert_eq!(
            wider(late, &clock),
            Some(range("from=2026-11-24T09:18:00Z&to=2026-11-24T10:42:01Z"))
        );
        let mut named = Range::Last24Hours;
        for expected in [Range::Last7Days, Range::Last1Month, Range::ALL] {
            named = wider(named, &clock).expect("wider");
            assert_eq!(named, expected);
        }
        assert_eq!(wider(Range::ALL, &clock), None);
    }

    #[test]
    fn the_address_of_a_part_has_words_for_its_edges() {
        let query = Query::parse("f=user:eq:{from}&range=7d&row=1").0;
        assert_eq!(
            zoom(&query, "/sign-ins"),
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
