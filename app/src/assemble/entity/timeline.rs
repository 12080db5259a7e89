//! Sign-ins over time, in bars that begin where the reader's days or hours do.

use chrono::{DateTime, Datelike, Days, Duration, Timelike, Utc};
use chrono_tz::Tz;
use model::answer::Bucket;
use model::query::{Query, Range};

use crate::assemble::moments::{Clock, start_of_day};
use crate::assemble::sign_ins::PATH;
use crate::text::entity as text;
use crate::view::entity::{Bar, Timeline};

/// Up to so long, in hours, a bar is an hour.
const MOST_HOURS: i64 = 48;
/// Most bars of days.
const MOST_BARS: i64 = 92;

/// How long a bar is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    /// An hour.
    Hour,
    /// So many days.
    Days(u32),
}

/// Where bars begin and end.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Edges {
    /// How long they are.
    pub step: Step,
    /// One more than there are bars.
    pub moments: Vec<DateTime<Utc>>,
}

impl Edges {
    /// Bars that cover everything from one moment up to another.
    pub fn of(from: DateTime<Utc>, to: DateTime<Utc>, zone: Tz) -> Edges {
        let to = to.max(from + Duration::seconds(1));
        let hours = (to - from).num_hours();
        if hours <= MOST_HOURS {
            return Edges::of_hours(from, to, zone);
        }
        let first = from.with_timezone(&zone).date_naive();
        let last = (to - Duration::microseconds(1))
            .with_timezone(&zone)
            .date_naive();
        let days = (last - first).num_days() + 1;
        let step = u32::try_from((days + MOST_BARS - 1) / MOST_BARS).unwrap_or(u32::MAX);
        let mut moments = vec![start_of_day(first, zone)];
        let mut date = first;
        while date <= last {
            let Some(next) = date.checked_add_days(Days::new(u64::from(step))) else {
                break;
            };
            moments.push(start_of_day(next, zone));
            date = next;
        }
        Edges {
            step: Step::Days(step),
            moments,
        }
    }

    fn of_hours(from: DateTime<Utc>, to: DateTime<Utc>, zone: Tz) -> Edges {
        let local = from.with_timezone(&zone);
        // Zones with half hours have full hours of their own.
        let past = i64::from(local.minute()) * 60 + i64::from(local.second());
        let mut moment = from - Duration::seconds(past);
        moment -= Duration::nanoseconds(i64::from(moment.timestamp_subsec_nanos()));
        let mut moments = vec![moment];
        while moment < to {
            moment += Duration::hours(1);
            moments.push(moment);
        }
        Edges {
            step: Step::Hour,
            moments,
        }
    }

    /// The edges as an ask takes them.
    pub fn micros(&self) -> Vec<i64> {
        self.moments
            .iter()
            .map(DateTime::timestamp_micros)
            .collect()
    }
}

/// The bars of the buckets between these edges, for the sign-ins of `scope`, of which there are `all`.
pub fn timeline(
    edges: &Edges,
    buckets: &[Bucket],
    scope: &Query,
    all: u64,
    clock: &Clock,
) -> Timeline {
    let most = buckets
        .iter()
        .map(|bucket| bucket.rows)
        .max()
        .unwrap_or_default();
    let counted: u64 = buckets.iter().map(|bucket| bucket.rows).sum();
    let bars: Vec<Bar> = buckets
        .iter()
        .zip(&edges.moments)
        .zip(edges.moments.iter().skip(1))
        .map(|((bucket, from), to)| Bar {
            words: bar_words(*from, edges.step, clock),
            by_outcome: bucket.by_outcome,
            address: bar_address(*from, *to, scope, clock),
        })
        .collect();
    let peak = buckets
        .iter()
        .zip(&bars)
        .rev()
        .max_by_key(|(bucket, _)| bucket.rows);
    let with_any = buckets.iter().filter(|bucket| bucket.rows > 0).count();
    let finding = peak.map_or_else(String::new, |(bucket, bar)| {
        text::finding(edges.step, (with_any, bars.len()), &bar.words, bucket.rows)
    });
    Timeline {
        unit: text::step(edges.step),
        finding,
        ticks: ticks(most),
        outside: all.saturating_sub(counted),
        bars,
    }
}

/// `24 Nov`, with the year where it is another one, or `24 Nov 13:00`.
fn bar_words(from: DateTime<Utc>, step: Step, clock: &Clock) -> String {
    let local = from.with_timezone(&clock.zone);
    let is_this_year = local.year() == clock.now.with_timezone(&clock.zone).year();
    let format = match (step, is_this_year) {
        (Step::Hour, true) => "%-d %b %H:%M",
        (Step::Hour, false) => "%-d %b %Y %H:%M",
        (Step::Days(_), true) => "%-d %b",
        (Step::Days(_), false) => "%-d %b %Y",
    };
    local.format(format).to_string()
}

/// The bar's stretch, as far as it belongs to the range.
fn bar_address(from: DateTime<Utc>, to: DateTime<Utc>, scope: &Query, clock: &Clock) -> String {
    let (first, last) = scope.range.bounds(clock.now);
    let range = Range::Between {
        from: Some(first.map_or(from, |first| first.max(from))),
        to: Some(last.map_or(to, |last| last.min(to))),
    };
    scope.with_range(range).to_address(PATH)
}

/// Round numbers from the top of the axis down to 0.
fn ticks(most: u64) -> Vec<u64> {
    const STEPS: [u64; 3] = [1, 2, 5];
    let mut ten = 1_u64;
    loop {
        for step in STEPS.map(|step| ten.saturating_mul(step)) {
            let number = most.max(1).div_ceil(step);
            if number <= 4 {
                return (0..=number)
                    .rev()
                    .map(|place| place.saturating_mul(step))
                    .collect();
            }
        }
        ten = ten.saturating_mul(10);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn moment(text: &str) -> DateTime<Utc> {
        model::time::read(text).expect("a moment")
    }

    #[test]
    fn days_begin_at_the_readers_midnight() {
        let edges = Edges::of(
            moment("2026-10-24T12:00:00Z"),
            moment("2026-10-27T12:00:00Z"),
            Tz::Europe__Oslo,
        );
        assert_eq!(edges.step, Step::Days(1));
        let written: Vec<_> = edges
            .moments
            .iter()
            .map(|moment| model::time::write(*moment))
            .collect();
        // The clocks go back on the 25th.
        assert_eq!(
            written,
            [
                "2026-10-23T22:00:00Z",
                "2026-10-24T22:00:00Z",
                "2026-10-25T23:00:00Z",
                "2026-10-26T23:00:00Z",
                "2026-10-27T23:00:00Z"
            ]
        );
    }

    #[test]
    fn short_ranges_are_in_hours_and_long_ones_in_several_days() {
        let now = moment("2026-11-24T10:42:00Z");
        let day = Edges::of(now - Duration::hours(24), now, Tz::Asia__Kolkata);
        assert_eq!(day.step, Step::Hour);
        assert_eq!(day.moments.len(), 26);
        assert_eq!(model::time::write(day.moments[0]), "2026-11-23T10:30:00Z");
        let years = Edges::of(now - Duration::days(3_650), now, Tz::UTC);
        assert_eq!(years.step, Step::Days(40));
        assert!(years.moments.len() <= 93 && years.moments.last() > Some(&now));
    }

    #[test]
    fn the_axis_ends_at_a_round_number() {
        assert_eq!(ticks(0), [1, 0]);
        assert_eq!(ticks(3), [3, 2, 1, 0]);
        assert_eq!(ticks(87), [100, 50, 0]);
        assert_eq!(ticks(12), [15, 10, 5, 0]);
        assert!(ticks(u64::MAX).len() > 1);
    }
}
