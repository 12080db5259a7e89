//! A day of the reader's clock, and the same days of the weeks before.

use std::collections::BTreeSet;

use chrono::{DateTime, Datelike, Days, NaiveDate, Utc};
use chrono_tz::Tz;
use model::query::Range;

use crate::assemble::moments::start_of_day;
use crate::charts::buckets::{self, BucketSize};

/// Same days of the week before, that say what is usual.
pub const WEEKS: u64 = 4;
/// The years that addresses can name.
const YEARS: std::ops::RangeInclusive<i32> = 2000..=2199;

/// The date that a text names, as `2026-11-24`; `None` for another text, or a year that no log is of.
pub fn named(text: &str) -> Option<NaiveDate> {
    let date: NaiveDate = text.parse().ok()?;
    YEARS.contains(&date.year()).then_some(date)
}

/// The day that is looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Day {
    /// Its date by the reader's clock.
    pub date: NaiveDate,
    /// The zone of that clock.
    pub zone: Tz,
}

impl Day {
    /// The last whole day up to a moment by which sign-ins are known: that of the moment where it is all but over.
    pub fn last_whole(newest: DateTime<Utc>, zone: Tz) -> NaiveDate {
        let date = newest.with_timezone(&zone).date_naive();
        let is_over = Day { date, zone }.end() - newest <= chrono::Duration::hours(1);
        match is_over {
            true => date,
            false => date.checked_sub_days(Days::new(1)).unwrap_or(date),
        }
    }

    /// First moment of a day so many days before.
    pub fn begin_before(self, days: u64) -> DateTime<Utc> {
        let date = self.date.checked_sub_days(Days::new(days));
        start_of_day(date.unwrap_or(self.date), self.zone)
    }

    /// The same day of the week, so many weeks before.
    pub fn weeks_before(self, weeks: u64) -> Day {
        let date = self.date.checked_sub_days(Days::new(7 * weeks));
        Day {
            date: date.unwrap_or(self.date),
            ..self
        }
    }

    /// First moment after it.
    pub fn end(self) -> DateTime<Utc> {
        let next = self.date.checked_add_days(Days::new(1));
        start_of_day(next.unwrap_or(self.date), self.zone)
    }

    /// It, as a range; with so many days before it.
    pub fn range(self, days_before: u64) -> Range {
        Range::Between {
            from: Some(self.begin_before(days_before)),
            to: Some(self.end()),
        }
    }

    /// Edges of days, or of hours, over the weeks that say what is usual, and the day.
    pub fn edges(self, size: BucketSize) -> Vec<i64> {
        let begin = self.begin_before(7 * WEEKS);
        let most = usize::try_from((7 * WEEKS + 2) * 25).unwrap_or(usize::MAX);
        buckets::edges(begin, self.end(), size, self.zone, most).unwrap_or_default()
    }
}

/// The mean of so many numbers, rounded; `None` of none.
pub fn mean(numbers: impl Iterator<Item = u64>, of: usize) -> Option<u64> {
    let sum: u128 = numbers.map(u128::from).sum();
    let of = of as u128;
    let mean = (sum + of / 2).checked_div(of)?;
    u64::try_from(mean).ok()
}

/// The number of the last day of a row of days, and the mean of those so many weeks before.
pub fn day_and_usual(days: &[u64], weeks: &BTreeSet<u64>) -> (u64, Option<u64>) {
    let today = days.last().copied().unwrap_or_default();
    let earlier = weeks.iter().filter_map(|week| {
        let place = usize::try_from(7 * week).ok()?;
        days.iter().rev().nth(place).copied()
    });
    (today, mean(earlier, weeks.len()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_usual_is_the_mean_of_the_same_days_of_the_week() {
        let mut days = vec![1; 29];
        days[28] = 50;
        (days[21], days[14], days[7], days[0]) = (10, 20, 30, 41);
        let weeks = |weeks: &[u64]| weeks.iter().copied().collect();
        assert_eq!(day_and_usual(&days, &weeks(&[1, 2, 3, 4])), (50, Some(25)));
        assert_eq!(day_and_usual(&days, &weeks(&[2])), (50, Some(20)));
        assert_eq!(day_and_usual(&days, &weeks(&[])), (50, None));
        assert_eq!(day_and_usual(&[], &weeks(&[1])), (0, Some(0)));
    }

    #[test]
    fn a_day_has_the_length_that_its_clock_gives_it() {
        let day = Day {
            date: NaiveDate::from_ymd_opt(2026, 10, 25).expect("a date"),
            zone: Tz::Europe__Oslo,
        };
        assert_eq!((day.end() - day.begin_before(0)).num_hours(), 25);
        assert_eq!(day.edges(BucketSize::Day).len(), 30);
        assert_eq!(day.edges(BucketSize::HOUR).len(), 28 * 24 + 25 + 1);
    }

    #[test]
    fn a_day_that_is_not_over_is_not_the_last_whole_one() {
        let last = |newest: &str| {
            let newest = model::time::read(newest).expect("a moment");
            Day::last_whole(newest, Tz::Europe__Oslo).to_string()
        };
        assert_eq!(last("2026-11-24T10:42:00Z"), "2026-11-23");
        assert_eq!(last("2026-11-24T22:30:00Z"), "2026-11-24");
        assert_eq!(last("2026-11-24T23:00:00Z"), "2026-11-24");
    }

    #[test]
    fn days_of_no_log_are_not_named() {
        assert!(named("2026-11-24").is_some());
        for text in [
            "",
            "yesterday",
            "-262143-01-01",
            "+262142-12-31",
            "1999-12-31",
            "2026-02-30",
        ] {
            assert_eq!(named(text), None, "{text}");
        }
    }
}
