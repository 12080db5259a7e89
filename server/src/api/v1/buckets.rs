//! Where the buckets of a histogram begin and end: at full hours, midnights and Mondays of a time zone.

use chrono::{
    DateTime, Datelike, Days, Duration, NaiveDate, NaiveTime, Offset, TimeZone, Timelike, Utc,
};
use chrono_tz::Tz;

/// Most buckets of a histogram.
pub const MOST_BUCKETS: usize = 2_000;
/// Buckets that fit into a chart: a size that makes more is too small, when nobody named it.
const READABLE_BUCKETS: usize = 200;

/// How much time a bucket holds. Where clocks are changed, a day has an hour more or less.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BucketSize {
    Hour,
    Day,
    Week,
}

impl BucketSize {
    pub const ALL: [BucketSize; 3] = [BucketSize::Hour, BucketSize::Day, BucketSize::Week];

    /// The word of the parameter.
    pub const fn as_str(self) -> &'static str {
        match self {
            BucketSize::Hour => "hour",
            BucketSize::Day => "day",
            BucketSize::Week => "week",
        }
    }

    /// Reads the word of [`BucketSize::as_str`].
    pub fn parse(text: &str) -> Option<BucketSize> {
        BucketSize::ALL
            .into_iter()
            .find(|size| size.as_str() == text)
    }

    /// The smallest size whose buckets fit into a chart.
    pub fn fitting(first: DateTime<Utc>, end: DateTime<Utc>) -> BucketSize {
        let buckets = |hours: i64| (end - first).num_seconds() / (hours * 3_600);
        let fits =
            |hours| usize::try_from(buckets(hours)).is_ok_and(|count| count < READABLE_BUCKETS);
        match (fits(1), fits(24)) {
            (true, _) => BucketSize::Hour,
            (false, true) => BucketSize::Day,
            (false, false) => BucketSize::Week,
        }
    }
}

/// The edges of the buckets that hold all moments from `first` to before `end`, in microseconds since 1970;
/// `None` when there were more than [`MOST_BUCKETS`].
pub fn edges(
    first: DateTime<Utc>,
    end: DateTime<Utc>,
    size: BucketSize,
    zone: Tz,
) -> Option<Vec<i64>> {
    if first >= end {
        return Some(Vec::new());
    }
    let mut edge = start_of(first, size, zone);
    let mut edges = vec![edge.timestamp_micros()];
    while edge < end {
        if edges.len() > MOST_BUCKETS {
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
    match size {
        BucketSize::Hour => {
            let beyond = Duration::seconds(i64::from(local.minute() * 60 + local.second()))
                + Duration::nanoseconds(i64::from(local.nanosecond()));
            moment - beyond
        }
        BucketSize::Day => start_of_day(date, zone),
        BucketSize::Week => {
            let beyond = Days::new(u64::from(date.weekday().num_days_from_monday()));
            start_of_day(date.checked_sub_days(beyond).unwrap_or(date), zone)
        }
    }
}

/// The edge after another one.
fn next(edge: DateTime<Utc>, size: BucketSize, zone: Tz) -> Option<DateTime<Utc>> {
    let date = edge.with_timezone(&zone).date_naive();
    let later = |days| Some(start_of_day(date.checked_add_days(Days::new(days))?, zone));
    match size {
        BucketSize::Hour => Some(start_of(edge + Duration::hours(1), size, zone)),
        BucketSize::Day => later(1),
        BucketSize::Week => later(7),
    }
}

/// First moment of a day: the first midnight where there are two, and where clocks jump over midnight the
/// moment at which they do.
fn start_of_day(date: NaiveDate, zone: Tz) -> DateTime<Utc> {
    let midnight = date.and_time(NaiveTime::MIN);
    if let Some(moment) = zone.from_local_datetime(&midnight).earliest() {
        return moment.to_utc();
    }
    let evening_before = midnight - Duration::hours(3);
    let offset_seconds = zone
        .offset_from_local_datetime(&evening_before)
        .earliest()
        .map_or(0, |offset| offset.fix().local_minus_utc());
    midnight.and_utc() - Duration::seconds(i64::from(offset_seconds))
}

#[cfg(test)]
mod tests {
    use super::*;
    use model::time::{read, write};

    fn all(first: &str, end: &str, size: BucketSize, zone: Tz) -> Vec<String> {
        let moment = |text: &str| read(text).expect("a moment");
        edges(moment(first), moment(end), size, zone)
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
                all(&first, &end, BucketSize::Hour, Tz::Europe__Oslo),
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
                BucketSize::Hour,
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
            let edges = all(&first, &end, BucketSize::Hour, Tz::Australia__Lord_Howe);
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
        let limit = i64::try_from(MOST_BUCKETS).expect("small");
        let hours = |count| {
            edges(
                first,
                first + Duration::hours(count),
                BucketSize::Hour,
                Tz::UTC,
            )
        };
        assert_eq!(
            hours(limit).map(|edges| edges.len()),
            Some(MOST_BUCKETS + 1)
        );
        assert_eq!(hours(limit + 1), None);
        let fitting = |days| BucketSize::fitting(first, first + Duration::days(days));
        assert_eq!(fitting(7), BucketSize::Hour);
        assert_eq!(fitting(30), BucketSize::Day);
        assert_eq!(fitting(700), BucketSize::Week);
    }
}
