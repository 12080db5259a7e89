use chrono_tz::Tz;

use super::*;

fn at(day: u32) -> Option<DateTime<Utc>> {
    model::time::read(&format!("2026-11-{day:02}T00:00:00Z"))
}

fn row(column: &'static str, key: &str, sign_ins: u64) -> ReportRow {
    ReportRow {
        column: Column::named(column),
        key: key.to_owned(),
        name: None,
        by_outcome: [sign_ins, 0, 0],
        users: None,
        span: None,
    }
}

fn pair(key: &str, network: &str, day: u32) -> Pair {
    Pair {
        key: key.to_owned(),
        value: network.to_owned(),
        first: at(day),
    }
}

#[test]
fn a_network_is_new_to_a_credential_that_was_used_before() {
    let seen = vec![
        pair("a", "64500", 1),
        pair("a", "64501", 20),
        pair("b", "64501", 20),
        // Another spelling of the key.
        pair("a", "64500", 21),
    ];
    let new = new_networks(seen, at(10).expect("a moment"));
    assert_eq!(new.len(), 1);
    assert_eq!(new["a"], BTreeSet::from(["64501".to_owned()]));
}

#[test]
fn what_is_unused_or_ends_is_told() {
    let listed = |expires, last_used| ApplicationCredential {
        key_id: "A".to_owned(),
        key_type: Some("clientSecret".to_owned()),
        expires,
        last_used,
        ..ApplicationCredential::default()
    };
    let clock = Clock {
        now: at(10).expect("a moment"),
        zone: Tz::UTC,
        own_zone: Tz::UTC,
    };
    let said = |expires, last_used, row: &ReportRow| {
        let listed = listed(expires, last_used);
        let credentials = Credentials {
            listed: HashMap::from([("a".to_owned(), &listed)]),
            bounds: (at(3), None),
            now: at(10),
            ..Credentials::default()
        };
        let words = credentials.to_look_at(row, &clock);
        (credentials.kind_in_words(row), words)
    };
    let (used, unused) = (
        row("credential_key_id", "a", 5),
        row("credential_key_id", "a", 0),
    );
    let secret = "Client secret".to_owned();
    assert_eq!(
        said(at(9), None, &used),
        (secret.clone(), "Expired".to_owned())
    );
    assert_eq!(said(at(22), None, &used).1, "Expires in 12 days");
    assert_eq!(said(at(11), None, &used).1, "Expires in 1 day");
    assert_eq!(said(None, None, &unused).1, "Not used in this range");
    assert_eq!(
        said(at(9), at(2), &unused).1,
        "Expired; Not used in this range"
    );
    let missing = said(None, at(4), &unused).1;
    assert!(missing.starts_with("Used on 4 Nov"), "{missing}");
    assert_eq!(said(None, None, &used), (secret, String::new()));
    // A service that is called as a key is known by its name.
    let named = row("service_principal_name", "a", 5);
    assert_eq!(said(at(9), None, &named), (String::new(), String::new()));
}
