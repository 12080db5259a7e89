//! A month of the calendar.

use chrono::{Datelike, Days, Months, NaiveDate};

use super::moments::Clock;
use crate::view::filters::{Day, Month};

/// How far a step leads.
fn moved(day: NaiveDate, by: &str) -> Option<NaiveDate> {
    if let Some(months) = by.strip_suffix("mo") {
        let months: i32 = months.parse().ok()?;
        let number = Months::new(months.unsigned_abs());
        return match months < 0 {
            true => day.checked_sub_months(number),
            false => day.checked_add_months(number),
        };
    }
    let days: i64 = by.strip_suffix('d')?.parse().ok()?;
    let number = Days::new(days.unsigned_abs());
    match days < 0 {
        true => day.checked_sub_days(number),
        false => day.checked_add_days(number),
    }
}

/// The month around `day`, moved by so many days or months (`-7d`, `1mo`); around today when it is no day, or
/// none that a log can have.
pub fn month(day: &str, by: &str, clock: &Clock) -> Option<Month> {
    let today = clock.now.with_timezone(&clock.zone).date_naive();
    let is_of_a_log = |day: &NaiveDate| (2000..=2200).contains(&day.year());
    let day = NaiveDate::parse_from_str(day, "%Y-%m-%d").ok();
    let focused = day
        .and_then(|day| match by {
            "" => Some(day),
            by => moved(day, by),
        })
        .filter(is_of_a_log)
        .unwrap_or(today);
    let first = focused.with_day(1)?;
    let monday =
        first.checked_sub_days(Days::new(u64::from(first.weekday().num_days_from_monday())))?;
    let mut days = monday.iter_days().map(|day| Day {
        date: day.format("%Y-%m-%d").to_string(),
        number: day.day(),
        words: day.format("%A %-d %B %Y").to_string(),
        is_out: day.month() != focused.month(),
        is_today: day == today,
        is_focused: day == focused,
    });
    let mut week = || std::array::from_fn(|_| days.next().unwrap_or_default());
    let mut weeks: Vec<[Day; 7]> = (0..6).map(|_| week()).collect();
    weeks.retain(|week| week.iter().any(|day| !day.is_out));
    Some(Month {
        title: focused.format("%B %Y").to_string(),
        weeks,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use chrono_tz::Tz;

    fn at(day: &str, by: &str) -> (String, String, usize) {
        let clock = Clock {
            now: model::time::read("2026-11-24T23:30:00Z").expect("a moment"),
            zone: Tz::Europe__Oslo,
            own_zone: Tz::Europe__Oslo,
        };
        let month = month(day, by, &clock).expect("a month");
        let days = month.weeks.iter().flatten();
        let focused: Vec<_> = days.filter(|day| day.is_focused).collect();
        assert_eq!(focused.len(), 1);
        (
            month.title.clone(),
            focused[0].date.clone(),
            month.weeks.len(),
        )
    }

    #[test]
    fn steps_lead_over_the_ends_of_months() {
        let is = |title: &str, day: &str, weeks| (title.to_owned(), day.to_owned(), weeks);
        assert_eq!(at("2026-11-03", "-7d"), is("October 2026", "2026-10-27", 5));
        assert_eq!(at("2026-11-30", ""), is("November 2026", "2026-11-30", 6));
        assert_eq!(
            at("2026-03-31", "-1mo"),
            is("February 2026", "2026-02-28", 5)
        );
        assert_eq!(at("2026-12-31", "1mo"), is("January 2027", "2027-01-31", 5));
    }

    #[test]
    fn without_a_day_it_is_the_readers_today() {
        assert_eq!(at("", "").1, "2026-11-25");
        assert_eq!(at("1601-01-01", "").1, "2026-11-25");
        assert_eq!(at("2026-11-03", "99999999999d").1, "2026-11-25");
    }
}
