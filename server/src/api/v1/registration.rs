//! `GET /api/v1/insights/registration`, `…/registration-details` and `…/registration-events`: what lists beside the log
//! say of people's methods, as JSON or as CSV.

mod described;

use std::sync::Arc;

use app::assemble::entity::window::Window;
use app::assemble::insights::registration::RegistrationAsk;
use app::assemble::insights::registration::counted::{CAPABLE, counted};
use app::assemble::insights::registration::details::DetailsAsk;
use app::assemble::insights::registration::events::EventsAsk;
use app::assemble::moments::Clock;
use app::backend::SharedBackend;
use app::view::safe_text::escaped;
use axum::extract::{RawQuery, State};
use axum::response::{IntoResponse, Response};
use axum::{Extension, Json};
use chrono::Utc;
use chrono_tz::Tz;
use model::query::{Query, take_parts};
use model::registration::{
    Flag, ImportedList, Method, Registered, RegistrationEvent, Registrations,
};
use model::sight::Sight;
use model::time;
use serde_json::{Map, Value, json};

pub use self::described::{details_described, events_described, registration_described};
use super::report_file::ReportFile;
use super::{ApiError, Result};
use crate::backend::LakeBackend;
use crate::backend::limited::Limited;
use crate::sight::Sighted;

/// What an endpoint is asked.
struct Asked {
    kept: Arc<Registrations>,
    /// The query string without what every endpoint here knows.
    own: String,
    window: Window,
    is_file: bool,
    clock: Clock,
}

/// Parts of an address that say a time.
const OF_TIME: [&str; 4] = ["range", "from", "to", "tz"];

impl Asked {
    /// Reads the query string, and the lists as whoever asks sees them.
    async fn read(
        backend: Arc<LakeBackend>,
        sighted: Sighted,
        text: Option<&str>,
        names: &[&str],
    ) -> Result<Asked> {
        let (format, rest) = take_parts(text.unwrap_or_default(), &["format"]);
        let (of_time, own) = take_parts(&rest, &OF_TIME);
        let (_, unknown) = take_parts(&own, names);
        if let Some(part) = unknown.split('&').find(|part| !part.is_empty()) {
            return Err(not_understood(part));
        }
        let is_file = match format.last().map(|(_, format)| format.as_str()) {
            None | Some("json") => false,
            Some("csv") => true,
            Some(other) => {
                let words = format!("{other} is no format of a list; take json or csv");
                return Err(ApiError::BadRequest(words));
            }
        };
        let of_time: Vec<String> = of_time
            .iter()
            .map(|(name, value)| format!("{name}={}", escaped(value)))
            .collect();
        let (query, problems) = Query::parse(&of_time.join("&"));
        if let Some(problem) = problems.first() {
            return Err(ApiError::BadRequest(problem.to_string()));
        }
        let shared: SharedBackend = match sighted.sight == Sight::ALL {
            true => backend,
            false => Arc::new(Limited::new(backend, sighted)),
        };
        let kept = shared.registrations().await.map_err(|error| {
            tracing::warn!(trace = %error.trace, "the imported lists could not be read");
            ApiError::Busy(error.message)
        })?;
        Ok(Asked {
            kept,
            own,
            window: Window::of_query(&query),
            is_file,
            clock: Clock {
                now: Utc::now(),
                zone: Tz::UTC,
                own_zone: Tz::UTC,
            },
        })
    }
}

fn not_understood(part: &str) -> ApiError {
    let part = model::present::shortened(part, 80);
    ApiError::BadRequest(format!(
        "{part} is not understood; the document at /api/v1/openapi.json says what can be asked"
    ))
}

fn require_all(problems: &[String]) -> Result<()> {
    match problems.first() {
        None => Ok(()),
        Some(part) => Err(not_understood(part)),
    }
}

/// Of when the facts of a kind are.
fn imported(list: Option<&ImportedList>) -> Value {
    json!(list.map(|list| time::write(list.imported)))
}

/// `registration`: how many people can do what, and by which methods.
pub async fn registration(
    State(backend): State<Arc<LakeBackend>>,
    Extension(sighted): Extension<Sighted>,
    RawQuery(text): RawQuery,
) -> Result<Response> {
    let asked = Asked::read(backend, sighted, text.as_deref(), &["type", "role"]).await?;
    let ask = RegistrationAsk::over(asked.window, &asked.own);
    let counted = counted(&asked.kept, &ask, &asked.clock);
    let mut methods: Map<String, Value> = Map::new();
    for (id, people) in &counted.methods {
        methods.insert(
            id.clone(),
            json!({ "people": people, "registered": 0, "failed": 0 }),
        );
    }
    for (id, [registered, failed]) in &counted.recent {
        let line = methods
            .entry(id.clone())
            .or_insert_with(|| json!({ "people": 0 }));
        line["registered"] = json!(registered);
        line["failed"] = json!(failed);
    }
    let lines: Vec<Vec<(&str, Value)>> = methods
        .into_iter()
        .map(|(id, line)| {
            vec![
                ("method", json!(id)),
                ("label", json!(Method::label_of(&id))),
                ("people", line["people"].clone()),
                ("registered", line["registered"].clone()),
                ("failed", line["failed"].clone()),
            ]
        })
        .collect();
    if asked.is_file {
        let names = ["method", "label", "people", "registered", "failed"];
        return Ok(file("registration", &names, lines));
    }
    let capable = CAPABLE.into_iter().zip(counted.capable);
    let capable = capable.map(|(flag, [yes, no, unknown])| {
        let numbers = json!({ "yes": yes, "no": no, "unknown": unknown });
        (flag.id().to_owned(), numbers)
    });
    let of_people = if counted.is_summary { 3 } else { 0 };
    let answer = json!({
        "people": counted.people,
        "capable": Map::from_iter(capable),
        "methods": objects(lines),
        "is_summary": counted.is_summary,
        "imported": imported(asked.kept.newest(of_people)),
    });
    Ok(Json(answer).into_response())
}

/// `registration-details`: person by person.
pub async fn details(
    State(backend): State<Arc<LakeBackend>>,
    Extension(sighted): Extension<Sighted>,
    RawQuery(text): RawQuery,
) -> Result<Response> {
    let flags = Flag::ALL.map(Flag::id);
    let names: Vec<&str> = DetailsAsk::PARTS.into_iter().chain(flags).collect();
    let asked = Asked::read(backend, sighted, text.as_deref(), &names).await?;
    let (ask, problems) = DetailsAsk::read(&asked.own);
    require_all(&problems)?;
    let found = ask.matching(&asked.kept);
    let lines: Vec<_> = found.into_iter().map(person).collect();
    if asked.is_file {
        return Ok(file("registration-details", &PERSON, lines));
    }
    let answer = json!({
        "all": asked.kept.people.len(),
        "rows": objects(lines),
        "imported": imported(asked.kept.newest(0)),
    });
    Ok(Json(answer).into_response())
}

/// Names of what is said of a person.
const PERSON: [&str; 15] = [
    "user_id",
    "username",
    "user",
    "user_type",
    "admin",
    "mfa_registered",
    "mfa_capable",
    "passwordless_capable",
    "reset_registered",
    "reset_enabled",
    "reset_capable",
    "system_preferred",
    "default_method",
    "methods",
    "last_updated",
];

fn person(person: &Registered) -> Vec<(&'static str, Value)> {
    let values = PERSON.into_iter().map(|name| {
        let value = match name {
            "user_id" => json!(person.user_id),
            "username" => json!(person.username),
            "user" => json!(person.display_name),
            "user_type" => json!(person.user_type),
            "default_method" => json!(person.default_method),
            "methods" => json!(person.methods),
            "last_updated" => json!(person.last_updated.map(time::write)),
            flag => {
                let known = Flag::ALL.into_iter().find(|known| known.id() == flag);
                json!(known.and_then(|flag| person.flag(flag)))
            }
        };
        (name, value)
    });
    values.collect()
}

/// `registration-events`: what was registered and reset.
pub async fn events(
    State(backend): State<Arc<LakeBackend>>,
    Extension(sighted): Extension<Sighted>,
    RawQuery(text): RawQuery,
) -> Result<Response> {
    let asked = Asked::read(backend, sighted, text.as_deref(), &EventsAsk::PARTS).await?;
    let (ask, problems) = EventsAsk::read(&asked.own, asked.window);
    require_all(&problems)?;
    let lines: Vec<_> = ask.matching(&asked.kept, &asked.clock).map(event).collect();
    if asked.is_file {
        return Ok(file("registration-events", &EVENT, lines));
    }
    let answer = json!({
        "all": asked.kept.events.len(),
        "rows": objects(lines),
        "imported": imported(asked.kept.newest(1)),
    });
    Ok(Json(answer).into_response())
}

/// Names of what is said of an event.
const EVENT: [&str; 8] = [
    "date",
    "user_id",
    "username",
    "user",
    "feature",
    "method",
    "status",
    "failure_reason",
];

fn event(event: &RegistrationEvent) -> Vec<(&'static str, Value)> {
    let status = event.is_success.map(|is_success| match is_success {
        true => "success",
        false => "failure",
    });
    let values = [
        json!(time::write(event.at)),
        json!(event.user_id),
        json!(event.username),
        json!(event.display_name),
        json!(event.feature),
        json!(event.method),
        json!(status),
        json!(event.failure_reason),
    ];
    EVENT.into_iter().zip(values).collect()
}

fn objects(lines: Vec<Vec<(&str, Value)>>) -> Vec<Value> {
    let object = |line: Vec<(&str, Value)>| {
        let fields = line
            .into_iter()
            .map(|(name, value)| (name.to_owned(), value));
        Value::Object(Map::from_iter(fields))
    };
    lines.into_iter().map(object).collect()
}

/// A file. Names come from files of others: what a spreadsheet would run is guarded.
fn file(name: &'static str, names: &[&str], lines: Vec<Vec<(&str, Value)>>) -> Response {
    let mut file = ReportFile::new();
    file.push(names);
    for line in lines {
        file.push(line.into_iter().map(|(_, value)| match value {
            Value::Null => String::new(),
            Value::String(text) => text,
            Value::Array(items) => {
                let items: Vec<&str> = items.iter().filter_map(Value::as_str).collect();
                items.join("; ")
            }
            other => other.to_string(),
        }));
    }
    file.answer(name)
}
