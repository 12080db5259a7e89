//! Imported lists of what people registered, of registrations and resets, of relying parties of AD FS, and of
//! credentials.

mod reading;
mod writing;

use model::registration::{RegistrationLists, Registrations};
use sqlx::AnyConnection;

use crate::store::{count, new_id, storable};
use crate::{StateError, Store};

/// Most people whose registration is kept.
pub const MOST_REGISTERED: usize = 500_000;
/// Most registrations and resets that are kept.
pub const MOST_EVENTS: usize = 500_000;
/// Most relying parties that are kept.
pub const MOST_RELYING_PARTIES: usize = 20_000;
/// Most summaries that are kept.
pub const MOST_SUMMARIES: usize = 20_000;
/// Most credentials that are kept.
pub const MOST_CREDENTIALS: usize = 100_000;

/// What came of keeping lists.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct KeptRegistrations {
    /// Whether a file with the same bytes is here already, so that nothing was changed.
    pub is_known: bool,
    /// Facts about what was not known before.
    pub new: u64,
    /// Facts that took the place of others.
    pub changed: u64,
}

impl Store {
    /// Keeps what a file says, all of it or nothing. `content_key` is the same for every file with the same bytes.
    ///
    /// # Errors
    /// When there are too many, or the database fails.
    pub async fn keep_registrations(
        &self,
        lists: &RegistrationLists,
        origin: &str,
        content_key: &str,
        now_ms: i64,
    ) -> Result<KeptRegistrations, StateError> {
        let mut change = self.change().await?;
        let select = "select count(*) from registration_list where content_key = $1";
        let same: i64 = sqlx::query_scalar(select)
            .bind(content_key)
            .fetch_one(&mut *change)
            .await?;
        if same > 0 {
            return Ok(KeptRegistrations {
                is_known: true,
                ..KeptRegistrations::default()
            });
        }
        let list_id = new_id();
        let insert = "insert into registration_list (id, origin, imported_ms, content_key) values ($1, $2, $3, $4)";
        sqlx::query(insert)
            .bind(&list_id)
            .bind(storable(origin))
            .bind(now_ms)
            .bind(content_key)
            .execute(&mut *change)
            .await?;
        let mut kept = KeptRegistrations::default();
        writing::people(&mut change, &list_id, &lists.people, &mut kept).await?;
        writing::events(&mut change, &list_id, &lists.events, &mut kept).await?;
        writing::relying_parties(&mut change, &list_id, &lists.relying_parties, &mut kept).await?;
        writing::summaries(&mut change, &list_id, &lists.summaries, &mut kept).await?;
        writing::credentials(&mut change, &list_id, &lists.credentials, &mut kept).await?;
        for (statement, most) in [
            ("select count(*) from registration_person", MOST_REGISTERED),
            ("select count(*) from registration_event", MOST_EVENTS),
            ("select count(*) from relying_party", MOST_RELYING_PARTIES),
            ("select count(*) from registration_summary", MOST_SUMMARIES),
            (
                "select count(*) from application_credential",
                MOST_CREDENTIALS,
            ),
        ] {
            if count(&mut change, statement).await? > most {
                return Err(StateError::Full { most });
            }
        }
        forget_empty(&mut change).await?;
        changed(&mut change).await?;
        change.commit().await?;
        Ok(kept)
    }

    /// All that is kept.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn registrations(&self) -> Result<Registrations, StateError> {
        let mut reading = self.reading_together().await?;
        reading::all(&mut reading).await
    }

    /// A number that is another one after each change of the lists.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn registrations_change(&self) -> Result<i64, StateError> {
        let number = sqlx::query_scalar("select number from registration_change")
            .fetch_one(&mut *self.reading().await?)
            .await?;
        Ok(number)
    }

    /// Forgets a list with all that it said last.
    ///
    /// # Errors
    /// When there is no such list, or the database fails.
    pub async fn remove_registration_list(&self, id: &str) -> Result<(), StateError> {
        let mut change = self.change().await?;
        let removed = sqlx::query("delete from registration_list where id = $1")
            .bind(storable(id))
            .execute(&mut *change)
            .await?;
        if removed.rows_affected() == 0 {
            return Err(StateError::NoList);
        }
        changed(&mut change).await?;
        Ok(change.commit().await?)
    }
}

/// Forgets lists of which nothing is left: what they said was said anew.
async fn forget_empty(change: &mut AnyConnection) -> Result<(), StateError> {
    let delete = "delete from registration_list where \
        not exists (select 1 from registration_person where list_id = registration_list.id) \
        and not exists (select 1 from registration_event where list_id = registration_list.id) \
        and not exists (select 1 from relying_party where list_id = registration_list.id) \
        and not exists (select 1 from registration_summary where list_id = registration_list.id) \
        and not exists (select 1 from application_credential where list_id = registration_list.id)";
    sqlx::query(delete).execute(change).await?;
    Ok(())
}

async fn changed(change: &mut AnyConnection) -> Result<(), StateError> {
    sqlx::query("update registration_change set number = number + 1")
        .execute(change)
        .await?;
    Ok(())
}

#[cfg(test)]
mod tests;
