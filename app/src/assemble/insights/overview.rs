//! A day against what is usual: the numbers of the overview.

use chrono::{DateTime, Days, NaiveDate, Utc};
use chrono_tz::Tz;
use model::answer::{Bucket, Counted, Series};
use model::ask::{Ask, HistogramAsk, SeriesAsk};
use model::query::{Filter, Operator, Query, Range};
use model::{Column, Outcome, Tab, Value};

use super::summary::{Summary, Table, TableLine, of_outcome, table, totals};
use super::usage::succeeded;
use crate::assemble::client_apps;
use crate::assemble::moments::start_of_day;
use crate::assemble::time_chart::of_value;
use crate::backend::{Backend, BackendError};
use crate::charts::buckets::{self, BucketSize};

/// Its name in addresses.
pub const ID: &str = "overview";
/// Same days of the week before, that say what is usual.
pub const WEEKS: u64 = 4;
/// Days over which old protocols are followed.
pub const LEGACY_DAYS: u64 = 90;
/// Lines of a list.
const MOST_LINES: usize = 6;
/// Changes that are told.
const MOST_CHANGES: usize = 8;
/// Fewer sign-ins more or less than usual are not worth telling.
const LEAST_CHANGE: u64 = 10;

/// The day that is looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Day {
    /// Its date by the reader's clock.
    pub date: NaiveDate,
    /// The zone of that clock.
    pub zone: Tz,
}

impl Day {
    /// First moment of a day so many days before.
    pub fn begin_before(self, days: u64) -> DateTime<Utc> {
        let date = self.date.checked_sub_days(Days::new(days));
        start_of_day(date.unwrap_or(self.date), self.zone)
    }

    /// The same day of the week, so many weeks before.
    fn weeks_before(self, weeks: u64) -> Day {
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
    fn edges(self, size: BucketSize) -> Vec<i64> {
        let begin = self.begin_before(7 * WEEKS);
        let most = usize::try_from((7 * WEEKS + 2) * 25).unwrap_or(usize::MAX);
        buckets::edges(begin, self.end(), size, self.zone, most).unwrap_or_default()
    }
}

/// The numbers, and what is drawn of them.
#[derive(Debug, Clone, Default)]
pub struct Overview {
    /// The numbers of the day.
    pub summary: Summary,
    /// What is usual, for those where that is known: the mean of the same days of the week before.
    pub usual: Vec<(&'static str, u64)>,
    /// The hours of the day.
    pub hours: Vec<Bucket>,
    /// What is usual for each of them; nothing without history.
    pub usual_hours: Vec<Option<u64>>,
    /// What is more or less than usual, the largest change first.
    pub changes: Vec<Change>,
    /// Old protocols over time: by client app.
    pub legacy: Series,
    /// How many same days of the week before there are.
    pub weeks: u64,
}

/// Something that is more or less than usual.
#[derive(Debug, Clone, PartialEq)]
pub struct Change {
    /// What changed: failures of a code, failures of an application, sign-ins from a country.
    pub of: &'static Column,
    /// Its value.
    pub value: Value,
    /// How many on that day, and usually.
    pub counts: (u64, u64),
    /// Its sign-ins on that day.
    pub query: Query,
}

/// Interactive sign-ins of a range.
fn scope(query: &Query, range: Range) -> Query {
    Query {
        tab: Tab::Interactive,
        noise: None,
        ..query.clone()
    }
    .with_range(range)
}

/// Counts the day of a query with filters; its own range is not looked at. `legacy_edges` are those of the chart of
/// old protocols.
///
/// # Errors
/// Those of the backend.
pub async fn overview(
    backend: &dyn Backend,
    query: &Query,
    day: Day,
    legacy_edges: &[i64],
) -> Result<Overview, BackendError> {
    let mut overview = Overview {
        weeks: weeks(backend, day).await?,
        ..Overview::default()
    };
    let of_day = scope(query, day.range(0));
    let of_weeks = scope(query, day.range(7 * WEEKS));
    activity(backend, &mut overview, (&of_day, &of_weeks), day).await?;
    coverage(backend, &mut overview, (&of_day, &of_weeks), day).await?;
    changes(backend, &mut overview, (&of_day, &of_weeks), day).await?;
    legacy(backend, &mut overview, query, day, legacy_edges).await?;
    overview
        .changes
        .sort_by_key(|change| std::cmp::Reverse(change.counts.0.abs_diff(change.counts.1)));
    overview.changes.truncate(MOST_CHANGES);
    Ok(overview)
}

/// How many of the same days of the week before lie within what is stored.
async fn weeks(backend: &dyn Backend, day: Day) -> Result<u64, BackendError> {
    let span = backend.span(Tab::Interactive).await?;
    let begun = |weeks: &u64| {
        let begin = day.begin_before(7 * weeks);
        span.is_some_and(|(first, _)| first <= begin)
    };
    Ok((1..=WEEKS).filter(begun).count() as u64)
}

/// What is counted of an hour.
type CountOf = fn(&Bucket) -> u64;

/// How many there are, and what became of them, by the hour.
async fn activity(
    backend: &dyn Backend,
    overview: &mut Overview,
    (of_day, of_weeks): (&Query, &Query),
    day: Day,
) -> Result<(), BackendError> {
    let edges_micros = day.edges(BucketSize::HOUR);
    let mut ask = Ask::of(of_weeks.clone());
    ask.histogram = Some(HistogramAsk { edges_micros });
    let answered = backend.ask(ask).await?;
    overview.summary.is_from_lake |= answered.is_from_lake;
    let buckets = answered.answer.histogram;
    let within = |weeks: u64| -> Vec<&Bucket> {
        let earlier = day.weeks_before(weeks);
        let (from, to) = (earlier.begin_before(0), earlier.end());
        let (from, to) = (from.timestamp_micros(), to.timestamp_micros());
        let hours = buckets.iter();
        hours
            .filter(|bucket| bucket.from_micros >= from && bucket.from_micros < to)
            .collect()
    };
    let earlier: Vec<Vec<&Bucket>> = (1..=overview.weeks).map(within).collect();
    overview.hours = within(0).into_iter().copied().collect();
    let usual = |place: usize| {
        let counts = earlier.iter().filter_map(|hours| hours.get(place));
        mean(counts.map(|bucket| bucket.rows), overview.weeks)
    };
    overview.usual_hours = (0..overview.hours.len()).map(usual).collect();
    let sum =
        |hours: &[&Bucket], of: CountOf| -> u64 { hours.iter().map(|bucket| of(bucket)).sum() };
    let today: Vec<&Bucket> = overview.hours.iter().collect();
    let failed = |bucket: &Bucket| of(bucket.by_outcome, Outcome::Failure);
    let interrupted = |bucket: &Bucket| of(bucket.by_outcome, Outcome::Interrupted);
    let numbers: [(&'static str, CountOf, Query); 3] = [
        ("sign_ins", |bucket| bucket.rows, of_day.clone()),
        ("failed", failed, of_outcome(of_day, Outcome::Failure)),
        (
            "interrupted",
            interrupted,
            of_outcome(of_day, Outcome::Interrupted),
        ),
    ];
    for (id, of, query) in numbers {
        overview.summary.note(id, sum(&today, of), Some(query));
        let sums = earlier.iter().map(|hours| sum(hours, of));
        if let Some(usual) = mean(sums, overview.weeks) {
            overview.usual.push((id, usual));
        }
    }
    let people = totals(backend, &mut overview.summary, of_day, true)
        .await?
        .people;
    overview.summary.note("people", people, None);
    Ok(())
}

fn of(by_outcome: [u64; 3], outcome: Outcome) -> u64 {
    by_outcome.get(outcome.index()).copied().unwrap_or_default()
}

/// The mean of so many numbers, rounded; `None` of none.
fn mean(numbers: impl Iterator<Item = u64>, of: u64) -> Option<u64> {
    let sum: u128 = numbers.map(u128::from).sum();
    let of = u128::from(of);
    let mean = (sum + of / 2).checked_div(of)?;
    u64::try_from(mean).ok()
}

/// Numbers of a line on the day, and the mean of those of the same days of the week before.
fn day_and_usual(buckets: &[u64], weeks: u64) -> (u64, Option<u64>) {
    let mut back = buckets.iter().rev();
    let today = back.next().copied().unwrap_or_default();
    let earlier = (1..=weeks).filter_map(|week| {
        let place = usize::try_from(7 * week).ok()?;
        buckets.iter().rev().nth(place).copied()
    });
    (today, mean(earlier, weeks))
}

/// A histogram of days for each value of a column, over the weeks that say what is usual.
async fn by_day(
    backend: &dyn Backend,
    overview: &mut Overview,
    query: &Query,
    column: &'static Column,
    day: Day,
) -> Result<Series, BackendError> {
    let mut ask = Ask::of(query.clone());
    ask.series = Some(SeriesAsk {
        by: column,
        edges_micros: day.edges(BucketSize::Day),
        limit: usize::from(u16::MAX),
    });
    let answered = backend.ask(ask).await?;
    overview.summary.is_from_lake |= answered.is_from_lake;
    Ok(answered.answer.series.unwrap_or_default())
}

/// How many of the successful ones were with multifactor.
async fn coverage(
    backend: &dyn Backend,
    overview: &mut Overview,
    (of_day, of_weeks): (&Query, &Query),
    day: Day,
) -> Result<(), BackendError> {
    let column = Column::named("authentication_requirement");
    let successful = of_outcome(of_weeks, Outcome::Success);
    let series = by_day(backend, overview, &successful, column, day).await?;
    let multifactor = Value::Text("multiFactorAuthentication".to_owned());
    let of_day = of_outcome(of_day, Outcome::Success);
    let days = usize::try_from(7 * WEEKS + 1).unwrap_or_default();
    let sums = |is_meant: &dyn Fn(&Value) -> bool| -> Vec<u64> {
        let mut sums = vec![0; days];
        for line in series.lines.iter().filter(|line| is_meant(&line.value)) {
            let more = sums.iter_mut().zip(&line.buckets);
            more.for_each(|(sum, counted)| *sum += succeeded(counted));
        }
        sums
    };
    let numbers = [
        ("successful", sums(&|_| true), of_day.clone()),
        (
            "multifactor",
            sums(&|value| *value == multifactor),
            of_day.with_filter(of_value(column, &multifactor)),
        ),
    ];
    for (id, sums, query) in numbers {
        let (today, usual) = day_and_usual(&sums, overview.weeks);
        overview.summary.note(id, today, Some(query));
        overview.usual.extend(usual.map(|usual| (id, usual)));
    }
    Ok(())
}

/// What failed, and from where people came, with what is usual.
async fn changes(
    backend: &dyn Backend,
    overview: &mut Overview,
    (of_day, of_weeks): (&Query, &Query),
    day: Day,
) -> Result<(), BackendError> {
    let failed = of_outcome(of_weeks, Outcome::Failure);
    let failed_on_day = of_outcome(of_day, Outcome::Failure);
    let code = Column::named("error_code");
    let of_codes = table(
        backend,
        &mut overview.summary,
        ("failures", &failed_on_day, code),
        (true, MOST_LINES),
        |_| true,
    );
    let of_codes = of_codes.await?;
    overview.summary.tables.push(of_codes);
    for (column, query, on_day) in [
        (code, &failed, &failed_on_day),
        (Column::named("application"), &failed, &failed_on_day),
        (Column::named("country"), of_weeks, of_day),
    ] {
        let series = by_day(backend, overview, query, column, day).await?;
        for line in &series.lines {
            let days: Vec<u64> = line.buckets.iter().map(|counted| counted.rows).collect();
            let (today, usual) = day_and_usual(&days, overview.weeks);
            let Some(usual) = usual.filter(|usual| today.abs_diff(*usual) >= LEAST_CHANGE) else {
                continue;
            };
            overview.changes.push(Change {
                of: column,
                value: line.value.clone(),
                counts: (today, usual),
                query: on_day.with_filter(of_value(column, &line.value)),
            });
        }
        if column.id == "country" {
            overview.summary.tables.push(countries(on_day, &series));
        }
    }
    Ok(())
}

/// From where people came on that day.
fn countries(on_day: &Query, series: &Series) -> Table {
    let column = Column::named("country");
    let lines = series.lines.iter().filter_map(|line| {
        let counted: Counted = line.buckets.last().copied().unwrap_or_default();
        (counted.rows > 0).then(|| TableLine {
            query: on_day.with_filter(of_value(column, &line.value)),
            value: line.value.clone(),
            counted,
            people: None,
        })
    });
    let mut lines: Vec<TableLine> = lines.collect();
    lines.sort_by_key(|line| std::cmp::Reverse(line.counted.rows));
    let more = lines.len().saturating_sub(MOST_LINES) as u64;
    lines.truncate(MOST_LINES);
    Table {
        id: "countries",
        lines,
        more,
    }
}

/// Sign-ins by protocols that cannot ask for a second factor: their number on the day, their trend, and who and what is
/// behind them.
async fn legacy(
    backend: &dyn Backend,
    overview: &mut Overview,
    query: &Query,
    day: Day,
    edges: &[i64],
) -> Result<(), BackendError> {
    let client = Column::named("client_app");
    let by_legacy = |range: Range| {
        let of = Query {
            tab: Tab::Interactive,
            noise: None,
            ..query.clone()
        };
        let filter = Filter::new(client, Operator::In, client_apps::legacy());
        of.with_range(range).with_filter(filter)
    };
    let on_day = by_legacy(day.range(0));
    let over_weeks = by_legacy(day.range(7 * WEEKS));
    let series = by_day(backend, overview, &over_weeks, client, day).await?;
    let days = usize::try_from(7 * WEEKS + 1).unwrap_or_default();
    let mut sums = vec![0; days];
    for line in &series.lines {
        let more = sums.iter_mut().zip(&line.buckets);
        more.for_each(|(sum, counted): (&mut u64, &Counted)| *sum += counted.rows);
    }
    let (today, usual) = day_and_usual(&sums, overview.weeks);
    overview.summary.note("legacy", today, Some(on_day));
    overview.usual.extend(usual.map(|usual| ("legacy", usual)));
    let trend = by_legacy(day.range(LEGACY_DAYS - 1));
    let mut ask = Ask::of(trend.clone());
    ask.series = (edges.len() > 1).then(|| SeriesAsk {
        by: client,
        edges_micros: edges.to_vec(),
        limit: usize::from(u16::MAX),
    });
    overview.legacy = backend.ask(ask).await?.answer.series.unwrap_or_default();
    let all = totals(backend, &mut overview.summary, &trend, true).await?;
    overview
        .summary
        .note("legacy_90_days", all.counted.rows, Some(trend.clone()));
    overview.summary.note("legacy_people", all.people, None);
    for (id, column) in [
        ("legacy_users", "username"),
        ("legacy_applications", "application"),
    ] {
        let of = (id, &trend, Column::named(column));
        let table = table(
            backend,
            &mut overview.summary,
            of,
            (false, MOST_LINES),
            |_| true,
        );
        let table = table.await?;
        overview.summary.tables.push(table);
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_usual_is_the_mean_of_the_same_days_of_the_week() {
        let mut days = vec![1; 29];
        days[28] = 50;
        (days[21], days[14], days[7], days[0]) = (10, 20, 30, 41);
        assert_eq!(day_and_usual(&days, 4), (50, Some(25)));
        assert_eq!(day_and_usual(&days, 1), (50, Some(10)));
        assert_eq!(day_and_usual(&days, 0), (50, None));
        assert_eq!(day_and_usual(&[], 4), (0, Some(0)));
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
}
