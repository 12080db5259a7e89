//! Groups by one or two columns.

use std::cmp::Ordering;
use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use arrow::array::AsArray;
use arrow::datatypes::{Field, Int64Type, Schema};
use chrono::{DateTime, Utc};
use datafusion::functions_aggregate::expr_fn::{count, max, min};
use datafusion::logical_expr::{Expr, lit};
use datafusion::prelude::{DataFrame, ident};
use futures::TryStreamExt;
use model::answer::{Group, Groups, MOST_GROUP_ITEMS, MOST_GROUP_USERS, MOST_GROUPS, Span};
use model::ask::{Ask, GroupAsk};
use model::column::{Column, ValueType};
use model::{Value, list};

use super::facets::compare;
use super::{histogram, predicate, session};
use crate::Lake;
use crate::error::Result;
use crate::schema;

const FIRST: &str = "first_sign_in";
const LAST: &str = "last_sign_in";

/// What is known of a group so far.
struct Found {
    keys: Vec<Value>,
    rows: u64,
    by_outcome: [u64; 3],
    users: HashSet<String>,
    span: Option<Span>,
}

impl Lake {
    /// The groups.
    pub(crate) async fn groups(
        table: &DataFrame,
        ask: &Ask,
        wanted: &GroupAsk,
        now: DateTime<Utc>,
    ) -> Result<Groups> {
        // Counted by outcome, and by user where these are asked for: put together below, where a list
        // is taken apart.
        let mut by: Vec<&str> = Vec::new();
        let stored = wanted.by.iter().filter(|column| column.is_stored());
        for id in stored.map(|column| column.id).chain(["status"]) {
            if !by.contains(&id) {
                by.push(id);
            }
        }
        if wanted.users && !by.contains(&"user_id") {
            by.push("user_id");
        }
        let numbers = vec![
            count(lit(1i64)).alias("sign_ins"),
            min(ident("date")).alias(FIRST),
            max(ident("date")).alias(LAST),
        ];
        let keys: Vec<Expr> = by.iter().map(|id| ident(*id)).collect();
        let mut stream = table
            .clone()
            .filter(predicate::of_query(&ask.query, ask.tabs, now))?
            .aggregate(keys, numbers)?
            .execute_stream()
            .await?;
        let columns = by.iter().filter_map(|id| Column::find(id));
        let mut fields: Vec<Field> = columns
            .map(|column| Field::new(column.id, schema::data_type(&column.value_type), true))
            .collect();
        fields.extend([FIRST, LAST].map(|name| Field::new(name, schema::instant(), true)));
        let plain = Arc::new(Schema::new(fields));
        let mut places: HashMap<Vec<String>, usize> = HashMap::new();
        let mut groups: Vec<Found> = Vec::new();
        let (mut users, mut items) = (0, 0);
        while let Some(batch) = stream.try_next().await? {
            let batch = session::plain(&batch, &plain)?;
            for row in 0..batch.num_rows() {
                let of = |id: &str| {
                    let column = batch.column_by_name(id);
                    column.map_or(Value::Empty, |column| session::value(column, row))
                };
                let rows = batch
                    .column(by.len())
                    .as_primitive::<Int64Type>()
                    .value(row)
                    .cast_unsigned();
                let outcome = histogram::place(&of("status"));
                let span = match (of(FIRST), of(LAST)) {
                    (Value::Instant(first), Value::Instant(last)) => Some(Span { first, last }),
                    _ => None,
                };
                items += items_of(&wanted.by, of);
                if groups.len() > MOST_GROUPS
                    || users > MOST_GROUP_USERS
                    || items > MOST_GROUP_ITEMS
                {
                    return Ok(Groups::too_many());
                }
                for keys in keys_of(&wanted.by, of) {
                    let texts = keys.iter().map(Value::to_text).collect();
                    let place = *places.entry(texts).or_insert(groups.len());
                    if place == groups.len() {
                        groups.push(Found {
                            keys,
                            rows: 0,
                            by_outcome: [0; 3],
                            users: HashSet::new(),
                            span,
                        });
                    }
                    let group = &mut groups[place];
                    group.rows += rows;
                    if let Some(outcome) = outcome {
                        group.by_outcome[outcome] += rows;
                    }
                    if wanted.users && !of("user_id").is_empty() {
                        users += usize::from(group.users.insert(of("user_id").to_text()));
                    }
                    group.span = group.span.zip(span).map(|(held, span)| Span {
                        first: held.first.min(span.first),
                        last: held.last.max(span.last),
                    });
                }
            }
        }
        if groups.len() > MOST_GROUPS {
            return Ok(Groups::too_many());
        }
        let distinct = groups.len() as u64;
        groups.sort_by(|left, right| {
            let keys = left.keys.iter().zip(&right.keys);
            let by_keys = keys.map(|(left, right)| compare(left, right));
            let by_rows = right.rows.cmp(&left.rows);
            by_keys.fold(by_rows, Ordering::then)
        });
        groups.truncate(wanted.limit);
        let group = |found: Found| Group {
            keys: found.keys,
            rows: found.rows,
            by_outcome: found.by_outcome,
            users: wanted.users.then_some(found.users.len() as u64),
            span: found.span.filter(|_| wanted.span),
        };
        Ok(Groups {
            groups: groups.into_iter().map(group).collect(),
            distinct,
            is_too_many: false,
        })
    }
}

/// How many groups a row belongs to beyond the first.
fn items_of(by: &[&'static Column], of: impl Fn(&str) -> Value) -> usize {
    let count = |column: &&'static Column| match (&column.value_type, of(column.id)) {
        (ValueType::List, Value::Text(text)) => list::items(&text).count().max(1),
        _ => 1,
    };
    let groups = by.iter().map(count).fold(1, usize::saturating_mul);
    groups - 1
}

/// The keys of the groups that a row belongs to: several where a list has several items.
fn keys_of(by: &[&'static Column], of: impl Fn(&str) -> Value) -> Vec<Vec<Value>> {
    let mut keys: Vec<Vec<Value>> = vec![Vec::new()];
    for column in by {
        let value = of(column.id);
        let each: Vec<Value> = match (&column.value_type, &value) {
            (ValueType::List, Value::Text(text)) => list::items(text)
                .map(|item| Value::Text(item.to_owned()))
                .collect(),
            _ => vec![value],
        };
        let longer = |key: &Vec<Value>| {
            let key = key.clone();
            each.clone()
                .into_iter()
                .map(move |part| key.iter().cloned().chain([part]).collect::<Vec<_>>())
        };
        keys = keys.iter().flat_map(longer).collect();
    }
    keys
}
