//! When sign-ins happened.

use std::sync::Arc;

use arrow::datatypes::{DataType, Field, Schema};
use chrono::{DateTime, Utc};
use datafusion::prelude::{DataFrame, ident};
use futures::TryStreamExt;
use model::answer::Bucket;
use model::ask::{Ask, HistogramAsk};
use model::{Outcome, Value};

use super::{predicate, session};
use crate::Lake;
use crate::error::Result;
use crate::schema;

impl Lake {
    /// The buckets of a histogram.
    pub(crate) async fn histogram(
        table: &DataFrame,
        ask: &Ask,
        wanted: &HistogramAsk,
        now: DateTime<Utc>,
    ) -> Result<Vec<Bucket>> {
        let edges = &wanted.edges_micros;
        let mut buckets: Vec<Bucket> = edges
            .windows(2)
            .map(|edges| Bucket {
                from_micros: edges[0],
                to_micros: edges[1],
                rows: 0,
                by_outcome: [0; 3],
            })
            .collect();
        let plain = Arc::new(Schema::new(vec![
            Field::new("date", schema::instant(), true),
            Field::new("status", DataType::Utf8, true),
        ]));
        let mut stream = table
            .clone()
            .filter(predicate::of_query(&ask.query, ask.tabs, now))?
            .select(vec![ident("date"), ident("status")])?
            .execute_stream()
            .await?;
        while let Some(batch) = stream.try_next().await? {
            let batch = session::plain(&batch, &plain)?;
            for row in 0..batch.num_rows() {
                let Value::Instant(date) = session::value(batch.column(0), row) else {
                    continue;
                };
                let after = edges.partition_point(|edge| *edge <= date.timestamp_micros());
                let bucket = after
                    .checked_sub(1)
                    .and_then(|bucket| buckets.get_mut(bucket));
                if let Some(bucket) = bucket {
                    bucket.rows += 1;
                    let outcome = session::value(batch.column(1), row);
                    if let Some(place) = place(&outcome) {
                        bucket.by_outcome[place] += 1;
                    }
                }
            }
        }
        Ok(buckets)
    }
}

/// Place of an outcome among counts by outcome.
pub(super) fn place(outcome: &Value) -> Option<usize> {
    let outcome: Outcome = outcome.as_text()?.parse().ok()?;
    Some(outcome.index())
}
