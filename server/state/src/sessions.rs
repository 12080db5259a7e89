//! Sessions: who is signed in where.

use sqlx::Row;
use sqlx::any::AnyRow;

use crate::store::{each, new_id, storable};
use crate::{StateError, Store};

/// Most bytes that are kept of what a browser says it is.
const LONGEST_AGENT_CHARS: usize = 512;

/// A session.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Session {
    /// Hash of its secret.
    pub id_hash: String,
    /// Its name in lists, which is no secret.
    pub id: String,
    /// Whose it is; `None` before somebody has signed in.
    pub account_id: Option<String>,
    /// What is kept in it, as JSON.
    pub content: String,
    /// Address that it was begun from.
    pub address: String,
    /// What the browser said it is.
    pub agent: String,
    /// When it was begun, in milliseconds since 1970.
    pub created_ms: i64,
    /// When it was used last, in milliseconds since 1970.
    pub seen_ms: i64,
    /// When it ends, in milliseconds since 1970.
    pub ends_ms: i64,
}

/// A session that begins.
#[derive(Debug, Clone, Default)]
pub struct SessionToBegin {
    /// Whose it is; `None` before somebody has signed in.
    pub account_id: Option<String>,
    /// What is kept in it, as JSON.
    pub content: String,
    /// Address that it is begun from.
    pub address: String,
    /// What the browser says it is.
    pub agent: String,
    /// When it ends, in milliseconds since 1970.
    pub ends_ms: i64,
}

fn read(row: &AnyRow) -> Result<Session, sqlx::Error> {
    Ok(Session {
        id_hash: row.try_get("id_hash")?,
        id: row.try_get("id")?,
        account_id: row.try_get("account_id")?,
        content: row.try_get("content")?,
        address: row.try_get("address")?,
        agent: row.try_get("agent")?,
        created_ms: row.try_get("created_ms")?,
        seen_ms: row.try_get("seen_ms")?,
        ends_ms: row.try_get("ends_ms")?,
    })
}

impl Store {
    /// Begins a session under the hash of its secret, and forgets those that have ended. Gives its name in lists.
    ///
    /// # Errors
    /// When there is no such account, or the database fails.
    pub async fn begin_session(
        &self,
        id_hash: &str,
        session: SessionToBegin,
        now_ms: i64,
    ) -> Result<String, StateError> {
        let mut change = self.change().await?;
        sqlx::query("delete from session where ends_ms <= $1")
            .bind(now_ms)
            .execute(&mut *change)
            .await?;
        let id = new_id();
        let agent: String = storable(&session.agent)
            .chars()
            .take(LONGEST_AGENT_CHARS)
            .collect();
        let insert = "insert into session (id_hash, id, account_id, content, address, agent, created_ms, seen_ms, ends_ms) \
            values ($1, $2, $3, $4, $5, $6, $7, $7, $8)";
        sqlx::query(insert)
            .bind(id_hash)
            .bind(&id)
            .bind(session.account_id.as_deref())
            .bind(storable(&session.content))
            .bind(storable(&session.address))
            .bind(agent)
            .bind(now_ms)
            .bind(session.ends_ms)
            .execute(&mut *change)
            .await?;
        change.commit().await?;
        Ok(id)
    }

    /// The session with this hash, unless it has ended or nobody may sign in with its account any more.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn session(&self, id_hash: &str, now_ms: i64) -> Result<Option<Session>, StateError> {
        let select = "select id_hash, session.id, account_id, content, address, agent, session.created_ms, seen_ms, ends_ms \
            from session left join account on account.id = account_id \
            where id_hash = $1 and ends_ms > $2 and (account_id is null or is_disabled = 0)";
        let row = sqlx::query(select)
            .bind(id_hash)
            .bind(now_ms)
            .fetch_optional(&mut *self.reading().await?)
            .await?;
        Ok(row.as_ref().map(read).transpose()?)
    }

    /// Keeps what a session holds now, that it was used, and when it ends. One that has ended stays so.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn keep_session(
        &self,
        id_hash: &str,
        content: &str,
        now_ms: i64,
        ends_ms: i64,
    ) -> Result<(), StateError> {
        let mut change = self.change().await?;
        sqlx::query(
            "update session set content = $2, seen_ms = $3, ends_ms = $4 where id_hash = $1 and ends_ms > $3",
        )
        .bind(id_hash)
        .bind(storable(content))
        .bind(now_ms)
        .bind(ends_ms)
        .execute(&mut *change)
        .await?;
        Ok(change.commit().await?)
    }

    /// The sessions of an account that have not ended, the one that was used last first.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn sessions_of(
        &self,
        account_id: &str,
        now_ms: i64,
    ) -> Result<Vec<Session>, StateError> {
        let select = "select id_hash, id, account_id, content, address, agent, created_ms, seen_ms, ends_ms from session \
            where account_id = $1 and ends_ms > $2 order by seen_ms desc";
        let rows = sqlx::query(select)
            .bind(account_id)
            .bind(now_ms)
            .fetch_all(&mut *self.reading().await?)
            .await?;
        each(&rows, read)
    }

    /// Ends the session with this hash, if it is there.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn end_session(&self, id_hash: &str) -> Result<(), StateError> {
        let mut change = self.change().await?;
        sqlx::query("delete from session where id_hash = $1")
            .bind(id_hash)
            .execute(&mut *change)
            .await?;
        Ok(change.commit().await?)
    }

    /// Ends a session of an account by its name in lists; whether there was one.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn end_session_of(&self, account_id: &str, id: &str) -> Result<bool, StateError> {
        let mut change = self.change().await?;
        let ended = sqlx::query("delete from session where account_id = $1 and id = $2")
            .bind(account_id)
            .bind(id)
            .execute(&mut *change)
            .await?;
        change.commit().await?;
        Ok(ended.rows_affected() > 0)
    }

    /// Ends all sessions of an account but the one with this hash.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn end_sessions_of(
        &self,
        account_id: &str,
        but: Option<&str>,
    ) -> Result<u64, StateError> {
        let mut change = self.change().await?;
        let ended = sqlx::query("delete from session where account_id = $1 and id_hash <> $2")
            .bind(account_id)
            .bind(but.unwrap_or_default())
            .execute(&mut *change)
            .await?;
        change.commit().await?;
        Ok(ended.rows_affected())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{Kept, account, on_both};

    const NOW_MS: i64 = 1_795_000_000_000;

    async fn begin(store: &Store, hash: &str, account_id: Option<&str>, now_ms: i64) -> String {
        let session = SessionToBegin {
            account_id: account_id.map(str::to_owned),
            content: "{}".to_owned(),
            address: "192.0.2.1".to_owned(),
            agent: "A browser\0".repeat(1_000),
            ends_ms: now_ms + 1_000,
        };
        store
            .begin_session(hash, session, now_ms)
            .await
            .expect("a session")
    }

    async fn is_there(store: &Store, hash: &str, now_ms: i64) -> bool {
        store
            .session(hash, now_ms)
            .await
            .expect("an answer")
            .is_some()
    }

    on_both! {
        async fn a_session_lasts_until_its_end_and_longer_when_it_is_used(kept: Kept) {
            let store = kept.open().await;
            let ann = account(&store, "ann").await;
            begin(&store, "hash", Some(&ann), NOW_MS).await;
            assert!(is_there(&store, "hash", NOW_MS + 999).await);
            assert!(!is_there(&store, "hash", NOW_MS + 1_000).await);
            store.keep_session("hash", "{}", NOW_MS + 500, NOW_MS + 1_500).await.expect("seen");
            assert!(is_there(&store, "hash", NOW_MS + 1_499).await);
            // What has ended does not come back.
            store.keep_session("hash", "{}", NOW_MS + 1_500, NOW_MS + 9_000).await.expect("seen");
            assert!(!is_there(&store, "hash", NOW_MS + 1_600).await);
            let session = store.session("hash", NOW_MS).await.expect("an answer").expect("a session");
            assert_eq!(session.agent.chars().count(), LONGEST_AGENT_CHARS);
            begin(&store, "other", None, NOW_MS + 2_000).await;
            assert!(!is_there(&store, "hash", NOW_MS).await, "the next one takes it out");
        }

        async fn nobody_is_signed_in_with_an_account_that_is_disabled_or_gone(kept: Kept) {
            let store = kept.open().await;
            let (ann, bob) = (account(&store, "ann").await, account(&store, "bob").await);
            begin(&store, "of ann", Some(&ann), NOW_MS).await;
            begin(&store, "of nobody", None, NOW_MS).await;
            store.set_disabled(&ann, true, NOW_MS).await.expect("disabled");
            assert!(!is_there(&store, "of ann", NOW_MS).await);
            assert!(is_there(&store, "of nobody", NOW_MS).await);
            store.set_disabled(&ann, false, NOW_MS).await.expect("enabled");
            store.remove_account(&ann).await.expect("removed");
            assert!(!is_there(&store, "of ann", NOW_MS).await);
            assert!(store.account(&bob).await.expect("an answer").is_some());
        }

        async fn only_ones_own_sessions_are_listed_and_ended(kept: Kept) {
            let store = kept.open().await;
            let (ann, bob) = (account(&store, "ann").await, account(&store, "bob").await);
            let first = begin(&store, "1", Some(&ann), NOW_MS).await;
            let second = begin(&store, "2", Some(&ann), NOW_MS + 1).await;
            let of_bob = begin(&store, "3", Some(&bob), NOW_MS).await;
            let listed = store.sessions_of(&ann, NOW_MS + 1).await.expect("sessions");
            let ids: Vec<&str> = listed.iter().map(|session| session.id.as_str()).collect();
            assert_eq!(ids, [&second, &first]);
            assert!(!store.end_session_of(&ann, &of_bob).await.expect("an answer"));
            assert!(store.end_session_of(&ann, &first).await.expect("an answer"));
            begin(&store, "4", Some(&ann), NOW_MS + 2).await;
            assert_eq!(store.end_sessions_of(&ann, Some("2")).await.expect("a number"), 1);
            assert!(is_there(&store, "2", NOW_MS).await && is_there(&store, "3", NOW_MS).await);
            store.end_session("2").await.expect("ended");
            assert!(!is_there(&store, "2", NOW_MS).await);
        }
    }
}
