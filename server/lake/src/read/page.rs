//! One page of rows.

use std::sync::Arc;

use arrow::datatypes::{Field, Schema};
use chrono::{DateTime, Utc};
use datafusion::prelude::{DataFrame, ident};
use futures::TryStreamExt;
use model::answer::{Page, Row};
use model::ask::PageAsk;
use model::query::{Cursor, Query};
use model::tab::Tabs;
use model::{Column, Value};

use super::{predicate, session};
use crate::Lake;
use crate::error::Result;
use crate::schema;

impl Lake {
    /// The rows of a query in its own tab, at most `limit`, with the values of `columns`.
    ///
    /// # Errors
    /// When the tables cannot be read.
    pub async fn page(
        &self,
        query: &Query,
        columns: &[&'static Column],
        limit: usize,
        now: DateTime<Utc>,
    ) -> Result<Page> {
        let table = session::table(&self.sign_ins).await?;
        let ask = PageAsk {
            columns: columns.to_vec(),
            limit,
            skip: 0,
        };
        Lake::page_of(&table, query, query.tabs(), &ask, now).await
    }

    /// The rows that the query asks for in some tabs.
    ///
    /// # Errors
    /// When the tables cannot be read.
    pub(crate) async fn page_of(
        table: &DataFrame,
        query: &Query,
        tabs: Tabs,
        ask: &PageAsk,
        now: DateTime<Utc>,
    ) -> Result<Page> {
        let (columns, limit) = (&ask.columns, ask.limit);
        let sort_by_date = query.sort.column.id == "date";
        let mut ids = vec!["request_id", "date"];
        for column in columns
            .iter()
            .copied()
            .filter(|column| column.is_stored())
            .chain([query.sort.column])
        {
            if !ids.contains(&column.id) {
                ids.push(column.id);
            }
        }
        let mut condition = predicate::of_query(query, tabs, now);
        if let Some(cursor) = &query.after {
            condition = condition.and(predicate::after(query.sort, cursor));
        }
        let frame = table
            .clone()
            .filter(condition)?
            .select(ids.iter().map(|id| ident(*id)).collect::<Vec<_>>())?
            .sort(predicate::order(query.sort))?
            // One more than asked for tells whether there is a next page.
            .limit(ask.skip, Some(limit.saturating_add(1)))?;
        let wanted = Arc::new(Schema::new(
            ids.iter()
                .filter_map(|id| Column::find(id))
                .map(|column| Field::new(column.id, schema::data_type(&column.value_type), true))
                .collect::<Vec<_>>(),
        ));
        let mut rows = Vec::with_capacity(limit.min(10_000));
        let mut last_sort_value = None;
        let mut more = false;
        let mut stream = frame.execute_stream().await?;
        while let Some(batch) = stream.try_next().await? {
            let batch = session::plain(&batch, &wanted)?;
            for index in 0..batch.num_rows() {
                if rows.len() == limit {
                    more = true;
                    break;
                }
                let of = |id: &str| {
                    batch
                        .column_by_name(id)
                        .map_or(Value::Empty, |column| session::value(column, index))
                };
                let Value::Instant(date) = of("date") else {
                    continue;
                };
                rows.push(Row {
                    request_id: of("request_id").to_text(),
                    date,
                    values: columns.iter().map(|column| of(column.id)).collect(),
                });
                last_sort_value = (!sort_by_date).then(|| of(query.sort.column.id));
            }
        }
        let next = rows.last().filter(|_| more).map(|row| Cursor {
            sort_value: last_sort_value,
            date_micros: row.date.timestamp_micros(),
            request_id: row.request_id.clone(),
        });
        Ok(Page { rows, next })
    }
}
