//! What people keep: where it lies, and the saved views for the pages.

use std::sync::Arc;

use app::backend::{Answer, BackendError};
use app::keeping::{Keeping, KeptView, KeptViews, SharedKeeping};
use chrono::Utc;
use state::{SavedView, StateError, Store};

use crate::config::Config;

/// How long the page offers to bring a deleted view back, in milliseconds.
const UNDO_MS: i64 = 60_000;

/// Opens the state where the configuration says that it lies.
///
/// # Errors
/// When it cannot be made, reached or read.
pub async fn open(config: &Config) -> Result<Store, StateError> {
    match &config.state {
        Some(address) => Store::connect(address.with_password()).await,
        None => Store::open(&config.state_folder()).await,
    }
}

/// What pages find in their context.
pub fn shared(store: &Store) -> SharedKeeping {
    Arc::new(StoreKeeping(store.clone()))
}

struct StoreKeeping(Store);

impl Keeping for StoreKeeping {
    fn views(&self, reader: Option<String>) -> Answer<'_, KeptViews> {
        Box::pin(async move {
            let views = self.kept(reader.as_deref()).await;
            views.map_err(|error| {
                tracing::error!(error = %error, "saved views cannot be read");
                BackendError {
                    message: app::text::views::UNREADABLE.to_owned(),
                    trace: String::new(),
                }
            })
        })
    }
}

impl StoreKeeping {
    async fn kept(&self, reader: Option<&str>) -> Result<KeptViews, StateError> {
        let view = |view: SavedView| KeptView {
            is_own: reader == Some(view.owner.as_str()),
            id: view.id,
            name: view.name,
            is_shared: view.is_shared,
            query: view.query,
        };
        let views = self.0.views(reader).await?;
        let deleted = match reader {
            Some(reader) => {
                let since_ms = Utc::now().timestamp_millis() - UNDO_MS;
                self.0.deleted_since(reader, since_ms).await?
            }
            None => None,
        };
        Ok(KeptViews {
            views: views.into_iter().map(view).collect(),
            deleted: deleted.map(view),
        })
    }
}
