//! The records as an importer sees them: their shape, their number, and what they tell.

#![expect(clippy::unwrap_used, reason = "a test fails where it panics")]

use chrono::{DateTime, TimeDelta, TimeZone, Utc};
use demo::{DemoTenant, Settings, Shape};
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet, HashSet};

const ROWS: u64 = 20_000;

fn until() -> DateTime<Utc> {
    Utc.with_ymd_and_hms(2026, 3, 12, 14, 3, 9).unwrap()
}

fn settings(rows: u64) -> Settings {
    Settings::new(rows, 7, until())
}

fn bytes(mut tenant: DemoTenant, shape: Shape) -> Vec<u8> {
    let mut out = Vec::new();
    while tenant.write_next(shape, &mut out) {
        out.push(b'\n');
    }
    out
}

/// One after the other: thousands of parsed records at once would need gigabytes.
fn records(settings: Settings, shape: Shape) -> impl Iterator<Item = Value> {
    let mut tenant = DemoTenant::new(settings);
    let mut line = Vec::new();
    std::iter::from_fn(move || {
        line.clear();
        tenant.write_next(shape, &mut line).then(|| {
            serde_json::from_slice(&line)
                .unwrap_or_else(|error| panic!("{error}: {}", String::from_utf8_lossy(&line)))
        })
    })
}

fn text<'value>(value: &'value Value, pointer: &str) -> &'value str {
    value.pointer(pointer).and_then(Value::as_str).unwrap_or("")
}

fn moment(value: &Value) -> DateTime<Utc> {
    text(value, "/properties/createdDateTime").parse().unwrap()
}

fn code(value: &Value) -> u64 {
    value
        .pointer("/properties/status/errorCode")
        .and_then(Value::as_u64)
        .unwrap()
}

#[test]
fn same_settings_same_bytes_and_another_seed_another_tenant() {
    let make = |seed| {
        bytes(
            DemoTenant::new(Settings {
                seed,
                ..settings(500)
            }),
            Shape::Diagnostic,
        )
    };
    assert_eq!(make(1), make(1));
    assert_ne!(make(1), make(2));
}

#[test]
fn count_is_exact() {
    for rows in [0, 1, 2, 39, 40, 41, 333, 5_001] {
        let lines = bytes(DemoTenant::new(settings(rows)), Shape::Graph)
            .iter()
            .filter(|byte| **byte == b'\n')
            .count();
        assert_eq!(lines as u64, rows);
    }
    for days in [0, 1, 400] {
        let made: Vec<_> = records(
            Settings {
                days,
                ..settings(400)
            },
            Shape::Diagnostic,
        )
        .map(|record| moment(&record))
        .collect();
        assert_eq!(made.len(), 400);
        let oldest = until() - made[0];
        assert!(oldest <= TimeDelta::days(i64::from(days.max(1))));
    }
}

#[test]
fn parts_give_the_whole() {
    let whole = bytes(DemoTenant::new(settings(3_000)), Shape::Diagnostic);
    for count in [0, 1, 2, 7, 4_000] {
        let parts = DemoTenant::parts(settings(3_000), count);
        let joined: Vec<u8> = parts
            .into_iter()
            .flat_map(|part| bytes(part, Shape::Diagnostic))
            .collect();
        assert!(joined == whole, "{count} parts");
    }
}

#[test]
fn ids_are_unique_and_time_rises_to_the_end() {
    let mut ids = HashSet::new();
    let mut newest = until() - TimeDelta::days(30);
    for record in records(settings(ROWS), Shape::Diagnostic) {
        let id = text(&record, "/properties/id");
        assert!(id.len() == 36 && ids.insert(id.to_owned()), "{id}");
        assert!(moment(&record) >= newest, "{record}");
        newest = moment(&record);
        let emitted: DateTime<Utc> = text(&record, "/time").parse().unwrap();
        assert!(emitted >= newest && emitted <= until());
    }
    assert_eq!(ids.len() as u64, ROWS);
    assert!(
        newest <= until() && until() - newest < TimeDelta::minutes(1),
        "{newest}"
    );
}

#[test]
fn graph_and_diagnostic_agree() {
    let pairs =
        records(settings(6_000), Shape::Diagnostic).zip(records(settings(6_000), Shape::Graph));
    for (diagnostic, graph) in pairs {
        let properties = &diagnostic["properties"];
        for key in [
            "id",
            "appId",
            "ipAddress",
            "correlationId",
            "resourceId",
            "location",
            "conditionalAccessStatus",
        ] {
            assert_eq!(properties[key], graph[key], "{key} of {graph}");
        }
        assert_eq!(
            properties["status"]["errorCode"],
            graph["status"]["errorCode"]
        );
        let moment: DateTime<Utc> = text(&graph, "/createdDateTime").parse().unwrap();
        assert_eq!(moment, self::moment(&diagnostic));
    }
}

#[test]
fn shares_of_kinds_and_outcomes() {
    let mut kinds: BTreeMap<String, f64> = BTreeMap::new();
    let mut outcomes: BTreeMap<&str, f64> = BTreeMap::new();
    let interrupts = [50140, 50074, 50072, 50058, 50097, 65001, 50076, 50055];
    let (mut everyday, mut interactive) = (0.0, 0.0);
    for record in records(settings(30_000), Shape::Diagnostic) {
        let kind = text(&record, "/category").to_owned();
        // The stories weigh more in a short run than in a long one; nearly all are of legacy clients.
        let client_app = text(&record, "/properties/clientAppUsed");
        if !["", "Browser", "Mobile Apps and Desktop clients"].contains(&client_app) {
            continue;
        }
        everyday += 1.0;
        let is_interactive = kind == "SignInLogs";
        *kinds.entry(kind).or_default() += 100.0;
        if is_interactive {
            interactive += 1.0;
            let outcome = match code(&record) {
                0 => "success",
                code if interrupts.contains(&code) => "interrupted",
                _ => "failure",
            };
            *outcomes.entry(outcome).or_default() += 1.0;
        }
    }
    let near = |what: &str, value: f64, aim: f64| {
        assert!(
            (value - aim).abs() < 1.5,
            "{what}: {value:.1} %, not {aim} %"
        )
    };
    near("interactive", kinds["SignInLogs"] / everyday, 22.0);
    near(
        "non-interactive",
        kinds["NonInteractiveUserSignInLogs"] / everyday,
        45.0,
    );
    near(
        "service principals",
        kinds["ServicePrincipalSignInLogs"] / everyday,
        25.0,
    );
    near(
        "managed identities",
        kinds["ManagedIdentitySignInLogs"] / everyday,
        8.0,
    );
    near("success", outcomes["success"] / interactive * 100.0, 86.0);
    near(
        "interrupted",
        outcomes["interrupted"] / interactive * 100.0,
        6.0,
    );
    near("failure", outcomes["failure"] / interactive * 100.0, 8.0);
}

/// Error code, moment, and what stays the same.
type Attempt = (u64, DateTime<Utc>, [Value; 5]);

#[test]
fn most_interrupts_are_followed_by_a_success() {
    let keys = ["userId", "appId", "ipAddress", "userAgent", "sessionId"];
    let mut by_correlation: BTreeMap<String, Vec<Attempt>> = BTreeMap::new();
    for record in records(settings(30_000), Shape::Diagnostic)
        .filter(|record| text(record, "/category") == "SignInLogs")
    {
        let same = keys.map(|key| record["properties"][key].clone());
        let attempts = by_correlation
            .entry(text(&record, "/correlationId").to_owned())
            .or_default();
        attempts.push((code(&record), moment(&record), same));
    }
    let (mut interrupts, mut followed) = (0, 0);
    for attempts in by_correlation
        .values()
        .filter(|attempts| [50140, 50074, 50072].contains(&attempts[0].0))
    {
        interrupts += 1;
        if let [(_, first, what), (outcome, second, same)] = &attempts[..] {
            assert_eq!((*outcome, same), (0, what));
            followed += usize::from(*second - *first < TimeDelta::minutes(1));
        }
    }
    assert!(
        interrupts > 150 && followed * 10 > interrupts * 7,
        "{followed} of {interrupts}"
    );
}

#[test]
fn details_fit_the_outcome() {
    for record in records(settings(30_000), Shape::Diagnostic) {
        let properties = &record["properties"];
        let list = |key: &str| properties[key].as_array().cloned().unwrap_or_default();
        let has_failed_policy = list("appliedConditionalAccessPolicies")
            .iter()
            .any(|policy| policy["result"] == "failure");
        let steps = list("authenticationDetails");
        match code(&record) {
            0 => assert!(!has_failed_policy, "{record}"),
            53000 => assert!(
                has_failed_policy && properties["deviceDetail"]["isCompliant"] != true,
                "{record}"
            ),
            53003 => assert!(
                has_failed_policy && properties["conditionalAccessStatus"] == "failure",
                "{record}"
            ),
            500121 => assert!(
                steps
                    .iter()
                    .any(|step| step["succeeded"] == false && step["RequestSequence"] != 0)
            ),
            50126 => {
                assert!(steps.iter().all(|step| step["succeeded"] == false) && steps.len() == 1)
            }
            _ => {}
        }
        assert_eq!(text(&record, "/resultType"), code(&record).to_string());
        assert_eq!(
            code(&record) == 0,
            record.get("resultDescription").is_none()
        );
    }
}

#[test]
fn the_last_day_tells_every_story() {
    // Also when the run ends in the middle of the usual hour of the spray.
    for end in [
        until(),
        until() + TimeDelta::hours(12) - TimeDelta::minutes(20),
    ] {
        let mut emergency = 0;
        let day: Vec<Value> = records(
            Settings {
                until: end,
                ..settings(18_000)
            },
            Shape::Diagnostic,
        )
        .inspect(|record| {
            emergency += usize::from(text(record, "/identity").starts_with("Emergency access"))
        })
        .filter(|record| end - moment(record) < TimeDelta::hours(24))
        .collect();
        let spray: Vec<&Value> = day
            .iter()
            .filter(|record| text(record, "/properties/userAgent") == "CBAInPROD")
            .collect();
        let users: BTreeSet<&str> = spray
            .iter()
            .map(|record| text(record, "/properties/userId"))
            .collect();
        let lasted = moment(spray[spray.len() - 1]) - moment(spray[0]);
        assert!(
            users.len() > 350 && lasted < TimeDelta::minutes(75),
            "{} users in {lasted}",
            users.len()
        );
        assert!(
            spray
                .iter()
                .all(|record| text(record, "/callerIpAddress").starts_with("198.51.100."))
        );
        let successes = spray.iter().filter(|record| code(record) == 0).count();
        assert!((1..=5).contains(&successes), "{successes}");

        let traveller = |record: &&Value| {
            text(record, "/properties/riskEventTypes_v2/0") == "unlikelyTravel"
                && text(record, "/location") == "SG"
        };
        let arrival = day.iter().find(traveller).expect("the traveller");
        let departure = day
            .iter()
            .find(|record| {
                record["identity"] == arrival["identity"] && text(record, "/location") == "NO"
            })
            .expect("the traveller before");
        assert!(moment(arrival) > moment(departure) && code(arrival) == 0);

        let replays: Vec<&Value> = day
            .iter()
            .filter(|record| text(record, "/properties/riskEventTypes_v2/0") == "anomalousToken")
            .collect();
        let session = text(replays[0], "/properties/sessionId");
        assert!(
            replays.len() > 3
                && replays
                    .iter()
                    .all(|record| text(record, "/properties/sessionId") == session)
        );
        let origin = day
            .iter()
            .find(|record| text(record, "/properties/sessionId") == session)
            .unwrap();
        assert_eq!(text(origin, "/category"), "SignInLogs");
        assert_ne!(origin["location"], replays[0]["location"]);

        let apps: BTreeSet<&str> = day
            .iter()
            .map(|record| text(record, "/properties/clientAppUsed"))
            .collect();
        for legacy in ["IMAP4", "POP3", "Authenticated SMTP", "Exchange ActiveSync"] {
            assert!(apps.contains(legacy), "{legacy}");
        }
        assert!(day.iter().any(
            |record| text(record, "/properties/clientAppUsed") == "IMAP4" && code(record) == 53003
        ));
        assert_eq!(emergency, 1);
        let expired: BTreeSet<&str> = day
            .iter()
            .filter(|record| code(record) == 7_000_222)
            .map(|record| text(record, "/properties/servicePrincipalName"))
            .collect();
        assert_eq!(expired.len(), 1);
    }
}

#[test]
fn hostile_text_is_there_and_rare() {
    let is_hostile = |value: &str| value.starts_with(['<', '=', '@']) || value.contains('\u{202e}');
    let hostile = records(settings(33_000), Shape::Graph)
        .filter(|record| {
            is_hostile(text(record, "/userAgent")) || is_hostile(text(record, "/appDisplayName"))
        })
        .count();
    assert_eq!(hostile, 2);
}

#[test]
fn people_come_from_many_places_and_no_address_is_real() {
    let pointers = [
        "/properties/location/countryOrRegion",
        "/properties/appId",
        "/properties/userPrincipalName",
        "/identity",
        "/callerIpAddress",
    ];
    let mut found: [BTreeSet<String>; 5] = Default::default();
    for record in records(settings(ROWS), Shape::Diagnostic) {
        for (pointer, values) in pointers.iter().zip(&mut found) {
            values.insert(text(&record, pointer).to_owned());
        }
    }
    let [countries, applications, people, names, addresses] = found;
    assert!(countries.len() > 12 && applications.len() > 100 && people.len() > 700);
    assert!(names.iter().any(|name| !name.is_ascii()));
    for address in addresses.iter().filter(|address| !address.is_empty()) {
        let address: std::net::IpAddr = address.parse().unwrap();
        let is_reserved = match address {
            std::net::IpAddr::V4(address) => {
                let [a, b, ..] = address.octets();
                address.is_documentation()
                    || (a == 100 && b & 0xC0 == 64)
                    || (a == 198 && b & 0xFE == 18)
            }
            std::net::IpAddr::V6(address) => address.segments()[..2] == [0x2001, 0xdb8],
        };
        assert!(is_reserved, "{address}");
    }
}

#[test]
fn names_and_addresses_stand_for_one_person() {
    let mut owners: BTreeMap<String, String> = BTreeMap::new();
    for record in records(settings(ROWS), Shape::Graph) {
        let name = text(&record, "/userPrincipalName");
        if !name.is_empty() {
            let id = text(&record, "/userId").to_owned();
            assert_eq!(
                owners.entry(name.to_owned()).or_insert(id.clone()),
                &id,
                "{name}"
            );
        }
    }
}
