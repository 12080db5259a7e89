//! Keeping the sign-ins in memory in step with the lake.

use std::collections::BTreeSet;
use std::convert::Infallible;
use std::sync::Arc;
use std::time::{Duration, Instant};

use lake::Lake;
use tokio::task::JoinHandle;

use super::following::{FollowError, Following};
use super::memory::Memory;
use super::room::TooLarge;

/// How often the lake is looked at for what others committed.
const LOOK_EVERY: Duration = Duration::from_secs(1);
/// A version that could not be loaded is tried again after so long, also when none follows it.
const TRY_AGAIN: Duration = Duration::from_secs(15);

/// Starts the job; ending the task ends it.
pub fn start(lake: Lake, memory: Arc<Memory>) -> JoinHandle<()> {
    tokio::spawn(async move {
        let explorer = Arc::clone(memory.explorer());
        let mut failed: Option<(u64, Instant)> = None;
        let mut too_large = TooLarge::default();
        let mut is_first = true;
        loop {
            let version = lake.version().await;
            let shown = explorer.view().map(|view| view.version());
            memory.compare(version);
            if memory.is_on()
                && (is_first || shown != Some(version))
                && failed
                    .is_none_or(|(failed, when)| failed != version || when.elapsed() > TRY_AGAIN)
            {
                let followed = tokio::select! {
                    followed = follow(&lake, &memory, &mut too_large) => followed,
                    never = watch(&lake, &memory) => match never {},
                };
                match followed {
                    Ok(()) => is_first = false,
                    // Files may have been merged away while they were read: the next look finds others.
                    Err(error) => {
                        failed = Some((version, Instant::now()));
                        tracing::warn!("sign-ins could not be loaded, queries read the lake");
                        tracing::debug!(error = %error, "details");
                    }
                }
            }
            // Sooner when somebody waits; otherwise because the time is up.
            tokio::time::timeout(LOOK_EVERY, memory.waited_for())
                .await
                .ok();
            if let Err(error) = lake.refresh().await {
                tracing::debug!(error = %error, "details");
            }
        }
    })
}

/// Looks at the lake while memory follows it, which may take long: meanwhile memory can fall behind.
async fn watch(lake: &Lake, memory: &Memory) -> Infallible {
    loop {
        tokio::time::sleep(LOOK_EVERY).await;
        if let Err(error) = lake.refresh().await {
            tracing::debug!(error = %error, "details");
        }
        memory.compare(lake.version().await);
    }
}

/// Takes what the lake has now, newest days first, until memory is full.
async fn follow(lake: &Lake, memory: &Memory, too_large: &mut TooLarge) -> Result<(), FollowError> {
    let explorer = memory.explorer();
    let begun = Instant::now();
    let wanted = lake.data_files().await?;
    let mut following = Following::new(
        lake,
        explorer,
        memory.limit_bytes(),
        wanted.version,
        too_large,
    );
    let kept: BTreeSet<String> = wanted.files.iter().map(|file| file.name.clone()).collect();
    // What the lake has no more takes no room from what it has; readers keep what they are shown.
    explorer.forget_all_but(&kept, &kept);
    following.too_large.keep(&kept);
    let mut is_all = following.take(&wanted.files).await?;
    // Whoever waits need not wait for what only makes later questions quicker.
    memory.tell(following.version);
    explorer.forget_all_but(&following.taken, &kept);
    if following.discard_when_stale().await? {
        is_all = following.take(&wanted.files).await?;
        explorer.forget_all_but(&following.taken, &kept);
    }
    if let Some(trouble) = explorer.snapshot_trouble() {
        tracing::warn!(
            "the snapshot of the sign-ins in memory could not be written; the next start takes longer"
        );
        tracing::debug!(error = %trouble, "details");
    }
    if let Some(view) = explorer.view() {
        let warmed = Arc::clone(&view);
        tokio::task::spawn_blocking(move || warmed.warm()).await?;
        tracing::info!(
            rows = view.rows(),
            restored_rows = following.restored_rows,
            read_rows = following.read_rows,
            is_all,
            memory_bytes = view.size_bytes(),
            elapsed_ms = u64::try_from(begun.elapsed().as_millis()).unwrap_or(u64::MAX),
            "sign-ins are in memory"
        );
    }
    Ok(())
}
