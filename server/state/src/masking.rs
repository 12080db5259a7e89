//! The secret by which names are masked, and what accounts see in spite of the mask.

use crate::accounts::known;
use crate::{StateError, Store};

/// Most marks that an account has at a time: one by one, nobody comes that far within their time.
pub const MOST_UNMASKED: usize = 10_000;

impl Store {
    /// The secret of a name; this one, where there is none yet.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn secret(&self, name: &str, fresh: &str) -> Result<String, StateError> {
        let mut change = self.change().await?;
        let insert =
            "insert into secret (name, value) values ($1, $2) on conflict (name) do nothing";
        sqlx::query(insert)
            .bind(name)
            .bind(fresh)
            .execute(&mut *change)
            .await?;
        let value = sqlx::query_scalar("select value from secret where name = $1")
            .bind(name)
            .fetch_one(&mut *change)
            .await?;
        change.commit().await?;
        Ok(value)
    }

    /// Lets an account see what has these marks, until a moment. What has ended is forgotten.
    ///
    /// # Errors
    /// When there is no such account, or it sees too much already.
    pub async fn unmask(
        &self,
        account_id: &str,
        marks: &[String],
        (now_ms, until_ms): (i64, i64),
    ) -> Result<(), StateError> {
        let mut change = self.change().await?;
        known(&mut change, account_id).await?;
        sqlx::query("delete from unmasked where until_ms <= $1")
            .bind(now_ms)
            .execute(&mut *change)
            .await?;
        let held: i64 = sqlx::query_scalar("select count(*) from unmasked where account_id = $1")
            .bind(account_id)
            .fetch_one(&mut *change)
            .await?;
        if usize::try_from(held).unwrap_or_default() + marks.len() > MOST_UNMASKED {
            return Err(StateError::Full {
                most: MOST_UNMASKED,
            });
        }
        let insert = "insert into unmasked (account_id, mark, until_ms) values ($1, $2, $3) \
            on conflict (account_id, mark) do update set until_ms = excluded.until_ms";
        for mark in marks {
            sqlx::query(insert)
                .bind(account_id)
                .bind(mark)
                .bind(until_ms)
                .execute(&mut *change)
                .await?;
        }
        change.commit().await?;
        Ok(())
    }

    /// The marks that an account sees at a moment.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn unmasked(&self, account_id: &str, now_ms: i64) -> Result<Vec<String>, StateError> {
        let select = "select mark from unmasked where account_id = $1 and until_ms > $2";
        let marks = sqlx::query_scalar(select)
            .bind(account_id)
            .bind(now_ms)
            .fetch_all(&mut *self.reading().await?)
            .await?;
        Ok(marks)
    }
}

#[cfg(test)]
mod tests {
    use model::access::{Role, Roles};

    use super::*;
    use crate::AccountToAdd;
    use crate::testing::{Kept, on_both};

    const NOW_MS: i64 = 1_795_000_000_000;

    on_both! {
        async fn a_secret_is_made_once(kept: Kept) {
            let store = kept.open().await;
            let (first, second) = tokio::join!(store.secret("a", "one"), store.secret("a", "two"));
            assert_eq!(first.expect("a secret"), second.expect("a secret"));
            assert_eq!(store.secret("b", "three").await.expect("a secret"), "three");
        }

        async fn what_is_unmasked_ends_by_itself_and_with_the_account(kept: Kept) {
            let store = kept.open().await;
            let account = |username: &str| AccountToAdd {
                username: username.to_owned(),
                roles: Roles::of([Role::GlobalAdministrator]),
                ..AccountToAdd::default()
            };
            let ann = store.add_account(account("ann"), NOW_MS).await.expect("an account");
            let bob = store.add_account(account("bob"), NOW_MS).await.expect("an account");
            let marks = ["m1".to_owned(), "m2".to_owned()];
            store.unmask(&ann, &marks, (NOW_MS, NOW_MS + 10)).await.expect("kept");
            store.unmask(&ann, &marks[..1], (NOW_MS, NOW_MS + 20)).await.expect("kept");
            let seen = |id: String, at: i64| {
                let store = store.clone();
                async move { store.unmasked(&id, at).await.expect("marks").len() }
            };
            assert_eq!(seen(ann.clone(), NOW_MS + 9).await, 2);
            assert_eq!(seen(ann.clone(), NOW_MS + 10).await, 1);
            assert_eq!(seen(bob, NOW_MS).await, 0);
            store.remove_account(&ann).await.expect("removed");
            assert_eq!(seen(ann, NOW_MS).await, 0);
            let unknown = store.unmask("nobody", &marks, (NOW_MS, NOW_MS + 1)).await;
            assert!(matches!(unknown, Err(StateError::NoAccount)));
        }
    }
}
