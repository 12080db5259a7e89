//! The file and the way to it.

use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, SystemTime};

use rusqlite::{Connection, OpenFlags, Transaction, TransactionBehavior};

use crate::{StateError, migrations};

/// Name of the file in its folder.
const FILE: &str = "state.sqlite";
/// How long to wait for another process that writes, such as a backup.
const PATIENCE: Duration = Duration::from_secs(5);

/// The open file. Clones share it.
#[derive(Clone)]
pub struct Store {
    writer: Arc<Mutex<Connection>>,
    /// A connection of its own, so that nobody who reads waits for the disk of somebody who writes.
    reader: Arc<Mutex<Connection>>,
}

impl Store {
    /// Opens the file in a folder, and makes both where they are missing.
    ///
    /// # Errors
    /// When the folder or the file cannot be made or read, or the file is of a later version.
    pub async fn open(folder: &Path) -> Result<Store, StateError> {
        let folder = folder.to_owned();
        blocking(move || {
            std::fs::create_dir_all(&folder).map_err(|source| StateError::Folder {
                folder: folder.clone(),
                source,
            })?;
            let file = folder.join(FILE);
            let mut connection = Connection::open(&file)?;
            connection.busy_timeout(PATIENCE)?;
            // Readers do not wait for writers, and what was answered is on the disk.
            connection.pragma_update(None, "journal_mode", "wal")?;
            connection.pragma_update(None, "synchronous", "full")?;
            connection.pragma_update(None, "foreign_keys", true)?;
            migrations::run(&mut connection, &file)?;
            crate::views::forget_deleted(&connection, now_ms())?;
            let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
            let reader = Connection::open_with_flags(&file, flags)?;
            reader.busy_timeout(PATIENCE)?;
            Ok(Store {
                writer: Arc::new(Mutex::new(connection)),
                reader: Arc::new(Mutex::new(reader)),
            })
        })
        .await
    }

    /// Runs statements that change something, all or none, on a thread that may wait for the disk.
    pub(crate) async fn run<T: Send + 'static>(
        &self,
        work: impl FnOnce(&Transaction<'_>) -> Result<T, StateError> + Send + 'static,
    ) -> Result<T, StateError> {
        within(&self.writer, TransactionBehavior::Immediate, work).await
    }

    /// The same for statements that only read.
    pub(crate) async fn read<T: Send + 'static>(
        &self,
        work: impl FnOnce(&Transaction<'_>) -> Result<T, StateError> + Send + 'static,
    ) -> Result<T, StateError> {
        within(&self.reader, TransactionBehavior::Deferred, work).await
    }
}

async fn within<T: Send + 'static>(
    connection: &Arc<Mutex<Connection>>,
    behaviour: TransactionBehavior,
    work: impl FnOnce(&Transaction<'_>) -> Result<T, StateError> + Send + 'static,
) -> Result<T, StateError> {
    let connection = Arc::clone(connection);
    blocking(move || {
        // What panicked before left no half-done work: its transaction was never committed.
        let mut connection = connection.lock().unwrap_or_else(PoisonError::into_inner);
        let transaction = connection.transaction_with_behavior(behaviour)?;
        let result = work(&transaction)?;
        transaction.commit()?;
        Ok(result)
    })
    .await
}

/// Milliseconds since 1970: what was deleted long ago is forgotten when the file is opened.
fn now_ms() -> i64 {
    let since = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH);
    since.map_or(0, |since| i64::try_from(since.as_millis()).unwrap_or(0))
}

async fn blocking<T: Send + 'static>(
    work: impl FnOnce() -> Result<T, StateError> + Send + 'static,
) -> Result<T, StateError> {
    tokio::task::spawn_blocking(work)
        .await
        .map_err(|_| StateError::Abandoned)?
}

/// A name that nobody can guess or has used: 16 letters and digits.
pub(crate) fn new_id() -> String {
    let id = uuid::Uuid::new_v4().simple().to_string();
    id.chars().take(16).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_file_of_a_later_version_is_left_alone() {
        let folder = tempfile::tempdir().expect("a folder");
        drop(Store::open(folder.path()).await.expect("a store"));
        let connection = Connection::open(folder.path().join(FILE)).expect("the file");
        connection
            .execute_batch("pragma user_version = 99")
            .expect("a later version");
        drop(connection);
        let refused = Store::open(folder.path()).await.err().expect("a refusal");
        assert!(matches!(refused, StateError::TooNew { found: 99, .. }));
        assert!(refused.to_string().contains("later version"));
    }

    #[tokio::test]
    async fn who_reads_does_not_wait_for_who_writes() {
        let folder = tempfile::tempdir().expect("a folder");
        let store = Store::open(folder.path()).await.expect("a store");
        let (begun, has_begun) = std::sync::mpsc::channel();
        let (let_end, end) = std::sync::mpsc::channel::<()>();
        let writer = store.clone();
        let writing = tokio::spawn(async move {
            let work = move |transaction: &Transaction<'_>| {
                transaction.execute(
                    "insert into short_link (id, query, made_ms) values ('a', 'q=a', 1)",
                    [],
                )?;
                begun.send(()).ok();
                end.recv().ok();
                Ok(())
            };
            writer.run(work).await
        });
        let waiting = tokio::task::spawn_blocking(move || has_begun.recv());
        waiting.await.expect("a thread").expect("it writes");
        let read = tokio::time::timeout(Duration::from_secs(10), store.linked_query("a", 1)).await;
        assert_eq!(read.expect("in time").expect("an answer"), None);
        let_end.send(()).expect("it waits");
        writing.await.expect("a thread").expect("it is written");
        let read = store.linked_query("a", 1).await.expect("an answer");
        assert_eq!(read.as_deref(), Some("q=a"));
    }

    #[tokio::test]
    async fn what_is_no_database_is_an_error_and_stays_as_it_is() {
        let folder = tempfile::tempdir().expect("a folder");
        let file = folder.path().join(FILE);
        std::fs::write(&file, b"this is no database, whatever its name says\n").expect("a file");
        assert!(matches!(
            Store::open(folder.path()).await,
            Err(StateError::Database(_))
        ));
        let left = std::fs::read(&file).expect("the file");
        assert!(left.starts_with(b"this is no database"));
    }
}
