//! What is promised of the record of who looked at what.

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

async fn events_of(store: &Store, ask: &AccessAsk, limit: i64) -> Vec<(i64, AccessEvent)> {
    let page = store.access_events(ask, limit).await;
    page.expect("events").events
}

on_both! {
    async fn what_was_recorded_comes_back_newest_first(kept: Kept) {
        let store = kept.open().await;
        let hostile = event("open", "\0<script>\u{202e}", NOW_MS);
        let nobody = AccessEvent { account_id: None, ..event("sign_in", "", NOW_MS) };
        store.record_access(&[hostile, nobody.clone()]).await.expect("recorded");
        store.record_access(&[event("download", &"x".repeat(100_000), NOW_MS)]).await.expect("recorded");
        let events = events_of(&store, &AccessAsk::default(), 10).await;
        let said: Vec<_> = events.iter().map(|(number, event)| (*number, event.action.as_str(), event.subject.chars().count())).collect();
        assert_eq!(said, [(3, "download", LONGEST_SUBJECT_CHARS), (2, "sign_in", 0), (1, "open", 9)]);
        assert_eq!(events[1].1, nobody);
        let (event, hash) = store.access_event(2).await.expect("an answer").expect("an event");
        assert_eq!((event, hash.len()), (nobody, 64));
        assert_eq!(store.access_event(4).await.expect("an answer"), None);
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
        let events = events_of(&store, &AccessAsk::default(), 100).await;
        let (_, newest) = &events[0];
        assert_eq!((events.len(), newest.action.as_str()), (7, "retention"));
        assert!(newest.subject.starts_with("5 lines, up to number 5 with hash "), "{}", newest.subject);
        assert_eq!(faults(&store).await, []);
        assert_eq!(store.forget_access_events(NOW_MS + 5, NOW_MS + 99).await.expect("a number"), 0);
        // All of it is past: the newest stays, and the chain goes on from it.
        assert!(store.forget_access_events(i64::MAX, NOW_MS).await.expect("a number") > 0);
        filled(&store, 3).await;
        assert_eq!(faults(&store).await, []);
    }

    async fn where_the_record_begins_after_something_was_forgotten_is_verified(kept: Kept) {
        let store = kept.open().await;
        filled(&store, 10).await;
        store.forget_access_events(NOW_MS + 5, NOW_MS + 99).await.expect("a number");
        assert_eq!(faults(&store).await, []);
        tamper(&store, "update access_event set username = 'bob' where number = 6").await;
        assert_eq!(faults(&store).await, [AuditFault::Changed { number: 6 }]);
        // More is gone than the record says.
        tamper(&store, "delete from access_event where number = 6").await;
        assert_eq!(faults(&store).await, [AuditFault::Missing { number: 7 }]);
    }

    async fn lines_off_the_beginning_are_missed(kept: Kept) {
        let store = kept.open().await;
        filled(&store, 3).await;
        tamper(&store, "delete from access_event where number = 1").await;
        assert_eq!(faults(&store).await, [AuditFault::Missing { number: 2 }]);
    }

    async fn events_are_found_by_time_person_action_address_and_subject(kept: Kept) {
        let store = kept.open().await;
        let by = |username: &str, address: &str, event: AccessEvent| AccessEvent {
            username: username.to_owned(),
            address: address.to_owned(),
            ..event
        };
        let events = [
            by("Ann", "192.0.2.1", event("query", "/sign-ins?q=CEO", NOW_MS)),
            by("bob", "192.0.2.1", event("open", "/sign-ins?row=50%_x\\y", NOW_MS + 1)),
            by("ann", "192.0.2.2", event("open", "/sign-ins?row=50xx", NOW_MS + 2)),
            by("bob", "192.0.2.2", event("query", "/users", NOW_MS + 2)),
        ];
        store.record_access(&events).await.expect("recorded");
        let found = async |ask: AccessAsk| -> Vec<i64> {
            let events = events_of(&store, &ask, 10).await;
            events.into_iter().map(|(number, _)| number).collect()
        };
        let none = AccessAsk::default;
        let text = str::to_owned;
        assert_eq!(found(none()).await, [4, 3, 2, 1]);
        assert_eq!(found(AccessAsk { username: text("ANN"), ..none() }).await, [3, 1]);
        assert_eq!(found(AccessAsk { action: text("open"), ..none() }).await, [3, 2]);
        assert_eq!(found(AccessAsk { address: text("192.0.2.1"), ..none() }).await, [2, 1]);
        assert_eq!(found(AccessAsk { subject: text("ceo"), ..none() }).await, [1]);
        assert_eq!(found(AccessAsk { subject: text("50%_X\\"), ..none() }).await, [2]);
        assert_eq!(found(AccessAsk { from_ms: Some(NOW_MS + 1), to_ms: Some(NOW_MS + 2), ..none() }).await, [2]);
        let all = AccessAsk {
            username: text("bob"),
            address: text("192.0.2.2"),
            action: text("query"),
            subject: text("users"),
            from_ms: Some(NOW_MS),
            ..none()
        };
        assert_eq!(found(all).await, [4]);
        assert_eq!(found(AccessAsk { username: text("\0'; drop table access_event"), ..none() }).await, [0; 0]);
    }

    async fn pages_follow_one_another_and_look_through_a_bounded_number_of_rows(kept: Kept) {
        let store = kept.open().await;
        filled(&store, found::MOST_LOOKED_THROUGH + 50).await;
        let mut ask = AccessAsk::default();
        let mut seen = Vec::new();
        for _ in 0..3 {
            let page = store.access_events(&ask, 20).await.expect("events");
            seen.extend(page.events.into_iter().map(|(number, _)| number));
            ask.before = page.next;
        }
        let newest = found::MOST_LOOKED_THROUGH + 50;
        assert_eq!(seen, (newest - 59..=newest).rev().collect::<Vec<i64>>());
        // What stands at the very beginning is not found at once, and is on the next page.
        let mut ask = AccessAsk {
            subject: "=7".to_owned(),
            to_ms: Some(NOW_MS + found::MOST_LOOKED_THROUGH + 20),
            ..AccessAsk::default()
        };
        let mut pages = Vec::new();
        loop {
            let page = store.access_events(&ask, 100_000).await.expect("events");
            pages.push(page.events.iter().filter(|(number, _)| *number == 8).count());
            ask.before = page.next;
            if ask.before.is_none() {
                break;
            }
        }
        assert_eq!(pages, [0, 1]);
    }
}

/// Whatever is asked, rows are found by an index and come in its order.
#[tokio::test]
async fn no_question_reads_the_whole_table() {
    let kept = Kept::in_a_file();
    let store = kept.open().await;
    for conditions in [
        "at_ms >= 1 and at_ms < 2",
        "(at_ms, number) < (1, 2)",
        "lower(username) = lower('a') and at_ms >= 1 and (at_ms, number) < (1, 2)",
        "action = 'a' and at_ms >= 1",
        "address = 'a' and (at_ms, number) < (1, 2)",
    ] {
        let plan = format!(
            "explain query plan select {COLUMNS} from access_event where {conditions} order by at_ms desc, number desc"
        );
        let mut reading = store.reading().await.expect("a connection");
        let rows = sqlx::query(AssertSqlSafe(plan))
            .fetch_all(&mut *reading)
            .await
            .expect("a plan");
        let steps: Vec<String> = rows
            .iter()
            .map(|row| row.try_get("detail").expect("a step"))
            .collect();
        let is_by_index = steps
            .iter()
            .all(|step| step.starts_with("SEARCH access_event USING INDEX"));
        assert!(is_by_index, "{conditions}: {steps:?}");
    }
}
