//! Signing in with a username and a password.

use std::net::IpAddr;

use state::{Account, Attempts, StateError, Store, Whose};

use crate::password::{PasswordError, Passwords};

/// Milliseconds in a minute.
const MINUTE_MS: i64 = 60_000;

/// Why somebody cannot sign in now. It is the same whether there is such an account or not.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Refusal {
    /// Username and password do not belong together, or the account is disabled.
    ///
    /// How many attempts are left is not said: where many people share an address it would begin anew when one of them
    /// signs in, and so tell whether there is such an account.
    Wrong,
    /// Too many attempts failed.
    Paused {
        /// Until when, in milliseconds since 1970.
        until_ms: i64,
    },
}

impl Refusal {
    /// What comes of an attempt that failed, after which there are so many.
    pub(crate) fn after(attempts: Attempts, now_ms: i64) -> Refusal {
        match attempts.paused_until_ms {
            Some(until_ms) if now_ms < until_ms => Refusal::Paused { until_ms },
            _ => Refusal::Wrong,
        }
    }
}

/// How many minutes there are until a pause ends, in words at least one.
pub fn minutes_until(until_ms: i64, now_ms: i64) -> i64 {
    (until_ms - now_ms).div_euclid(MINUTE_MS) + 1
}

/// Why nobody can say whether somebody may come in.
#[derive(Debug, thiserror::Error)]
pub enum SignInError {
    /// The state does not answer.
    #[error(transparent)]
    State(#[from] StateError),
    /// The password cannot be looked at.
    #[error(transparent)]
    Password(#[from] PasswordError),
}

/// The account that a username and a password belong to, from an address; or why not. Whoever has a second factor is
/// not in yet.
///
/// An attempt takes as long whether the account exists or not. What is typed during a pause is not looked at.
///
/// # Errors
/// When the state or the hashing fails.
pub async fn sign_in(
    store: &Store,
    passwords: &Passwords,
    (username, password): (&str, &str),
    address: &str,
    now_ms: i64,
) -> Result<Result<Account, Refusal>, SignInError> {
    let of_name = [
        Whose::UsernameFrom(username, address),
        Whose::Username(username),
    ];
    // Behind a tunnel or a proxy on this machine everybody has its address.
    let is_shared = address
        .parse::<IpAddr>()
        .is_ok_and(|address| address.is_loopback());
    let of_address = (!is_shared).then_some(Whose::Address(address));
    let whose: Vec<Whose<'_>> = of_name.into_iter().chain(of_address).collect();
    if let Some(until_ms) = store.begin_attempt(&whose, now_ms).await? {
        return Ok(Err(Refusal::Paused { until_ms }));
    }
    let account = store.account_of_username(username).await?;
    let hash = match &account {
        Some(account) => store.password_hash(&account.id).await?,
        None => None,
    };
    let is_right = passwords.is_right(password, hash.as_deref()).await?;
    if let Some(account) = account.filter(|account| is_right && !account.is_disabled) {
        for one in of_name {
            store.forget_failed(one).await?;
        }
        // Those before stay: else somebody with an account of their own could try others for ever.
        if let Some(one) = of_address {
            store.take_back_attempt(one).await?;
        }
        return Ok(Ok(account));
    }
    let after = store
        .attempts(Whose::UsernameFrom(username, address), now_ms)
        .await?;
    Ok(Err(Refusal::after(after, now_ms)))
}

#[cfg(test)]
mod tests {
    use model::access::{Role, Roles};
    use state::{AccountToAdd, PAUSE_MS};

    use super::*;

    const NOW_MS: i64 = 1_795_000_000_000;
    const PASSWORD: &str = "correct horse battery staple";
    const HERE: &str = "192.0.2.1";

    struct Door {
        _folder: tempfile::TempDir,
        store: Store,
        passwords: Passwords,
        ann: String,
    }

    impl Door {
        async fn new() -> Door {
            let folder = tempfile::tempdir().expect("a folder");
            let store = Store::open(folder.path()).await.expect("a store");
            let passwords = Passwords::new().await.expect("hashes");
            let hash = passwords
                .hash_of_new(PASSWORD, "ann")
                .await
                .expect("a hash");
            let ann = AccountToAdd {
                username: "ann".to_owned(),
                roles: Roles::of([Role::User]),
                password_hash: Some(hash),
                ..AccountToAdd::default()
            };
            let ann = store.add_account(ann, NOW_MS).await.expect("an account");
            let boss = AccountToAdd {
                username: "boss".to_owned(),
                roles: Roles::of([Role::GlobalAdministrator]),
                ..AccountToAdd::default()
            };
            store.add_account(boss, NOW_MS).await.expect("an account");
            Door {
                _folder: folder,
                store,
                passwords,
                ann,
            }
        }

        async fn knock(
            &self,
            username: &str,
            password: &str,
            now_ms: i64,
        ) -> Result<Account, Refusal> {
            let said = (username, password);
            let answer = sign_in(&self.store, &self.passwords, said, HERE, now_ms).await;
            answer.expect("an answer")
        }
    }

    #[tokio::test]
    async fn who_knows_the_password_comes_in() {
        let door = Door::new().await;
        let account = door
            .knock(" ANN ", PASSWORD, NOW_MS + 1)
            .await
            .expect("ann");
        assert_eq!(account.id, door.ann);
    }

    #[tokio::test]
    async fn nobody_learns_whether_there_is_such_an_account() {
        let door = Door::new().await;
        let disabled = door.store.set_disabled(&door.ann, true, NOW_MS).await;
        disabled.expect("disabled");
        // Disabled with the right password, without a password at all, and not there.
        for (username, password) in [("ann", PASSWORD), ("boss", ""), ("nobody", PASSWORD)] {
            for _ in 1..=4 {
                let refused = door.knock(username, password, NOW_MS).await;
                assert_eq!(refused, Err(Refusal::Wrong), "{username}");
            }
            let until_ms = NOW_MS + PAUSE_MS;
            for _ in 0..2 {
                let refused = door.knock(username, password, NOW_MS).await;
                assert_eq!(refused, Err(Refusal::Paused { until_ms }), "{username}");
            }
        }
    }

    #[tokio::test]
    async fn the_right_password_is_not_looked_at_during_a_pause_and_works_after_it() {
        let door = Door::new().await;
        for _ in 0..5 {
            door.knock("ann", "wrong", NOW_MS)
                .await
                .expect_err("a refusal");
        }
        let refused = door.knock("ann", PASSWORD, NOW_MS + PAUSE_MS - 1).await;
        assert!(matches!(refused, Err(Refusal::Paused { .. })));
        door.knock("ann", PASSWORD, NOW_MS + PAUSE_MS)
            .await
            .expect("ann");
        let refused = door.knock("ann", "wrong", NOW_MS + PAUSE_MS).await;
        assert_eq!(refused, Err(Refusal::Wrong), "it began anew");
    }

    #[tokio::test]
    async fn signing_in_oneself_does_not_give_more_attempts_at_others() {
        let door = Door::new().await;
        for number in 0..49 {
            let other = format!("other{number}");
            door.knock(&other, "wrong", NOW_MS)
                .await
                .expect_err("a refusal");
        }
        door.knock("ann", PASSWORD, NOW_MS).await.expect("ann");
        door.knock("another", "wrong", NOW_MS)
            .await
            .expect_err("a refusal");
        let refused = door.knock("yet another", "wrong", NOW_MS).await;
        assert!(matches!(refused, Err(Refusal::Paused { .. })));
    }
}
