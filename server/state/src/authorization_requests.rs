//! People who are at a provider to sign in, and come back once.

use sqlx::Row;

use crate::store::storable;
use crate::{StateError, Store};

/// How long somebody may be at the provider: ten minutes, in milliseconds.
pub const AUTHORIZATION_REQUEST_MS: i64 = 10 * 60 * 1_000;
/// Most people who are at the provider at once; then those that left first are forgotten.
pub const MOST_AUTHORIZATION_REQUESTS: usize = 10_000;

/// What is kept while somebody is at the provider. It is of no use without what their browser holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AuthorizationRequest {
    /// Hash of what the browser that went keeps in a cookie.
    pub browser_hash: String,
    /// What the token has to repeat.
    pub nonce: String,
    /// What shows that the code comes back to whoever asked for it.
    pub pkce_verifier: String,
    /// The page here that they wanted to see.
    pub wanted: String,
}

impl Store {
    /// Keeps it for ten minutes under the hash of what goes to the provider and comes back.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn keep_authorization_request(
        &self,
        state_hash: &str,
        request: &AuthorizationRequest,
        now_ms: i64,
    ) -> Result<(), StateError> {
        let mut change = self.change().await?;
        sqlx::query("delete from authorization_request where ends_ms <= $1")
            .bind(now_ms)
            .execute(&mut *change)
            .await?;
        let count = "select count(*) from authorization_request";
        if crate::store::count(&mut change, count).await? >= MOST_AUTHORIZATION_REQUESTS {
            let oldest = "delete from authorization_request where state_hash in \
                (select state_hash from authorization_request order by ends_ms limit 1)";
            sqlx::query(oldest).execute(&mut *change).await?;
        }
        let insert = "insert into authorization_request (state_hash, browser_hash, nonce, pkce_verifier, wanted, ends_ms) \
            values ($1, $2, $3, $4, $5, $6)";
        sqlx::query(insert)
            .bind(state_hash)
            .bind(&request.browser_hash)
            .bind(&request.nonce)
            .bind(&request.pkce_verifier)
            .bind(storable(&request.wanted))
            .bind(now_ms.saturating_add(AUTHORIZATION_REQUEST_MS))
            .execute(&mut *change)
            .await?;
        Ok(change.commit().await?)
    }

    /// Takes it out; `None` when it is not there, was taken already, or is too old.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn take_authorization_request(
        &self,
        state_hash: &str,
        now_ms: i64,
    ) -> Result<Option<AuthorizationRequest>, StateError> {
        let mut change = self.change().await?;
        let select = "select browser_hash, nonce, pkce_verifier, wanted from authorization_request \
            where state_hash = $1 and ends_ms > $2";
        let row = sqlx::query(select)
            .bind(state_hash)
            .bind(now_ms)
            .fetch_optional(&mut *change)
            .await?;
        let Some(row) = row else {
            return Ok(None);
        };
        sqlx::query("delete from authorization_request where state_hash = $1")
            .bind(state_hash)
            .execute(&mut *change)
            .await?;
        let request = AuthorizationRequest {
            browser_hash: row.try_get("browser_hash")?,
            nonce: row.try_get("nonce")?,
            pkce_verifier: row.try_get("pkce_verifier")?,
            wanted: row.try_get("wanted")?,
        };
        change.commit().await?;
        Ok(Some(request))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{Kept, on_both};

    const NOW_MS: i64 = 1_795_000_000_000;

    fn request(wanted: &str) -> AuthorizationRequest {
        AuthorizationRequest {
            browser_hash: "browser".to_owned(),
            nonce: "nonce".to_owned(),
            pkce_verifier: "verifier".to_owned(),
            wanted: wanted.to_owned(),
        }
    }

    on_both! {
        async fn a_way_back_is_good_once_and_for_ten_minutes(kept: Kept) {
            let store = kept.open().await;
            for state in ["a", "b"] {
                store.keep_authorization_request(state, &request(state), NOW_MS).await.expect("kept");
            }
            let end = NOW_MS + AUTHORIZATION_REQUEST_MS;
            let take = async |state, now_ms| store.take_authorization_request(state, now_ms).await.expect("an answer");
            assert_eq!(take("a", end - 1).await, Some(request("a")));
            assert_eq!(take("a", end - 1).await, None, "it was taken");
            assert_eq!(take("b", end).await, None, "it is too old");
            assert_eq!(take("c", NOW_MS).await, None);
        }

        async fn of_two_who_come_back_with_the_same_one_is_let_in(kept: Kept) {
            let (one, other) = (kept.open().await, kept.open().await);
            one.keep_authorization_request("a", &request("/"), NOW_MS).await.expect("kept");
            let take = |store: Store| tokio::spawn(async move { store.take_authorization_request("a", NOW_MS).await });
            let (first, second) = (take(one), take(other));
            let taken = [first.await.expect("a task").expect("an answer"), second.await.expect("a task").expect("an answer")];
            assert_eq!(taken.iter().flatten().count(), 1, "{taken:?}");
        }
    }

    #[tokio::test]
    async fn there_are_never_more_than_so_many() {
        let kept = Kept::in_a_file();
        let store = kept.open().await;
        let mut change = store.change().await.expect("a change");
        let insert = "with recursive number (n) as (select 0 union all select n + 1 from number where n < 9999) \
            insert into authorization_request select 'state' || n, '', '', '', '', 1795000000001 + n from number";
        sqlx::query(insert)
            .execute(&mut *change)
            .await
            .expect("inserted");
        change.commit().await.expect("committed");
        store
            .keep_authorization_request("new", &request("/"), NOW_MS)
            .await
            .expect("kept");
        let mut reading = store.reading().await.expect("a connection");
        let number =
            crate::store::count(&mut reading, "select count(*) from authorization_request").await;
        assert_eq!(number.expect("a number"), MOST_AUTHORIZATION_REQUESTS);
        let first = store.take_authorization_request("state0", NOW_MS).await;
        assert_eq!(first.expect("an answer"), None, "the oldest gave way");
        let new = store.take_authorization_request("new", NOW_MS).await;
        assert!(new.expect("an answer").is_some());
    }
}
