//! What is promised of accounts.

use super::*;
use crate::testing::{Kept, on_both};

const NOW_MS: i64 = 1_795_000_000_000;

fn account(username: &str, role: Role) -> AccountToAdd {
    AccountToAdd {
        username: username.to_owned(),
        roles: Roles::of([role]),
        password_hash: Some("$argon2id$…".to_owned()),
        ..AccountToAdd::default()
    }
}

on_both! {
    async fn an_account_is_found_by_its_name_in_any_letter_case(kept: Kept) {
        let store = kept.open().await;
        let id = store.add_account(account(" Ann@Contoso.example ", Role::User), NOW_MS).await.expect("made");
        let found = store.account_of_username("ANN@contoso.EXAMPLE").await.expect("an answer");
        let found = found.expect("an account");
        assert_eq!((found.id.as_str(), found.username.as_str()), (id.as_str(), "Ann@Contoso.example"));
        assert_eq!(found.display_name, "Ann@Contoso.example");
        assert_eq!(store.account(&id).await.expect("an answer"), Some(found));
        assert_eq!(store.password_hash(&id).await.expect("an answer").as_deref(), Some("$argon2id$…"));
        assert_eq!(store.account_of_username("ann").await.expect("an answer"), None);
        let again = store.add_account(account("ann@contoso.example", Role::User), NOW_MS).await;
        assert!(matches!(again, Err(StateError::UsernameTaken)));
    }

    async fn names_that_nobody_could_type_are_refused(kept: Kept) {
        let store = kept.open().await;
        let long = "x".repeat(LONGEST_USERNAME_CHARS + 1);
        for name in ["", "  ", "a b", "a\u{7}b", "\0", "a\u{202e}b", &long] {
            let refused = store.add_account(account(name, Role::User), NOW_MS).await;
            assert!(matches!(refused, Err(StateError::Username { .. })), "{name:?}");
        }
    }

    async fn one_of_those_who_set_up_at_once_becomes_the_administrator(kept: Kept) {
        let (one, other) = (kept.open().await, kept.open().await);
        let set_up = |store: Store, name: &'static str| {
            tokio::spawn(async move { store.add_first_account(account(name, Role::User), NOW_MS).await })
        };
        let (first, second) = (set_up(one.clone(), "ann"), set_up(other, "bob"));
        let made = [first.await.expect("a task").expect("an answer"), second.await.expect("a task").expect("an answer")];
        assert_eq!(made.iter().flatten().count(), 1, "{made:?}");
        let accounts = one.accounts().await.expect("accounts");
        assert_eq!(accounts.len(), 1);
        assert!(accounts[0].roles.may(Right::Accounts));
        assert!(one.has_accounts().await.expect("an answer"));
    }

    async fn the_last_administrator_stays(kept: Kept) {
        let store = kept.open().await;
        let ann = store.add_account(account("ann", Role::GlobalAdministrator), NOW_MS).await.expect("made");
        let bob = store.add_account(account("bob", Role::GlobalAdministrator), NOW_MS).await.expect("made");
        store.set_disabled(&bob, true, NOW_MS).await.expect("ann is left");
        let refused = [
            store.set_disabled(&ann, true, NOW_MS).await,
            store.set_roles(&ann, &Roles::of([Role::SecurityAdministrator]), NOW_MS).await,
            store.remove_account(&ann).await,
        ];
        for answer in refused {
            assert!(matches!(answer, Err(StateError::LastAdministrator)));
        }
        let kept = store.account(&ann).await.expect("an answer").expect("an account");
        assert!(kept.roles.may(Right::Accounts) && !kept.is_disabled, "nothing was changed");
        store.set_disabled(&bob, false, NOW_MS).await.expect("enabled");
        store.remove_account(&ann).await.expect("bob is left");
    }

    async fn what_is_changed_is_changed_for_this_account_alone(kept: Kept) {
        let store = kept.open().await;
        let ann = store.add_account(account("ann", Role::GlobalAdministrator), NOW_MS).await.expect("made");
        let bob = store.add_account(account("bob", Role::User), NOW_MS).await.expect("made");
        store.set_password_hash(&bob, "new", None, NOW_MS).await.expect("changed");
        store.set_roles(&bob, &Roles::of([Role::ReportsReader, Role::User]), NOW_MS).await.expect("changed");
        store.signed_in(&bob, NOW_MS + 5).await.expect("said");
        let accounts = store.accounts().await.expect("accounts");
        let said: Vec<_> = accounts.iter().map(|account| (account.username.as_str(), account.roles.ids(), account.signed_in_ms)).collect();
        assert_eq!(
            said,
            [
                ("ann", "global_administrator".to_owned(), None),
                ("bob", "reports_reader,user".to_owned(), Some(NOW_MS + 5))
            ]
        );
        assert_eq!(store.password_hash(&ann).await.expect("an answer").as_deref(), Some("$argon2id$…"));
        assert_eq!(store.password_hash(&bob).await.expect("an answer").as_deref(), Some("new"));
        for answer in [
            store.set_password_hash("none", "x", None, NOW_MS).await,
            store.set_roles("none", &Roles::default(), NOW_MS).await,
            store.remove_account("none").await,
            store.signed_in("none", NOW_MS).await,
        ] {
            assert!(matches!(answer, Err(StateError::NoAccount)));
        }
    }

    async fn a_list_is_searched_and_paged(kept: Kept) {
        let store = kept.open().await;
        for name in ["bo", "Ann", "zoë", "cy", "dora"] {
            store.add_account(account(name, Role::GlobalAdministrator), NOW_MS).await.expect("made");
        }
        let ann = store.account_of_username("ann").await.expect("an answer").expect("ann").id;
        let person = Person {
            display_name: "Ann \u{c4}rla 100%".to_owned(),
            object_id: Some(" 4A1B ".to_owned()),
            user_principal_name: Some("a.arla@contoso.example".to_owned()),
        };
        store.set_person(&ann, &person, NOW_MS).await.expect("kept");
        let times_ms = (NOW_MS, NOW_MS + 1);
        store.add_api_token(&ann, ("x", &["import"]), "hash", times_ms).await.expect("made");
        let listed = async |find: &str, skip: i64| {
            let ask = AccountsAsk { find: find.to_owned(), skip, limit: 2 };
            let page = store.accounts_page(&ask, NOW_MS).await.expect("accounts");
            let names: Vec<String> = page.accounts.into_iter().map(|listed| listed.account.username).collect();
            (names, page.matching, page.all)
        };
        let names = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect::<Vec<_>>();
        assert_eq!(listed("", 0).await, (names(&["Ann", "bo"]), 5, 5));
        assert_eq!(listed("", 4).await, (names(&["zo\u{eb}"]), 5, 5));
        for find in ["ANN", " \u{c4}rla", "4a1b", "A.Arla@", "100%"] {
            assert_eq!(listed(find, 0).await, (names(&["Ann"]), 1, 5), "{find}");
        }
        for find in ["a_n", "%%", "nobody"] {
            assert_eq!(listed(find, 0).await, (names(&[]), 0, 5), "{find}");
        }
        let listed = store.listed_account(&ann, NOW_MS).await.expect("an answer").expect("ann");
        assert_eq!((listed.tokens, listed.has_second_factor), (1, false));
        assert_eq!(store.listed_account(&ann, NOW_MS + 1).await.expect("an answer").expect("ann").tokens, 0);
    }

    async fn whose_sign_ins_an_account_has_can_be_said_later(kept: Kept) {
        let store = kept.open().await;
        let ann = store.add_account(account("ann", Role::GlobalAdministrator), NOW_MS).await.expect("made");
        let person = Person { object_id: Some("4A1B\0".to_owned()), ..Person::default() };
        store.set_person(&ann, &person, NOW_MS).await.expect("kept");
        let kept = store.account(&ann).await.expect("an answer").expect("ann");
        assert_eq!((kept.display_name.as_str(), kept.object_id.as_deref(), kept.user_principal_name), ("ann", Some("4A1B"), None));
        store.set_person(&ann, &Person { object_id: Some(" ".to_owned()), ..Person::default() }, NOW_MS).await.expect("kept");
        assert_eq!(store.account(&ann).await.expect("an answer").expect("ann").object_id, None);
        assert!(matches!(store.set_person("nobody", &person, NOW_MS).await, Err(StateError::NoAccount)));
    }
}
