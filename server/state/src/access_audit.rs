//! The record of who looked at what: rows are only added, and each carries a hash over itself and the one before, so
//! that a row that was changed or taken out is found.

use std::fmt;

use sha2::{Digest, Sha256};
use sqlx::any::AnyRow;
use sqlx::{AnyConnection, AssertSqlSafe, Row};

use crate::accounts::LONGEST_USERNAME_CHARS;
use crate::hash::hex;
use crate::store::{Change, each, storable};
use crate::{StateError, Store};

mod found;

pub use found::{AccessAsk, AccessPage};

/// Most characters of what something was done to.
const LONGEST_SUBJECT_CHARS: usize = 4_096;
/// Most characters of an action, and of an address.
const LONGEST_WORD_CHARS: usize = 64;
/// Rows that are read at a time when all are looked at.
const ROWS_AT_ONCE: i64 = 10_000;
/// The action of what is forgotten.
const RETENTION: &str = "retention";
const COLUMNS: &str = "number, at_ms, account_id, username, action, subject, address, hash";

/// Something that somebody did.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct AccessEvent {
    /// When, in milliseconds since 1970.
    pub at_ms: i64,
    /// Whose account; `None` for somebody who is not signed in.
    pub account_id: Option<String>,
    /// Its username then, or what was typed as one.
    pub username: String,
    /// What was done: a word such as `query`, `open`, `download`, `unmask`, `sign_in`.
    pub action: String,
    /// What it was done to: a query string, a request ID, an account.
    pub subject: String,
    /// Where from.
    pub address: String,
}

/// What is wrong with the record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum AuditFault {
    /// A row is missing before this one.
    Missing {
        /// Number of the row.
        number: i64,
    },
    /// A row says something else than when it was written, or the one before it does.
    Changed {
        /// Number of the row.
        number: i64,
    },
}

impl fmt::Display for AuditFault {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            AuditFault::Missing { number } => write!(
                formatter,
                "lines of who looked at what are missing before number {number}"
            ),
            AuditFault::Changed { number } => write!(
                formatter,
                "line {number} of who looked at what is not as it was written, or the one before it"
            ),
        }
    }
}

/// A row as it is kept.
struct KeptEvent {
    number: i64,
    event: AccessEvent,
    hash: String,
}

fn read(row: &AnyRow) -> Result<KeptEvent, sqlx::Error> {
    Ok(KeptEvent {
        number: row.try_get("number")?,
        event: AccessEvent {
            at_ms: row.try_get("at_ms")?,
            account_id: row.try_get("account_id")?,
            username: row.try_get("username")?,
            action: row.try_get("action")?,
            subject: row.try_get("subject")?,
            address: row.try_get("address")?,
        },
        hash: row.try_get("hash")?,
    })
}

impl AccessEvent {
    /// As it is kept: hashes are over what comes back.
    fn storable(&self) -> AccessEvent {
        let cut = |text: &str, most: usize| storable(text).chars().take(most).collect();
        AccessEvent {
            at_ms: self.at_ms,
            account_id: self.account_id.as_deref().map(storable),
            username: cut(&self.username, LONGEST_USERNAME_CHARS),
            action: cut(&self.action, LONGEST_WORD_CHARS),
            subject: cut(&self.subject, LONGEST_SUBJECT_CHARS),
            address: cut(&self.address, LONGEST_WORD_CHARS),
        }
    }

    /// The hash over the number, the event and the hash before. Each part is preceded by its length, so that no two
    /// events are written alike.
    fn hash(&self, number: i64, before: &str) -> String {
        let mut hasher = Sha256::new();
        let account = self.account_id.as_deref();
        let parts = [
            before,
            &number.to_string(),
            &self.at_ms.to_string(),
            if account.is_some() { "account" } else { "" },
            account.unwrap_or_default(),
            &self.username,
            &self.action,
            &self.subject,
            &self.address,
        ];
        for part in parts {
            hasher.update((part.len() as u64).to_le_bytes());
            hasher.update(part.as_bytes());
        }
        hex(&hasher.finalize())
    }
}

impl Store {
    /// Adds events to the record, in their order.
    ///
    /// # Errors
    /// When the database fails: then none was added.
    pub async fn record_access(&self, events: &[AccessEvent]) -> Result<(), StateError> {
        if events.is_empty() {
            return Ok(());
        }
        let mut change = self.change().await?;
        let (mut number, mut hash) = last(&mut change).await?;
        for event in events {
            let event = event.storable();
            number += 1;
            hash = event.hash(number, &hash);
            add(&mut change, number, &event, &hash).await?;
        }
        Ok(change.commit().await?)
    }

    /// Looks at the whole record. Gives the number of its rows and what is wrong with them.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn check_access_events(&self) -> Result<(u64, Vec<AuditFault>), StateError> {
        let mut reading = self.reading().await?;
        let (mut rows, mut faults) = (0, Vec::new());
        let mut first: Option<KeptEvent> = None;
        // What was forgotten last, as the record says it.
        let mut forgotten: Option<Forgotten> = None;
        let mut before: Option<(i64, String)> = None;
        loop {
            let number = before.as_ref().map_or(0, |(number, _)| *number);
            let some = after(&mut reading, number).await?;
            if some.is_empty() {
                break;
            }
            for kept in some {
                rows += 1;
                let number = kept.number;
                match &before {
                    Some((before, _)) if number != before + 1 => {
                        faults.push(AuditFault::Missing { number });
                    }
                    Some((_, hash)) if kept.event.hash(number, hash) != kept.hash => {
                        faults.push(AuditFault::Changed { number });
                    }
                    _ => {}
                }
                if kept.event.action == RETENTION {
                    forgotten = Forgotten::read(&kept.event.subject).or(forgotten);
                }
                before = Some((number, kept.hash.clone()));
                first.get_or_insert(kept);
            }
        }
        if let Some(first) = first {
            faults.splice(0..0, fault_of_first(&first, forgotten.as_ref()));
        }
        Ok((rows, faults))
    }

    /// Forgets events before a moment, and records that they were forgotten, with the hash of the last of them, from
    /// which the record goes on. Gives their number.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn forget_access_events(
        &self,
        before_ms: i64,
        now_ms: i64,
    ) -> Result<u64, StateError> {
        // The newest stays, whatever its age: what comes next follows on from it. So does all from the first on that is
        // young enough: a clock that went back for a moment makes no hole.
        const PAST: &str = "at_ms < $1 and number < (select max(number) from access_event) \
            and number < (select coalesce(min(number), 9223372036854775807) from access_event where at_ms >= $1)";
        let mut change = self.change().await?;
        let select = format!(
            "select number, hash from access_event where {PAST} order by number desc limit 1"
        );
        let last_past: Option<(i64, String)> = sqlx::query_as(AssertSqlSafe(select))
            .bind(before_ms)
            .fetch_optional(&mut *change)
            .await?;
        let Some((up_to, hash)) = last_past else {
            return Ok(0);
        };
        let gone = sqlx::query("delete from access_event where number <= $1")
            .bind(up_to)
            .execute(&mut *change)
            .await?
            .rows_affected();
        let event = AccessEvent {
            at_ms: now_ms,
            action: RETENTION.to_owned(),
            subject: Forgotten { gone, up_to, hash }.to_string(),
            ..AccessEvent::default()
        };
        let (number, hash) = last(&mut change).await?;
        let hash = event.hash(number + 1, &hash);
        add(&mut change, number + 1, &event, &hash).await?;
        change.commit().await?;
        Ok(gone)
    }
}

/// What was forgotten, as the record says it.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Forgotten {
    gone: u64,
    /// Number of the last that was forgotten.
    up_to: i64,
    /// Its hash.
    hash: String,
}

impl fmt::Display for Forgotten {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Forgotten { gone, up_to, hash } = self;
        write!(
            formatter,
            "{gone} lines, up to number {up_to} with hash {hash}"
        )
    }
}

impl Forgotten {
    fn read(subject: &str) -> Option<Forgotten> {
        let (gone, rest) = subject.split_once(" lines, up to number ")?;
        let (up_to, hash) = rest.split_once(" with hash ")?;
        Some(Forgotten {
            gone: gone.parse().ok()?,
            up_to: up_to.parse().ok()?,
            hash: hash.to_owned(),
        })
    }
}

/// What is wrong with the beginning: it is number 1, or follows on from what was forgotten.
fn fault_of_first(first: &KeptEvent, forgotten: Option<&Forgotten>) -> Option<AuditFault> {
    let number = first.number;
    let before = match forgotten.filter(|forgotten| forgotten.up_to + 1 == number) {
        Some(forgotten) => forgotten.hash.as_str(),
        None if number == 1 => "",
        None => return Some(AuditFault::Missing { number }),
    };
    let is_right = first.event.hash(number, before) == first.hash;
    (!is_right).then_some(AuditFault::Changed { number })
}

/// Number and hash of the newest row; 0 and nothing when there is none.
async fn last(change: &mut Change) -> Result<(i64, String), StateError> {
    let select = "select number, hash from access_event order by number desc limit 1";
    let last: Option<(i64, String)> = sqlx::query_as(select).fetch_optional(&mut **change).await?;
    Ok(last.unwrap_or_default())
}

async fn add(
    change: &mut Change,
    number: i64,
    event: &AccessEvent,
    hash: &str,
) -> Result<(), StateError> {
    let insert = "insert into access_event (number, at_ms, account_id, username, action, subject, address, hash) \
        values ($1, $2, $3, $4, $5, $6, $7, $8)";
    sqlx::query(insert)
        .bind(number)
        .bind(event.at_ms)
        .bind(event.account_id.as_deref())
        .bind(&event.username)
        .bind(&event.action)
        .bind(&event.subject)
        .bind(&event.address)
        .bind(hash)
        .execute(&mut **change)
        .await?;
    Ok(())
}

async fn after(reading: &mut AnyConnection, number: i64) -> Result<Vec<KeptEvent>, StateError> {
    let select =
        format!("select {COLUMNS} from access_event where number > $1 order by number limit $2");
    let rows = sqlx::query(AssertSqlSafe(select))
        .bind(number)
        .bind(ROWS_AT_ONCE)
        .fetch_all(reading)
        .await?;
    each(&rows, read)
}

#[cfg(test)]
mod tests;
