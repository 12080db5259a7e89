//! When sign-ins happened, by the values of a column.

use std::collections::HashMap;
use std::sync::Arc;

use arrow::datatypes::{DataType, Field, Schema};
use chrono::{DateTime, Utc};
use datafusion::prelude::{DataFrame, ident};
use futures::TryStreamExt;
use model::answer::{Counted, MOST_SERIES_BUCKETS, Series, SeriesLine};
use model::ask::{Ask, SeriesAsk};
use model::column::ValueType;
use model::{Value, list};

use super::{histogram, predicate, session};
use crate::Lake;
use crate::error::Result;
use crate::schema;

impl Lake {
    /// The histograms by value.
    pub(crate) async fn series(
        table: &DataFrame,
        ask: &Ask,
        wanted: &SeriesAsk,
        now: DateTime<Utc>,
    ) -> Result<Series> {
        if !wanted.by.is_charted() {
            return Ok(Series::too_many());
        }
        let edges = &wanted.edges_micros;
        let buckets = edges.len().saturating_sub(1);
        // The outcome may be what is charted by: a column is selected once.
        let mut ids = vec!["date", "status"];
        if wanted.by.id != "status" {
            ids.push(wanted.by.id);
        }
        let plain = Arc::new(Schema::new(vec![
            Field::new("date", schema::instant(), true),
            Field::new("status", DataType::Utf8, true),
            Field::new(wanted.by.id, schema::data_type(&wanted.by.value_type), true),
        ]));
        let plain = match ids.len() {
            2 => Arc::new(plain.project(&[0, 1])?),
            _ => plain,
        };
        let mut stream = table
            .clone()
            .filter(predicate::of_query(&ask.query, ask.tabs, now))?
            .select(ids.iter().map(|id| ident(*id)).collect::<Vec<_>>())?
            .execute_stream()
            .await?;
        let mut lines: Vec<SeriesLine> = Vec::new();
        let mut places: HashMap<String, usize> = HashMap::new();
        while let Some(batch) = stream.try_next().await? {
            let batch = session::plain(&batch, &plain)?;
            let by = batch.column(ids.len() - 1);
            for row in 0..batch.num_rows() {
                if lines.len() * buckets > MOST_SERIES_BUCKETS {
                    return Ok(Series::too_many());
                }
                let Value::Instant(date) = session::value(batch.column(0), row) else {
                    continue;
                };
                let after = edges.partition_point(|edge| *edge <= date.timestamp_micros());
                let Some(bucket) = after.checked_sub(1).filter(|bucket| *bucket < buckets) else {
                    continue;
                };
                let outcome = histogram::place(&session::value(batch.column(1), row));
                let mut counted = Counted {
                    rows: 1,
                    by_outcome: [0; 3],
                };
                if let Some(outcome) = outcome {
                    counted.by_outcome[outcome] = 1;
                }
                for value in values(&wanted.by.value_type, session::value(by, row)) {
                    let place = *places.entry(value.to_text()).or_insert(lines.len());
                    if place == lines.len() {
                        lines.push(SeriesLine {
                            value,
                            buckets: vec![Counted::default(); buckets],
                        });
                    }
                    lines[place].buckets[bucket].add(&counted);
                }
            }
            if lines.len() * buckets > MOST_SERIES_BUCKETS {
                return Ok(Series::too_many());
            }
        }
        Ok(Series::of(lines, wanted.limit))
    }
}

/// What a sign-in counts for: each item of a list by itself.
fn values(value_type: &ValueType, value: Value) -> Vec<Value> {
    match (value_type, &value) {
        (ValueType::List, Value::Text(text)) => list::items(text)
            .map(|item| Value::Text(item.to_owned()))
            .collect(),
        _ => vec![value],
    }
}
