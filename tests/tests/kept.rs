//! What people keep: preferences in cookies, saved views and short links in the state, over HTTP.

#![expect(clippy::expect_used, reason = "a test fails where it panics")]

use postgres_server::PostgresServer;
use reqwest::Response;
use tests::{Server, Vestibule, client};

/// A sign-in.
const RECORD: &str = r#"{"id":"a","createdDateTime":"2026-11-24T10:00:00Z","status":{"errorCode":0},"isInteractive":true}"#;

/// Sends a form as a browser does, with cookies.
async fn post(server: &Server, path: &str, fields: &str, cookies: &str) -> Response {
    let asking = client()
        .post(server.at(path))
        .header("content-type", "application/x-www-form-urlencoded")
        .header("cookie", cookies.to_owned())
        .header("x-vestibule-client", "1")
        .body(fields.to_owned());
    asking.send().await.expect("an answer")
}

fn header(answer: &Response, name: &str) -> String {
    let value = answer.headers().get(name);
    let text = value.and_then(|value| value.to_str().ok());
    text.unwrap_or_default().to_owned()
}

/// Name and value of the cookie that an answer sets.
fn cookie(answer: &Response) -> String {
    let set = header(answer, "set-cookie");
    set.split(';').next().unwrap_or_default().to_owned()
}

fn address(answer: &Response) -> String {
    header(answer, "x-vestibule-address")
}

/// Status, address and text of a page, and of the one that it sends on to.
async fn page(server: &Server, path: &str, cookies: &str) -> (u16, String, String) {
    let mut at = path.to_owned();
    loop {
        let asking = client()
            .get(server.at(&at))
            .header("accept", "text/html")
            .header("cookie", cookies.to_owned());
        let answer = asking.send().await.expect("an answer");
        if !answer.status().is_redirection() {
            let status = answer.status().as_u16();
            return (status, at, answer.text().await.expect("a text"));
        }
        at = header(&answer, "location");
    }
}

#[tokio::test]
async fn columns_and_widths_are_remembered_for_one_kind_until_they_are_forgotten() {
    let vestibule = Vestibule::new();
    let server = vestibule.serve();
    let fields = "query=q%3Dx%26widths%3Duser%3A240&col=status&col=user&col=nonsense&do=save";
    let saved = post(&server, "/preferences/columns", fields, "").await;
    assert_eq!(saved.status(), 204);
    assert_eq!(
        address(&saved),
        "/sign-ins?q=x&cols=status,user&widths=user:240"
    );
    let remembered = cookie(&saved);
    assert!(
        remembered.starts_with("vestibule_grid_interactive="),
        "{remembered}"
    );
    let (_, at, _) = page(&server, "/sign-ins?q=y", &remembered).await;
    assert!(
        at.ends_with("/sign-ins?q=y&cols=status,user&widths=user:240"),
        "{at}"
    );
    let (_, at, _) = page(&server, "/sign-ins?tab=serviceprincipal", &remembered).await;
    assert!(at.ends_with("/sign-ins?tab=serviceprincipal"), "{at}");
    let reset = post(
        &server,
        "/preferences/columns",
        "query=q%3Dx&do=reset",
        &remembered,
    )
    .await;
    assert_eq!(address(&reset), "/sign-ins?q=x");
    assert!(header(&reset, "set-cookie").contains("Max-Age=0"));
    // No column chosen is no choice.
    let none = post(
        &server,
        "/preferences/columns",
        "query=cols%3Duser&do=save",
        "",
    )
    .await;
    assert_eq!(address(&none), "/sign-ins?cols=user");
}

#[tokio::test]
async fn hostile_cookies_and_fields_change_nothing() {
    let vestibule = Vestibule::new();
    let server = vestibule.serve();
    for cookies in [
        "vestibule_grid_interactive=cols=%3Cscript%3E",
        "vestibule_grid_interactive=row=1&f=user:eq:x",
        "vestibule_theme=x%22onload=1; vestibule_reader=../../etc",
    ] {
        let (status, at, page) = page(&server, "/sign-ins?q=y", cookies).await;
        assert_eq!(status, 200);
        assert!(at.ends_with("/sign-ins?q=y"), "{at}");
        assert!(!page.contains("onload"));
    }
    let theme = post(
        &server,
        "/preferences/theme",
        "theme=dark%0D%0Aset-cookie:%20a=b",
        "",
    )
    .await;
    assert!(header(&theme, "set-cookie").starts_with("vestibule_theme=; "));
}

#[tokio::test]
async fn views_are_kept_over_a_restart_and_belong_to_their_reader() {
    let vestibule = Vestibule::new();
    let server = vestibule.serve();
    let name = "%3Cscript%3Ealert(1)%3C/script%3E%E2%80%AEx";
    let fields = format!("do=save&name={name}&query=f%3Dstatus%3Aeq%3Afailure%26row%3Dabc");
    let saved = post(&server, "/views", &fields, "").await;
    assert_eq!(saved.status(), 204);
    let reader = cookie(&saved);
    assert!(header(&saved, "set-cookie").contains("HttpOnly"));
    let at = address(&saved);
    assert!(
        at.starts_with("/sign-ins?f=status:eq:failure&view="),
        "{at}"
    );
    let id = at.rsplit('=').next().unwrap_or_default().to_owned();
    server.end().await.expect("an end");

    let server = vestibule.serve();
    let (_, _, own) = page(&server, &at, &reader).await;
    assert!(own.contains("&lt;script&gt;alert(1)&lt;/script&gt;\u{fffd}x"));
    assert!(!own.contains("<script>alert"));
    let (_, _, others) = page(&server, &at, "").await;
    assert!(!others.contains("alert(1)"));
    for work in ["delete", "overwrite", "restore", "rename&name=x"] {
        let fields = format!("do={work}&id={id}&query=q%3Dx");
        let refused = post(&server, "/views", &fields, "").await;
        assert_eq!(refused.status(), 422, "{work}");
    }
    let taken = post(&server, "/views", &fields, &reader).await;
    assert_eq!(taken.status(), 422);
    assert_eq!(
        taken.text().await.ok().as_deref(),
        Some("You have a view with this name already.\n")
    );
    let fields = format!("do=delete&id={id}&query=view%3D{id}");
    let deleted = post(&server, "/views", &fields, &reader).await;
    assert_eq!(address(&deleted), "/sign-ins");
    let (_, _, page) = page(&server, "/sign-ins", &reader).await;
    assert!(page.contains("was deleted."));
}

#[tokio::test]
async fn a_browser_without_the_client_is_sent_on_and_other_sites_are_refused() {
    let vestibule = Vestibule::new();
    let server = vestibule.serve();
    let asking = || {
        client()
            .post(server.at("/views"))
            .header("content-type", "application/x-www-form-urlencoded")
            .body("do=save&name=Plain&query=q%3Dx")
    };
    let answer = asking().send().await.expect("an answer");
    assert_eq!(answer.status(), 303);
    assert!(header(&answer, "location").starts_with("/sign-ins?q=x&view="));
    let refused = asking().header("sec-fetch-site", "cross-site").send().await;
    assert_eq!(refused.expect("an answer").status(), 403);
}

#[tokio::test]
async fn a_short_link_leads_to_what_it_was_made_for_and_nowhere_else() {
    let vestibule = Vestibule::new();
    let server = vestibule.serve();
    let made = post(
        &server,
        "/v",
        "query=q%3Dx%26cols%3Duser%26evil%3D//evil.example",
        "",
    )
    .await;
    let short = address(&made);
    assert!(short.starts_with("/v/") && short.len() == 13, "{short}");
    let again = post(&server, "/v", "query=cols%3Duser%26q%3Dx", "").await;
    assert_eq!(
        address(&again),
        short,
        "the same question has one short link"
    );
    let (status, at, _) = page(&server, &short, "").await;
    assert_eq!(status, 200);
    assert!(at.ends_with("/sign-ins?q=x&cols=user"), "{at}");
    for none in ["/v/0000000000", "/v/%27%20or%201=1"] {
        assert_eq!(page(&server, none, "").await.0, 404);
    }
}

#[tokio::test]
async fn two_servers_share_what_is_kept_in_postgresql() {
    let postgres = PostgresServer::start();
    let state = postgres.address();
    let (one, other) = (Vestibule::new(), Vestibule::new());
    let (first, second) = (
        one.serve_with(&["--state", &state]),
        other.serve_with(&["--state", &state]),
    );
    let fields =
        "do=save&name=Night%20%E2%80%AE%00watch&is_shared=1&query=f%3Dstatus%3Aeq%3Afailure";
    let saved = post(&first, "/views", fields, "").await;
    assert_eq!(saved.status(), 204);
    let reader = cookie(&saved);
    let at = address(&saved);
    let (_, _, own) = page(&second, &at, &reader).await;
    assert!(
        own.contains("Night \u{fffd}watch"),
        "what one keeps the other shows"
    );
    let short = address(&post(&second, "/v", "query=q%3Dx", "").await);
    assert_eq!(page(&first, &short, "").await.0, 200);
    assert!(!one.data().join("state").exists() && !other.data().join("state").exists());
}

#[test]
fn a_state_database_that_does_not_answer_is_named_without_its_password() {
    let vestibule = Vestibule::new();
    for (state, said) in [
        (
            "postgres://me:secret@127.0.0.1:1/db",
            "state database failed",
        ),
        (
            "mysql://me:secret@127.0.0.1/db",
            "postgres://user:password@host/database",
        ),
    ] {
        let arguments = ["serve", "--listen", "127.0.0.1:0", "--state", state];
        let outcome = vestibule.run(&arguments).expect_code(1);
        assert!(outcome.stderr.contains(said), "{outcome:?}");
        assert!(!outcome.stderr.contains("secret"), "{outcome:?}");
    }
}

#[test]
fn other_commands_need_no_state() {
    let vestibule = Vestibule::new();
    vestibule.import(&vestibule.file("a.json", RECORD));
    let state = vestibule.data().join("state");
    std::fs::create_dir_all(&state).expect("a folder");
    std::fs::write(state.join("state.sqlite"), b"no database").expect("a file");
    vestibule.run(&["query", "from="]).expect_code(0);
    let outcome = vestibule.run(&["serve", "--listen", "127.0.0.1:0"]);
    assert!(outcome.expect_code(1).stderr.contains("state"));
}
