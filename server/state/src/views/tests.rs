//! What is promised of saved views.

use sqlx::AssertSqlSafe;

use super::*;
use crate::testing::{Kept, on_both};

const NOW_MS: i64 = 1_795_000_000_000;

fn view(name: &str, is_shared: bool) -> ViewToSave {
    ViewToSave {
        name: name.to_owned(),
        is_shared,
        query: "f=status:eq:failure".to_owned(),
    }
}

async fn names(store: &Store, owner: Option<&str>) -> Vec<String> {
    let views = store.views(owner).await.expect("views");
    views.into_iter().map(|view| view.name).collect()
}

/// Puts rows into the table, faster than one by one.
async fn fill(store: &Store, number: usize, columns: &str) {
    let statement = format!(
        "insert into saved_view (id, owner, name, name_key, is_shared, query, changed_ms, deleted_ms)
         with recursive each (n) as (select 1 union all select n + 1 from each where n < {number})
         select 'filled' || n, 'owner' || n, 'View', 'view', {columns} from each"
    );
    let mut change = store.change().await.expect("a change");
    let filled = sqlx::query(AssertSqlSafe(statement))
        .execute(&mut *change)
        .await;
    assert_eq!(filled.expect("filled").rows_affected(), number as u64);
    change.commit().await.expect("committed");
}

on_both! {
    async fn views_outlive_the_program_and_are_seen_by_whom_they_are_meant_for(kept: Kept) {
        let first = kept.open().await;
        for (owner, name, is_shared) in [
            ("ann", "Morning check", false),
            ("ann", "all failures", true),
            ("bob", "Mine", false),
        ] {
            let saved = first.save_view(owner, view(name, is_shared), NOW_MS).await;
            assert_eq!(saved.expect("an id").len(), 16);
        }
        first.close().await;
        let again = kept.open().await;
        assert_eq!(
            names(&again, Some("ann")).await,
            ["all failures", "Morning check"]
        );
        assert_eq!(names(&again, Some("bob")).await, ["all failures", "Mine"]);
        assert_eq!(names(&again, None).await, ["all failures"]);
    }

    async fn nobody_changes_what_belongs_to_somebody_else(kept: Kept) {
        let store = kept.open().await;
        let id = store.save_view("ann", view("Shared", true), NOW_MS).await;
        let id = id.expect("an id");
        let refused = [
            store.overwrite_view("bob", &id, "q=x", NOW_MS).await,
            store.rename_view("bob", &id, "Mine", false, NOW_MS).await,
            store.delete_view("bob", &id, NOW_MS).await,
            store.restore_view("bob", &id).await,
        ];
        for answer in refused {
            assert!(matches!(answer, Err(StateError::NotFound)));
        }
        let kept = store.views(None).await.expect("views");
        assert_eq!(kept.len(), 1);
        assert_eq!(kept[0].query, "f=status:eq:failure");
    }

    async fn a_name_is_used_once_whatever_its_letter_case(kept: Kept) {
        let store = kept.open().await;
        let id = store
            .save_view("ann", view(" Morning ", false), NOW_MS)
            .await;
        let id = id.expect("an id");
        let taken = store.save_view("ann", view("MORNING", true), NOW_MS).await;
        assert!(matches!(taken, Err(StateError::NameTaken)));
        // Another owner may use it, and a view may keep its own.
        assert!(
            store
                .save_view("bob", view("Morning", false), NOW_MS)
                .await
                .is_ok()
        );
        let renamed = store.rename_view("ann", &id, "morning", true, NOW_MS).await;
        assert!(renamed.is_ok());
        assert_eq!(names(&store, None).await, ["morning"]);
    }

    async fn what_was_deleted_comes_back_until_the_name_is_taken(kept: Kept) {
        let store = kept.open().await;
        let id = store.save_view("ann", view("Morning", false), NOW_MS).await;
        let id = id.expect("an id");
        store
            .delete_view("ann", &id, NOW_MS)
            .await
            .expect("deleted");
        assert_eq!(names(&store, Some("ann")).await, [""; 0]);
        let last = store.deleted_since("ann", NOW_MS - 60_000).await;
        assert_eq!(
            last.expect("an answer").map(|view| view.id),
            Some(id.clone())
        );
        assert_eq!(
            store.deleted_since("ann", NOW_MS + 1).await.ok(),
            Some(None)
        );
        store.restore_view("ann", &id).await.expect("restored");
        assert_eq!(names(&store, Some("ann")).await, ["Morning"]);
        store
            .delete_view("ann", &id, NOW_MS)
            .await
            .expect("deleted");
        let other = store.save_view("ann", view("Morning", false), NOW_MS).await;
        assert!(other.is_ok());
        assert!(matches!(
            store.restore_view("ann", &id).await,
            Err(StateError::NameTaken)
        ));
    }

    async fn limits_are_kept(kept: Kept) {
        let store = kept.open().await;
        let blank = store.save_view("ann", view("  ", false), NOW_MS).await;
        assert!(matches!(blank, Err(StateError::NoName)));
        let long = "x".repeat(LONGEST_NAME_CHARS + 1);
        let long = store.save_view("ann", view(&long, false), NOW_MS).await;
        assert!(matches!(long, Err(StateError::LongName { .. })));
        let query = ViewToSave {
            query: "q".repeat(LONGEST_QUERY_BYTES + 1),
            ..view("Long", false)
        };
        let query = store.save_view("ann", query, NOW_MS).await;
        assert!(matches!(query, Err(StateError::LongQuery { .. })));
        for number in 0..MOST_VIEWS_OF_ONE {
            let saved = store
                .save_view("ann", view(&format!("View {number}"), false), NOW_MS)
                .await;
            assert!(saved.is_ok());
        }
        let more = store
            .save_view("ann", view("One more", false), NOW_MS)
            .await;
        assert!(matches!(more, Err(StateError::Full { .. })));
        let other = store
            .save_view("bob", view("One more", false), NOW_MS)
            .await;
        assert!(other.is_ok());
    }

    async fn what_everybody_sees_has_a_limit_however_it_came(kept: Kept) {
        let store = kept.open().await;
        let deleted = store.save_view("ann", view("Deleted", true), NOW_MS).await;
        let deleted = deleted.expect("an id");
        let gone = store.delete_view("ann", &deleted, NOW_MS).await;
        gone.expect("deleted");
        fill(&store, MOST_SHARED_VIEWS - 1, "1, 'q=x', 1, null").await;
        let last = store.save_view("ann", view("Last", true), NOW_MS).await;
        let last = last.expect("an id");
        let own = store.save_view("ann", view("Own", false), NOW_MS).await;
        let own = own.expect("an id");
        let refused = [
            store
                .save_view("bob", view("More", true), NOW_MS)
                .await
                .map(drop),
            store.rename_view("ann", &own, "Own", true, NOW_MS).await,
            store.restore_view("ann", &deleted).await,
        ];
        for answer in refused {
            assert!(matches!(answer, Err(StateError::FullForAll { .. })));
        }
        let renamed = store.rename_view("ann", &last, "Other", true, NOW_MS).await;
        renamed.expect("it is shared already");
        assert_eq!(names(&store, None).await.len(), MOST_SHARED_VIEWS);
    }

    async fn owners_without_end_find_an_end_and_what_was_deleted_makes_room(kept: Kept) {
        let store = kept.open().await;
        // Deleted, and not so long ago that it is forgotten.
        fill(&store, MOST_VIEWS, &format!("0, 'q=x', 1, {NOW_MS}")).await;
        let saved = store.save_view("ann", view("Mine", false), NOW_MS).await;
        saved.expect("room");
        fill(&store, MOST_VIEWS - 1, "0, 'q=x', 1, null").await;
        let more = store.save_view("bob", view("More", false), NOW_MS).await;
        let refused = more.expect_err("full");
        assert!(refused.is_of_request(), "{refused}");
        assert!(refused.to_string().contains("of all readers"), "{refused}");
    }

    async fn a_view_that_is_brought_back_counts_among_those_of_its_owner(kept: Kept) {
        let store = kept.open().await;
        let deleted = store.save_view("ann", view("Deleted", false), NOW_MS).await;
        let deleted = deleted.expect("an id");
        let gone = store.delete_view("ann", &deleted, NOW_MS).await;
        gone.expect("deleted");
        for number in 0..MOST_VIEWS_OF_ONE {
            let view = view(&format!("View {number}"), false);
            store.save_view("ann", view, NOW_MS).await.expect("saved");
        }
        let restored = store.restore_view("ann", &deleted).await;
        assert!(matches!(restored, Err(StateError::Full { .. })));
    }

    async fn what_was_deleted_long_ago_is_forgotten_when_the_database_is_opened(kept: Kept) {
        let first = kept.open().await;
        fill(&first, 3, "1, 'q=x', 1, 1").await;
        first.close().await;
        let again = kept.open().await;
        let mut reading = again.reading().await.expect("a connection");
        let left = count(&mut reading, "select count(*) from saved_view").await;
        assert_eq!(left.expect("a number"), 0);
    }
}
