//! `GET /api/v1/signins/histogram`: when sign-ins happened.

use std::sync::Arc;

use app::charts::buckets::{self, BucketSize};
use axum::Extension;
use axum::Json;
use axum::extract::{RawQuery, State};
use chrono::{DateTime, Duration, Utc};
use chrono_tz::Tz;
use model::answer::{Bucket, Span};
use model::ask::{Ask, HistogramAsk};
use model::query::{Range, TimeZone};
use model::time;
use serde::Serialize;
use serde_json::{Value, json};

use super::parameters::{self, Asked, Meta, Outcomes};
use super::{ApiError, Result, openapi};
use crate::answering::Asking;
use crate::backend::LakeBackend;
use crate::sight::Sighted;

/// Most buckets of a histogram.
const MOST_BUCKETS: usize = 2_000;
/// Buckets that fit into a chart: a size that makes more is too small, when nobody named it.
const READABLE_BUCKETS: usize = 200;
/// The sizes that can be asked for, the smallest first, and their words.
const SIZES: [(BucketSize, &str); 3] = [
    (BucketSize::HOUR, "hour"),
    (BucketSize::Day, "day"),
    (BucketSize::Week, "week"),
];

/// A histogram.
#[derive(Serialize)]
pub struct Histogram {
    buckets: Vec<Counted>,
    meta: HistogramMeta,
}

#[derive(Serialize)]
struct Counted {
    from: String,
    to: String,
    rows: u64,
    #[serde(flatten)]
    by_outcome: Outcomes,
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

/// Counts sign-ins by stretches of time.
pub async fn count(
    State(backend): State<Arc<LakeBackend>>,
    Extension(sighted): Extension<Sighted>,
    RawQuery(text): RawQuery,
) -> Result<Json<Histogram>> {
    let asked = Asked::read(&backend, &sighted, text.as_deref(), &["bucket", "zone"]).await?;
    let (named_size, zone) = (size(&asked)?, zone(&asked)?);
    let now = Utc::now();
    let asking = backend.asking();
    let mut ask = asking.settled(asked.ask()).await?;
    let stretch = stretch(asking, &ask, now).await?;
    parameters::fix_range(&mut ask.query, now);
    let (first, end) = stretch.unwrap_or((now, now));
    let size = named_size.unwrap_or_else(|| fitting(first, end));
    let edges_micros =
        buckets::edges(first, end, size, zone, MOST_BUCKETS).ok_or_else(|| too_many(size))?;
    ask.histogram = (edges_micros.len() > 1).then_some(HistogramAsk { edges_micros });
    let answered = asking.answer_settled(ask).await?;
    Ok(Json(Histogram {
        buckets: answered.answer.histogram.iter().map(written).collect(),
        meta: HistogramMeta {
            bucket: word_of(size),
            zone: zone.name(),
            meta: asked.meta(answered.source, answered.engine_ms),
        },
    }))
}

/// The size that is asked for; `None` when it is to be found.
fn size(asked: &Asked) -> Result<Option<BucketSize>> {
    match asked.word("bucket") {
        None | Some("auto") => Ok(None),
        Some(word) => SIZES
            .into_iter()
            .find(|(_, known)| *known == word)
            .map(|(size, _)| Some(size))
            .ok_or_else(|| parameters::refused("bucket", "hour, day, week or auto", word)),
    }
}

/// The smallest size whose buckets fit into a chart.
fn fitting(first: DateTime<Utc>, end: DateTime<Utc>) -> BucketSize {
    BucketSize::fitting(&SIZES.map(|(size, _)| size), first, end, READABLE_BUCKETS)
}

/// The word of the parameter.
fn word_of(size: BucketSize) -> &'static str {
    SIZES
        .into_iter()
        .find(|(known, _)| *known == size)
        .map_or("", |(_, word)| word)
}

/// The zone in which buckets begin: the one that the query asks for, or else that of the reader.
fn zone(asked: &Asked) -> Result<Tz> {
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
    let size = word_of(size);
    ApiError::BadRequest(format!(
        "the range has more than {MOST_BUCKETS} buckets of one {size}; narrow it with `from` and `to`, or take \
         a larger `bucket`"
    ))
}

fn written(bucket: &Bucket) -> Counted {
    let moment =
        |micros| DateTime::from_timestamp_micros(micros).map_or_else(String::new, time::write);
    Counted {
        from: moment(bucket.from_micros),
        to: moment(bucket.to_micros),
        rows: bucket.rows,
        by_outcome: bucket.by_outcome.into(),
    }
}

/// The endpoint as the OpenAPI document has it.
pub fn described() -> Value {
    let sizes = SIZES.map(|(_, word)| word);
    openapi::Operation {
        id: "countSignInsByTime",
        summary: "when sign-ins happened",
        description: "Buckets begin at full hours, midnights or Mondays, and follow one another without a gap; \
                      the first and the last may reach beyond the range, and count only what is within. An \
                      open range ends with the last sign-in of its tabs. At most 2,000 buckets.",
        parameters: vec![
            openapi::parameter(
                "bucket",
                "size of the buckets; auto takes the smallest that makes no more than 200",
                json!({ "type": "string", "enum": ["auto", sizes[0], sizes[1], sizes[2]], "default": "auto" }),
            ),
            openapi::parameter(
                "zone",
                "IANA name of the time zone in which buckets begin; with tz it does not count",
                json!({ "type": "string", "default": "UTC", "examples": ["Europe/Oslo"] }),
            ),
        ],
        answer: openapi::object(&[
            (
                "buckets",
                openapi::list(openapi::object(&[
                    ("from", openapi::moment()),
                    ("to", openapi::moment()),
                    ("rows", openapi::count()),
                    ("success", openapi::count()),
                    ("failure", openapi::count()),
                    ("interrupted", openapi::count()),
                ])),
            ),
            (
                "meta",
                openapi::meta(&[
                    ("bucket", json!({ "type": "string", "enum": sizes })),
                    ("zone", openapi::text()),
                ]),
            ),
        ]),
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
                word_of(fitting(first, first + Duration::days(days))),
                expected
            );
        }
    }
}
