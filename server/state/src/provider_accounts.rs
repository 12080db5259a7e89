//! Accounts of people who sign in at a provider: who they are and what they may is said there, at each sign-in.

use model::access::Roles;

use crate::accounts::{self, Account, AccountToAdd, LONGEST_USERNAME_CHARS};
use crate::store::{Change, storable};
use crate::{StateError, Store};

/// Room that is left in a username for a number, when others have the same.
const ROOM_FOR_NUMBER_CHARS: usize = 8;
/// The name of somebody of whom the provider says none.
const NAMELESS: &str = "person";

/// Somebody who signed in at a provider, as the provider says.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ProviderPerson {
    /// The provider.
    pub issuer: String,
    /// What the provider calls them, for ever.
    pub subject: String,
    /// What the account is called in lists, when it is made.
    pub username: String,
    /// What they are called.
    pub display_name: String,
    /// What they may.
    pub roles: Roles,
    /// Object ID in Entra ID.
    pub object_id: Option<String>,
    /// User principal name.
    pub user_principal_name: Option<String>,
}

impl Store {
    /// The account of somebody who signed in at a provider, with what the provider says now. It is made when it is not
    /// there; `None` when it is not there and they have no role, so that nobody comes in. An account that is there loses
    /// the roles that its person has lost, and without any also its sessions.
    ///
    /// An account that signs in with a password is never found, whatever it is called.
    ///
    /// # Errors
    /// When there are too many accounts, or the database fails.
    pub async fn account_of_provider(
        &self,
        person: &ProviderPerson,
        now_ms: i64,
    ) -> Result<Option<Account>, StateError> {
        let mut change = self.change().await?;
        let id = match of_person(&mut change, person).await? {
            Some(id) => {
                bring_up_to_date(&mut change, &id, person, now_ms).await?;
                id
            }
            None if person.roles == Roles::default() => return Ok(None),
            None => make(&mut change, person, now_ms).await?,
        };
        let is_let_in = person.roles != Roles::default();
        if is_let_in {
            let say = "update account set signed_in_ms = $2 where id = $1 and is_disabled = 0";
            sqlx::query(say)
                .bind(&id)
                .bind(now_ms)
                .execute(&mut *change)
                .await?;
        } else {
            accounts::shut_out(&mut change, &id, Some("")).await?;
        }
        let account = accounts::one(&mut change, "id", &id).await?;
        change.commit().await?;
        Ok(account)
    }
}

async fn of_person(
    change: &mut Change,
    person: &ProviderPerson,
) -> Result<Option<String>, StateError> {
    let select = "select account_id from provider_account where issuer = $1 and subject = $2";
    Ok(sqlx::query_scalar(select)
        .bind(&person.issuer)
        .bind(storable(&person.subject))
        .fetch_optional(&mut **change)
        .await?)
}

async fn bring_up_to_date(
    change: &mut Change,
    id: &str,
    person: &ProviderPerson,
    now_ms: i64,
) -> Result<(), StateError> {
    let update = "update account set display_name = case when $2 = '' then username else $2 end, roles = $3, \
        object_id = $4, user_principal_name = $5, changed_ms = $6 where id = $1";
    sqlx::query(update)
        .bind(id)
        .bind(accounts::checked_display_name(&person.display_name))
        .bind(person.roles.ids())
        .bind(person.object_id.as_deref().map(storable))
        .bind(person.user_principal_name.as_deref().map(storable))
        .bind(now_ms)
        .execute(&mut **change)
        .await?;
    Ok(())
}

async fn make(
    change: &mut Change,
    person: &ProviderPerson,
    now_ms: i64,
) -> Result<String, StateError> {
    let account = AccountToAdd {
        username: free_username(change, &person.username).await?,
        display_name: person.display_name.clone(),
        roles: person.roles.clone(),
        password_hash: None,
        object_id: person.object_id.clone(),
        user_principal_name: person.user_principal_name.clone(),
    };
    let id = accounts::add(change, &account, now_ms).await?;
    let insert = "insert into provider_account (account_id, issuer, subject) values ($1, $2, $3)";
    sqlx::query(insert)
        .bind(&id)
        .bind(&person.issuer)
        .bind(storable(&person.subject))
        .execute(&mut **change)
        .await?;
    Ok(id)
}

/// A username like the one that is wanted, which nobody has: it tells accounts apart in lists, and nothing is found by it.
async fn free_username(change: &mut Change, wanted: &str) -> Result<String, StateError> {
    let letters = wanted
        .chars()
        .filter(|letter| !accounts::is_disturbing(*letter) && !letter.is_whitespace());
    let base: String = letters
        .take(LONGEST_USERNAME_CHARS - ROOM_FOR_NUMBER_CHARS)
        .collect();
    let base = if base.is_empty() {
        NAMELESS.to_owned()
    } else {
        base
    };
    let mut username = base.clone();
    for number in 2_u32.. {
        let key = accounts::key_of(&username);
        if accounts::one(change, "username_key", &key).await?.is_none() {
            break;
        }
        username = format!("{base}~{number}");
    }
    Ok(username)
}

/// Refuses to change by hand what the provider says of an account.
pub(crate) async fn refuse_to_change(change: &mut Change, id: &str) -> Result<(), StateError> {
    let select = "select account_id from provider_account where account_id = $1";
    let found: Option<String> = sqlx::query_scalar(select)
        .bind(id)
        .fetch_optional(&mut **change)
        .await?;
    match found {
        Some(_) => Err(StateError::OfProvider),
        None => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use model::access::Role;

    use super::*;
    use crate::SessionToBegin;
    use crate::testing::{Kept, on_both};

    const NOW_MS: i64 = 1_795_000_000_000;

    fn ann(roles: &[Role]) -> ProviderPerson {
        ProviderPerson {
            issuer: "https://provider.example".to_owned(),
            subject: "subject-of-ann".to_owned(),
            username: "ann@x.example".to_owned(),
            display_name: "Ann Berg".to_owned(),
            roles: Roles::of(roles.iter().copied()),
            object_id: Some("object".to_owned()),
            user_principal_name: Some("ann@x.example".to_owned()),
        }
    }

    async fn sign_in(store: &Store, person: &ProviderPerson, now_ms: i64) -> Option<Account> {
        let account = store.account_of_provider(person, now_ms).await;
        account.expect("an answer")
    }

    on_both! {
        async fn an_account_is_made_once_and_follows_what_the_provider_says(kept: Kept) {
            let store = kept.open().await;
            let first = sign_in(&store, &ann(&[Role::SecurityReader]), NOW_MS).await.expect("an account");
            assert_eq!((first.username.as_str(), first.display_name.as_str()), ("ann@x.example", "Ann Berg"));
            assert_eq!(first.issuer.as_deref(), Some("https://provider.example"));
            assert_eq!(first.signed_in_ms, Some(NOW_MS));
            assert_eq!(store.password_hash(&first.id).await.expect("an answer"), None);
            let married = ProviderPerson {
                display_name: "Ann Lund".to_owned(),
                user_principal_name: Some("lund@x.example".to_owned()),
                object_id: None,
                ..ann(&[Role::User, Role::GlobalReader])
            };
            let second = sign_in(&store, &married, NOW_MS + 1).await.expect("an account");
            assert_eq!((&second.id, second.display_name.as_str()), (&first.id, "Ann Lund"));
            assert_eq!((second.user_principal_name.as_deref(), second.object_id), (Some("lund@x.example"), None));
            assert_eq!((second.roles.ids().as_str(), second.signed_in_ms), ("global_reader,user", Some(NOW_MS + 1)));
            assert_eq!(store.accounts().await.expect("accounts").len(), 1);
        }

        async fn nobody_is_taken_for_somebody_else_by_their_name(kept: Kept) {
            let store = kept.open().await;
            let local = AccountToAdd {
                username: "Ann@x.example".to_owned(),
                roles: Roles::of([Role::GlobalAdministrator]),
                user_principal_name: Some("ann@x.example".to_owned()),
                object_id: Some("object".to_owned()),
                ..AccountToAdd::default()
            };
            let local = store.add_account(local, NOW_MS).await.expect("an account");
            let reader = ann(&[Role::User]);
            let first = sign_in(&store, &reader, NOW_MS).await.expect("an account");
            assert_ne!(first.id, local);
            assert_eq!(first.username, "ann@x.example~2");
            for (issuer, subject) in [("https://other.example", "subject-of-ann"), ("https://provider.example", "other")] {
                let other = ProviderPerson { issuer: issuer.to_owned(), subject: subject.to_owned(), ..reader.clone() };
                let account = sign_in(&store, &other, NOW_MS).await.expect("an account");
                assert!(account.id != first.id && account.id != local, "{issuer} {subject}");
            }
            let administrator = store.account(&local).await.expect("an answer").expect("an account");
            assert_eq!((administrator.roles.ids().as_str(), administrator.issuer), ("global_administrator", None));
        }

        async fn who_has_lost_all_roles_has_lost_them_here_and_all_sessions(kept: Kept) {
            let store = kept.open().await;
            assert_eq!(sign_in(&store, &ann(&[]), NOW_MS).await, None);
            assert!(store.accounts().await.expect("accounts").is_empty(), "nothing is kept of who may not come in");
            let account = sign_in(&store, &ann(&[Role::GlobalAdministrator]), NOW_MS).await.expect("an account");
            let session = SessionToBegin { account_id: Some(account.id), ends_ms: NOW_MS + 1_000, ..SessionToBegin::default() };
            store.begin_session("hash", session, NOW_MS).await.expect("a session");
            let account = sign_in(&store, &ann(&[]), NOW_MS + 1).await.expect("an account");
            assert_eq!((account.roles, account.signed_in_ms), (Roles::default(), Some(NOW_MS)));
            assert_eq!(store.session("hash", NOW_MS).await.expect("an answer"), None);
        }

        async fn what_the_provider_says_is_not_changed_by_hand(kept: Kept) {
            let store = kept.open().await;
            let account = sign_in(&store, &ann(&[Role::User]), NOW_MS).await.expect("an account");
            let administrator = AccountToAdd {
                username: "boss".to_owned(),
                roles: Roles::of([Role::GlobalAdministrator]),
                ..AccountToAdd::default()
            };
            store.add_account(administrator, NOW_MS).await.expect("an account");
            let refused = [
                store.set_roles(&account.id, &Roles::of([Role::GlobalAdministrator]), NOW_MS).await,
                store.set_password_hash(&account.id, "hash", None, NOW_MS).await,
            ];
            for answer in refused {
                assert!(matches!(answer, Err(StateError::OfProvider)));
            }
            store.set_disabled(&account.id, true, NOW_MS).await.expect("disabled");
            let disabled = sign_in(&store, &ann(&[Role::User]), NOW_MS + 1).await.expect("an account");
            assert_eq!((disabled.is_disabled, disabled.signed_in_ms), (true, Some(NOW_MS)));
            store.remove_account(&account.id).await.expect("removed");
            let again = sign_in(&store, &ann(&[Role::User]), NOW_MS + 2).await.expect("an account");
            assert_ne!(again.id, account.id);
        }

        async fn names_that_nobody_could_type_are_made_typable(kept: Kept) {
            let store = kept.open().await;
            for (number, (said, username)) in [
                ("Ann Berg\n", "AnnBerg"),
                ("", "person"),
                ("annberg", "annberg~2"),
                ("\0 ", "person~2"),
            ].into_iter().enumerate() {
                let person = ProviderPerson {
                    subject: format!("{number}"),
                    username: said.to_owned(),
                    display_name: String::new(),
                    ..ann(&[Role::User])
                };
                let account = sign_in(&store, &person, NOW_MS).await.expect("an account");
                assert_eq!((account.username.as_str(), account.display_name.as_str()), (username, username));
            }
            let long = ProviderPerson { username: "x".repeat(1_000), ..ann(&[Role::User]) };
            assert_eq!(sign_in(&store, &long, NOW_MS).await.expect("an account").username.len(), 120);
        }
    }
}
