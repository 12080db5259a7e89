//! What the page counts.

use chrono_tz::Tz;
use model::registration::{FLAGS, RegistrationEvent};

use super::*;

fn clock() -> Clock {
    Clock {
        now: model::time::read("2026-11-24T10:00:00Z").expect("a moment"),
        zone: Tz::UTC,
        own_zone: Tz::UTC,
    }
}

fn person(
    id: &str,
    user_type: &str,
    is_admin: bool,
    is_capable: Option<bool>,
    methods: &[&str],
) -> (Registered, usize) {
    let mut flags = [None; FLAGS];
    flags[Flag::Admin.index()] = Some(is_admin);
    flags[Flag::MfaCapable.index()] = is_capable;
    let person = Registered {
        user_id: Some(id.to_owned()),
        user_type: Some(user_type.to_owned()),
        flags,
        methods: Some(methods.iter().map(|method| (*method).to_owned()).collect()),
        ..Registered::default()
    };
    (person, 0)
}

fn event(at: &str, feature: &str, method: &str, is_success: bool) -> RegistrationEvent {
    RegistrationEvent {
        at: model::time::read(at).expect("a moment"),
        user_id: None,
        username: Some("ann@x.example".to_owned()),
        display_name: None,
        feature: feature.to_owned(),
        method: Some(method.to_owned()),
        is_success: Some(is_success),
        failure_reason: None,
    }
}

fn kept() -> Registrations {
    Registrations {
        people: vec![
            person(
                "a",
                "member",
                true,
                Some(true),
                &["mobilePhone", "fido", "fido2SecurityKey"],
            ),
            person("b", "member", false, Some(false), &[]),
            person("c", "Guest", false, None, &["mobilePhone"]),
        ],
        events: vec![
            event(
                "2026-11-24T09:00:00Z",
                "registration",
                "appNotification",
                true,
            ),
            event(
                "2026-11-23T09:00:00Z",
                "registration",
                "microsoftAuthenticatorPush",
                false,
            ),
            event("2026-11-23T09:00:00Z", "reset", "email", true),
            event("2026-09-01T09:00:00Z", "registration", "email", true),
        ],
        ..Registrations::default()
    }
}

fn of(query: &str, kept: &Registrations) -> Counted {
    counted(kept, &RegistrationAsk::of(query), &clock())
}

#[test]
fn people_are_counted_once_for_a_method_and_of_whom_it_is_not_said_by_themselves() {
    let all = of("", &kept());
    assert_eq!((all.people, all.capable[0]), (3, [1, 1, 1]));
    assert_eq!(all.methods.get("fido2SecurityKey"), Some(&1));
    assert_eq!(all.methods.get("mobilePhone"), Some(&2));
    assert_eq!(of("type=member", &kept()).people, 2);
    assert_eq!(of("type=guest&role=user", &kept()).people, 1);
    assert_eq!(of("role=admin", &kept()).people, 1);
}

#[test]
fn registrations_of_the_range_are_counted_by_method_whichever_word_stands_for_it() {
    let month = of("", &kept());
    assert_eq!(
        month.recent.get("microsoftAuthenticatorPush"),
        Some(&[1, 1])
    );
    assert_eq!(month.recent.len(), 1, "neither resets nor what is older");
    let day = of("range=24h", &kept());
    assert_eq!(day.recent.get("microsoftAuthenticatorPush"), Some(&[1, 0]));
}

#[test]
fn summaries_stand_in_for_lists_that_are_missing() {
    let features = Summary::Features {
        user_types: "all".to_owned(),
        user_roles: "all".to_owned(),
        total: 10,
        counts: [("MfaCapable".to_owned(), 7)].into(),
    };
    let methods = Summary::Methods {
        user_types: "all".to_owned(),
        user_roles: "all".to_owned(),
        total: 10,
        counts: [("password".to_owned(), 10), ("email".to_owned(), 4)].into(),
    };
    let activity = Summary::Activity {
        period: "D7".to_owned(),
        feature: "registration".to_owned(),
        method: "email".to_owned(),
        successful: 3,
        failed: 1,
    };
    let only = Registrations {
        summaries: vec![features, methods, activity],
        ..Registrations::default()
    };
    let found = of("range=7d", &only);
    assert!(found.is_summary);
    assert_eq!(
        (found.people, found.capable[0], found.capable[1]),
        (10, [7, 3, 0], [0, 0, 10])
    );
    assert_eq!(
        found.methods.len(),
        1,
        "a password is no method that is registered"
    );
    assert_eq!(found.recent.get("email"), Some(&[3, 1]));
    assert!(
        !of("range=24h", &only).has_recent,
        "the summary is of another period"
    );
    assert_eq!(of("type=guest", &only).people, 0);
    let with_list = Registrations {
        summaries: only.summaries,
        ..kept()
    };
    assert!(!of("", &with_list).is_summary);
}
