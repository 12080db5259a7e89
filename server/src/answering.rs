//! Who answers: memory where it holds what is asked about, else the lake (ADR 010 and 013).

use std::sync::Arc;
use std::time::{Duration, Instant};

use app::backend::Effort;
use chrono::{DateTime, Utc};
use explorer::View;
use lake::{Lake, LakeError};
use model::Tab;
use model::answer::{Answer, Span};
use model::ask::Ask;
use model::query::{Cursor, Sort};
use tokio::sync::{Mutex, watch};

use crate::groups::Groups;
use crate::jobs::memory::Memory;
use crate::limits::{Deadline, QueryError, Turns};

/// How old the known state of the tables may be: what another process imports is seen after so long.
const STALE_AFTER: Duration = Duration::from_secs(1);
/// Queries that the lake answers at the same time; more wait for their turn.
const LAKE_AT_ONCE: usize = 4;
/// Fewest that memory answers at the same time, on a machine with fewer cores.
const MEMORY_AT_ONCE: usize = 2;
/// Rows that the lake passes over for a page: it has to put all of them in order. Pages of it go on by cursors.
const MOST_PASSED_OVER: usize = 10_000;
/// How long a request may take, waiting included.
const REQUEST_TIME: Duration = Duration::from_secs(60);

/// An answer, and where it was found.
#[derive(Debug, Clone, Default)]
pub struct Answered {
    /// The answer.
    pub answer: Answer,
    /// What gave it.
    pub source: AnswerSource,
    /// How long that took, in milliseconds, without waiting for a turn.
    pub engine_ms: f64,
    /// How many sign-ins memory holds, where it gave the answer.
    pub held: Option<u64>,
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

/// Memory and lake, and how much may be asked of each at a time: answers from memory take a moment, and do
/// not wait behind those from the lake.
pub struct Engines {
    lake: Lake,
    memory: Arc<Memory>,
    groups: Groups,
    refreshed: Mutex<Option<Instant>>,
    memory_turns: Turns,
    lake_turns: Turns,
}

impl Engines {
    /// Both of them, with nobody asking yet.
    pub fn new(lake: Lake, memory: Arc<Memory>, groups: Groups) -> Engines {
        let cores = std::thread::available_parallelism().map_or(MEMORY_AT_ONCE, Into::into);
        Engines {
            lake,
            memory,
            groups,
            refreshed: Mutex::new(None),
            memory_turns: Turns::new(cores.max(MEMORY_AT_ONCE)),
            lake_turns: Turns::new(LAKE_AT_ONCE),
        }
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

    /// Tells of each version of the lake that memory shows; `None` when nothing is held in memory.
    pub fn shown(&self) -> Option<watch::Receiver<Option<u64>>> {
        self.memory.is_on().then(|| self.memory.shown())
    }

    /// Begins the questions of a request, whose time runs from now.
    pub fn asking(&self) -> Asking<'_> {
        Asking {
            engines: self,
            deadline: Deadline::after(REQUEST_TIME),
        }
    }
}

/// The questions of one request. They share its time.
#[derive(Clone, Copy)]
pub struct Asking<'a> {
    engines: &'a Engines,
    deadline: Deadline,
}

impl Asking<'_> {
    /// When the request has to be answered.
    pub fn deadline(&self) -> Deadline {
        self.deadline
    }

    /// What is really asked: about the people of the groups that are filtered by, about an identifier, when one
    /// is searched for that is here, and after a cursor that says all of its place. What is made of an ask's range and tabs has to be made of this one's.
    ///
    /// # Errors
    /// When the tables cannot be read, or not in time.
    pub async fn settled(&self, mut ask: Ask) -> Result<Ask, QueryError> {
        self.engines.groups.fill(&mut ask.query).await?;
        if ask.query.after.as_ref().is_some_and(Cursor::is_cut) {
            let lake = self.engines.lake().await?;
            ask = self.read(lake.placed(ask)).await?;
        }
        let Some(text) = ask.query.looked_up().map(str::to_owned) else {
            return Ok(ask);
        };
        if let Some(view) = self.view().await? {
            let is_whole = view.complete_from().is_none();
            let looking = move |_: &_| Some(view.has_identifier(&text));
            let turns = &self.engines.memory_turns;
            if turns.compute(self.deadline, looking).await? {
                return Ok(ask.looked_up());
            }
            if is_whole {
                return Ok(ask);
            }
        }
        let lake = self.engines.lake().await?;
        self.read(lake.settled(ask)).await
    }

    /// Everything that is asked, from memory where it holds that.
    ///
    /// # Errors
    /// When the tables cannot be read, or not in time.
    pub async fn answer(&self, ask: Ask) -> Result<Answered, QueryError> {
        let ask = self.settled(ask).await?;
        self.answer_settled(ask).await
    }

    /// The same for what is settled already.
    ///
    /// # Errors
    /// When the tables cannot be read, or not in time.
    pub async fn answer_settled(&self, ask: Ask) -> Result<Answered, QueryError> {
        let now = Utc::now();
        if let Some(view) = self.view().await? {
            let is_covered = covers(&view, &ask, now);
            if is_covered || may_fill(&ask) {
                let held = view.rows();
                let asked = ask.clone();
                let answering = move |stop: &_| {
                    let begun = Instant::now();
                    let answer = view.answer(&asked, now, stop)?;
                    Some((answer, milliseconds(begun)))
                };
                let turns = &self.engines.memory_turns;
                let (answer, engine_ms) = turns.compute(self.deadline, answering).await?;
                let is_full = answer.page.as_ref().is_some_and(|page| page.next.is_some());
                if is_covered || is_full {
                    return Ok(Answered {
                        answer,
                        source: AnswerSource::Memory,
                        engine_ms,
                        held: Some(held),
                    });
                }
            }
        }
        if ask
            .page
            .as_ref()
            .is_some_and(|page| page.skip > MOST_PASSED_OVER)
        {
            return Err(QueryError::Far {
                most: MOST_PASSED_OVER,
            });
        }
        let lake = self.engines.lake().await?;
        let answering = async {
            let begun = Instant::now();
            let answer = lake.answer(&ask, now).await?;
            Ok((answer, milliseconds(begun)))
        };
        let (answer, engine_ms) = self.read(answering).await?;
        Ok(Answered {
            answer,
            source: AnswerSource::Lake,
            engine_ms,
            held: None,
        })
    }

    /// Whether memory has every sign-in that a settled ask is about.
    ///
    /// # Errors
    /// When the tables cannot be read.
    pub async fn holds(&self, ask: &Ask) -> Result<bool, QueryError> {
        let view = self.view().await?;
        Ok(view.is_some_and(|view| covers(&view, ask, Utc::now())))
    }

    /// The sign-ins in memory, where these are all that a settled ask is about.
    ///
    /// # Errors
    /// When the tables cannot be read.
    pub async fn covering(&self, ask: &Ask) -> Result<Option<Arc<View>>, QueryError> {
        let view = self.view().await?;
        Ok(view.filter(|view| covers(view, ask, Utc::now())))
    }

    /// First and last sign-in of a tab; `None` when it has none.
    ///
    /// # Errors
    /// When the tables cannot be read, or not in time.
    pub async fn span_of(&self, tab: Tab) -> Result<Option<Span>, QueryError> {
        match self.view().await? {
            Some(view) if view.complete_from().is_none() => Ok(view.span(tab)),
            _ => {
                let lake = self.engines.lake().await?;
                self.read(lake.span(tab)).await
            }
        }
    }

    /// Runs a query over the lake when it is its turn.
    ///
    /// # Errors
    /// When it fails, or has no answer in time.
    pub async fn read<T>(
        &self,
        query: impl Future<Output = Result<T, LakeError>>,
    ) -> Result<T, QueryError> {
        self.engines.lake_turns.run(self.deadline, query).await
    }

    /// The sign-ins in memory, where these can be asked.
    async fn view(&self) -> Result<Option<Arc<View>>, LakeError> {
        let version = self.engines.lake().await?.version().await;
        Ok(self.engines.memory.view_at(version))
    }
}

impl Answered {
    /// How long the answer took and over how many sign-ins, for a page.
    pub fn effort(&self) -> Effort {
        Effort {
            // Nothing takes so long that it does not fit, and fractions of a microsecond are no news.
            engine: Duration::try_from_secs_f64(self.engine_ms / 1_000.0).unwrap_or_default(),
            held: self.held,
        }
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
    let more = ask.counts
        || ask.histogram.is_some()
        || ask.series.is_some()
        || ask.facets.is_some()
        || ask.groups.is_some()
        || ask.folded.is_some();
    ask.page.is_some() && is_newest_first && !more
}

#[cfg(test)]
mod tests {
    use model::Query;

    use super::*;
    use crate::jobs;

    async fn engines(folder: &std::path::Path, memory_mb: u64) -> Engines {
        let lake = Lake::open(&folder.join("lake")).await.expect("a lake");
        let memory = Memory::open(&folder.join("memory"), memory_mb);
        let store = state::Store::open(&folder.join("state")).await;
        Engines::new(lake, memory, Groups::new(store.expect("a store")))
    }

    #[tokio::test]
    async fn the_lake_does_not_pass_over_half_a_list() {
        let folder = tempfile::tempdir().expect("a folder");
        // Nothing is held in memory.
        let engines = &engines(folder.path(), 0).await;
        let page_behind = async |skip| {
            let mut ask = Ask::of(Query::default());
            ask.page = Some(model::ask::PageAsk {
                columns: Vec::new(),
                limit: 50,
                skip,
            });
            engines.asking().answer(ask).await
        };
        let near = page_behind(MOST_PASSED_OVER).await.expect("an answer");
        assert_eq!(near.source, AnswerSource::Lake);
        let far = page_behind(25_000_000).await;
        assert!(matches!(far, Err(QueryError::Far { .. })));
    }

    #[tokio::test]
    async fn memory_answers_while_the_lake_has_no_turn_left() {
        let folder = tempfile::tempdir().expect("a folder");
        let engines = engines(folder.path(), 64).await;
        let follower = jobs::explorer::start(engines.lake.clone(), Arc::clone(&engines.memory));
        let mut shown = engines.shown().expect("memory is on");
        shown.wait_for(Option::is_some).await.expect("shown");
        let asking = Asking {
            engines: &engines,
            deadline: Deadline::after(Duration::from_secs(10)),
        };
        let busy = futures::future::join_all(
            (0..LAKE_AT_ONCE).map(|_| asking.read(std::future::pending::<Result<(), LakeError>>())),
        );
        let answering = async {
            tokio::task::yield_now().await;
            let soon = Asking {
                deadline: Deadline::after(Duration::from_millis(100)),
                ..asking
            };
            let refused = soon.read(async { Ok(()) }).await;
            assert!(matches!(refused, Err(QueryError::Crowded)));
            let mut ask = Ask::of(Query::default());
            ask.counts = true;
            asking.answer(ask).await
        };
        tokio::select! {
            _ = busy => panic!("the lake has turns left"),
            answered = answering => {
                assert_eq!(answered.expect("an answer").source, AnswerSource::Memory);
            }
        }
        follower.abort();
    }
}
