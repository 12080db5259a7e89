//! The chart over the rows: which stretch of time it shows, and what it shows of it.

use chrono::{Duration, SubsecRound};
use model::answer::Bucket;
use model::query::{Query, Range};
use model::{Column, Outcome, Value};

use super::moments::Clock;
use super::rail;
use super::time_scale::{Scale, Words, address_of, edges, ticks, zoom};
use crate::charts::stack::{self, OUTCOMES, PLOT_PX, Stack};
use crate::text::{explore as text, folded};
use crate::view::chart::Zoom;
use crate::view::histogram::{Bar, Histogram, Plot};
use crate::view::sign_ins::Totals;

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
        counted: folded::found(totals.all, query.folds()),
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
    let places = stack::places(&scale.edges_micros);
    let bars = found
        .iter()
        .zip(places)
        .map(|(bucket, (start, width))| Bar {
            words: words.stretch(bucket.from_micros, bucket.to_micros),
            address: address_of(query, (bucket.from_micros, bucket.to_micros), clock, path),
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
        marks: marks(found, scale, clock),
        bars: bars.collect(),
        zoom: Zoom {
            edges: edges(query, scale, clock),
            words: scale
                .edges_micros
                .iter()
                .map(|edge| words.edge(*edge))
                .collect(),
            address: zoom(|part| query.without_row().with_range(part).to_address(path)),
        },
        outside: totals
            .all
            .checked_sub(within)
            .filter(|number| *number > 0)
            .map(text::outside),
    }
}

/// The columns of the buckets.
fn marks(found: &[Bucket], scale: &Scale, clock: &Clock) -> String {
    let columns: Vec<Vec<u64>> = found
        .iter()
        .map(|bucket| stacked_outcomes(bucket.by_outcome))
        .collect();
    stack::stacked(&Stack {
        edges_micros: &scale.edges_micros,
        columns: &columns,
        inks: &OUTCOMES,
        plot_px: PLOT_PX,
        ticks: &ticks(scale, clock),
        numbers: &[],
    })
}

/// Success, failure and interrupted as columns have them: [`OUTCOMES`].
pub fn stacked_outcomes([success, failure, interrupted]: [u64; 3]) -> Vec<u64> {
    vec![success, interrupted, failure]
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

#[cfg(test)]
mod tests {
    use chrono_tz::Tz;
    use model::time;

    use super::*;

    fn clock(zone: Tz) -> Clock {
        let now = time::read("2026-11-24T10:42:00Z").expect("a moment");
        Clock {
            now,
            zone,
            own_zone: zone,
        }
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
}
