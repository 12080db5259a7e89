//! A day against what is usual: the numbers of the overview.

use std::collections::BTreeSet;

use chrono::Timelike;
use model::answer::{Bucket, Counted, Series};
use model::ask::{Ask, HistogramAsk, SeriesAsk};
use model::query::{Filter, Operator, Query, Range};
use model::{Column, Outcome, Tab, Value};

use super::day::{Day, WEEKS, day_and_usual, mean};
use super::summary::{Summary, Table, TableLine, of_outcome, table, totals, whole};
use super::usage::succeeded;
use crate::assemble::client_apps;
use crate::assemble::time_chart::of_value;
use crate::assemble::time_scale::moment;
use crate::backend::{Backend, BackendError};
use crate::charts::buckets::BucketSize;

/// Its name in addresses.
pub const ID: &str = "overview";
/// Days over which old protocols are followed.
pub const LEGACY_DAYS: u64 = 90;
/// Lines of a list.
const MOST_LINES: usize = 6;
/// Changes that are told.
const MOST_CHANGES: usize = 8;
/// Fewer sign-ins more or less than usual are not worth telling.
const LEAST_CHANGE: u64 = 10;

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
    /// How many weeks before the same day has sign-ins.
    pub weeks: BTreeSet<u64>,
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
    let mut overview = Overview::default();
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
    let has_any = |hours: &[&Bucket]| hours.iter().any(|bucket| bucket.rows > 0);
    overview.weeks = (1..=WEEKS)
        .filter(|weeks| has_any(&within(*weeks)))
        .collect();
    let earlier: Vec<Vec<&Bucket>> = overview.weeks.iter().map(|weeks| within(*weeks)).collect();
    overview.hours = within(0).into_iter().copied().collect();
    // By the clock: where it is changed, an hour is there twice or not at all.
    let hour = |bucket: &Bucket| moment(bucket.from_micros).with_timezone(&day.zone).hour();
    let usual = |of: u32| {
        let same = earlier.iter().flatten().filter(|bucket| hour(bucket) == of);
        mean(same.map(|bucket| bucket.rows), overview.weeks.len())
    };
    overview.usual_hours = overview
        .hours
        .iter()
        .map(|bucket| usual(hour(bucket)))
        .collect();
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
        if let Some(usual) = mean(sums, overview.weeks.len()) {
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
    whole(answered.answer.series)
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
        let (today, usual) = day_and_usual(&sums, &overview.weeks);
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
            let (today, usual) = day_and_usual(&days, &overview.weeks);
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
    let (today, usual) = day_and_usual(&sums, &overview.weeks);
    overview.summary.note("legacy", today, Some(on_day));
    overview.usual.extend(usual.map(|usual| ("legacy", usual)));
    let trend = by_legacy(day.range(LEGACY_DAYS - 1));
    let mut ask = Ask::of(trend.clone());
    ask.series = (edges.len() > 1).then(|| SeriesAsk {
        by: client,
        edges_micros: edges.to_vec(),
        limit: usize::from(u16::MAX),
    });
    overview.legacy = match ask.series.is_some() {
        true => whole(backend.ask(ask).await?.answer.series)?,
        false => Series::default(),
    };
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
