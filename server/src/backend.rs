//! What the pages ask, answered from the lake.

use std::sync::Arc;
use std::time::{Duration, Instant};

use app::backend::{
    Answer as OnItsWay, Backend, BackendError, Counts, Detail, Rejected, Row, Rows,
};
use chrono::{DateTime, Utc};
use lake::{Lake, LakeError};
use model::answer::{Answer, Page, Span};
use model::ask::{Ask, PageAsk};
use model::import::ImportProgress;
use model::query::{Query, Sort};
use model::{Column, Tab, present};
use tokio::sync::{Mutex, watch};

use explorer::View;

use crate::cli::CliError;
use crate::config::Config;
use crate::jobs::imports::Imports;
use crate::jobs::memory::Memory;
use crate::limits::{Deadline, QueryError, Turns};
use crate::reason;
use crate::tenant_name::TenantName;

/// How old the known state of the tables may be: what another process imports is seen after so long.
const STALE_AFTER: Duration = Duration::from_secs(1);
/// Queries that run at the same time; more wait for their turn.
const QUERIES_AT_ONCE: usize = 4;
/// How long a query may run.
const QUERY_TIME: Duration = Duration::from_secs(60);
/// Most characters of a refused record that are shown.
const EXCERPT_CHARACTERS: usize = 160;

/// An answer, and where it was found.
#[derive(Debug, Clone, Default)]
pub struct Answered {
    /// The answer.
    pub answer: Answer,
    /// What gave it.
    pub source: AnswerSource,
    /// How long that took, in milliseconds, without waiting for a turn.
    pub engine_ms: f64,
}

/// What gave an answer. Both give the same one; the lake takes longer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, serde::Serialize)]
#[serde(rename_all = "lowercase")]
pub enum AnswerSource {
    /// The columns in memory.
    #[default]
    Memory,
    /// The tables, read by DataFusion.
    Lake,
}

/// The lake behind the pages.
pub struct LakeBackend {
    lake: Lake,
    memory: Arc<Memory>,
    imports: Imports,
    tenant_name: TenantName,
    refreshed: Mutex<Option<Instant>>,
    turns: Turns,
}

impl LakeBackend {
    /// A backend over the lake.
    ///
    /// # Errors
    /// When the folder for uploads cannot be made.
    pub fn new(lake: Lake, memory: Arc<Memory>, config: &Config) -> Result<LakeBackend, CliError> {
        Ok(LakeBackend {
            imports: Imports::new(lake.clone(), Arc::clone(&memory), config.upload_folder())?,
            memory,
            lake,
            tenant_name: TenantName::new(config),
            refreshed: Mutex::new(None),
            turns: Turns::new(QUERIES_AT_ONCE),
        })
    }

    /// Imports of this process.
    pub fn imports(&self) -> &Imports {
        &self.imports
    }

    /// The lake, with what other processes committed a moment ago.
    ///
    /// # Errors
    /// When its tables cannot be read.
    pub async fn lake(&self) -> Result<&Lake, LakeError> {
        // While one looks for commits, others go on with what is known.
        if let Ok(mut refreshed) = self.refreshed.try_lock()
            && refreshed.is_none_or(|moment| moment.elapsed() > STALE_AFTER)
        {
            self.lake.refresh().await?;
            *refreshed = Some(Instant::now());
        }
        Ok(&self.lake)
    }

    /// Rows of a query in its own tab, and exact numbers.
    ///
    /// # Errors
    /// When the tables cannot be read, or not in time.
    async fn page_with_counts(
        &self,
        query: &Query,
        columns: &[&'static Column],
        limit: usize,
    ) -> Result<(Rows, Counts), QueryError> {
        let mut ask = self.settled(page_ask(query, columns, limit)).await?;
        if self.holds(&ask).await? {
            ask.counts = true;
            ask.outcomes = true;
            let answer = self.answer(ask).await?.answer;
            return Ok((rows_of(answer.page), counts_of(answer.counts)));
        }
        // Memory may have the newest rows, though it cannot count all of them.
        let page = self.answer(ask).await?.answer.page;
        let counts = self.answer(counts_ask(query)).await?.answer.counts;
        Ok((rows_of(page), counts_of(counts)))
    }

    /// Whether memory has every sign-in that the ask is about.
    async fn holds(&self, ask: &Ask) -> Result<bool, QueryError> {
        let view = self.view(self.lake().await?).await;
        Ok(view.is_some_and(|view| covers(&view, ask, Utc::now())))
    }

    /// What is really asked: about an identifier, when one is searched for that is here. What is made of
    /// an ask's range and tabs has to be made of this one's.
    ///
    /// # Errors
    /// When the tables cannot be read, or not in time.
    pub async fn settled(&self, ask: Ask) -> Result<Ask, QueryError> {
        let Some(text) = ask.query.looked_up().map(str::to_owned) else {
            return Ok(ask);
        };
        let lake = self.lake().await?;
        if let Some(view) = self.view(lake).await {
            let is_whole = view.complete_from().is_none();
            let looking = move |_: &_| Some(view.has_identifier(&text));
            let deadline = Deadline::after(QUERY_TIME);
            if self.turns.compute(deadline, looking).await? {
                return Ok(ask.looked_up());
            }
            if is_whole {
                return Ok(ask);
            }
        }
        self.limited(lake.settled(ask)).await
    }

    /// Everything that is asked, from memory where it holds that.
    ///
    /// # Errors
    /// When the tables cannot be read, or not in time.
    pub async fn answer(&self, ask: Ask) -> Result<Answered, QueryError> {
        let ask = self.settled(ask).await?;
        let lake = self.lake().await?;
        let now = Utc::now();
        if let Some(view) = self.view(lake).await {
            let is_covered = covers(&view, &ask, now);
            if is_covered || may_fill(&ask) {
                let asked = ask.clone();
                let answering = move |stop: &_| {
                    let begun = Instant::now();
                    let answer = view.answer(&asked, now, stop)?;
                    Some((answer, milliseconds(begun)))
                };
                let deadline = Deadline::after(QUERY_TIME);
                let (answer, engine_ms) = self.turns.compute(deadline, answering).await?;
                let is_full = answer.page.as_ref().is_some_and(|page| page.next.is_some());
                if is_covered || is_full {
                    return Ok(Answered {
                        answer,
                        source: AnswerSource::Memory,
                        engine_ms,
                    });
                }
            }
        }
        let answering = async {
            let begun = Instant::now();
            let answer = lake.answer(&ask, now).await?;
            Ok((answer, milliseconds(begun)))
        };
        let (answer, engine_ms) = self.limited(answering).await?;
        Ok(Answered {
            answer,
            source: AnswerSource::Lake,
            engine_ms,
        })
    }

    /// Tells of each version of the lake that memory shows; `None` when nothing is held in memory.
    pub fn shown(&self) -> Option<watch::Receiver<Option<u64>>> {
        self.memory.is_on().then(|| self.memory.shown())
    }

    /// First and last sign-in of a tab; `None` when it has none.
    ///
    /// # Errors
    /// When the tables cannot be read, or not in time.
    pub async fn span_of(&self, tab: Tab) -> Result<Option<Span>, QueryError> {
        let lake = self.lake().await?;
        match self.view(lake).await {
            Some(view) if view.complete_from().is_none() => Ok(view.span(tab)),
            _ => self.limited(lake.span(tab)).await,
        }
    }

    /// The sign-ins in memory, unless they are behind the lake and have not got on for too long.
    async fn view(&self, lake: &Lake) -> Option<Arc<View>> {
        self.memory.view_at(lake.version().await)
    }

    /// Runs a query within the limits.
    ///
    /// # Errors
    /// When it fails, or has no answer in time.
    pub async fn limited<T>(
        &self,
        query: impl Future<Output = Result<T, LakeError>>,
    ) -> Result<T, QueryError> {
        self.turns.run(Deadline::after(QUERY_TIME), query).await
    }
}

fn milliseconds(begun: Instant) -> f64 {
    begun.elapsed().as_secs_f64() * 1_000.0
}

/// Whether memory has every sign-in that the ask is about.
fn covers(view: &View, ask: &Ask, now: DateTime<Utc>) -> bool {
    let (from, _) = ask.query.range.bounds(now);
    view.complete_from().is_none_or(|complete_from| {
        from.is_some_and(|from| from.timestamp_micros() >= complete_from)
    })
}

/// Whether the newest sign-ins alone may be the whole answer: a page that is full is.
fn may_fill(ask: &Ask) -> bool {
    let is_newest_first = ask.query.sort == Sort::default();
    let more =
        ask.counts || ask.histogram.is_some() || ask.facets.is_some() || ask.groups.is_some();
    ask.page.is_some() && is_newest_first && !more
}

/// Logs the failure and makes of it what a reader may see.
fn explain(what: &'static str, error: &QueryError) -> BackendError {
    let trace = uuid::Uuid::new_v4()
        .to_string()
        .chars()
        .take(8)
        .collect::<String>();
    // The engine's words may quote what was asked for, which names people: they are for debugging only.
    tracing::error!(trace, kind = error.kind(), "{what} failed");
    tracing::debug!(trace, error = %error, "details");
    let message = match error {
        QueryError::Slow { seconds } => format!(
            "Reading {what} took longer than {seconds} seconds and was ended. Narrow the time range or the filters."
        ),
        QueryError::Crowded => {
            format!("Could not read {what}: too many queries run at once. Try again in a moment.")
        }
        QueryError::Lake(_) => {
            format!("Could not read {what}. The log of the server says more; try again.")
        }
    };
    BackendError { message, trace }
}

impl Backend for LakeBackend {
    fn now(&self) -> DateTime<Utc> {
        Utc::now()
    }

    fn tenant_name(&self) -> String {
        self.tenant_name.get()
    }

    fn rows<'a>(
        &'a self,
        query: &'a Query,
        columns: &'a [&'static Column],
        limit: usize,
    ) -> OnItsWay<'a, Rows> {
        Box::pin(async move {
            let answered = self
                .answer(page_ask(query, columns, limit))
                .await
                .map_err(|error| explain("the sign-ins", &error))?;
            Ok(rows_of(answered.answer.page))
        })
    }

    fn rows_and_counts<'a>(
        &'a self,
        query: &'a Query,
        columns: &'a [&'static Column],
        limit: usize,
    ) -> OnItsWay<'a, (Rows, Counts)> {
        Box::pin(async move {
            self.page_with_counts(query, columns, limit)
                .await
                .map_err(|error| explain("the sign-ins", &error))
        })
    }

    fn counts<'a>(&'a self, query: &'a Query) -> OnItsWay<'a, Counts> {
        Box::pin(async move {
            let answered = self
                .answer(counts_ask(query))
                .await
                .map_err(|error| explain("the counts", &error))?;
            Ok(counts_of(answered.answer.counts))
        })
    }

    fn span(&self, tab: Tab) -> OnItsWay<'_, Option<(DateTime<Utc>, DateTime<Utc>)>> {
        Box::pin(async move {
            let span = self
                .span_of(tab)
                .await
                .map_err(|error| explain("the span of the sign-ins", &error))?;
            Ok(span.map(|span| (span.first, span.last)))
        })
    }

    fn detail<'a>(&'a self, request_id: &'a str) -> OnItsWay<'a, Option<Detail>> {
        Box::pin(async move {
            let read = async {
                let lake = self.lake().await?;
                self.limited(async {
                    let record = lake.record(request_id).await?;
                    let earlier = lake.earlier_versions(request_id).await?.len();
                    Ok((record, earlier))
                })
                .await
            };
            let (record, earlier_versions) =
                read.await.map_err(|error| explain("the sign-in", &error))?;
            let Some(record) = record else {
                return Ok(None);
            };
            let shape = ingest::record::Shape::parse(&record.shape)
                .map_or("record", ingest::record::Shape::label);
            let (sign_in, values) =
                ingest::record::sign_in_of(&record.raw, record.kind).unwrap_or_default();
            Ok(Some(Detail {
                tab: record.kind,
                values,
                sign_in,
                raw: record.raw,
                origin: record.origin,
                shape: shape.to_owned(),
                earlier_versions,
            }))
        })
    }

    fn import(&self, id: u64) -> Option<ImportProgress> {
        self.imports.progress(id)
    }

    fn imports(&self) -> Vec<ImportProgress> {
        self.imports.all()
    }

    fn rejects<'a>(&'a self, keys: &'a [i64]) -> OnItsWay<'a, Vec<Rejected>> {
        Box::pin(async move {
            let rejects = async {
                let lake = self.lake().await?;
                self.limited(lake.rejects_of(keys)).await
            }
            .await
            .map_err(|error| explain("the refused records", &error))?;
            Ok(rejects.into_iter().map(rejected).collect())
        })
    }
}

/// Asks for rows, with what the reason of each is worked out from.
fn page_ask(query: &Query, columns: &[&'static Column], limit: usize) -> Ask {
    let mut ask = Ask::of(query.clone());
    ask.page = Some(PageAsk {
        columns: reason::with_its_columns(columns),
        limit,
    });
    ask
}

fn rows_of(page: Option<Page>) -> Rows {
    let page = page.unwrap_or_default();
    let rows = page.rows.into_iter().map(|row| {
        let mut values = row.values;
        let (error_code, deciding_policy) = reason::taken(&mut values);
        Row {
            request_id: row.request_id,
            date: row.date,
            values,
            error_code,
            deciding_policy,
        }
    });
    Rows {
        rows: rows.collect(),
        next: page.next,
    }
}

fn counts_ask(query: &Query) -> Ask {
    let mut ask = Ask::of(query.clone());
    ask.counts = true;
    ask.outcomes = true;
    ask
}

fn counts_of(counts: Option<model::answer::Counts>) -> Counts {
    let counts = counts.unwrap_or_default();
    Counts {
        by_tab: counts.by_tab,
        by_outcome: counts.by_outcome,
    }
}

fn rejected(stored: lake::StoredReject) -> Rejected {
    Rejected {
        key: stored.key,
        origin: stored.reject.origin,
        line: stored.reject.line,
        detail: stored.reject.detail,
        excerpt: present::shortened(
            &String::from_utf8_lossy(&stored.reject.bytes),
            EXCERPT_CHARACTERS,
        ),
    }
}

/// The backend as the app's context has it.
pub fn shared(backend: &Arc<LakeBackend>) -> app::backend::SharedBackend {
    let backend: Arc<LakeBackend> = Arc::clone(backend);
    backend
}
