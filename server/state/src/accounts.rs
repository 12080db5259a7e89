//! Accounts: who may come in, and with which roles.

use model::access::{Right, Role, Roles};
use sqlx::any::AnyRow;
use sqlx::{AnyConnection, Row};

use crate::provider_accounts::refuse_to_change;
use crate::store::{Change, each, new_id, storable};
use crate::{StateError, Store};

mod listed;
mod person;

pub use listed::{AccountsAsk, AccountsPage, ListedAccount};
pub use person::Person;

/// Most accounts that are kept.
pub const MOST_ACCOUNTS: usize = 100_000;
/// Most characters of a username, and of a display name: those of a user principal name in Entra ID are 113.
pub const LONGEST_USERNAME_CHARS: usize = 128;

/// An account.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Account {
    /// Its name in addresses: letters and digits.
    pub id: String,
    /// What is typed to sign in; its letter case means nothing.
    pub username: String,
    /// What it is called.
    pub display_name: String,
    /// Its roles.
    pub roles: Roles,
    /// Object ID in Entra ID of the person whose account it is.
    pub object_id: Option<String>,
    /// User principal name of that person.
    pub user_principal_name: Option<String>,
    /// The provider that says who its person is and what they may; `None` for one with a password.
    pub issuer: Option<String>,
    /// Whether nobody can sign in with it.
    pub is_disabled: bool,
    /// When it was made, in milliseconds since 1970.
    pub created_ms: i64,
    /// When somebody signed in with it last, in milliseconds since 1970.
    pub signed_in_ms: Option<i64>,
}

/// An account that is to be made.
#[derive(Debug, Clone, Default)]
pub struct AccountToAdd {
    /// What is typed to sign in.
    pub username: String,
    /// What it is called; the username where it is blank.
    pub display_name: String,
    /// Its roles.
    pub roles: Roles,
    /// Hash of its password in the PHC format.
    pub password_hash: Option<String>,
    /// Object ID in Entra ID of the person whose account it is.
    pub object_id: Option<String>,
    /// User principal name of that person.
    pub user_principal_name: Option<String>,
}

const COLUMNS: &str = "id, username, display_name, roles, object_id, user_principal_name, is_disabled, \
    created_ms, signed_in_ms, issuer";
const FROM: &str = "account left join provider_account on account_id = id";

fn read(row: &AnyRow) -> Result<Account, sqlx::Error> {
    Ok(Account {
        id: row.try_get("id")?,
        username: row.try_get("username")?,
        display_name: row.try_get("display_name")?,
        roles: Roles::of_ids(row.try_get::<&str, _>("roles")?),
        object_id: row.try_get("object_id")?,
        user_principal_name: row.try_get("user_principal_name")?,
        issuer: row.try_get("issuer")?,
        is_disabled: row.try_get::<i64, _>("is_disabled")? != 0,
        created_ms: row.try_get("created_ms")?,
        signed_in_ms: row.try_get("signed_in_ms")?,
    })
}

impl Store {
    /// Makes an account. Gives its id.
    ///
    /// # Errors
    /// When the username is blank, too long or taken, or there are too many accounts.
    pub async fn add_account(
        &self,
        account: AccountToAdd,
        now_ms: i64,
    ) -> Result<String, StateError> {
        let mut change = self.change().await?;
        let id = add(&mut change, &account, now_ms).await?;
        change.commit().await?;
        Ok(id)
    }

    /// Makes the first account, which administers the others. Gives its id, or `None` where there is an account
    /// already: two who set the server up at once do not both become administrators.
    ///
    /// # Errors
    /// When the username is blank or too long.
    pub async fn add_first_account(
        &self,
        account: AccountToAdd,
        now_ms: i64,
    ) -> Result<Option<String>, StateError> {
        let mut change = self.change().await?;
        if crate::store::count(&mut change, "select count(*) from account").await? > 0 {
            return Ok(None);
        }
        let account = AccountToAdd {
            roles: Roles::of([Role::GlobalAdministrator]),
            ..account
        };
        let id = add(&mut change, &account, now_ms).await?;
        change.commit().await?;
        Ok(Some(id))
    }

    /// Whether there is any account.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn has_accounts(&self) -> Result<bool, StateError> {
        let one: Option<String> = sqlx::query_scalar("select id from account limit 1")
            .fetch_optional(&mut *self.reading().await?)
            .await?;
        Ok(one.is_some())
    }

    /// All accounts, in the order of their usernames.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn accounts(&self) -> Result<Vec<Account>, StateError> {
        all(&mut *self.reading().await?).await
    }

    /// The account with this id.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn account(&self, id: &str) -> Result<Option<Account>, StateError> {
        one(&mut *self.reading().await?, "id", id).await
    }

    /// The account that this username signs in to.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn account_of_username(&self, username: &str) -> Result<Option<Account>, StateError> {
        one(
            &mut *self.reading().await?,
            "username_key",
            &key_of(username),
        )
        .await
    }

    /// Hash of an account's password; `None` where it has none, or there is no such account.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn password_hash(&self, id: &str) -> Result<Option<String>, StateError> {
        let hash: Option<Option<String>> =
            sqlx::query_scalar("select password_hash from account where id = $1")
                .bind(id)
                .fetch_optional(&mut *self.reading().await?)
                .await?;
        Ok(hash.flatten())
    }

    /// Gives an account another password, and ends its sessions and tokens; with the hash of a session, its owner
    /// changes it, and that session stays, and the tokens.
    ///
    /// # Errors
    /// When there is no such account, or it is one of a provider.
    pub async fn set_password_hash(
        &self,
        id: &str,
        hash: &str,
        kept_session: Option<&str>,
        now_ms: i64,
    ) -> Result<(), StateError> {
        let mut change = self.change().await?;
        refuse_to_change(&mut change, id).await?;
        let done =
            sqlx::query("update account set password_hash = $2, changed_ms = $3 where id = $1")
                .bind(id)
                .bind(hash)
                .bind(now_ms)
                .execute(&mut *change)
                .await?;
        found(done.rows_affected())?;
        shut_out(&mut change, id, kept_session).await?;
        Ok(change.commit().await?)
    }

    /// Gives an account other roles.
    ///
    /// # Errors
    /// When there is no such account, it is one of a provider, or nobody would be left who administers accounts.
    pub async fn set_roles(&self, id: &str, roles: &Roles, now_ms: i64) -> Result<(), StateError> {
        let mut change = self.change().await?;
        refuse_to_change(&mut change, id).await?;
        let had_one = has_administrator(&mut change).await?;
        let done = sqlx::query("update account set roles = $2, changed_ms = $3 where id = $1")
            .bind(id)
            .bind(roles.ids())
            .bind(now_ms)
            .execute(&mut *change)
            .await?;
        found(done.rows_affected())?;
        keep_an_administrator(&mut change, had_one).await?;
        Ok(change.commit().await?)
    }

    /// Says whether nobody can sign in with an account; then its sessions end.
    ///
    /// # Errors
    /// When there is no such account, or nobody would be left who administers accounts.
    pub async fn set_disabled(
        &self,
        id: &str,
        is_disabled: bool,
        now_ms: i64,
    ) -> Result<(), StateError> {
        let mut change = self.change().await?;
        let had_one = has_administrator(&mut change).await?;
        let done =
            sqlx::query("update account set is_disabled = $2, changed_ms = $3 where id = $1")
                .bind(id)
                .bind(i64::from(is_disabled))
                .bind(now_ms)
                .execute(&mut *change)
                .await?;
        found(done.rows_affected())?;
        keep_an_administrator(&mut change, had_one).await?;
        if is_disabled {
            // Tokens count again when the account does; the empty text is no session's hash.
            shut_out(&mut change, id, Some("")).await?;
        }
        Ok(change.commit().await?)
    }

    /// Forgets an account.
    ///
    /// # Errors
    /// When there is no such account, or nobody would be left who administers accounts.
    pub async fn remove_account(&self, id: &str) -> Result<(), StateError> {
        let mut change = self.change().await?;
        let had_one = has_administrator(&mut change).await?;
        let done = sqlx::query("delete from account where id = $1")
            .bind(id)
            .execute(&mut *change)
            .await?;
        found(done.rows_affected())?;
        keep_an_administrator(&mut change, had_one).await?;
        Ok(change.commit().await?)
    }

    /// Says that somebody signed in with an account.
    ///
    /// # Errors
    /// When there is no such account.
    pub async fn signed_in(&self, id: &str, now_ms: i64) -> Result<(), StateError> {
        let mut change = self.change().await?;
        let done = sqlx::query("update account set signed_in_ms = $2 where id = $1")
            .bind(id)
            .bind(now_ms)
            .execute(&mut *change)
            .await?;
        found(done.rows_affected())?;
        Ok(change.commit().await?)
    }
}

pub(crate) async fn add(
    change: &mut Change,
    account: &AccountToAdd,
    now_ms: i64,
) -> Result<String, StateError> {
    let username = checked_username(&account.username)?;
    let display_name = match checked_display_name(&account.display_name) {
        name if name.is_empty() => username.clone(),
        name => name,
    };
    if crate::store::count(change, "select count(*) from account").await? >= MOST_ACCOUNTS {
        return Err(StateError::Full {
            most: MOST_ACCOUNTS,
        });
    }
    let key = key_of(&username);
    if one(&mut *change, "username_key", &key).await?.is_some() {
        return Err(StateError::UsernameTaken);
    }
    let id = new_id();
    let insert = "insert into account (id, username, username_key, display_name, roles, password_hash, object_id, \
        user_principal_name, is_disabled, created_ms, changed_ms) values ($1, $2, $3, $4, $5, $6, $7, $8, 0, $9, $9)";
    sqlx::query(insert)
        .bind(&id)
        .bind(&username)
        .bind(&key)
        .bind(&display_name)
        .bind(account.roles.ids())
        .bind(account.password_hash.as_deref())
        .bind(account.object_id.as_deref().map(storable))
        .bind(account.user_principal_name.as_deref().map(storable))
        .bind(now_ms)
        .execute(&mut **change)
        .await?;
    Ok(id)
}

async fn all(connection: &mut AnyConnection) -> Result<Vec<Account>, StateError> {
    let select = sqlx::AssertSqlSafe(format!("select {COLUMNS} from {FROM}"));
    let rows = sqlx::query(select).fetch_all(connection).await?;
    let mut accounts = each(&rows, read)?;
    // Databases differ in the order of texts.
    accounts.sort_by_cached_key(|account| key_of(&account.username));
    Ok(accounts)
}

pub(crate) async fn one(
    connection: &mut AnyConnection,
    column: &'static str,
    value: &str,
) -> Result<Option<Account>, StateError> {
    let select = sqlx::AssertSqlSafe(format!("select {COLUMNS} from {FROM} where {column} = $1"));
    let row = sqlx::query(select)
        .bind(value)
        .fetch_optional(connection)
        .await?;
    Ok(row.as_ref().map(read).transpose()?)
}

/// Ends the sessions of an account, but the one with this hash; without one its tokens too.
pub(crate) async fn shut_out(
    change: &mut Change,
    id: &str,
    kept_session: Option<&str>,
) -> Result<(), StateError> {
    sqlx::query("delete from session where account_id = $1 and id_hash <> $2")
        .bind(id)
        .bind(kept_session.unwrap_or_default())
        .execute(&mut **change)
        .await?;
    if kept_session.is_none() {
        sqlx::query("delete from api_token where account_id = $1")
            .bind(id)
            .execute(&mut **change)
            .await?;
    }
    Ok(())
}

/// Refuses a change after which nobody could undo it: one that takes the last administrator. A provider may have taken
/// that one before; then everything else can be changed.
async fn keep_an_administrator(change: &mut Change, had_one: bool) -> Result<(), StateError> {
    match !had_one || has_administrator(change).await? {
        true => Ok(()),
        false => Err(StateError::LastAdministrator),
    }
}

async fn has_administrator(change: &mut Change) -> Result<bool, StateError> {
    Ok(all(&mut *change).await?.iter().any(is_administrator))
}

fn is_administrator(account: &Account) -> bool {
    !account.is_disabled && account.roles.may(Right::Accounts)
}

/// Control characters, and marks that turn the direction of what follows: nobody sees them in a name.
pub(crate) fn is_disturbing(letter: char) -> bool {
    letter.is_control() || matches!(letter, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

fn checked_username(username: &str) -> Result<String, StateError> {
    let username = storable(username);
    let username = username.trim();
    let is_right = !username.is_empty()
        && !username
            .chars()
            .any(|letter| is_disturbing(letter) || letter.is_whitespace());
    match is_right && username.chars().count() <= LONGEST_USERNAME_CHARS {
        true => Ok(username.to_owned()),
        false => Err(StateError::Username {
            most: LONGEST_USERNAME_CHARS,
        }),
    }
}

/// What an account is called, as it is kept; empty where nothing is left of it.
pub(crate) fn checked_display_name(name: &str) -> String {
    let name: String = storable(name)
        .chars()
        .filter(|letter| !is_disturbing(*letter))
        .collect();
    name.trim().chars().take(LONGEST_USERNAME_CHARS).collect()
}

pub(crate) fn key_of(username: &str) -> String {
    storable(username).trim().to_lowercase()
}

/// Refuses what is about an account that there is not.
pub(crate) async fn known(change: &mut Change, id: &str) -> Result<(), StateError> {
    let known: Option<String> = sqlx::query_scalar("select id from account where id = $1")
        .bind(id)
        .fetch_optional(&mut **change)
        .await?;
    known.map(drop).ok_or(StateError::NoAccount)
}

fn found(changed: u64) -> Result<(), StateError> {
    match changed {
        0 => Err(StateError::NoAccount),
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests;
