//! All sign-ins that a query finds, of one version of the table, to be read a piece at a time.
//!
//! Records are long, and a download may have millions of them: sorted as a whole they would not fit into
//! memory. By date they are read in stretches of time that hold a few thousand; in any other order the engine
//! sorts with a fixed share of memory and a temporary file.

use std::sync::LazyLock;

use arrow::array::{AsArray, RecordBatch};
use arrow::datatypes::{DataType, Int64Type, SchemaRef};
use chrono::{DateTime, Utc};
use datafusion::functions_aggregate::expr_fn::count;
use datafusion::logical_expr::{Expr, cast, lit};
use datafusion::prelude::{DataFrame, SessionConfig, SessionContext, ident};
use futures::{Stream, StreamExt, TryStreamExt};
use model::ask::Ask;
use model::query::Sort;

use super::{predicate, session};
use crate::error::Result;
use crate::{Lake, schema};

/// Sign-ins of a piece, unless one minute has more.
const PIECE_ROWS: u64 = 4_096;
/// Rows that are unpacked at a time: records may be long.
const BATCH_ROWS: usize = 256;
/// Memory of everything that is being sorted.
const SORTING_BYTES: usize = 512 << 20;
const MINUTE_MICROS: i64 = 60_000_000;

/// A session whose sorting takes no more memory than it may.
static SORTING: LazyLock<SessionContext> = LazyLock::new(|| {
    let mut config = SessionConfig::new()
        .with_batch_size(BATCH_ROWS)
        // Of several streams the merging would need memory that their sorting has taken.
        .with_target_partitions(1);
    let options = config.options_mut();
    options.execution.parquet.pushdown_filters = true;
    options.execution.parquet.reorder_filters = true;
    session::bounded(config, SORTING_BYTES)
});

/// One version of the sign-ins, which later imports do not change.
#[derive(Clone)]
pub struct Pinned {
    table: DataFrame,
}

/// Everything that a query finds in it.
pub struct Everything {
    table: DataFrame,
    condition: Expr,
    sort: Sort,
    /// First and last minute of each piece, in the order of the rows; `None` is all of it.
    pieces: Vec<Option<(i64, i64)>>,
    rows: u64,
}

impl Lake {
    /// The sign-ins as they are now.
    ///
    /// # Errors
    /// When the table cannot be read.
    pub async fn pinned(&self) -> Result<Pinned> {
        let table = session::frame(&self.sign_ins, &SORTING).await?;
        Ok(Pinned { table })
    }
}

impl Pinned {
    /// What a settled ask finds, whatever page it asks for.
    ///
    /// # Errors
    /// When the table cannot be read.
    pub async fn everything(&self, ask: &Ask, now: DateTime<Utc>) -> Result<Everything> {
        let condition = predicate::of_query(&ask.query, ask.tabs, now);
        let sort = ask.query.sort;
        let minutes = self.minutes(&condition).await?;
        let rows = minutes.iter().map(|(_, rows)| rows).sum();
        let pieces = match sort.column.id {
            "date" => {
                let mut pieces: Vec<_> = pieces(&minutes).into_iter().map(Some).collect();
                if sort.descending {
                    pieces.reverse();
                }
                pieces
            }
            _ => vec![None],
        };
        Ok(Everything {
            table: self.table.clone(),
            condition,
            sort,
            pieces,
            rows,
        })
    }

    /// How many sign-ins there are in each minute that has some, the oldest first.
    async fn minutes(&self, condition: &Expr) -> Result<Vec<(i64, u64)>> {
        let minute = cast(ident("date"), DataType::Int64) / lit(MINUTE_MICROS);
        let mut stream = self
            .table
            .clone()
            .filter(condition.clone())?
            .select(vec![minute.alias("minute")])?
            .aggregate(
                vec![ident("minute")],
                vec![count(lit(1i64)).alias("sign_ins")],
            )?
            .execute_stream()
            .await?;
        let mut minutes = Vec::new();
        while let Some(batch) = stream.try_next().await? {
            let [minute, rows] =
                [0, 1].map(|index| batch.column(index).as_primitive::<Int64Type>());
            let rows = rows.values().iter().map(|rows| rows.cast_unsigned());
            minutes.extend(minute.values().iter().copied().zip(rows));
        }
        minutes.sort_unstable();
        Ok(minutes)
    }
}

/// Stretches of whole minutes, first and last included, with about as many rows each.
fn pieces(minutes: &[(i64, u64)]) -> Vec<(i64, i64)> {
    let mut pieces: Vec<(i64, i64)> = Vec::new();
    let mut held = 0;
    for (minute, rows) in minutes {
        match pieces.last_mut() {
            Some((_, last)) if held + rows <= PIECE_ROWS => {
                *last = *minute;
                held += rows;
            }
            _ => {
                pieces.push((*minute, *minute));
                held = *rows;
            }
        }
    }
    pieces
}

impl Everything {
    /// How many sign-ins there are.
    pub fn rows(&self) -> u64 {
        self.rows
    }

    /// How many pieces they come in.
    pub fn pieces(&self) -> usize {
        self.pieces.len()
    }

    /// Columns of the sign-ins of a piece, in order and with the types of the table. Nothing is read any more
    /// once the stream is dropped.
    ///
    /// # Errors
    /// When the table cannot be read.
    pub async fn piece(
        &self,
        index: usize,
        columns: &[&str],
    ) -> Result<impl Stream<Item = Result<RecordBatch>> + Send + use<>> {
        let mut condition = self.condition.clone();
        if let Some(Some((first, last))) = self.pieces.get(index) {
            let (from, to) = (first * MINUTE_MICROS, (last + 1) * MINUTE_MICROS);
            let days = [from, to].map(DateTime::from_timestamp_micros);
            let [first_day, last_day] =
                days.map(|moment| predicate::day(moment.unwrap_or_default()));
            condition = condition
                .and(ident(schema::DAY).gt_eq(first_day))
                .and(ident(schema::DAY).lt_eq(last_day))
                .and(ident("date").gt_eq(predicate::instant(from)))
                .and(ident("date").lt(predicate::instant(to)));
        }
        let wanted = columns.iter().map(|id| ident(*id));
        let mut carried: Vec<Expr> = wanted.clone().collect();
        for id in ["date", "request_id", self.sort.column.id] {
            if !columns.contains(&id) && !carried.contains(&ident(id)) {
                carried.push(ident(id));
            }
        }
        let stream = self
            .table
            .clone()
            .filter(condition)?
            .select(carried)?
            .sort(predicate::order(self.sort))?
            .select(wanted.collect::<Vec<_>>())?
            .execute_stream()
            .await?;
        let schema: SchemaRef = schema::sign_ins();
        Ok(stream.map(move |batch| session::plain(&batch?, &schema)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pieces_are_whole_minutes_and_few_rows() {
        let minutes = [
            (1, 4_000),
            (2, 96),
            (5, 1),
            (7, 40_000),
            (8, 1),
            (9, 4_095),
            (10, 1),
        ];
        assert_eq!(pieces(&minutes), [(1, 2), (5, 5), (7, 7), (8, 9), (10, 10)]);
        assert_eq!(pieces(&[]), []);
    }
}
