//! What Conditional Access decided is for those whose roles show it: nobody else finds it anywhere, nor learns it by
//! asking.

#![expect(clippy::expect_used, reason = "a test fails where it panics")]

use serde_json::Value;
use tests::browser::add_person;
use tests::people::Person;
use tests::{Server, Vestibule, client};

/// Stands in names of policies, and nowhere else.
const SECRET: &str = "Chinchilla";
const RECORDS: &str = r#"{"id":"a","createdDateTime":"2026-11-24T10:00:00Z","userPrincipalName":"ann@x.example","isInteractive":true,"status":{"errorCode":53003},"conditionalAccessStatus":"failure","appliedConditionalAccessPolicies":[{"id":"p","displayName":"Chinchilla needs a compliant device","result":"failure","enforcedGrantControls":["RequireCompliantDevice"]}]}
{"id":"b","createdDateTime":"2026-11-24T11:00:00Z","userPrincipalName":"bo@x.example","isInteractive":true,"conditionalAccessStatus":"success","appliedConditionalAccessPolicies":[{"id":"p","displayName":"Chinchilla needs a compliant device","result":"reportOnlyFailure"}]}
"#;

/// A server with a reader of reports, who does not see policies, and one of security, who does.
struct Portal {
    server: Server,
    people: [(Person, bool); 2],
}

impl Portal {
    async fn new(vestibule: &Vestibule) -> Portal {
        vestibule.import(&vestibule.file("a.ndjson", RECORDS));
        add_person(vestibule, "boss", "global_administrator", &[]);
        add_person(vestibule, "ria", "reports_reader", &[]);
        add_person(vestibule, "sam", "security_reader", &[]);
        let server = vestibule.serve_with(&["--accounts", "on"]);
        let ria = Person::new(vestibule, &server, "ria").await;
        let sam = Person::new(vestibule, &server, "sam").await;
        Portal {
            server,
            people: [(ria, false), (sam, true)],
        }
    }

    async fn rows(&self, person: &Person, query: &str) -> Vec<Value> {
        let path = format!("/api/v1/signins?from=&{query}");
        let (status, body) = person.asks(&self.server, &path).await;
        assert_eq!(status, 200, "{query}: {body}");
        let answer: Value = serde_json::from_str(&body).expect("JSON");
        answer["sign_ins"].as_array().expect("rows").clone()
    }
}

#[tokio::test]
async fn pages_files_and_answers_name_policies_to_those_who_may_see_them() {
    let vestibule = Vestibule::new();
    let portal = Portal::new(&vestibule).await;
    for (person, sees_policies) in &portal.people {
        for path in [
            "/api/v1/signins?from=&cols=user,deciding_policy,conditional_access_policies,conditional_access_results",
            "/api/v1/signins/a",
            "/api/v1/signins/download?from=&format=csv&all_columns=true",
            "/api/v1/signins/download?from=&format=csv&cols=user,reason,deciding_policy",
            "/api/v1/signins/download?from=&format=json",
            "/api/v1/signins/download?from=&format=ndjson",
            "/api/v1/signins/download?from=&format=graph",
            "/sign-ins?from=&tz=utc",
            "/sign-ins?from=&tz=utc&cols=user,conditional_access_policies,deciding_policy",
            "/sign-ins?from=&row=a",
            "/sign-ins?from=&row=a&pane=conditional-access.1",
            "/sign-ins?from=&row=b&pane=report-only",
            "/sign-ins?from=&row=a&pane=timeline",
            "/sign-ins?from=&row=b&compare=a",
            "/users/ann@x.example?from=2026-11-01T00:00:00Z",
            "/api/ui/sheet?address=%2Fsign-ins%3Ffrom%3D%26tz%3Dutc%26row%3Da%26pane%3Dconditional-access",
        ] {
            let (status, body) = person.asks(&portal.server, path).await;
            assert_eq!(status, 200, "{path}: {body}");
            // Its pane has no tab for it, and says what it shows instead.
            let is_named = body.contains(SECRET);
            let has_anything = !path.contains("timeline") && !path.starts_with("/users");
            assert!(
                is_named == *sees_policies || (!is_named && !has_anything),
                "{path}: {body}"
            );
        }
    }
}

#[tokio::test]
async fn nobody_learns_of_policies_by_searching_filtering_sorting_or_counting() {
    let vestibule = Vestibule::new();
    let portal = Portal::new(&vestibule).await;
    for (person, sees_policies) in &portal.people {
        let found = portal.rows(person, &format!("q={SECRET}")).await.len();
        assert_eq!(found, if *sees_policies { 2 } else { 0 });
        // What else the search finds is found.
        assert_eq!(portal.rows(person, "q=ann").await.len(), 1);
        let answered = if *sees_policies { 200 } else { 403 };
        for path in [
            "/api/v1/signins?from=&f=deciding_policy:starts:Chin",
            "/api/v1/signins?from=&f=conditional_access_policies:empty",
            "/api/v1/signins?from=&sort=deciding_policy",
            "/api/v1/signins/facets?from=&columns=conditional_access_policies",
            "/api/v1/signins/groups?from=&by=user,deciding_policy",
            "/api/v1/signins/histogram?from=&f=deciding_policy:contains:c",
            "/api/v1/signins/download?from=&format=csv&f=deciding_policy:contains:c",
            "/sign-ins?from=&tz=utc&f=deciding_policy:contains:c",
            "/sign-ins?from=&tz=utc&sort=conditional_access_results",
            "/sign-ins?from=&tz=utc&group=deciding_policy",
            "/map?from=&f=deciding_policy:contains:c",
        ] {
            let (status, body) = person.asks(&portal.server, path).await;
            assert_eq!(status, answered, "{path}: {body}");
            if !*sees_policies {
                assert!(
                    body.contains("which your roles do not show"),
                    "{path}: {body}"
                );
            }
        }
        // Parts of a page: what can be chosen, and what a field holds.
        for (part, fields) in [
            ("columns", ""),
            ("group_menu", ""),
            ("complete", "&text=deciding"),
        ] {
            let path = format!("/api/ui/part/{part}?address=%2Fsign-ins%3Ffrom%3D{fields}");
            let (status, body) = person.asks(&portal.server, &path).await;
            assert_eq!(status, 200, "{path}");
            assert_eq!(
                body.contains("deciding_policy"),
                *sees_policies,
                "{path}: {body}"
            );
        }
        for part in [
            "field?column=deciding_policy&address=%2Fsign-ins%3Ffrom%3D",
            "complete?text=deciding_policy:eq:&address=%2Fsign-ins%3Ffrom%3D",
            "rows?address=%2Fsign-ins%3Ffrom%3D%26f%3Ddeciding_policy%3Astarts%3AC",
            "verbs?column=deciding_policy&row=a&address=%2Fsign-ins%3Ffrom%3D",
        ] {
            let (_, body) = person
                .asks(&portal.server, &format!("/api/ui/part/{part}"))
                .await;
            assert!(*sees_policies || !body.contains(SECRET), "{part}: {body}");
        }
    }
}

#[tokio::test]
async fn a_token_that_was_not_made_for_policies_does_not_name_them() {
    let vestibule = Vestibule::new();
    let portal = Portal::new(&vestibule).await;
    let arguments = [
        "user", "token", "sam", "--name", "less", "--scope", "sign_ins",
    ];
    let less = vestibule.run(&arguments).expect_code(0).stdout;
    let request = client().get(portal.server.at("/api/v1/signins/a"));
    let answer = request
        .bearer_auth(less.trim())
        .send()
        .await
        .expect("an answer");
    let body = answer.text().await.expect("a body");
    assert!(
        body.contains("ann@x.example") && !body.contains(SECRET),
        "{body}"
    );
}
