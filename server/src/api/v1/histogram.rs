//! `GET /api/v1/signins/histogram`: when sign-ins happened.

use std::sync::Arc;

use app::charts::buckets::{self, BucketSize};
use axum::extract::{RawQuery, State};
use axum::response::{IntoResponse, Response};
use axum::{Extension, Json};
use chrono::{DateTime, Duration, Utc};
use chrono_tz::Tz;
use model::answer::{Bucket, Counted, Series, SeriesLine, Span};
use model::ask::{Ask, HistogramAsk, SeriesAsk};
use model::query::{Range, TimeZone};
use model::{Column, time};
use serde::Serialize;
use serde_json::{Value, json};

use super::parameters::{self, Asked, Meta, Outcomes};
use super::report_file::ReportFile;
use super::{ApiError, Result, openapi};
use crate::answering::Asking;
use crate::backend::LakeBackend;
use crate::sight::Sighted;

/// Most buckets of a histogram.
const MOST_BUCKETS: usize = 2_000;
/// Buckets that fit into a chart: a size that makes more is too small, when nobody named it.
const READABLE_BUCKETS: usize = 200;
/// The sizes that can be asked for, the smallest first.
const SIZES: [BucketSize; 5] = [
    BucketSize::HOUR,
    BucketSize::Day,
    BucketSize::Week,
    BucketSize::Month,
    BucketSize::Year,
];
/// Most values, each with a histogram of its own.
const MOST_VALUES: usize = 1_000;
/// Most lines of a file by value.
const MOST_FILE_LINES: usize = 100_000;
/// So many where nobody says how many.
const VALUES: usize = 10;

/// A histogram.
#[derive(Serialize)]
struct Histogram {
    buckets: Vec<Stretch>,
    #[serde(skip_serializing_if = "Option::is_none")]
    series: Option<Vec<OfValue>>,
    /// How many values there are, where it is by value.
    #[serde(skip_serializing_if = "Option::is_none")]
    distinct: Option<u64>,
    meta: HistogramMeta,
}

#[derive(Serialize)]
struct Stretch {
    from: String,
    to: String,
    #[serde(flatten)]
    counted: Numbers,
}

/// The histogram of a value: a number for each of the buckets.
#[derive(Serialize)]
struct OfValue {
    value: Value,
    buckets: Vec<Numbers>,
}

#[derive(Serialize)]
struct Numbers {
    rows: u64,
    #[serde(flatten)]
    by_outcome: Outcomes,
}

impl From<Counted> for Numbers {
    fn from(counted: Counted) -> Numbers {
        Numbers {
            rows: counted.rows,
            by_outcome: counted.by_outcome.into(),
        }
    }
}

#[derive(Serialize)]
struct HistogramMeta {
    /// Size of the buckets, also where it was chosen here.
    bucket: &'static str,
    /// Zone in which they begin.
    zone: &'static str,
    #[serde(flatten)]
    meta: Meta,
}

/// Counts sign-ins by stretches of time, and by the values of a column where one is named.
pub async fn count(
    State(backend): State<Arc<LakeBackend>>,
    Extension(sighted): Extension<Sighted>,
    RawQuery(text): RawQuery,
) -> Result<Response> {
    let own = ["bucket", "zone", "by", "limit", "format"];
    let asked = Asked::read(&backend, &sighted, text.as_deref(), &own).await?;
    let (named_size, zone, by) = (size(&asked)?, zone(&asked)?, by(&asked)?);
    let is_file = asked.is_file()?;
    let now = Utc::now();
    let asking = backend.asking();
    let mut ask = asking.settled(asked.ask()).await?;
    let stretch = stretch(asking, &ask, now).await?;
    parameters::fix_range(&mut ask.query, now);
    let (first, end) = stretch.unwrap_or((now, now));
    let size = named_size.unwrap_or_else(|| fitting(first, end));
    let edges_micros =
        buckets::edges(first, end, size, zone, MOST_BUCKETS).ok_or_else(|| too_many(size))?;
    if edges_micros.len() > 1 {
        ask.series = match by {
            Some(by) => Some(SeriesAsk {
                by,
                edges_micros: edges_micros.clone(),
                limit: asked.limit(VALUES, MOST_VALUES)?,
            }),
            None => None,
        };
        ask.histogram = Some(HistogramAsk { edges_micros });
    }
    let wanted = sighted.wanting(&mut ask);
    let mut answered = asking.answer_settled(ask).await?;
    sighted.answer(&mut answered.answer, &wanted);
    let series = answered.answer.series.take();
    if series.as_ref().is_some_and(|series| series.is_too_many) {
        return Err(ApiError::BadRequest(
            "there are too many values in too many buckets; ask for a shorter time, larger buckets or add a filter"
                .to_owned(),
        ));
    }
    let histogram = answered.answer.histogram;
    if is_file {
        return file(&histogram, by.zip(series));
    }
    let of_value = |line: SeriesLine| OfValue {
        value: by.map_or(Value::Null, |by| parameters::counted(by, &line.value)),
        buckets: line.buckets.into_iter().map(Numbers::from).collect(),
    };
    let distinct = series.as_ref().map(|series| series.distinct);
    Ok(Json(Histogram {
        buckets: histogram.iter().map(written).collect(),
        series: series.map(|series| series.lines.into_iter().map(of_value).collect()),
        distinct,
        meta: HistogramMeta {
            bucket: size.word(),
            zone: zone.name(),
            meta: asked.meta(answered.source, answered.engine_ms),
        },
    })
    .into_response())
}

/// The column whose values have histograms of their own.
fn by(asked: &Asked) -> Result<Option<&'static Column>> {
    if asked.word("by").is_none() {
        return Ok(None);
    }
    let column = asked.columns("by", 1)?.into_iter().next();
    match column.filter(|column| !column.is_charted()) {
        Some(column) => Err(ApiError::BadRequest(format!(
            "nearly every sign-in has its own `{}`, so that there is no histogram for each",
            column.id
        ))),
        None => Ok(column),
    }
}

/// The numbers as a file: a line for each bucket, or for each bucket and value.
fn file(histogram: &[Bucket], series: Option<(&'static Column, Series)>) -> Result<Response> {
    let lines = series.as_ref().map_or(0, |(_, series)| series.lines.len());
    if lines * histogram.len() > MOST_FILE_LINES {
        return Err(ApiError::BadRequest(format!(
            "the file would have more than {MOST_FILE_LINES} lines; take a smaller `limit`, a larger `bucket` or a shorter time"
        )));
    }
    let mut file = ReportFile::new();
    let heads = ["sign_ins", "success", "failure", "interrupted"];
    let by = series.as_ref().map(|(by, _)| by.id);
    file.push(["from", "to"].into_iter().chain(by).chain(heads));
    let mut push = |bucket: &Bucket, value: Option<String>, counted: Counted| {
        let [success, failure, interrupted] = counted.by_outcome;
        let numbers = [counted.rows, success, failure, interrupted];
        let edges = [bucket.from_micros, bucket.to_micros].map(moment);
        let cells = edges.into_iter().chain(value);
        file.push(cells.chain(numbers.map(|number| number.to_string())));
    };
    for (place, bucket) in histogram.iter().enumerate() {
        match &series {
            None => push(bucket, None, counted(bucket)),
            Some((_, series)) => {
                for line in &series.lines {
                    let counted = line.buckets.get(place).copied().unwrap_or_default();
                    push(bucket, Some(line.value.to_text()), counted);
                }
            }
        }
    }
    Ok(file.answer("sign-ins-over-time"))
}

/// The size that is asked for; `None` when it is to be found.
fn size(asked: &Asked) -> Result<Option<BucketSize>> {
    match asked.word("bucket") {
        None | Some("auto") => Ok(None),
        Some(word) => SIZES
            .into_iter()
            .find(|size| size.word() == word)
            .map(Some)
            .ok_or_else(|| {
                parameters::refused("bucket", "hour, day, week, month, year or auto", word)
            }),
    }
}

/// The smallest size whose buckets fit into a chart.
fn fitting(first: DateTime<Utc>, end: DateTime<Utc>) -> BucketSize {
    BucketSize::fitting(&SIZES, first, end, READABLE_BUCKETS)
}

/// The zone in which buckets begin: the one that the query asks for, or else that of the reader.
pub fn zone(asked: &Asked) -> Result<Tz> {
    let read = |parameter, word: &str| {
        let known = "the IANA name of a time zone, such as Europe/Oslo";
        word.parse::<Tz>()
            .map_err(|_| parameters::refused(parameter, known, word))
    };
    let zone = match asked.word("zone") {
        Some(word) => read("zone", word)?,
        None => Tz::UTC,
    };
    Ok(match &asked.query.time_zone {
        TimeZone::Local => zone,
        TimeZone::Utc => Tz::UTC,
        TimeZone::Named(name) => read("tz", name.as_str())?,
    })
}

/// What the buckets have to hold: the range, where it is open as far as there are sign-ins. One that goes
/// back from now reaches to now, also when the last sign-in was before.
async fn stretch(
    asking: Asking<'_>,
    ask: &Ask,
    now: DateTime<Utc>,
) -> Result<Option<(DateTime<Utc>, DateTime<Utc>)>> {
    let (from, to) = ask.query.range.bounds(now);
    if let (Some(from), Some(to)) = (from, to) {
        return Ok(Some((from, to)));
    }
    let mut span: Option<Span> = None;
    for tab in parameters::named(ask.tabs) {
        if let Some(of_tab) = asking.span_of(tab).await? {
            let known = span.get_or_insert(of_tab);
            known.first = known.first.min(of_tab.first);
            known.last = known.last.max(of_tab.last);
        }
    }
    let reaches = match ask.query.range {
        Range::Between { .. } => None,
        _ => Some(now),
    };
    let after_last = span.map(|span| span.last + Duration::microseconds(1));
    Ok(from
        .or(span.map(|span| span.first))
        .zip(to.or(after_last.max(reaches))))
}

fn too_many(size: BucketSize) -> ApiError {
    let size = size.word();
    ApiError::BadRequest(format!(
        "the range has more than {MOST_BUCKETS} buckets of one {size}; narrow it with `from` and `to`, or take \
         a larger `bucket`"
    ))
}

fn moment(micros: i64) -> String {
    DateTime::from_timestamp_micros(micros).map_or_else(String::new, time::write)
}

fn counted(bucket: &Bucket) -> Counted {
    Counted {
        rows: bucket.rows,
        by_outcome: bucket.by_outcome,
    }
}

fn written(bucket: &Bucket) -> Stretch {
    Stretch {
        from: moment(bucket.from_micros),
        to: moment(bucket.to_micros),
        counted: counted(bucket).into(),
    }
}

/// The endpoint as the OpenAPI document has it.
pub fn described() -> Value {
    let sizes = SIZES.map(BucketSize::word);
    let words: Vec<&str> = ["auto"].into_iter().chain(sizes).collect();
    let numbers = [
        ("rows", openapi::count()),
        ("success", openapi::count()),
        ("failure", openapi::count()),
        ("interrupted", openapi::count()),
    ];
    let by_value = [
        ("distinct", openapi::count()),
        (
            "series",
            openapi::list(openapi::object(&[
                ("value", openapi::value()),
                ("buckets", openapi::list(openapi::object(&numbers))),
            ])),
        ),
    ];
    openapi::Operation {
        id: "countSignInsByTime",
        summary: "when sign-ins happened",
        description: "Buckets begin at full hours, midnights, Mondays and so on, and follow one another without a gap; \
                      the first and the last may reach beyond the range, and count only what is within. An \
                      open range ends with the last sign-in of its tabs. At most 2,000 buckets.",
        parameters: vec![
            openapi::parameter(
                "bucket",
                "size of the buckets; auto takes the smallest that makes no more than 200",
                json!({ "type": "string", "enum": words, "default": "auto" }),
            ),
            openapi::parameter(
                "zone",
                "IANA name of the time zone in which buckets begin; with tz it does not count",
                json!({ "type": "string", "default": "UTC", "examples": ["Europe/Oslo"] }),
            ),
            openapi::parameter(
                "by",
                "a column, whose most frequent values get a histogram each, as series",
                openapi::text(),
            ),
            openapi::parameter(
                "limit",
                "most values, with by",
                json!({ "type": "integer", "minimum": 1, "maximum": MOST_VALUES, "default": VALUES }),
            ),
            openapi::format(),
        ],
        answer: openapi::with_optional(openapi::object(&[
            (
                "buckets",
                openapi::list(openapi::object(
                    &[
                        &[("from", openapi::moment()), ("to", openapi::moment())][..],
                        &numbers,
                    ]
                    .concat(),
                )),
            ),
            (
                "meta",
                openapi::meta(&[
                    ("bucket", json!({ "type": "string", "enum": sizes })),
                    ("zone", openapi::text()),
                ]),
            ),
        ]), &by_value),
    }
    .written()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_size_that_nobody_named_fits_a_chart() {
        let first = time::read("2026-01-01").expect("a moment");
        for (days, expected) in [(7, "hour"), (30, "day"), (700, "week")] {
            assert_eq!(
                fitting(first, first + Duration::days(days)).word(),
                expected
            );
        }
    }
}
