//! Attempts to sign in that failed: how often, of one account or from one address, so that guessing takes too long.

use sqlx::AnyConnection;

use crate::accounts::LONGEST_USERNAME_CHARS;
use crate::store::storable;
use crate::{StateError, Store};

/// The pause after too many, in milliseconds: 15 minutes. Who fails again after it waits as long again.
pub const PAUSE_MS: i64 = 15 * 60_000;
/// After how long without an attempt it begins anew, in milliseconds: a day.
const FORGOTTEN_AFTER_MS: i64 = 86_400_000;
/// The same for an address, which many people may share: an hour.
const ADDRESS_FORGOTTEN_AFTER_MS: i64 = 3_600_000;

/// Whose attempts are counted together.
///
/// Somebody elsewhere cannot lock an account with a handful of attempts; who tries many accounts from one address, or
/// one account from many, is stopped later.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Whose<'a> {
    /// Those for a username from one address.
    UsernameFrom(&'a str, &'a str),
    /// Those from one address, whoever they are for.
    Address(&'a str),
    /// Those for a username, wherever they come from.
    Username(&'a str),
    /// Codes for an account from one address, after its password.
    CodeFrom(&'a str, &'a str),
    /// Codes for an account, wherever they come from.
    Code(&'a str),
}

impl Whose<'_> {
    /// How often it may fail before there is a pause.
    pub const fn free_attempts(self) -> i64 {
        match self {
            Whose::UsernameFrom(..) | Whose::CodeFrom(..) => 5,
            Whose::Address(_) | Whose::Code(_) => 50,
            Whose::Username(_) => 100,
        }
    }

    const fn forgotten_after_ms(self) -> i64 {
        match self {
            Whose::Address(_) => ADDRESS_FORGOTTEN_AFTER_MS,
            _ => FORGOTTEN_AFTER_MS,
        }
    }

    /// Usernames are no longer than their limit; what is typed may be.
    fn key(self) -> String {
        let name = |username: &str| -> String {
            let name = storable(username).trim().to_lowercase();
            name.chars().take(LONGEST_USERNAME_CHARS).collect()
        };
        match self {
            Whose::UsernameFrom(username, address) => format!("both {address} {}", name(username)),
            Whose::Address(address) => format!("address {address}"),
            Whose::Username(username) => format!("name {}", name(username)),
            Whose::CodeFrom(account_id, address) => format!("code {address} {account_id}"),
            Whose::Code(account_id) => format!("codes {account_id}"),
        }
    }
}

/// How many attempts there were.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Attempts {
    /// How many are left before there is a pause.
    pub left: i64,
    /// Until when the next one is refused, in milliseconds since 1970.
    pub paused_until_ms: Option<i64>,
}

impl Attempts {
    /// Whether an attempt is refused now, whatever is typed.
    pub fn is_paused(&self, now_ms: i64) -> bool {
        self.paused_until_ms
            .is_some_and(|until_ms| now_ms < until_ms)
    }
}

impl Store {
    /// What failed before, and what is being tried.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn attempts(&self, whose: Whose<'_>, now_ms: i64) -> Result<Attempts, StateError> {
        found(&mut *self.reading().await?, whose, now_ms).await
    }

    /// Counts an attempt before it is made, so that many at once are no more than so many one after another. Gives until
    /// when it is refused, in milliseconds since 1970, where there is a pause; then it is not counted.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn begin_attempt(
        &self,
        whose: &[Whose<'_>],
        now_ms: i64,
    ) -> Result<Option<i64>, StateError> {
        let mut change = self.change().await?;
        for one in whose {
            let attempts = found(&mut change, *one, now_ms).await?;
            if attempts.is_paused(now_ms) {
                return Ok(attempts.paused_until_ms);
            }
        }
        count(&mut change, whose, now_ms).await?;
        change.commit().await?;
        Ok(None)
    }

    /// Takes an attempt back: somebody signed in.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn take_back_attempt(&self, whose: Whose<'_>) -> Result<(), StateError> {
        let mut change = self.change().await?;
        sqlx::query(
            "update failed_sign_in set number = number - 1 where attempt_key = $1 and number > 0",
        )
        .bind(whose.key())
        .execute(&mut *change)
        .await?;
        Ok(change.commit().await?)
    }

    /// Begins anew: somebody signed in.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn forget_failed(&self, whose: Whose<'_>) -> Result<(), StateError> {
        let mut change = self.change().await?;
        sqlx::query("delete from failed_sign_in where attempt_key = $1")
            .bind(whose.key())
            .execute(&mut *change)
            .await?;
        Ok(change.commit().await?)
    }
}

async fn found(
    connection: &mut AnyConnection,
    whose: Whose<'_>,
    now_ms: i64,
) -> Result<Attempts, StateError> {
    let select =
        "select number, last_ms from failed_sign_in where attempt_key = $1 and last_ms > $2";
    let found: Option<(i64, i64)> = sqlx::query_as(select)
        .bind(whose.key())
        .bind(now_ms.saturating_sub(whose.forgotten_after_ms()))
        .fetch_optional(connection)
        .await?;
    let (failed, last_ms) = found.unwrap_or_default();
    let left = (whose.free_attempts() - failed).max(0);
    Ok(Attempts {
        left,
        paused_until_ms: (left == 0).then(|| last_ms.saturating_add(PAUSE_MS)),
    })
}

async fn count(
    change: &mut AnyConnection,
    whose: &[Whose<'_>],
    now_ms: i64,
) -> Result<(), StateError> {
    // Nobody fills the table by failing with names that do not exist.
    for (kind, after_ms) in [
        ("%", FORGOTTEN_AFTER_MS),
        ("address %", ADDRESS_FORGOTTEN_AFTER_MS),
    ] {
        sqlx::query("delete from failed_sign_in where attempt_key like $1 and last_ms <= $2")
            .bind(kind)
            .bind(now_ms.saturating_sub(after_ms))
            .execute(&mut *change)
            .await?;
    }
    let count = "insert into failed_sign_in (attempt_key, number, last_ms) values ($1, 1, $2) \
        on conflict (attempt_key) do update set number = failed_sign_in.number + 1, last_ms = excluded.last_ms";
    for one in whose {
        sqlx::query(count)
            .bind(one.key())
            .bind(now_ms)
            .execute(&mut *change)
            .await?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{Kept, on_both};

    const NOW_MS: i64 = 1_795_000_000_000;

    const ANN: Whose<'_> = Whose::UsernameFrom("ann", "192.0.2.1");

    async fn fail(store: &Store, whose: &[Whose<'_>], times: i64, now_ms: i64) {
        for _ in 0..times {
            let mut change = store.change().await.expect("a change");
            count(&mut change, whose, now_ms).await.expect("counted");
            change.commit().await.expect("kept");
        }
    }

    async fn attempts(store: &Store, whose: Whose<'_>, now_ms: i64) -> Attempts {
        store.attempts(whose, now_ms).await.expect("attempts")
    }

    on_both! {
        async fn after_five_there_is_a_pause_which_ends(kept: Kept) {
            let store = kept.open().await;
            for left in (1..=5).rev() {
                let before = attempts(&store, ANN, NOW_MS).await;
                assert_eq!((before.left, before.is_paused(NOW_MS)), (left, false));
                fail(&store, &[ANN], 1, NOW_MS).await;
            }
            let after = attempts(&store, Whose::UsernameFrom(" ANN", "192.0.2.1"), NOW_MS).await;
            assert!(after.is_paused(NOW_MS) && !after.is_paused(NOW_MS + PAUSE_MS));
            // Once more after the pause, and it begins again.
            let later_ms = NOW_MS + PAUSE_MS;
            fail(&store, &[ANN], 1, later_ms).await;
            assert!(attempts(&store, ANN, later_ms).await.is_paused(later_ms + 1));
        }

        async fn nobody_is_locked_out_from_elsewhere_by_a_few_and_many_are_stopped(kept: Kept) {
            let store = kept.open().await;
            let all = [ANN, Whose::Address("192.0.2.1"), Whose::Username("ann")];
            fail(&store, &all, 49, NOW_MS).await;
            for (whose, is_paused) in [
                (ANN, true),
                (Whose::UsernameFrom("ann", "192.0.2.2"), false),
                (Whose::UsernameFrom("bob", "192.0.2.1"), false),
                (Whose::Address("192.0.2.1"), false),
                (Whose::Username("ann"), false),
            ] {
                assert_eq!(attempts(&store, whose, NOW_MS).await.is_paused(NOW_MS), is_paused, "{whose:?}");
            }
            fail(&store, &all, 1, NOW_MS).await;
            assert!(attempts(&store, Whose::Address("192.0.2.1"), NOW_MS).await.is_paused(NOW_MS));
            fail(&store, &[Whose::Username("ann")], 50, NOW_MS).await;
            assert!(attempts(&store, Whose::Username("ann"), NOW_MS).await.is_paused(NOW_MS));
        }

        async fn who_signs_in_begins_anew_and_so_does_who_waits_a_day(kept: Kept) {
            let store = kept.open().await;
            let bob = Whose::UsernameFrom("bob", "192.0.2.1");
            fail(&store, &[ANN, bob], 5, NOW_MS).await;
            store.forget_failed(ANN).await.expect("forgotten");
            assert_eq!(attempts(&store, ANN, NOW_MS).await.left, 5);
            let day_ms = NOW_MS + FORGOTTEN_AFTER_MS;
            assert_eq!(attempts(&store, bob, day_ms - 1).await.left, 0);
            assert_eq!(attempts(&store, bob, day_ms).await.left, 5);
            fail(&store, &[bob], 1, day_ms).await;
            assert_eq!(attempts(&store, bob, day_ms).await.left, 4);
        }

        async fn whatever_is_typed_can_be_counted(kept: Kept) {
            let store = kept.open().await;
            let long = "\0\u{202e}é".repeat(100_000);
            let whose = Whose::UsernameFrom(&long, "192.0.2.1");
            fail(&store, &[whose], 5, NOW_MS).await;
            assert!(attempts(&store, whose, NOW_MS).await.is_paused(NOW_MS));
        }
    }
}
