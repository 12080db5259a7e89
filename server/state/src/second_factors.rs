//! Second factors: keys of apps that make codes, and recovery codes.

use sqlx::Row;
use sqlx::any::AnyRow;

use crate::accounts::shut_out;
use crate::store::Change;
use crate::{StateError, Store};

/// A second factor.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SecondFactor {
    /// What codes are made of, in base 32.
    pub secret: String,
    /// Whether it is asked for; before, nobody has shown yet that an app has the secret.
    pub is_on: bool,
    /// When it was begun, in milliseconds since 1970.
    pub created_ms: i64,
    /// How many recovery codes are left.
    pub recovery_codes: i64,
}

fn read(row: &AnyRow) -> Result<SecondFactor, sqlx::Error> {
    Ok(SecondFactor {
        secret: row.try_get("secret")?,
        is_on: row.try_get::<i64, _>("is_on")? != 0,
        created_ms: row.try_get("created_ms")?,
        recovery_codes: row.try_get("recovery_codes")?,
    })
}

impl Store {
    /// The second factor of an account, also one that is not on yet.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn second_factor(
        &self,
        account_id: &str,
    ) -> Result<Option<SecondFactor>, StateError> {
        let select = "select secret, is_on, created_ms, \
            (select count(*) from recovery_code where recovery_code.account_id = $1) as recovery_codes \
            from second_factor where account_id = $1";
        let row = sqlx::query(select)
            .bind(account_id)
            .fetch_optional(&mut *self.reading().await?)
            .await?;
        Ok(row.as_ref().map(read).transpose()?)
    }

    /// Begins a second factor with a secret; one that was begun before and is not on is forgotten.
    ///
    /// # Errors
    /// When one is on, or there is no such account.
    pub async fn begin_second_factor(
        &self,
        account_id: &str,
        secret: &str,
        now_ms: i64,
    ) -> Result<(), StateError> {
        let mut change = self.change().await?;
        crate::accounts::known(&mut change, account_id).await?;
        sqlx::query("delete from second_factor where account_id = $1 and is_on = 0")
            .bind(account_id)
            .execute(&mut *change)
            .await?;
        let insert = "insert into second_factor (account_id, secret, is_on, last_step, created_ms) \
            values ($1, $2, 0, 0, $3) on conflict (account_id) do nothing";
        let made = sqlx::query(insert)
            .bind(account_id)
            .bind(secret)
            .bind(now_ms)
            .execute(&mut *change)
            .await?;
        if made.rows_affected() == 0 {
            return Err(StateError::SecondFactorOn);
        }
        Ok(change.commit().await?)
    }

    /// Turns on what was begun with this secret, once a code of this step showed that an app has it. Sessions that came
    /// in without it end, but the one with this hash.
    ///
    /// # Errors
    /// When none was begun with it, or it is on already.
    pub async fn turn_second_factor_on(
        &self,
        account_id: &str,
        (secret, step): (&str, i64),
        recovery_hashes: &[String],
        kept_session: &str,
    ) -> Result<(), StateError> {
        let mut change = self.change().await?;
        let turn_on = "update second_factor set is_on = 1, last_step = $3 \
            where account_id = $1 and secret = $2 and is_on = 0";
        let done = sqlx::query(turn_on)
            .bind(account_id)
            .bind(secret)
            .bind(step)
            .execute(&mut *change)
            .await?;
        if done.rows_affected() == 0 {
            return Err(StateError::NoSecondFactor);
        }
        keep_recovery_codes(&mut change, account_id, recovery_hashes).await?;
        shut_out(&mut change, account_id, Some(kept_session)).await?;
        Ok(change.commit().await?)
    }

    /// Takes the code of a step: whether none of this step or a later one was taken before. Of several at once one is.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn take_code_step(&self, account_id: &str, step: i64) -> Result<bool, StateError> {
        let mut change = self.change().await?;
        let take = "update second_factor set last_step = $2 \
            where account_id = $1 and is_on = 1 and last_step < $2";
        let taken = sqlx::query(take)
            .bind(account_id)
            .bind(step)
            .execute(&mut *change)
            .await?;
        change.commit().await?;
        Ok(taken.rows_affected() > 0)
    }

    /// Takes a recovery code by its hash: whether there was one. It is gone then.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn take_recovery_code(
        &self,
        account_id: &str,
        code_hash: &str,
    ) -> Result<bool, StateError> {
        let mut change = self.change().await?;
        let taken =
            sqlx::query("delete from recovery_code where account_id = $1 and code_hash = $2")
                .bind(account_id)
                .bind(code_hash)
                .execute(&mut *change)
                .await?;
        change.commit().await?;
        Ok(taken.rows_affected() > 0)
    }

    /// Gives an account other recovery codes, by their hashes; those before are no more.
    ///
    /// # Errors
    /// When its second factor is not on.
    pub async fn set_recovery_codes(
        &self,
        account_id: &str,
        hashes: &[String],
    ) -> Result<(), StateError> {
        let mut change = self.change().await?;
        let on: Option<String> = sqlx::query_scalar(
            "select account_id from second_factor where account_id = $1 and is_on = 1",
        )
        .bind(account_id)
        .fetch_optional(&mut *change)
        .await?;
        on.ok_or(StateError::NoSecondFactor)?;
        keep_recovery_codes(&mut change, account_id, hashes).await?;
        Ok(change.commit().await?)
    }

    /// Forgets the second factor of an account, and ends its sessions, but the one with this hash: its owner's own.
    ///
    /// # Errors
    /// When it has none, not even one that was begun.
    pub async fn turn_second_factor_off(
        &self,
        account_id: &str,
        kept_session: Option<&str>,
    ) -> Result<(), StateError> {
        let mut change = self.change().await?;
        let done = sqlx::query("delete from second_factor where account_id = $1")
            .bind(account_id)
            .execute(&mut *change)
            .await?;
        if done.rows_affected() == 0 {
            return Err(StateError::NoSecondFactor);
        }
        keep_recovery_codes(&mut change, account_id, &[]).await?;
        // Tokens stay; the empty text is no session's hash.
        shut_out(
            &mut change,
            account_id,
            Some(kept_session.unwrap_or_default()),
        )
        .await?;
        Ok(change.commit().await?)
    }
}

async fn keep_recovery_codes(
    change: &mut Change,
    account_id: &str,
    hashes: &[String],
) -> Result<(), StateError> {
    sqlx::query("delete from recovery_code where account_id = $1")
        .bind(account_id)
        .execute(&mut **change)
        .await?;
    for hash in hashes {
        sqlx::query("insert into recovery_code (account_id, code_hash) values ($1, $2)")
            .bind(account_id)
            .bind(hash)
            .execute(&mut **change)
            .await?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::SessionToBegin;
    use crate::testing::{Kept, account, on_both};

    const NOW_MS: i64 = 1_795_000_000_000;

    async fn begin(store: &Store, account_id: &str, hash: &str) {
        let session = SessionToBegin {
            account_id: Some(account_id.to_owned()),
            ends_ms: NOW_MS + 1_000,
            ..SessionToBegin::default()
        };
        let began = store.begin_session(hash, session, NOW_MS).await;
        began.expect("a session");
    }

    async fn sessions(store: &Store, account_id: &str) -> Vec<String> {
        let sessions = store.sessions_of(account_id, NOW_MS).await;
        let sessions = sessions.expect("sessions").into_iter();
        sessions.map(|session| session.id_hash).collect()
    }

    async fn turned_on(store: &Store, username: &str) -> String {
        let id = account(store, username).await;
        let begun = store.begin_second_factor(&id, "SECRET", NOW_MS).await;
        begun.expect("begun");
        let codes = ["one".to_owned(), "two".to_owned()];
        let on = store.turn_second_factor_on(&id, ("SECRET", 5), &codes, "here");
        on.await.expect("on");
        id
    }

    on_both! {
        async fn it_is_on_once_its_own_secret_was_shown_to_be_there(kept: Kept) {
            let store = kept.open().await;
            let ann = account(&store, "ann").await;
            begin(&store, &ann, "here").await;
            begin(&store, &ann, "there").await;
            store.begin_second_factor(&ann, "FIRST", NOW_MS).await.expect("begun");
            store.begin_second_factor(&ann, "SECOND", NOW_MS).await.expect("begun again");
            let turn_on = async |secret| store.turn_second_factor_on(&ann, (secret, 5), &["one".to_owned()], "here").await;
            assert!(matches!(turn_on("FIRST").await, Err(StateError::NoSecondFactor)));
            assert!(!store.take_code_step(&ann, 6).await.expect("an answer"), "it is not on");
            turn_on("SECOND").await.expect("on");
            let factor = store.second_factor(&ann).await.expect("an answer").expect("a factor");
            assert_eq!((factor.secret.as_str(), factor.is_on, factor.recovery_codes), ("SECOND", true, 1));
            assert_eq!(sessions(&store, &ann).await, ["here"]);
            let again = store.begin_second_factor(&ann, "THIRD", NOW_MS).await;
            assert!(matches!(again, Err(StateError::SecondFactorOn)));
            assert!(matches!(turn_on("SECOND").await, Err(StateError::NoSecondFactor)));
            assert!(matches!(store.begin_second_factor("nobody", "X", NOW_MS).await, Err(StateError::NoAccount)));
        }

        async fn a_code_is_taken_once_however_many_come_at_once(kept: Kept) {
            let (one, other) = (kept.open().await, kept.open().await);
            let ann = turned_on(&one, "ann").await;
            assert!(!one.take_code_step(&ann, 5).await.expect("an answer"), "it turned it on");
            let mut tasks = Vec::new();
            for number in 0..20 {
                let store = if number % 2 == 0 { one.clone() } else { other.clone() };
                let ann = ann.clone();
                tasks.push(tokio::spawn(async move { store.take_code_step(&ann, 7).await }));
            }
            let mut taken = 0;
            for task in tasks {
                taken += usize::from(task.await.expect("a task").expect("an answer"));
            }
            assert_eq!(taken, 1);
            assert!(!one.take_code_step(&ann, 6).await.expect("an answer"), "an earlier one");
            assert!(one.take_code_step(&ann, 8).await.expect("an answer"));
        }

        async fn a_recovery_code_is_taken_once_and_others_take_their_place(kept: Kept) {
            let store = kept.open().await;
            let (ann, bob) = (turned_on(&store, "ann").await, turned_on(&store, "bob").await);
            let take = async |account: &str, code| store.take_recovery_code(account, code).await.expect("an answer");
            assert!(take(&ann, "one").await && !take(&ann, "one").await && !take(&ann, "three").await);
            let at_once = tokio::join!(take(&ann, "two"), take(&ann, "two"));
            assert!(at_once.0 != at_once.1, "one of two");
            store.set_recovery_codes(&bob, &["three".to_owned()]).await.expect("kept");
            assert!(!take(&bob, "one").await && take(&bob, "three").await);
            let none = account(&store, "none").await;
            let refused = store.set_recovery_codes(&none, &["x".to_owned()]).await;
            assert!(matches!(refused, Err(StateError::NoSecondFactor)));
        }

        async fn what_is_turned_off_is_gone_with_its_codes_and_sessions(kept: Kept) {
            let store = kept.open().await;
            let ann = turned_on(&store, "ann").await;
            begin(&store, &ann, "here").await;
            begin(&store, &ann, "there").await;
            store.turn_second_factor_off(&ann, Some("here")).await.expect("off");
            assert_eq!(sessions(&store, &ann).await, ["here"]);
            assert_eq!(store.second_factor(&ann).await.expect("an answer"), None);
            assert!(!store.take_recovery_code(&ann, "one").await.expect("an answer"));
            assert!(matches!(store.turn_second_factor_off(&ann, None).await, Err(StateError::NoSecondFactor)));
            store.begin_second_factor(&ann, "X", NOW_MS).await.expect("begun");
            store.turn_second_factor_off(&ann, None).await.expect("off");
            assert_eq!(sessions(&store, &ann).await, [""; 0]);
        }

        async fn it_goes_with_the_account(kept: Kept) {
            let store = kept.open().await;
            let (ann, _) = (turned_on(&store, "ann").await, account(&store, "bob").await);
            store.remove_account(&ann).await.expect("removed");
            assert_eq!(store.second_factor(&ann).await.expect("an answer"), None);
        }
    }
}
