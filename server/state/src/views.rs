//! Saved views: questions with a name.

use sqlx::any::AnyRow;
use sqlx::{AnyConnection, Row};

use crate::store::{count, each, new_id, storable};
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

fn read(row: &AnyRow) -> Result<SavedView, sqlx::Error> {
    Ok(SavedView {
        id: row.try_get("id")?,
        owner: row.try_get("owner")?,
        name: row.try_get("name")?,
        is_shared: row.try_get::<i64, _>("is_shared")? != 0,
        query: row.try_get("query")?,
    })
}

impl Store {
    /// The views that somebody sees: their own and those that are shared, in the order of their names.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn views(&self, owner: Option<&str>) -> Result<Vec<SavedView>, StateError> {
        let select = "select id, owner, name, is_shared, query from saved_view \
            where deleted_ms is null and (owner = $1 or is_shared = 1)";
        let rows = sqlx::query(select)
            .bind(owner.unwrap_or_default())
            .fetch_all(&mut *self.reading().await?)
            .await?;
        let mut views = each(&rows, read)?;
        // Databases differ in the order of texts.
        views.sort_by_cached_key(|view| (key_of(&view.name), view.id.clone()));
        Ok(views)
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
        let mut change = self.change().await?;
        forget_deleted(&mut change, now_ms).await?;
        refuse_full(&mut change, owner, view.is_shared).await?;
        refuse_full_for_all(&mut change).await?;
        refuse_taken(&mut change, owner, &name, "").await?;
        let id = new_id();
        let insert = "insert into saved_view (id, owner, name, name_key, is_shared, query, changed_ms) \
            values ($1, $2, $3, $4, $5, $6, $7)";
        sqlx::query(insert)
            .bind(&id)
            .bind(owner)
            .bind(&name)
            .bind(key_of(&name))
            .bind(i64::from(view.is_shared))
            .bind(&view.query)
            .bind(now_ms)
            .execute(&mut *change)
            .await?;
        change.commit().await?;
        Ok(id)
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
        let mut change = self.change().await?;
        let update = "update saved_view set query = $3, changed_ms = $4 \
            where owner = $1 and id = $2 and deleted_ms is null";
        let done = sqlx::query(update)
            .bind(owner)
            .bind(id)
            .bind(query)
            .bind(now_ms)
            .execute(&mut *change)
            .await?;
        found(done.rows_affected())?;
        Ok(change.commit().await?)
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
        let mut change = self.change().await?;
        refuse_taken(&mut change, owner, &name, id).await?;
        let was_shared = is_shared_now(&mut change, owner, id).await?;
        if is_shared && !was_shared {
            refuse_shared(&mut change).await?;
        }
        let update = "update saved_view set name = $3, name_key = $4, is_shared = $5, changed_ms = $6 \
            where owner = $1 and id = $2 and deleted_ms is null";
        let done = sqlx::query(update)
            .bind(owner)
            .bind(id)
            .bind(&name)
            .bind(key_of(&name))
            .bind(i64::from(is_shared))
            .bind(now_ms)
            .execute(&mut *change)
            .await?;
        found(done.rows_affected())?;
        Ok(change.commit().await?)
    }

    /// Deletes one's own view. It can be brought back for a day.
    ///
    /// # Errors
    /// When there is no such view of this owner.
    pub async fn delete_view(&self, owner: &str, id: &str, now_ms: i64) -> Result<(), StateError> {
        let mut change = self.change().await?;
        forget_deleted(&mut change, now_ms).await?;
        let update = "update saved_view set deleted_ms = $3 \
            where owner = $1 and id = $2 and deleted_ms is null";
        let done = sqlx::query(update)
            .bind(owner)
            .bind(id)
            .bind(now_ms)
            .execute(&mut *change)
            .await?;
        found(done.rows_affected())?;
        Ok(change.commit().await?)
    }

    /// Brings one's own deleted view back.
    ///
    /// # Errors
    /// When it is gone for good, was never there, its name was taken since, or there are too many.
    pub async fn restore_view(&self, owner: &str, id: &str) -> Result<(), StateError> {
        let mut change = self.change().await?;
        let select = "select name, is_shared from saved_view \
            where owner = $1 and id = $2 and deleted_ms is not null";
        let deleted: Option<(String, i64)> = sqlx::query_as(select)
            .bind(owner)
            .bind(id)
            .fetch_optional(&mut *change)
            .await?;
        let (name, is_shared) = deleted.ok_or(StateError::NotFound)?;
        refuse_full(&mut change, owner, is_shared != 0).await?;
        refuse_taken(&mut change, owner, &name, id).await?;
        let update = "update saved_view set deleted_ms = null where owner = $1 and id = $2";
        let done = sqlx::query(update)
            .bind(owner)
            .bind(id)
            .execute(&mut *change)
            .await?;
        found(done.rows_affected())?;
        Ok(change.commit().await?)
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
        let select = "select id, owner, name, is_shared, query from saved_view \
            where owner = $1 and deleted_ms >= $2 order by deleted_ms desc limit 1";
        let row = sqlx::query(select)
            .bind(owner)
            .bind(since_ms)
            .fetch_optional(&mut *self.reading().await?)
            .await?;
        Ok(row.as_ref().map(read).transpose()?)
    }
}

fn found(changed: u64) -> Result<(), StateError> {
    match changed {
        0 => Err(StateError::NotFound),
        _ => Ok(()),
    }
}

/// Forgets for good what was deleted so long ago that nobody can bring it back.
pub(crate) async fn forget_deleted(
    connection: &mut AnyConnection,
    now_ms: i64,
) -> Result<(), StateError> {
    sqlx::query("delete from saved_view where deleted_ms < $1")
        .bind(now_ms.saturating_sub(KEPT_DELETED_MS))
        .execute(connection)
        .await?;
    Ok(())
}

/// Refuses one more view of an owner, or one more that everybody sees.
async fn refuse_full(
    change: &mut AnyConnection,
    owner: &str,
    is_shared: bool,
) -> Result<(), StateError> {
    let select = "select count(*) from saved_view where owner = $1 and deleted_ms is null";
    let number: i64 = sqlx::query_scalar(select)
        .bind(owner)
        .fetch_one(&mut *change)
        .await?;
    if usize::try_from(number).unwrap_or_default() >= MOST_VIEWS_OF_ONE {
        return Err(StateError::Full {
            most: MOST_VIEWS_OF_ONE,
        });
    }
    match is_shared {
        true => refuse_shared(change).await,
        false => Ok(()),
    }
}

async fn refuse_shared(change: &mut AnyConnection) -> Result<(), StateError> {
    let select = "select count(*) from saved_view where is_shared = 1 and deleted_ms is null";
    match count(change, select).await? >= MOST_SHARED_VIEWS {
        true => Err(StateError::FullForAll {
            most: MOST_SHARED_VIEWS,
            whose: "that everybody sees",
        }),
        false => Ok(()),
    }
}

/// Refuses one more row. Those that were deleted make room first, though they could still be brought back.
async fn refuse_full_for_all(change: &mut AnyConnection) -> Result<(), StateError> {
    const COUNT: &str = "select count(*) from saved_view";
    if count(change, COUNT).await? >= MOST_VIEWS {
        sqlx::query("delete from saved_view where deleted_ms is not null")
            .execute(&mut *change)
            .await?;
    }
    match count(change, COUNT).await? >= MOST_VIEWS {
        true => Err(StateError::FullForAll {
            most: MOST_VIEWS,
            whose: "of all readers",
        }),
        false => Ok(()),
    }
}

async fn is_shared_now(
    change: &mut AnyConnection,
    owner: &str,
    id: &str,
) -> Result<bool, StateError> {
    let select =
        "select is_shared from saved_view where owner = $1 and id = $2 and deleted_ms is null";
    let is_shared: Option<i64> = sqlx::query_scalar(select)
        .bind(owner)
        .bind(id)
        .fetch_optional(change)
        .await?;
    is_shared
        .map(|is_shared| is_shared != 0)
        .ok_or(StateError::NotFound)
}

fn checked_name(name: &str) -> Result<String, StateError> {
    let name = storable(name);
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

async fn refuse_taken(
    change: &mut AnyConnection,
    owner: &str,
    name: &str,
    but: &str,
) -> Result<(), StateError> {
    let select = "select id from saved_view \
        where owner = $1 and name_key = $2 and id <> $3 and deleted_ms is null";
    let taken: Option<String> = sqlx::query_scalar(select)
        .bind(owner)
        .bind(key_of(name))
        .bind(but)
        .fetch_optional(change)
        .await?;
    match taken {
        Some(_) => Err(StateError::NameTaken),
        None => Ok(()),
    }
}

#[cfg(test)]
mod tests;
