//! Short links: long queries under a short name. They hold no secret: who has the link has the query.

use rusqlite::{OptionalExtension, params};

use crate::store::new_id;
use crate::views::check_query;
use crate::{StateError, Store};

/// Most short links that are kept.
pub const MOST_LINKS: usize = 100_000;

impl Store {
    /// The short name of a query; the same one when it was asked for before.
    ///
    /// # Errors
    /// When the query is too long, there are too many, or the database fails.
    pub async fn short_link(&self, query: &str, now_ms: i64) -> Result<String, StateError> {
        check_query(query)?;
        let query = query.to_owned();
        self.run(move |transaction| {
            let known: Option<String> = transaction
                .query_row(
                    "select id from short_link where query = ?1",
                    [&query],
                    |row| row.get(0),
                )
                .optional()?;
            if let Some(id) = known {
                return Ok(id);
            }
            let number: i64 =
                transaction.query_row("select count(*) from short_link", [], |row| row.get(0))?;
            if usize::try_from(number).unwrap_or_default() >= MOST_LINKS {
                return Err(StateError::Full { most: MOST_LINKS });
            }
            let id: String = new_id().chars().take(10).collect();
            transaction.execute(
                "insert into short_link (id, query, made_ms) values (?1, ?2, ?3)",
                params![id, query, now_ms],
            )?;
            Ok(id)
        })
        .await
    }

    /// The query behind a short name.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn linked_query(&self, id: &str) -> Result<Option<String>, StateError> {
        let id = id.to_owned();
        self.read(move |transaction| {
            Ok(transaction
                .query_row("select query from short_link where id = ?1", [id], |row| {
                    row.get(0)
                })
                .optional()?)
        })
        .await
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_query_has_one_short_name() {
        let folder = tempfile::tempdir().expect("a folder");
        let store = Store::open(folder.path()).await.expect("a store");
        let query = "f=user:contains:%3Cscript%3E&q='; drop table short_link; --";
        let id = store.short_link(query, 1).await.expect("a name");
        assert_eq!(id.len(), 10);
        assert_eq!(store.short_link(query, 2).await.ok(), Some(id.clone()));
        let found = store.linked_query(&id).await.expect("an answer");
        assert_eq!(found.as_deref(), Some(query));
        assert_eq!(store.linked_query("' or 1=1 --").await.ok(), Some(None));
    }
}
