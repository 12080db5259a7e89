//! Markup for the client: `/api/ui/sheet` and `/api/ui/part`.

use tests::{Server, Vestibule, client, text};

const RECORD: &str = r#"{"id":"a","createdDateTime":"2026-11-24T10:00:00Z","userDisplayName":"<b>Ann</b>",
    "appDisplayName":"Mail","status":{"errorCode":0},"isInteractive":true}"#;

fn with_one_sign_in() -> (Vestibule, Server) {
    let vestibule = Vestibule::new();
    vestibule.import(&vestibule.file("a.json", RECORD));
    let server = vestibule.serve();
    (vestibule, server)
}

/// The path of a sheet: what the client asks for.
fn sheet(address: &str, only: &str) -> String {
    let address: String = address
        .bytes()
        .map(|byte| match byte {
            byte if byte.is_ascii_alphanumeric() => char::from(byte).to_string(),
            byte => format!("%{byte:02X}"),
        })
        .collect();
    format!("/api/ui/sheet?address={address}{only}")
}

#[tokio::test]
async fn a_sheet_is_the_main_element_of_the_page() {
    let (_vestibule, server) = with_one_sign_in();
    let (status, page) = text(&server, "/sign-ins?from=").await;
    assert_eq!(status, 200);
    let (status, sheet) = text(&server, &sheet("/sign-ins?from=", "")).await;
    assert_eq!(status, 200);
    assert!(
        sheet.starts_with("<main class=\"sheet\" data-title=\"Sign-in logs\">"),
        "{sheet}"
    );
    for shown in [
        "&lt;b&gt;Ann&lt;/b&gt;",
        "data-place=\"tabs\"",
        "data-place=\"grid\"",
    ] {
        assert!(page.contains(shown) && sheet.contains(shown), "{shown}");
    }
    assert!(!sheet.contains("<b>Ann"), "{sheet}");
}

#[tokio::test]
async fn some_places_alone_are_written() {
    let (_vestibule, server) = with_one_sign_in();
    let asked = sheet("/sign-ins?from=&row=a", "&only=flyout");
    let (status, sheet) = text(&server, &asked).await;
    assert_eq!(status, 200);
    assert_eq!(sheet.matches("data-place=").count(), 1, "{sheet}");
    assert!(sheet.contains("id=\"flyout-title\""), "{sheet}");
}

#[tokio::test]
async fn what_a_form_asks_is_told_in_the_canonical_way() {
    let (_vestibule, server) = with_one_sign_in();
    let form = "/sign-ins?from=&fcol=user&fop=contains&fval=ann&fval=&q=";
    let answer = client().get(server.at(&sheet(form, ""))).send().await;
    let answer = answer.expect("an answer");
    assert_eq!(answer.status(), 200);
    let told = answer.headers().get("x-vestibule-address");
    assert_eq!(
        told.and_then(|told| told.to_str().ok()),
        Some("/sign-ins?from=&f=user:contains:ann")
    );
    // A browser without the client is sent there.
    let asking = client().get(server.at(form)).header("accept", "text/html");
    let answer = asking.send().await.expect("an answer");
    assert_eq!(answer.status(), 302);
    let place = answer.headers().get("location");
    assert_eq!(
        place.and_then(|place| place.to_str().ok()),
        Some("/sign-ins?from=&f=user:contains:ann")
    );
}

#[tokio::test]
async fn an_address_written_by_hand_is_told_in_the_canonical_way() {
    let (_vestibule, server) = with_one_sign_in();
    let told = async |address: &str| {
        let answer = client().get(server.at(&sheet(address, ""))).send().await;
        let answer = answer.expect("an answer");
        let told = answer.headers().get("x-vestibule-address");
        told.and_then(|told| told.to_str().ok()).map(str::to_owned)
    };
    let canonical = "/sign-ins?from=&q=O%27Brien&row=a";
    for written in ["/sign-ins?row=a&q=O'Brien&from=", "/?from=&q=O'Brien&row=a"] {
        assert_eq!(told(written).await.as_deref(), Some(canonical), "{written}");
        let (status, page) = text(&server, written).await;
        assert_eq!(status, 200, "{written}");
        let said = "data-address=\"/sign-ins?from=&amp;q=O%27Brien&amp;row=a\"";
        assert!(page.contains(said), "{written}: {page}");
    }
    assert_eq!(told(canonical).await, None);
    // What is not understood is said of the address as it was written.
    assert_eq!(told("/sign-ins?nonsense=1&from=").await, None);
}

#[tokio::test]
async fn what_is_not_there_is_said() {
    let (_vestibule, server) = with_one_sign_in();
    for (path, status, words) in [
        ("/api/ui/sheet", 400, "`address` is missing"),
        ("/api/ui/part/rows", 400, "`address` is missing"),
        (
            "/api/ui/sheet?address=%2Fnowhere",
            404,
            "There is no page here",
        ),
        (
            "/api/ui/part/nothing?address=%2Fsign-ins",
            404,
            "no such part",
        ),
    ] {
        let (found, body) = text(&server, path).await;
        assert_eq!(found, status, "{path}");
        assert!(body.contains(words), "{path}: {body}");
    }
}
