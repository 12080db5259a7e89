//! Records that come before all of them is known: marked until the fuller one takes their place.

use chrono::{Duration, Utc};
use serde_json::{Value, json};
use tests::{Server, Vestibule, text};

const CLAIM: &str = "MFA requirement satisfied by claim in the token";
const MARK: &str = "aria-label=\"Still settling\"";

fn step(method: &str, requirement: &str, result: &str) -> Value {
    json!({
        "authenticationMethod": method,
        "authenticationStepRequirement": requirement,
        "authenticationStepResultDetail": result,
        "succeeded": true,
    })
}

/// A success so many minutes ago, with these steps.
fn record(id: &str, minutes_ago: i64, steps: &[Value]) -> String {
    let date = Utc::now() - Duration::minutes(minutes_ago);
    json!({
        "id": id,
        "createdDateTime": date.format("%Y-%m-%dT%H:%M:%SZ").to_string(),
        "userDisplayName": "Ann",
        "userId": "ann",
        "appDisplayName": "Mail",
        "isInteractive": true,
        "status": { "errorCode": 0 },
        "authenticationDetails": steps,
    })
    .to_string()
}

fn early() -> Value {
    step("Previously satisfied", "Multifactor authentication", CLAIM)
}

fn whole() -> Vec<Value> {
    vec![
        step("Password", "Primary authentication", "Correct password"),
        step(
            "Mobile app notification",
            "Multifactor authentication",
            "MFA completed in Azure AD",
        ),
    ]
}

async fn page(server: &Server, address: &str) -> String {
    let (status, page) = text(server, address).await;
    assert_eq!(status, 200, "{address}");
    page
}

#[tokio::test]
async fn the_complete_record_takes_the_mark_away_and_the_early_one_is_kept() {
    let vestibule = Vestibule::new();
    let first = vestibule.file("first.json", record("a", 4, &[early()]));
    vestibule.import(&first);
    let settling = vestibule.sign_ins("still_settling");
    assert_eq!(settling[0]["still_settling"], true, "{settling:?}");
    {
        let server = vestibule.serve();
        let list = page(&server, "/sign-ins?from=").await;
        assert_eq!(list.matches(MARK).count(), 1, "{list}");
        let pane = page(&server, "/sign-ins?from=&row=a").await;
        assert!(
            pane.contains("Still settling: this record was stored soon"),
            "{pane}"
        );
        let only = page(&server, "/sign-ins?from=&f=still_settling:eq:true").await;
        assert!(only.contains("id=\"row-a\""), "{only}");
    }
    // The moment of the sign-in is a second or so later: what was written stays the same sign-in by its request ID.
    let summary = vestibule.import(&vestibule.file("second.json", record("a", 4, &whole())));
    assert_eq!(summary["updated"], 1, "{summary}");
    let settled = vestibule.sign_ins("still_settling");
    assert_eq!(settled.len(), 1);
    assert_eq!(settled[0]["still_settling"], false, "{settled:?}");
    let server = vestibule.serve();
    let list = page(&server, "/sign-ins?from=").await;
    assert!(
        list.contains("id=\"row-a\"") && !list.contains(MARK),
        "{list}"
    );
    let pane = page(&server, "/sign-ins?from=&row=a&pane=versions").await;
    assert!(!pane.contains("Still settling: this record"), "{pane}");
    assert!(pane.contains("Version 2 of 2"), "{pane}");
    let before = page(&server, "/sign-ins?from=&row=a&pane=versions.1").await;
    assert!(before.contains("Version 1 of 2"), "{before}");
}

#[test]
fn only_what_was_stored_soon_after_can_be_settling() {
    let vestibule = Vestibule::new();
    let records = [
        record("early", 5, &[early()]),
        record("late", 125, &[early()]),
        record("whole", 5, &whole()),
        record("bare", 5, &[]),
    ];
    vestibule.import(&vestibule.file("records.ndjson", records.join("\n")));
    let found = vestibule.sign_ins("request_id,still_settling");
    let settling: Vec<_> = found
        .iter()
        .filter(|row| row["still_settling"] == true)
        .map(|row| row["request_id"].as_str().unwrap_or_default())
        .collect();
    assert_eq!(settling, ["early"], "{found:?}");
}
