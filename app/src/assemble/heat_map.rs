//! Fields of days and hours, from what was counted by the hour.

use std::collections::BTreeMap;

use chrono::{Datelike, NaiveDate, Timelike};
use model::answer::Bucket;
use model::query::{Query, Range};
use model::time;

use super::moments::Clock;
use super::sign_ins::PATH as BLADE;
use super::time_scale::{moment, zoom};
use crate::charts::buckets::{self, BucketSize};
use crate::charts::heat::{LEVELS, heat, level, upper_end};
use crate::text::chart as text;
use crate::view::chart::{HeatCell, HeatMap};

/// Most days that are shown.
const MOST_DAYS: usize = 93;
/// Classes of the steps.
const CLASSES: [&str; LEVELS] = ["h1", "h2", "h3", "h4", "h5"];

/// The hours of a stretch of time; `None` where there are too many for a field.
pub fn hours(
    (first, end): (chrono::DateTime<chrono::Utc>, chrono::DateTime<chrono::Utc>),
    clock: &Clock,
) -> Option<Vec<i64>> {
    let edges = buckets::edges(first, end, BucketSize::HOUR, clock.zone, MOST_DAYS * 24);
    edges.filter(|edges| edges.len() > 1)
}

/// The field of these hours, for the sign-ins of a query. `finding` makes a sentence of the busiest hour.
pub fn heat_map(
    id: &'static str,
    title: &str,
    query: &Query,
    counted: &[Bucket],
    clock: &Clock,
    finding: impl Fn(Option<(String, u64)>) -> String,
) -> HeatMap {
    let mut days: BTreeMap<NaiveDate, Vec<Option<HeatCell>>> = BTreeMap::new();
    let (from, to) = query.range.bounds(clock.now);
    for bucket in counted {
        let begins = moment(bucket.from_micros).with_timezone(&clock.zone);
        let hours = days
            .entry(begins.date_naive())
            .or_insert_with(|| vec![None; 24]);
        let Some(cell) = hours.get_mut(begins.hour() as usize) else {
            continue;
        };
        // Within the range that was asked for.
        let ends = to.map_or(moment(bucket.to_micros), |to| {
            to.min(moment(bucket.to_micros))
        });
        let begins = from.map_or(begins.to_utc(), |from| from.max(begins.to_utc()));
        match cell {
            // An hour that the clock shows twice is one cell.
            Some(cell) => {
                cell.count += bucket.rows;
                cell.edges[1] = time::write(ends);
            }
            None => {
                *cell = Some(HeatCell {
                    count: bucket.rows,
                    edges: [time::write(begins), time::write(ends)],
                });
            }
        }
    }
    let counts: Vec<Vec<Option<u64>>> = days
        .values()
        .map(|hours| {
            let hours = hours.iter();
            hours
                .map(|cell| cell.as_ref().map(|cell| cell.count))
                .collect()
        })
        .collect();
    let busiest = counted.iter().rev().max_by_key(|bucket| bucket.rows);
    let busiest = busiest.filter(|bucket| bucket.rows > 0).map(|bucket| {
        let begins = moment(bucket.from_micros).with_timezone(&clock.zone);
        let words = format!(
            "{} {}",
            day_words(begins.date_naive(), clock),
            begins.format("%H:%M")
        );
        (words, bucket.rows)
    });
    let address = |range: Range| query.without_row().with_range(range).to_address(BLADE);
    HeatMap {
        id,
        title: title.to_owned(),
        finding: finding(busiest),
        marks: heat(&counts),
        days: days.keys().map(|day| day_words(*day, clock)).collect(),
        cells: days.into_values().collect(),
        levels: levels(&counts),
        address: zoom(address),
        notes: Vec::new(),
    }
}

/// `Mon 24 Nov`, with the year where it is another one.
fn day_words(day: NaiveDate, clock: &Clock) -> String {
    let is_this_year = day.year() == clock.now.with_timezone(&clock.zone).year();
    let format = match is_this_year {
        true => "%a %-d %b",
        false => "%a %-d %b %Y",
    };
    day.format(format).to_string()
}

/// The steps that some cell has.
fn levels(counts: &[Vec<Option<u64>>]) -> Vec<(&'static str, String)> {
    let all = || counts.iter().flatten().flatten().copied();
    let highest = all().max().unwrap_or_default();
    let levels = CLASSES.iter().zip(1..=LEVELS);
    levels
        .filter(|(_, step)| all().any(|count| level(count, highest) == *step))
        .map(|(class, step)| {
            let least = upper_end(step - 1, highest) + 1;
            (*class, text::level(least, upper_end(step, highest)))
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use chrono_tz::Tz;

    use super::*;

    #[test]
    fn an_hour_that_is_there_twice_is_one_cell_and_one_that_is_not_is_none() {
        let of = |from: &str, to: &str| {
            let clock = Clock {
                now: time::read("2026-11-24T10:42:00Z").expect("a moment"),
                zone: Tz::Europe__Oslo,
                own_zone: Tz::Europe__Oslo,
            };
            let [first, end] = [from, to].map(|text| time::read(text).expect("a moment"));
            let edges = hours((first, end), &clock).expect("few");
            let counted: Vec<Bucket> = edges
                .windows(2)
                .map(|edges| Bucket {
                    from_micros: edges[0],
                    to_micros: edges[1],
                    rows: 1,
                    by_outcome: [1, 0, 0],
                })
                .collect();
            let query = Query::parse(&format!("from={from}&to={to}")).0;
            heat_map("x", "X", &query, &counted, &clock, |_| String::new())
        };
        let autumn = of("2026-10-24T22:00:00Z", "2026-10-25T23:00:00Z");
        assert_eq!(autumn.days, ["Sun 25 Oct"]);
        let twice = autumn.cells[0][2].clone().expect("a cell");
        assert_eq!(twice.count, 2);
        assert_eq!(
            twice.edges,
            ["2026-10-25T00:00:00Z", "2026-10-25T02:00:00Z"]
        );
        let spring = of("2026-03-28T23:00:00Z", "2026-03-29T22:00:00Z");
        assert_eq!(spring.cells[0][2], None);
        let sum = |chart: &HeatMap| -> u64 {
            chart
                .cells
                .iter()
                .flatten()
                .flatten()
                .map(|cell| cell.count)
                .sum()
        };
        assert_eq!((sum(&autumn), sum(&spring)), (25, 23));
        assert_eq!(
            autumn.levels,
            [("h4", "1".to_owned()), ("h5", "2".to_owned())]
        );
    }
}
