//! Lists beside the log: brought in by command and by form, counted on pages, in answers and in files, for those who may.

#![expect(clippy::expect_used, reason = "a test fails where it panics")]

#[path = "registrations/people.rs"]
mod people;

use serde_json::{Value, json};
use tests::{Server, Vestibule, shared_data, text};

const HOSTILE: &str = "<script>x</script>";

/// Somebody as Graph says it.
fn person(id: &str, username: &str, changes: Value) -> Value {
    let mut person = json!({
        "id": id, "userPrincipalName": username, "userDisplayName": format!("Person {id}"), "userType": "member",
        "isAdmin": false, "isMfaRegistered": true, "isMfaCapable": true, "isPasswordlessCapable": false,
        "isSsprRegistered": true, "isSsprEnabled": true, "isSsprCapable": true,
        "methodsRegistered": ["mobilePhone"], "defaultMfaMethod": "mobilePhone",
        "lastUpdatedDateTime": "2026-11-20T10:00:00Z",
    });
    for (name, value) in changes.as_object().expect("changes") {
        person[name] = value.clone();
    }
    person
}

fn people_list() -> String {
    let value = json!([
        person(
            "u1",
            "ann@x.example",
            json!({ "isAdmin": true, "userDisplayName": HOSTILE })
        ),
        person(
            "u2",
            "bo@x.example",
            json!({ "isMfaCapable": false, "isMfaRegistered": false, "methodsRegistered": [], "defaultMfaMethod": "none" })
        ),
        person(
            "u3",
            "cy@x.example",
            json!({ "isPasswordlessCapable": true, "isAdmin": true, "methodsRegistered": ["fido2SecurityKey", "mobilePhone"] })
        ),
        person(
            "u4",
            "guest@y.example",
            json!({ "userType": "guest", "isSsprEnabled": false, "isSsprCapable": false })
        ),
    ]);
    json!({ "value": value }).to_string()
}

const EVENTS: &str = r#"{"value":[
    {"eventDateTime":"2026-11-20T10:00:00Z","feature":"registration","authMethod":"microsoftAuthenticatorPush","isSuccess":true,"userDisplayName":"Bo","userPrincipalName":"bo@x.example"},
    {"eventDateTime":"2026-11-20T11:00:00Z","feature":"registration","authMethod":"microsoftAuthenticatorPush","isSuccess":false,"failureReason":"The code was wrong.","userDisplayName":"Bo","userPrincipalName":"bo@x.example"},
    {"eventDateTime":"2026-11-21T10:00:00Z","feature":"reset","authMethod":"email","isSuccess":true,"userDisplayName":"=cmd|x","userPrincipalName":"cy@x.example"}]}"#;
const PARTIES: &str = r#"{"value":[
    {"relyingPartyId":"urn:pay","relyingPartyName":"Payroll","migrationStatus":"needsReview","uniqueUserCount":7,"successfulSignInCount":5,"failedSignInCount":2,
     "migrationValidationDetails":[{"name":"TokenLifetimeCheckResult","value":"{\"result\": 0, \"message\": \"Usual.\"}"},
        {"name":"EncryptClaimsCheckResult","value":"{\"result\": 2, \"message\": \"Claims are encrypted.\"}"}]},
    {"relyingPartyId":"urn:old","relyingPartyName":"Old portal","migrationStatus":"ready"}]}"#;
/// A sign-in at AD FS.
const SIGN_IN: &str = r#"{"id":"a","createdDateTime":"2026-11-21T10:00:00Z","userPrincipalName":"ann@x.example","userId":"u1","isInteractive":true,"appId":"urn:pay","appDisplayName":"Payroll","tokenIssuerType":"ADFederationServices","status":{"errorCode":0},"authenticationRequirement":"multiFactorAuthentication","authenticationDetails":[{"authenticationMethod":"Password","succeeded":true},{"authenticationMethod":"Text message","succeeded":true}]}"#;

fn bring_in(vestibule: &Vestibule, name: &str, text: &str, code: i32) -> tests::Outcome {
    let file = vestibule.file(name, text);
    let outcome = vestibule.run(&["registrations", "import", &file.display().to_string()]);
    outcome.expect_code(code)
}

fn with_lists() -> Vestibule {
    let vestibule = Vestibule::new();
    vestibule.import(&vestibule.file("a.ndjson", SIGN_IN));
    let outcome = bring_in(&vestibule, "people.json", &people_list(), 0);
    assert!(
        outcome.stdout.contains("4 people; 4 new, 0 changed"),
        "{outcome:?}"
    );
    bring_in(&vestibule, "events.json", EVENTS, 0);
    bring_in(&vestibule, "parties.json", PARTIES, 0);
    vestibule
}

async fn answer(server: &Server, path: &str) -> Value {
    let (status, answer) = text(server, path).await;
    assert_eq!(status, 200, "{path}: {answer}");
    serde_json::from_str(&answer).expect("JSON")
}

#[tokio::test]
async fn every_number_is_what_the_lists_say() {
    let vestibule = with_lists();
    let server = vestibule.serve();
    let all = answer(&server, "/api/v1/insights/registration?from=").await;
    assert_eq!(all["people"], 4);
    assert_eq!(
        all["capable"]["mfa_capable"],
        json!({ "yes": 3, "no": 1, "unknown": 0 })
    );
    assert_eq!(all["capable"]["passwordless_capable"]["yes"], 1);
    assert_eq!(all["capable"]["reset_capable"]["yes"], 3);
    let method = |id: &str| {
        let methods = all["methods"].as_array().expect("methods");
        methods
            .iter()
            .find(|method| method["method"] == id)
            .cloned()
            .expect("the method")
    };
    assert_eq!(method("mobilePhone")["people"], 3);
    assert_eq!(method("microsoftAuthenticatorPush")["registered"], 1);
    assert_eq!(method("microsoftAuthenticatorPush")["failed"], 1);
    for (query, people) in [
        ("type=guest", 1),
        ("type=member", 3),
        ("role=admin", 2),
        ("role=user&type=member", 1),
    ] {
        let found = answer(&server, &format!("/api/v1/insights/registration?{query}")).await;
        assert_eq!(found["people"], people, "{query}");
    }
    for (query, keys) in [
        ("mfa_capable=no", &["u2"][..]),
        ("auth_method=FIDO2+security+key", &["u3"]),
        ("role=admin&resistant=no", &["u1"]),
        ("find=CY%40", &["u3"]),
        ("default=none", &["u2"]),
        ("reset_enabled=no&type=guest", &["u4"]),
        ("passwordless_capable=unknown", &[]),
        ("outdated=yes", &[]),
        ("order=-passwordless_capable&role=admin", &["u3", "u1"]),
    ] {
        let found = answer(
            &server,
            &format!("/api/v1/insights/registration-details?{query}"),
        )
        .await;
        let rows = found["rows"].as_array().expect("rows");
        let found: Vec<&str> = rows
            .iter()
            .filter_map(|row| row["user_id"].as_str())
            .collect();
        assert_eq!(found, keys, "{query}");
        // The page lists as many.
        let (status, page) = text(
            &server,
            &format!("/insights/authentication-methods/details?{query}"),
        )
        .await;
        assert_eq!(status, 200);
        assert_eq!(
            page.matches("<th scope=\"row\">").count(),
            keys.len(),
            "{query}"
        );
    }
    for (query, number) in [
        ("from=", 3),
        ("from=&feature=reset", 1),
        ("from=&feature=registration&status=failure", 1),
        ("from=2026-11-20T11:00:00Z&to=2026-11-21T10:00:00Z", 1),
        ("from=&auth_method=Email", 1),
        ("from=&find=bo%40", 2),
    ] {
        let found = answer(
            &server,
            &format!("/api/v1/insights/registration-events?{query}"),
        )
        .await;
        assert_eq!(
            found["rows"].as_array().map(Vec::len),
            Some(number),
            "{query}"
        );
    }
}

#[tokio::test]
async fn pages_say_the_same_and_what_stands_in_lists_stays_text() {
    let vestibule = with_lists();
    let server = vestibule.serve();
    let (_, page) = text(
        &server,
        "/insights/authentication-methods/registration?from=",
    )
    .await;
    for words in [
        "3 of 4",
        "1 of 4",
        "75%",
        "1 person is not",
        "Mobile phone",
        "1 failed",
        "1 of 2",
    ] {
        assert!(page.contains(words), "{words}: {page}");
    }
    assert!(
        page.contains("&lt;script") && !page.contains(HOSTILE),
        "{page}"
    );
    let (_, page) = text(&server, "/insights/authentication-methods/events?from=").await;
    assert!(page.contains("The code was wrong."), "{page}");
    // Files are guarded from what a spreadsheet would run.
    let (_, file) = text(
        &server,
        "/api/v1/insights/registration-events?from=&format=csv",
    )
    .await;
    assert_eq!(file.lines().count(), 4, "{file}");
    assert!(file.contains("'=cmd|x"), "{file}");
    let (_, file) = text(&server, "/api/v1/insights/registration-details?format=csv").await;
    assert!(file.contains("fido2SecurityKey; mobilePhone"), "{file}");
    let (_, file) = text(&server, "/api/v1/insights/registration?format=csv").await;
    assert!(file.contains("mobilePhone,Mobile phone,3,0,0"), "{file}");
    for wrong in [
        "/api/v1/insights/registration-details?mfa_capable=perhaps",
        "/api/v1/insights/registration-details?colour=red",
        "/api/v1/insights/registration-details?format=xml",
        "/api/v1/insights/registration-events?feature=colour",
        "/api/v1/insights/registration?from=nonsense",
    ] {
        assert_eq!(text(&server, wrong).await.0, 400, "{wrong}");
    }
}

#[tokio::test]
async fn the_same_again_changes_nothing_and_a_newer_list_says_it_anew() {
    let vestibule = with_lists();
    let server = vestibule.serve();
    let details = "/api/v1/insights/registration-details";
    let before = answer(&server, details).await;
    let outcome = bring_in(&vestibule, "again.json", &people_list(), 0);
    assert!(
        outcome.stdout.contains("nothing was changed"),
        "{outcome:?}"
    );
    assert_eq!(answer(&server, details).await, before);
    // Other bytes that say the same are a newer list that changes nobody.
    let outcome = bring_in(&vestibule, "spaced.json", &format!(" {}", people_list()), 0);
    assert!(outcome.stdout.contains("0 new, 0 changed"), "{outcome:?}");
    let newer = json!({ "value": [person("u2", "bo@x.example", json!({ "lastUpdatedDateTime": "2026-11-22T10:00:00Z" }))] });
    let outcome = bring_in(&vestibule, "newer.json", &newer.to_string(), 0);
    assert!(outcome.stdout.contains("0 new, 1 changed"), "{outcome:?}");
    // The portal's table knows nobody by an object ID.
    let table = "User principal name,MFA capable,Methods registered\nCY@x.example,Not capable,\n";
    bring_in(&vestibule, "portal.csv", table, 0);
    let found = answer(&server, "/api/v1/insights/registration").await;
    assert_eq!(found["people"], 4);
    assert_eq!(found["capable"]["mfa_capable"]["no"], 1);
    let (_, lists) = text(&server, "/insights/lists").await;
    assert!(
        lists.contains("portal.csv") && lists.contains("newer.json"),
        "{lists}"
    );
    // Events of both files count once.
    bring_in(
        &vestibule,
        "events2.json",
        &EVENTS.replace("The code was wrong.", "Wrong."),
        0,
    );
    let events = answer(&server, "/api/v1/insights/registration-events?from=").await;
    assert_eq!(events["all"], 3);
}

#[tokio::test]
async fn what_is_removed_is_gone_and_what_is_none_is_refused_in_words() {
    let vestibule = with_lists();
    let server = vestibule.serve();
    let listed = vestibule
        .run(&["registrations", "list"])
        .expect_code(0)
        .stdout;
    assert_eq!(listed.lines().count(), 3, "{listed}");
    let line = listed
        .lines()
        .find(|line| line.contains("people.json"))
        .expect("the list");
    let id = line.split_whitespace().next().expect("its name");
    vestibule
        .run(&["registrations", "remove", id])
        .expect_code(0);
    vestibule
        .run(&["registrations", "remove", id])
        .expect_code(1);
    assert_eq!(
        answer(&server, "/api/v1/insights/registration").await["people"],
        0
    );
    let (_, page) = text(
        &server,
        "/insights/authentication-methods/registration?from=",
    )
    .await;
    assert!(
        page.contains("No list of people") && page.contains("userRegistrationDetails"),
        "{page}"
    );
    assert!(
        page.contains("1 of 1 people who signed in by hand"),
        "{page}"
    );
    assert!(page.contains("Mobile phone, text message"), "{page}");
    let (_, page) = text(&server, "/insights/authentication-methods/details").await;
    assert!(page.contains("No list of people"), "{page}");
    let outcome = bring_in(
        &vestibule,
        "log.csv",
        "Date (UTC),Request ID,User\n1,2,3\n",
        3,
    );
    assert!(outcome.stderr.contains("log of sign-ins"), "{outcome:?}");
    let outcome = bring_in(
        &vestibule,
        "half.csv",
        "UserPrincipalName,IsMfaCapable\nann@x.example,true\n,true\n",
        3,
    );
    assert!(outcome.stderr.contains("line 3 has neither"), "{outcome:?}");
}

#[tokio::test]
async fn relying_parties_say_whether_they_can_move() {
    let vestibule = with_lists();
    let server = vestibule.serve();
    let report = answer(&server, "/api/v1/insights/adfs-applications?from=").await;
    let row = |id: &str| {
        let rows = report["rows"].as_array().expect("rows");
        rows.iter()
            .find(|row| row["application_id"] == id)
            .cloned()
            .expect("the line")
    };
    assert_eq!(row("urn:pay")["migration_status"], "needsReview");
    assert_eq!(row("urn:pay")["sign_ins"], 1);
    assert_eq!(
        row("urn:old")["sign_ins"],
        0,
        "one that only the list knows"
    );
    let (_, page) = text(&server, "/insights/adfs-applications?from=").await;
    assert!(
        page.contains("Needs review") && page.contains("Ready to migrate"),
        "{page}"
    );
    let (_, page) = text(&server, "/insights/adfs-applications/urn:pay?from=").await;
    assert!(
        page.contains("1 of 2 tests passed") && page.contains("Claims are encrypted."),
        "{page}"
    );
    let (_, page) = text(&server, "/insights/adfs-applications/urn:old?from=").await;
    assert!(
        page.contains("Old portal") && page.contains("Ready to migrate"),
        "{page}"
    );
    let (_, page) = text(&server, "/insights/applications?from=").await;
    assert!(!page.contains("Migration status"), "{page}");
}

#[tokio::test]
async fn the_documentations_examples_come_in() {
    let Some(folder) = shared_data("microsoft-graph-docs/valid") else {
        return;
    };
    let vestibule = Vestibule::new();
    let mut names: Vec<_> = std::fs::read_dir(folder)
        .expect("the folder")
        .map(|entry| entry.expect("an entry").path())
        .filter(|path| path.to_string_lossy().contains("userRegistrationDetails"))
        .map(|path| path.display().to_string())
        .collect();
    names.sort();
    let mut arguments = vec!["registrations", "import"];
    arguments.extend(names.iter().map(String::as_str));
    vestibule.run(&arguments).expect_code(0);
    let server = vestibule.serve();
    assert_eq!(
        answer(&server, "/api/v1/insights/registration").await["people"],
        3
    );
}
