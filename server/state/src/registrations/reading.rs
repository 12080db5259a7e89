//! Reading what is kept.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use model::list;
use model::registration::{
    ApplicationCredential, FACTS, FLAGS, ImportedList, MigrationTest, Registered,
    RegistrationEvent, Registrations, RelyingParty, Summary,
};
use sqlx::any::AnyRow;
use sqlx::{AnyConnection, Row};

use crate::StateError;
use crate::store::each;

/// All of it, in the order that [`Registrations`] promises.
pub(super) async fn all(reading: &mut AnyConnection) -> Result<Registrations, StateError> {
    let mut found = Registrations {
        lists: lists(reading).await?,
        ..Registrations::default()
    };
    let places: HashMap<String, usize> = found
        .lists
        .iter()
        .enumerate()
        .map(|(place, list)| (list.id.clone(), place))
        .collect();
    let mut count = |list_id: &str, kind: usize| {
        let place = places.get(list_id).copied().unwrap_or_default();
        if let Some(list) = found.lists.get_mut(place)
            && let Some(facts) = list.facts.get_mut(kind)
        {
            *facts += 1;
        }
        place
    };
    let mut people = people(reading).await?;
    // Databases differ in the order of texts.
    people.sort_by(|(one, ..), (other, ..)| one.cmp(other));
    for (_, list_id, person) in people {
        let place = count(&list_id, 0);
        found.people.push((person, place));
    }
    let select = "select list_id, at_ms, user_id, username, display_name, feature, method, is_success, \
        failure_reason from registration_event";
    let rows = sqlx::query(select).fetch_all(&mut *reading).await?;
    for (list_id, event) in each(&rows, event)? {
        count(&list_id, 1);
        found.events.push(event);
    }
    found.events.sort_by(|one, other| other.cmp(one));
    let select = "select list_id, party_id, name, service_id, reply_urls, unique_users, successful, failed, \
        migration_status, tests from relying_party";
    let rows = sqlx::query(select).fetch_all(&mut *reading).await?;
    for (list_id, party) in each(&rows, relying_party)? {
        count(&list_id, 2);
        found.relying_parties.push(party);
    }
    found.relying_parties.sort_by(|one, other| {
        (&one.party_id, &one.service_id).cmp(&(&other.party_id, &other.service_id))
    });
    let rows = sqlx::query("select list_id, content from registration_summary")
        .fetch_all(&mut *reading)
        .await?;
    for row in &rows {
        let list_id: String = row.try_get("list_id")?;
        count(&list_id, 3);
        let content: String = row.try_get("content")?;
        found.summaries.extend(Summary::of_text(&content));
    }
    found.summaries.sort_by_cached_key(Summary::key);
    let select = "select list_id, key_id, key_type, key_usage, origin, application_id, created_ms, expires_ms, \
        last_used_ms from application_credential";
    let rows = sqlx::query(select).fetch_all(&mut *reading).await?;
    for (list_id, credential) in each(&rows, credential)? {
        count(&list_id, 4);
        found.credentials.push(credential);
    }
    found
        .credentials
        .sort_by(|one, other| one.key_id.cmp(&other.key_id));
    Ok(found)
}

async fn lists(reading: &mut AnyConnection) -> Result<Vec<ImportedList>, StateError> {
    let rows = sqlx::query("select id, origin, imported_ms from registration_list")
        .fetch_all(&mut *reading)
        .await?;
    let mut lists = each(&rows, |row| {
        Ok(ImportedList {
            id: row.try_get("id")?,
            origin: row.try_get("origin")?,
            imported: moment(row.try_get("imported_ms")?).unwrap_or_default(),
            facts: [0; FACTS],
        })
    })?;
    lists.sort_by(|one, other| {
        let newest = other.imported.cmp(&one.imported);
        newest.then_with(|| (&one.origin, &one.id).cmp(&(&other.origin, &other.id)))
    });
    Ok(lists)
}

/// People with their keys and lists, in no order.
pub(super) async fn people(
    reading: &mut AnyConnection,
) -> Result<Vec<(String, String, Registered)>, StateError> {
    let select = "select person_key, list_id, user_id, username, display_name, user_type, flags, default_method, \
        methods, last_updated_ms from registration_person";
    let rows = sqlx::query(select).fetch_all(reading).await?;
    each(&rows, person)
}

fn person(row: &AnyRow) -> Result<(String, String, Registered), sqlx::Error> {
    let flags: String = row.try_get("flags")?;
    let methods: Option<String> = row.try_get("methods")?;
    let updated_ms: Option<i64> = row.try_get("last_updated_ms")?;
    let person = Registered {
        user_id: row.try_get("user_id")?,
        username: row.try_get("username")?,
        display_name: row.try_get("display_name")?,
        user_type: row.try_get("user_type")?,
        flags: flags_of(&flags),
        default_method: row.try_get("default_method")?,
        methods: methods.map(|methods| list::items(&methods).map(str::to_owned).collect()),
        last_updated: updated_ms.and_then(moment),
    };
    Ok((row.try_get("person_key")?, row.try_get("list_id")?, person))
}

fn event(row: &AnyRow) -> Result<(String, RegistrationEvent), sqlx::Error> {
    let is_success: Option<i64> = row.try_get("is_success")?;
    let event = RegistrationEvent {
        at: moment(row.try_get("at_ms")?).unwrap_or_default(),
        user_id: row.try_get("user_id")?,
        username: row.try_get("username")?,
        display_name: row.try_get("display_name")?,
        feature: row.try_get("feature")?,
        method: row.try_get("method")?,
        is_success: is_success.map(|flag| flag != 0),
        failure_reason: row.try_get("failure_reason")?,
    };
    Ok((row.try_get("list_id")?, event))
}

fn relying_party(row: &AnyRow) -> Result<(String, RelyingParty), sqlx::Error> {
    let number = |name: &str| -> Result<Option<u64>, sqlx::Error> {
        let number: Option<i64> = row.try_get(name)?;
        Ok(number.and_then(|number| u64::try_from(number).ok()))
    };
    let urls: String = row.try_get("reply_urls")?;
    let tests: String = row.try_get("tests")?;
    let party = RelyingParty {
        party_id: row.try_get("party_id")?,
        name: row.try_get("name")?,
        service_id: row.try_get("service_id")?,
        reply_urls: list::items(&urls).map(str::to_owned).collect(),
        unique_users: number("unique_users")?,
        successful: number("successful")?,
        failed: number("failed")?,
        migration_status: row.try_get("migration_status")?,
        tests: MigrationTest::of_text(&tests),
    };
    Ok((row.try_get("list_id")?, party))
}

fn credential(row: &AnyRow) -> Result<(String, ApplicationCredential), sqlx::Error> {
    let at = |name: &str| -> Result<Option<DateTime<Utc>>, sqlx::Error> {
        let ms: Option<i64> = row.try_get(name)?;
        Ok(ms.and_then(moment))
    };
    let credential = ApplicationCredential {
        key_id: row.try_get("key_id")?,
        key_type: row.try_get("key_type")?,
        key_usage: row.try_get("key_usage")?,
        origin: row.try_get("origin")?,
        application_id: row.try_get("application_id")?,
        created: at("created_ms")?,
        expires: at("expires_ms")?,
        last_used: at("last_used_ms")?,
    };
    Ok((row.try_get("list_id")?, credential))
}

fn moment(ms: i64) -> Option<DateTime<Utc>> {
    DateTime::from_timestamp_millis(ms)
}

/// Flags as one text.
pub(super) fn flags_text(flags: &[Option<bool>; FLAGS]) -> String {
    let letters = flags.iter().map(|flag| match flag {
        Some(true) => 'y',
        Some(false) => 'n',
        None => '-',
    });
    letters.collect()
}

fn flags_of(text: &str) -> [Option<bool>; FLAGS] {
    let mut letters = text.chars();
    std::array::from_fn(|_| match letters.next() {
        Some('y') => Some(true),
        Some('n') => Some(false),
        _ => None,
    })
}
