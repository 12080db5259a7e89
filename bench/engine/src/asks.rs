//! The queries as the server would ask them.

use std::sync::atomic::AtomicBool;

use chrono::{DateTime, Utc};
use explorer::View;
use model::answer::{Answer, Page};
use model::ask::{Ask, FacetAsk, GroupAsk, HistogramAsk, PageAsk};
use model::query::{Filter, Operator, Range, Sort};
use model::tab::Tabs;
use model::{Column, Query, Value};
use serde::Deserialize;
use serde_json::{Map, Value as Json, json};

use crate::{Failure, export};

/// What the queries are about, chosen from the data.
#[derive(Deserialize)]
pub struct Parameters {
    pub from_micros: Windows,
    pub filters30: Map<String, Json>,
    pub filters4: Map<String, Json>,
    pub contains: Contains,
    pub request_id: String,
    pub correlation_id: String,
    pub address_prefix: String,
    pub username: String,
    pub hour_edges: Vec<i64>,
    pub day_edges: Vec<i64>,
    pub page_columns: Vec<String>,
    pub page_rows: usize,
    pub sort_column: String,
    pub sort_descending: bool,
    pub facet_columns: Vec<String>,
    pub facet_values: usize,
    pub group_rows: usize,
    pub methods_column: String,
    pub export_columns: Vec<String>,
    pub export_rows: usize,
}

/// First moments of the windows, in microseconds since 1970.
#[derive(Deserialize)]
pub struct Windows {
    #[serde(rename = "24h")]
    pub day: i64,
    #[serde(rename = "7d")]
    pub week: i64,
    #[serde(rename = "30d")]
    pub month: i64,
}

/// A text in a column.
#[derive(Deserialize)]
pub struct Contains {
    pub column: String,
    pub text: String,
}

/// An answer, not yet as JSON.
pub enum Found {
    Page(Page),
    Total(u64),
    Both(u64, Page),
    Facets(Answer),
    Histogram(Answer),
    Groups(Answer),
    /// The file, and which column has the request IDs.
    Export(Vec<Vec<u8>>, usize),
}

pub fn column(id: &str) -> Result<&'static Column, Failure> {
    Column::find(id).ok_or_else(|| format!("there is no column {id}").into())
}

fn columns(ids: &[String]) -> Result<Vec<&'static Column>, Failure> {
    ids.iter().map(|id| column(id)).collect()
}

/// A query since a moment, or about everything.
fn query(from_micros: Option<i64>, filters: Vec<Filter>) -> Query {
    let from = from_micros.and_then(DateTime::from_timestamp_micros);
    Query {
        range: Range::Between { from, to: None },
        filters,
        ..Query::default()
    }
}

fn equal(filters: &Map<String, Json>) -> Result<Vec<Filter>, Failure> {
    let filter = |(id, value): (&String, &Json)| {
        let text = value
            .as_str()
            .map_or_else(|| value.to_string(), str::to_owned);
        Ok(Filter::new(column(id)?, Operator::Equal, [text]))
    };
    filters.iter().map(filter).collect()
}

fn one(id: &str, operator: Operator, value: &str) -> Result<Vec<Filter>, Failure> {
    Ok(vec![Filter::new(column(id)?, operator, [value.to_owned()])])
}

/// Answers one of the queries.
pub fn run(
    view: &View,
    name: &str,
    asked: &Parameters,
    now: DateTime<Utc>,
) -> Result<Found, Failure> {
    let answer = |query: Query, fill: &dyn Fn(&mut Ask)| {
        let mut ask = Ask::of(query);
        ask.tabs = Tabs::ALL;
        fill(&mut ask);
        view.answer(&ask, now, &AtomicBool::new(false))
            .ok_or("it was told to stop")
    };
    let page_columns = columns(&asked.page_columns)?;
    let page = |ask: &mut Ask| {
        ask.page = Some(PageAsk {
            columns: page_columns.clone(),
            limit: asked.page_rows,
            skip: 0,
        });
    };
    let total = |ask: &mut Ask| ask.counts = true;
    let both = |ask: &mut Ask| {
        page(ask);
        total(ask);
    };
    let facet_columns = columns(&asked.facet_columns)?;
    let facets = |ask: &mut Ask| {
        ask.facets = Some(FacetAsk {
            columns: facet_columns.clone(),
            limit: asked.facet_values,
            own_filters: true,
        });
    };
    let histogram = |edges: &[i64]| {
        let edges_micros = edges.to_vec();
        move |ask: &mut Ask| {
            ask.histogram = Some(HistogramAsk {
                edges_micros: edges_micros.clone(),
            })
        }
    };
    let groups = |column: &'static Column| {
        let limit = asked.group_rows;
        move |ask: &mut Ask| {
            ask.groups = Some(GroupAsk {
                by: vec![column],
                limit,
                users: false,
                span: false,
            });
        }
    };
    let windows = &asked.from_micros;
    let month = Some(windows.month);
    Ok(match name {
        "page24" => Found::page(answer(query(Some(windows.day), Vec::new()), &page)?),
        "page30f" => Found::page(answer(query(month, equal(&asked.filters30)?), &page)?),
        "count30f" => Found::total(&answer(query(month, equal(&asked.filters30)?), &total)?),
        "contains" => {
            let filters = one(
                &asked.contains.column,
                Operator::Contains,
                &asked.contains.text,
            )?;
            Found::both(answer(query(None, filters), &both)?)
        }
        "sort30" => {
            let sort = Sort {
                column: column(&asked.sort_column)?,
                descending: asked.sort_descending,
            };
            Found::page(answer(query(month, Vec::new()).with_sort(sort), &page)?)
        }
        "facets30" => Found::Facets(answer(
            query(month, one("status", Operator::Equal, "failure")?),
            &facets,
        )?),
        "facetsAll" => Found::Facets(answer(query(None, Vec::new()), &facets)?),
        "hist7" => Found::Histogram(answer(
            query(Some(windows.week), Vec::new()),
            &histogram(&asked.hour_edges),
        )?),
        "hist90" => Found::Histogram(answer(
            query(None, Vec::new()),
            &histogram(&asked.day_edges),
        )?),
        "byapp30" => Found::Groups(answer(
            query(month, Vec::new()),
            &groups(column("application")?),
        )?),
        "byuser30" => Found::Groups(answer(
            query(month, Vec::new()),
            &groups(column("username")?),
        )?),
        "bymeth90" => Found::Groups(answer(
            query(None, Vec::new()),
            &groups(column(&asked.methods_column)?),
        )?),
        "point_id" => Found::page(answer(
            query(None, one("request_id", Operator::Equal, &asked.request_id)?),
            &page,
        )?),
        "point_corr" => {
            let filters = one("correlation_id", Operator::Equal, &asked.correlation_id)?;
            Found::page(answer(query(None, filters), &page)?)
        }
        "ippfx" => {
            let filters = one("ip_address", Operator::Starts, &asked.address_prefix)?;
            Found::both(answer(query(None, filters), &both)?)
        }
        "user_all" => {
            let filters = one("username", Operator::Equal, &asked.username)?;
            Found::both(answer(query(None, filters), &both)?)
        }
        "count4" => Found::total(&answer(query(None, equal(&asked.filters4)?), &total)?),
        "export100k" => export::run(view, asked, now)?,
        _ => return Err(format!("there is no query {name}").into()),
    })
}

fn total(answer: &Answer) -> u64 {
    answer.counts.map_or(0, |counts| counts.by_tab.iter().sum())
}

impl Found {
    fn page(answer: Answer) -> Found {
        Found::Page(answer.page.unwrap_or_default())
    }

    fn total(answer: &Answer) -> Found {
        Found::Total(total(answer))
    }

    fn both(answer: Answer) -> Found {
        Found::Both(total(&answer), answer.page.unwrap_or_default())
    }

    /// In the shape that all engines answer in.
    pub fn json(self) -> Json {
        match self {
            Found::Page(page) => rows(&page),
            Found::Total(total) => total.into(),
            Found::Both(total, page) => json!({"total": total, "page": rows(&page)}),
            Found::Facets(answer) => {
                let facets = answer.facets.into_iter().map(|facet| {
                    let values = facet
                        .values
                        .iter()
                        .map(|(value, count)| json!([cell(value), count]));
                    (facet.column.id.to_owned(), values.collect())
                });
                Json::Object(facets.collect())
            }
            Found::Histogram(answer) => {
                let buckets = answer.histogram.iter().filter(|bucket| bucket.rows > 0);
                let bars = buckets.map(|bucket| {
                    let [success, failure, interrupted] = bucket.by_outcome;
                    json!([bucket.from_micros, success, failure, interrupted])
                });
                bars.collect()
            }
            Found::Groups(answer) => {
                let groups = answer.groups.unwrap_or_default().groups;
                let lines = groups.iter().map(|group| {
                    let [success, failure, interrupted] = group.by_outcome;
                    json!([group.keys.first().map(cell), success, failure, interrupted])
                });
                lines.collect()
            }
            Found::Export(file, place) => {
                let ids = export::ids(&file.concat(), place);
                json!({"rows": ids.len(), "ids": ids})
            }
        }
    }
}

fn rows(page: &Page) -> Json {
    page.rows
        .iter()
        .map(|row| row.values.iter().map(cell).collect::<Json>())
        .collect()
}

fn cell(value: &Value) -> Json {
    match value {
        Value::Empty => Json::Null,
        Value::Text(text) => text.as_str().into(),
        Value::Integer(number) => (*number).into(),
        Value::Decimal(number) => (*number).into(),
        Value::Boolean(flag) => (*flag).into(),
        Value::Instant(moment) => moment.timestamp_micros().into(),
    }
}
