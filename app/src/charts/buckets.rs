//! Where the buckets of a histogram begin and end: at round moments of a time zone.

use chrono::{DateTime, Datelike, Days, Duration, Months, NaiveTime, Timelike, Utc};
use chrono_tz::Tz;

use crate::assemble::moments::{moment_of, start_of_day};

/// How much time a bucket holds. Where clocks are changed, some hold an hour more or less.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BucketSize {
    /// So many seconds, a divisor of an hour.
    Seconds(u32),
    /// So many hours, a divisor of a day, counted from midnight.
    Hours(u32),
    /// From midnight to midnight.
    Day,
    /// From Monday to Monday.
    Week,
    /// A month of the calendar.
    Month,
    /// A year of the calendar.
    Year,
}

impl BucketSize {
    /// One hour.
    pub const HOUR: BucketSize = BucketSize::Hours(1);

    /// The sizes that a chart may have, the smallest first.
    pub const OF_CHARTS: [BucketSize; 16] = [
        BucketSize::Seconds(1),
        BucketSize::Seconds(5),
        BucketSize::Seconds(15),
        BucketSize::Seconds(30),
        BucketSize::Seconds(60),
        BucketSize::Seconds(5 * 60),
        BucketSize::Seconds(15 * 60),
        BucketSize::Seconds(30 * 60),
        BucketSize::HOUR,
        BucketSize::Hours(3),
        BucketSize::Hours(6),
        BucketSize::Hours(12),
        BucketSize::Day,
        BucketSize::Week,
        BucketSize::Month,
        BucketSize::Year,
    ];

    /// How long it is, in seconds; months and years are counted short, so that they never fit too many.
    pub const fn seconds(self) -> i64 {
        const DAY: i64 = 24 * 3_600;
        match self {
            BucketSize::Seconds(seconds) => seconds as i64,
            BucketSize::Hours(hours) => hours as i64 * 3_600,
            BucketSize::Day => DAY,
            BucketSize::Week => 7 * DAY,
            BucketSize::Month => 28 * DAY,
            BucketSize::Year => 365 * DAY,
        }
    }

    /// What it is called in addresses, where it can be asked for by name.
    pub const fn word(self) -> &'static str {
        match self {
            BucketSize::Hours(1) => "hour",
            BucketSize::Day => "day",
            BucketSize::Week => "week",
            BucketSize::Month => "month",
            BucketSize::Year => "year",
            BucketSize::Seconds(_) | BucketSize::Hours(_) => "auto",
        }
    }

    /// The first of these sizes that makes fewer than so many buckets of a stretch of time; else the last.
    pub fn fitting(
        sizes: &[BucketSize],
        first: DateTime<Utc>,
        end: DateTime<Utc>,
        most: usize,
    ) -> BucketSize {
        let seconds = (end - first).num_seconds();
        let fits = |size: &&BucketSize| {
            usize::try_from(seconds / size.seconds()).is_ok_and(|buckets| buckets < most)
        };
        let found = sizes.iter().find(fits).or(sizes.last());
        found.copied().unwrap_or(BucketSize::Year)
    }
}

/// The edges of the buckets that hold all moments from `first` to before `end`, in microseconds since 1970;
/// `None` when there were more than `most` buckets.
pub fn edges(
    first: DateTime<Utc>,
    end: DateTime<Utc>,
    size: BucketSize,
    zone: Tz,
    most: usize,
) -> Option<Vec<i64>> {
    if first >= end {
        return Some(Vec::new());
    }
    let mut edge = start_of(first, size, zone);
    let mut edges = vec![edge.timestamp_micros()];
    while edge < end {
        if edges.len() > most {
            return None;
        }
        edge = next(edge, size, zone)?;
        edges.push(edge.timestamp_micros());
    }
    Some(edges)
}

/// First moment of the bucket that a moment lies in.
fn start_of(moment: DateTime<Utc>, size: BucketSize, zone: Tz) -> DateTime<Utc> {
    let local = moment.with_timezone(&zone);
    let date = local.date_naive();
    let within_hour = |seconds: u32| {
        let beyond = (local.minute() * 60 + local.second()) % seconds;
        let beyond = Duration::seconds(i64::from(beyond));
        moment - beyond - Duration::nanoseconds(i64::from(local.nanosecond()))
    };
    match size {
        BucketSize::Seconds(seconds) => within_hour(seconds.max(1)),
        BucketSize::Hours(1) => within_hour(3_600),
        BucketSize::Hours(hours) => {
            let hour = local.hour() / hours.max(1) * hours.max(1);
            let time = NaiveTime::from_hms_opt(hour, 0, 0).unwrap_or(NaiveTime::MIN);
            moment_of(date.and_time(time), zone)
        }
        BucketSize::Day => start_of_day(date, zone),
        BucketSize::Week => {
            let beyond = Days::new(u64::from(date.weekday().num_days_from_monday()));
            start_of_day(date.checked_sub_days(beyond).unwrap_or(date), zone)
        }
        BucketSize::Month => start_of_day(date.with_day(1).unwrap_or(date), zone),
        BucketSize::Year => start_of_day(date.with_ordinal(1).unwrap_or(date), zone),
    }
}

/// The edge after another one.
fn next(edge: DateTime<Utc>, size: BucketSize, zone: Tz) -> Option<DateTime<Utc>> {
    let local = edge.with_timezone(&zone);
    let date = local.date_naive();
    let days = |days| Some(start_of_day(date.checked_add_days(Days::new(days))?, zone));
    let months = |months| {
        let date = date.checked_add_months(Months::new(months))?;
        Some(start_of_day(date.with_day(1)?, zone))
    };
    match size {
        BucketSize::Seconds(seconds) => Some(edge + Duration::seconds(i64::from(seconds.max(1)))),
        BucketSize::Hours(1) => Some(start_of(edge + Duration::hours(1), size, zone)),
        BucketSize::Hours(hours) => {
            let step = Duration::hours(i64::from(hours.max(1)));
            let wanted = local.naive_local().checked_add_signed(step)?;
            let begun = start_of(moment_of(wanted, zone), size, zone);
            // Where clocks jump over the beginning of the next one, this one goes on.
            Some(if begun > edge { begun } else { edge + step })
        }
        BucketSize::Day => days(1),
        BucketSize::Week => days(7),
        BucketSize::Month => months(1),
        BucketSize::Year => months(12),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use model::time::{read, write};

    const MOST: usize = 2_000;

    fn all(first: &str, end: &str, size: BucketSize, zone: Tz) -> Vec<String> {
        let moment = |text: &str| read(text).expect("a moment");
        edges(moment(first), moment(end), size, zone, MOST)
            .expect("few")
            .into_iter()
            .map(|micros| write(DateTime::from_timestamp_micros(micros).expect("a moment")))
            .collect()
    }

    #[test]
    fn days_are_an_hour_shorter_and_longer_when_oslo_changes_its_clocks() {
        assert_eq!(
            all(
                "2026-03-28T12:00:00Z",
                "2026-03-30T12:00:00Z",
                BucketSize::Day,
                Tz::Europe__Oslo
            ),
            [
                "2026-03-27T23:00:00Z",
                "2026-03-28T23:00:00Z",
                "2026-03-29T22:00:00Z",
                "2026-03-30T22:00:00Z"
            ]
        );
        assert_eq!(
            all(
                "2026-10-25T00:00:00Z",
                "2026-10-26T00:00:00Z",
                BucketSize::Day,
                Tz::Europe__Oslo
            ),
            [
                "2026-10-24T22:00:00Z",
                "2026-10-25T23:00:00Z",
                "2026-10-26T23:00:00Z"
            ]
        );
    }

    #[test]
    fn hours_go_on_when_oslo_changes_its_clocks() {
        for day in ["2026-03-29", "2026-10-25"] {
            let (first, end) = (format!("{day}T00:30:00Z"), format!("{day}T03:00:00Z"));
            let expected = ["00", "01", "02", "03"].map(|hour| format!("{day}T{hour}:00:00Z"));
            assert_eq!(
                all(&first, &end, BucketSize::HOUR, Tz::Europe__Oslo),
                expected
            );
        }
    }

    #[test]
    fn weeks_begin_on_mondays_of_the_zone() {
        assert_eq!(
            all(
                "2026-03-29T22:30:00Z",
                "2026-04-05T22:00:00.000001Z",
                BucketSize::Week,
                Tz::Europe__Oslo
            ),
            [
                "2026-03-29T22:00:00Z",
                "2026-04-05T22:00:00Z",
                "2026-04-12T22:00:00Z"
            ]
        );
        assert_eq!(
            all(
                "2026-03-29T22:30:00Z",
                "2026-03-30T00:00:00Z",
                BucketSize::Week,
                Tz::UTC
            ),
            ["2026-03-23T00:00:00Z", "2026-03-30T00:00:00Z"]
        );
    }

    #[test]
    fn odd_zones_have_days_and_hours_too() {
        // Half an hour off.
        assert_eq!(
            all(
                "2026-11-24T10:00:00Z",
                "2026-11-24T10:31:00Z",
                BucketSize::HOUR,
                Tz::Asia__Kolkata
            ),
            [
                "2026-11-24T09:30:00Z",
                "2026-11-24T10:30:00Z",
                "2026-11-24T11:30:00Z"
            ]
        );
        // Clocks jump over midnight.
        assert_eq!(
            all(
                "2026-09-05T12:00:00Z",
                "2026-09-06T12:00:00Z",
                BucketSize::Day,
                Tz::America__Santiago
            ),
            [
                "2026-09-05T04:00:00Z",
                "2026-09-06T04:00:00Z",
                "2026-09-07T03:00:00Z"
            ]
        );
        // A day that never was.
        assert_eq!(
            all(
                "2011-12-30T09:00:00Z",
                "2011-12-31T00:00:00Z",
                BucketSize::Day,
                Tz::Pacific__Apia
            ),
            [
                "2011-12-29T10:00:00Z",
                "2011-12-30T10:00:00Z",
                "2011-12-31T10:00:00Z"
            ]
        );
        // Clocks change by half an hour: edges still ascend.
        for day in ["2026-04-04", "2026-10-03"] {
            let (first, end) = (format!("{day}T00:00:00Z"), format!("{day}T23:00:00Z"));
            let edges = all(&first, &end, BucketSize::HOUR, Tz::Australia__Lord_Howe);
            assert!(edges.is_sorted_by(|left, right| left < right), "{edges:?}");
        }
    }

    #[test]
    fn an_edge_belongs_to_the_bucket_that_it_begins() {
        let day = ["2026-11-24T00:00:00Z", "2026-11-25T00:00:00Z"];
        assert_eq!(all(day[0], day[1], BucketSize::Day, Tz::UTC), day);
        assert_eq!(
            all(day[1], day[1], BucketSize::Day, Tz::UTC),
            Vec::<String>::new()
        );
    }

    #[test]
    fn there_are_limits() {
        let first = read("2026-01-01").expect("a moment");
        let limit = i64::try_from(MOST).expect("small");
        let hours = |count| {
            edges(
                first,
                first + Duration::hours(count),
                BucketSize::HOUR,
                Tz::UTC,
                MOST,
            )
        };
        assert_eq!(hours(limit).map(|edges| edges.len()), Some(MOST + 1));
        assert_eq!(hours(limit + 1), None);
    }

    #[test]
    fn the_size_follows_the_stretch() {
        let first = read("2026-01-01").expect("a moment");
        let fitting =
            |length| BucketSize::fitting(&BucketSize::OF_CHARTS, first, first + length, 180);
        for (length, expected) in [
            (Duration::seconds(1), BucketSize::Seconds(1)),
            (Duration::minutes(1), BucketSize::Seconds(1)),
            (Duration::minutes(15), BucketSize::Seconds(15)),
            (Duration::hours(1), BucketSize::Seconds(30)),
            (Duration::hours(24), BucketSize::Seconds(15 * 60)),
            (Duration::days(7), BucketSize::HOUR),
            (Duration::days(30), BucketSize::Hours(6)),
            (Duration::days(90), BucketSize::Day),
            (Duration::days(730), BucketSize::Week),
            (Duration::days(3_650), BucketSize::Month),
            (Duration::days(36_500), BucketSize::Year),
        ] {
            assert_eq!(fitting(length), expected, "{length}");
        }
        let some = [BucketSize::HOUR, BucketSize::Day];
        let century = BucketSize::fitting(&some, first, first + Duration::days(36_500), 180);
        assert_eq!(century, BucketSize::Day);
    }

    #[test]
    fn quarters_of_an_hour_and_of_a_day_are_round_in_the_zone() {
        let quarters = BucketSize::Seconds(15 * 60);
        assert_eq!(
            all(
                "2026-11-24T10:42:10.5Z",
                "2026-11-24T11:00:01Z",
                quarters,
                Tz::Asia__Kolkata
            ),
            [
                "2026-11-24T10:30:00Z",
                "2026-11-24T10:45:00Z",
                "2026-11-24T11:00:00Z",
                "2026-11-24T11:15:00Z"
            ]
        );
        // The night of the change is five hours and seven hours long.
        for (day, edges) in [
            (
                "2026-03-29",
                [
                    "2026-03-28T23:00:00Z",
                    "2026-03-29T04:00:00Z",
                    "2026-03-29T10:00:00Z",
                ],
            ),
            (
                "2026-10-25",
                [
                    "2026-10-24T22:00:00Z",
                    "2026-10-25T05:00:00Z",
                    "2026-10-25T11:00:00Z",
                ],
            ),
        ] {
            let (first, end) = (format!("{day}T00:30:00Z"), format!("{day}T09:00:00Z"));
            assert_eq!(
                all(&first, &end, BucketSize::Hours(6), Tz::Europe__Oslo),
                edges
            );
        }
    }

    #[test]
    fn months_and_years_are_those_of_the_calendar() {
        assert_eq!(
            all(
                "2026-01-31T12:00:00Z",
                "2026-03-01T00:00:00Z",
                BucketSize::Month,
                Tz::UTC
            ),
            [
                "2026-01-01T00:00:00Z",
                "2026-02-01T00:00:00Z",
                "2026-03-01T00:00:00Z"
            ]
        );
        assert_eq!(
            all(
                "2024-06-01T00:00:00Z",
                "2025-06-01T00:00:00Z",
                BucketSize::Year,
                Tz::UTC
            ),
            [
                "2024-01-01T00:00:00Z",
                "2025-01-01T00:00:00Z",
                "2026-01-01T00:00:00Z"
            ]
        );
    }

    #[test]
    fn edges_ascend_in_every_size_where_clocks_change() {
        let zones = [
            Tz::Australia__Lord_Howe,
            Tz::America__Santiago,
            Tz::Pacific__Apia,
            Tz::Europe__Oslo,
        ];
        for zone in zones {
            for size in [BucketSize::Hours(3), BucketSize::Hours(12), BucketSize::Day] {
                let (first, end) = (
                    read("2010-01-01").expect("a moment"),
                    read("2012-06-01").expect("a moment"),
                );
                let edges = edges(first, end, size, zone, 10_000).expect("few");
                assert!(
                    edges.is_sorted_by(|left, right| left < right),
                    "{zone} {size:?}"
                );
            }
        }
    }
}
