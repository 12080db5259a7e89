//! Merging small files and forgetting what is past its retention, from time to time.

use std::sync::Arc;
use std::time::Duration;

use lake::{Lake, LakeError};
use tokio::task::JoinHandle;
use tokio::time::{MissedTickBehavior, interval_at};

use super::memory::Memory;
use crate::config::Config;

/// How often retention is looked after when nothing is merged.
const RETENTION_MINUTES: u32 = 60;

/// Starts the job; ending the task ends it.
pub fn start(lake: Lake, memory: Arc<Memory>, config: &Config) -> JoinHandle<()> {
    let minutes = config.compact_every_minutes;
    let retention_days = config.retention_days;
    tokio::spawn(async move {
        let period = Duration::from_secs(
            60 * u64::from(if minutes == 0 {
                RETENTION_MINUTES
            } else {
                minutes
            }),
        );
        let mut ticks = interval_at(tokio::time::Instant::now() + period, period);
        ticks.set_missed_tick_behavior(MissedTickBehavior::Skip);
        loop {
            ticks.tick().await;
            forget(&lake, retention_days).await;
            // What is forgotten is gone from memory too, before merging keeps the cores busy.
            memory.catch_up(lake.version().await).await;
            if minutes > 0 {
                compact(&lake).await;
            }
        }
    })
}

async fn forget(lake: &Lake, retention_days: u32) {
    if retention_days > 0 {
        match lake.retain_days(retention_days).await {
            Ok(0) => {}
            Ok(forgotten) => tracing::info!(
                forgotten,
                retention_days,
                "sign-ins past their retention are forgotten"
            ),
            Err(error) => report(&error),
        }
    }
}

async fn compact(lake: &Lake) {
    match lake.compact().await {
        Ok(done) if done.merged_files > 0 || done.deleted_files > 0 => tracing::info!(
            merged_files = done.merged_files,
            written_files = done.written_files,
            deleted_files = done.deleted_files,
            "small files merged"
        ),
        Ok(_) => {}
        Err(error) => report(&error),
    }
}

fn report(error: &LakeError) {
    match error {
        LakeError::Busy(_) => tracing::debug!("upkeep waits: an import is being written"),
        other => {
            tracing::warn!(kind = other.kind(), "upkeep failed, it will be tried again");
            tracing::debug!(error = %other, "details");
        }
    }
}
