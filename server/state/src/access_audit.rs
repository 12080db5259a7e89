//! The record of who looked at what: rows are only added, and each carries a hash over itself and the one before, so
//! that a row that was changed or taken out is found.

use std::fmt;

use sha2::{Digest, Sha256};
use sqlx::any::AnyRow;
use sqlx::{AnyConnection, Row};

use crate::accounts::LONGEST_USERNAME_CHARS;
use crate::store::{Change, storable};
use crate::{StateError, Store};

/// Most characters of what something was done to.
const LONGEST_SUBJECT_CHARS: usize = 4_096;
/// Most characters of an action, and of an address.
const LONGEST_WORD_CHARS: usize = 64;
/// Rows that are read at a time when all are looked at.
const ROWS_AT_ONCE: i64 = 10_000;

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
struct Kept {
    number: i64,
    event: AccessEvent,
    hash: String,
}

fn read(row: &AnyRow) -> Result<Kept, sqlx::Error> {
    Ok(Kept {
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
        let hash = hasher.finalize();
        hash.iter().map(|byte| format!("{byte:02x}")).collect()
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

    /// The newest events before a number, at most so many, the newest first, each with its number. With a username or
    /// an action that is not empty, those of these alone.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn access_events(
        &self,
        before: Option<i64>,
        (username, action): (&str, &str),
        limit: i64,
    ) -> Result<Vec<(i64, AccessEvent)>, StateError> {
        let select = "select number, at_ms, account_id, username, action, subject, address, hash from access_event \
            where number < $1 and ($2 = '' or lower(username) = lower($2)) and ($3 = '' or action = $3) \
            order by number desc limit $4";
        let rows = sqlx::query(select)
            .bind(before.unwrap_or(i64::MAX))
            .bind(storable(username))
            .bind(storable(action))
            .bind(limit)
            .fetch_all(&mut *self.reading().await?)
            .await?;
        let mut events = Vec::with_capacity(rows.len());
        for row in &rows {
            let kept = read(row)?;
            events.push((kept.number, kept.event));
        }
        Ok(events)
    }

    /// Looks at the whole record. Gives the number of its rows and what is wrong with them.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn check_access_events(&self) -> Result<(u64, Vec<AuditFault>), StateError> {
        let mut reading = self.reading().await?;
        let (mut rows, mut faults) = (0, Vec::new());
        let mut before: Option<(i64, String)> = None;
        loop {
            let some = after(
                &mut reading,
                before.as_ref().map_or(0, |(number, _)| *number),
            )
            .await?;
            if some.is_empty() {
                break;
            }
            for kept in some {
                rows += 1;
                if let Some((number, hash)) = &before {
                    if kept.number != number + 1 {
                        faults.push(AuditFault::Missing {
                            number: kept.number,
                        });
                    } else if kept.event.hash(kept.number, hash) != kept.hash {
                        faults.push(AuditFault::Changed {
                            number: kept.number,
                        });
                    }
                } else if kept.number == 1 && kept.event.hash(1, "") != kept.hash {
                    faults.push(AuditFault::Changed { number: 1 });
                }
                before = Some((kept.number, kept.hash));
            }
        }
        Ok((rows, faults))
    }

    /// Forgets events before a moment, and records that they were forgotten. Gives their number.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn forget_access_events(
        &self,
        before_ms: i64,
        now_ms: i64,
    ) -> Result<u64, StateError> {
        let mut change = self.change().await?;
        // The newest stays, whatever its age: what comes next follows on from it.
        let delete = "delete from access_event where at_ms < $1 and number < (select max(number) from access_event) \
            and number < (select coalesce(min(number), 9223372036854775807) from access_event where at_ms >= $1)";
        let gone = sqlx::query(delete)
            .bind(before_ms)
            .execute(&mut *change)
            .await?
            .rows_affected();
        if gone > 0 {
            let (number, hash) = last(&mut change).await?;
            let event = AccessEvent {
                at_ms: now_ms,
                action: "retention".to_owned(),
                subject: format!("{gone} events"),
                ..AccessEvent::default()
            };
            let hash = event.hash(number + 1, &hash);
            add(&mut change, number + 1, &event, &hash).await?;
        }
        change.commit().await?;
        Ok(gone)
    }
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

async fn after(reading: &mut AnyConnection, number: i64) -> Result<Vec<Kept>, StateError> {
    let select = "select number, at_ms, account_id, username, action, subject, address, hash from access_event \
        where number > $1 order by number limit $2";
    let rows = sqlx::query(select)
        .bind(number)
        .bind(ROWS_AT_ONCE)
        .fetch_all(reading)
        .await?;
    let kept: Result<Vec<Kept>, _> = rows.iter().map(read).collect();
    Ok(kept?)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{Kept, on_both};

    const NOW_MS: i64 = 1_795_000_000_000;

    fn event(action: &str, subject: &str, at_ms: i64) -> AccessEvent {
        AccessEvent {
            at_ms,
            account_id: Some("ann".to_owned()),
            username: "ann@contoso.example".to_owned(),
            action: action.to_owned(),
            subject: subject.to_owned(),
            address: "192.0.2.1".to_owned(),
        }
    }

    async fn filled(store: &Store, number: i64) {
        let events: Vec<AccessEvent> = (0..number)
            .map(|index| event("query", &format!("q={index}"), NOW_MS + index))
            .collect();
        store.record_access(&events).await.expect("recorded");
    }

    async fn tamper(store: &Store, statement: &'static str) {
        let mut change = store.change().await.expect("a change");
        let done = sqlx::query(statement)
            .execute(&mut *change)
            .await
            .expect("changed");
        assert_eq!(done.rows_affected(), 1);
        change.commit().await.expect("committed");
    }

    async fn faults(store: &Store) -> Vec<AuditFault> {
        store.check_access_events().await.expect("looked at").1
    }

    on_both! {
        async fn what_was_recorded_comes_back_newest_first(kept: Kept) {
            let store = kept.open().await;
            let hostile = event("open", "\0<script>\u{202e}", NOW_MS);
            let nobody = AccessEvent { account_id: None, ..event("sign_in", "", NOW_MS) };
            store.record_access(&[hostile, nobody.clone()]).await.expect("recorded");
            store.record_access(&[event("download", &"x".repeat(100_000), NOW_MS)]).await.expect("recorded");
            let events = store.access_events(None, ("", ""), 10).await.expect("events");
            let said: Vec<_> = events.iter().map(|(number, event)| (*number, event.action.as_str(), event.subject.chars().count())).collect();
            assert_eq!(said, [(3, "download", LONGEST_SUBJECT_CHARS), (2, "sign_in", 0), (1, "open", 9)]);
            assert_eq!(events[1].1, nobody);
            assert_eq!(store.access_events(Some(3), ("", ""), 1).await.expect("events").len(), 1);
            assert_eq!(store.check_access_events().await.expect("looked at"), (3, vec![]));
        }

        async fn a_row_that_was_changed_or_taken_out_is_found(kept: Kept) {
            let store = kept.open().await;
            filled(&store, 20).await;
            assert_eq!(faults(&store).await, []);
            tamper(&store, "update access_event set username = 'bob' where number = 5").await;
            assert_eq!(faults(&store).await, [AuditFault::Changed { number: 5 }]);
            tamper(&store, "delete from access_event where number = 12").await;
            assert_eq!(faults(&store).await, [AuditFault::Changed { number: 5 }, AuditFault::Missing { number: 13 }]);
            tamper(&store, "update access_event set account_id = null where number = 1").await;
            assert_eq!(faults(&store).await[0], AuditFault::Changed { number: 1 });
        }

        async fn servers_that_record_at_once_write_one_chain(kept: Kept) {
            let (one, other) = (kept.open().await, kept.open().await);
            let mut tasks = Vec::new();
            for number in 0..20 {
                let store = if number % 2 == 0 { one.clone() } else { other.clone() };
                tasks.push(tokio::spawn(async move {
                    store.record_access(&[event("query", "a", NOW_MS), event("query", "b", NOW_MS)]).await
                }));
            }
            for task in tasks {
                task.await.expect("a task").expect("recorded");
            }
            assert_eq!(one.check_access_events().await.expect("looked at"), (40, vec![]));
        }

        async fn what_is_past_its_retention_goes_from_the_oldest_on_and_that_is_said(kept: Kept) {
            let store = kept.open().await;
            filled(&store, 10).await;
            // A clock that went back for a moment makes no hole.
            store.record_access(&[event("query", "early", NOW_MS)]).await.expect("recorded");
            assert_eq!(store.forget_access_events(NOW_MS + 5, NOW_MS + 99).await.expect("a number"), 5);
            let events = store.access_events(None, ("", ""), 100).await.expect("events");
            assert_eq!((events.len(), events[0].1.action.as_str(), events[0].1.subject.as_str()), (7, "retention", "5 events"));
            assert_eq!(faults(&store).await, []);
            assert_eq!(store.forget_access_events(NOW_MS + 5, NOW_MS + 99).await.expect("a number"), 0);
            // All of it is past: the newest stays, and the chain goes on from it.
            assert!(store.forget_access_events(i64::MAX, NOW_MS).await.expect("a number") > 0);
            filled(&store, 3).await;
            assert_eq!(faults(&store).await, []);
        }
    }
}
