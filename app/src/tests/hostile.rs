//! Texts of a log that mean harm.

use chrono::Duration;
use model::{Query, Tab};

use super::fake::{Fake, FakeSignIn};
use super::{in_request, markup, page_markup, ready};
use crate::asked::Asked;
use crate::pages::sign_ins::flyout;

const MARKUP: &str = "\"><script>alert(1)</script><img src=x onerror=alert(2)>";

fn fake(text: &str) -> Fake {
    let texts = [
        ("request_id", text),
        ("user", text),
        ("username", text),
        ("application", text),
        ("ip_address", text),
        ("deciding_policy", text),
        ("user_agent", text),
    ];
    Fake {
        sign_ins: vec![FakeSignIn::new(
            Tab::Interactive,
            Duration::seconds(3),
            53_003,
            &texts,
        )],
        ..Fake::default()
    }
}

fn pane(text: &str) -> String {
    in_request(fake(text), |_| {
        let asked = Asked::of("/sign-ins").expect("a backend");
        let query = Query::default().with_row(text);
        let pane = markup(ready(flyout(&asked, &query)));
        assert!(pane.contains("Record as it came"), "{pane}");
        pane
    })
}

#[test]
fn markup_stays_text() {
    let query = format!("f=user:contains:{MARKUP}&q={MARKUP}&f={MARKUP}&row={MARKUP}");
    for shown in [
        page_markup(fake(MARKUP), "", Some(MARKUP)),
        page_markup(fake(MARKUP), &query, None),
        pane(MARKUP),
    ] {
        assert!(!shown.contains("<script"), "{shown}");
        assert!(!shown.contains("<img"), "{shown}");
    }
}

#[test]
fn marks_that_turn_the_reading_direction_are_replaced() {
    let text = "invoice\u{202e}fdp.exe\u{0}\u{1b}[31m";
    for shown in [page_markup(fake(text), "", None), pane(text)] {
        let visible: String = super::words(&shown);
        assert!(
            visible.contains("invoice\u{fffd}fdp.exe\u{fffd}\u{fffd}[31m"),
            "{visible}"
        );
        assert!(
            !visible.contains(['\u{202e}', '\u{0}', '\u{1b}']),
            "{visible}"
        );
    }
}

#[test]
fn texts_of_100_kb_are_cut() {
    let mut fake = fake(&"x".repeat(100_000));
    fake.sign_ins[0]
        .values
        .insert("request_id", model::Value::Text("short".to_owned()));
    let shown = page_markup(fake, "", None);
    assert!(!shown.contains(&"x".repeat(301)));
    assert!(shown.contains(&format!("{}…", "x".repeat(300))));
}
