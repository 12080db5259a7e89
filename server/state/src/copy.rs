//! A copy of the file, for a backup: whole and of one moment, while others go on to read and write.

use std::path::Path;

use sqlx::{AnyConnection, Connection};

use crate::store::{Kind, file_options};
use crate::{StateError, Store};

impl Store {
    /// Copies the file to a place where none is. Says whether there is a file: a database on a server is copied by
    /// means of its own.
    ///
    /// # Errors
    /// When it cannot be read or written.
    pub async fn copy_to(&self, copy: &Path) -> Result<bool, StateError> {
        let Kind::File(file) = &self.kind else {
            return Ok(false);
        };
        // By itself: what attaches another file for a moment is no connection for others.
        let mut connection = AnyConnection::connect_with(&file_options(file, "rw")?).await?;
        sqlx::query("vacuum into $1")
            .bind(copy.display().to_string())
            .execute(&mut connection)
            .await?;
        connection.close().await?;
        Ok(true)
    }

    /// Hash of the newest line of the record of who looked at what; it depends on all lines before. Nothing when there
    /// is none.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn newest_access_hash(&self) -> Result<Option<String>, StateError> {
        let select = "select hash from access_event order by number desc limit 1";
        let hash = sqlx::query_scalar(select);
        Ok(hash.fetch_optional(&mut *self.reading().await?).await?)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{AccessEvent, AccountToAdd};

    #[tokio::test]
    async fn a_copy_is_the_same_and_stays_as_it_was() {
        let folder = tempfile::tempdir().expect("a folder");
        let store = Store::open(&folder.path().join("first"))
            .await
            .expect("a state");
        let ann = AccountToAdd {
            username: "ann".to_owned(),
            ..AccountToAdd::default()
        };
        store.add_account(ann, 0).await.expect("an account");
        let event = AccessEvent {
            action: "query".to_owned(),
            ..AccessEvent::default()
        };
        store
            .record_access(&[event.clone(), event])
            .await
            .expect("recorded");
        let other = folder.path().join("it's second");
        std::fs::create_dir(&other).expect("a folder");
        let file = other.join("state.sqlite");
        assert!(store.copy_to(&file).await.expect("copied"));
        assert!(
            store.copy_to(&file).await.is_err(),
            "nothing is written over"
        );
        let newest = store.newest_access_hash().await.expect("a hash");
        store
            .record_access(&[AccessEvent::default()])
            .await
            .expect("recorded");
        let copy = Store::open(&other).await.expect("the copy");
        assert_eq!(copy.accounts().await.expect("accounts")[0].username, "ann");
        assert_eq!(copy.newest_access_hash().await.expect("a hash"), newest);
        let (rows, faults) = copy.check_access_events().await.expect("looked at");
        assert_eq!((rows, faults), (2, Vec::new()));
        assert_ne!(store.newest_access_hash().await.expect("a hash"), newest);
    }
}
