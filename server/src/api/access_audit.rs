//! `GET /api/access-audit.csv`: the lines of the record that the page's address asks for, all of them, sent while they are
//! read.

use app::assemble::access_audit::AuditPlace;
use app::assemble::moments::Clock;
use app::text::access_audit as text;
use axum::body::Body;
use axum::extract::{RawQuery, State};
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use chrono::{DateTime, SecondsFormat, Utc};
use chrono_tz::Tz;
use futures::stream;
use state::{AccessAsk, AccessEvent, Store};

use super::download::csv::{BYTE_ORDER_MARK, push_cell};
use crate::keeping::access_ask;

/// Lines that are read at a time.
const LINES_AT_ONCE: i64 = 2_000;

/// Sends the file. What comes while it is sent is not in it.
pub async fn download(State(store): State<Store>, RawQuery(query): RawQuery) -> Response {
    let (place, problems, _) = AuditPlace::read(query.as_deref().unwrap_or_default());
    if let Some(problem) = problems.first() {
        let words = format!("{}: {}\n", problem.part, problem.message);
        return (StatusCode::BAD_REQUEST, words).into_response();
    }
    let now = Utc::now();
    let clock = Clock {
        now,
        zone: Tz::UTC,
        own_zone: Tz::UTC,
    };
    let mut ask = access_ask(place.from_the_newest().ask(&clock, 0));
    ask.to_ms = ask.to_ms.or(Some(now.timestamp_millis()));
    let sending = Sending {
        store,
        next: Some(ask),
        is_begun: false,
    };
    let lines = stream::try_unfold(sending, |mut sending| async move {
        let chunk = sending.chunk().await?;
        Ok::<_, state::StateError>(chunk.map(|chunk| (chunk, sending)))
    });
    let name = now
        .format("attachment; filename=\"access-audit-%Y-%m-%d.csv\"")
        .to_string();
    let mut response = Body::from_stream(lines).into_response();
    let headers = response.headers_mut();
    let kind = HeaderValue::from_static("text/csv; charset=utf-8");
    headers.insert(header::CONTENT_TYPE, kind);
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    if let Ok(name) = HeaderValue::from_str(&name) {
        headers.insert(header::CONTENT_DISPOSITION, name);
    }
    response
}

/// A file on its way.
struct Sending {
    store: Store,
    /// What is read next; `None` when all of it was.
    next: Option<AccessAsk>,
    is_begun: bool,
}

impl Sending {
    /// The next lines, which may be none where a search goes on; `None` at the end.
    async fn chunk(&mut self) -> Result<Option<Vec<u8>>, state::StateError> {
        let Some(ask) = self.next.take() else {
            return Ok(None);
        };
        let read = self.store.access_events(&ask, LINES_AT_ONCE).await;
        // The connection is broken off, so that nobody takes what there is of the file for all of it.
        let page = read.inspect_err(|error| {
            tracing::error!(error = %error, "the record cannot be read, and a download broke off");
        })?;
        let mut chunk = Vec::new();
        if !std::mem::replace(&mut self.is_begun, true) {
            chunk.extend_from_slice(BYTE_ORDER_MARK);
            push_line(text::FILE_COLUMNS, &mut chunk);
        }
        for (number, event) in &page.events {
            push_event(*number, event, &mut chunk);
        }
        self.next = page.next.map(|before| AccessAsk {
            before: Some(before),
            ..ask
        });
        Ok(Some(chunk))
    }
}

fn push_event(number: i64, event: &AccessEvent, chunk: &mut Vec<u8>) {
    let at = DateTime::from_timestamp_millis(event.at_ms).unwrap_or_default();
    let (number, at) = (
        number.to_string(),
        at.to_rfc3339_opts(SecondsFormat::Millis, true),
    );
    push_line(
        [
            &number,
            &at,
            &event.username,
            event.account_id.as_deref().unwrap_or_default(),
            &event.action,
            &event.subject,
            &event.address,
        ],
        chunk,
    );
}

/// Adds a line. Names and subjects are written by whoever asks: what a spreadsheet would run is guarded.
fn push_line<'a>(cells: impl IntoIterator<Item = &'a str>, chunk: &mut Vec<u8>) {
    for (index, cell) in cells.into_iter().enumerate() {
        if index > 0 {
            chunk.push(b',');
        }
        push_cell(cell, true, chunk);
    }
    chunk.extend_from_slice(b"\r\n");
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn all_lines_come_and_no_cell_is_run_by_a_spreadsheet() {
        let folder = tempfile::tempdir().expect("a folder");
        let store = Store::open(folder.path()).await.expect("a state");
        let now_ms = Utc::now().timestamp_millis();
        let events: Vec<AccessEvent> = (0..LINES_AT_ONCE * 2 + 1)
            .map(|number| AccessEvent {
                at_ms: now_ms - 1_000 - number,
                username: "=cmd|' /C calc'!A0".to_owned(),
                action: "query".to_owned(),
                subject: format!("/sign-ins?q=a,\"{number}\"\r\n-1"),
                ..AccessEvent::default()
            })
            .collect();
        store.record_access(&events).await.expect("recorded");
        let answer = download(State(store), RawQuery(Some("what=query".to_owned()))).await;
        assert_eq!(answer.status(), StatusCode::OK);
        let file = axum::body::to_bytes(answer.into_body(), usize::MAX).await;
        let file = file.expect("a file");
        let mut reader = csv::Reader::from_reader(&file[BYTE_ORDER_MARK.len()..]);
        let header: Vec<String> = reader
            .headers()
            .expect("a header")
            .iter()
            .map(str::to_owned)
            .collect();
        assert_eq!(header, text::FILE_COLUMNS);
        let lines: Vec<csv::StringRecord> =
            reader.records().map(|line| line.expect("a line")).collect();
        assert_eq!(lines.len(), events.len());
        for (line, event) in lines.iter().zip(&events) {
            assert_eq!(line.get(2), Some("'=cmd|' /C calc'!A0"));
            assert_eq!(line.get(5), Some(event.subject.as_str()));
            assert!(
                line.iter().all(|cell| !model::formula::is_formula(cell)),
                "{line:?}"
            );
        }
    }
}
