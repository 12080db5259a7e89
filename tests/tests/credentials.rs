//! Credentials of applications: what they are, when they expire, which nobody uses, and where they are used from anew.

#![expect(clippy::expect_used, reason = "a test fails where it panics")]

use serde_json::{Value, json};
use tests::asking::got;
use tests::{Vestibule, text};

const KEY: &str = "11111111-1111-4111-8111-111111111111";
const UNUSED: &str = "22222222-2222-4222-8222-222222222222";

/// A sign-in of a service from a network.
fn sign_in(id: &str, date: &str, network: u32) -> String {
    let record = json!({
        "id": id,
        "createdDateTime": date,
        "signInEventTypes": ["servicePrincipal"],
        "appId": "app-1",
        "servicePrincipalId": "service-1",
        "servicePrincipalName": "Nightly export",
        "servicePrincipalCredentialKeyId": KEY,
        "clientCredentialType": "clientSecret",
        "autonomousSystemNumber": network,
        "status": { "errorCode": 0 },
    });
    format!("{record}\n")
}

fn with_sign_ins() -> Vestibule {
    let vestibule = Vestibule::new();
    let records = sign_in("a", "2026-11-01T10:00:00Z", 64500)
        + &sign_in("b", "2026-11-20T10:00:00Z", 64500)
        + &sign_in("c", "2026-11-21T10:00:00Z", 64511)
        + &sign_in("d", "2026-11-21T11:00:00Z", 64511);
    vestibule.import(&vestibule.file("a.ndjson", records));
    vestibule
}

fn row(report: &Value, key: &str) -> Value {
    let mut rows = report["rows"].as_array().expect("rows").iter();
    let row = rows.find(|row| row["credential_key_id"] == key);
    row.expect("the line").clone()
}

#[tokio::test]
async fn kind_and_new_networks_come_from_sign_ins_and_expiry_from_a_list() {
    let vestibule = with_sign_ins();
    let window = "from=2026-11-15T00:00:00Z&to=2026-11-24T00:00:00Z";
    let api = format!("/api/v1/insights/credentials?{window}");
    let page = format!("/insights/credentials?{window}");
    {
        let server = vestibule.serve();
        let report = got(&server, &api).await;
        let used = row(&report, KEY);
        assert_eq!(used["kind"], "clientSecret");
        assert_eq!(used["new_networks"], 1, "{used}");
        assert_eq!(used["expires"], Value::Null);
        let (_, markup) = text(&server, &page).await;
        assert!(markup.contains("appCredentialSignInActivities"), "{markup}");
        // The number leads to just these sign-ins.
        let link = "f=autonomous_system_number:in:64511";
        let link = markup.contains(link) || markup.contains("autonomous_system_number:eq:64511");
        assert!(link, "{markup}");
        let whole = got(&server, "/api/v1/insights/credentials?from=").await;
        let all_time = &row(&whole, KEY)["new_networks"];
        assert_eq!(*all_time, Value::Null, "nothing is new to all time");
    }
    let list = json!({ "value": [
        { "keyId": KEY.to_uppercase(), "keyType": "certificate", "appId": "app-1", "expirationDateTime": "2020-01-01T00:00:00Z",
          "signInActivity": { "lastSignInDateTime": "2019-12-01T00:00:00Z" } },
        { "keyId": UNUSED, "keyType": "clientSecret", "appId": "APP-1", "expirationDateTime": "2099-01-01T00:00:00Z" },
    ] });
    let file = vestibule.file("credentials.json", list.to_string());
    let outcome = vestibule.run(&["registrations", "import", &file.display().to_string()]);
    let outcome = outcome.expect_code(0);
    assert!(
        outcome.stdout.contains("2 credentials; 2 new"),
        "{outcome:?}"
    );
    let server = vestibule.serve();
    let report = got(&server, &api).await;
    let used = row(&report, KEY);
    assert_eq!(used["kind"], "certificate", "the list knows better");
    assert_eq!(used["last_use_listed"], "2019-12-01T00:00:00Z");
    assert_eq!(used["expires"], "2020-01-01T00:00:00Z", "{used}");
    let unused = row(&report, UNUSED);
    assert_eq!(unused["sign_ins"], 0);
    assert_eq!(unused["service_principal_name"], "Nightly export");
    let filtered = got(&server, &format!("{api}&f=error_code:ne:7")).await;
    let lines = filtered["rows"].as_array().expect("rows").len();
    assert_eq!(lines, 1, "a filter does not make a credential unused");
    let (_, markup) = text(&server, &page).await;
    assert!(
        markup.contains("Not used in this range") && markup.contains("Expired"),
        "{markup}"
    );
    let (_, file) = text(&server, &format!("{api}&format=csv")).await;
    assert!(
        file.starts_with("credential_key_id,service_principal_name,sign_ins,failed,first,last,kind,expires,last_use_listed,new_networks"),
        "{file}"
    );
    let (_, lists) = text(&server, "/insights/lists").await;
    assert!(lists.contains("Credentials"), "{lists}");
}
