//! What the pages ask, made into questions to memory and lake, and their answers into what the pages take.

mod detail;
pub mod limited;

use std::sync::Arc;
use std::time::Duration;

use app::backend::{Answer as OnItsWay, Backend, BackendError, Detail, Download, Rejected, Rows};
use app::groups::{GroupImport, GroupSeen, GroupWithSilent};
use app::registrations::RegistrationImport;
use chrono::{DateTime, Utc};
use lake::{Lake, LakeError};
use model::answer::{Counts, Groups as CountedGroups};
use model::ask::{Ask, PageAsk};
use model::import::ImportProgress;
use model::query::{Query, Range};
use model::registration::Registrations as Kept;
use model::tab::Tabs;
use model::{Column, Tab, present, reason};
use tokio::sync::watch;

use self::detail::detail_of;
use crate::answering::{AnswerSource, Answered, Asking, Engines};
use crate::api::download::Downloads;
use crate::cli::CliError;
use crate::config::Config;
use crate::folding;
use crate::groups::{Groups, Known};
use crate::jobs::imports::Imports;
use crate::jobs::memory::Memory;
use crate::limits::QueryError;
use crate::middleware::request_id;
use crate::registrations::Registrations;
use crate::tenant_name::TenantName;

/// Most characters of a refused record that are shown.
const EXCERPT_CHARACTERS: usize = 160;

/// The lake behind the pages.
pub struct LakeBackend {
    engines: Engines,
    imports: Imports,
    tenant_name: TenantName,
    downloads: Downloads,
    groups: Groups,
    registrations: Registrations,
}

impl LakeBackend {
    /// A backend over the lake.
    ///
    /// # Errors
    /// When the folder for uploads cannot be made.
    pub fn new(
        lake: Lake,
        memory: Arc<Memory>,
        groups: Groups,
        registrations: Registrations,
        config: &Config,
    ) -> Result<LakeBackend, CliError> {
        Ok(LakeBackend {
            imports: Imports::new(lake.clone(), Arc::clone(&memory), config.upload_folder())?,
            engines: Engines::new(lake, memory, groups.clone()),
            tenant_name: TenantName::new(config),
            downloads: Downloads::default(),
            groups,
            registrations,
        })
    }

    /// Imports of this process.
    pub fn imports(&self) -> &Imports {
        &self.imports
    }

    /// The imported groups.
    pub fn groups(&self) -> &Groups {
        &self.groups
    }

    /// The imported lists of what people registered.
    pub fn registrations(&self) -> &Registrations {
        &self.registrations
    }

    /// Downloads of this process.
    pub fn downloads(&self) -> &Downloads {
        &self.downloads
    }

    /// The lake, with what other processes committed a moment ago.
    ///
    /// # Errors
    /// When its tables cannot be read.
    pub async fn lake(&self) -> Result<&Lake, LakeError> {
        self.engines.lake().await
    }

    /// Tells of each version of the lake that memory shows; `None` when nothing is held in memory.
    pub fn shown(&self) -> Option<watch::Receiver<Option<u64>>> {
        self.engines.shown()
    }

    /// Begins the questions of a request, whose time runs from now.
    pub fn asking(&self) -> Asking<'_> {
        self.engines.asking()
    }

    /// All that a page asks, in one pass over memory or lake.
    ///
    /// # Errors
    /// When the tables cannot be read, or not in time.
    async fn whole(&self, ask: Ask) -> Result<app::backend::Answered, QueryError> {
        let asking = self.asking();
        let mut ask = asking.settled(ask).await?;
        let is_looked_up = is_looked_up(&ask);
        let mut page = None;
        let mut before = Duration::ZERO;
        if ask.page.is_some() && asks_more_than_rows(&ask) && !asking.holds(&ask).await? {
            // Memory may have the newest rows, though it cannot count all of them.
            let rows = Ask {
                page: ask.page.take(),
                counts: false,
                outcomes: false,
                histogram: None,
                series: None,
                facets: None,
                groups: None,
                ..ask.clone()
            };
            let rows = asking.answer_settled(rows).await?;
            before = rows.effort().engine;
            page = rows.answer.page;
        }
        let mut answered = asking.answer_settled(ask).await?;
        answered.answer.page = page.or(answered.answer.page);
        let mut effort = answered.effort();
        effort.engine += before;
        Ok(app::backend::Answered {
            is_from_lake: answered.source == AnswerSource::Lake,
            effort,
            answer: answered.answer,
            is_looked_up,
        })
    }

    /// The sign-ins of a query by person; nothing where nobody is in any group.
    async fn by_person(
        &self,
        known: &Known,
        query: &Query,
    ) -> Result<Option<CountedGroups>, QueryError> {
        if known.size().1 == 0 {
            return Ok(Some(CountedGroups::default()));
        }
        let answered = self.asking().answer(Known::ask(query.clone())).await?;
        Ok(answered.answer.groups)
    }
}

/// Whether a settled ask is about an identifier: see [`Ask::looked_up`].
fn is_looked_up(ask: &Ask) -> bool {
    let is_of_everything =
        ask.tabs == Tabs::ALL && ask.query.range == Range::ALL && ask.query.filters.is_empty();
    is_of_everything && ask.query.looked_up().is_some()
}

fn asks_more_than_rows(ask: &Ask) -> bool {
    ask.counts
        || ask.histogram.is_some()
        || ask.series.is_some()
        || ask.facets.is_some()
        || ask.groups.is_some()
}

/// Logs the failure and makes of it what a reader may see.
fn explain(what: &'static str, error: &QueryError) -> BackendError {
    let trace = request_id::current();
    // The engine's words may quote what was asked for, which names people: they are for debugging only.
    match error {
        // Whoever asked can mend that.
        QueryError::NoGroup { .. } => tracing::debug!(trace, kind = error.kind(), "{what} failed"),
        _ => tracing::error!(trace, kind = error.kind(), "{what} failed"),
    }
    tracing::debug!(trace, error = %error, "details");
    let message = match error {
        QueryError::Slow { seconds } => format!(
            "Reading {what} took longer than {seconds} seconds and was ended. Narrow the time range or the filters."
        ),
        QueryError::Far { .. } => {
            "These rows are not in memory any more. Narrow the time range or the filters, or read the list anew."
                .to_owned()
        }
        QueryError::Crowded => {
            format!("Could not read {what}: too many queries run at once. Try again in a moment.")
        }
        QueryError::NoGroup { name } => app::text::groups::unknown(&present::shortened(name, 80)),
        QueryError::Lake(LakeError::NoPlace) => {
            "The sign-in after which this page begins is not here any more. Start again from the first page."
                .to_owned()
        }
        QueryError::Lake(LakeError::TooLarge) => format!(
            "Reading {what} takes more memory than there is for it. Narrow the time range or the filters."
        ),
        QueryError::Lake(_) | QueryError::State(_) => {
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
                .asking()
                .answer(page_ask(query, columns, limit))
                .await
                .map_err(|error| explain("the sign-ins", &error))?;
            Ok(rows_of(answered))
        })
    }

    fn folded<'a>(
        &'a self,
        query: &'a Query,
        columns: &'a [&'static Column],
        limit: usize,
        is_counted: bool,
    ) -> OnItsWay<'a, app::backend::FoldedRows> {
        Box::pin(async move {
            let ask = folding::ask(query, columns, limit, is_counted);
            let answered = self.asking().answer(ask).await;
            let answered = answered.map_err(|error| explain("the sign-ins", &error))?;
            let by = model::folded::Alike::in_tab(query.tab);
            Ok(folding::rows(answered, columns.len(), &by))
        })
    }

    fn ask(&self, ask: Ask) -> OnItsWay<'_, app::backend::Answered> {
        Box::pin(async move {
            self.whole(ask)
                .await
                .map_err(|error| explain("the sign-ins", &error))
        })
    }

    fn counts<'a>(&'a self, query: &'a Query) -> OnItsWay<'a, Counts> {
        Box::pin(async move {
            let answered = self
                .asking()
                .answer(counts_ask(query))
                .await
                .map_err(|error| explain("the counts", &error))?;
            Ok(answered.answer.counts.unwrap_or_default())
        })
    }

    fn span(&self, tab: Tab) -> OnItsWay<'_, Option<(DateTime<Utc>, DateTime<Utc>)>> {
        Box::pin(async move {
            let span = self
                .asking()
                .span_of(tab)
                .await
                .map_err(|error| explain("the span of the sign-ins", &error))?;
            Ok(span.map(|span| (span.first, span.last)))
        })
    }

    fn detail<'a>(&'a self, request_id: &'a str) -> OnItsWay<'a, Option<Detail>> {
        Box::pin(async move {
            let read = async {
                let asking = self.asking();
                let lake = self.lake().await?;
                let reading = async {
                    let record = lake.record(request_id).await?;
                    let earlier = lake.earlier_versions(request_id).await?.len();
                    Ok((record, earlier))
                };
                asking.read(reading).await
            };
            let (record, earlier_versions) =
                read.await.map_err(|error| explain("the sign-in", &error))?;
            let Some(record) = record else {
                return Ok(None);
            };
            Ok(Some(detail_of(record, earlier_versions)))
        })
    }

    fn details<'a>(&'a self, request_ids: &'a [&'a str]) -> OnItsWay<'a, Vec<Detail>> {
        Box::pin(async move {
            let read = async {
                let asking = self.asking();
                let lake = self.lake().await?;
                asking.read(lake.records(request_ids)).await
            };
            let mut records = read
                .await
                .map_err(|error| explain("the sign-ins", &error))?;
            let found = request_ids.iter().filter_map(|id| records.remove(*id));
            Ok(found.map(|record| detail_of(record, 0)).collect())
        })
    }

    fn versions<'a>(&'a self, request_id: &'a str) -> OnItsWay<'a, Vec<Detail>> {
        Box::pin(async move {
            let read = async {
                let asking = self.asking();
                let lake = self.lake().await?;
                let reading = async {
                    let mut records = lake.earlier_versions(request_id).await?;
                    records.extend(lake.record(request_id).await?);
                    Ok(records)
                };
                asking.read(reading).await
            };
            let records = read
                .await
                .map_err(|error| explain("the versions of the sign-in", &error))?;
            let numbered = records.into_iter().enumerate();
            Ok(numbered
                .map(|(earlier, record)| detail_of(record, earlier))
                .collect())
        })
    }

    fn ask_memory(&self, ask: Ask) -> OnItsWay<'_, Option<app::backend::Answered>> {
        Box::pin(async move {
            let answering = async {
                let asking = self.asking();
                let ask = asking.settled(ask).await?;
                match asking.holds(&ask).await? {
                    true => asking.answer_settled(ask).await.map(Some),
                    false => Ok(None),
                }
            };
            let answered = answering
                .await
                .map_err(|error| explain("the sign-ins", &error))?;
            Ok(answered.map(|answered| app::backend::Answered {
                answer: answered.answer,
                ..app::backend::Answered::default()
            }))
        })
    }

    fn import(&self, id: u64) -> Option<ImportProgress> {
        self.imports.progress(id)
    }

    fn imports(&self) -> Vec<ImportProgress> {
        self.imports.all()
    }

    fn download(&self, id: &str) -> Option<Download> {
        let standing = self.downloads.standing(id)?;
        Some(Download {
            name: standing.name,
            written: standing.written,
            rows: standing.rows,
            is_done: standing.is_done,
            is_broken: standing.is_broken,
        })
    }

    fn groups<'a>(&'a self, query: &'a Query) -> OnItsWay<'a, Vec<GroupSeen>> {
        Box::pin(async move {
            let read = async {
                let known = self.groups.known().await?;
                let counted = self.by_person(&known, query).await?;
                Ok(known.seen(counted.as_ref()))
            };
            read.await.map_err(|error| explain("the groups", &error))
        })
    }

    fn group<'a>(
        &'a self,
        word: &'a str,
        query: &'a Query,
    ) -> OnItsWay<'a, Option<GroupWithSilent>> {
        Box::pin(async move {
            let read = async {
                let known = self.groups.known().await?;
                let counted = self.by_person(&known, query).await?;
                Ok(known.one(word, counted.as_ref()))
            };
            read.await.map_err(|error| explain("the group", &error))
        })
    }

    fn group_import(&self, id: u64) -> Option<GroupImport> {
        self.groups.outcome(id)
    }

    fn registrations(&self) -> OnItsWay<'_, Arc<Kept>> {
        Box::pin(async move {
            let kept = self.registrations.kept().await.map_err(QueryError::from);
            kept.map_err(|error| explain("the imported lists", &error))
        })
    }

    fn registration_import(&self, id: u64) -> Option<RegistrationImport> {
        self.registrations.outcome(id)
    }

    fn rejects<'a>(&'a self, keys: &'a [i64]) -> OnItsWay<'a, Vec<Rejected>> {
        Box::pin(async move {
            let rejects = async {
                let asking = self.asking();
                let lake = self.lake().await?;
                asking.read(lake.rejects_of(keys)).await
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
        skip: 0,
    });
    ask
}

fn rows_of(answered: Answered) -> Rows {
    let is_from_lake = answered.source == AnswerSource::Lake;
    Rows::of(answered.answer.page.unwrap_or_default(), is_from_lake)
}

fn counts_ask(query: &Query) -> Ask {
    let mut ask = Ask::of(query.clone());
    ask.counts = true;
    ask.outcomes = true;
    ask
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
