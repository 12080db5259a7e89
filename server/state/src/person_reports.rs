//! What people said of their own sign-ins: "This was me", "This wasn't me".

use sqlx::Row;
use sqlx::any::AnyRow;

use crate::store::{each, storable};
use crate::{StateError, Store};

/// Most reports of one account.
pub const MOST_REPORTS_OF_ONE: usize = 10_000;

/// What somebody said.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PersonReport {
    /// Whose sign-in it is.
    pub account_id: String,
    /// What the account is called.
    pub display_name: String,
    /// Request ID of the sign-in.
    pub request_id: String,
    /// Whether it was them.
    pub was_me: bool,
    /// When they said so, in milliseconds since 1970.
    pub said_ms: i64,
}

fn read(row: &AnyRow) -> Result<PersonReport, sqlx::Error> {
    Ok(PersonReport {
        account_id: row.try_get("account_id")?,
        display_name: row.try_get("display_name")?,
        request_id: row.try_get("request_id")?,
        was_me: row.try_get::<i64, _>("was_me")? != 0,
        said_ms: row.try_get("said_ms")?,
    })
}

impl Store {
    /// Keeps what somebody says of a sign-in; what they said of it before counts no more.
    ///
    /// # Errors
    /// When there is no such account, or it said too much already.
    pub async fn say_of_sign_in(
        &self,
        account_id: &str,
        request_id: &str,
        was_me: bool,
        now_ms: i64,
    ) -> Result<(), StateError> {
        let request_id = storable(request_id);
        let mut change = self.change().await?;
        crate::accounts::known(&mut change, account_id).await?;
        sqlx::query("delete from person_report where account_id = $1 and request_id = $2")
            .bind(account_id)
            .bind(&request_id)
            .execute(&mut *change)
            .await?;
        let number: i64 =
            sqlx::query_scalar("select count(*) from person_report where account_id = $1")
                .bind(account_id)
                .fetch_one(&mut *change)
                .await?;
        if usize::try_from(number).unwrap_or_default() >= MOST_REPORTS_OF_ONE {
            return Err(StateError::Full {
                most: MOST_REPORTS_OF_ONE,
            });
        }
        let insert = "insert into person_report (account_id, request_id, was_me, said_ms) values ($1, $2, $3, $4)";
        sqlx::query(insert)
            .bind(account_id)
            .bind(&request_id)
            .bind(i64::from(was_me))
            .bind(now_ms)
            .execute(&mut *change)
            .await?;
        Ok(change.commit().await?)
    }

    /// What an account said, the newest first.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn person_reports_of(
        &self,
        account_id: &str,
    ) -> Result<Vec<PersonReport>, StateError> {
        let select = "select account_id, display_name, request_id, was_me, said_ms \
            from person_report join account on account.id = account_id \
            where account_id = $1 order by said_ms desc, request_id";
        let rows = sqlx::query(select)
            .bind(account_id)
            .fetch_all(&mut *self.reading().await?)
            .await?;
        each(&rows, read)
    }

    /// The newest sign-ins that people did not recognise, at most so many.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn unrecognised_sign_ins(&self, limit: i64) -> Result<Vec<PersonReport>, StateError> {
        let select = "select account_id, display_name, request_id, was_me, said_ms \
            from person_report join account on account.id = account_id \
            where was_me = 0 order by said_ms desc, request_id limit $1";
        let rows = sqlx::query(select)
            .bind(limit)
            .fetch_all(&mut *self.reading().await?)
            .await?;
        each(&rows, read)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{Kept, account, on_both};

    const NOW_MS: i64 = 1_795_000_000_000;

    on_both! {
        async fn what_was_said_last_counts(kept: Kept) {
            let store = kept.open().await;
            let (ann, bob) = (account(&store, "ann").await, account(&store, "bob").await);
            store.say_of_sign_in(&ann, "r1", false, NOW_MS).await.expect("kept");
            store.say_of_sign_in(&ann, "r2", false, NOW_MS + 1).await.expect("kept");
            store.say_of_sign_in(&bob, "r1", true, NOW_MS + 2).await.expect("kept");
            store.say_of_sign_in(&ann, "r1", true, NOW_MS + 3).await.expect("kept");
            let said = store.person_reports_of(&ann).await.expect("reports");
            let said: Vec<(&str, bool)> =
                said.iter().map(|report| (report.request_id.as_str(), report.was_me)).collect();
            assert_eq!(said, [("r1", true), ("r2", false)]);
            let open = store.unrecognised_sign_ins(10).await.expect("reports");
            assert_eq!(open.len(), 1);
            assert_eq!((open[0].display_name.as_str(), open[0].request_id.as_str()), ("ann", "r2"));
        }

        async fn reports_go_with_the_account(kept: Kept) {
            let store = kept.open().await;
            let (ann, _) = (account(&store, "ann").await, account(&store, "bob").await);
            store.say_of_sign_in(&ann, "r1", false, NOW_MS).await.expect("kept");
            store.remove_account(&ann).await.expect("removed");
            assert_eq!(store.unrecognised_sign_ins(10).await.expect("reports"), []);
            assert!(matches!(
                store.say_of_sign_in("nobody", "r1", false, NOW_MS).await,
                Err(StateError::NoAccount)
            ));
        }
    }
}
