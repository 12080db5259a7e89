//! API tokens: by which programs ask in the name of an account.

use sqlx::Row;
use sqlx::any::AnyRow;

use crate::store::{each, new_id, storable};
use crate::{StateError, Store};

/// Most tokens that one account may have.
pub const MOST_TOKENS_OF_ONE: usize = 50;
/// Most characters of a name.
pub const LONGEST_TOKEN_NAME_CHARS: usize = 80;
/// How often it is kept that a token was used, in milliseconds: a minute.
const USED_EVERY_MS: i64 = 60_000;

/// A token, without what is sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ApiToken {
    /// Its name in addresses: letters and digits.
    pub id: String,
    /// In whose name it asks.
    pub account_id: String,
    /// What its owner calls it.
    pub name: String,
    /// What it may ask for, by words.
    pub scopes: Vec<String>,
    /// When it was made, in milliseconds since 1970.
    pub created_ms: i64,
    /// When it ends, in milliseconds since 1970.
    pub ends_ms: i64,
    /// When it was used last, to the minute, in milliseconds since 1970.
    pub used_ms: Option<i64>,
}

fn read(row: &AnyRow) -> Result<ApiToken, sqlx::Error> {
    let scopes: &str = row.try_get("scopes")?;
    Ok(ApiToken {
        id: row.try_get("id")?,
        account_id: row.try_get("account_id")?,
        name: row.try_get("name")?,
        scopes: scopes
            .split(',')
            .filter(|scope| !scope.is_empty())
            .map(str::to_owned)
            .collect(),
        created_ms: row.try_get("created_ms")?,
        ends_ms: row.try_get("ends_ms")?,
        used_ms: row.try_get("used_ms")?,
    })
}

impl Store {
    /// Makes a token of an account, known by the hash of its secret. Gives its id.
    ///
    /// # Errors
    /// When the name is blank or too long, the account has too many, or there is no such account.
    pub async fn add_api_token(
        &self,
        account_id: &str,
        (name, scopes): (&str, &[&str]),
        secret_hash: &str,
        (now_ms, ends_ms): (i64, i64),
    ) -> Result<String, StateError> {
        let name = storable(name);
        let name = name.trim();
        if name.is_empty() {
            return Err(StateError::NoTokenName);
        }
        if name.chars().count() > LONGEST_TOKEN_NAME_CHARS {
            return Err(StateError::LongName {
                most: LONGEST_TOKEN_NAME_CHARS,
            });
        }
        let mut change = self.change().await?;
        crate::accounts::known(&mut change, account_id).await?;
        sqlx::query("delete from api_token where account_id = $1 and ends_ms <= $2")
            .bind(account_id)
            .bind(now_ms)
            .execute(&mut *change)
            .await?;
        let number: i64 =
            sqlx::query_scalar("select count(*) from api_token where account_id = $1")
                .bind(account_id)
                .fetch_one(&mut *change)
                .await?;
        if usize::try_from(number).unwrap_or_default() >= MOST_TOKENS_OF_ONE {
            return Err(StateError::Full {
                most: MOST_TOKENS_OF_ONE,
            });
        }
        let id = new_id();
        let insert = "insert into api_token (id, account_id, name, secret_hash, scopes, created_ms, ends_ms) \
            values ($1, $2, $3, $4, $5, $6, $7)";
        sqlx::query(insert)
            .bind(&id)
            .bind(account_id)
            .bind(name)
            .bind(secret_hash)
            .bind(scopes.join(","))
            .bind(now_ms)
            .bind(ends_ms)
            .execute(&mut *change)
            .await?;
        change.commit().await?;
        Ok(id)
    }

    /// The token with this hash, unless it has ended or nobody may sign in with its account any more. It counts as used.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn use_api_token(
        &self,
        secret_hash: &str,
        now_ms: i64,
    ) -> Result<Option<ApiToken>, StateError> {
        let select = "select api_token.id, account_id, name, scopes, api_token.created_ms, ends_ms, used_ms \
            from api_token join account on account.id = account_id \
            where secret_hash = $1 and ends_ms > $2 and is_disabled = 0";
        let row = sqlx::query(select)
            .bind(secret_hash)
            .bind(now_ms)
            .fetch_optional(&mut *self.reading().await?)
            .await?;
        let Some(token) = row.as_ref().map(read).transpose()? else {
            return Ok(None);
        };
        if token
            .used_ms
            .is_none_or(|used_ms| now_ms.saturating_sub(used_ms) >= USED_EVERY_MS)
        {
            let mut change = self.change().await?;
            sqlx::query("update api_token set used_ms = $2 where id = $1")
                .bind(&token.id)
                .bind(now_ms)
                .execute(&mut *change)
                .await?;
            change.commit().await?;
        }
        Ok(Some(token))
    }

    /// The tokens of an account that have not ended, the newest first.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn api_tokens_of(
        &self,
        account_id: &str,
        now_ms: i64,
    ) -> Result<Vec<ApiToken>, StateError> {
        let select = "select id, account_id, name, scopes, created_ms, ends_ms, used_ms from api_token \
            where account_id = $1 and ends_ms > $2 order by created_ms desc, id";
        let rows = sqlx::query(select)
            .bind(account_id)
            .bind(now_ms)
            .fetch_all(&mut *self.reading().await?)
            .await?;
        each(&rows, read)
    }

    /// Takes a token of an account back; whether there was one.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn remove_api_token(&self, account_id: &str, id: &str) -> Result<bool, StateError> {
        let mut change = self.change().await?;
        let removed = sqlx::query("delete from api_token where account_id = $1 and id = $2")
            .bind(account_id)
            .bind(id)
            .execute(&mut *change)
            .await?;
        change.commit().await?;
        Ok(removed.rows_affected() > 0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{Kept, account, on_both};

    const NOW_MS: i64 = 1_795_000_000_000;
    const SCOPES: [&str; 2] = ["sign_ins", "import"];

    async fn add(
        store: &Store,
        account_id: &str,
        name: &str,
        hash: &str,
    ) -> Result<String, StateError> {
        let times_ms = (NOW_MS, NOW_MS + 1_000_000);
        store
            .add_api_token(account_id, (name, &SCOPES), hash, times_ms)
            .await
    }

    async fn used(store: &Store, hash: &str, now_ms: i64) -> Option<ApiToken> {
        store.use_api_token(hash, now_ms).await.expect("an answer")
    }

    on_both! {
        async fn a_token_asks_until_it_ends_is_taken_back_or_its_account_disabled(kept: Kept) {
            let store = kept.open().await;
            let (ann, bob) = (account(&store, "ann").await, account(&store, "bob").await);
            let id = add(&store, &ann, " Nightly export ", "hash").await.expect("made");
            let token = used(&store, "hash", NOW_MS + 5).await.expect("a token");
            assert_eq!((token.name.as_str(), token.account_id.as_str(), token.scopes.as_slice()), ("Nightly export", ann.as_str(), &SCOPES.map(str::to_owned)[..]));
            assert_eq!(used(&store, "other", NOW_MS).await, None);
            assert_eq!(used(&store, "hash", NOW_MS + 1_000_000).await, None);
            store.set_disabled(&ann, true, NOW_MS).await.expect("disabled");
            assert_eq!(used(&store, "hash", NOW_MS).await, None);
            store.set_disabled(&ann, false, NOW_MS).await.expect("enabled");
            assert!(!store.remove_api_token(&bob, &id).await.expect("an answer"), "it is not bob's");
            assert!(store.remove_api_token(&ann, &id).await.expect("an answer"));
            assert_eq!(used(&store, "hash", NOW_MS).await, None);
        }

        async fn when_it_was_used_is_kept_to_the_minute(kept: Kept) {
            let store = kept.open().await;
            let ann = account(&store, "ann").await;
            add(&store, &ann, "Export", "hash").await.expect("made");
            for (now_ms, kept_ms) in [(NOW_MS, NOW_MS), (NOW_MS + 59_999, NOW_MS), (NOW_MS + 60_000, NOW_MS + 60_000)] {
                used(&store, "hash", now_ms).await.expect("a token");
                let listed = store.api_tokens_of(&ann, NOW_MS).await.expect("tokens");
                assert_eq!(listed[0].used_ms, Some(kept_ms));
            }
        }

        async fn names_and_numbers_have_limits(kept: Kept) {
            let store = kept.open().await;
            let ann = account(&store, "ann").await;
            assert!(matches!(add(&store, &ann, " \0 ", "h").await, Err(StateError::NoTokenName)));
            assert!(matches!(add(&store, &ann, &"x".repeat(81), "h").await, Err(StateError::LongName { .. })));
            assert!(matches!(add(&store, "nobody", "x", "h").await, Err(StateError::NoAccount)));
            for number in 0..MOST_TOKENS_OF_ONE {
                add(&store, &ann, "x", &format!("hash{number}")).await.expect("made");
            }
            assert!(matches!(add(&store, &ann, "x", "h").await, Err(StateError::Full { .. })));
            // Those that have ended make room.
            let later_ms = (NOW_MS + 1_000_000, NOW_MS + 2_000_000);
            let made = store.add_api_token(&ann, ("x", &SCOPES), "h", later_ms).await;
            made.expect("made");
            assert_eq!(store.api_tokens_of(&ann, NOW_MS).await.expect("tokens").len(), 1);
        }
    }
}
