//! The steps that bring the database of an earlier version to the form of this one.

use std::path::PathBuf;

use sqlx::{AnyConnection, AssertSqlSafe, Executor};

use crate::StateError;
use crate::store::Kind;

/// All steps in order. A step that was released is never changed: what comes next is another one.
const STEPS: [&str; 12] = [
    include_str!("../migrations/001_views_and_links.sql"),
    include_str!("../migrations/002_groups.sql"),
    include_str!("../migrations/003_accounts.sql"),
    include_str!("../migrations/004_sessions.sql"),
    include_str!("../migrations/005_access_audit.sql"),
    include_str!("../migrations/006_api_tokens.sql"),
    include_str!("../migrations/007_person_reports.sql"),
    include_str!("../migrations/008_provider_accounts.sql"),
    include_str!("../migrations/009_second_factors.sql"),
    include_str!("../migrations/010_masking.sql"),
    include_str!("../migrations/011_registrations.sql"),
    include_str!("../migrations/012_application_credentials.sql"),
];

/// What the steps say in the words of SQLite, and in those of PostgreSQL.
const WORDS: [(&str, &str); 3] = [
    (") strict, without rowid;", ");"),
    (") strict;", ");"),
    (" integer", " bigint"),
];

/// Takes the steps that the database has not taken yet.
///
/// # Errors
/// When the database fails, or is of a later version.
pub(crate) async fn run(connection: &mut AnyConnection, kind: &Kind) -> Result<(), StateError> {
    let taken = taken(connection, kind).await?;
    let Some(missing) = STEPS.get(taken..) else {
        return Err(StateError::TooNew {
            place: match kind {
                Kind::File(file) => file.clone(),
                Kind::Server => PathBuf::from("the state database"),
            },
            found: taken,
            known: STEPS.len(),
        });
    };
    if missing.is_empty() {
        return Ok(());
    }
    for step in missing {
        let step = match kind {
            Kind::File(_) => (*step).to_owned(),
            Kind::Server => WORDS.iter().fold((*step).to_owned(), |step, (from, to)| {
                step.replace(from, to)
            }),
        };
        connection
            .execute(sqlx::raw_sql(AssertSqlSafe(step)))
            .await?;
    }
    let number = STEPS.len();
    let keep = match kind {
        Kind::File(_) => format!("pragma user_version = {number}"),
        Kind::Server => format!("update state_version set number = {number}"),
    };
    connection
        .execute(sqlx::raw_sql(AssertSqlSafe(keep)))
        .await?;
    Ok(())
}

/// How many steps were taken.
async fn taken(connection: &mut AnyConnection, kind: &Kind) -> Result<usize, StateError> {
    let statement = match kind {
        Kind::File(_) => "pragma user_version",
        Kind::Server => {
            let make = "create table if not exists state_version (number bigint not null); \
                insert into state_version (number) select 0 where not exists (select 1 from state_version)";
            connection.execute(sqlx::raw_sql(make)).await?;
            "select number from state_version"
        }
    };
    crate::store::count(connection, statement).await
}
