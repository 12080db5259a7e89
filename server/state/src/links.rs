//! Short links: long queries under a short name. They hold no secret: who has the link has the query.

use rusqlite::{OptionalExtension, params};

use crate::store::new_id;
use crate::views::check_query;
use crate::{StateError, Store};

/// Most short links that are kept; then those that nobody made or followed for longest make room.
pub const MOST_LINKS: usize = 100_000;
/// Links that make room at a time: looking for them takes a look at all.
const FORGOTTEN_AT_ONCE: i64 = 1_000;
/// A link that is followed counts as made anew, once a day.
const RENEWED_AFTER_MS: i64 = 86_400_000;

impl Store {
    /// The short name of a query; the same one when it was asked for before.
    ///
    /// # Errors
    /// When the query is too long, or the database fails.
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
                let renew = "update short_link set made_ms = max(made_ms, ?2) where id = ?1";
                transaction.execute(renew, params![id, now_ms])?;
                return Ok(id);
            }
            let number: i64 =
                transaction.query_row("select count(*) from short_link", [], |row| row.get(0))?;
            if usize::try_from(number).unwrap_or_default() >= MOST_LINKS {
                transaction.execute(
                    "delete from short_link where id in \
                     (select id from short_link order by made_ms, id limit ?1)",
                    [FORGOTTEN_AT_ONCE],
                )?;
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

    /// The query behind a short name. Who follows a link keeps it from being forgotten.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn linked_query(&self, id: &str, now_ms: i64) -> Result<Option<String>, StateError> {
        let name = id.to_owned();
        let found: Option<(String, i64)> = self
            .read(move |transaction| {
                let select = "select query, made_ms from short_link where id = ?1";
                let row =
                    transaction.query_row(select, [name], |row| Ok((row.get(0)?, row.get(1)?)));
                Ok(row.optional()?)
            })
            .await?;
        let Some((query, made_ms)) = found else {
            return Ok(None);
        };
        if now_ms.saturating_sub(made_ms) > RENEWED_AFTER_MS {
            let name = id.to_owned();
            let renewed = self.run(move |transaction| {
                let renew = "update short_link set made_ms = ?2 where id = ?1";
                Ok(transaction.execute(renew, params![name, now_ms])?)
            });
            // Where nothing can be written, the link still leads on.
            renewed.await.ok();
        }
        Ok(Some(query))
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
        let found = store.linked_query(&id, 3).await.expect("an answer");
        assert_eq!(found.as_deref(), Some(query));
        let none = store.linked_query("' or 1=1 --", 3).await;
        assert_eq!(none.ok(), Some(None));
    }

    #[tokio::test]
    async fn links_that_nobody_follows_make_room_for_new_ones() {
        let folder = tempfile::tempdir().expect("a folder");
        let store = Store::open(folder.path()).await.expect("a store");
        let used = store.short_link("q=used", 1).await.expect("a name");
        let unused = store.short_link("q=unused", 2).await.expect("a name");
        let followed = store.linked_query(&used, 2 * RENEWED_AFTER_MS).await;
        assert_eq!(followed.expect("an answer").as_deref(), Some("q=used"));
        let fill = format!(
            "insert into short_link (id, query, made_ms)
             with recursive each (n) as (select 1 union all select n + 1 from each where n < {})
             select 'filled' || n, 'q=' || n, 10 + n from each",
            MOST_LINKS - 2
        );
        let filled = store.run(move |transaction| Ok(transaction.execute(&fill, [])?));
        assert_eq!(filled.await.expect("filled"), MOST_LINKS - 2);
        let new = store.short_link("q=new", 3 * RENEWED_AFTER_MS).await;
        let new = new.expect("a name");
        for (id, query) in [
            (used, Some("q=used")),
            (unused, None),
            ("filled1".to_owned(), None),
            ("filled99998".to_owned(), Some("q=99998")),
            (new, Some("q=new")),
        ] {
            let found = store.linked_query(&id, 3 * RENEWED_AFTER_MS).await;
            assert_eq!(found.expect("an answer").as_deref(), query, "{id}");
        }
    }
}
