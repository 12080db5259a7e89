//! Accounts a page at a time, with what a list says of each.

use sqlx::any::AnyRow;
use sqlx::{AssertSqlSafe, Row};

use super::{Account, COLUMNS, FROM, read};
use crate::store::{Kind, containing, each};
use crate::{StateError, Store};

/// Which accounts are wanted.
#[derive(Debug, Clone, Default)]
pub struct AccountsAsk {
    /// Those that have it in their username, name, or person; empty for all.
    pub find: String,
    /// So many are passed over.
    pub skip: i64,
    /// At most so many.
    pub limit: i64,
}

/// Accounts in the order of their usernames.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct AccountsPage {
    /// Those of the page.
    pub accounts: Vec<ListedAccount>,
    /// How many there are that are wanted.
    pub matching: i64,
    /// How many there are in all.
    pub all: i64,
}

/// An account, and what it has.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ListedAccount {
    /// The account.
    pub account: Account,
    /// How many API tokens it has that have not ended.
    pub tokens: i64,
    /// Whether its second factor is on.
    pub has_second_factor: bool,
}

const TOKENS: &str = "(select count(*) from api_token where api_token.account_id = account.id and ends_ms > $1) as tokens";
const FACTORS: &str = "(select count(*) from second_factor where second_factor.account_id = account.id and is_on = 1) \
    as factors";

fn read_listed(row: &AnyRow) -> Result<ListedAccount, sqlx::Error> {
    Ok(ListedAccount {
        account: read(row)?,
        tokens: row.try_get("tokens")?,
        has_second_factor: row.try_get::<i64, _>("factors")? > 0,
    })
}

impl Store {
    /// A page of the list of accounts.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn accounts_page(
        &self,
        ask: &AccountsAsk,
        now_ms: i64,
    ) -> Result<AccountsPage, StateError> {
        let find = containing(ask.find.trim());
        let small = find.to_lowercase();
        let mut reading = self.reading_together().await?;
        let all: i64 = sqlx::query_scalar("select count(*) from account")
            .fetch_one(&mut *reading)
            .await?;
        let found = found_by(["$1", "$2"]);
        let count = AssertSqlSafe(format!("select count(*) from account where {found}"));
        let matching: i64 = sqlx::query_scalar(count)
            .bind(&find)
            .bind(&small)
            .fetch_one(&mut *reading)
            .await?;
        // In the order of their bytes, whichever language a database sorts by.
        let collation = match self.kind() {
            Kind::File(_) => "",
            Kind::Server => " collate \"C\"",
        };
        let found = found_by(["$2", "$3"]);
        let select = AssertSqlSafe(format!(
            "select {COLUMNS}, {TOKENS}, {FACTORS} from {FROM} where {found} \
             order by username_key{collation} limit $4 offset $5"
        ));
        let rows = sqlx::query(select)
            .bind(now_ms)
            .bind(&find)
            .bind(&small)
            .bind(ask.limit)
            .bind(ask.skip)
            .fetch_all(&mut *reading)
            .await?;
        Ok(AccountsPage {
            accounts: each(&rows, read_listed)?,
            matching,
            all,
        })
    }

    /// The account with this id, and what it has.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn listed_account(
        &self,
        id: &str,
        now_ms: i64,
    ) -> Result<Option<ListedAccount>, StateError> {
        let select = AssertSqlSafe(format!(
            "select {COLUMNS}, {TOKENS}, {FACTORS} from {FROM} where account.id = $2"
        ));
        let row = sqlx::query(select)
            .bind(now_ms)
            .bind(id)
            .fetch_optional(&mut *self.reading().await?)
            .await?;
        Ok(row.as_ref().map(read_listed).transpose()?)
    }
}

/// What finds a text as it was typed, and in small letters: databases differ in which letters they know as the same.
fn found_by([typed, small]: [&str; 2]) -> String {
    let columns = [
        "username_key",
        "display_name",
        "user_principal_name",
        "object_id",
    ];
    let found = columns.map(|column| {
        format!("{column} like {typed} escape '\\' or lower({column}) like {small} escape '\\'")
    });
    format!("({})", found.join(" or "))
}
