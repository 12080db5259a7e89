//! Short links: long queries under a short name. They hold no secret: who has the link has the query.

use crate::store::{count, new_id};
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
        let mut change = self.change().await?;
        let known: Option<String> =
            sqlx::query_scalar("select id from short_link where query = $1")
                .bind(query)
                .fetch_optional(&mut *change)
                .await?;
        if let Some(id) = known {
            sqlx::query("update short_link set made_ms = $2 where id = $1 and made_ms < $2")
                .bind(&id)
                .bind(now_ms)
                .execute(&mut *change)
                .await?;
            change.commit().await?;
            return Ok(id);
        }
        if count(&mut change, "select count(*) from short_link").await? >= MOST_LINKS {
            let forget = "delete from short_link where id in \
                (select id from short_link order by made_ms, id limit $1)";
            sqlx::query(forget)
                .bind(FORGOTTEN_AT_ONCE)
                .execute(&mut *change)
                .await?;
        }
        let id: String = new_id().chars().take(10).collect();
        sqlx::query("insert into short_link (id, query, made_ms) values ($1, $2, $3)")
            .bind(&id)
            .bind(query)
            .bind(now_ms)
            .execute(&mut *change)
            .await?;
        change.commit().await?;
        Ok(id)
    }

    /// The query behind a short name. Who follows a link keeps it from being forgotten.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn linked_query(&self, id: &str, now_ms: i64) -> Result<Option<String>, StateError> {
        let found: Option<(String, i64)> =
            sqlx::query_as("select query, made_ms from short_link where id = $1")
                .bind(id)
                .fetch_optional(&mut *self.reading().await?)
                .await?;
        let Some((query, made_ms)) = found else {
            return Ok(None);
        };
        if now_ms.saturating_sub(made_ms) > RENEWED_AFTER_MS {
            // Where nothing can be written, the link still leads on.
            self.renew_link(id, now_ms).await.ok();
        }
        Ok(Some(query))
    }

    async fn renew_link(&self, id: &str, now_ms: i64) -> Result<(), StateError> {
        let mut change = self.change().await?;
        sqlx::query("update short_link set made_ms = $2 where id = $1")
            .bind(id)
            .bind(now_ms)
            .execute(&mut *change)
            .await?;
        Ok(change.commit().await?)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{Kept, on_both};

    on_both! {
        async fn a_query_has_one_short_name(kept: Kept) {
            let store = kept.open().await;
            let query = "f=user:contains:%3Cscript%3E&q='; drop table short_link; --";
            let id = store.short_link(query, 1).await.expect("a name");
            assert_eq!(id.len(), 10);
            assert_eq!(store.short_link(query, 2).await.ok(), Some(id.clone()));
            let found = store.linked_query(&id, 3).await.expect("an answer");
            assert_eq!(found.as_deref(), Some(query));
            let none = store.linked_query("' or 1=1 --", 3).await;
            assert_eq!(none.ok(), Some(None));
        }

        async fn links_that_nobody_follows_make_room_for_new_ones(kept: Kept) {
            let store = kept.open().await;
            let used = store.short_link("q=used", 1).await.expect("a name");
            let unused = store.short_link("q=unused", 2).await.expect("a name");
            let followed = store.linked_query(&used, 2 * RENEWED_AFTER_MS).await;
            assert_eq!(followed.expect("an answer").as_deref(), Some("q=used"));
            let fill = "insert into short_link (id, query, made_ms) \
                with recursive each (n) as (select 1 union all select n + 1 from each where n < $1) \
                select 'filled' || n, 'q=' || n, 10 + n from each";
            let missing = i64::try_from(MOST_LINKS - 2).expect("a number");
            let mut change = store.change().await.expect("a change");
            let filled = sqlx::query(fill).bind(missing).execute(&mut *change).await;
            assert_eq!(filled.expect("filled").rows_affected(), missing.unsigned_abs());
            change.commit().await.expect("committed");
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
}
