//! `GET /api/v1/signins/stream`: tells how many sign-ins have come that a query finds.

use std::collections::HashMap;
use std::collections::hash_map::Entry;
use std::convert::Infallible;
use std::sync::{Arc, Mutex as StdMutex, PoisonError};
use std::time::Duration;

use app::viewer::Viewer;
use axum::Extension;
use axum::extract::{RawQuery, State};
use axum::http::header;
use axum::response::sse::{Event, KeepAlive, Sse};
use axum::response::{IntoResponse, Response};
use chrono::Utc;
use futures::stream;
use model::access::Right;
use model::ask::Ask;
use serde_json::{Value, json};
use tokio::sync::{Mutex, OwnedSemaphorePermit, Semaphore, watch};
use tokio::time::Instant;

use super::parameters::{self, Asked};
use super::{ApiError, Result, openapi};
use crate::access::Access;
use crate::access::identify::{Shown, may_still};
use crate::answering::Asking;
use crate::backend::LakeBackend;
use crate::limits::QueryError;
use crate::sight::Sighted;

/// Streams that may be open at the same time.
const MOST_STREAMS: usize = 256;
/// Those of one account, so that nobody takes the room of all.
const MOST_OF_ONE: usize = 32;
/// How often a quiet stream shows that it is there.
const HEARTBEAT: Duration = Duration::from_secs(15);
/// How often the lake is looked at when memory tells nothing.
const LOOK_EVERY: Duration = Duration::from_secs(5);
/// How often it is looked at whether whoever opened a stream still may.
const LOOK_WHO_EVERY: Duration = Duration::from_secs(10);
/// A stream counts no more often: an import may commit many times in a second.
const COUNT_EVERY: Duration = Duration::from_secs(1);

/// Room for streams, and when all of them end.
#[derive(Clone)]
pub struct Streams {
    room: Arc<Semaphore>,
    /// How many each account has open.
    open: Arc<StdMutex<HashMap<Option<String>, usize>>>,
    /// They count one after another, and leave the other turns at the lake to whoever asks.
    turn: Arc<Mutex<()>>,
    ending: watch::Receiver<bool>,
}

impl Streams {
    /// Streams that end when the server does.
    pub fn until(ending: watch::Receiver<bool>) -> Streams {
        Streams {
            room: Arc::new(Semaphore::new(MOST_STREAMS)),
            open: Arc::default(),
            turn: Arc::default(),
            ending,
        }
    }

    /// A place for a stream of this account.
    fn enter(&self, account_id: Option<&str>) -> Result<Place> {
        let all = |number: usize, whose: &str| {
            ApiError::Busy(format!(
                "{number} streams {whose}, which is all there may be; close one, or try again later"
            ))
        };
        let room = Arc::clone(&self.room).try_acquire_owned();
        let room = room.map_err(|_| all(MOST_STREAMS, "are open"))?;
        let account_id = account_id.map(str::to_owned);
        let mut open = self.open.lock().unwrap_or_else(PoisonError::into_inner);
        let of_account = open.entry(account_id.clone()).or_default();
        // Where there are no accounts, everybody is the same.
        if account_id.is_some() && *of_account >= MOST_OF_ONE {
            return Err(all(MOST_OF_ONE, "of this account are open"));
        }
        *of_account += 1;
        Ok(Place {
            _room: room,
            open: Arc::clone(&self.open),
            account_id,
        })
    }
}

/// The place of a stream, given back when it ends.
struct Place {
    _room: OwnedSemaphorePermit,
    open: Arc<StdMutex<HashMap<Option<String>, usize>>>,
    account_id: Option<String>,
}

impl Drop for Place {
    fn drop(&mut self) {
        let mut open = self.open.lock().unwrap_or_else(PoisonError::into_inner);
        if let Entry::Occupied(mut of_account) = open.entry(self.account_id.take()) {
            match of_account.get() {
                0 | 1 => drop(of_account.remove()),
                _ => *of_account.get_mut() -= 1,
            }
        }
    }
}

/// Opens a stream. It lives in the answer: when the client goes, nothing of it is left.
pub async fn open(
    State(backend): State<Arc<LakeBackend>>,
    State(streams): State<Streams>,
    State(access): State<Access>,
    (Extension(viewer), Extension(shown)): (Extension<Viewer>, Extension<Shown>),
    Extension(sighted): Extension<Sighted>,
    RawQuery(text): RawQuery,
) -> Result<Response> {
    let place = streams.enter(viewer.account_id.as_deref())?;
    let mut ask = Asked::read(&backend, &sighted, text.as_deref(), &[])
        .await?
        .ask();
    parameters::fix_range(&mut ask.query, Utc::now());
    ask.counts = true;
    let news = News::of(&backend).await?;
    let asking = backend.asking();
    let turn = asking.deadline().wait(streams.turn.lock()).await?;
    let rows_before = count(asking, &ask).await?;
    drop(turn);
    let ending = streams.ending;
    let counter = Counter {
        rows_before,
        told: 0,
        counted: Instant::now(),
        news,
        ask,
        backend,
        turn: streams.turn,
        _place: place,
    };
    let shut_out = Box::pin(may_no_more(access, shown));
    let events = stream::unfold((counter, shut_out), move |(mut counter, mut shut_out)| {
        let mut ending = ending.clone();
        async move {
            tokio::select! {
                () = ended(&mut ending) => None,
                () = shut_out.as_mut() => None,
                rows = counter.next() => {
                    let event = Event::default().event("new").data(json!({ "rows": rows }).to_string());
                    Some((Ok::<_, Infallible>(event), (counter, shut_out)))
                }
            }
        }
    });
    let events = Sse::new(events).keep_alive(KeepAlive::new().interval(HEARTBEAT));
    Ok(([(header::CACHE_CONTROL, "no-store")], events).into_response())
}

/// Waits until the server ends.
async fn ended(ending: &mut watch::Receiver<bool>) {
    // One that cannot be told any more ends too.
    ending.wait_for(|is_ending| *is_ending).await.ok();
}

/// Waits until whoever opened the stream may not any more: signed out, disabled, without the right, or with a token that
/// has ended.
async fn may_no_more(access: Access, shown: Shown) {
    loop {
        tokio::time::sleep(LOOK_WHO_EVERY).await;
        match may_still(&access, &shown, Right::SignIns).await {
            Ok(true) => {}
            Ok(false) => return,
            Err(error) => {
                tracing::warn!("a stream ends: who opened it cannot be found out");
                tracing::debug!(error = %error, "details");
                return;
            }
        }
    }
}

/// Counts what a query finds by and by.
struct Counter {
    rows_before: u64,
    /// What was told last.
    told: u64,
    counted: Instant,
    news: News,
    ask: Ask,
    backend: Arc<LakeBackend>,
    turn: Arc<Mutex<()>>,
    _place: Place,
}

impl Counter {
    /// Waits until there are more sign-ins than before, or fewer, and says how many came since the beginning.
    async fn next(&mut self) -> u64 {
        loop {
            self.news.wait(&self.backend).await;
            tokio::time::sleep_until(self.counted + COUNT_EVERY).await;
            let turn = self.turn.lock().await;
            let rows = count(self.backend.asking(), &self.ask).await;
            drop(turn);
            self.counted = Instant::now();
            match rows {
                Ok(rows) => {
                    let new = rows.saturating_sub(self.rows_before);
                    if new != self.told {
                        self.told = new;
                        return new;
                    }
                }
                Err(error) => {
                    tracing::warn!(
                        kind = error.kind(),
                        "a stream could not count, and will again"
                    );
                    tracing::debug!(error = %error, "details");
                    self.news.version = None;
                }
            }
        }
    }
}

async fn count(asking: Asking<'_>, ask: &Ask) -> std::result::Result<u64, QueryError> {
    // The counts are of all tabs, and an identifier may have come since that is asked about in all of them.
    let ask = asking.settled(ask.clone()).await?;
    let tabs = ask.tabs;
    let answered = asking.answer_settled(ask).await?;
    let counts = answered.answer.counts.unwrap_or_default();
    Ok(counts.of_tabs(tabs))
}

/// Tells when a count may be another one.
struct News {
    /// What memory shows; `None` when it holds nothing.
    shown: Option<watch::Receiver<Option<u64>>>,
    /// Version of the lake that was counted last; `None` when none was.
    version: Option<u64>,
}

impl News {
    async fn of(backend: &LakeBackend) -> Result<News> {
        let mut shown = backend.shown();
        if let Some(shown) = &mut shown {
            shown.mark_unchanged();
        }
        Ok(News {
            shown,
            version: Some(backend.lake().await?.version().await),
        })
    }

    /// Waits for another version, in memory or, where memory tells nothing for a while, in the lake.
    async fn wait(&mut self, backend: &LakeBackend) {
        loop {
            if let Some(shown) = &mut self.shown {
                let changed = tokio::time::timeout(LOOK_EVERY, shown.changed());
                if let Ok(Ok(())) = changed.await {
                    self.version = *shown.borrow_and_update();
                    return;
                }
            } else {
                tokio::time::sleep(LOOK_EVERY).await;
            }
            // Tables that cannot be read now are looked at again.
            if let Ok(lake) = backend.lake().await {
                let version = Some(lake.version().await);
                if version != self.version {
                    self.version = version;
                    return;
                }
            }
        }
    }
}

/// The endpoint as the OpenAPI document has it.
pub fn described() -> Value {
    let mut described = openapi::Operation {
        id: "watchSignIns",
        summary: "how many sign-ins have come that a query finds",
        description: "Server-sent events. Each event new has as data {\"rows\": n}: how many more sign-ins there \
                      are than when the stream began, never less than none. A range that goes back from now \
                      begins where it began then. A comment shows every 15 seconds that the stream is alive. It \
                      ends with the server, and within ten seconds after whoever asks may not any more. At most 256 streams at the same time, and 32 of one account.",
        parameters: Vec::new(),
        answer: Value::Null,
    }
    .written();
    described["responses"] = openapi::responses(
        "text/event-stream",
        &openapi::text(),
        &["400", "500", "503"],
    );
    described
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nobody_takes_the_places_of_all() {
        let (_ending, until) = watch::channel(false);
        let streams = Streams::until(until);
        let of_ann: Vec<_> = (0..MOST_OF_ONE)
            .map(|_| streams.enter(Some("ann")).expect("a place"))
            .collect();
        assert!(streams.enter(Some("ann")).is_err());
        let of_bo = streams.enter(Some("bo"));
        assert!(of_bo.is_ok());
        drop(of_ann);
        assert!(streams.enter(Some("ann")).is_ok());
        drop(of_bo);
        let nobody: Vec<_> = (0..MOST_STREAMS)
            .map(|_| streams.enter(None).expect("a place"))
            .collect();
        assert!(streams.enter(Some("ann")).is_err());
        drop(nobody);
        assert!(streams.open.lock().expect("places").is_empty());
    }
}
