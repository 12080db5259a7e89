//! How many queries run at the same time, and how long one may take: one reader's question must not
//! keep all others waiting.

use std::time::Duration;

use lake::LakeError;
use tokio::sync::Semaphore;

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
            QueryError::Crowded => "too many queries",
        }
    }
}

/// The limits.
pub struct Limits {
    turns: Semaphore,
    time: Duration,
}

impl Limits {
    /// So many queries at once, each for so long. A query waits as long for its turn.
    pub fn new(at_once: usize, time: Duration) -> Limits {
        Limits {
            turns: Semaphore::new(at_once),
            time,
        }
    }

    /// Runs a query when it is its turn.
    ///
    /// # Errors
    /// When the query fails, takes too long, or has to wait too long.
    pub async fn run<T>(
        &self,
        query: impl Future<Output = Result<T, LakeError>>,
    ) -> Result<T, QueryError> {
        let turn = tokio::time::timeout(self.time, self.turns.acquire()).await;
        let _turn = turn.map_err(|_| QueryError::Crowded)?;
        match tokio::time::timeout(self.time, query).await {
            Ok(answer) => Ok(answer?),
            Err(_) => Err(QueryError::Slow {
                seconds: self.time.as_secs(),
            }),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_query_that_takes_too_long_is_ended_and_gives_its_turn_back() {
        let limits = Limits::new(1, Duration::from_millis(20));
        let endless = limits.run(std::future::pending::<Result<(), LakeError>>());
        assert!(matches!(endless.await, Err(QueryError::Slow { .. })));
        assert!(matches!(limits.run(async { Ok(7) }).await, Ok(7)));
    }

    #[tokio::test]
    async fn a_query_does_not_wait_for_ever() {
        let limits = Limits::new(1, Duration::from_millis(20));
        let _held = limits.turns.acquire().await.expect("open");
        let crowded = limits.run(async { Ok(7) }).await;
        assert!(matches!(crowded, Err(QueryError::Crowded)));
    }
}
