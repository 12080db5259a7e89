//! Sign-ins that are alike within a stretch of time, as one line.

use std::collections::HashMap;
use std::sync::Arc;

use arrow::datatypes::{DataType, Field, Schema};
use chrono::{DateTime, Utc};
use datafusion::common::ScalarValue;
use datafusion::functions::expr_fn::lower;
use datafusion::functions_aggregate::expr_fn::{count, first_value, max, min};
use datafusion::functions_aggregate::sum::sum_udaf;
use datafusion::functions_window::expr_fn::lag;
use datafusion::logical_expr::expr::WindowFunction;
use datafusion::logical_expr::{
    Expr, ExprFunctionExt, WindowFrame, WindowFrameBound, WindowFrameUnits,
    WindowFunctionDefinition, cast, lit, when,
};
use datafusion::prelude::{DataFrame, ident};
use futures::TryStreamExt;
use model::answer::{MOST_GROUPS, Row};
use model::ask::Ask;
use model::folded::{FoldAsk, Folded, Line, MOST_COUNTED, UNKNOWN_ID, cursor, until_micros};
use model::{Column, Outcome, Value};

use super::predicate::instant;
use super::{predicate, session};
use crate::Lake;
use crate::error::Result;
use crate::schema;

const NEWEST: &str = "newest_request_id";
const LAST: &str = "last_sign_in";
const FIRST: &str = "first_sign_in";
const SIGN_INS: &str = "sign_ins";
const STRETCH: &str = "stretch";
const BEGINS: &str = "begins_line";
const NUMBER: &str = "line_number";

/// A line whose newest sign-in is still to be read.
struct Found {
    request_id: String,
    last: DateTime<Utc>,
    first: DateTime<Utc>,
    sign_ins: u64,
}

impl Lake {
    /// The page of lines.
    pub(crate) async fn folded(
        table: &DataFrame,
        ask: &Ask,
        wanted: &FoldAsk,
        now: DateTime<Utc>,
    ) -> Result<Folded> {
        let mut condition = predicate::of_query(&ask.query, ask.tabs, now);
        if let Some(until) = until_micros(&ask.query) {
            condition = condition.and(ident("date").lt_eq(instant(until)));
        }
        if let Some(after) = &ask.query.after {
            let end = wanted.end_of(after.date_micros);
            condition = condition.and(ident("date").lt(instant(end)));
        }
        let rows = table.clone().filter(condition)?;
        // Of equally new ones a success is what ended the sign-in.
        let is_success = ident("status").eq(lit(Outcome::Success.as_str()));
        let is_success = when(is_success, lit(true)).otherwise(lit(false))?;
        let newest_first = vec![
            ident("date").sort(false, false),
            is_success.sort(false, false),
            ident("request_id").sort(true, false),
        ];
        let numbers = vec![
            count(lit(1i64)).alias(SIGN_INS),
            min(ident("date")).alias(FIRST),
            max(ident("date")).alias(LAST),
            first_value(ident("request_id"), newest_first).alias(NEWEST),
        ];
        let lines = match wanted.most_between_micros() {
            Some(most_between) => {
                chained(rows.clone(), wanted, most_between)?.aggregate(of_line(wanted), numbers)?
            }
            None => {
                let mut key = key(wanted)?;
                key.push(stretch(wanted));
                rows.clone().aggregate(key, numbers)?
            }
        };
        // Fewer sign-ins cannot have more lines.
        let sign_ins = rows.clone().count().await?;
        if sign_ins > MOST_GROUPS && has_too_many(rows.clone(), wanted, MOST_GROUPS).await? {
            return Ok(Folded {
                is_too_many: true,
                ..Folded::default()
            });
        }
        let mut page = lines.clone();
        if let Some(after) = &ask.query.after {
            let moment = instant(after.date_micros);
            let same = ident(LAST)
                .eq(moment.clone())
                .and(ident(NEWEST).gt(lit(after.request_id.clone())));
            page = page.filter(ident(LAST).lt(moment).or(same))?;
        }
        let page = page
            .select([NEWEST, LAST, FIRST, SIGN_INS].map(ident).to_vec())?
            .sort(vec![
                ident(LAST).sort(false, false),
                ident(NEWEST).sort(true, false),
            ])?
            // One more than asked for tells whether there is a next page.
            .limit(0, Some(wanted.limit.saturating_add(1)))?;
        let mut found = found(page).await?;
        let more = found.len() > wanted.limit;
        found.truncate(wanted.limit);
        let lines_in_all = match wanted.lines && ask.query.after.is_none() {
            true if sign_ins as u64 <= MOST_COUNTED => Some(lines.count().await? as u64),
            _ => None,
        };
        let mut newest = newest(&rows, &found, &wanted.columns).await?;
        let lines = found.into_iter().filter_map(|found| {
            Some(Line {
                newest: newest.remove(&found.request_id)?,
                sign_ins: found.sign_ins,
                first: found.first,
            })
        });
        let lines: Vec<Line> = lines.collect();
        let ends = lines.first().zip(lines.last()).filter(|_| more);
        Ok(Folded {
            next: ends.map(|(first, last)| cursor(&ask.query, &first.newest, &last.newest)),
            lines,
            count: lines_in_all,
            is_too_many: false,
        })
    }
}

/// Whether one stretch of time has more lines than this.
async fn has_too_many(rows: DataFrame, wanted: &FoldAsk, most: usize) -> Result<bool> {
    let most = i64::try_from(most).unwrap_or(i64::MAX);
    let rows = match wanted.most_between_micros() {
        // They are all looked at before it is known which belong together.
        Some(_) => rows.select(vec![stretch(wanted)])?,
        None => {
            let mut key = key(wanted)?;
            key.push(stretch(wanted));
            rows.aggregate(key, Vec::new())?
        }
    };
    let stretches = rows
        .aggregate(vec![ident(STRETCH)], vec![count(lit(1i64)).alias(SIGN_INS)])?
        .filter(ident(SIGN_INS).gt(lit(most)))?
        .limit(0, Some(1))?;
    Ok(stretches.count().await? > 0)
}

/// The rows with what they have in common, and which of the lines of that they are in: one begins where there is none
/// before, or more time between than may be.
fn chained(rows: DataFrame, wanted: &FoldAsk, most_between_micros: i64) -> Result<DataFrame> {
    let mut columns: Vec<Expr> = ["date", "request_id", "status"].map(ident).to_vec();
    columns.extend(key(wanted)?);
    let by = || -> Vec<Expr> {
        let names = of_line(wanted).into_iter();
        names.take_while(|name| *name != ident(NUMBER)).collect()
    };
    let oldest_first = || {
        vec![
            ident("date").sort(true, false),
            ident("request_id").sort(true, false),
        ]
    };
    let micros = || cast(ident("date"), DataType::Int64);
    let before = lag(micros(), Some(1), None)
        .partition_by(by())
        .order_by(oldest_first())
        .build()?;
    let goes_on = (micros() - before).lt_eq(lit(most_between_micros));
    let begins = when(goes_on, lit(0i64)).otherwise(lit(1i64))?;
    let number = Expr::from(WindowFunction::new(
        WindowFunctionDefinition::AggregateUDF(sum_udaf()),
        vec![ident(BEGINS)],
    ));
    // Without a frame it would be the sum of all.
    let up_to_here = WindowFrame::new_bounds(
        WindowFrameUnits::Rows,
        WindowFrameBound::Preceding(ScalarValue::UInt64(None)),
        WindowFrameBound::CurrentRow,
    );
    let number = number
        .partition_by(by())
        .order_by(oldest_first())
        .window_frame(up_to_here)
        .build()?;
    let mut with_begins: Vec<Expr> = ["date", "request_id", "status"].map(ident).to_vec();
    with_begins.extend(by());
    with_begins.push(begins.alias(BEGINS));
    let rows = rows.select(columns)?.select(with_begins)?;
    Ok(rows.window(vec![number.alias(NUMBER)])?)
}

/// The columns of [`chained`] by which its rows are put together.
fn of_line(wanted: &FoldAsk) -> Vec<Expr> {
    let parts = wanted.by.iter();
    let parts = parts.map(|alike| 1 + alike.names.len() + usize::from(alike.is_needed));
    let names = (0..parts.sum()).map(|number| ident(key_name(number)));
    names.chain([ident(NUMBER)]).collect()
}

fn key_name(number: usize) -> String {
    format!("key_{number}")
}

/// The number of the stretch of time.
fn stretch(wanted: &FoldAsk) -> Expr {
    let stretch = cast(ident("date"), DataType::Int64) / lit(wanted.width_micros());
    stretch.alias(STRETCH)
}

/// What the sign-ins of a line have in common.
fn key(wanted: &FoldAsk) -> Result<Vec<Expr>> {
    let mut key = Vec::new();
    for alike in &wanted.by {
        let id = lower(ident(alike.column.id));
        let is_unknown = id.clone().is_null().or(id.clone().eq(lit(UNKNOWN_ID)));
        key.push(id.alias(key_name(key.len())));
        if alike.is_needed {
            let alone = when(is_unknown.clone(), ident("request_id")).end()?;
            key.push(alone.alias(key_name(key.len())));
        }
        for name in &alike.names {
            let name = when(is_unknown.clone(), lower(ident(name.id))).end()?;
            key.push(name.alias(key_name(key.len())));
        }
    }
    Ok(key)
}

async fn found(page: DataFrame) -> Result<Vec<Found>> {
    let plain = Arc::new(Schema::new(vec![
        Field::new(NEWEST, DataType::Utf8, true),
        Field::new(LAST, schema::instant(), true),
        Field::new(FIRST, schema::instant(), true),
        Field::new(SIGN_INS, DataType::Int64, true),
    ]));
    let mut found = Vec::new();
    let mut stream = page.execute_stream().await?;
    while let Some(batch) = stream.try_next().await? {
        let batch = session::plain(&batch, &plain)?;
        for row in 0..batch.num_rows() {
            let of = |column: usize| session::value(batch.column(column), row);
            if let (Value::Instant(last), Value::Instant(first), Value::Integer(sign_ins)) =
                (of(1), of(2), of(3))
            {
                found.push(Found {
                    request_id: of(0).to_text(),
                    last,
                    first,
                    sign_ins: sign_ins.cast_unsigned(),
                });
            }
        }
    }
    Ok(found)
}

/// The newest sign-in of each line, by its request ID.
async fn newest(
    rows: &DataFrame,
    found: &[Found],
    columns: &[&'static Column],
) -> Result<HashMap<String, Row>> {
    let ids = found.iter().map(|found| lit(found.request_id.clone()));
    let Some((first, last)) = found.first().zip(found.last()) else {
        return Ok(HashMap::new());
    };
    // Lines are in the order of these moments: all of them lie between the first's and the last's.
    let between = |found: &Found| instant(found.last.timestamp_micros());
    let condition = ident("date")
        .lt_eq(between(first))
        .and(ident("date").gt_eq(between(last)))
        .and(ident("request_id").in_list(ids.collect(), false));
    let mut names = vec!["request_id", "date"];
    for column in columns.iter().filter(|column| column.is_stored()) {
        if !names.contains(&column.id) {
            names.push(column.id);
        }
    }
    let fields = names.iter().filter_map(|id| Column::find(id));
    let fields =
        fields.map(|column| Field::new(column.id, schema::data_type(&column.value_type), true));
    let plain = Arc::new(Schema::new(fields.collect::<Vec<_>>()));
    let frame = rows
        .clone()
        .filter(condition)?
        .select(names.iter().map(|id| ident(*id)).collect::<Vec<_>>())?;
    let mut newest = HashMap::new();
    let mut stream = frame.execute_stream().await?;
    while let Some(batch) = stream.try_next().await? {
        let batch = session::plain(&batch, &plain)?;
        for row in 0..batch.num_rows() {
            let of = |id: &str| {
                let column = batch.column_by_name(id);
                column.map_or(Value::Empty, |column| session::value(column, row))
            };
            if let Value::Instant(date) = of("date") {
                let request_id = of("request_id").to_text();
                let values = columns.iter().map(|column| of(column.id)).collect();
                newest.insert(
                    request_id.clone(),
                    Row {
                        request_id,
                        date,
                        values,
                    },
                );
            }
        }
    }
    Ok(newest)
}

#[cfg(test)]
mod tests {
    use arrow::array::{ArrayRef, RecordBatch, StringArray, TimestampMicrosecondArray};
    use datafusion::prelude::SessionContext;
    use model::folded::Alike;
    use model::query::Every;

    use super::*;

    #[tokio::test]
    async fn a_stretch_of_time_with_too_many_lines_is_found() {
        // Three addresses in one hour, and one in the next.
        let hour = 3_600_000_000;
        let dates = TimestampMicrosecondArray::from(vec![0, 1, 2, 3, hour]).with_timezone("UTC");
        let addresses = StringArray::from(vec!["a", "b", "B", "c", "d"]);
        let batch = RecordBatch::try_from_iter([
            ("date", Arc::new(dates) as ArrayRef),
            ("ip_address", Arc::new(addresses) as ArrayRef),
        ]);
        let session = SessionContext::new();
        let rows = session.read_batch(batch.expect("a batch")).expect("rows");
        let ask = |every| FoldAsk {
            by: vec![Alike {
                column: Column::named("ip_address"),
                names: Vec::new(),
                is_needed: false,
            }],
            every,
            columns: Vec::new(),
            limit: 1,
            lines: false,
        };
        for (every, most, expected) in [
            (Every::Hour, 2, true),
            (Every::Hour, 3, false),
            (Every::Day, 3, true),
            (Every::Day, 4, false),
            (Every::SignIn, 3, true),
            (Every::SignIn, 4, false),
        ] {
            let found = has_too_many(rows.clone(), &ask(every), most).await;
            assert_eq!(found.expect("an answer"), expected, "{every:?} {most}");
        }
    }
}
