//! `GET /api/v1/signins/stream`: tells how many sign-ins have come that a query finds.

use std::convert::Infallible;
use std::sync::Arc;
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
use crate::answering::Asking;
use crate::backend::LakeBackend;
use crate::limits::QueryError;

/// Streams that may be open at the same time.
const MOST_STREAMS: usize = 256;
/// How often a quiet stream shows that it is there.
const HEARTBEAT: Duration = Duration::from_secs(15);
/// How often the lake is looked at when memory tells nothing.
const LOOK_EVERY: Duration = Duration::from_secs(5);
/// A stream counts no more often: an import may commit many times in a second.
const COUNT_EVERY: Duration = Duration::from_secs(1);
/// How often it is looked at whether whoever opened a stream may still see it.
const ASK_AGAIN_EVERY: Duration = Duration::from_secs(5);

/// Room for streams, and when all of them end.
#[derive(Clone)]
pub struct Streams {
    room: Arc<Semaphore>,
    /// They count one after another, and leave the other turns at the lake to whoever asks.
    turn: Arc<Mutex<()>>,
    ending: watch::Receiver<bool>,
}

impl Streams {
    /// Streams that end when the server does.
    pub fn until(ending: watch::Receiver<bool>) -> Streams {
        Streams {
            room: Arc::new(Semaphore::new(MOST_STREAMS)),
            turn: Arc::default(),
            ending,
        }
    }

    fn enter(&self) -> Result<OwnedSemaphorePermit> {
        Arc::clone(&self.room).try_acquire_owned().map_err(|_| {
            ApiError::Busy(format!(
                "{MOST_STREAMS} streams are open, which is all there may be; close one, or try again later"
            ))
        })
    }
}

/// Opens a stream. It lives in the answer: when the client goes, nothing of it is left.
pub async fn open(
    State(backend): State<Arc<LakeBackend>>,
    State(streams): State<Streams>,
    State(access): State<Access>,
    Extension(viewer): Extension<Viewer>,
    RawQuery(text): RawQuery,
) -> Result<Response> {
    let place = streams.enter()?;
    let mut ask = Asked::read(text.as_deref(), &[])?.ask();
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
    let standing = Standing {
        access,
        viewer,
        looked: Instant::now(),
    };
    let events = stream::unfold((counter, standing), move |(mut counter, mut standing)| {
        let mut ending = ending.clone();
        async move {
            tokio::select! {
                () = ended(&mut ending) => None,
                () = standing.lost() => None,
                rows = counter.next() => {
                    let event = Event::default().event("new").data(json!({ "rows": rows }).to_string());
                    Some((Ok::<_, Infallible>(event), (counter, standing)))
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

/// Whether whoever opened a stream may still see it: they may be shut out, or sign out, while it is open.
struct Standing {
    access: Access,
    viewer: Viewer,
    looked: Instant,
}

impl Standing {
    /// Waits until they may not.
    async fn lost(&mut self) {
        loop {
            tokio::time::sleep_until(self.looked + ASK_AGAIN_EVERY).await;
            self.looked = Instant::now();
            // A state that does not answer now is asked again.
            if let Ok(false) = self.is_kept().await {
                return;
            }
        }
    }

    async fn is_kept(&self) -> std::result::Result<bool, state::StateError> {
        let Some(account_id) = &self.viewer.account_id else {
            return Ok(true);
        };
        let store = self.access.store();
        if let Some(hash) = &self.viewer.session_hash {
            let now_ms = Utc::now().timestamp_millis();
            if store.session(hash, now_ms).await?.is_none() {
                return Ok(false);
            }
        }
        let account = store.account(account_id).await?;
        let account = account.filter(|account| !account.is_disabled);
        Ok(account.is_some_and(|account| account.roles.may(Right::SignIns)))
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
    _place: OwnedSemaphorePermit,
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
                      ends with the server. At most 256 streams at the same time.",
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
