//! What an account is called, and whose sign-ins are its own.

use super::{checked_display_name, found};
use crate::provider_accounts::refuse_to_change;
use crate::store::storable;
use crate::{StateError, Store};

/// Who an account belongs to.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Person {
    /// What the account is called; its username where it is blank.
    pub display_name: String,
    /// Object ID in Entra ID of the person whose account it is.
    pub object_id: Option<String>,
    /// User principal name of that person.
    pub user_principal_name: Option<String>,
}

impl Store {
    /// Says who an account belongs to.
    ///
    /// # Errors
    /// When there is no such account, or a provider says that.
    pub async fn set_person(
        &self,
        id: &str,
        person: &Person,
        now_ms: i64,
    ) -> Result<(), StateError> {
        let mut change = self.change().await?;
        let username: Option<String> =
            sqlx::query_scalar("select username from account where id = $1")
                .bind(id)
                .fetch_optional(&mut *change)
                .await?;
        let username = username.ok_or(StateError::NoAccount)?;
        refuse_to_change(&mut change, id).await?;
        let display_name = match checked_display_name(&person.display_name) {
            name if name.is_empty() => username,
            name => name,
        };
        let keep = "update account set display_name = $2, object_id = $3, user_principal_name = $4, changed_ms = $5 \
            where id = $1";
        let done = sqlx::query(keep)
            .bind(id)
            .bind(display_name)
            .bind(text(person.object_id.as_deref()))
            .bind(text(person.user_principal_name.as_deref()))
            .bind(now_ms)
            .execute(&mut *change)
            .await?;
        found(done.rows_affected())?;
        Ok(change.commit().await?)
    }
}

/// What is not blank.
fn text(text: Option<&str>) -> Option<String> {
    let text = storable(text?);
    let text = text.trim();
    (!text.is_empty()).then(|| text.to_owned())
}
