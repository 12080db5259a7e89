//! How many sign-ins a query finds, by tab and by outcome, and the span of all that is stored.

use arrow::array::{Array, AsArray};
use arrow::datatypes::{Field, Int64Type, Schema, TimestampMicrosecondType};
use chrono::{DateTime, Utc};
use datafusion::functions_aggregate::expr_fn::{count, max, min};
use datafusion::logical_expr::lit;
use datafusion::prelude::{DataFrame, ident};
use futures::TryStreamExt;
use model::Tab;
use model::answer::{Counts, Span};
use model::query::Query;
use model::tab::Tabs;
use std::sync::Arc;

use super::{histogram, predicate, session};
use crate::Lake;
use crate::error::Result;
use crate::schema;

impl Lake {
    /// Counts what the query finds in every tab; and by outcome in some; where its page starts does not matter.
    ///
    /// # Errors
    /// When the tables cannot be read.
    pub(crate) async fn counts(
        table: &DataFrame,
        query: &Query,
        tabs: Tabs,
        now: DateTime<Utc>,
    ) -> Result<Counts> {
        let frame = table
            .clone()
            .filter(predicate::of_query(query, Tabs::ALL, now))?
            .aggregate(
                vec![ident(schema::KIND), ident("status")],
                vec![count(lit(1i64)).alias("sign_ins")],
            )?;
        let wanted = Arc::new(Schema::new(vec![
            Field::new(schema::KIND, arrow::datatypes::DataType::Utf8, true),
            Field::new("status", arrow::datatypes::DataType::Utf8, true),
        ]));
        let mut counts = Counts::default();
        let mut stream = frame.execute_stream().await?;
        while let Some(batch) = stream.try_next().await? {
            let batch = session::plain(&batch, &wanted)?;
            let numbers = batch.column(2).as_primitive::<Int64Type>();
            for row in 0..batch.num_rows() {
                let number = numbers.value(row).cast_unsigned();
                let Some(tab) = session::value(batch.column(0), row)
                    .as_text()
                    .and_then(Tab::parse)
                else {
                    continue;
                };
                counts.by_tab[tab.index()] += number;
                if !tabs.has(tab) {
                    continue;
                }
                if let Some(place) = histogram::place(&session::value(batch.column(1), row)) {
                    counts.by_outcome[place] += number;
                }
            }
        }
        Ok(counts)
    }

    /// The span of the sign-ins of a tab; `None` when there are none.
    ///
    /// # Errors
    /// When the tables cannot be read.
    pub async fn span(&self, tab: Tab) -> Result<Option<Span>> {
        let frame = session::table(&self.sign_ins)
            .await?
            .filter(ident(schema::KIND).eq(lit(tab.as_str())))?
            .aggregate(
                vec![],
                vec![
                    min(ident("date")).alias("first"),
                    max(ident("date")).alias("last"),
                ],
            )?;
        let mut stream = frame.execute_stream().await?;
        while let Some(batch) = stream.try_next().await? {
            if batch.num_rows() > 0 && !batch.column(0).is_null(0) {
                let moment = |index: usize| {
                    let micros = batch
                        .column(index)
                        .as_primitive::<TimestampMicrosecondType>()
                        .value(0);
                    DateTime::from_timestamp_micros(micros)
                };
                return Ok(moment(0)
                    .zip(moment(1))
                    .map(|(first, last)| Span { first, last }));
            }
        }
        Ok(None)
    }
}
