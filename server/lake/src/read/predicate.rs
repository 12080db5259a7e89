//! A query's conditions as DataFusion expressions.

use std::collections::BTreeSet;
use std::net::IpAddr;
use std::sync::Arc;

use arrow::array::BooleanArray;
use arrow::datatypes::DataType;
use chrono::{DateTime, Utc};
use datafusion::common::{ScalarValue, cast::as_string_array};
use datafusion::functions::expr_fn::{lower, starts_with, strpos};
use datafusion::functions::string::expr_fn::ends_with;
use datafusion::logical_expr::{ColumnarValue, Expr, Volatility, create_udf, lit};
use datafusion::prelude::ident;
use model::column::{Column, ValueType};
use model::network::{Network, read_address};
use model::query::{Cursor, Filter, Operator, Query, Sort};
use model::tab::Tabs;
use model::{Tab, Value, list};

use super::search;
use crate::schema;

/// Everything the query asks of a row, except where the page starts.
pub(crate) fn of_query(query: &Query, tabs: Tabs, now: DateTime<Utc>) -> Expr {
    let mut conditions = of_range(query, now);
    if tabs != Tabs::ALL {
        let kinds = Tab::ALL.into_iter().filter(|tab| tabs.has(*tab));
        let kinds = kinds.map(|tab| lit(tab.as_str())).collect();
        conditions.push(ident(schema::KIND).in_list(kinds, false));
    }
    conditions.extend(query.filters.iter().map(of_filter));
    let search = query.search.as_deref();
    conditions.extend(search.map(|search| search::condition(search, query.sight)));
    all(conditions)
}

fn all(conditions: Vec<Expr>) -> Expr {
    conditions
        .into_iter()
        .reduce(Expr::and)
        .unwrap_or_else(|| lit(true))
}

fn any(conditions: Vec<Expr>) -> Expr {
    conditions
        .into_iter()
        .reduce(Expr::or)
        .unwrap_or_else(|| lit(false))
}

/// The moment of a literal, as the tables have it.
pub(crate) fn instant(micros: i64) -> Expr {
    Expr::Literal(
        ScalarValue::TimestampMicrosecond(Some(micros), Some(Arc::from("UTC"))),
        None,
    )
}

/// The day of a moment, as the partition column has it.
pub(super) fn day(moment: DateTime<Utc>) -> Expr {
    let number = crate::parquet_file::day_number(moment.date_naive());
    Expr::Literal(ScalarValue::Date32(Some(number)), None)
}

/// The range as a condition on the moment, and on the partition so that other days are not opened.
fn of_range(query: &Query, now: DateTime<Utc>) -> Vec<Expr> {
    let (from, to) = query.range.bounds(now);
    let mut conditions = Vec::new();
    if let Some(from) = from {
        conditions.push(ident(schema::DAY).gt_eq(day(from)));
        conditions.push(ident("date").gt_eq(instant(from.timestamp_micros())));
    }
    if let Some(to) = to {
        conditions.push(ident(schema::DAY).lt_eq(day(to)));
        conditions.push(ident("date").lt(instant(to.timestamp_micros())));
    }
    conditions
}

/// One filter. Negative ones hold for rows without a value, positive ones never do.
fn of_filter(filter: &Filter) -> Expr {
    if let Some(of_people) = filter.of_people() {
        let conditions = of_people.iter().filter(|one| !one.values.is_empty());
        let conditions = conditions.map(of_filter).collect();
        return match filter.operator.is_opposite() {
            true => all(conditions),
            false => any(conditions),
        };
    }
    let column = filter.column;
    let values = filter.values.as_slice();
    let compare = |compare: fn(Expr, Expr) -> Expr| {
        any(values
            .iter()
            .map(|value| compare(ident(column.id), literal(filter, value)))
            .collect())
    };
    let positive = match filter.operator {
        Operator::Empty => return ident(column.id).is_null(),
        Operator::NotEmpty => return ident(column.id).is_not_null(),
        operator if matches!(column.value_type, ValueType::List) => {
            of_items(operator, column, values)
        }
        Operator::Equal | Operator::In | Operator::NotEqual | Operator::NotIn => one_of(filter),
        Operator::Contains | Operator::NotContains => match values {
            [value] => contains(column, value),
            _ => any_text("contains", column, values, |held, value| {
                held.contains(value)
            }),
        },
        Operator::Starts | Operator::NotStarts => match values {
            [value] => starts_with(lower(ident(column.id)), lit(value.to_lowercase())),
            _ => any_text("starts", column, values, |held, value| {
                held.starts_with(value)
            }),
        },
        Operator::Ends | Operator::NotEnds => match values {
            [value] => ends_with(lower(ident(column.id)), lit(value.to_lowercase())),
            _ => any_text("ends", column, values, |held, value| held.ends_with(value)),
        },
        Operator::Greater => compare(Expr::gt),
        Operator::GreaterOrEqual => compare(Expr::gt_eq),
        Operator::Less => compare(Expr::lt),
        Operator::LessOrEqual => compare(Expr::lt_eq),
        Operator::Within | Operator::NotWithin => within(column, values),
    };
    if filter.operator.is_opposite() {
        positive.is_not_true()
    } else {
        positive.is_true()
    }
}

fn is_text(column: &Column) -> bool {
    schema::data_type(&column.value_type) == DataType::Utf8
}

fn one_of(filter: &Filter) -> Expr {
    let (column, values) = (filter.column, &filter.values);
    let (held, wanted): (Expr, Vec<Expr>) = if is_text(column) {
        let wanted = values.iter().map(|value| lit(value.to_lowercase()));
        (lower(ident(column.id)), wanted.collect())
    } else {
        let wanted = values.iter().map(|value| literal(filter, value));
        (ident(column.id), wanted.collect())
    };
    held.in_list(wanted, false)
}

/// Whether a text meets one of several values. One function instead of a chain of conditions, since
/// planning a long chain takes longer than reading the rows.
fn any_text(name: &str, column: &Column, values: &[String], meets: fn(&str, &str) -> bool) -> Expr {
    let wanted: Vec<String> = values.iter().map(|value| value.to_lowercase()).collect();
    let name = format!("{name}_any_{wanted:?}");
    of_text(&name, column, move |text| {
        text.is_some_and(|text| {
            let held = text.to_lowercase();
            wanted.iter().any(|value| meets(&held, value))
        })
    })
}

/// Whether some item of a list meets one of the values.
fn of_items(operator: Operator, column: &Column, values: &[String]) -> Expr {
    let wanted: BTreeSet<String> = values.iter().map(|value| value.to_lowercase()).collect();
    let name = format!("item_{operator}_{wanted:?}");
    let meets = move |item: &str| match operator {
        Operator::Contains | Operator::NotContains => {
            wanted.iter().any(|value| item.contains(value))
        }
        Operator::Starts | Operator::NotStarts => {
            wanted.iter().any(|value| item.starts_with(value))
        }
        Operator::Ends | Operator::NotEnds => wanted.iter().any(|value| item.ends_with(value)),
        _ => wanted.contains(item),
    };
    of_text(&name, column, move |text| {
        text.is_some_and(|text| list::items(&text.to_lowercase()).any(&meets))
    })
}

fn contains(column: &Column, value: &str) -> Expr {
    strpos(lower(ident(column.id)), lit(value.to_lowercase())).gt(lit(0i64))
}

/// The value in the column's own type; a query that was parsed holds only such that fit.
fn literal(filter: &Filter, value: &str) -> Expr {
    let held = scalar(&filter.literal(value));
    let none = || ScalarValue::try_from(&schema::data_type(&filter.column.value_type));
    held.unwrap_or_else(|| lit(none().unwrap_or(ScalarValue::Null)))
}

/// Whether the column's address lies in one of the networks.
fn within(column: &Column, networks: &[String]) -> Expr {
    let networks: Vec<Network> = networks
        .iter()
        .filter_map(|text| Network::parse(text))
        .collect();
    let name = format!("within_{networks:?}");
    of_text(&name, column, move |text| {
        let address: Option<IpAddr> = text.and_then(read_address);
        address.is_some_and(|address| networks.iter().any(|network| network.holds(address)))
    })
}

/// A condition on the text of a column that no function of the engine knows.
fn of_text(
    name: &str,
    column: &Column,
    holds: impl Fn(Option<&str>) -> bool + Send + Sync + 'static,
) -> Expr {
    let function = create_udf(
        name,
        vec![DataType::Utf8],
        DataType::Boolean,
        Volatility::Immutable,
        Arc::new(move |arguments| {
            let arrays = ColumnarValue::values_to_arrays(arguments)?;
            let texts = as_string_array(&arrays[0])?;
            let flags: BooleanArray = texts.iter().map(|text| Some(holds(text))).collect();
            Ok(ColumnarValue::Array(Arc::new(flags)))
        }),
    );
    function.call(vec![datafusion::logical_expr::cast(
        ident(column.id),
        DataType::Utf8,
    )])
}

/// The order of rows: the sort column, then newest first, then the request ID, so that no two rows
/// are equal.
pub(crate) fn order(sort: Sort) -> Vec<datafusion::logical_expr::SortExpr> {
    let mut order = Vec::new();
    if sort.column.id != "date" {
        order.push(ident(sort.column.id).sort(!sort.descending, false));
        order.push(ident("date").sort(false, false));
    } else {
        order.push(ident("date").sort(!sort.descending, false));
    }
    order.push(ident("request_id").sort(true, false));
    order
}

/// Rows that come after the cursor in that order. Rows without a value in the sort column come last.
pub(crate) fn after(sort: Sort, cursor: &Cursor) -> Expr {
    let date = ident("date");
    let moment = instant(cursor.date_micros);
    let later_date = if sort.column.id != "date" || sort.descending {
        date.clone().lt(moment.clone())
    } else {
        date.clone().gt(moment.clone())
    };
    let same_date = date
        .eq(moment)
        .and(ident("request_id").gt(lit(cursor.request_id.clone())));
    let later = later_date.or(same_date);
    if sort.column.id == "date" {
        return later;
    }
    let column = ident(sort.column.id);
    match cursor.sort_value.as_ref().and_then(scalar) {
        None => column.is_null().and(later),
        Some(value) => {
            let beyond = if sort.descending {
                column.clone().lt(value.clone())
            } else {
                column.clone().gt(value.clone())
            };
            beyond
                .or(column.clone().is_null())
                .or(column.eq(value).and(later))
        }
    }
}

fn scalar(value: &Value) -> Option<Expr> {
    Some(match value {
        Value::Empty => return None,
        Value::Text(text) => lit(text.clone()),
        Value::Integer(number) => lit(*number),
        Value::Decimal(number) => lit(*number),
        Value::Boolean(flag) => lit(*flag),
        Value::Instant(moment) => instant(moment.timestamp_micros()),
    })
}
