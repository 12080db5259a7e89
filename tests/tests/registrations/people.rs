//! Who brings lists in, and who sees whom in them.

use std::fmt::Write;

use reqwest::StatusCode;
use serde_json::{Value, json};
use tests::browser::add_person;
use tests::people::Person;
use tests::{Server, Vestibule, client, text};

use super::{answer, people_list, with_lists};

/// Sends the form of the page.
async fn send(server: &Server, site: &str, files: &[(&str, &str)]) -> reqwest::Response {
    let mut body = String::new();
    for (file, text) in files {
        write!(
            body,
            "--frontier\r\ncontent-disposition: form-data; name=\"files\"; filename=\"{file}\"\r\n\r\n{text}\r\n"
        )
        .expect("a part");
    }
    body.push_str("--frontier--\r\n");
    client()
        .post(server.at("/api/registrations"))
        .header("sec-fetch-site", site)
        .header("content-type", "multipart/form-data; boundary=frontier")
        .body(body)
        .send()
        .await
        .expect("an answer")
}

#[tokio::test]
async fn a_form_brings_lists_in_and_says_what_came_of_it() {
    let vestibule = Vestibule::new();
    let server = vestibule.serve();
    let people = people_list();
    let files = [
        ("people <b>.json", people.as_str()),
        ("x.csv", "colour\nred\n"),
    ];
    assert_eq!(
        send(&server, "cross-site", &files).await.status(),
        StatusCode::FORBIDDEN
    );
    assert_eq!(
        send(&server, "same-origin", &[]).await.status(),
        StatusCode::BAD_REQUEST
    );
    let sent = send(&server, "same-origin", &files).await;
    assert_eq!(sent.status(), StatusCode::SEE_OTHER);
    let place = sent.headers()["location"].to_str().expect("an address");
    let (_, page) = text(&server, place).await;
    assert!(
        page.contains("people &lt;b&gt;.json: 4 people; 4 new"),
        "{page}"
    );
    assert!(page.contains("nothing in it is known here"), "{page}");
    let (_, page) = text(&server, "/import").await;
    assert!(page.contains("action=\"/api/registrations\""), "{page}");
    let id = page_id(&text(&server, "/insights/lists").await.1);
    let removed = client()
        .post(server.at("/api/registrations/remove"))
        .header("sec-fetch-site", "same-origin")
        .header("content-type", "application/x-www-form-urlencoded")
        .body(format!("id={id}"))
        .send()
        .await
        .expect("an answer");
    assert_eq!(removed.status(), StatusCode::SEE_OTHER);
    assert_eq!(
        answer(&server, "/api/v1/insights/registration").await["people"],
        0
    );
}

/// The name of the list that a page can remove.
fn page_id(page: &str) -> String {
    let (_, rest) = page.split_once("name=\"id\" value=\"").expect("a list");
    rest.split('"').next().expect("its name").to_owned()
}

#[tokio::test]
async fn nobody_is_named_where_names_are_masked() {
    let vestibule = with_lists();
    add_person(&vestibule, "boss", "global_administrator", &[]);
    add_person(&vestibule, "ria", "reports_reader", &[]);
    let arguments = ["--accounts", "on", "--masked-roles", "reports_reader"];
    let server = vestibule.serve_with(&arguments);
    let boss = Person::new(&vestibule, &server, "boss").await;
    let ria = Person::new(&vestibule, &server, "ria").await;
    for path in [
        "/insights/authentication-methods/registration?from=",
        "/insights/authentication-methods/details",
        "/insights/authentication-methods/events?from=",
        "/insights/lists",
        "/api/v1/insights/registration-details",
        "/api/v1/insights/registration-details?format=csv",
        "/api/v1/insights/registration-events?from=",
        "/api/v1/insights/registration-events?from=&format=csv",
        "/api/ui/sheet?address=%2Finsights%2Fauthentication-methods%2Fdetails",
    ] {
        let (status, body) = ria.asks(&server, path).await;
        assert_eq!(status, 200, "{path}: {body}");
        for telling in [
            "@x.example",
            "Person u",
            "\"u1\"",
            "=cmd",
            "people.json",
            "The code was",
        ] {
            assert!(!body.contains(telling), "{path} tells {telling}: {body}");
        }
    }
    let (_, body) = ria
        .asks(&server, "/api/v1/insights/registration-details")
        .await;
    let found: Value = serde_json::from_str(&body).expect("JSON");
    let rows = found["rows"].as_array().expect("rows");
    assert_eq!(rows.len(), 4);
    let username = rows[0]["username"].as_str().expect("a pseudonym");
    assert!(username.ends_with("@masked"), "{username}");
    // What is guessed finds nobody.
    let (_, body) = ria
        .asks(
            &server,
            "/api/v1/insights/registration-details?find=ann%40x",
        )
        .await;
    let found: Value = serde_json::from_str(&body).expect("JSON");
    assert_eq!(found["rows"], json!([]));
    let (_, body) = boss
        .asks(&server, "/api/v1/insights/registration-details")
        .await;
    assert!(body.contains("ann@x.example"), "{body}");
    // Who looked is in the record.
    let (_, record) = boss.asks(&server, "/api/access-audit.csv?who=ria").await;
    assert!(
        record.contains("/insights/authentication-methods/details"),
        "{record}"
    );
}
