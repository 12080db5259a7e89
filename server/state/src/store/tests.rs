//! What is promised of the database itself.

use super::*;
use crate::testing::{Kept, on_both};

#[tokio::test]
async fn a_file_of_a_later_version_is_left_alone() {
    let kept = Kept::in_a_file();
    let store = kept.open().await;
    let mut change = store.change().await.expect("a change");
    let later = change.execute(sqlx::raw_sql("pragma user_version = 99"));
    later.await.expect("a later version");
    change.commit().await.expect("committed");
    store.close().await;
    let refused = kept.try_open().await.err().expect("a refusal");
    assert!(matches!(refused, StateError::TooNew { found: 99, .. }));
    assert!(refused.to_string().contains("later version"));
}

#[tokio::test]
async fn a_file_of_an_earlier_version_is_brought_up_to_date() {
    let kept = Kept::in_a_file();
    let file = kept.folder().join(FILE);
    let options = file_options(&file, "rwc").expect("options");
    install_drivers();
    let before = pool(1).connect_with(options).await.expect("a file");
    let first = include_str!("../../migrations/001_views_and_links.sql");
    before.execute(sqlx::raw_sql(first)).await.expect("made");
    let row = "insert into short_link (id, query, made_ms) values ('old', 'q=old', 1); pragma user_version = 1;";
    before.execute(sqlx::raw_sql(row)).await.expect("a link");
    before.close().await;
    let store = kept.open().await;
    let found = store.linked_query("old", 1).await.expect("an answer");
    assert_eq!(found.as_deref(), Some("q=old"));
    assert!(store.groups().await.expect("groups").is_empty());
}

#[tokio::test]
async fn what_is_no_database_is_an_error_and_stays_as_it_is() {
    let kept = Kept::in_a_file();
    let file = kept.folder().join(FILE);
    std::fs::write(&file, b"this is no database, whatever its name says\n").expect("a file");
    let refused = kept.try_open().await.err().expect("a refusal");
    assert!(refused.to_string().contains("not a database"), "{refused}");
    let left = std::fs::read(&file).expect("the file");
    assert!(left.starts_with(b"this is no database"));
}

#[tokio::test]
async fn folders_may_have_any_name() {
    let folder = tempfile::tempdir().expect("a folder");
    let odd = folder.path().join("50% of it? #1 ä");
    let store = Store::open(&odd).await.expect("a store");
    store.short_link("q=a", 1).await.expect("a name");
    assert!(odd.join(FILE).is_file());
}

#[tokio::test]
async fn an_address_that_is_none_is_said_without_what_stands_in_it() {
    for address in [
        "postgres",
        "mysql://me:secret@host/db",
        "postgres://me:secret@[/db",
    ] {
        let refused = Store::connect(address).await.err().expect("a refusal");
        assert!(!refused.to_string().contains("secret"), "{refused}");
    }
}

on_both! {
    async fn who_reads_does_not_wait_for_who_writes(kept: Kept) {
        let store = kept.open().await;
        let mut change = store.change().await.expect("a change");
        let insert = "insert into short_link (id, query, made_ms) values ('a', 'q=a', 1)";
        sqlx::query(insert).execute(&mut *change).await.expect("inserted");
        let read = tokio::time::timeout(PATIENCE, store.linked_query("a", 1)).await;
        assert_eq!(read.expect("in time").expect("an answer"), None);
        change.commit().await.expect("committed");
        let read = store.linked_query("a", 1).await.expect("an answer");
        assert_eq!(read.as_deref(), Some("q=a"));
    }

    async fn what_is_read_together_is_of_one_moment(kept: Kept) {
        let store = kept.open().await;
        store.short_link("q=a", 1).await.expect("a name");
        let mut reading = store.reading_together().await.expect("a transaction");
        let links = "select count(*) from short_link";
        assert_eq!(count(&mut reading, links).await.expect("a number"), 1);
        store.short_link("q=b", 1).await.expect("a name");
        assert_eq!(count(&mut reading, links).await.expect("a number"), 1);
        drop(reading);
        let mut reading = store.reading().await.expect("a connection");
        assert_eq!(count(&mut reading, links).await.expect("a number"), 2);
    }

    async fn what_was_not_committed_did_not_happen(kept: Kept) {
        let store = kept.open().await;
        let mut change = store.change().await.expect("a change");
        let insert = "insert into short_link (id, query, made_ms) values ('a', 'q=a', 1)";
        sqlx::query(insert).execute(&mut *change).await.expect("inserted");
        drop(change);
        assert_eq!(store.linked_query("a", 1).await.expect("an answer"), None);
        store.short_link("q=a", 1).await.expect("the next one may change something");
    }

    async fn changes_follow_one_another_also_those_of_other_servers(kept: Kept) {
        let (one, other) = (kept.open().await, kept.open().await);
        let mut tasks = Vec::new();
        for number in 0..40 {
            let store = if number % 2 == 0 { one.clone() } else { other.clone() };
            tasks.push(tokio::spawn(async move { store.short_link("q=same", number).await }));
        }
        let mut names = Vec::new();
        for task in tasks {
            names.push(task.await.expect("a task").expect("a name"));
        }
        names.dedup();
        assert_eq!(names.len(), 1, "one query has one name");
    }

    async fn texts_come_back_as_they_were(kept: Kept) {
        let store = kept.open().await;
        for query in ["q='; drop table short_link; --", "q=%00\u{202e}\u{1f469}", "q=\u{feff}"] {
            let id = store.short_link(query, 1).await.expect("a name");
            let found = store.linked_query(&id, 1).await.expect("an answer");
            assert_eq!(found.as_deref(), Some(query));
        }
    }
}
