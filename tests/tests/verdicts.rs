//! Why a sign-in went as it did, in a few words: the same in the list, the pane, files and on the command line, found and
//! counted by it, for whoever sees sign-ins; stored alike whatever codes count as interrupted.

use serde_json::{Value, json};
use tests::asking::{got, outcomes};
use tests::browser::add_account;
use tests::people::Person;
use tests::{Vestibule, text};

const POLICY: &str = "CA9 Secret policy";

fn step(method: &str, requirement: &str, result: &str, succeeded: bool) -> Value {
    json!({
        "authenticationMethod": method,
        "authenticationStepRequirement": requirement,
        "authenticationStepResultDetail": result,
        "succeeded": succeeded,
    })
}

fn record(id: &str, minute: u32, code: i64, steps: &[Value], more: &Value) -> String {
    let mut record = json!({
        "id": id,
        "createdDateTime": format!("2026-11-24T10:{minute:02}:00Z"),
        "userPrincipalName": "ann@x.example",
        "userId": "u1",
        "appDisplayName": "Mail",
        "isInteractive": true,
        "status": { "errorCode": code },
        "authenticationDetails": steps,
    });
    for (name, value) in more.as_object().into_iter().flatten() {
        record[name] = value.clone();
    }
    format!("{record}\n")
}

/// A push that was not answered, one that was, a factor in the token, a policy that blocked, and a wrong password.
fn records() -> String {
    let password = step(
        "Password",
        "Primary authentication",
        "Correct password",
        true,
    );
    let second = "Multifactor authentication";
    let push = |result, succeeded| step("Mobile app notification", second, result, succeeded);
    let claim = step(
        "Previously satisfied",
        second,
        "MFA requirement satisfied by claim in the token",
        true,
    );
    let policies = json!({
        "conditionalAccessStatus": "failure",
        "appliedConditionalAccessPolicies":
            [{ "displayName": POLICY, "result": "failure", "enforcedGrantControls": ["block"] }],
    });
    let frequency = json!({
        "sessionLifetimePolicies":
            [{ "expirationRequirement": "signInFrequencyPeriodicReauthentication", "detail": "SignInFrequency" }],
    });
    let none = json!({});
    let ignored = "MFA denied; user did not respond to mobile app notification";
    let passed = "MFA completed in Azure AD";
    record(
        "a",
        1,
        500_121,
        &[password.clone(), push(ignored, false)],
        &none,
    ) + &record(
        "b",
        2,
        0,
        &[password.clone(), push(passed, true)],
        &frequency,
    ) + &record("c", 3, 0, &[password.clone(), claim], &none)
        + &record("d", 4, 53_003, &[password], &policies)
        + &record("e", 5, 50_126, &[], &none)
}

/// Request ID, what the reason says, and the code behind it.
const EXPECTED: [(&str, &str, &str); 5] = [
    ("a", "Did not answer the push", "500121"),
    ("b", "Prompt: sign-in frequency was over", ""),
    ("c", "No prompt: second factor in the token", ""),
    ("d", "Blocked: CA9 Secret policy", "53003"),
    ("e", "Wrong user name or password", "50126"),
];

fn row<'a>(page: &'a str, id: &str) -> &'a str {
    let (_, rest) = page
        .split_once(&format!("id=\"row-{id}\""))
        .unwrap_or_else(|| panic!("{id} is not listed"));
    rest.split_once("</tr>").map_or(rest, |(row, _)| row)
}

#[tokio::test]
async fn the_list_files_and_the_command_line_say_the_same() {
    let vestibule = Vestibule::new();
    vestibule.import(&vestibule.file("a.ndjson", records()));
    for memory_mb in ["4096", "0"] {
        let server = vestibule.serve_with(&["--memory-mb", memory_mb]);
        let (_, page) = text(&server, "/sign-ins?from=").await;
        let file = "/api/v1/signins/download?from=&format=csv&cols=request_id,reason";
        let (_, file) = text(&server, file).await;
        for (id, words, code) in EXPECTED {
            let row = row(&page, id);
            assert!(row.contains(words), "{id}: {row}");
            assert!(row.contains(&format!("<code>{code}</code>")) || code.is_empty());
            assert!(file.contains(&format!("{id},{words}")), "{id}: {file}");
        }
        let [success, failure, _] = outcomes(&server, "from=&f=verdict:eq:push_unanswered").await;
        assert_eq!((success, failure), (0, 1));
        let path = "/api/v1/signins/groups?from=&by=verdict&limit=10";
        let groups = got(&server, path).await;
        let found = groups["groups"].as_array().map_or(0, Vec::len);
        assert_eq!(found, 4, "three words, and none of two: {groups}");
        // The pane works it out anew, and says the same.
        let (_, pane) = text(&server, "/sign-ins?from=&row=a").await;
        assert!(
            pane.contains("Nobody answered the push notification in time."),
            "{pane}"
        );
    }
    let outcome = vestibule.run(&["query", "from=&cols=request_id,reason", "--format", "json"]);
    let rows = outcome.json();
    for (id, words, _) in EXPECTED {
        let mut rows = rows.as_array().into_iter().flatten();
        let row = rows.find(|row| row["request_id"] == id);
        assert_eq!(row.map(|row| &row["reason"]), Some(&json!(words)));
    }
}

#[tokio::test]
async fn somebody_who_sees_no_policies_sees_what_the_verdict_comes_to() {
    let vestibule = Vestibule::new();
    vestibule.import(&vestibule.file("a.ndjson", records()));
    // The first account is the administrator's.
    add_account(&vestibule, "boss", "global_administrator");
    add_account(&vestibule, "rita", "reports_reader");
    let server = vestibule.serve_with(&["--accounts", "on"]);
    let rita = Person::new(&vestibule, &server, "rita").await;
    let (status, page) = rita.asks(&server, "/sign-ins?from=").await;
    assert_eq!(status, 200, "{page}");
    assert!(
        row(&page, "a").contains("Did not answer the push"),
        "{page}"
    );
    assert!(
        row(&page, "d").contains("Blocked by Conditional Access"),
        "{page}"
    );
    assert!(!page.contains(POLICY), "{page}");
}

#[tokio::test]
async fn what_is_stored_does_not_depend_on_the_codes_in_force() {
    let vestibule = Vestibule::new();
    let file = vestibule.file("a.ndjson", records());
    let codes = ["--interrupt-codes", "+500121,+50126"];
    let file = file.display().to_string();
    vestibule
        .run(&[&["import", &file], &codes[..]].concat())
        .expect_code(0);
    let server = vestibule.serve_with(&codes);
    let (_, page) = text(&server, "/sign-ins?from=").await;
    let push = row(&page, "a");
    assert!(
        push.contains("Did not answer the push") && push.contains("Interrupted"),
        "{push}"
    );
    let (_, pane) = text(&server, "/sign-ins?from=&row=a").await;
    assert!(
        pane.contains("Why was this interrupted?")
            && pane.contains("Nobody answered the push notification in time."),
        "{pane}"
    );
    drop(server);
    let server = vestibule.serve();
    let (_, page) = text(&server, "/sign-ins?from=").await;
    let push = row(&page, "a");
    assert!(
        push.contains("Did not answer the push") && push.contains("Failure"),
        "{push}"
    );
}
