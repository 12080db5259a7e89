//! The database and the way to it: a file of SQLite, or a database of PostgreSQL when several servers share it.
//!
//! One text of each statement serves both: placeholders are `$1`, `$2` …; what is yes or no is a number, 1 or 0;
//! numbers are 64 bits wide.

use std::path::{Path, PathBuf};
use std::sync::Once;
use std::time::{Duration, SystemTime};

use sqlx::any::{Any, AnyConnectOptions, AnyPoolOptions, AnyRow};
use sqlx::pool::PoolConnection;
use sqlx::{AnyConnection, AnyPool, ConnectOptions, Connection, Executor, Transaction};
use url::Url;

use crate::{StateError, migrations};

/// Name of the file in its folder.
pub const FILE: &str = "state.sqlite";
/// How long to wait for a connection, and for another process that writes, such as a backup.
const PATIENCE: Duration = Duration::from_secs(5);
/// Connections of those who read a file. More would not read faster: each has a thread of its own.
const FILE_READERS: u32 = 2;
/// Connections of those who read from a PostgreSQL server, and of those who change something there.
const SERVER_CONNECTIONS: u32 = 6;
const SERVER_WRITERS: u32 = 4;

/// The open database. Clones share it.
#[derive(Clone)]
pub struct Store {
    writers: AnyPool,
    /// Connections of their own, so that nobody who reads waits for the disk of somebody who writes.
    readers: AnyPool,
    pub(crate) kind: Kind,
}

/// What keeps the state.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    /// A file of SQLite.
    File(PathBuf),
    /// A database of a PostgreSQL server.
    Server,
}

/// Statements that belong together: what they change is changed by all of them, or by none.
pub(crate) type Change = Transaction<'static, Any>;
/// A connection that is only read from.
pub(crate) type Reading = PoolConnection<Any>;

impl Store {
    /// Opens the file in a folder, and makes both where they are missing.
    ///
    /// # Errors
    /// When the folder or the file cannot be made or read, or the file is of a later version.
    pub async fn open(folder: &Path) -> Result<Store, StateError> {
        let store = Store::open_as_it_is(folder).await?;
        store.begin_with_steps().await
    }

    /// The same without bringing the file to the form of this version: for copying it, and nothing else.
    ///
    /// # Errors
    /// When the folder or the file cannot be made or read.
    pub async fn open_as_it_is(folder: &Path) -> Result<Store, StateError> {
        tokio::fs::create_dir_all(folder)
            .await
            .map_err(|source| StateError::Folder {
                folder: folder.to_owned(),
                source,
            })?;
        let file = folder.join(FILE);
        install_drivers();
        let (write, read) = (file_options(&file, "rwc")?, file_options(&file, "ro")?);
        // By itself, because a pool would try again for a while and then say nothing but that.
        let mut first = AnyConnection::connect_with(&write).await?;
        prepare(&mut first).await?;
        first.close().await?;
        // One connection writes, so that nobody is refused because somebody else does.
        let writers = pool(1).after_connect(|connection, _| Box::pin(prepare(connection)));
        let writers = writers.connect_lazy_with(write);
        Ok(Store {
            readers: pool(FILE_READERS).connect_lazy_with(read),
            writers,
            kind: Kind::File(file),
        })
    }

    /// Connects to a database of PostgreSQL: `postgres://user:password@host:port/database`.
    ///
    /// # Errors
    /// When the address is none, nobody answers there, or the database is of a later version.
    pub async fn connect(address: &str) -> Result<Store, StateError> {
        let address = Url::parse(address).map_err(|_| StateError::Address)?;
        if !matches!(address.scheme(), "postgres" | "postgresql") {
            return Err(StateError::Address);
        }
        install_drivers();
        let options = quiet(&address)?;
        AnyConnection::connect_with(&options).await?.close().await?;
        // Those who read do not wait behind those who change something, one after another.
        let store = Store {
            readers: pool(SERVER_CONNECTIONS).connect_lazy_with(options.clone()),
            writers: pool(SERVER_WRITERS).connect_lazy_with(options),
            kind: Kind::Server,
        };
        store.begin_with_steps().await
    }

    async fn begin_with_steps(self) -> Result<Store, StateError> {
        let mut change = self.change().await?;
        migrations::run(&mut change, &self.kind).await?;
        crate::views::forget_deleted(&mut change, now_ms()).await?;
        change.commit().await?;
        Ok(self)
    }

    /// Begins to change something. Changes follow one another, also those of other servers: what was counted stays
    /// true until the end. Nothing is changed unless it is committed.
    pub(crate) async fn change(&self) -> Result<Change, StateError> {
        match self.kind {
            Kind::File(_) => Ok(self.writers.begin_with("begin immediate").await?),
            Kind::Server => {
                let mut change = self.writers.begin().await?;
                // The number says nothing; another program in the same database would choose another one.
                let lock = "do $$ begin perform pg_advisory_xact_lock(7310449126); end $$";
                change.execute(sqlx::raw_sql(lock)).await?;
                Ok(change)
            }
        }
    }

    /// What keeps it.
    pub(crate) fn kind(&self) -> &Kind {
        &self.kind
    }

    /// A connection to read from.
    pub(crate) async fn reading(&self) -> Result<Reading, StateError> {
        Ok(self.readers.acquire().await?)
    }

    /// Begins to read what belongs together, all of it of one moment.
    pub(crate) async fn reading_together(&self) -> Result<Change, StateError> {
        // PostgreSQL's usual transactions see what others commit between two statements; SQLite's do not.
        let begin = match self.kind {
            Kind::File(_) => "begin",
            Kind::Server => "begin isolation level repeatable read read only",
        };
        Ok(self.readers.begin_with(begin).await?)
    }

    /// Ends all connections; what was committed is on the disk.
    pub async fn close(&self) {
        self.readers.close().await;
        self.writers.close().await;
    }
}

fn install_drivers() {
    static DRIVERS: Once = Once::new();
    DRIVERS.call_once(sqlx::any::install_default_drivers);
}

fn pool(connections: u32) -> AnyPoolOptions {
    AnyPoolOptions::new()
        .max_connections(connections)
        .acquire_timeout(PATIENCE)
}

/// How a file is opened.
pub(crate) fn file_options(file: &Path, mode: &str) -> Result<AnyConnectOptions, StateError> {
    let absolute = std::path::absolute(file).map_err(|source| StateError::Folder {
        folder: file.to_owned(),
        source,
    })?;
    let mut address = Url::from_file_path(absolute).map_err(|()| StateError::Address)?;
    address.set_query(Some(&format!("mode={mode}")));
    let address = address.as_str().replacen("file:", "sqlite:", 1);
    quiet(&Url::parse(&address).map_err(|_| StateError::Address)?)
}

/// Statements are not logged: they would say nothing that is not known, and their values nothing that may be said.
fn quiet(address: &Url) -> Result<AnyConnectOptions, StateError> {
    Ok(AnyConnectOptions::from_url(address)?.disable_statement_logging())
}

async fn prepare(connection: &mut AnyConnection) -> Result<(), sqlx::Error> {
    // Readers do not wait for writers, and what was answered is on the disk.
    let settings =
        "pragma journal_mode = wal; pragma synchronous = full; pragma foreign_keys = on;";
    connection.execute(sqlx::raw_sql(settings)).await?;
    Ok(())
}

/// Milliseconds since 1970: what was deleted long ago is forgotten when the database is opened.
fn now_ms() -> i64 {
    let since = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH);
    since.map_or(0, |since| i64::try_from(since.as_millis()).unwrap_or(0))
}

/// A name that nobody can guess or has used: 16 letters and digits.
pub(crate) fn new_id() -> String {
    let id = uuid::Uuid::new_v4().simple().to_string();
    id.chars().take(16).collect()
}

/// A text as both databases keep it: PostgreSQL has no place for the character with the number 0.
pub(crate) fn storable(text: &str) -> String {
    text.replace('\0', "")
}

/// What `like` finds a text by wherever it stands, with `\\` in front of what would mean something else.
pub(crate) fn containing(text: &str) -> String {
    let mut pattern = String::with_capacity(text.len() + 2);
    pattern.push('%');
    for letter in storable(text).chars() {
        if matches!(letter, '%' | '_' | '\\') {
            pattern.push('\\');
        }
        pattern.push(letter);
    }
    pattern.push('%');
    pattern
}

/// Reads rows, all in the same way.
pub(crate) fn each<T>(
    rows: &[AnyRow],
    read: fn(&AnyRow) -> Result<T, sqlx::Error>,
) -> Result<Vec<T>, StateError> {
    let read: Result<Vec<T>, sqlx::Error> = rows.iter().map(read).collect();
    Ok(read?)
}

/// How many rows a statement counts, as a number to compare.
pub(crate) async fn count(
    connection: &mut AnyConnection,
    statement: &'static str,
) -> Result<usize, StateError> {
    let number: i64 = sqlx::query_scalar(statement).fetch_one(connection).await?;
    Ok(usize::try_from(number).unwrap_or_default())
}

#[cfg(test)]
mod tests;
