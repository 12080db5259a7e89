//! Sign-ins whose every text was written by an attacker.

use serde_json::{Value, json};

/// What stands in the texts.
pub const TEXTS: [&str; 17] = [
    "=HYPERLINK(\"http://evil.example\",\"x\")",
    "+1+cmd|' /C calc'!A0",
    "-2+3",
    "@SUM(1,1)",
    "\t=1+1",
    "\r\n=1+1",
    "'=1+1",
    "''-x",
    "'quoted'",
    "\u{ff1d}1+1",
    "-7.5",
    "a,\"b\";\r\nc\td",
    " leading and trailing ",
    "\u{202e}gnp.exe \u{5d0}\u{200b}",
    "bell\u{7} and _x0007_ and \u{1}",
    "<script>alert(1)</script>&amp;",
    "long ",
];

/// How many there are: each text in each kind.
pub const NUMBER: u16 = 68;

const KINDS: [&str; 4] = [
    "interactiveUser",
    "nonInteractiveUser",
    "servicePrincipal",
    "managedIdentity",
];

/// Places whose parts can be told apart in the portal's form.
const PLACES: [[&str; 3]; 8] = [
    ["Oslo", "Oslo", "NO"],
    ["Oslo", "", "NO"],
    ["", "Bavaria", "DE"],
    ["", "Bavaria", ""],
    ["Bo", "", ""],
    ["Washington", "District, of Columbia", "US"],
    ["", "", "US"],
    ["Reykjavik", "Capital Region", ""],
];

/// The records, as Graph writes them.
pub fn records() -> Value {
    let mut records = Vec::new();
    for (kind, name) in KINDS.iter().enumerate() {
        for (number, text) in TEXTS.iter().enumerate() {
            records.push(record(kind, name, number, text));
        }
    }
    Value::Array(records)
}

fn record(kind: usize, name: &str, number: usize, text: &str) -> Value {
    let text = match text {
        "long " => text.repeat(20_000),
        text => text.to_owned(),
    };
    let place = PLACES[number % PLACES.len()];
    let code = [0, 50_126, 50_074][number % 3];
    let is_of_person = kind < 2;
    let mut record = json!({
        "id": format!("badc0de0-0000-4000-8000-{kind:04}{number:08}"),
        "createdDateTime": format!("2026-11-2{kind}T09:{number:02}:07.25Z"),
        "correlationId": text, "appDisplayName": text, "appId": text, "resourceDisplayName": text,
        "resourceId": text, "resourceTenantId": text, "appOwnerTenantId": text,
        "resourceOwnerTenantId": text, "ipAddress": text, "uniqueTokenIdentifier": text,
        "conditionalAccessStatus": if number.is_multiple_of(2) { "notApplied" } else { "failure" },
        "signInEventTypes": [name],
        "status": { "errorCode": code, "failureReason": text, "additionalDetails": text },
        "location": { "city": place[0], "state": place[1], "countryOrRegion": place[2] },
    });
    let own = match is_of_person {
        true => json!({
            "userDisplayName": text, "userPrincipalName": text, "userId": text, "userAgent": text,
            "userType": text, "clientAppUsed": text, "crossTenantAccessType": text, "sessionId": text,
            "signInIdentifier": text, "homeTenantId": text, "homeTenantName": text, "incomingTokenType": text,
            "authenticationProtocol": text, "originalTransferMethod": text, "clientCredentialType": text,
            "tokenIssuerType": text, "tokenIssuerName": text, "authenticationRequirement": text,
            "ipAddressFromResourceProvider": text, "globalSecureAccessIpAddress": text,
            "isThroughGlobalSecureAccess": number.is_multiple_of(2), "flaggedForReview": number.is_multiple_of(3),
            "autonomousSystemNumber": -5, "processingTimeInMilliseconds": -143,
            "deviceDetail": { "deviceId": text, "browser": text, "operatingSystem": text, "trustType": text,
                "isCompliant": true, "isManaged": false },
            "mfaDetail": { "authMethod": text, "authDetail": text },
            "managedServiceIdentity": { "msiType": text, "associatedResourceId": text,
                "federatedTokenId": text, "federatedTokenIssuer": text },
            "authenticationDetails": [
                { "authenticationStepDateTime": "2026-11-20T09:00:01Z", "authenticationMethod": text,
                  "authenticationMethodDetail": text, "succeeded": false,
                  "authenticationStepResultDetail": text, "authenticationStepRequirement": text },
                { "authenticationStepDateTime": "2026-11-20T09:00:02Z", "authenticationMethod": "Password",
                  "succeeded": true }
            ],
        }),
        false => json!({
            "servicePrincipalId": text, "servicePrincipalName": text, "servicePrincipalCredentialKeyId": text,
            "servicePrincipalCredentialThumbprint": text,
        }),
    };
    if let (Some(record), Value::Object(own)) = (record.as_object_mut(), own) {
        record.extend(own);
    }
    record
}
