//! When the sign-ins of each line of a report were, as small columns.

use std::collections::HashMap;

use model::answer::{Counted, SeriesLine};
use model::ask::{Ask, SeriesAsk};
use model::query::{Filter, Operator, Query};
use model::{Column, Outcome};

use super::Report;
use super::rows::ReportRow;
use crate::assemble::moments::Clock;
use crate::assemble::time_scale::{Scale, Words, scale_of_report};
use crate::backend::{Backend, BackendError};
use crate::charts::spark::spark;
use crate::text::insights as text;
use crate::view::insights::Trend;

/// The columns of the lines of a report.
#[derive(Debug, Clone, Default)]
pub struct Trends {
    scale: Option<Scale>,
    /// By the column that a line is known by, and its value in lower case.
    lines: HashMap<(&'static str, String), Vec<Counted>>,
}

/// Counts the columns of all lines; of none where there are too many.
///
/// # Errors
/// Those of the backend.
pub async fn trends(
    backend: &dyn Backend,
    report: &Report,
    query: &Query,
    rows: &[ReportRow],
    clock: &Clock,
) -> Result<Trends, BackendError> {
    let Some(scale) = scale_of_report(backend, query, clock).await? else {
        return Ok(Trends::default());
    };
    let [id, name] = report.columns();
    let nameless = Filter::new(id, Operator::Empty, Vec::<String>::new());
    let ways = [
        (id, query.clone()),
        // What has no identifier is known by its name.
        (name, query.with_filter(nameless)),
    ];
    let mut lines = HashMap::new();
    for (column, query) in ways {
        if !rows.iter().any(|row| row.column == column) {
            continue;
        }
        let mut ask = Ask::of(query);
        ask.series = Some(SeriesAsk {
            by: column,
            edges_micros: scale.edges_micros.clone(),
            limit: usize::MAX,
        });
        let found = backend.ask(ask).await?.answer.series.unwrap_or_default();
        for line in found.lines {
            join(&mut lines, column, &line);
        }
    }
    Ok(Trends {
        scale: Some(scale),
        lines,
    })
}

/// Identifiers that differ in letter case alone are one line.
fn join(
    lines: &mut HashMap<(&'static str, String), Vec<Counted>>,
    column: &'static Column,
    line: &SeriesLine,
) {
    let key = (column.id, line.value.to_text().to_lowercase());
    let held = lines
        .entry(key)
        .or_insert_with(|| vec![Counted::default(); line.buckets.len()]);
    let buckets = held.iter_mut().zip(&line.buckets);
    buckets.for_each(|(held, more)| held.add(more));
}

impl Trends {
    /// The columns of a line.
    pub fn of(&self, row: &ReportRow, clock: &Clock) -> Option<Trend> {
        let scale = self.scale.as_ref()?;
        let buckets = self.lines.get(&(row.column.id, row.key.to_lowercase()))?;
        let columns: Vec<(u64, u64)> = buckets
            .iter()
            .map(|bucket| {
                let failed = bucket.by_outcome.get(Outcome::Failure.index());
                (bucket.rows, failed.copied().unwrap_or_default())
            })
            .collect();
        // The first of equally high ones.
        let stretches: Vec<(i64, i64)> = scale.stretches().collect();
        let peak = columns.iter().zip(&stretches).rev();
        let ((most, _), (from, to)) = peak.max_by_key(|((all, _), _)| *all)?;
        let words = Words {
            clock,
            size: scale.size,
        };
        Some(Trend {
            marks: spark(&columns),
            columns: columns.len(),
            words: text::trend(scale.size, &words.stretch(*from, *to), *most),
        })
    }
}
