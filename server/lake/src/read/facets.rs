//! The most frequent values of a column.

use std::cmp::Ordering;
use std::collections::HashMap;
use std::sync::Arc;

use arrow::array::AsArray;
use arrow::datatypes::{Field, Int64Type, Schema};
use chrono::{DateTime, Utc};
use datafusion::functions_aggregate::expr_fn::count;
use datafusion::logical_expr::lit;
use datafusion::prelude::{DataFrame, ident};
use futures::TryStreamExt;
use model::answer::Facet;
use model::ask::{Ask, FacetAsk};
use model::column::{Column, ValueType};
use model::{Value, list};

use super::{predicate, session};
use crate::Lake;
use crate::error::Result;
use crate::schema;

impl Lake {
    /// One facet.
    pub(crate) async fn facet(
        table: &DataFrame,
        ask: &Ask,
        wanted: &FacetAsk,
        column: &'static Column,
        now: DateTime<Utc>,
    ) -> Result<Facet> {
        let mut query = ask.query.clone();
        if !wanted.own_filters {
            query.filters.retain(|filter| filter.column != column);
        }
        let mut facet = Facet {
            column,
            values: Vec::new(),
            distinct: 0,
            empty: 0,
        };
        let frame = table
            .clone()
            .filter(predicate::of_query(&query, ask.tabs, now))?;
        if !column.is_stored() {
            facet.empty = frame.count().await? as u64;
            return Ok(facet);
        }
        let field = Field::new(column.id, schema::data_type(&column.value_type), true);
        let plain = Arc::new(Schema::new(vec![field]));
        let mut stream = frame
            .aggregate(
                vec![ident(column.id)],
                vec![count(lit(1i64)).alias("sign_ins")],
            )?
            .execute_stream()
            .await?;
        let mut counted: Vec<(Value, u64)> = Vec::new();
        while let Some(batch) = stream.try_next().await? {
            let batch = session::plain(&batch, &plain)?;
            let rows = batch.column(1).as_primitive::<Int64Type>();
            for row in 0..batch.num_rows() {
                let rows = rows.value(row).cast_unsigned();
                match session::value(batch.column(0), row) {
                    Value::Empty => facet.empty += rows,
                    value => counted.push((value, rows)),
                }
            }
        }
        if matches!(column.value_type, ValueType::List) {
            counted = items(&counted);
        }
        facet.distinct = counted.len() as u64;
        counted.sort_by(|left, right| {
            right
                .1
                .cmp(&left.1)
                .then_with(|| compare(&left.0, &right.0))
        });
        counted.truncate(wanted.limit);
        facet.values = counted;
        Ok(facet)
    }
}

/// How often each item was listed, from how often each list was.
fn items(counted: &[(Value, u64)]) -> Vec<(Value, u64)> {
    let mut items: HashMap<&str, u64> = HashMap::new();
    for (list, rows) in counted {
        for item in list::items(list.as_text().unwrap_or_default()) {
            *items.entry(item).or_default() += rows;
        }
    }
    items
        .into_iter()
        .map(|(item, rows)| (Value::Text(item.to_owned()), rows))
        .collect()
}

/// The order of two values of one column; no value comes last.
pub(super) fn compare(left: &Value, right: &Value) -> Ordering {
    let by_presence = || left.is_empty().cmp(&right.is_empty());
    left.order(right).unwrap_or_else(by_presence)
}
