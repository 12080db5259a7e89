//! Writing what a file says beside what is kept.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use chrono::{DateTime, Utc};
use model::list;
use model::registration::{
    ApplicationCredential, MigrationTest, Registered, RegistrationEvent, RelyingParty, Summary,
};
use sqlx::{AnyConnection, AssertSqlSafe, Row};

use super::KeptRegistrations;
use super::reading::{self, flags_text};
use crate::StateError;
use crate::hash::hash_of_secret;
use crate::store::storable;

/// Rows that are written or looked for with one statement.
const ROWS_AT_ONCE: usize = 200;

/// Keeps people: what the list says takes the place of what was said before, and what it does not say stays.
pub(super) async fn people(
    change: &mut AnyConnection,
    list_id: &str,
    people: &[Registered],
    kept: &mut KeptRegistrations,
) -> Result<(), StateError> {
    if people.is_empty() {
        return Ok(());
    }
    let mut known: HashMap<String, Registered> = HashMap::new();
    let mut key_of_username: HashMap<String, String> = HashMap::new();
    for (key, _, person) in reading::people(change).await? {
        if let Some(username) = &person.username {
            key_of_username.insert(username.to_lowercase(), key.clone());
        }
        known.insert(key, person);
    }
    // In the order of their keys, so that the same file is written in the same order.
    let mut written: BTreeMap<String, Registered> = BTreeMap::new();
    let mut outdated: Vec<String> = Vec::new();
    for said in people {
        let said = storable_person(said);
        let Some(own_key) = said.key() else { continue };
        let by_username = said
            .username
            .as_ref()
            .and_then(|username| key_of_username.get(&username.to_lowercase()))
            .filter(|key| {
                // Somebody else may have had the name before.
                let other = known.get(*key).and_then(|person| person.user_id.as_ref());
                said.user_id.is_none() || other.is_none()
            });
        let key = match known.contains_key(&own_key) {
            true => own_key,
            false => by_username.cloned().unwrap_or(own_key),
        };
        let before = known.remove(&key);
        let mut person = before.clone().unwrap_or_default();
        person.take(&said);
        let new_key = person.key().unwrap_or_else(|| key.clone());
        if new_key != key {
            // Its object ID has become known.
            written.remove(&key);
            outdated.push(key.clone());
        }
        match &before {
            None => kept.new += 1,
            Some(before) if *before != person => kept.changed += 1,
            Some(_) => {}
        }
        if let Some(username) = &person.username {
            key_of_username.insert(username.to_lowercase(), new_key.clone());
        }
        known.insert(new_key.clone(), person.clone());
        written.insert(new_key, person);
    }
    outdated.extend(written.keys().cloned());
    delete(change, "registration_person", "person_key", &outdated).await?;
    let written: Vec<(String, Registered)> = written.into_iter().collect();
    for some in written.chunks(ROWS_AT_ONCE) {
        let insert = format!(
            "insert into registration_person (person_key, list_id, user_id, username, display_name, user_type, flags, \
             default_method, methods, last_updated_ms) values {}",
            placeholders(some.len(), 10)
        );
        let mut insert = sqlx::query(AssertSqlSafe(insert));
        for (key, person) in some {
            let methods = person.methods.as_ref();
            insert = insert
                .bind(key)
                .bind(list_id)
                .bind(person.user_id.as_deref())
                .bind(person.username.as_deref())
                .bind(person.display_name.as_deref())
                .bind(person.user_type.as_deref())
                .bind(flags_text(&person.flags))
                .bind(person.default_method.as_deref())
                .bind(methods.map(|methods| list::join(methods.iter().map(String::as_str))))
                .bind(person.last_updated.map(|moment| moment.timestamp_millis()));
        }
        insert.execute(&mut *change).await?;
    }
    Ok(())
}

/// As it is read back, so that what did not change is seen as such.
fn storable_person(person: &Registered) -> Registered {
    let text = |text: &Option<String>| text.as_deref().map(storable);
    let methods = person.methods.as_ref().map(|methods| {
        let methods: Vec<String> = methods.iter().map(|method| storable(method)).collect();
        let joined = list::join(methods.iter().map(String::as_str));
        list::items(&joined).map(str::to_owned).collect()
    });
    let updated = person.last_updated.map(|moment| moment.timestamp_millis());
    Registered {
        user_id: text(&person.user_id),
        username: text(&person.username),
        display_name: text(&person.display_name),
        user_type: text(&person.user_type),
        default_method: text(&person.default_method),
        methods,
        last_updated: updated.and_then(chrono::DateTime::from_timestamp_millis),
        flags: person.flags,
    }
}

/// Keeps events that are not known.
pub(super) async fn events(
    change: &mut AnyConnection,
    list_id: &str,
    events: &[RegistrationEvent],
    kept: &mut KeptRegistrations,
) -> Result<(), StateError> {
    let mut of_key: BTreeMap<String, &RegistrationEvent> = BTreeMap::new();
    for event in events {
        of_key.insert(hash_of_secret(event.identity()), event);
    }
    let keys: Vec<String> = of_key.keys().cloned().collect();
    for key in found(change, "registration_event", "event_key", &keys).await? {
        of_key.remove(&key);
    }
    kept.new += of_key.len() as u64;
    let events: Vec<_> = of_key.into_iter().collect();
    for some in events.chunks(ROWS_AT_ONCE) {
        let insert = format!(
            "insert into registration_event (event_key, list_id, at_ms, user_id, username, display_name, feature, \
             method, is_success, failure_reason) values {}",
            placeholders(some.len(), 10)
        );
        let mut insert = sqlx::query(AssertSqlSafe(insert));
        for (key, event) in some {
            insert = insert
                .bind(key)
                .bind(list_id)
                .bind(event.at.timestamp_millis())
                .bind(event.user_id.as_deref().map(storable))
                .bind(event.username.as_deref().map(storable))
                .bind(event.display_name.as_deref().map(storable))
                .bind(storable(&event.feature))
                .bind(event.method.as_deref().map(storable))
                .bind(event.is_success.map(i64::from))
                .bind(event.failure_reason.as_deref().map(storable));
        }
        insert.execute(&mut *change).await?;
    }
    Ok(())
}

/// Keeps relying parties: each takes the place of the one that has its identifier on its farm.
pub(super) async fn relying_parties(
    change: &mut AnyConnection,
    list_id: &str,
    parties: &[RelyingParty],
    kept: &mut KeptRegistrations,
) -> Result<(), StateError> {
    let mut of_key: BTreeMap<String, &RelyingParty> = BTreeMap::new();
    for party in parties {
        let farm = party.service_id.as_deref().unwrap_or_default();
        let key = format!("{}\n{farm}", party.party_id).to_lowercase();
        of_key.insert(storable(&key), party);
    }
    let keys: Vec<String> = of_key.keys().cloned().collect();
    replaced(change, "relying_party", "party_key", &keys, kept).await?;
    let number = |number: Option<u64>| number.and_then(|number| i64::try_from(number).ok());
    for (key, party) in of_key {
        let insert = "insert into relying_party (party_key, list_id, party_id, name, service_id, reply_urls, \
            unique_users, successful, failed, migration_status, tests) \
            values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)";
        sqlx::query(insert)
            .bind(key)
            .bind(list_id)
            .bind(storable(&party.party_id))
            .bind(party.name.as_deref().map(storable))
            .bind(party.service_id.as_deref().map(storable))
            .bind(storable(&list::join(
                party.reply_urls.iter().map(String::as_str),
            )))
            .bind(number(party.unique_users))
            .bind(number(party.successful))
            .bind(number(party.failed))
            .bind(party.migration_status.as_deref().map(storable))
            .bind(storable(&MigrationTest::to_text(&party.tests)))
            .execute(&mut *change)
            .await?;
    }
    Ok(())
}

/// Keeps summaries: each takes the place of the one of the same.
pub(super) async fn summaries(
    change: &mut AnyConnection,
    list_id: &str,
    summaries: &[Summary],
    kept: &mut KeptRegistrations,
) -> Result<(), StateError> {
    let of_key: BTreeMap<String, &Summary> = summaries
        .iter()
        .map(|summary| (storable(&summary.key()), summary))
        .collect();
    let keys: Vec<String> = of_key.keys().cloned().collect();
    replaced(change, "registration_summary", "summary_key", &keys, kept).await?;
    for (key, summary) in of_key {
        sqlx::query(
            "insert into registration_summary (summary_key, list_id, content) values ($1, $2, $3)",
        )
        .bind(key)
        .bind(list_id)
        .bind(storable(&summary.to_text()))
        .execute(&mut *change)
        .await?;
    }
    Ok(())
}

/// Keeps credentials: each takes the place of the one with its key ID.
pub(super) async fn credentials(
    change: &mut AnyConnection,
    list_id: &str,
    credentials: &[ApplicationCredential],
    kept: &mut KeptRegistrations,
) -> Result<(), StateError> {
    let of_key: BTreeMap<String, &ApplicationCredential> = credentials
        .iter()
        .map(|credential| (storable(&credential.key_id.to_lowercase()), credential))
        .collect();
    let keys: Vec<String> = of_key.keys().cloned().collect();
    replaced(
        change,
        "application_credential",
        "credential_key",
        &keys,
        kept,
    )
    .await?;
    let ms = |moment: Option<DateTime<Utc>>| moment.map(|moment| moment.timestamp_millis());
    let credentials: Vec<_> = of_key.into_iter().collect();
    for some in credentials.chunks(ROWS_AT_ONCE) {
        let insert = format!(
            "insert into application_credential (credential_key, list_id, key_id, key_type, key_usage, origin, \
             application_id, created_ms, expires_ms, last_used_ms) values {}",
            placeholders(some.len(), 10)
        );
        let mut insert = sqlx::query(AssertSqlSafe(insert));
        for (key, credential) in some {
            insert = insert
                .bind(key)
                .bind(list_id)
                .bind(storable(&credential.key_id))
                .bind(credential.key_type.as_deref().map(storable))
                .bind(credential.key_usage.as_deref().map(storable))
                .bind(credential.origin.as_deref().map(storable))
                .bind(credential.application_id.as_deref().map(storable))
                .bind(ms(credential.created))
                .bind(ms(credential.expires))
                .bind(ms(credential.last_used));
        }
        insert.execute(&mut *change).await?;
    }
    Ok(())
}

/// Makes room for rows with these keys, and counts which are new.
async fn replaced(
    change: &mut AnyConnection,
    table: &'static str,
    column: &'static str,
    keys: &[String],
    kept: &mut KeptRegistrations,
) -> Result<(), StateError> {
    let known = found(change, table, column, keys).await?;
    kept.changed += known.len() as u64;
    kept.new += (keys.len() - known.len()) as u64;
    delete(change, table, column, keys).await
}

/// Which of these keys there are.
async fn found(
    change: &mut AnyConnection,
    table: &'static str,
    column: &'static str,
    keys: &[String],
) -> Result<BTreeSet<String>, StateError> {
    let mut found = BTreeSet::new();
    for some in keys.chunks(ROWS_AT_ONCE) {
        let marks = placeholders(1, some.len());
        let select = format!("select {column} from {table} where {column} in {marks}");
        let mut select = sqlx::query(AssertSqlSafe(select));
        for key in some {
            select = select.bind(key);
        }
        for row in select.fetch_all(&mut *change).await? {
            found.insert(row.try_get(0)?);
        }
    }
    Ok(found)
}

async fn delete(
    change: &mut AnyConnection,
    table: &'static str,
    column: &'static str,
    keys: &[String],
) -> Result<(), StateError> {
    for some in keys.chunks(ROWS_AT_ONCE) {
        let marks = placeholders(1, some.len());
        let delete = format!("delete from {table} where {column} in {marks}");
        let mut delete = sqlx::query(AssertSqlSafe(delete));
        for key in some {
            delete = delete.bind(key);
        }
        delete.execute(&mut *change).await?;
    }
    Ok(())
}

/// `($1, $2), ($3, $4)` for two rows of two columns.
fn placeholders(rows: usize, columns: usize) -> String {
    let row = |row: usize| {
        let numbers = (1..=columns).map(|column| format!("${}", row * columns + column));
        format!("({})", numbers.collect::<Vec<_>>().join(", "))
    };
    (0..rows).map(row).collect::<Vec<_>>().join(", ")
}
