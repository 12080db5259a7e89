//! How much is asked of memory and of the lake at the same time, and how long a request may take: one
//! reader's question must not keep all others waiting.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use lake::LakeError;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tokio::time::{Instant, timeout_at};

/// Why a query has no answer.
#[derive(Debug, thiserror::Error)]
pub enum QueryError {
    /// The lake failed.
    #[error(transparent)]
    Lake(#[from] LakeError),
    /// It ran too long and was ended.
    #[error("the query took longer than {seconds} seconds; narrow the time range or the filters")]
    Slow {
        /// What was allowed.
        seconds: u64,
    },
    /// A filter names a group that is not here.
    #[error(
        "no group `{name}` is here; bring its members in on the Groups page or with `vestibule groups import`, or take the filter out"
    )]
    NoGroup {
        /// What the filter calls it.
        name: String,
    },
    /// The groups cannot be read.
    #[error(transparent)]
    State(#[from] state::StateError),
    /// Rows so far into a list can only be told from memory, which does not hold the list.
    #[error(
        "rows behind more than {most} others are only found in memory, which does not reach back that far; narrow the time range or the filters"
    )]
    Far {
        /// How many rows may be passed over.
        most: usize,
    },
    /// It was never its turn.
    #[error("too many queries at once; try again in a moment")]
    Crowded,
}

impl QueryError {
    /// What kind of failure it is, in a word that holds nothing of the log's contents.
    pub fn kind(&self) -> &'static str {
        match self {
            QueryError::Lake(error) => error.kind(),
            QueryError::Slow { .. } => "slow query",
            QueryError::NoGroup { .. } => "unknown group",
            QueryError::State(_) => "state",
            QueryError::Far { .. } => "rows too far into a list",
            QueryError::Crowded => "too many queries",
        }
    }
}

/// When a request has to be answered, however many questions and turns that takes.
#[derive(Debug, Clone, Copy)]
pub struct Deadline {
    until: Instant,
    allowed: Duration,
}

impl Deadline {
    /// A request that begins now and may take so long.
    pub fn after(allowed: Duration) -> Deadline {
        Deadline {
            until: Instant::now() + allowed,
            allowed,
        }
    }

    /// Waits for a turn.
    ///
    /// # Errors
    /// When it does not come in time.
    pub async fn wait<T>(self, turn: impl Future<Output = T>) -> Result<T, QueryError> {
        let turn = timeout_at(self.until, turn).await;
        turn.map_err(|_| QueryError::Crowded)
    }

    /// Waits for an answer.
    async fn run<T>(
        self,
        query: impl Future<Output = Result<T, LakeError>>,
    ) -> Result<T, QueryError> {
        match timeout_at(self.until, query).await {
            Ok(answer) => Ok(answer?),
            Err(_) => Err(QueryError::Slow {
                seconds: self.allowed.as_secs(),
            }),
        }
    }
}

/// Turns at something that answers.
pub struct Turns(Arc<Semaphore>);

impl Turns {
    /// So many at once; more wait.
    pub fn new(at_once: usize) -> Turns {
        Turns(Arc::new(Semaphore::new(at_once)))
    }

    async fn turn(&self, deadline: Deadline) -> Result<OwnedSemaphorePermit, QueryError> {
        let turn = deadline.wait(Arc::clone(&self.0).acquire_owned()).await?;
        turn.map_err(|_| QueryError::Crowded)
    }

    /// Runs a query when it is its turn.
    ///
    /// # Errors
    /// When the query fails, or has no answer in time.
    pub async fn run<T>(
        &self,
        deadline: Deadline,
        query: impl Future<Output = Result<T, LakeError>>,
    ) -> Result<T, QueryError> {
        let _turn = self.turn(deadline).await?;
        deadline.run(query).await
    }

    /// Computes on a thread that may do so for a while, when it is its turn. When nobody waits for the
    /// answer any more, the work is told to stop; its turn ends when it has.
    ///
    /// # Errors
    /// When there is no answer in time.
    pub async fn compute<T: Default + Send + 'static>(
        &self,
        deadline: Deadline,
        work: impl FnOnce(&AtomicBool) -> Option<T> + Send + 'static,
    ) -> Result<T, QueryError> {
        /// Stops the work when it is dropped.
        struct Stopping(Arc<AtomicBool>);
        impl Drop for Stopping {
            fn drop(&mut self) {
                self.0.store(true, Ordering::Relaxed);
            }
        }
        let turn = self.turn(deadline).await?;
        let stopping = Stopping(Arc::default());
        let stop = Arc::clone(&stopping.0);
        let working = async {
            let work = move || {
                let _turn = turn;
                work(&stop)
            };
            Ok(tokio::task::spawn_blocking(work).await?)
        };
        // It stops only when nobody waits.
        Ok(deadline.run(working).await?.unwrap_or_default())
    }
}

#[cfg(test)]
mod tests {
    use std::sync::mpsc;

    use super::*;

    fn soon() -> Deadline {
        Deadline::after(Duration::from_millis(20))
    }

    #[tokio::test]
    async fn a_query_that_takes_too_long_is_ended_and_gives_its_turn_back() {
        let turns = Turns::new(1);
        let endless = turns.run(soon(), std::future::pending::<Result<(), LakeError>>());
        assert!(matches!(endless.await, Err(QueryError::Slow { .. })));
        assert!(matches!(turns.run(soon(), async { Ok(7) }).await, Ok(7)));
    }

    #[tokio::test]
    async fn a_query_does_not_wait_for_ever() {
        let turns = Turns::new(1);
        let _held = turns.turn(soon()).await.expect("a turn");
        let crowded = turns.run(soon(), async { Ok(7) }).await;
        assert!(matches!(crowded, Err(QueryError::Crowded)));
    }

    #[tokio::test]
    async fn work_that_nobody_waits_for_keeps_its_turn_until_it_ends() {
        let turns = Turns::new(1);
        let (let_end, end) = mpsc::channel::<()>();
        let (told, was_told) = mpsc::channel();
        let work = move |stop: &AtomicBool| {
            end.recv().ok();
            told.send(stop.load(Ordering::Relaxed)).ok();
            Some(())
        };
        let left = turns.compute(soon(), work).await;
        assert!(matches!(left, Err(QueryError::Slow { .. })));
        let next = turns.compute(soon(), |_| Some(7)).await;
        assert!(matches!(next, Err(QueryError::Crowded)));
        let_end.send(()).expect("the work goes on");
        let later = Deadline::after(Duration::from_secs(10));
        let next = turns.compute(later, |_| Some(7)).await;
        assert!(matches!(next, Ok(7)));
        assert_eq!(was_told.recv(), Ok(true));
    }

    #[tokio::test]
    async fn waiting_and_running_share_the_time() {
        let turns = Turns::new(1);
        let held = turns.turn(soon()).await.expect("a turn");
        let begun = Instant::now();
        let deadline = Deadline::after(Duration::from_millis(1_000));
        let endless = std::future::pending::<Result<(), LakeError>>();
        let give_back = async {
            tokio::time::sleep(Duration::from_millis(900)).await;
            drop(held);
        };
        let (answer, ()) = tokio::join!(turns.run(deadline, endless), give_back);
        assert!(matches!(answer, Err(QueryError::Slow { .. })));
        assert!(begun.elapsed() < Duration::from_millis(1_500));
    }
}
