//! The lists beside the demo's sign-ins: the same every time, and about the same people.

#![expect(clippy::unwrap_used, reason = "a test fails where it panics")]

use chrono::{TimeZone, Utc};
use demo::{DemoTenant, Settings};
use serde_json::Value;
use std::collections::BTreeSet;

fn lists() -> [Value; 4] {
    let until = Utc.with_ymd_and_hms(2026, 3, 12, 14, 3, 9).unwrap();
    let lists = DemoTenant::new(Settings::new(1_000, 3, until)).registrations();
    lists.map(|(_, text)| serde_json::from_str(&text).unwrap())
}

fn items(list: &Value) -> &Vec<Value> {
    list["value"].as_array().unwrap()
}

#[test]
fn they_are_the_same_every_time_and_of_people_of_the_tenant() {
    let [people, events, parties, credentials] = lists();
    let same = [&people, &events, &parties, &credentials].map(Value::clone);
    assert_eq!(lists(), same);
    let names: BTreeSet<&str> = items(&people)
        .iter()
        .map(|person| person["userPrincipalName"].as_str().unwrap())
        .collect();
    let ids: BTreeSet<&str> = items(&people)
        .iter()
        .map(|person| person["id"].as_str().unwrap())
        .collect();
    assert_eq!(ids.len(), items(&people).len());
    for event in items(&events) {
        assert!(names.contains(event["userPrincipalName"].as_str().unwrap()));
        let at = event["eventDateTime"].as_str().unwrap();
        assert!(("2026-02-10"..="2026-03-12T14:03:09").contains(&at), "{at}");
        let is_success = event["isSuccess"].as_bool().unwrap();
        assert_eq!(is_success, event["failureReason"] == "");
    }
    assert_eq!(items(&parties).len(), 3);
    let keys: BTreeSet<&str> = items(&credentials)
        .iter()
        .map(|credential| credential["keyId"].as_str().unwrap())
        .collect();
    assert!(keys.len() > 10 && keys.len() == items(&credentials).len());
}

#[test]
fn what_people_can_do_follows_from_their_methods() {
    let [people, ..] = lists();
    let mut weak_admins = 0;
    for person in items(&people) {
        let methods: BTreeSet<&str> = items_of(person);
        assert_eq!(person["isMfaCapable"], !methods.is_empty());
        let is_strong = [
            "fido2SecurityKey",
            "windowsHelloForBusiness",
            "passKeySynced",
        ]
        .iter()
        .any(|method| methods.contains(method));
        assert!(!is_strong || person["isPasswordlessCapable"] == true);
        weak_admins += u32::from(person["isAdmin"] == true && !is_strong);
        let default_method = person["defaultMfaMethod"].as_str().unwrap();
        assert!(default_method == "none" || methods.contains(default_method));
    }
    assert!(weak_admins > 0, "there is something to find");
}

fn items_of(person: &Value) -> BTreeSet<&str> {
    let methods = person["methodsRegistered"].as_array().unwrap();
    methods
        .iter()
        .map(|method| method.as_str().unwrap())
        .collect()
}
