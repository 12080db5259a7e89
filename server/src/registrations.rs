//! The imported lists of what people registered, and bringing them in.

use std::sync::{Arc, Mutex, PoisonError};

use app::registrations::{FileOfRegistrations, RegistrationImport};
use chrono::{DateTime, Utc};
use ingest::registration;
use model::registration::Registrations as Kept;
use state::{StateError, Store};
use tokio::sync::Semaphore;

use crate::remembered::{Remembered, not_kept};
use crate::sight::Sighted;

/// Copies under masks that are made at a time.
const COPIES_AT_ONCE: usize = 2;

/// The lists of this server. Clones share what they know.
#[derive(Clone)]
pub struct Registrations {
    store: Store,
    kept: Arc<Mutex<Option<AtChange>>>,
    masked: Arc<Mutex<Option<Masked>>>,
    copying: Arc<Semaphore>,
    imports: Remembered<RegistrationImport>,
}

/// What all lists say, and the number of the change after which it is so.
type AtChange = (i64, Arc<Kept>);

/// What was kept, and how it looks where names are masked.
type Masked = (Arc<Kept>, Arc<Kept>);

impl Registrations {
    /// The lists of a store.
    pub fn new(store: Store) -> Registrations {
        Registrations {
            store,
            kept: Arc::default(),
            masked: Arc::default(),
            copying: Arc::new(Semaphore::new(COPIES_AT_ONCE)),
            imports: Remembered::default(),
        }
    }

    /// What all lists say, read again when one changed, by whichever process.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn kept(&self) -> Result<Arc<Kept>, StateError> {
        let change = self.store.registrations_change().await?;
        let held = || self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((of, kept)) = held().as_ref()
            && *of == change
        {
            return Ok(Arc::clone(kept));
        }
        let kept = Arc::new(self.store.registrations().await?);
        *held() = Some((change, Arc::clone(&kept)));
        Ok(kept)
    }

    /// The lists as somebody sees them for whom names are masked. Of a large tenant that is a copy of hundreds of thousands
    /// of names: few are made at a time, and one is kept for all who see no more than others do.
    ///
    /// # Errors
    /// When the work was abandoned, as at the end of the process.
    pub async fn masked(
        &self,
        kept: Arc<Kept>,
        sighted: &Sighted,
    ) -> Result<Arc<Kept>, tokio::task::JoinError> {
        let is_usual = sighted.unmasks_nothing();
        let made = || {
            let held = self.masked.lock().unwrap_or_else(PoisonError::into_inner);
            let made = held
                .as_ref()
                .filter(|(of, _)| is_usual && Arc::ptr_eq(of, &kept));
            made.map(|(_, shown)| Arc::clone(shown))
        };
        if let Some(shown) = made() {
            return Ok(shown);
        }
        // It is never closed.
        let turn = Arc::clone(&self.copying).acquire_owned().await.ok();
        if let Some(shown) = made() {
            return Ok(shown);
        }
        let (sighted, of) = (sighted.clone(), Arc::clone(&kept));
        let shown = tokio::task::spawn_blocking(move || {
            let shown = sighted.registrations(of);
            // Whoever gives up waiting leaves the work, and its turn, to its end.
            drop(turn);
            shown
        })
        .await?;
        if is_usual {
            let mut held = self.masked.lock().unwrap_or_else(PoisonError::into_inner);
            *held = Some((kept, Arc::clone(&shown)));
        }
        Ok(shown)
    }

    /// Brings files in, each by itself. Gives the number of the import.
    pub async fn import(&self, files: Vec<(String, Vec<u8>)>, now: DateTime<Utc>) -> u64 {
        let mut outcome = RegistrationImport::default();
        for (file, bytes) in files {
            outcome.files.push(self.import_file(file, bytes, now).await);
        }
        self.imports.keep(outcome)
    }

    /// Brings one file in.
    pub async fn import_file(
        &self,
        file: String,
        bytes: Vec<u8>,
        now: DateTime<Utc>,
    ) -> FileOfRegistrations {
        let mut outcome = FileOfRegistrations {
            name: file.clone(),
            ..FileOfRegistrations::default()
        };
        let reading = tokio::task::spawn_blocking(move || registration::read(&bytes)).await;
        let read = match reading {
            Ok(Ok(read)) => read,
            Ok(Err(error)) => {
                outcome.problem = Some(error.to_string());
                return outcome;
            }
            Err(_) => {
                outcome.problem = Some("reading it was abandoned; try again".to_owned());
                return outcome;
            }
        };
        outcome.facts = read.lists.by_kind().map(|facts| facts as u64);
        outcome.has_more = read.has_more;
        outcome.skipped = read.skipped;
        outcome.first_skipped = read.first_skipped;
        if read.lists.is_empty() {
            outcome.problem = Some("no line of it could be read".to_owned());
            return outcome;
        }
        let kept = self
            .store
            .keep_registrations(
                &read.lists,
                &file,
                &read.content_key,
                now.timestamp_millis(),
            )
            .await;
        match kept {
            Ok(kept) => {
                outcome.is_known = kept.is_known;
                outcome.new = kept.new;
                outcome.changed = kept.changed;
                let [people, events, relying_parties, summaries, credentials] = outcome.facts;
                tracing::info!(
                    people,
                    events,
                    relying_parties,
                    summaries,
                    credentials,
                    new = kept.new,
                    changed = kept.changed,
                    skipped = outcome.skipped,
                    "registrations imported"
                );
            }
            Err(error) => {
                outcome.problem = Some(not_kept(&error));
            }
        }
        outcome
    }

    /// What came of an import of this process.
    pub fn outcome(&self, id: u64) -> Option<RegistrationImport> {
        self.imports.get(id)
    }

    /// Forgets a list with what it said last.
    ///
    /// # Errors
    /// When there is none of this name, or the database fails.
    pub async fn remove(&self, id: &str) -> Result<(), StateError> {
        self.store.remove_registration_list(id).await
    }
}
