//! Forgetting lines of who looked at what that are past their retention, every day.

use std::time::Duration;

use chrono::Utc;
use state::{StateError, Store};
use tokio::task::JoinHandle;
use tokio::time::{MissedTickBehavior, interval_at};

/// When it is done first: what is waited for at the start comes before.
const FIRST_AFTER: Duration = Duration::from_secs(60);
/// How often it is done.
const EVERY: Duration = Duration::from_secs(24 * 60 * 60);
/// Milliseconds of a day.
const DAY_MS: i64 = 86_400_000;

/// Starts the job; ending the task ends it. With 0 days all is kept.
pub fn start(store: Store, days: u32) -> JoinHandle<()> {
    tokio::spawn(async move {
        if days == 0 {
            return;
        }
        let mut ticks = interval_at(tokio::time::Instant::now() + FIRST_AFTER, EVERY);
        ticks.set_missed_tick_behavior(MissedTickBehavior::Skip);
        loop {
            ticks.tick().await;
            let now_ms = Utc::now().timestamp_millis();
            match forget(&store, days, now_ms).await {
                Ok(0) => {}
                Ok(forgotten) => {
                    tracing::info!(forgotten, days, "lines of who looked at what are forgotten");
                }
                Err(error) => {
                    tracing::warn!("old lines of who looked at what are not forgotten yet");
                    tracing::debug!(error = %error, "details");
                }
            }
        }
    })
}

async fn forget(store: &Store, days: u32, now_ms: i64) -> Result<u64, StateError> {
    let before_ms = now_ms - i64::from(days) * DAY_MS;
    store.forget_access_events(before_ms, now_ms).await
}

#[cfg(test)]
mod tests {
    use state::{AccessAsk, AccessEvent};

    use super::*;

    #[tokio::test]
    async fn what_is_older_than_its_days_goes_and_the_record_stays_whole() {
        let folder = tempfile::tempdir().expect("a folder");
        let store = Store::open(folder.path()).await.expect("a state");
        let now_ms = Utc::now().timestamp_millis();
        let events: Vec<AccessEvent> = (0..10)
            .map(|days| AccessEvent {
                at_ms: now_ms - (9 - days) * DAY_MS,
                action: "query".to_owned(),
                ..AccessEvent::default()
            })
            .collect();
        store.record_access(&events).await.expect("recorded");
        assert_eq!(forget(&store, 400, now_ms).await.expect("a number"), 0);
        assert_eq!(forget(&store, 4, now_ms).await.expect("a number"), 5);
        assert_eq!(forget(&store, 4, now_ms).await.expect("a number"), 0);
        let left = store.access_events(&AccessAsk::default(), 100).await;
        let left = left.expect("events").events;
        assert_eq!((left.len(), left[0].1.action.as_str()), (6, "retention"));
        let checked = store.check_access_events().await.expect("looked at");
        assert_eq!(checked, (6, vec![]));
    }
}
