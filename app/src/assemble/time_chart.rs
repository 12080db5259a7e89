//! Charts of columns over time, from what was counted.

use model::answer::{Bucket, Counted, Series};
use model::query::{Filter, Operator, Query, Range};
use model::{Column, Outcome, Value};

use super::histogram::stacked_outcomes;
use super::moments::Clock;
use super::sign_ins::PATH as BLADE;
use super::time_scale::{Scale, Words, address_of, edges, ticks, zoom};
use crate::charts::lines;
use crate::charts::stack::{self, OUTCOMES, Stack};
use crate::charts::svg::{CATEGORIES, Ink};
use crate::text::chart as text;
use crate::view::chart::{Column as ChartColumn, Entry, TimeChart, Zoom};
use crate::view::safe_text::{MOST_IN_CELL, shown};

/// Height of the columns on the page of a report, in pixels.
pub const PLOT_PX: u32 = 132;

/// What is stacked: one of the parts of each column.
#[derive(Debug, Clone, PartialEq)]
pub struct Part {
    /// What it is drawn with.
    pub ink: Ink,
    /// What it is called.
    pub words: String,
    /// How many there are in each column.
    pub numbers: Vec<u64>,
    /// Where they all are.
    pub address: Option<String>,
}

impl Part {
    fn all(&self) -> u64 {
        self.numbers.iter().sum()
    }
}

/// What a chart is about.
pub struct About<'a> {
    /// Its name among the charts of a page.
    pub id: &'static str,
    /// Its title.
    pub title: String,
    /// The sign-ins that are counted.
    pub query: &'a Query,
    /// Where columns begin and end.
    pub scale: &'a Scale,
    /// The reader's clock.
    pub clock: &'a Clock,
    /// Address of the page over another time; without one nothing is zoomed into.
    pub page: Option<&'a dyn Fn(Range) -> String>,
}

/// The chart of these parts, from the base up.
pub fn time_chart(about: &About<'_>, parts: &[Part]) -> TimeChart {
    with_usual(about, parts, &[])
}

/// The same, with a line of what is usual, where that is known.
pub fn with_usual(about: &About<'_>, parts: &[Part], usual: &[Option<u64>]) -> TimeChart {
    let words = Words {
        clock: about.clock,
        size: about.scale.size,
    };
    let stretches: Vec<(i64, i64)> = about.scale.stretches().collect();
    let columns: Vec<Vec<u64>> = (0..stretches.len())
        .map(|place| {
            let numbers = parts.iter().map(|part| part.numbers.get(place).copied());
            numbers.map(Option::unwrap_or_default).collect()
        })
        .collect();
    let sums: Vec<u64> = columns.iter().map(|column| column.iter().sum()).collect();
    let most = sums.iter().chain(usual.iter().flatten()).max();
    let numbers = axis(most.copied().unwrap_or_default());
    let inks: Vec<Ink> = parts.iter().map(|part| part.ink).collect();
    let mut marks = stack::stacked(&Stack {
        edges_micros: &about.scale.edges_micros,
        columns: &columns,
        inks: &inks,
        plot_px: PLOT_PX,
        ticks: &ticks(about.scale, about.clock),
        numbers: &numbers,
    });
    if usual.iter().any(Option::is_some) {
        let top = numbers.first().copied().unwrap_or_default();
        let lines = [(Ink::Usual, usual.to_vec())];
        marks += &lines::lines(&about.scale.edges_micros, &lines, top, PLOT_PX);
    }
    let places = stack::places(&about.scale.edges_micros);
    let columns: Vec<ChartColumn> = stretches
        .iter()
        .zip(places)
        .zip(columns)
        .map(|((stretch, (start, width)), numbers)| {
            let when = words.stretch(stretch.0, stretch.1);
            let said: Vec<(&str, u64)> = parts
                .iter()
                .zip(&numbers)
                .map(|(part, number)| (part.words.as_str(), *number))
                .collect();
            ChartColumn {
                said: text::column(&when, &said),
                words: when,
                address: address_of(about.query, *stretch, about.clock, BLADE),
                start,
                width,
                numbers,
            }
        })
        .collect();
    TimeChart {
        id: about.id,
        title: about.title.clone(),
        unit: text::per(about.scale.size),
        finding: finding(about, parts, &sums, &columns),
        legend: parts.iter().map(entry).collect(),
        marks,
        columns,
        zoom: about.page.map(|page| Zoom {
            edges: edges(about.query, about.scale, about.clock),
            words: about
                .scale
                .edges_micros
                .iter()
                .map(|edge| words.edge(*edge))
                .collect(),
            address: zoom(page),
        }),
        notes: Vec::new(),
        file: None,
        is_wide: false,
    }
}

/// The chart of sign-ins by outcome, of which there are `all`.
pub fn activity(about: &About<'_>, buckets: &[Bucket], all: u64) -> TimeChart {
    let counted: u64 = buckets.iter().map(|bucket| bucket.rows).sum();
    let mut chart = time_chart(about, &by_outcome(about.query, buckets));
    let outside = all.saturating_sub(counted);
    chart
        .notes
        .extend((outside > 0).then(|| text::outside(outside)));
    chart.file = Some(file(about, None));
    chart
}

/// Address of the numbers of a chart as a file: of all sign-ins, or by the values of a column.
pub fn file(about: &About<'_>, by: Option<&Column>) -> String {
    let mut parts = vec![about.query.without_row().to_text()];
    parts.push(format!("bucket={}", about.scale.size.word()));
    parts.push(format!("zone={}", about.clock.zone.name()));
    // All values, also those that the chart puts together.
    parts.extend(by.map(|by| format!("by={}&limit=1000", by.id)));
    parts.push("format=csv".to_owned());
    parts.retain(|part| !part.is_empty());
    format!("/api/v1/signins/histogram?{}", parts.join("&"))
}

fn entry(part: &Part) -> Entry {
    Entry {
        class: part.ink.class(),
        words: part.words.clone(),
        count: part.all(),
        address: part.address.clone(),
    }
}

fn finding(about: &About<'_>, parts: &[Part], sums: &[u64], columns: &[ChartColumn]) -> String {
    let with_any = sums.iter().filter(|sum| **sum > 0).count();
    // The first of equally high ones.
    let peak = columns.iter().zip(sums).rev().max_by_key(|(_, sum)| **sum);
    let peak = peak.filter(|(_, sum)| **sum > 0);
    let peak = peak.map(|(column, sum)| (column.words.as_str(), *sum));
    let largest = parts.iter().rev().max_by_key(|part| part.all());
    let largest = largest.filter(|part| parts.len() > 1 && part.all() > 0);
    let largest = largest.map(|part| (part.words.as_str(), part.all()));
    text::finding(about.scale.size, (with_any, sums.len()), peak, largest)
}

/// Sign-ins by outcome.
pub fn by_outcome(query: &Query, buckets: &[Bucket]) -> Vec<Part> {
    let columns: Vec<Vec<u64>> = buckets
        .iter()
        .map(|bucket| stacked_outcomes(bucket.by_outcome))
        .collect();
    [Outcome::Success, Outcome::Interrupted, Outcome::Failure]
        .into_iter()
        .zip(OUTCOMES)
        .enumerate()
        .map(|(place, (outcome, ink))| Part {
            ink,
            words: outcome.label().to_owned(),
            numbers: columns
                .iter()
                .filter_map(|column| column.get(place).copied())
                .collect(),
            address: Some(
                query
                    .with_filter(Filter::new(
                        Column::named("status"),
                        Operator::In,
                        [outcome.as_str()],
                    ))
                    .to_address(BLADE),
            ),
        })
        .collect()
}

/// Sign-ins by the values of a column: the largest have a colour of their own, the others one together.
pub fn by_value(
    query: &Query,
    column: &'static Column,
    series: &Series,
    count: impl Fn(&Counted) -> u64,
    words: impl Fn(&Value) -> String,
) -> Vec<Part> {
    let series = series.joined();
    let lines: Vec<(&Value, Vec<u64>)> = series
        .lines
        .iter()
        .map(|line| (&line.value, line.buckets.iter().map(&count).collect()))
        .filter(|(_, numbers): &(_, Vec<u64>)| numbers.iter().any(|number| *number > 0))
        .collect();
    let most = usize::from(CATEGORIES);
    let own = match lines.len() > most {
        true => most - 1,
        false => lines.len(),
    };
    let (own, others) = lines.split_at(own);
    let mut parts: Vec<Part> = own
        .iter()
        .zip(0..)
        .map(|((value, numbers), category)| Part {
            ink: Ink::Category(category),
            words: shown(&words(value), MOST_IN_CELL),
            numbers: numbers.clone(),
            address: Some(query.with_filter(of_value(column, value)).to_address(BLADE)),
        })
        .collect();
    if !others.is_empty() {
        let mut numbers = vec![0; others.first().map_or(0, |(_, numbers)| numbers.len())];
        for (_, more) in others {
            let sums = numbers.iter_mut().zip(more);
            sums.for_each(|(sum, more): (&mut u64, &u64)| *sum += more);
        }
        parts.push(Part {
            ink: Ink::Category(CATEGORIES - 1),
            words: text::other(others.len() as u64),
            numbers,
            address: None,
        });
    }
    parts
}

/// The filter that leaves a value.
pub fn of_value(column: &'static Column, value: &Value) -> Filter {
    match value {
        Value::Empty => Filter::new(column, Operator::Empty, Vec::<String>::new()),
        value => Filter::new(column, Operator::Equal, [value.to_text()]),
    }
}

/// Round numbers from the top of the axis down to 0.
pub fn axis(most: u64) -> Vec<u64> {
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
    use model::answer::SeriesLine;

    use super::*;

    #[test]
    fn the_axis_ends_at_a_round_number() {
        assert_eq!(axis(0), [1, 0]);
        assert_eq!(axis(3), [3, 2, 1, 0]);
        assert_eq!(axis(87), [100, 50, 0]);
        assert_eq!(axis(12), [15, 10, 5, 0]);
        assert!(axis(u64::MAX).len() > 1);
    }

    #[test]
    fn values_beyond_the_colours_are_one_part() {
        let line = |number: u64| SeriesLine {
            value: Value::Integer(i64::try_from(number).expect("small")),
            buckets: vec![
                Counted {
                    rows: number,
                    by_outcome: [number, 0, 0],
                };
                2
            ],
        };
        let series = |lines: u64| Series::of((1..=lines).map(line).collect(), 100);
        let parts = |lines| {
            let column = Column::named("error_code");
            let counted = |counted: &Counted| counted.rows;
            by_value(
                &Query::default(),
                column,
                &series(lines),
                counted,
                Value::to_text,
            )
        };
        assert_eq!(parts(8).len(), 8);
        let nine = parts(9);
        assert_eq!(nine.len(), 8);
        assert_eq!(nine[7].words, "Other, 2");
        assert_eq!(nine[7].numbers, [3, 3]);
        assert_eq!(
            nine[0].address.as_deref(),
            Some("/sign-ins?f=error_code:eq:9")
        );
    }
}
