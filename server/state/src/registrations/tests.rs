//! Lists are kept as what they say together.

use chrono::{DateTime, Utc};
use model::registration::{
    ApplicationCredential, Flag, Registered, RegistrationEvent, RelyingParty, Summary,
};

use super::*;
use crate::testing::{Kept, on_both};

fn moment(text: &str) -> DateTime<Utc> {
    model::time::read(text).expect("a moment")
}

fn person(id: &str, username: &str, methods: &[&str]) -> Registered {
    let text = |text: &str| (!text.is_empty()).then(|| text.to_owned());
    let mut person = Registered {
        user_id: text(id),
        username: text(username),
        methods: Some(methods.iter().map(|method| (*method).to_owned()).collect()),
        ..Registered::default()
    };
    person.flags[Flag::MfaCapable.index()] = Some(!methods.is_empty());
    person
}

fn credential(key_id: &str, expires: &str) -> ApplicationCredential {
    ApplicationCredential {
        key_id: key_id.to_owned(),
        key_type: Some("certificate".to_owned()),
        expires: Some(moment(expires)),
        ..ApplicationCredential::default()
    }
}

fn event(at: &str, method: &str) -> RegistrationEvent {
    RegistrationEvent {
        at: moment(at),
        user_id: None,
        username: Some("ann@x.example".to_owned()),
        display_name: None,
        feature: "registration".to_owned(),
        method: Some(method.to_owned()),
        is_success: Some(true),
        failure_reason: None,
    }
}

fn of_people(people: &[Registered]) -> RegistrationLists {
    RegistrationLists {
        people: people.to_vec(),
        ..RegistrationLists::default()
    }
}

on_both! {
    async fn a_newer_list_says_it_anew_and_the_same_file_changes_nothing(kept: Kept) {
        let store = kept.open().await;
        let first = of_people(&[
            person("U1", "ann@x.example", &["mobilePhone"]),
            person("", "Bo@x.example", &[]),
        ]);
        let came = store.keep_registrations(&first, "a.json", "key-a", 1).await.expect("kept");
        assert_eq!((came.new, came.changed), (2, 0));
        let change = store.registrations_change().await.expect("a number");
        let again = store.keep_registrations(&first, "b.json", "key-a", 2).await.expect("kept");
        assert!(again.is_known);
        assert_eq!(store.registrations_change().await.expect("a number"), change);
        // The second list knows who Bo is, and says something else of Ann.
        let second = of_people(&[
            person("u1", "ann@x.example", &["mobilePhone", "fido2"]),
            person("u2", "bo@x.example", &[]),
        ]);
        let came = store.keep_registrations(&second, "b.json", "key-b", 2).await.expect("kept");
        assert_eq!((came.new, came.changed), (0, 2));
        let all = store.registrations().await.expect("all");
        let keys: Vec<_> = all.people.iter().filter_map(|(person, _)| person.key()).collect();
        assert_eq!(keys, ["u1", "u2"]);
        assert_eq!(all.people[0].0.methods.as_ref().map(Vec::len), Some(2));
        assert_eq!(all.people[1].0.flag(Flag::MfaCapable), Some(false));
        let lists: Vec<_> = all.lists.iter().map(|list| (list.origin.as_str(), list.facts)).collect();
        assert_eq!(lists, [("b.json", [2, 0, 0, 0, 0])], "nothing of the first list is left");
    }

    async fn somebody_else_with_a_name_that_was_free_again_is_somebody_else(kept: Kept) {
        let store = kept.open().await;
        let before = of_people(&[person("u1", "ann@x.example", &["email"])]);
        store.keep_registrations(&before, "a.json", "key-a", 1).await.expect("kept");
        let after = of_people(&[person("u9", "ann@x.example", &[])]);
        store.keep_registrations(&after, "b.json", "key-b", 2).await.expect("kept");
        let all = store.registrations().await.expect("all");
        assert_eq!(all.people.len(), 2);
        // A list without object IDs says of the one who has the name now.
        let portal = of_people(&[person("", "ANN@x.example", &["mobilePhone"])]);
        store.keep_registrations(&portal, "c.csv", "key-c", 3).await.expect("kept");
        let all = store.registrations().await.expect("all");
        assert_eq!(all.people.len(), 2);
    }

    async fn events_are_unique_and_everything_goes_with_its_list(kept: Kept) {
        let store = kept.open().await;
        let first = RegistrationLists {
            events: vec![event("2026-11-20T10:00:00Z", "email"), event("2026-11-20T10:00:00Z", "email")],
            relying_parties: vec![RelyingParty { party_id: "urn:x".to_owned(), failed: Some(3), ..RelyingParty::default() }],
            summaries: vec![Summary::Resets { day: moment("2026-11-20T00:00:00Z").date_naive(), by_person: 1, by_admin: 2, changes: 3 }],
            credentials: vec![credential("k-1", "2026-12-01T00:00:00Z"), credential("k-2", "2026-12-01T00:00:00Z")],
            ..RegistrationLists::default()
        };
        let came = store.keep_registrations(&first, "a.json", "key-a", 1).await.expect("kept");
        assert_eq!((came.new, came.changed), (5, 0));
        let second = RegistrationLists {
            events: vec![event("2026-11-20T10:00:00Z", "EMAIL"), event("2026-11-21T10:00:00Z", "email")],
            relying_parties: vec![RelyingParty { party_id: "URN:X".to_owned(), failed: Some(4), ..RelyingParty::default() }],
            credentials: vec![credential("K-1", "2027-12-01T00:00:00Z")],
            ..RegistrationLists::default()
        };
        let came = store.keep_registrations(&second, "b.json", "key-b", 2).await.expect("kept");
        assert_eq!((came.new, came.changed), (1, 2));
        let all = store.registrations().await.expect("all");
        assert_eq!(all.events.len(), 2);
        assert!(all.events[0].at > all.events[1].at, "the newest first");
        assert_eq!(all.relying_parties[0].failed, Some(4));
        assert_eq!(all.credentials, [credential("K-1", "2027-12-01T00:00:00Z"), credential("k-2", "2026-12-01T00:00:00Z")]);
        let older = all.lists.iter().find(|list| list.origin == "a.json").expect("the list");
        assert_eq!(older.facts, [0, 1, 0, 1, 1]);
        store.remove_registration_list(&older.id).await.expect("removed");
        assert!(matches!(store.remove_registration_list(&older.id).await, Err(StateError::NoList)));
        let all = store.registrations().await.expect("all");
        assert_eq!((all.events.len(), all.summaries.len(), all.lists.len()), (1, 0, 1));
        assert_eq!(all.credentials.len(), 1);
    }
}
