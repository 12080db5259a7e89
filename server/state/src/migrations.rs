//! The steps that bring the file of an earlier version to the form of this one.

use std::path::Path;

use rusqlite::Connection;

use crate::StateError;

/// All steps in order. A step that was released is never changed: what comes next is another one.
const STEPS: [&str; 2] = [
    include_str!("../migrations/001_views_and_links.sql"),
    include_str!("../migrations/002_groups.sql"),
];

/// Takes the steps that the file has not taken yet, all or none.
///
/// # Errors
/// When the database fails, or is of a later version.
pub fn run(connection: &mut Connection, file: &Path) -> Result<(), StateError> {
    let taken: i64 = connection.query_row("pragma user_version", [], |row| row.get(0))?;
    let taken = usize::try_from(taken).unwrap_or_default();
    let Some(missing) = STEPS.get(taken..) else {
        return Err(StateError::TooNew {
            file: file.to_owned(),
            found: taken,
            known: STEPS.len(),
        });
    };
    if missing.is_empty() {
        return Ok(());
    }
    let transaction = connection.transaction()?;
    for step in missing {
        transaction.execute_batch(step)?;
    }
    // A pragma takes no parameters; this is a number of ours.
    transaction.execute_batch(&format!("pragma user_version = {}", STEPS.len()))?;
    transaction.commit()?;
    Ok(())
}
