//! One record as it came.

use std::collections::HashMap;

use arrow::array::{ArrayRef, AsArray};
use chrono::{DateTime, Utc};
use datafusion::logical_expr::{Expr, lit};
use datafusion::prelude::{DataFrame, ident};
use futures::TryStreamExt;
use model::{Column, Tab, Value};
use xxhash_rust::xxh3::xxh3_64;

use super::session;
use crate::Lake;
use crate::error::Result;
use crate::schema;

/// A record as the lake keeps it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredRecord {
    /// Which tab it belongs to.
    pub kind: Tab,
    /// Shape in which it came.
    pub shape: String,
    /// File or feed that it came from.
    pub origin: String,
    /// When its source wrote it, where that is said.
    pub emitted: Option<DateTime<Utc>>,
    /// When it was stored.
    pub stored: DateTime<Utc>,
    /// The record as it came, as JSON text.
    pub raw: String,
}

/// The number by which a request ID is found.
pub fn id_key(request_id: &str) -> u64 {
    xxh3_64(request_id.as_bytes())
}

impl Lake {
    /// The record of a request ID, as it is now.
    ///
    /// # Errors
    /// When the tables cannot be read.
    pub async fn record(&self, request_id: &str) -> Result<Option<StoredRecord>> {
        Ok(records(session::table(&self.sign_ins).await?, request_id)
            .await?
            .into_iter()
            .next())
    }

    /// The records of these request IDs, in one reading of the table; those that are not here are
    /// left out.
    ///
    /// # Errors
    /// When the tables cannot be read.
    pub async fn records(&self, request_ids: &[&str]) -> Result<HashMap<String, StoredRecord>> {
        let keys = request_ids
            .iter()
            .map(|id| lit(id_key(id).cast_signed()))
            .collect();
        let mut stream = session::table(&self.sign_ins)
            .await?
            .filter(ident(schema::ID_KEY).in_list(keys, false))?
            .select_columns(&[
                "request_id",
                schema::KIND,
                schema::SHAPE,
                schema::ORIGIN,
                schema::RAW,
                schema::EMITTED,
                schema::STORED,
            ])?
            .execute_stream()
            .await?;
        let mut records = HashMap::new();
        while let Some(batch) = stream.try_next().await? {
            let batch = session::plain(&batch, &schema::sign_ins())?;
            let text = |index: usize, row: usize| {
                batch.column(index).as_string::<i32>().value(row).to_owned()
            };
            for row in 0..batch.num_rows() {
                let record = StoredRecord {
                    kind: Tab::parse(&text(1, row)).unwrap_or(Tab::Interactive),
                    shape: text(2, row),
                    origin: text(3, row),
                    raw: text(4, row),
                    emitted: moment(batch.column(5), row),
                    stored: moment(batch.column(6), row).unwrap_or_default(),
                };
                records.insert(text(0, row), record);
            }
        }
        Ok(records)
    }

    /// What the sign-in of a request ID has in a column; `None` when it is not here.
    ///
    /// # Errors
    /// When the tables cannot be read.
    pub(crate) async fn value_of(
        &self,
        request_id: &str,
        column: &Column,
    ) -> Result<Option<Value>> {
        let mut stream = session::table(&self.sign_ins)
            .await?
            .filter(is(request_id))?
            .select_columns(&[column.id])?
            .execute_stream()
            .await?;
        while let Some(batch) = stream.try_next().await? {
            let batch = session::plain(&batch, &schema::sign_ins())?;
            if batch.num_rows() > 0 {
                return Ok(Some(session::value(batch.column(0), 0)));
            }
        }
        Ok(None)
    }

    /// What the record of a request ID said before it was replaced, oldest first.
    ///
    /// # Errors
    /// When the tables cannot be read.
    pub async fn earlier_versions(&self, request_id: &str) -> Result<Vec<StoredRecord>> {
        records(session::table(&self.versions).await?, request_id).await
    }
}

/// Whether a row is that of the request ID.
fn is(request_id: &str) -> Expr {
    let key = id_key(request_id).cast_signed();
    ident(schema::ID_KEY)
        .eq(lit(key))
        .and(ident("request_id").eq(lit(request_id)))
}

/// The moment in a row of a column, where there is one.
fn moment(column: &ArrayRef, row: usize) -> Option<DateTime<Utc>> {
    match session::value(column, row) {
        Value::Instant(moment) => Some(moment),
        _ => None,
    }
}

async fn records(frame: DataFrame, request_id: &str) -> Result<Vec<StoredRecord>> {
    let mut stream = frame
        .filter(is(request_id))?
        .select_columns(&[
            schema::KIND,
            schema::SHAPE,
            schema::ORIGIN,
            schema::RAW,
            schema::EMITTED,
            schema::STORED,
        ])?
        .sort(vec![ident(schema::STORED).sort(true, false)])?
        .execute_stream()
        .await?;
    let mut records = Vec::new();
    while let Some(batch) = stream.try_next().await? {
        let batch = session::plain(&batch, &schema::sign_ins())?;
        let text =
            |index: usize, row: usize| batch.column(index).as_string::<i32>().value(row).to_owned();
        for row in 0..batch.num_rows() {
            records.push(StoredRecord {
                kind: Tab::parse(&text(0, row)).unwrap_or(Tab::Interactive),
                shape: text(1, row),
                origin: text(2, row),
                raw: text(3, row),
                emitted: moment(batch.column(4), row),
                stored: moment(batch.column(5), row).unwrap_or_default(),
            });
        }
    }
    Ok(records)
}
