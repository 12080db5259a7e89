//! Saved views: questions with a name.

use rusqlite::{Connection, OptionalExtension, Row, Transaction, params};

use crate::store::new_id;
use crate::{StateError, Store};

/// Most views that one owner may have.
pub const MOST_VIEWS_OF_ONE: usize = 200;
/// Most views that everybody sees: each stands on every page of the list.
pub const MOST_SHARED_VIEWS: usize = 200;
/// Most views of all owners: a browser without a cookie is a new one each time.
pub const MOST_VIEWS: usize = 20_000;
/// Most characters of a name.
pub const LONGEST_NAME_CHARS: usize = 80;
/// Most bytes of a query.
pub const LONGEST_QUERY_BYTES: usize = 16_384;
/// How long a deleted view can be brought back, in milliseconds: a day.
const KEPT_DELETED_MS: i64 = 86_400_000;

/// A view that is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SavedView {
    /// Its name in addresses: letters and digits.
    pub id: String,
    /// Whose it is.
    pub owner: String,
    /// What its owner calls it: any text.
    pub name: String,
    /// Whether everybody sees it.
    pub is_shared: bool,
    /// The query string.
    pub query: String,
}

/// A view that is to be kept.
#[derive(Debug, Clone)]
pub struct ViewToSave {
    /// What its owner calls it.
    pub name: String,
    /// Whether everybody is to see it.
    pub is_shared: bool,
    /// The query string, in its canonical form.
    pub query: String,
}

/// The columns that [`read`] takes.
const COLUMNS: &str = "id, owner, name, is_shared, query";

fn read(row: &Row<'_>) -> rusqlite::Result<SavedView> {
    Ok(SavedView {
        id: row.get(0)?,
        owner: row.get(1)?,
        name: row.get(2)?,
        is_shared: row.get(3)?,
        query: row.get(4)?,
    })
}

impl Store {
    /// The views that somebody sees: their own and those that are shared, in the order of their names.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn views(&self, owner: Option<&str>) -> Result<Vec<SavedView>, StateError> {
        let owner = owner.unwrap_or_default().to_owned();
        self.read(move |transaction| {
            let mut statement = transaction.prepare(&format!(
                "select {COLUMNS} from saved_view where deleted_ms is null and (owner = ?1 or is_shared) \
                 order by name_key, id"
            ))?;
            let found = statement.query_map([owner], read)?;
            Ok(found.collect::<Result<_, _>>()?)
        })
        .await
    }

    /// Keeps a view under a new name. Gives its id.
    ///
    /// # Errors
    /// When the name is blank, too long or taken, the query is too long, or there are too many.
    pub async fn save_view(
        &self,
        owner: &str,
        view: ViewToSave,
        now_ms: i64,
    ) -> Result<String, StateError> {
        let name = checked_name(&view.name)?;
        check_query(&view.query)?;
        let owner = owner.to_owned();
        self.run(move |transaction| {
            forget_deleted(transaction, now_ms)?;
            refuse_full(transaction, &owner, view.is_shared)?;
            refuse_full_for_all(transaction)?;
            refuse_taken(transaction, &owner, &name, "")?;
            let id = new_id();
            transaction.execute(
                "insert into saved_view (id, owner, name, name_key, is_shared, query, changed_ms) \
                 values (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
                params![
                    id,
                    owner,
                    name,
                    key_of(&name),
                    view.is_shared,
                    view.query,
                    now_ms
                ],
            )?;
            Ok(id)
        })
        .await
    }

    /// Changes the query of one's own view.
    ///
    /// # Errors
    /// When there is no such view of this owner, or the query is too long.
    pub async fn overwrite_view(
        &self,
        owner: &str,
        id: &str,
        query: &str,
        now_ms: i64,
    ) -> Result<(), StateError> {
        check_query(query)?;
        let (owner, id, query) = (owner.to_owned(), id.to_owned(), query.to_owned());
        self.run(move |transaction| {
            found(transaction.execute(
                "update saved_view set query = ?3, changed_ms = ?4 \
                 where owner = ?1 and id = ?2 and deleted_ms is null",
                params![owner, id, query, now_ms],
            )?)
        })
        .await
    }

    /// Changes the name of one's own view, and who sees it.
    ///
    /// # Errors
    /// When there is no such view of this owner, or the name is blank, too long or taken.
    pub async fn rename_view(
        &self,
        owner: &str,
        id: &str,
        name: &str,
        is_shared: bool,
        now_ms: i64,
    ) -> Result<(), StateError> {
        let name = checked_name(name)?;
        let (owner, id) = (owner.to_owned(), id.to_owned());
        self.run(move |transaction| {
            refuse_taken(transaction, &owner, &name, &id)?;
            let was_shared = is_shared_now(transaction, &owner, &id)?;
            if is_shared && !was_shared {
                refuse_shared(transaction)?;
            }
            found(transaction.execute(
                "update saved_view set name = ?3, name_key = ?4, is_shared = ?5, changed_ms = ?6 \
                 where owner = ?1 and id = ?2 and deleted_ms is null",
                params![owner, id, name, key_of(&name), is_shared, now_ms],
            )?)
        })
        .await
    }

    /// Deletes one's own view. It can be brought back for a day.
    ///
    /// # Errors
    /// When there is no such view of this owner.
    pub async fn delete_view(&self, owner: &str, id: &str, now_ms: i64) -> Result<(), StateError> {
        let (owner, id) = (owner.to_owned(), id.to_owned());
        self.run(move |transaction| {
            forget_deleted(transaction, now_ms)?;
            found(transaction.execute(
                "update saved_view set deleted_ms = ?3 where owner = ?1 and id = ?2 and deleted_ms is null",
                params![owner, id, now_ms],
            )?)
        })
        .await
    }

    /// Brings one's own deleted view back.
    ///
    /// # Errors
    /// When it is gone for good, was never there, its name was taken since, or there are too many.
    pub async fn restore_view(&self, owner: &str, id: &str) -> Result<(), StateError> {
        let (owner, id) = (owner.to_owned(), id.to_owned());
        self.run(move |transaction| {
            let deleted: Option<(String, bool)> = transaction
                .query_row(
                    "select name, is_shared from saved_view where owner = ?1 and id = ?2 and deleted_ms is not null",
                    [&owner, &id],
                    |row| Ok((row.get(0)?, row.get(1)?)),
                )
                .optional()?;
            let (name, is_shared) = deleted.ok_or(StateError::NotFound)?;
            refuse_full(transaction, &owner, is_shared)?;
            refuse_taken(transaction, &owner, &name, &id)?;
            found(transaction.execute(
                "update saved_view set deleted_ms = null where owner = ?1 and id = ?2",
                [&owner, &id],
            )?)
        })
        .await
    }

    /// The view that somebody deleted last, if that was after a moment.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn deleted_since(
        &self,
        owner: &str,
        since_ms: i64,
    ) -> Result<Option<SavedView>, StateError> {
        let owner = owner.to_owned();
        self.read(move |transaction| {
            let statement = format!(
                "select {COLUMNS} from saved_view where owner = ?1 and deleted_ms >= ?2 \
                 order by deleted_ms desc limit 1"
            );
            Ok(transaction
                .query_row(&statement, params![owner, since_ms], read)
                .optional()?)
        })
        .await
    }
}

fn found(changed: usize) -> Result<(), StateError> {
    match changed {
        0 => Err(StateError::NotFound),
        _ => Ok(()),
    }
}

/// Forgets for good what was deleted so long ago that nobody can bring it back.
pub(crate) fn forget_deleted(connection: &Connection, now_ms: i64) -> Result<(), StateError> {
    connection.execute(
        "delete from saved_view where deleted_ms < ?1",
        [now_ms.saturating_sub(KEPT_DELETED_MS)],
    )?;
    Ok(())
}

/// Refuses one more view of an owner, or one more that everybody sees.
fn refuse_full(
    transaction: &Transaction<'_>,
    owner: &str,
    is_shared: bool,
) -> Result<(), StateError> {
    let number: i64 = transaction.query_row(
        "select count(*) from saved_view where owner = ?1 and deleted_ms is null",
        [owner],
        |row| row.get(0),
    )?;
    if usize::try_from(number).unwrap_or_default() >= MOST_VIEWS_OF_ONE {
        return Err(StateError::Full {
            most: MOST_VIEWS_OF_ONE,
        });
    }
    match is_shared {
        true => refuse_shared(transaction),
        false => Ok(()),
    }
}

fn refuse_shared(transaction: &Transaction<'_>) -> Result<(), StateError> {
    let number: i64 = transaction.query_row(
        "select count(*) from saved_view where is_shared and deleted_ms is null",
        [],
        |row| row.get(0),
    )?;
    match usize::try_from(number).unwrap_or_default() >= MOST_SHARED_VIEWS {
        true => Err(StateError::FullForAll {
            most: MOST_SHARED_VIEWS,
            whose: "that everybody sees",
        }),
        false => Ok(()),
    }
}

/// Refuses one more row. Those that were deleted make room first, though they could still be brought back.
fn refuse_full_for_all(transaction: &Transaction<'_>) -> Result<(), StateError> {
    let is_full = || {
        let count = "select count(*) from saved_view";
        let number: i64 = transaction.query_row(count, [], |row| row.get(0))?;
        Ok::<_, StateError>(usize::try_from(number).unwrap_or_default() >= MOST_VIEWS)
    };
    if is_full()? {
        transaction.execute("delete from saved_view where deleted_ms is not null", [])?;
    }
    match is_full()? {
        true => Err(StateError::FullForAll {
            most: MOST_VIEWS,
            whose: "of all readers",
        }),
        false => Ok(()),
    }
}

fn is_shared_now(transaction: &Transaction<'_>, owner: &str, id: &str) -> Result<bool, StateError> {
    let is_shared = transaction
        .query_row(
            "select is_shared from saved_view where owner = ?1 and id = ?2 and deleted_ms is null",
            [owner, id],
            |row| row.get(0),
        )
        .optional()?;
    is_shared.ok_or(StateError::NotFound)
}

fn checked_name(name: &str) -> Result<String, StateError> {
    let name = name.trim();
    if name.is_empty() {
        return Err(StateError::NoName);
    }
    if name.chars().count() > LONGEST_NAME_CHARS {
        return Err(StateError::LongName {
            most: LONGEST_NAME_CHARS,
        });
    }
    Ok(name.to_owned())
}

pub(crate) fn check_query(query: &str) -> Result<(), StateError> {
    match query.len() > LONGEST_QUERY_BYTES {
        true => Err(StateError::LongQuery {
            most: LONGEST_QUERY_BYTES,
        }),
        false => Ok(()),
    }
}

fn key_of(name: &str) -> String {
    name.to_lowercase()
}

fn refuse_taken(
    transaction: &Transaction<'_>,
    owner: &str,
    name: &str,
    but: &str,
) -> Result<(), StateError> {
    let taken = transaction
        .query_row(
            "select 1 from saved_view where owner = ?1 and name_key = ?2 and id <> ?3 and deleted_ms is null",
            params![owner, key_of(name), but],
            |_| Ok(()),
        )
        .optional()?;
    match taken {
        Some(()) => Err(StateError::NameTaken),
        None => Ok(()),
    }
}

#[cfg(test)]
mod tests;
