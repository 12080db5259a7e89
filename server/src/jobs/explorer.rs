//! Keeping the sign-ins in memory in step with the lake.

use std::collections::BTreeSet;
use std::sync::Arc;
use std::time::{Duration, Instant};

use explorer::{Explorer, LoadError, numbered_columns, plain_columns};
use lake::{Lake, LakeError};
use tokio::task::JoinHandle;

/// How often the lake is looked at for what others committed.
const LOOK_EVERY: Duration = Duration::from_secs(1);
/// Memory of a row, about, in bytes: more rows than fit are not loaded.
const ROW_BYTES: u64 = 200;

/// Why memory could not follow the lake.
#[derive(Debug, thiserror::Error)]
enum FollowError {
    #[error(transparent)]
    Lake(#[from] LakeError),
    #[error(transparent)]
    Load(#[from] LoadError),
    #[error("a part of the loading ended before its time")]
    Task(#[from] tokio::task::JoinError),
}

/// Starts the job; ending the task ends it. It holds at most about `memory_mb` of sign-ins; with more,
/// or with 0, every query reads the lake.
pub fn start(lake: Lake, explorer: Arc<Explorer>, memory_mb: u64) -> JoinHandle<()> {
    tokio::spawn(async move {
        let mut failed_version = None;
        loop {
            let version = lake.version().await;
            let shown = explorer.view().map(|view| view.version());
            if memory_mb > 0 && shown != Some(version) && failed_version != Some(version) {
                match follow(&lake, &explorer, memory_mb).await {
                    Ok(()) => {}
                    // Files may have been merged away while they were read: the next look finds others.
                    Err(error) => {
                        failed_version = Some(version);
                        tracing::warn!("sign-ins could not be loaded, queries read the lake");
                        tracing::debug!(error = %error, "details");
                    }
                }
            }
            tokio::time::sleep(LOOK_EVERY).await;
            if let Err(error) = lake.refresh().await {
                tracing::debug!(error = %error, "details");
            }
        }
    })
}

async fn follow(lake: &Lake, explorer: &Arc<Explorer>, memory_mb: u64) -> Result<(), FollowError> {
    let begun = Instant::now();
    let wanted = lake.data_files().await?;
    let rows: u64 = wanted.files.iter().map(|file| file.rows).sum();
    if rows.saturating_mul(ROW_BYTES) > memory_mb << 20 {
        tracing::debug!(
            rows,
            memory_mb,
            "more sign-ins than memory is allowed to hold"
        );
        explorer.clear();
        return Ok(());
    }
    let (plain, numbered): (Vec<_>, Vec<_>) =
        (plain_columns().collect(), numbered_columns().collect());
    let mut loaded = 0u64;
    for file in &wanted.files {
        if explorer.has(&file.name) {
            continue;
        }
        let batches = lake.read_columns(file, &plain, &numbered).await?;
        let (explorer, name) = (Arc::clone(explorer), file.name.clone());
        tokio::task::spawn_blocking(move || explorer.take(&name, &batches)).await??;
        loaded += file.rows;
    }
    let names: BTreeSet<String> = wanted.files.into_iter().map(|file| file.name).collect();
    let follower = Arc::clone(explorer);
    let version = wanted.version;
    tokio::task::spawn_blocking(move || follower.publish(version, &names)).await?;
    if let Some(view) = explorer.view() {
        tracing::info!(
            rows = view.rows(),
            loaded,
            memory_bytes = view.size_bytes(),
            elapsed_ms = u64::try_from(begun.elapsed().as_millis()).unwrap_or(u64::MAX),
            "sign-ins are in memory"
        );
    }
    Ok(())
}
